/*
 * domain/visits/visit.h -- one stop on one day: what may become of it.
 *
 *	scheduled --> on the way --> started --> done
 *	    |             |             |         |
 *	    +-------------+-------------+         |     (may be left out: a phone that was dead, a stop out of order)
 *	    v                                     |
 *	skipped, no access, cancelled             |
 *	    |                                     |
 *	    +--> scheduled or started <-----------+     (opened again: undo, told in the log)
 *
 * visit_step is the one table of what may follow what. Enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_VISITS_VISIT_H
#define DOMAIN_VISITS_VISIT_H

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

enum visit_state { VISIT_SCHEDULED = 1, VISIT_STARTED, VISIT_DONE, VISIT_SKIPPED, VISIT_CANCELLED,
	VISIT_ON_WAY, VISIT_NO_ACCESS, VISIT_STATES };
enum visit_source { VISIT_OF_AGREEMENT = 1, VISIT_OF_OFFICE, VISIT_OF_BOOKING, VISIT_OF_WORKORDER,
	VISIT_OF_FOLLOW_UP, VISIT_OF_MESSAGE, VISIT_SOURCES };

extern const char *const visit_state_names[];
extern const char *const visit_source_names[];

struct visit {
	uint64_t id;
	struct maybe_u64 agreement_id;
	struct maybe_day occurs_day; /* the day its rule gave; stays when the visit is moved */
	uint64_t customer_id, property_id, pool_id, service_id;
	struct day day; /* planned for */
	struct maybe_u64 tech_id;
	uint32_t seq;
	struct maybe_u32 from_minute, to_minute; /* of the local day: when the customer expects it */
	uint32_t minutes;
	enum visit_state state;
	enum visit_source source;
	bool by_hand; /* changed by somebody: a new term leaves it alone */
	struct str skip_reason, note; /* skip_reason: also why there was no access, why it was called off */
	struct maybe_i64 on_way_at, started_at, ended_at;
	struct maybe_i64 confirmed_at; /* its technician has said yes */
	struct str flag;               /* or what speaks against it */
	struct str why_who;            /* why this technician: kept when it was not chosen by hand */
	struct str errand;              /* at the supply house, before it: a stop of its own on the route; "": nothing */
	uint32_t errand_minutes;        /* that it takes there */
	struct maybe_i64 fetched_at;   /* they have it */
	uint32_t version;
};

#define VISIT_MINUTES_MAX 1440
#define VISIT_SEQ_MAX 999
#define VISIT_FETCH_MAX 200 /* letters */

/*
 * What happens to a visit, and around it: verbs of the phone, then those of the office. Stored in the log.
 * The verbs from VERB_CLOCK_IN to VERB_PROBLEM, and VERB_LOCKED, are of no visit.
 */
enum verb {
	VERB_CONFIRM = 1,
	VERB_FLAG,
	VERB_ON_MY_WAY,
	VERB_ARRIVE,
	VERB_CHECK,   /* an item of the checklist, done or not */
	VERB_NOTE,    /* to the office, or to the customer */
	VERB_READING,
	VERB_DOSE,
	VERB_PHOTO,
	VERB_FOLLOW_UP,
	VERB_REASSIGN, /* somebody else, please */
	VERB_MISSING_PART,
	VERB_NO_ACCESS,
	VERB_SKIP,
	VERB_FINISH,
	VERB_CORRECT,  /* times of a stop, afterwards */
	VERB_REOPEN,
	VERB_CLOCK_IN,
	VERB_CLOCK_OUT,
	VERB_BREAK,
	VERB_BREAK_OVER,
	VERB_PROBLEM,  /* with the app or the process */
	VERB_MADE,     /* from here on the office's */
	VERB_MOVED,
	VERB_CHANGED,
	VERB_CANCEL,
	VERB_GONE,     /* made for other terms: it is not there any more */
	VERB_DAYS,     /* many at once: look at those days anew */
	VERB_SEALED,   /* the house's own: the record of the stop, signed; its device is 0, its n the place in the chain */
	VERB_EQUIPMENT, /* these three are the phone's: work on a piece of equipment */
	VERB_USED,      /* a part or product from the van that is no dose */
	VERB_SIGNED,    /* the customer put their name under it */
	VERB_FETCHED,   /* what it lacked was got at the supply house; the office may say it, too */
	VERB_LOOKED,    /* the codes of the stop were shown on the phone, with signal or without; changes nothing of the stop */
	VERB_LOCKED,    /* too many wrong PINs: that phone holds no codes any more */
	VERBS
};
extern const char *const verb_names[];

/* verb_of_phone -- may a technician's phone say this? verb_of_clock -- is it of no visit? */
bool verb_of_phone(enum verb v);
bool verb_of_clock(enum verb v);

/* One step. `at` is when it happened: the device's time, put right by its clock's error. */
struct step {
	enum verb verb;
	int64_t at;
	struct str reason;                      /* of FLAG, NO_ACCESS, SKIP, CANCEL */
	struct maybe_i64 started_at, ended_at;  /* of CORRECT */
};

/*
 * visit_step -- the state machine: what the verb makes of the visit
 *
 * Said twice by two devices, ON_MY_WAY and ARRIVE keep the earlier time. Verbs that change no state (CHECK,
 * NOTE, ...) are allowed whenever the visit was not called off.
 *
 * Errors  E_STALE the state does not allow it; E_INVALID "ended_at": before the start, longer than a day
 */
must_use enum err visit_step(struct visit *v, const struct step *s, struct fault *f);
bool visit_over(enum visit_state s); /* nothing more is expected: done, skipped, no access, cancelled */

/* What a move changes; the rest of the visit stays. */
struct visit_move {
	struct day day;
	struct maybe_u64 tech_id;
	struct maybe_u32 seq; /* absent: last of the day */
};

/* visit_give -- it is this technician's, or nobody's: what somebody else fetched for it lies in another van */
void visit_give(struct visit *v, struct maybe_u64 tech_id);

/*
 * visit_move -- onto another day, to somebody else, or both; marks it as changed by hand. Whoever gets it
 * has not confirmed it yet, and nobody is on the way.
 *
 * Errors  E_STALE it is under way, done or will not be; E_INVALID "day": in the past
 */
must_use enum err visit_move(struct visit *v, const struct visit_move *m, struct day today, struct fault *f);

/*
 * visit_clash -- can nobody keep both promises? Each has a beginning and an end of its window, and in neither order does
 * the second begin in time, however near they lie.
 */
bool visit_clash(const struct visit *a, const struct visit *b);

/* visit_skip -- it will not be done. Errors  E_STALE as above */
must_use enum err visit_skip(struct visit *v, struct str reason, struct fault *f);
/* visit_restore -- it will be done after all. E_STALE it was not skipped; E_INVALID "day": its day is over */
must_use enum err visit_restore(struct visit *v, struct day today, struct fault *f);

struct visit_change {
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	struct str note;
};
/* visit_change -- window, length, note. Errors  E_STALE as above; E_INVALID "to_minute" */
must_use enum err visit_change(struct visit *v, const struct visit_change *c, struct fault *f);

#endif
