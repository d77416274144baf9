/*
 * fcgi/acts/imports_sheet.c -- the file of an import, and the shapes of what is stored about it.
 */
#include "fcgi/acts/imports.h"

#include "domain/base/id.h"
#include "sql/tenant/queries/imports.h"

static const struct field import_change_fields[] = {
	FIELD_TEXT(struct import_change, field, 1, 40),
	FIELD_TEXT(struct import_change, was, 0, IMPORT_CHANGE_TEXT),
	FIELD_TEXT(struct import_change, became, 0, IMPORT_CHANGE_TEXT),
	FIELD_END
};
const struct shape import_change_shape = {"ImportChange", sizeof(struct import_change), import_change_fields};

static const struct field import_seen_fields[] = {
	FIELD_TEXT(struct import_seen, name, 0, 120),
	FIELD_TEXT(struct import_seen, email, 0, 254),
	FIELD_TEXT(struct import_seen, phone, 0, 24),
	FIELD_TEXT(struct import_seen, street, 0, 160),
	FIELD_TEXT(struct import_seen, city, 0, 80),
	FIELD_BOOL(struct import_seen, pool),
	FIELD_BOOL(struct import_seen, gate),
	FIELD_ENUM(struct import_seen, pool_kind, pool_kind_names),
	FIELD_MAYBE_INT(struct import_seen, volume_l, 0, INT32_MAX),
	FIELD_ENUM(struct import_seen, surface, pool_surface_names),
	FIELD_SET(struct import_seen, by, match_by_names),
	FIELD_TEXT(struct import_seen, other, 0, 120),
	FIELD_MAYBE_ID(struct import_seen, asks),
	FIELD_LIST(struct import_seen, changes, changes_n, &import_change_shape, IMPORT_CHANGES_MAX),
	FIELD_END
};
const struct shape import_seen_shape = {"ImportSeen", sizeof(struct import_seen), import_seen_fields};

static const struct field import_column_fields[] = {
	FIELD_TEXT(struct import_column, header, 0, IMPORT_HEADER_MAX),
	FIELD_ENUM(struct import_column, field, import_field_names),
	FIELD_INT(struct import_column, confidence, 0, 100),
	FIELD_END
};
static const struct shape import_column_shape = {"ImportColumn", sizeof(struct import_column), import_column_fields};

static const struct field import_order_fields[] = {
	FIELD_TEXT(struct import_order, name, 0, IMPORT_NAME_MAX),
	FIELD_INT(struct import_order, bytes, 0, INT32_MAX),
	FIELD_ENUM(struct import_order, encoding, table_encoding_names),
	FIELD_TEXT(struct import_order, delimiter, 0, 4),
	FIELD_ENUM(struct import_order, source, import_source_names),
	FIELD_ENUM(struct import_order, unit, volume_unit_names),
	FIELD_ENUM(struct import_order, policy, import_policy_names),
	FIELD_ENUM(struct import_order, language, language_tags),
	FIELD_INT(struct import_order, run, 0, INT32_MAX),
	FIELD_INT(struct import_order, customers, 0, INT32_MAX),
	FIELD_INT(struct import_order, properties, 0, INT32_MAX),
	FIELD_INT(struct import_order, pools, 0, INT32_MAX),
	FIELD_INT(struct import_order, removed, 0, INT32_MAX),
	FIELD_INT(struct import_order, kept, 0, INT32_MAX),
	FIELD_TEXT(struct import_order, why, 0, 300),
	FIELD_LIST(struct import_order, columns, columns_n, &import_column_shape, TABLE_COLUMNS_MAX),
	FIELD_END
};
const struct shape import_order_shape = {"ImportOrder", sizeof(struct import_order), import_order_fields};

static const struct field import_ticket_fields[] = {
	FIELD_ID(struct import_ticket, batch_id),
	FIELD_INT(struct import_ticket, run, 0, INT32_MAX),
	FIELD_END
};
const struct shape import_ticket_shape = {"ImportTicket", sizeof(struct import_ticket), import_ticket_fields};

/* A body of 200 columns is far below it. */
#define ORDER_MAX (256 * 1024)

enum err
import_order_read(struct work *w, struct str body, struct import_order *out)
{
	memset(out, 0, sizeof(*out));
	/* A twin of another company's row, in a test, holds nothing. */
	if (str_eq(body, STR("{}")))
		return OK;
	return shape_read(&import_order_shape, body, w->arena, out, &w->fault);
}

enum err
import_save(struct work *w, struct import_step *s)
{
	struct buf b = buf_open(w->arena, 4096, ORDER_MAX);

	shape_write(&import_order_shape, &s->order, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "The order of an import does not fit.");
	return sql_import_save(w->db, s->row.id, s->row.state, s->row.done, s->row.failed, buf_str(&b), s->row.ended_at,
	    s->row.undone_at);
}

/* Twenty-one bits behind the millisecond, counted up from a random one: two thousand by chance would meet. */
uint64_t
import_id(struct import_step *s)
{
	uint64_t id = s->next_id;

	s->next_id = (id & ~UINT64_C(0x1fffff)) | ((id + 1) & UINT64_C(0x1fffff));
	return id;
}

enum err
import_sheet_open(struct work *w, uint64_t id, const struct import_order *o, struct import_sheet *out)
{
	struct import_sheet s = {.habits = {o->unit, str_of(w->tenant->currency)}};
	struct import_sheet_row row;
	struct str bytes;

	TRY(sql_import_sheet(w->db, id, w->arena, &row));
	if (!row.sheet.is)
		return fail(&w->fault, E_NOT_FOUND, "file", "The file is no longer here. Please send it again.");
	TRY(work_unseal(w, KEY_FIELDS, "batch", "sheet", id, row.sheet.v, &bytes));
	TRY(table_open(bytes, w->arena, &s.table, &w->fault));
	if (s.table.columns != o->columns_n)
		return fail(&w->fault, E_BUG, NULL, "The file of an import has other columns than it had.");
	s.mapping = (struct mapping){.source = o->source, .columns = o->columns_n, .unit = o->unit};
	for (size_t i = 0; i < o->columns_n; i++) {
		s.mapping.field[i] = o->columns[i].field;
		s.mapping.confidence[i] = (uint8_t)o->columns[i].confidence;
	}
	*out = s;
	return OK;
}

enum err
import_row_next(struct work *w, struct import_sheet *s, struct table_row *row, struct import_values *v, bool *whole,
    struct fault *f)
{
	bool more = false;

	TRY(table_next(&s->table, w->arena, row, &more, &w->fault));
	if (!more)
		return fail(&w->fault, E_BUG, NULL, "The file of an import has fewer rows than it had.");
	*whole = row_values(&s->mapping, row, &s->habits, w->arena, v, f) == OK;
	return OK;
}

void
import_prints(const struct import_values *v, uint64_t print[MATCH_BYS])
{
	struct str place = v->city.n > 0 ? v->city : v->postcode;

	print[BY_EXTERNAL_ID] = match_print(BY_EXTERNAL_ID, v->external_id, STR(""));
	print[BY_EMAIL] = match_print(BY_EMAIL, v->email, STR(""));
	print[BY_PHONE] = match_print(BY_PHONE, v->phone, STR(""));
	print[BY_ADDRESS] = match_print(BY_ADDRESS, v->street, place);
	print[BY_NAME] = match_print(BY_NAME, v->name, STR(""));
}
