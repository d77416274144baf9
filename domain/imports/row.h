/*
 * domain/imports/row.h -- what a row says once its columns are known: trimmed values, and problems.
 */
#ifndef DOMAIN_IMPORTS_ROW_H
#define DOMAIN_IMPORTS_ROW_H

#include "domain/base/maybe.h"
#include "domain/customers/customer.h"
#include "domain/imports/mapping.h"
#include "domain/pools/pool.h"

#define IMPORT_TAGS_MAX 20
#define IMPORT_TAG_MAX  40 /* characters, as the column has them */

enum import_status { STATUS_UNSAID = 0, STATUS_ACTIVE, STATUS_INACTIVE, STATUS_LEAD, IMPORT_STATUSES };
extern const char *const import_status_names[]; /* [0] is "unsaid" */

/* What the company takes for granted. */
struct import_habits {
	enum volume_unit unit; /* of volumes that do not say theirs; UNIT_UNSAID means litres */
	struct str currency;   /* of the rates */
};

/* One cell that could not be taken as it stands; the value is left out, or cut to what fits. */
struct import_problem {
	enum import_field field;
	size_t column;
	struct fault fault;
	struct import_problem *next;
};

/* Texts fit their columns and are STR("") if nothing was said. */
struct import_values {
	struct str name;            /* of the customer: the name, else the company, else the street */
	bool unnamed;               /* it is the street */
	enum customer_kind kind;    /* a business if a company was named */
	struct str contact;         /* who speaks for a business; else the same as name */
	struct str email;           /* small letters */
	struct str phone;           /* E.164, as phone_read writes it */
	struct str street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6; /* both or none */
	struct str gate_code, dogs, note_technicians, note_office;
	struct str tag[IMPORT_TAGS_MAX];
	size_t tags;
	bool pool;                  /* anything was said about the water */
	enum pool_kind pool_kind;
	struct maybe_u32 volume_l;
	enum pool_surface surface;
	enum pool_sanitiser sanitiser;
	struct str external_id;
	struct str bill_street, bill_city, bill_region, bill_postcode;
	struct maybe_i64 rate_cents;
	unsigned service_days; /* bits of enum weekday */
	struct str technician; /* as the list calls them */
	enum import_status status;
	struct import_problem *problem; /* in the order they were found, or NULL */
};

/*
 * row_values -- what a row of the table says by that mapping
 *
 * Whatever can be read is read; the rest becomes a problem of its cell. An address on one line is taken
 * apart where it ends like "..., city, ST 12345". Coordinates 0, 0 are none.
 *
 * row  in   of the table the mapping is for; texts of out may borrow its cells
 *
 * Errors  E_INVALID "row": it names nobody and no place
 */
must_use enum err row_values(const struct mapping *m, const struct table_row *row, const struct import_habits *h,
    struct arena *a, struct import_values *out, struct fault *f);

/*
 * number_read -- a number as people write it, times ten to the power of `decimals`, rounded half away from zero
 *
 * With both a point and a comma the last one is the decimal sign. One kind alone that comes several times,
 * or a comma before exactly three digits, parts thousands; any other is the decimal sign. False: not one.
 */
bool number_read(struct str s, unsigned decimals, int64_t *out);

#endif
