/*
 * sql/tenant/quotes.h -- rows of offers, and of what a job wants: lines of bill 1, on no document yet.
 */
#ifndef SQL_TENANT_QUOTES_H
#define SQL_TENANT_QUOTES_H

#include "domain/workorders/want.h"
#include "sql/tenant/billing.h"
#include "sql/tenant/day.h"

#define BILL_WANTED 1 /* bill_line.bill_id: wanted for a job, asked for by nothing yet */

struct quote_row {
	uint64_t id;
	enum bill_state state;
	struct maybe_u64 seq;
	uint64_t customer_id, property_id, visit_id; /* visit_id: the job, once it is approved */
	struct str currency;
	struct day day, due_day;
	struct str title, note, reason;
	int64_t net_cents, tax_cents, total_cents;
	struct maybe_i64 issued_at, sent_at, ended_at;
	struct str quote; /* fcgi/acts/quotes.h */
	uint32_t version;
};

struct quote_id_row {
	uint64_t id;
};

struct quote_card_row {
	uint64_t id;
	enum bill_state state;
	struct maybe_u64 seq;
	uint64_t customer_id, visit_id;
	struct str customer, currency, title;
	struct day day, due_day;
	int64_t total_cents;
	struct str quote;
	uint32_t version;
};

/* A line of a job, wherever it is now. */
struct job_line_row {
	uint64_t id, bill_id, item_id;
	enum charge_kind kind;
	struct str text;
	int64_t quantity_milli, unit_cents, net_cents, cost_cents;
	enum got got;
	uint32_t version;
};

/* A customer's name under a job; body: JSON of verb_body_shape, with the picture. */
struct job_signed_row {
	int64_t at;
	struct str body;
};

/* What a technician sees of it. */
struct want_brief_row {
	uint64_t id;
	struct str text;
	int64_t quantity_milli;
	enum got got;
};

struct want_owner_row {
	uint64_t id, visit_id, item_id;
	int64_t quantity_milli;
	enum got got;
	uint32_t version;
};

struct shopping_row {
	uint64_t id, visit_id, customer_id;
	struct str customer, street;
	struct day day;
	struct maybe_u64 tech_id;
	struct maybe_str tech;
	uint64_t item_id;
	struct str text;
	int64_t quantity_milli, cost_cents;
	enum got got;
	uint32_t version;
};

struct job_row {
	uint64_t id, customer_id;
	struct str customer, street, service;
	struct day day;
	struct maybe_u64 tech_id;
	struct maybe_str tech;
	enum visit_state state;
	enum visit_source source;
	enum visit_free free;
	int64_t cents, cost_cents;
	int64_t missing; /* parts that are not on a van yet */
};

struct visit_free_row {
	enum visit_free free;
	enum visit_state state;
	enum visit_source source;
	uint32_t version;
};

struct free_job_row {
	uint64_t id, customer_id;
	struct str customer, service;
	struct day day;
	enum visit_free free;
	struct str note;
	int64_t minutes, part_cents, dose_cents;
};
struct free_sum_row {
	int64_t minutes, cost_cents;
};

struct used_row {
	uint64_t id, customer_id; /* id: of the log */
	struct str customer;
	struct day day;
	struct str body; /* verb_body_shape */
};

struct used_visit_row {
	uint64_t visit_id;
	struct str body;
};

#endif
