/*
 * domain/customers/field.c -- values of the company's own fields, judged by their type.
 */
#include "domain/customers/field.h"

#include <assert.h>

#include "domain/base/day.h"

#define NUMBER_DIGITS 15

const char *const field_type_names[] = {"", "text", "number", "day", "choice", "yes_no", NULL};

static_assert(sizeof(field_type_names) / sizeof(char *) == FIELD_TYPES + 1, "each has its name");

static const struct own_field *find(const struct own_field *field, size_t fields, enum record_kind on, uint64_t id);
static bool is_number(struct str s);
static bool is_option(const struct own_field *d, struct str s);

enum err
own_field_check(const struct own_field *d, struct fault *f)
{
	if (d->on != RECORD_CUSTOMER && d->on != RECORD_PROPERTY && d->on != RECORD_POOL && d->on != RECORD_WORKORDER &&
	    d->on != RECORD_STAFF)
		return fail(f, E_INVALID, "on", "This kind of record has no fields of your own.");
	if (d->type != FIELD_TYPE_CHOICE && d->options_n > 0)
		return fail(f, E_INVALID, "options", "Only a choice has options.");
	if (d->type == FIELD_TYPE_CHOICE && d->options_n < 2)
		return fail(f, E_INVALID, "options", "A choice needs at least two options.");
	for (size_t i = 0; i < d->options_n; i++)
		for (size_t j = 0; j < i; j++)
			if (str_eq_nocase(d->options[i].name, d->options[j].name))
				return fail(f, E_INVALID, "options", "An option is there twice.");
	return OK;
}

enum err
own_check(const struct own_field *field, size_t fields, enum record_kind on, const struct own_value *value,
    size_t values, struct fault *f)
{
	for (size_t i = 0; i < values; i++) {
		const struct own_field *d = find(field, fields, on, value[i].field_id);
		struct str v = value[i].value;
		struct day day;

		if (d == NULL)
			return fail(f, E_INVALID, "own", "There is no such field any more.");
		for (size_t j = 0; j < i; j++)
			if (value[j].field_id == value[i].field_id)
				return fail(f, E_INVALID, "own", "A field is there twice.");
		if (v.n == 0)
			continue;
		if (d->type == FIELD_TYPE_NUMBER && !is_number(v))
			return fail(f, E_INVALID, "own", "\"%.*s\" is not a number.", STR_ARG(v));
		if (d->type == FIELD_TYPE_DAY && !day_read(v, &day))
			return fail(f, E_INVALID, "own", "\"%.*s\" is not a date such as 2026-11-21.", STR_ARG(v));
		if (d->type == FIELD_TYPE_CHOICE && !is_option(d, v))
			return fail(f, E_INVALID, "own", "\"%.*s\" is not one of the options.", STR_ARG(v));
		if (d->type == FIELD_TYPE_YES_NO && !str_eq(v, STR("yes")) && !str_eq(v, STR("no")))
			return fail(f, E_INVALID, "own", "\"%.*s\" is neither yes nor no.", STR_ARG(v));
	}
	return OK;
}

static const struct own_field *
find(const struct own_field *field, size_t fields, enum record_kind on, uint64_t id)
{
	for (size_t i = 0; i < fields; i++)
		if (field[i].id == id && field[i].on == on)
			return &field[i];
	return NULL;
}

/* -12.50: a sign, digits, perhaps a point and digits; at most so many digits that a double keeps them. */
static bool
is_number(struct str s)
{
	size_t digits = 0, points = 0, i = s.n > 0 && s.p[0] == '-' ? 1 : 0;

	for (; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] == '.' && digits > 0 && points++ == 0)
			continue;
		else
			return false;
	}
	return digits > 0 && digits <= NUMBER_DIGITS && s.p[s.n - 1] != '.';
}

static bool
is_option(const struct own_field *d, struct str s)
{
	for (size_t i = 0; i < d->options_n; i++)
		if (str_eq(d->options[i].name, s))
			return true;
	return false;
}
