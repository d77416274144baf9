/*
 * fcgi/acts/visits.h -- the calendar: look at visits, make one, move it once or for good, skip it.
 */
#ifndef FCGI_ACTS_VISITS_H
#define FCGI_ACTS_VISITS_H

#include "sql/tenant/schedule.h"
#include "tenancy/work.h"

#define VISITS_MAX 6000      /* of one look: a week of a large company */
#define VISIT_WINDOW_DAYS 62 /* of one look */
#define VISIT_LOADS_MAX 8000

struct visits_query {
	struct day from, to; /* both counted */
	struct maybe_u64 tech;
};

struct visit_page {
	struct visit_line *rows;
	size_t rows_n;
};

struct visit_load_page {
	struct visit_load *rows;
	size_t rows_n;
};

struct visit_wish {
	uint64_t property_id;
	struct maybe_u64 pool_id;
	uint64_t service_id;
	struct day day;
	struct maybe_u64 tech_id;
	struct maybe_u32 seq, from_minute, to_minute, minutes; /* minutes absent: the service's */
	struct str note;
	struct maybe_bool anyway; /* although it goes against a wish, hours or skills */
	struct maybe_bool fetch;  /* what the technician's van has not for it is fetched first, as the offer said */
};

struct visit_edit {
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	struct str note;
	uint32_t version;
};

struct visit_moving {
	struct day day;
	struct maybe_u64 tech_id; /* absent: nobody's */
	struct maybe_u32 seq;     /* absent: last of the day */
	bool for_good;            /* from this visit on, not only this time */
	struct maybe_bool anyway;
	uint32_t version;
};

struct visit_skipping {
	struct str reason;
	uint32_t version;
};

/* Errors  E_INVALID "to" the window; E_LIMIT more than VISITS_MAX */
must_use enum err act_visits(struct work *w, const struct visits_query *q, struct visit_page *out);
must_use enum err act_visits_of_agreement(struct work *w, uint64_t agreement_id, struct visit_page *out);
must_use enum err act_visit_loads(struct work *w, const struct visits_query *q, struct visit_load_page *out);
must_use enum err act_visit_one(struct work *w, uint64_t id, struct visit_line *out);

/*
 * act_visit_make -- a job by hand, of a message or of nothing but the office's word: `from` says which
 *
 * Errors  E_INVALID "property_id" "pool_id" "service_id" "day" "tech_id": a wish, hours or skills, unless `anyway`
 */
must_use enum err act_visit_make(struct work *w, const struct visit_wish *in, enum visit_source from,
    struct visit_line *out);
/* Errors  E_STALE done, called off, or changed meanwhile */
must_use enum err act_visit_edit(struct work *w, uint64_t id, const struct visit_edit *in, struct visit_line *out);
/*
 * act_visit_move -- once: this visit alone; for good: the agreement has other terms from here on
 *
 * Errors  as act_visit_make; E_INVALID "for_good" of no agreement
 */
must_use enum err act_visit_move(struct work *w, uint64_t id, const struct visit_moving *in, struct visit_line *out);
must_use enum err act_visit_skip(struct work *w, uint64_t id, const struct visit_skipping *in, struct visit_line *out);
must_use enum err act_visit_restore(struct work *w, uint64_t id, struct visit_line *out);

#endif
