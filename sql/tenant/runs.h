/*
 * sql/tenant/runs.h -- rows of bill runs.
 */
#ifndef SQL_TENANT_RUNS_H
#define SQL_TENANT_RUNS_H

#include "domain/base/batch.h"
#include "sql/tenant/billing.h"

struct run_batch_row {
	uint64_t id;
	enum batch_state state;
	int64_t made_at;
	uint32_t total, done, failed;
	struct str body;
	uint32_t version;
};

struct run_customer_row {
	uint64_t id;
};

struct run_last_row {
	uint64_t bill_id;
	struct day day;
	enum charge_kind kind;
	int64_t cents;
};

struct run_waiting_row {
	uint32_t n;
	uint64_t record_id;
	struct str cells;
};

struct run_count_row {
	enum row_state state;
	int64_t what; /* enum run_what */
	int64_t number, cents, last_cents, off_cents, compared, stopped;
};

struct run_stopped_row {
	struct maybe_day day;
};

struct run_found_row {
	uint32_t n;
	uint64_t record_id;
	enum row_state state;
	struct str cells;
};

struct run_row_row {
	uint32_t n;
	enum row_state state;
	uint64_t customer_id;
	struct str customer, problem, cells;
};

#endif
