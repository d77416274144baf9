/*
 * fcgi/acts/tell_booking.h -- what follows from a booking, and the receptionist who may answer a text
 */
#ifndef FCGI_ACTS_TELL_BOOKING_H
#define FCGI_ACTS_TELL_BOOKING_H

#include "domain/visits/visit.h"
#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/*
 * tell_booked -- whoever booked that visit is told that it came in, or is confirmed; with the link that changes it and
 * its calendar file. said: in a talk, so that no text repeats it. tell_booking_ttl -- how long such a link lives
 */
must_use enum err tell_booked(struct work *w, const struct visit *v, bool confirmed, bool said);
int64_t tell_booking_ttl(const struct work *w, struct day day);
/* tell_reception -- a text was heard: the job "reception" looks whether the receptionist answers it */
struct reception_order {
	uint64_t conversation_id;
	struct maybe_u64 message_id; /* none: a call that waits for a model */
};
extern const struct shape reception_order_shape;
must_use enum err tell_reception(struct work *w, uint64_t conversation_id, uint64_t message_id);

#endif
