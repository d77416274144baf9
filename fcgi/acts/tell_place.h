/*
 * fcgi/acts/tell_place.h -- an address is new: where it lies is looked up
 */
#ifndef FCGI_ACTS_TELL_PLACE_H
#define FCGI_ACTS_TELL_PLACE_H

#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/*
 * tell_place -- an address is new or another: the job "places" looks where it lies; nothing without a geocoder
 *
 * property_id  in  0: all that have no place yet
 */
struct place_order {
	uint64_t after; /* the cursor */
	bool only;      /* the one behind it, and no other */
};
extern const struct shape place_order_shape;
must_use enum err tell_place(struct work *w, uint64_t property_id);

/* tell_home -- somebody's day starts or ends at an address whose place nobody has said; without a geocoder nothing happens */
struct home_order {
	uint64_t staff_id;
	struct str address;
};
extern const struct shape home_order_shape;
must_use enum err tell_home(struct work *w, uint64_t staff_id, struct str address);

#endif
