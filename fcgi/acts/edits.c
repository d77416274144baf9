/*
 * fcgi/acts/edits.c -- load, decide, save, tell: one change to many customers.
 */
#include "fcgi/acts/edits.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/staff.h"

#define BODY_BYTES_MAX 2000

const char *const edit_what_names[] = {
	"", "tag", "untag", "language", "kind", "source", "technician", "archive", "restore", "merge", "sale", NULL};

static const struct field edit_body_fields[] = {
	FIELD_ENUM(struct edit_body, what, edit_what_names),
	FIELD_TEXT(struct edit_body, value, 0, 300),
	FIELD_END
};
const struct shape edit_body_shape = {"EditBody", sizeof(struct edit_body), edit_body_fields};

static const struct field edit_ticket_fields[] = {
	FIELD_ID(struct edit_ticket, batch_id), FIELD_BOOL(struct edit_ticket, undo), FIELD_END};
const struct shape edit_ticket_shape = {"EditTicket", sizeof(struct edit_ticket), edit_ticket_fields};

static enum err check(struct work *w, const struct edit_wish *in, struct str *value);
static void show(struct work *w, const struct edit_part *parts, size_t n, struct edit *out);
static bool changes(const struct edit_part *p);
static enum err apply(struct work *w, const struct edit_body *body, struct edit_part *parts, size_t n, struct edit *out);
static enum err apply_later(struct work *w, const struct edit_body *body, uint64_t batch, const struct edit_part *parts, size_t n);
static enum err undo_later(struct work *w, const struct batch_row *b);
static enum err line_of(struct work *w, const struct batch_line_row *r, struct edits_line *out);

enum err
act_edit(struct work *w, const struct edit_wish *in, struct edit *out)
{
	struct buf ids = buf_open(w->arena, 64 + in->ids_n * 21, 64 + in->ids_n * 21);
	struct edit_body body = {.what = in->what};
	struct edit_part *parts;
	size_t n;

	TRY(check(w, in, &body.value));
	for (size_t i = 0; i < in->ids_n; i++)
		buf_printf(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)in->ids[i].id);
	buf_add(&ids, in->ids_n == 0 ? STR("[]") : STR("]"));
	TRY(edit_look(w, in->what, body.value, buf_str(&ids), false, &parts, &n));
	show(w, parts, n, out);
	if (in->dry)
		return OK;
	if (out->changed == 0)
		return fail(&w->fault, E_INVALID, "ids", "Nothing would change.");
	if (in->expect.is && in->expect.v != out->changed)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	return apply(w, &body, parts, n, out);
}

/* *value: the words as they are stored; of a technician their id. */
static enum err
check(struct work *w, const struct edit_wish *in, struct str *value)
{
	struct staff_row staff;
	bool known = true;

	*value = in->value;
	if (in->what == EDIT_MERGE || in->what == EDIT_SALE)
		return fail(&w->fault, E_INVALID, "what", "This value is not valid.");
	if (in->what == EDIT_TAG || in->what == EDIT_UNTAG)
		known = in->value.n > 0 && str_find(in->value, ',') == in->value.n;
	else if (in->what == EDIT_LANGUAGE)
		known = str_eq(in->value, STR("en")) || str_eq(in->value, STR("es"));
	else if (in->what == EDIT_KIND)
		known = str_eq(in->value, STR("person")) || str_eq(in->value, STR("business"));
	if (!known)
		return fail(&w->fault, E_INVALID, "value", "This value is not valid.");
	if (in->what == EDIT_ARCHIVE || in->what == EDIT_RESTORE)
		*value = in->what == EDIT_ARCHIVE ? STR("yes") : STR("no");
	if (in->what != EDIT_TECHNICIAN)
		return OK;
	if (in->tech_id.is) {
		enum err e = sql_staff_one(w->db, in->tech_id.v, ACTOR_STAFF, w->arena, &staff);

		if (tell_absent(w, e) || (e == OK && staff.state == STAFF_DISABLED))
			return fail(&w->fault, E_INVALID, "tech_id", "This person does not work here.");
		TRY(e);
	}
	*value = edit_tech_text(w, in->tech_id);
	return OK;
}

static void
show(struct work *w, const struct edit_part *parts, size_t n, struct edit *out)
{
	*out = (struct edit){.rows = arena_array(w->arena, struct edit_line, EDIT_SHOWN)};
	for (unsigned refused = 0; refused < 2; refused++)
		for (size_t i = 0; i < n; i++) {
			const struct edit_part *p = &parts[i];
			bool same = str_eq(p->was, p->becomes), no = p->problem.n > 0;

			if (no != (refused == 1))
				continue;
			out->changed += !no && !same;
			out->same += !no && same;
			out->refused += no;
			if (!same && out->rows_n < EDIT_SHOWN)
				out->rows[out->rows_n++] =
				    (struct edit_line){p->customer->id, p->customer->name, p->was, p->becomes, !no, p->problem};
		}
}

static bool
changes(const struct edit_part *p)
{
	return p->problem.n == 0 && !str_eq(p->was, p->becomes);
}

/* A few at once; many are written down as waiting, and a job goes through them. */
static enum err
apply(struct work *w, const struct edit_body *body, struct edit_part *parts, size_t n, struct edit *out)
{
	struct buf b = buf_open(w->arena, 256, BODY_BYTES_MAX);
	uint64_t batch = work_id(w);
	uint32_t nr = 0;

	out->running = out->changed > EDIT_AT_ONCE;
	shape_write(&edit_body_shape, body, &b);
	TRY(sql_batch_insert(w->db, batch, BATCH_EDIT, out->running ? BATCH_RUNNING : BATCH_DONE, w->actor.id, w->now, out->changed,
	    out->running ? 0 : out->changed, (struct maybe_i64){!out->running, w->now}, buf_str(&b)));
	if (out->running)
		TRY(apply_later(w, body, batch, parts, n));
	for (size_t i = 0; i < n && !out->running; i++) {
		struct arena_mark mark = arena_mark(w->arena);
		struct str cells;

		if (!changes(&parts[i]))
			continue;
		TRY(edit_do(w, body, batch, w->now, &parts[i], &cells));
		TRY(sql_batch_part_insert(w->db, batch, ++nr, ROW_DONE, edit_record(body->what, &parts[i]), cells));
		arena_rewind(w->arena, mark);
	}
	out->batch_id = (struct maybe_u64){true, batch};
	return audit(w, "customers.edited", "batch", batch,
	    str_printf(w->arena, "%s: %u", edit_what_names[body->what], out->changed));
}

static enum err
apply_later(struct work *w, const struct edit_body *body, uint64_t batch, const struct edit_part *parts, size_t n)
{
	struct buf ids = buf_open(w->arena, 64 + n * 21, 64 + n * 21);
	uint64_t made;

	for (size_t i = 0; i < n; i++)
		if (changes(&parts[i]))
			buf_printf(&ids, "%c%llu", ids.n == 0 ? '[' : ',', (unsigned long long)edit_record(body->what, &parts[i]));
	buf_char(&ids, ']');
	TRY(sql_batch_parts_insert(w->db, batch, ROW_WAITING, buf_str(&ids), &made));
	return tell(w, "edit", &edit_ticket_shape, &(struct edit_ticket){batch, false});
}

enum err
act_edit_undo(struct work *w, uint64_t batch_id, struct edit_undo *out)
{
	struct batch_part_row *parts;
	struct edit_body body;
	struct batch_row b;
	size_t n;

	TRY(sql_batch_for_update(w->db, batch_id, BATCH_EDIT, w->arena, &b));
	if (b.undone_at.is || b.state == BATCH_UNDOING)
		return fail(&w->fault, E_STALE, NULL, "This was undone already.");
	TRY(shape_read(&edit_body_shape, b.body, w->arena, &body, &w->fault));
	*out = (struct edit_undo){.rows = arena_array(w->arena, struct edit_line, EDIT_SHOWN)};
	out->running = b.total > EDIT_AT_ONCE;
	TRY(audit(w, "customers.edit_undone", "batch", batch_id, str_printf(w->arena, "%s: %u", edit_what_names[body.what], b.total)));
	if (out->running)
		return undo_later(w, &b);
	TRY(sql_batch_parts(w->db, batch_id, ROW_DONE, w->arena, &parts, &n));
	for (size_t i = 0; i < n; i++) {
		struct edit_line line = {0};
		uint64_t changed;
		bool done;

		TRY(edit_put_back(w, &b, &body, &parts[i], &line, &done));
		out->undone += done;
		out->left += !done;
		if (done)
			TRY(sql_batch_part_undone(w->db, batch_id, parts[i].n, ROW_UNDONE, &changed));
		else if (out->rows_n < EDIT_SHOWN)
			out->rows[out->rows_n++] = line;
	}
	return sql_batch_undone(w->db, batch_id, BATCH_UNDONE, out->left, w->now);
}

/* The count begins anew: how many are put back, of as many as were changed. */
static enum err
undo_later(struct work *w, const struct batch_row *b)
{
	TRY(sql_batch_go(w->db, b->id, BATCH_UNDOING, 0, 0, (struct maybe_i64){0}, (struct maybe_i64){0}));
	return tell(w, "edit", &edit_ticket_shape, &(struct edit_ticket){b->id, true});
}

enum err
act_edit_one(struct work *w, uint64_t batch_id, struct edit_view *out)
{
	struct batch_line_row row;
	struct batch_rest_row *rest;
	size_t n;

	TRY(sql_batch_one(w->db, batch_id, BATCH_EDIT, w->arena, &row));
	TRY(line_of(w, &row, &out->line));
	TRY(sql_batch_rest(w->db, batch_id, ROW_SKIP, ROW_KEPT, w->arena, &rest, &n));
	out->rows = arena_array(w->arena, struct edit_line, n);
	out->rows_n = n;
	for (size_t i = 0; i < n; i++)
		out->rows[i] = (struct edit_line){.customer_id = rest[i].customer_id, .name = rest[i].name, .was = STR(""),
		    .becomes = STR(""), .problem = rest[i].problem};
	return OK;
}

enum err
act_edits(struct work *w, const struct edits_query *q, struct edits *out)
{
	struct batch_line_row *rows;
	struct edits list = {0};
	size_t n;

	TRY(sql_batches_recent(w->db, BATCH_EDIT, BATCH_MERGE, BATCH_SALE, q->before.is ? q->before.v : 0, w->arena, &rows, &n));
	list.rows_n = n < EDITS_PAGE ? n : EDITS_PAGE;
	list.rows = arena_array(w->arena, struct edits_line, list.rows_n);
	for (size_t i = 0; i < list.rows_n; i++)
		TRY(line_of(w, &rows[i], &list.rows[i]));
	if (n > EDITS_PAGE)
		list.next = (struct maybe_u64){true, rows[EDITS_PAGE - 1].id};
	*out = list;
	return OK;
}

static enum err
line_of(struct work *w, const struct batch_line_row *r, struct edits_line *out)
{
	struct edit_body body;

	TRY(shape_read(&edit_body_shape, r->body, w->arena, &body, &w->fault));
	*out = (struct edits_line){r->id, r->kind, r->state, r->made_at, r->staff_name, r->total, r->done, r->failed, r->undone_at,
	    body.what, body.value};
	return OK;
}
