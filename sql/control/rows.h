/*
 * sql/control/rows.h -- what the control schema's named queries fill: plain rows, nothing decided.
 *
 * They live on this floor because the queries name them; what a row means is told in tenancy/tenant.h
 * (enum tenant_status is `status` here).
 */
#ifndef SQL_CONTROL_ROWS_H
#define SQL_CONTROL_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/str.h"

struct account_tenant {
	uint64_t tenant_id;
};

/* One company, spare or tombstone. */
struct tenant_row {
	uint64_t id;
	struct maybe_str slug; /* absent: a spare, or gone */
	struct str name, schema_name;
	uint32_t status; /* enum tenant_status */
	uint32_t step;   /* migrations applied */
	uint32_t cluster_id;
	struct str plan, country, zone, currency, language;
	int64_t created_at;
	struct maybe_i64 claimed_at;
	uint32_t version;
	/* of its subscription; seconds UTC, 0: not so */
	bool billed;
	int64_t trial_ends_at, paid_until, unpaid_since, ended_at;
	struct maybe_str domain; /* its own, proven */
};

/* A company's own domain; instants in seconds UTC, 0: not yet. */
struct domain_row {
	struct str host;
	uint64_t tenant_id;
	int64_t proven_at, seen_at;
};
struct domain_line_row {
	struct str host;
	struct maybe_str slug;
	int64_t proven_at, seen_at;
};

/* What the house asks of a company. */
struct subscription_row {
	uint64_t tenant_id;
	int64_t cents;
	struct str currency;
	int64_t trial_ends_at, paid_until, unpaid_since, ended_at;
	struct maybe_str customer, reference;
	uint32_t version;
};
struct subscription_bill_row {
	struct str id, number;
	int64_t cents;
	struct str currency;
	uint32_t state; /* enum subscription_bill_state */
	int64_t made_at;
	struct str url;
};

/* What a walk over many tenants needs of each. */
struct tenant_ref {
	uint64_t id;
	struct str schema_name;
	uint32_t status, step;
};

struct spare_row {
	uint64_t id;
	struct str schema_name;
	uint32_t step, version;
};

struct claim_row {
	uint64_t id;
	int64_t claimed_at;
	uint32_t version;
};

struct key_row {
	uint64_t tenant_id;
	uint32_t key_version, root_version;
	struct str wrapped;
	int64_t made_at;
	uint32_t version;
};

struct due_row {
	uint64_t tenant_id;
	int64_t at; /* seconds UTC */
	uint32_t version;
};

struct signup_row {
	struct str body_hash;
	uint64_t tenant_id;
	bool done; /* the company is live */
	int64_t created_at;
	uint32_t version;
};

struct tally_row {
	int64_t window_at; /* seconds UTC */
	uint32_t hits;
};

struct count_row {
	uint64_t n;
};

/* An archive that an owner asked for: tenancy/archive.h. */
struct archive_row {
	uint64_t tenant_id;
	uint32_t state;
	int64_t asked_at, done, of_all, bytes, ready_at;
	uint32_t version;
};

/* Somebody of the platform; key_hash and totp_secret may be empty. */
struct platform_row {
	uint64_t id;
	struct str email, name, key_hash, totp_secret;
	int64_t totp_step;
	struct maybe_i64 disabled_at;
	uint32_t version;
};
struct platform_who {
	uint64_t id;
	struct str name, email;
};

/* A company as the platform may see it. */
struct platform_company {
	uint64_t id;
	struct maybe_str slug;
	struct str name;
	uint32_t status;
	struct str country;
	int64_t created_at;
	bool billed;
	int64_t cents;
	struct str currency;
	int64_t trial_ends_at, paid_until, unpaid_since, ended_at;
	uint64_t customers, pools, staff;
	int64_t counted_at, until_at; /* until_at: of its consent; 0 none */
};
struct support_row {
	uint64_t tenant_id;
	int64_t until_at, given_at;
	uint32_t version;
};

/* The answer to "are you there?" */
struct house_ping {
	uint64_t clusters;
};

#endif
