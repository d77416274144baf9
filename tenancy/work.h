/*
 * tenancy/work.h -- what a piece of work may touch. Made by the router or the job loop; never stored.
 *
 * struct desk  work that has no tenant yet (sign-up, hooks): it has no tdb, so a tenant query cannot
 *              be written there.
 * struct work  one tenant, one transaction, one arena.
 */
#ifndef TENANCY_WORK_H
#define TENANCY_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/words.h"
#include "tenancy/lease.h"
#include "tenancy/tenant.h"

/* ACTOR_SUPPORT: somebody of the platform, who looks in while the company allows it; id of platform_staff. */
enum actor_kind { ACTOR_NOBODY = 0, ACTOR_STAFF, ACTOR_CUSTOMER, ACTOR_SYSTEM, ACTOR_SUPPORT };

struct actor {
	enum actor_kind kind;
	uint64_t id;
	uint64_t may;          /* MAY(...) bits */
	uint64_t session;      /* id of the session row */
	uint64_t device;       /* the phone that this session is signed in on; 0: none was heard of */
	int64_t stepped_up_at; /* when this session last saw the password or a code */
	bool second_factor;    /* this session has shown a second factor */
	enum language language;
};

#define TRACE_LETTERS 26

struct from { /* where a request came from, for limits and the audit log */
	char ip[46];
	char country[3]; /* "" if unknown */
	char zone[65];   /* the time zone there, "" if unknown */
	char agent[120]; /* cut, printable ASCII only */
	bool anonymous;  /* an anonymous network, by the database of such */
};

struct work {
	struct arena *arena;         /* everything you return lives here; gone when the work is */
	struct house *house;         /* keys and config; its handles are not for acts           */
	const struct tenant *tenant; /* never NULL                                              */
	struct tdb *db;              /* bound to tenant, inside one transaction but for DB_LOOSE */
	struct actor actor;
	struct from from;
	int64_t now;                 /* seconds UTC since 1970, read once                       */
	int64_t now_ms;              /* the same instant in milliseconds, for ids               */
	struct fault fault;
	bool told;                   /* a job was written: wake the job worker after commit     */
	bool hinted;                 /* this transaction has ordered its hint to open pages     */
	bool steps;                  /* a list of deeds: work_step may be called                */
	enum db_mode mode;           /* how it was opened                                       */
	char trace[TRACE_LETTERS + 1];
};

struct desk {
	struct arena *arena;
	struct house *house;
	struct cdb *control;
	struct from from;
	enum language language;
	int64_t now, now_ms;
	struct fault fault;
	char trace[TRACE_LETTERS + 1];
};

/*
 * work_open -- enter a tenant from a desk: leases, begins. Close with work_close(w, e): OK commits.
 *
 * d   in   only its arena, house, where from, clock and trace are taken
 * t   in   copied into the arena: the cache may forget it meanwhile
 * w   out  failures go to w->fault; one of work_open itself also to d->fault
 */
must_use enum err work_open(struct desk *d, const struct tenant *t, enum db_mode mode, struct work *w);
/*
 * work_close -- commit if e is OK, else roll back; answers what became of it
 *
 * After a commit of a work that told something the due-list is hinted and the job worker woken; neither
 * can fail the work.
 *
 * Errors  e; E_RETRY the commit lost a race: run again;
 *         E_AWAY the commit's answer was lost, so the outcome is UNKNOWN: nobody may run it again blindly.
 *         The client asks once more with its Idempotency-Key, a job finds its row settled or not.
 */
must_use enum err work_close(struct work *w, enum err e);

/*
 * work_step -- the work goes on in a new transaction: what was done is committed if e is OK, else undone
 *
 * For works that are a list of deeds, each whole by itself (what a phone kept while it was offline). The fault
 * is taken away; read it before. Only a work that says `steps` may: what else was written in it for its end (the key of a
 * repeated request) would be committed half done.
 *
 * Errors  E_BUG it does not say so; those of work_close's commit. After E_RETRY the work goes on, after E_AWAY nothing can.
 */
must_use enum err work_step(struct work *w, enum err e);

/*
 * work_firm -- what is read from here on is of one moment: a work that was opened DB_LOOSE gets a transaction
 *
 * Others have theirs already. What was read before may be older.
 */
must_use enum err work_firm(struct work *w);

/*
 * work_stepped_up -- has this session seen the password or a code within STEP_UP_S?
 *
 * Errors  E_FORBIDDEN "step_up"
 */
#define STEP_UP_S 300
must_use enum err work_stepped_up(struct work *w);

/* work_wake -- the job worker looks at once; without one that listens, nothing happens. tenant: 0, it looks at the house's own */
void work_wake(const struct config *c, uint64_t tenant);

/* work_id -- a fresh id for a row of this tenant; a process that made two million in one millisecond would repeat one */
uint64_t work_id(const struct work *w);

/* Sealed fields of this tenant's rows, without ceremony */
must_use enum err work_seal(struct work *w, enum key_purpose p, const char *table, const char *column,
    uint64_t row, struct str plain, struct str *sealed);
must_use enum err work_unseal(struct work *w, enum key_purpose p, const char *table,
    const char *column, uint64_t row, struct str sealed, struct str *plain);

/* work_phone_key -- the day key of a phone, without ceremony (keys_phone) */
must_use enum err work_phone_key(struct work *w, uint64_t device, struct day day, uint8_t out[PHONE_KEY_BYTES],
    uint32_t *version);

/* The company's signature, without ceremony; who wants a document signed asks tell_signer and tell_sign. */
must_use enum err work_signer(struct work *w, uint8_t public_key[PROOF_PUBLIC_BYTES]);
must_use enum err work_sign(struct work *w, const uint8_t public_key[PROOF_PUBLIC_BYTES], struct str text,
    uint8_t signature[PROOF_SIGNATURE_BYTES]);
/* work_data_key_again -- the newest data key is looked up afresh: another process has made a newer one */
void work_data_key_again(struct work *w);

/* now_read -- the clock; the one caller of clock_gettime for the time of day */
void now_read(int64_t *now_s, int64_t *now_ms);

#endif
