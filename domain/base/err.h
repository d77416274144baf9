/*
 * domain/base/err.h -- the one enum of errors, and the one place where a failure says why.
 *
 * Every function that can fail returns enum err, is must_use, gives results by trailing
 * out-pointers and leaves them untouched on failure. A struct fault is filled ONCE, where the
 * failure is known. E_x means the same to a request (status) and to a job (its fate): reply.c and
 * queue.c hold the two tables.
 */
#ifndef DOMAIN_BASE_ERR_H
#define DOMAIN_BASE_ERR_H

enum err {
	OK = 0,
	E_INVALID,    /* the caller sent nonsense; fault.field says where      422  job: park   */
	E_SIGNED_OUT, /* no or stale session                                   401  --          */
	E_FORBIDDEN,  /* known, but may not                                    403  job: park   */
	E_NOT_FOUND,  /* no such row for this tenant                           404  job: drop   */
	E_STALE,      /* somebody was faster: reload and look again            409  job: drop   */
	E_LIMIT,      /* plan or rate limit                                    429  job: later  */
	E_RETRY,      /* deadlock, lost race with the cluster: run me again    503  job: soon   */
	E_AWAY,       /* database or outside world does not answer             503  job: later  */
	E_BUG,        /* impossible; logged with trace and line                500  job: park   */
	ERR_COUNT
};

#define must_use __attribute__((warn_unused_result))

/* Ceilings of a fault: a message carries at most this many values, each cut at this length. */
#define FAULT_ARGS 4
#define FAULT_ARG_MAX 96
#define FAULT_TEXT_MAX 512

/*
 * Why a piece of work failed. `why` is always a string literal: it is the English sentence AND the
 * key of its translation (domain/base/words.h); the values it names are kept apart in `arg`.
 */
struct fault {
	enum err err;
	const char *field; /* name of the input at fault, or NULL                       */
	const char *why;   /* literal with %s %d %u %lld %llu %.*s in order, or NULL     */
	char arg[FAULT_ARGS][FAULT_ARG_MAX];
	unsigned args;
	unsigned retry_after_s; /* with E_LIMIT, E_RETRY, E_AWAY: when to come again; 0 = unsaid */
	const char *file;
	int line;
};

/*
 * fail -- fill the fault (only if it is still empty) and return e
 *
 * f      in/out  the work's fault; NULL is allowed and then nothing is kept
 * e      in      never OK
 * field  in      literal, or NULL
 * why    in      literal; conversions %s %d %u %lld %llu %.*s and %% only
 */
#define fail(f, e, field, ...) fault_set((f), (e), (field), __FILE__, __LINE__, __VA_ARGS__)

enum err fault_set(struct fault *f, enum err e, const char *field, const char *file, int line,
    const char *why, ...) __attribute__((format(printf, 6, 7)));

/* err_name -- "invalid", "signed_out", ...: the code a client sees; never NULL */
const char *err_name(enum err e);

#define TRY(expr)                       \
	do {                            \
		enum err try_e_ = (expr); \
		if (try_e_ != OK)       \
			return try_e_;  \
	} while (0)

#endif
