/*
 * sql/migrations.h -- the steps of both schemas, embedded in the binary by sql/migrations.awk.
 *
 * Step n is file n: the lists are whole, in order, and end with step 0. Whoever records a step
 * hashes `ddl`, so that a comment may be bettered and a changed statement is seen.
 */
#ifndef SQL_MIGRATIONS_H
#define SQL_MIGRATIONS_H

#include <stdbool.h>
#include <stdint.h>

enum migration_phase { PHASE_EXPAND = 1, PHASE_FILL, PHASE_CONTRACT };

struct migration {
	uint32_t step;
	enum migration_phase phase;
	const char *name; /* "0003_staff" */
	const char *why;
	const char *verify; /* a SELECT of one row, one column: 1 when the step is done */
	const char *ddl;    /* one statement, no comments, no ';' */
	const char *table;  /* the table it makes or changes */
	bool creates;       /* CREATE TABLE */
	bool append_only;   /* grant SELECT and INSERT only */
	bool grows;         /* never read from end to end */
};

extern const struct migration control_migrations[], tenant_migrations[];

/* The steps this binary needs: the number of each schema's last migration. */
extern const uint32_t CONTROL_STEP, TENANT_STEP;

#endif
