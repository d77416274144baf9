/*
 * fcgi/acts/tell_own.c -- the company's own fields: their list, and the values in the columns `own`.
 *
 * A column holds {} or {"rows":[{"field_id":"...","value":"..."}]}; a setting {"on":...,"type":...,"options":[...]}.
 */
#include "fcgi/acts/tell_event.h"

#include "domain/base/id.h"
#include "sql/tenant/queries/fields.h"

#define OWN_BYTES_MAX 60000 /* of a TEXT column */

struct own_values {
	const struct own_value *rows;
	size_t rows_n;
};

static struct str value_of(const struct own_value *v, size_t n, uint64_t field_id);
static enum err changes_tell(struct work *w, const struct record *on, const struct own_value *was, size_t was_n,
    const struct own_value *is, size_t is_n);

static const struct field own_value_fields[] = {
	FIELD_ID(struct own_value, field_id),
	FIELD_TEXT(struct own_value, value, 0, OWN_VALUE_MAX),
	FIELD_END
};
const struct shape own_value_shape = {"OwnValue", sizeof(struct own_value), own_value_fields};

static const struct field own_values_fields[] = {
	FIELD_LIST(struct own_values, rows, rows_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_END
};
static const struct shape own_values_shape = {"OwnValues", sizeof(struct own_values), own_values_fields};

static const struct field own_option_fields[] = {
	FIELD_TEXT(struct own_option, name, 1, OWN_OPTION_MAX),
	FIELD_END
};
const struct shape own_option_shape = {"OwnOption", sizeof(struct own_option), own_option_fields};

static const struct field field_body_fields[] = {
	FIELD_ENUM(struct field_body, on, record_kind_names),
	FIELD_ENUM(struct field_body, type, field_type_names),
	FIELD_LIST(struct field_body, options, options_n, &own_option_shape, OWN_OPTIONS_MAX),
	FIELD_END
};
const struct shape field_body_shape = {"FieldBody", sizeof(struct field_body), field_body_fields};

enum err
own_fields(struct work *w, const struct own_field **fields, size_t *n)
{
	struct setting_row *rows;
	size_t rows_n;

	TRY(sql_fields_all(w->db, SETTING_FIELD, w->arena, &rows, &rows_n));
	struct own_field *list = arena_array(w->arena, struct own_field, rows_n);
	for (size_t i = 0; i < rows_n; i++) {
		struct field_body body;

		TRY(shape_read(&field_body_shape, rows[i].body, w->arena, &body, &w->fault));
		list[i] = (struct own_field){rows[i].id, body.on, body.type, body.options, body.options_n};
	}
	*fields = list;
	*n = rows_n;
	return OK;
}

enum err
own_read(struct work *w, struct str stored, const struct own_value **values, size_t *n)
{
	struct own_values all = {0};

	if (!str_eq(stored, STR("{}")))
		TRY(shape_read(&own_values_shape, stored, w->arena, &all, &w->fault));
	*values = all.rows;
	*n = all.rows_n;
	return OK;
}

enum err
own_write(struct work *w, const struct record *on, struct str was, const struct own_value *values, size_t n,
    struct str *stored)
{
	const struct own_field *fields;
	const struct own_value *before;
	size_t fields_n, before_n;
	struct own_value *kept = arena_array(w->arena, struct own_value, n);
	struct own_values all = {kept, 0};
	struct buf b = buf_open(w->arena, 256, OWN_BYTES_MAX);

	if (n > 0) {
		TRY(own_fields(w, &fields, &fields_n));
		TRY(own_check(fields, fields_n, on->kind, values, n, &w->fault));
	}
	for (size_t i = 0; i < n; i++)
		if (values[i].value.n > 0)
			kept[all.rows_n++] = values[i];
	TRY(own_read(w, was, &before, &before_n));
	TRY(changes_tell(w, on, before, before_n, all.rows, all.rows_n));
	shape_write(&own_values_shape, &all, &b);
	if (b.full)
		return fail(&w->fault, E_INVALID, "own", "These values are too long together.");
	*stored = all.rows_n == 0 ? STR("{}") : buf_str(&b);
	return OK;
}

/* "own.<id of the field>" for each that differs. */
static enum err
changes_tell(struct work *w, const struct record *on, const struct own_value *was, size_t was_n,
    const struct own_value *is, size_t is_n)
{
	struct field_change *c = arena_array(w->arena, struct field_change, was_n + is_n);
	size_t n = 0;

	for (size_t i = 0; i < was_n + is_n; i++) {
		uint64_t id = i < was_n ? was[i].field_id : is[i - was_n].field_id;
		char letters[ID_LETTERS + 1];

		if (i >= was_n && value_of(was, was_n, id).n > 0)
			continue;
		id_write(id, letters);
		c[n++] = (struct field_change){.field = str_printf(w->arena, "own.%s", letters).p,
		    .was = value_of(was, was_n, id), .became = value_of(is, is_n, id)};
	}
	return tell_change(w, on, c, n, NULL);
}

static struct str
value_of(const struct own_value *v, size_t n, uint64_t field_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].field_id == field_id)
			return v[i].value;
	return STR("");
}
