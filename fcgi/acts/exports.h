/*
 * fcgi/acts/exports.h -- lists as tables to take away: CSV that a spreadsheet opens and runs no formula of.
 *
 * A table comes in parts of at most EXPORT_ROWS rows; where a part is not the last, `next` begins the one behind it.
 * Columns have the names that an import understands, in the reader's language. No code of a gate is ever in one.
 */
#ifndef FCGI_ACTS_EXPORTS_H
#define FCGI_ACTS_EXPORTS_H

#include "domain/base/maybe.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/record.h"
#include "sql/tenant/sheet.h"
#include "tenancy/work.h"

#define EXPORT_ROWS 5000
#define EXPORT_BYTES (3 * 1024 * 1024)
#define EXPORT_VISITS 10000 /* of one table; its days are chosen by the reader */
#define EXPORT_DAYS 400

struct export_query {
	struct maybe_u64 before;
};

struct export_visits_query {
	struct day from, to;
};

struct export_part {
	struct str csv;
	struct maybe_u64 next;
};

/* act_export_customers -- these, the newest first; n may be one more than a part, which says that there is another */
must_use enum err act_export_customers(struct work *w, const struct person_id_row *id, size_t n, struct export_part *out);
must_use enum err act_export_properties(struct work *w, const struct export_query *q, struct export_part *out);
must_use enum err act_export_pools(struct work *w, const struct export_query *q, struct export_part *out);
must_use enum err act_export_staff(struct work *w, struct export_part *out);
must_use enum err act_export_services(struct work *w, struct export_part *out);
/* Errors  E_INVALID "to" before from, or more than EXPORT_DAYS; E_LIMIT "to" more visits than EXPORT_VISITS */
must_use enum err act_export_visits(struct work *w, const struct export_visits_query *q, struct export_part *out);

#endif
