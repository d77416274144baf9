/*
 * fcgi/acts/imports.c -- load, decide, save, tell: what people ask of an import, and the order of its steps.
 */
#include "fcgi/acts/imports.h"

#include "domain/access/role.h"
#include "domain/base/csv.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_place.h"
#include "sql/tenant/queries/imports.h"

#define DAY_S 86400
#define PROBLEMS_BYTES_MAX (3 * 1024 * 1024)
/* A file nobody brings in, and the rows of one that is over and can be undone no more. */
#define DRAFT_KEEP_S (7 * DAY_S)

static enum err view_of(struct work *w, const struct import_batch_row *row, bool counted, struct import_view *out);
static enum err waiting_limit(struct work *w);
static enum err answer_one(struct work *w, struct import_step *s, size_t i, const struct import_answered *a);
static enum err state_step(struct work *w, struct import_step *s);
static enum err failed(struct work *w, struct import_step *s, enum err e);
static void ended(struct work *w, struct import_step *s);
static enum err problem_rows(struct work *w, const struct import_view *v, struct import_sheet *sheet, struct buf *out);

enum err
act_imports(struct work *w, const struct import_list_query *q, struct import_list *out)
{
	struct import_batch_row *row;
	struct import_list list = {0};

	TRY(sql_imports_page(w->db, BATCH_IMPORT, q->before.is ? q->before.v : 0, w->arena, &row, &list.rows_n));
	if (list.rows_n > IMPORTS_PAGE) {
		list.rows_n = IMPORTS_PAGE;
		list.next = (struct maybe_u64){true, row[IMPORTS_PAGE - 1].id};
	}
	list.rows = arena_array(w->arena, struct import_view, list.rows_n);
	for (size_t i = 0; i < list.rows_n; i++)
		TRY(view_of(w, &row[i], false, &list.rows[i]));
	*out = list;
	return OK;
}

enum err
act_import_one(struct work *w, uint64_t id, struct import_view *out)
{
	struct import_batch_row row;

	TRY(sql_import_one(w->db, id, BATCH_IMPORT, w->arena, &row));
	return view_of(w, &row, true, out);
}

static enum err
view_of(struct work *w, const struct import_batch_row *row, bool counted, struct import_view *out)
{
	struct import_view v = {.row = *row};
	struct import_count_row *count, odd;
	/* Of a practice that is under way the rows behind its cursor are of the one before. */
	uint32_t upto = row->state == BATCH_DRAFT ? 0 : row->state == BATCH_DRY ? row->done : row->total;
	int64_t *const of[ROW_STATES] = {[ROW_CREATE] = &v.create, [ROW_CHANGE] = &v.change, [ROW_SKIP] = &v.skip,
	    [ROW_WRONG] = &v.wrong, [ROW_ASK] = &v.ask, [ROW_MADE] = &v.made, [ROW_DONE] = &v.changed,
	    [ROW_UNDONE] = &v.undone, [ROW_KEPT] = &v.stayed};
	size_t n;

	TRY(import_order_read(w, row->body, &v.order));
	if ((row->state == BATCH_DONE || row->state == BATCH_FAILED) && row->ended_at.is &&
	    row->ended_at.v + IMPORT_UNDO_S > w->now)
		v.undo_until = (struct maybe_i64){true, row->ended_at.v + IMPORT_UNDO_S};
	if (counted) {
		TRY(sql_import_counts(w->db, row->id, upto, w->arena, &count, &n));
		for (size_t i = 0; i < n; i++)
			if ((unsigned)count[i].state < ROW_STATES && of[count[i].state] != NULL)
				*of[count[i].state] = count[i].number;
		TRY(sql_import_odd_number(w->db, row->id, upto, w->arena, &odd));
		v.odd = odd.number;
	}
	*out = v;
	return OK;
}

enum err
act_import_begin(struct work *w, struct str name, struct str bytes, uint64_t *id)
{
	struct import_step s = {.row = {.id = work_id(w), .state = BATCH_DRAFT}};
	struct buf body = buf_open(w->arena, 4096, 256 * 1024);
	struct str sealed;
	struct csv_table t;

	TRY(table_open(bytes, w->arena, &t, &w->fault));
	TRY(table_count(&t, w->arena, &s.row.total, &w->fault));
	if (s.row.total == 0)
		return fail(&w->fault, E_INVALID, "file", "There is nothing below the names of the columns.");
	s.order = (struct import_order){.name = audit_cut(w->arena, str_trim(name), IMPORT_NAME_MAX), .bytes = (uint32_t)bytes.n,
	    .encoding = t.encoding, .delimiter = str_printf(w->arena, "%c", t.delimiter == '\t' ? ' ' : t.delimiter),
	    .language = w->actor.language};
	TRY(import_columns_guess(w, &t, &s.order));
	shape_write(&import_order_shape, &s.order, &body);
	if (body.full)
		return fail(&w->fault, E_INVALID, "file", "The names of the columns are too long together.");
	TRY(waiting_limit(w));
	TRY(work_seal(w, KEY_FIELDS, "batch", "sheet", s.row.id, bytes, &sealed));
	TRY(sql_import_insert(w->db, s.row.id, BATCH_IMPORT, BATCH_DRAFT, w->actor.id, w->now, s.row.total, buf_str(&body),
	    sealed));
	*id = s.row.id;
	return audit(w, "import.sent", "batch", s.row.id, s.order.name);
}

/* So many files wait; what somebody sent before and did not bring in makes room. */
static enum err
waiting_limit(struct work *w)
{
	struct import_id_row *row;
	uint64_t changed;
	size_t n;

	TRY(sql_import_sheets(w->db, BATCH_IMPORT, BATCH_RUNNING, w->arena, &row, &n));
	for (size_t i = IMPORT_WAITING_MAX - 1; i < n; i++)
		TRY(sql_import_sheet_drop(w->db, row[i].id, &changed));
	return OK;
}

enum err
act_import_lines(struct work *w, uint64_t id, const struct import_lines_query *q, struct import_lines *out)
{
	struct import_line_row *row;
	struct import_lines list = {0};
	struct import_view v;
	uint32_t upto;

	TRY(act_import_one(w, id, &v));
	upto = v.row.state == BATCH_DRAFT ? 0 : v.row.state == BATCH_DRY ? v.row.done : v.row.total;
	if (q->state == 0)
		TRY(sql_import_rows_page(w->db, id, q->after, upto, w->arena, &row, &list.rows_n));
	else
		TRY(sql_import_rows_of_state(w->db, id, q->state, q->after, upto, w->arena, &row, &list.rows_n));
	if (list.rows_n > IMPORT_LINES_PAGE) {
		list.rows_n = IMPORT_LINES_PAGE;
		list.next = row[IMPORT_LINES_PAGE - 1].n;
	}
	list.rows = arena_array(w->arena, struct import_line, list.rows_n);
	for (size_t i = 0; i < list.rows_n; i++) {
		struct import_line *l = &list.rows[i];

		*l = (struct import_line){.n = row[i].n, .state = row[i].state, .problem = row[i].problem};
		if ((row[i].record_id & IMPORT_FOLLOWS) != 0)
			l->follows = (uint32_t)row[i].record_id;
		else if (row[i].record_id != 0 && row[i].state != ROW_CREATE && row[i].state != ROW_UNDONE)
			l->record_id = (struct maybe_u64){true, row[i].record_id};
		TRY(shape_read(&import_seen_shape, row[i].cells, w->arena, &l->seen, &w->fault));
	}
	*out = list;
	return OK;
}

enum err
act_import_answer(struct work *w, uint64_t id, const struct import_answers *in)
{
	struct import_step s;

	TRY(import_locked(w, id, &s));
	if (s.row.state != BATCH_DRY || s.row.done < s.row.total)
		return import_wrong_state(w);
	for (size_t i = 0; i < in->rows_n; i++)
		TRY(answer_one(w, &s, i, &in->rows[i]));
	return import_save(w, &s);
}

/* An answer may be changed until the list comes in: only rows that share something with somebody can be asked about. */
static enum err
answer_one(struct work *w, struct import_step *s, size_t i, const struct import_answered *a)
{
	static const enum row_state becomes[IMPORT_ANSWERS] = {ROW_CHANGE, ROW_CREATE, ROW_SKIP, ROW_ASK};
	const char *field = str_printf(w->arena, "rows.%u.n", (unsigned)i).p;
	struct import_line_row row;
	struct import_seen seen;
	uint64_t record_id, changed;
	enum err e = sql_import_row(w->db, s->row.id, a->n, w->arena, &row);

	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, field, "This row asks nothing.");
	TRY(e);
	TRY(shape_read(&import_seen_shape, row.cells, w->arena, &seen, &w->fault));
	if (!seen.asks.is || row.state == ROW_WRONG)
		return fail(&w->fault, E_INVALID, field, "This row asks nothing.");
	record_id = a->answer == ANSWER_TWO ? import_id(s) : seen.asks.v;
	if (row.state == ROW_CREATE)
		s->order.customers--;
	if (a->answer == ANSWER_TWO)
		s->order.customers++;
	return sql_import_row_settle(w->db, s->row.id, a->n, becomes[a->answer], record_id, &changed);
}

enum err
act_import_start(struct work *w, uint64_t id, uint32_t version)
{
	struct import_step s;

	TRY(import_locked(w, id, &s));
	TRY(import_version_same(w, &s, version));
	if (s.row.state != BATCH_DRY || s.row.done < s.row.total)
		return import_wrong_state(w);
	if (!s.row.sheet)
		return fail(&w->fault, E_NOT_FOUND, "file", "The file is no longer here. Please send it again.");
	s.row.state = BATCH_RUNNING;
	s.row.done = 0;
	TRY(audit(w, "import.started", "batch", id, s.order.name));
	return import_go_on(w, &s);
}

enum err
act_import_undo(struct work *w, uint64_t id, uint32_t version)
{
	struct import_step s;
	bool over;

	TRY(import_locked(w, id, &s));
	TRY(import_version_same(w, &s, version));
	over = s.row.state == BATCH_DONE || (s.row.state == BATCH_FAILED && s.row.ended_at.is);
	if (s.row.state != BATCH_RUNNING && !over)
		return import_wrong_state(w);
	if (over && s.row.ended_at.v + IMPORT_UNDO_S <= w->now)
		return fail(&w->fault, E_INVALID, "state", "An import can be undone for 30 days.");
	s.row.state = BATCH_UNDOING;
	s.row.done = 0;
	s.order.removed = s.order.kept = 0;
	TRY(audit(w, "import.undone", "batch", id, s.order.name));
	return import_go_on(w, &s);
}

enum err
act_import_drop(struct work *w, uint64_t id)
{
	struct import_step s;
	uint64_t changed;

	TRY(import_locked(w, id, &s));
	if (s.row.state != BATCH_DRAFT && s.row.state != BATCH_DRY)
		return import_wrong_state(w);
	/* Its rows go with the nightly tidying: there may be fifty thousand. */
	s.row.state = BATCH_FAILED;
	s.row.done = s.row.total;
	s.order.run++;
	s.order.why = STR("");
	TRY(sql_import_sheet_drop(w->db, id, &changed));
	return import_save(w, &s);
}

enum err
act_import_problems(struct work *w, uint64_t id, struct str *csv)
{
	struct buf out = buf_open(w->arena, PROBLEMS_BYTES_MAX, PROBLEMS_BYTES_MAX);
	struct import_sheet sheet;
	struct import_view v;

	TRY(act_import_one(w, id, &v));
	TRY(import_sheet_open(w, id, &v.order, &sheet));
	/* The mark tells Excel that it is UTF-8. */
	buf_add(&out, STR("\xef\xbb\xbf"));
	for (size_t i = 0; i < sheet.table.columns; i++) {
		csv_cell(&out, sheet.table.header[i]);
		buf_char(&out, ',');
	}
	csv_cell(&out, str_of(words_say(w->actor.language, "Row")));
	buf_char(&out, ',');
	csv_cell(&out, str_of(words_say(w->actor.language, "Problem")));
	buf_add(&out, STR("\r\n"));
	TRY(problem_rows(w, &v, &sheet, &out));
	if (out.full)
		return fail(&w->fault, E_LIMIT, NULL, "These rows are more than one file holds. Correct the first of them and try again.");
	*csv = buf_str(&out);
	return OK;
}

static enum err
problem_rows(struct work *w, const struct import_view *v, struct import_sheet *sheet, struct buf *out)
{
	uint32_t upto = v->row.state == BATCH_DRY ? v->row.done : v->row.total, at = 0;
	bool codes = (w->actor.may & MAY(MAY_SEE_CODES)) != 0;
	struct import_line_row *row;
	struct table_row cells;
	size_t n, gate = mapping_column(&sheet->mapping, IMPORT_GATE_CODE);
	bool more = true;

	for (uint32_t after = 0;; after = row[n - 1].n) {
		TRY(sql_import_rows_odd(w->db, v->row.id, after, upto, w->arena, &row, &n));
		if (n == 0)
			return OK;
		for (size_t i = 0; i < n; i++) {
			struct arena_mark mark = arena_mark(w->arena);

			for (; at < row[i].n && more; at++) {
				if (at + 1 < row[i].n)
					arena_rewind(w->arena, mark);
				TRY(table_next(&sheet->table, w->arena, &cells, &more, &w->fault));
			}
			for (size_t k = 0; k < sheet->table.columns; k++) {
				csv_cell(out, k == gate && !codes ? STR("") : cells.cell[k]);
				buf_char(out, ',');
			}
			buf_printf(out, "%u,", row[i].n);
			csv_cell(out, row[i].problem);
			buf_add(out, STR("\r\n"));
		}
	}
}

/* ---- steps ---- */

enum err
act_import_step(struct work *w, const struct import_ticket *t, bool *more)
{
	struct import_step s;
	enum err e = import_locked(w, t->batch_id, &s);

	*more = false;
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	/* Somebody has changed their mind since: another step is on its way. */
	if (s.order.run != t->run)
		return OK;
	w->actor = (struct actor){.kind = ACTOR_STAFF, .id = s.row.staff_id, .language = s.order.language};
	e = state_step(w, &s);
	if (e != OK)
		return failed(w, &s, e);
	if (s.row.done < s.row.total) {
		*more = true;
		TRY(import_save(w, &s));
		return tell(w, "import", &import_ticket_shape, t);
	}
	ended(w, &s);
	if (s.row.state == BATCH_DONE) {
		TRY(tell_place(w, 0));
		TRY(audit(w, "import.done", "batch", s.row.id, s.order.name));
	}
	return import_save(w, &s);
}

/*
 * What is wrong with the file is said before a step writes on customers: the import ends and shows the reason. A
 * record that somebody changed at the same moment is met again by the next try; anything else is the job's to repeat.
 */
static enum err
failed(struct work *w, struct import_step *s, enum err e)
{
	if (e == E_STALE) {
		w->fault = (struct fault){0};
		return fail(&w->fault, E_RETRY, NULL, "Somebody else changed this just now. Reload and look again.");
	}
	if (w->fault.field == NULL || strcmp(w->fault.field, "file") != 0)
		return e;
	if (s->row.state == BATCH_RUNNING)
		s->row.ended_at = (struct maybe_i64){true, w->now};
	s->row.state = BATCH_FAILED;
	s->order.why = words_fault(w->arena, s->order.language, &w->fault);
	w->fault = (struct fault){0};
	return import_save(w, s);
}

static enum err
state_step(struct work *w, struct import_step *s)
{
	switch (s->row.state) {
	case BATCH_DRY:
		return import_dry_step(w, s);
	case BATCH_RUNNING:
		return import_apply_step(w, s);
	case BATCH_UNDOING:
		return import_undo_step(w, s);
	default:
		s->row.done = s->row.total;
		return OK;
	}
}

static void
ended(struct work *w, struct import_step *s)
{
	if (s->row.state == BATCH_RUNNING) {
		s->row.state = BATCH_DONE;
		s->row.ended_at = (struct maybe_i64){true, w->now};
	} else if (s->row.state == BATCH_UNDOING) {
		s->row.state = BATCH_UNDONE;
		s->row.undone_at = (struct maybe_i64){true, w->now};
	}
}

enum err
act_imports_tidy(struct work *w, bool *again)
{
	struct import_id_row *old;
	uint64_t rows, changed;
	size_t n;

	*again = false;
	TRY(sql_imports_old(w->db, BATCH_IMPORT, BATCH_RUNNING, BATCH_UNDOING, w->now - IMPORT_UNDO_S, w->now - DRAFT_KEEP_S, w->arena, &old, &n));
	if (n == 0)
		return OK;
	*again = true;
	TRY(sql_import_rows_drop(w->db, old[0].id, &rows));
	return rows == 0 ? sql_import_sheet_drop(w->db, old[0].id, &changed) : OK;
}

enum err
import_locked(struct work *w, uint64_t id, struct import_step *s)
{
	struct import_batch_row *row;

	TRY(sql_import_for_update(w->db, id, BATCH_IMPORT, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	*s = (struct import_step){.row = *row, .next_id = work_id(w)};
	return import_order_read(w, row->body, &s->order);
}

enum err
import_version_same(struct work *w, const struct import_step *s, uint32_t version)
{
	return s->row.version == version ? OK
	    : fail(&w->fault, E_STALE, "version", "Somebody else changed this just now. Reload and look again.");
}

enum err
import_wrong_state(struct work *w)
{
	return fail(&w->fault, E_INVALID, "state", "The import has gone on meanwhile. Reload and look again.");
}

enum err
import_go_on(struct work *w, struct import_step *s)
{
	struct import_ticket t = {s->row.id, ++s->order.run};

	TRY(import_save(w, s));
	return tell(w, "import", &import_ticket_shape, &t);
}
