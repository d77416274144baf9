/*
 * domain/visits/visit.h -- one stop on one day: what may become of it.
 *
 *	scheduled --> started --> done
 *	    |  ^
 *	    v  |
 *	skipped, cancelled
 *
 * What is done is never rewritten. Enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_VISITS_VISIT_H
#define DOMAIN_VISITS_VISIT_H

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

enum visit_state { VISIT_SCHEDULED = 1, VISIT_STARTED, VISIT_DONE, VISIT_SKIPPED, VISIT_CANCELLED, VISIT_STATES };
enum visit_source { VISIT_OF_AGREEMENT = 1, VISIT_OF_OFFICE, VISIT_OF_BOOKING, VISIT_OF_WORKORDER, VISIT_SOURCES };

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
	struct str skip_reason, note;
	struct maybe_i64 started_at, ended_at;
	uint32_t version;
};

#define VISIT_MINUTES_MAX 1440
#define VISIT_SEQ_MAX 999

/* What a move changes; the rest of the visit stays. */
struct visit_move {
	struct day day;
	struct maybe_u64 tech_id;
	struct maybe_u32 seq; /* absent: last of the day */
};

/*
 * visit_move -- onto another day, to somebody else, or both; marks it as changed by hand
 *
 * Errors  E_STALE it is under way, done or will not be; E_INVALID "day": in the past
 */
must_use enum err visit_move(struct visit *v, const struct visit_move *m, struct day today, struct fault *f);

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
