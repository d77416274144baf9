/*
 * fcgi/acts/tell_booking.c -- what a customer is told of what was booked: that it came in, that it
 * is confirmed.
 */
#include "fcgi/acts/tell_booking.h"

#include "domain/messaging/occasion.h"
#include "domain/visits/visit.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_fact.h"

static const struct field reception_fields[] = {
	FIELD_ID(struct reception_order, conversation_id), FIELD_MAYBE_ID(struct reception_order, message_id), FIELD_END};
const struct shape reception_order_shape = {"ReceptionOrder", sizeof(struct reception_order), reception_fields};

enum err
tell_reception(struct work *w, uint64_t conversation_id, uint64_t message_id)
{
	const struct reception_order o = {conversation_id, {message_id != 0, message_id}};

	return tell(w, "reception", &reception_order_shape, &o);
}

int64_t
tell_booking_ttl(const struct work *w, struct day day)
{
	/* Until two days after it: "we were not there" is still said by the same link. */
	return ((int64_t)day.n - zone_day(w->tenant->zone, w->now).n + 3) * 86400;
}

enum err
tell_booked(struct work *w, const struct visit *v, bool confirmed, bool said)
{
	return tell_fact(w, &(struct fact_order){.occasion = confirmed ? OCCASION_CONFIRMED : OCCASION_ASKED, .id = v->id,
	    .cause = fact_time(v), .said = said, .kept = {!confirmed && v->tech_id.is, true}}, w->now);
}
