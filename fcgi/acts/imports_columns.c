/*
 * fcgi/acts/imports_columns.c -- which column is what: guessed, looked at, said otherwise, remembered.
 */
#include "domain/access/audit.h"
#include "fcgi/acts/imports.h"

#include "sql/tenant/queries/imports.h"

#define SAMPLE_ROWS 20
/* What was decided about columns, for the next list: the newest so many. */
#define REMEMBERED_MAX 400
#define REMEMBERED_BYTES 60000
#define REMEMBERED_NAME STR("columns")

/* One header and what it means here; `setting.body` is a list of them. */
struct remembered {
	struct str header; /* its normal form */
	enum import_field field;
};

struct memory {
	struct remembered *rows;
	size_t rows_n;
};

static void columns_remembered(struct work *w, const struct memory *m, struct import_order *o);
static enum err memory_read(struct work *w, const struct mapping_row *row, struct memory *out);
static enum err memory_keep(struct work *w, const struct import_order *o, const bool *chosen);

static const struct field remembered_fields[] = {
	FIELD_TEXT(struct remembered, header, 0, HEADER_NORMAL_MAX),
	FIELD_ENUM(struct remembered, field, import_field_names),
	FIELD_END
};
static const struct shape remembered_shape = {"ImportRemembered", sizeof(struct remembered), remembered_fields};
static const struct field memory_fields[] = {
	FIELD_LIST(struct memory, rows, rows_n, &remembered_shape, REMEMBERED_MAX), FIELD_END};
static const struct shape memory_shape = {"ImportMemory", sizeof(struct memory), memory_fields};

enum err
import_columns_guess(struct work *w, const struct csv_table *t, struct import_order *o)
{
	struct mapping_row *kept;
	struct memory memory;
	struct mapping guess;

	mapping_guess(t->header, t->columns, w->arena, &guess);
	o->source = guess.source;
	o->unit = guess.unit != UNIT_UNSAID ? guess.unit
	    : str_eq(str_of(w->tenant->currency), STR("USD")) ? UNIT_US_GALLONS : UNIT_LITRES;
	o->columns_n = t->columns;
	o->columns = arena_array(w->arena, struct import_column, t->columns);
	for (size_t i = 0; i < t->columns; i++)
		o->columns[i] = (struct import_column){audit_cut(w->arena, t->header[i], IMPORT_HEADER_MAX), guess.field[i],
		    guess.confidence[i]};
	TRY(sql_mapping_one(w->db, SETTING_MAPPING, REMEMBERED_NAME, w->arena, &kept));
	TRY(memory_read(w, kept, &memory));
	columns_remembered(w, &memory, o);
	return OK;
}

/* What a person once said of a column goes before any guess; no field is given twice. */
static void
columns_remembered(struct work *w, const struct memory *m, struct import_order *o)
{
	bool taken[IMPORT_FIELDS] = {false};

	for (size_t i = 0; i < o->columns_n; i++) {
		struct str normal = header_normal(w->arena, o->columns[i].header);

		for (size_t k = 0; k < m->rows_n && normal.n > 0; k++) {
			enum import_field f = m->rows[k].field;

			if (!str_eq(m->rows[k].header, normal) || (f != IMPORT_NOTHING && taken[f]))
				continue;
			o->columns[i].field = f;
			o->columns[i].confidence = 100;
			taken[f] = true;
			break;
		}
	}
	for (size_t i = 0; i < o->columns_n; i++)
		if (o->columns[i].field != IMPORT_NOTHING && o->columns[i].confidence < 100 && taken[o->columns[i].field])
			o->columns[i] = (struct import_column){o->columns[i].header, IMPORT_NOTHING, 0};
}

enum err
act_import_columns(struct work *w, uint64_t id, struct import_columns *out)
{
	struct import_columns list;
	struct import_view v;
	struct import_sheet sheet;
	struct table_row row;
	bool more = true;

	TRY(act_import_one(w, id, &v));
	TRY(import_sheet_open(w, id, &v.order, &sheet));
	list.rows_n = v.order.columns_n;
	list.rows = arena_array(w->arena, struct import_column_view, list.rows_n);
	for (size_t i = 0; i < list.rows_n; i++)
		list.rows[i] = (struct import_column_view){v.order.columns[i].header, v.order.columns[i].field,
		    v.order.columns[i].confidence, STR("")};
	for (unsigned n = 0; n < SAMPLE_ROWS && more; n++) {
		TRY(table_next(&sheet.table, w->arena, &row, &more, &w->fault));
		for (size_t i = 0; i < list.rows_n && more; i++)
			if (list.rows[i].sample.n == 0 && str_trim(row.cell[i]).n > 0)
				list.rows[i].sample = list.rows[i].field == IMPORT_GATE_CODE
				    ? STR("****")
				    : audit_cut(w->arena, row.cell[i], IMPORT_SAMPLE_MAX);
	}
	*out = list;
	return OK;
}

enum err
act_import_map(struct work *w, uint64_t id, const struct import_mapping *in)
{
	struct import_step s;
	struct mapping check = {0};
	bool *chosen;

	TRY(import_locked(w, id, &s));
	TRY(import_version_same(w, &s, in->version));
	if (s.row.state != BATCH_DRAFT && s.row.state != BATCH_DRY)
		return import_wrong_state(w);
	if (in->columns_n != s.order.columns_n)
		return fail(&w->fault, E_INVALID, "columns", "The file has %u columns.", (unsigned)s.order.columns_n);
	check.columns = in->columns_n;
	chosen = arena_array(w->arena, bool, in->columns_n);
	for (size_t i = 0; i < in->columns_n; i++) {
		check.field[i] = in->columns[i].field;
		chosen[i] = in->columns[i].field != s.order.columns[i].field || s.order.columns[i].confidence == 100;
		s.order.columns[i].field = in->columns[i].field;
		if (chosen[i])
			s.order.columns[i].confidence = 100;
	}
	TRY(mapping_check(&check, &w->fault));
	if (!s.row.sheet)
		return fail(&w->fault, E_NOT_FOUND, "file", "The file is no longer here. Please send it again.");
	TRY(memory_keep(w, &s.order, chosen));
	s.order.unit = in->unit;
	s.order.policy = in->policy;
	s.order.language = w->actor.language;
	s.order.customers = s.order.properties = s.order.pools = 0;
	s.row.state = BATCH_DRY;
	s.row.done = s.row.failed = 0;
	return import_go_on(w, &s);
}

static enum err
memory_read(struct work *w, const struct mapping_row *row, struct memory *out)
{
	*out = (struct memory){0};
	/* A twin of another company's row, in a test, holds nothing. */
	if (row == NULL || str_eq(row->body, STR("{}")))
		return OK;
	return shape_read(&memory_shape, row->body, w->arena, out, &w->fault);
}

/* The newest first; what was said of the same header before is forgotten. */
static enum err
memory_keep(struct work *w, const struct import_order *o, const bool *chosen)
{
	struct remembered *list = arena_array(w->arena, struct remembered, REMEMBERED_MAX);
	struct memory was, is = {list, 0};
	struct buf body = buf_open(w->arena, 4096, REMEMBERED_BYTES);
	struct mapping_row *row;

	TRY(sql_mapping_for_update(w->db, SETTING_MAPPING, REMEMBERED_NAME, w->arena, &row));
	TRY(memory_read(w, row, &was));
	for (size_t i = 0; i < o->columns_n; i++) {
		struct str normal = header_normal(w->arena, o->columns[i].header);

		if (chosen[i] && normal.n > 0)
			list[is.rows_n++] = (struct remembered){normal, o->columns[i].field};
	}
	if (is.rows_n == 0)
		return OK;
	for (size_t k = 0; k < was.rows_n && is.rows_n < REMEMBERED_MAX; k++) {
		bool again = false;

		for (size_t i = 0; i < is.rows_n && !again; i++)
			again = str_eq(list[i].header, was.rows[k].header);
		if (!again)
			list[is.rows_n++] = was.rows[k];
	}
	do {
		body.n = 0;
		body.full = false;
		shape_write(&memory_shape, &is, &body);
	} while (body.full && is.rows_n-- > 0);
	if (row == NULL)
		return sql_mapping_insert(w->db, work_id(w), SETTING_MAPPING, REMEMBERED_NAME, buf_str(&body));
	return sql_mapping_save(w->db, row->id, buf_str(&body));
}
