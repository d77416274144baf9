/*
 * fcgi/acts/tell_place.c -- an address is new: somebody shall look where it lies.
 */
#include "fcgi/acts/tell.h"

static const struct field place_order_fields[] = {
	FIELD_ID(struct place_order, after),
	FIELD_BOOL(struct place_order, only),
	FIELD_END
};
const struct shape place_order_shape = {"PlaceOrder", sizeof(struct place_order), place_order_fields};

enum err
tell_place(struct work *w, uint64_t property_id)
{
	const struct config *c = w->house->config;
	const struct place_order one = {property_id - 1, true}, all = {1, false};

	/* Without a geocoder there is nobody to ask. */
	if (c->geocoder == NULL || *c->geocoder == '\0')
		return OK;
	return tell(w, "places", &place_order_shape, property_id == 0 ? &all : &one);
}
