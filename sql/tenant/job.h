/*
 * sql/tenant/job.h -- rows of the outbox. What a job is and what becomes of it: fcgi/jobs/.
 */
#ifndef SQL_TENANT_JOB_H
#define SQL_TENANT_JOB_H

#include <stdint.h>

#include "domain/base/str.h"

/* Stored: never renumber. A claimed row's due_at ends its lease: one index finds both. */
enum job_state {
	JOB_WAITING = 1, /* due_at: when to begin                       */
	JOB_CLAIMED,     /* due_at: when its owner counts as dead       */
	JOB_DONE,        /* payload wiped; the row is kept for its key  */
	JOB_PARKED       /* failed for good: `reason`; a person decides */
};

/* Ceilings of the columns. */
#define JOB_KIND_MAX    32
#define JOB_KEY_MAX     80
#define JOB_REASON_MAX  400
#define JOB_PAYLOAD_MAX 60000

struct job_row {
	uint64_t id;
	struct str kind, payload; /* payload: sealed */
	uint32_t token, tries;
};

struct job_due_row {
	uint64_t id;
	int64_t due_at;
};

/* Who has a key, and how far it is. */
struct job_holder_row {
	uint64_t id;
	uint32_t state; /* enum job_state */
};
struct job_key_row {
	struct str job_key;
};

struct job_count_row {
	uint64_t n;
};

/* What the operator's list shows: never the payload. */
struct job_line {
	uint64_t id;
	struct str kind, reason;
	uint32_t state, tries; /* enum job_state */
	int64_t due_at, made_at;
};

struct job_id_row {
	uint64_t id;
};

#endif
