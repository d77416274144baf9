/*
 * fcgi/acts/tell_hold.h -- times that are held: what a hold keeps, the guard of a day, the hour that the office offers in an answer.
 */
#ifndef FCGI_ACTS_TELL_HOLD_H
#define FCGI_ACTS_TELL_HOLD_H

#include "domain/dispatch/booking.h"
#include "domain/visits/visit.h"
#include "sql/tenant/booking.h"
#include "tenancy/work.h"

/* What a hold keeps in its body. */
struct booking_hold {
	uint64_t service_id;
	struct str street, city, region, postcode;
	struct day day;
	uint32_t from_minute, to_minute, minutes;
	uint64_t tech_id;
	bool placed;
	int64_t lat_e6, lng_e6;
	struct maybe_u64 visit_id; /* what became of it */
	struct maybe_u64 deposit_id; /* the invoice of its deposit */
	struct maybe_u64 conversation_id; /* the office offered it there */
};
must_use enum err tell_hold_read(struct work *w, struct str body, struct booking_hold *out);
struct str tell_hold_write(struct work *w, const struct booking_hold *h);
/* tell_holds -- whatever is held at this moment, by visitors and by the office */
must_use enum err tell_holds(struct work *w, struct booking_hold_row **rows, size_t *n);
/* tell_day_guard -- moves the version of a technician's day on. Errors  E_RETRY somebody was there
 * meanwhile */
must_use enum err tell_day_guard(struct work *w, uint64_t tech_id, struct day day);
/*
 * tell_promise_guard -- before what is promised to a customer is compared with what is promised to others
 *
 * Of a day that is kept the head is held by whoever writes to it (tell_day.c); of a later one this does it, or two
 * who promise the same hour in the same moment would not hear of each other.
 */
must_use enum err tell_promise_guard(struct work *w, const struct visit *v);

struct booking_keep {
	uint64_t property_id, service_id, tech_id;
	struct day day;
	uint32_t minute;
};
struct booking_kept {
	uint64_t conversation_id;
	struct day day;
	uint32_t minute;
	uint64_t tech_id;
	int64_t until;
};
/*
 * tell_keep -- an hour that is offered in a conversation is no stranger's to book for two hours;
 * a conversation keeps one, and another takes its place
 *
 * Errors  E_INVALID "property_id" "service_id" "tech_id" "day"; E_STALE it is kept for somebody else
 */
must_use enum err tell_keep(struct work *w, uint64_t conversation_id, uint64_t customer_id, const struct booking_keep *in);
/* tell_kept -- all that are kept, the newest last */
must_use enum err tell_kept(struct work *w, struct booking_kept **out, size_t *n);
/* tell_kept_end -- it became a job, or is let go; nothing kept: nothing happens */
must_use enum err tell_kept_end(struct work *w, uint64_t conversation_id, bool booked);

#endif
