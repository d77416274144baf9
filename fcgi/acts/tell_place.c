/*
 * fcgi/acts/tell_place.c -- an address is new: somebody shall look where it lies.
 */
#include "fcgi/acts/tell_place.h"

#include "fcgi/acts/tell.h"

static const struct field place_order_fields[] = {
	FIELD_ID(struct place_order, after),
	FIELD_BOOL(struct place_order, only),
	FIELD_END
};
const struct shape place_order_shape = {"PlaceOrder", sizeof(struct place_order), place_order_fields};

static const struct field home_order_fields[] = {
	FIELD_ID(struct home_order, staff_id),
	FIELD_TEXT(struct home_order, address, 1, 160),
	FIELD_END
};
const struct shape home_order_shape = {"HomeOrder", sizeof(struct home_order), home_order_fields};

static bool somebody_to_ask(const struct work *w);

enum err
tell_place(struct work *w, uint64_t property_id)
{
	const struct place_order one = {property_id - 1, true}, all = {1, false};

	if (!somebody_to_ask(w))
		return OK;
	return tell(w, "places", &place_order_shape, property_id == 0 ? &all : &one);
}

enum err
tell_home(struct work *w, uint64_t staff_id, struct str address)
{
	const struct home_order order = {staff_id, address};

	return somebody_to_ask(w) ? tell(w, "home", &home_order_shape, &order) : OK;
}

/* The operator has chosen a geocoder. */
static bool
somebody_to_ask(const struct work *w)
{
	const struct config *c = w->house->config;

	return c->geocoder != NULL && *c->geocoder != '\0';
}
