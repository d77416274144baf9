/*
 * fcgi/acts/exports.h -- lists as tables to take away: CSV that a spreadsheet opens and runs no formula of.
 *
 * A table comes in parts of at most EXPORT_ROWS rows; where a part is not the last, `next` begins the one behind it.
 * Columns have the names that an import understands, in the reader's language. No code of a gate is ever in one.
 *
 * exports.c the home: a sheet, its cells, its parts · exports_record.c customers, people, places, pools, what stands
 * there · exports_work.c staff, services, agreements, visits, ways · exports_money.c bills, payments, debts, goods.
 */
#ifndef FCGI_ACTS_EXPORTS_H
#define FCGI_ACTS_EXPORTS_H

#include "domain/base/maybe.h"
#include "sql/tenant/billing.h"
#include "sql/tenant/record.h"
#include "sql/tenant/sheet.h"
#include "sql/tenant/water.h"
#include "tenancy/work.h"

#define EXPORT_ROWS 5000
#define EXPORT_BYTES (3 * 1024 * 1024)
#define EXPORT_VISITS 10000 /* of one table; its days are chosen by the reader */
#define EXPORT_DAYS 400

struct export_query {
	struct maybe_u64 before;
};

struct export_days_query {
	struct day from, to;
};

struct export_part {
	struct str csv;
	struct maybe_u64 next;
};

/* ---- the home ---- */

#define SHEET_COLUMNS 24
/* What the queries' LIMIT is. */
#define SHEET_PAGE 1000

/* One table under way. */
struct sheet {
	struct work *w;
	struct buf out;
	struct str cell[SHEET_COLUMNS];
	size_t cells, rows;
	uint64_t numbers; /* of this row: bit i, cell i is a number of ours */
	uint64_t last; /* the last row that is whole */
	bool room;     /* false: the part is full */
};

/* A list that is read a page at a time, the newest first; in its headers "@" stands for gallons or litres. */
struct sheet_list {
	const char *english, *spanish;
	/* page -- the rows behind s->last, a row_end behind each; *n of them were there */
	enum err (*page)(struct sheet *s, size_t *n);
};

/* act_export -- a part of such a list */
must_use enum err act_export(struct work *w, const struct sheet_list *l, const struct export_query *q,
    struct export_part *out);
extern const struct sheet_list export_contacts, export_properties, export_pools, export_equipment, export_staff,
    export_services, export_agreements, export_items, export_payments;

void sheet_open(struct sheet *s, struct work *w, const char *english, const char *spanish);
void put(struct sheet *s, struct str text);
void put_word(struct sheet *s, const char *const *words, uint64_t i); /* "unknown" is said by nothing */
void put_degrees(struct sheet *s, struct maybe_i64 e6);
void put_number(struct sheet *s, int64_t n);
void put_hundredths(struct sheet *s, int64_t x100);
void put_cents(struct sheet *s, int64_t cents); /* "1234.50", of the company's currency */
void put_litres(struct sheet *s, struct maybe_u32 volume_l);
void put_minute(struct sheet *s, struct maybe_u32 minute);
void put_day(struct sheet *s, struct maybe_day day);
/* row_end -- false: the part is full. A row that does not fit whole is of the next part */
bool row_end(struct sheet *s, uint64_t id);
void sheet_close(struct sheet *s, bool more, struct export_part *out);

/* ---- lists that are chosen by more than their order ---- */

/* act_export_customers -- these, the newest first; n may be one more than a part, which says that there is another */
must_use enum err act_export_customers(struct work *w, const struct person_id_row *id, size_t n, struct export_part *out);
/* Errors of both  E_INVALID "to" before from, or more than EXPORT_DAYS; E_LIMIT "to" more visits than EXPORT_VISITS */
must_use enum err act_export_visits(struct work *w, const struct export_days_query *q, struct export_part *out);

/* What the page shows, as it is filtered there. */
must_use enum err act_export_bills(struct work *w, const struct bill_card *row, size_t n, struct export_part *out);
must_use enum err act_export_debts(struct work *w, const struct sheet_debt_row *row, size_t n, struct export_part *out);
must_use enum err act_export_stock(struct work *w, const struct stock_line_row *row, size_t n, struct export_part *out);

#endif
