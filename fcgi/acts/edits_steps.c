/*
 * fcgi/acts/edits_steps.c -- a big edit goes on: some records, the cursor, and the order for the next step, together.
 */
#include "fcgi/acts/edits.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/staff.h"

static enum err step_do(struct work *w, struct batch_row *b, const struct edit_body *body, size_t *went);
static enum err step_one(struct work *w, struct batch_row *b, const struct edit_body *body, const struct batch_part_row *row,
    struct edit_part *parts, size_t parts_n);
static enum err step_undo(struct work *w, struct batch_row *b, const struct edit_body *body, size_t *went);

enum err
act_edit_step(struct work *w, const struct edit_ticket *t)
{
	struct staff_row staff;
	struct edit_body body;
	struct batch_row b;
	size_t went;
	enum err e = sql_batch_for_update(w->db, t->batch_id, BATCH_EDIT, w->arena, &b);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	/* Somebody has taken it back since, or it is over. */
	if (b.state != (t->undo ? BATCH_UNDOING : BATCH_RUNNING))
		return OK;
	TRY(shape_read(&edit_body_shape, b.body, w->arena, &body, &w->fault));
	w->actor = (struct actor){.kind = ACTOR_STAFF, .id = b.staff_id};
	e = sql_staff_one(w->db, b.staff_id, ACTOR_STAFF, w->arena, &staff);
	if (!tell_absent(w, e)) {
		TRY(e);
		w->actor.language = language_of(staff.language);
	}
	e = t->undo ? step_undo(w, &b, &body, &went) : step_do(w, &b, &body, &went);
	if (e == E_STALE) { /* somebody changes one of them at this moment: the next try sees what */
		w->fault = (struct fault){0};
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	}
	TRY(e);
	if (went == EDIT_STEP) {
		TRY(sql_batch_go(w->db, b.id, b.state, b.done, b.failed, (struct maybe_i64){0}, (struct maybe_i64){0}));
		return tell(w, "edit", &edit_ticket_shape, t);
	}
	return sql_batch_go(w->db, b.id, t->undo ? BATCH_UNDONE : BATCH_DONE, b.done, b.failed, (struct maybe_i64){true, w->now},
	    (struct maybe_i64){t->undo, w->now});
}

static enum err
step_do(struct work *w, struct batch_row *b, const struct edit_body *body, size_t *went)
{
	struct batch_part_row *row;
	struct edit_part *parts;
	struct buf ids = buf_open(w->arena, 64 + EDIT_STEP * 21, 64 + EDIT_STEP * 21);
	size_t parts_n;

	TRY(sql_batch_parts_next(w->db, b->id, ROW_WAITING, w->arena, &row, went));
	for (size_t i = 0; i < *went; i++)
		buf_printf(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)row[i].record_id);
	buf_add(&ids, *went == 0 ? STR("[]") : STR("]"));
	TRY(edit_look(w, body->what, body->value, buf_str(&ids), body->what == EDIT_TECHNICIAN, &parts, &parts_n));
	for (size_t i = 0; i < *went; i++) {
		struct arena_mark mark = arena_mark(w->arena);

		TRY(step_one(w, b, body, &row[i], parts, parts_n));
		arena_rewind(w->arena, mark);
	}
	return OK;
}

/* What was shown may be otherwise by now: refused with the reason, or there already. */
static enum err
step_one(struct work *w, struct batch_row *b, const struct edit_body *body, const struct batch_part_row *row,
    struct edit_part *parts, size_t parts_n)
{
	struct str cells = STR("{}"), problem = STR("");
	enum row_state becomes = ROW_SKIP;
	uint64_t changed;
	size_t i = 0;

	while (i < parts_n && edit_record(body->what, &parts[i]) != row->record_id)
		i++;
	if (i == parts_n)
		problem = str_of(words_say(w->actor.language, "This does not exist."));
	else if (parts[i].problem.n > 0)
		problem = parts[i].problem;
	else if (!str_eq(parts[i].was, parts[i].becomes)) {
		TRY(edit_do(w, body, b->id, b->made_at, &parts[i], &cells));
		becomes = ROW_DONE;
	}
	b->done++;
	b->failed += problem.n > 0;
	return sql_batch_part_settle(w->db, b->id, row->n, becomes, problem, cells, &changed);
}

static enum err
step_undo(struct work *w, struct batch_row *b, const struct edit_body *body, size_t *went)
{
	struct batch_part_row *row;

	TRY(sql_batch_parts_next(w->db, b->id, ROW_DONE, w->arena, &row, went));
	for (size_t i = 0; i < *went; i++) {
		struct arena_mark mark = arena_mark(w->arena);
		struct edit_line line = {0};
		uint64_t changed;
		bool done;

		TRY(edit_put_back(w, b, body, &row[i], &line, &done));
		b->done++;
		b->failed += !done;
		TRY(sql_batch_part_settle(w->db, b->id, row[i].n, done ? ROW_UNDONE : ROW_KEPT, STR(""), row[i].cells, &changed));
		arena_rewind(w->arena, mark);
	}
	return OK;
}
