/*
 * domain/customers/field.h -- the company's own fields on its records, and what may stand in them.
 */
#ifndef DOMAIN_CUSTOMERS_FIELD_H
#define DOMAIN_CUSTOMERS_FIELD_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/customers/customer.h"

/* Stored as words in JSON: rename never. */
enum field_type { FIELD_TYPE_TEXT = 1, FIELD_TYPE_NUMBER, FIELD_TYPE_DAY, FIELD_TYPE_CHOICE, FIELD_TYPE_YES_NO,
	FIELD_TYPES };

extern const char *const field_type_names[];

#define OWN_FIELDS_MAX 60   /* of one company, archived ones too */
#define OWN_OPTIONS_MAX 40  /* of one choice */
#define OWN_OPTION_MAX 60   /* characters */
#define OWN_VALUE_MAX 400

struct own_option {
	struct str name;
};

/* A field as the company made it. */
struct own_field {
	uint64_t id;
	enum record_kind on; /* customer, property, pool, work order, staff */
	enum field_type type;
	const struct own_option *options;
	size_t options_n;
};

struct own_value {
	uint64_t field_id;
	struct str value;
};

/*
 * own_field_check -- does this field make sense?
 *
 * Errors  E_INVALID "on" a record that has no own fields; "options" a choice without two different ones, or
 *         options of something else
 */
must_use enum err own_field_check(const struct own_field *d, struct fault *f);

/*
 * own_check -- do the values fit the fields of that kind of record?
 *
 * Numbers are written with a point, days like 2026-11-21, yes or no as words. An empty value is none.
 *
 * Errors  E_INVALID "own": no such field, named twice, or not of its type
 */
must_use enum err own_check(const struct own_field *field, size_t fields, enum record_kind on,
    const struct own_value *value, size_t values, struct fault *f);

#endif
