/*
 * fcgi/acts/fields.h -- the company's own fields on its records: which there are. Values: tell.h, own_write.
 */
#ifndef FCGI_ACTS_FIELDS_H
#define FCGI_ACTS_FIELDS_H

#include <stdbool.h>

#include "domain/customers/field.h"
#include "tenancy/work.h"

struct field_line {
	uint64_t id;
	enum record_kind on;
	struct str name;
	enum field_type type;
	const struct own_option *options;
	size_t options_n;
	uint32_t position;
	bool archived; /* offered no more; what stands in it stays readable */
	uint32_t version;
};

struct field_page {
	struct field_line *rows; /* at most OWN_FIELDS_MAX */
	size_t rows_n;
};

struct field_new {
	enum record_kind on;
	struct str name;
	enum field_type type;
	const struct own_option *options;
	size_t options_n;
	uint32_t position;
};

/* What it is on and its type stay: values are there already. */
struct field_edit {
	struct str name;
	const struct own_option *options;
	size_t options_n;
	uint32_t position;
	bool archived;
	uint32_t version;
};

must_use enum err act_fields(struct work *w, struct field_page *out);
/* Errors  those of own_field_check; E_INVALID "name" taken; E_LIMIT "name" OWN_FIELDS_MAX are there */
must_use enum err act_field_make(struct work *w, const struct field_new *in, struct field_line *out);
must_use enum err act_field_change(struct work *w, uint64_t id, const struct field_edit *in, struct field_line *out);

/* Values on a person who works here, or on a job; those on customers, places and pools come with their own page. */
struct own_values {
	const struct own_value *own;
	size_t own_n;
	uint32_t version;
};
must_use enum err act_staff_own(struct work *w, uint64_t staff_id, struct own_values *out);
/* Errors  E_NOT_FOUND, E_STALE; those of own_check */
must_use enum err act_staff_own_set(struct work *w, uint64_t staff_id, const struct own_values *in,
    struct own_values *out);
/* The same of a visit: what the company writes down of each job */
must_use enum err act_visit_own(struct work *w, uint64_t visit_id, struct own_values *out);
must_use enum err act_visit_own_set(struct work *w, uint64_t visit_id, const struct own_values *in,
    struct own_values *out);

#endif
