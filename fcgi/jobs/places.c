/*
 * fcgi/jobs/places.c -- the job "places": where properties lie that have no place yet, one question at a time.
 *
 * One address is asked, the answer kept, the next one ordered: `after` is the cursor. What somebody has pinned or a
 * list has given is not asked for; the same address asked before is not asked again. Without a geocoder nothing
 * happens, and the page says that there is no place yet.
 */
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_place.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/maps.h"
#include "sql/tenant/queries/places.h"

/* An address that failed so often is put aside until it changes: it must not stand in the way of all others. */
#define ASKED_IN_VAIN 5

struct parcel {
	struct place_order order;
	struct unplaced_row *place; /* NULL: there is none to ask for */
	bool known;              /* the same address was asked before */
	struct maps_found found;
	char country[3];
};

static enum err
prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);
	struct placed_row *same;

	*out = p;
	if (t->payload.n > 0)
		TRY(shape_read(&place_order_shape, t->payload, w->arena, &p->order, &w->fault));
	memcpy(p->country, w->tenant->country, sizeof(p->country));
	if (maps_format_of(w->house->config) == MAPS_NONE)
		return OK;
	TRY(sql_place_next(w->db, p->order.after, PLACE_NONE, w->arena, &p->place));
	if (p->place == NULL || (p->order.only && p->place->id != p->order.after + 1)) {
		p->place = NULL;
		return OK;
	}
	TRY(sql_place_known(w->db, p->place->street, p->place->city, p->place->postcode, PLACE_GEOCODED, PLACE_NOWHERE,
	    w->arena, &same));
	if (same == NULL)
		return OK;
	p->known = true;
	if (same->lat_e6.is && same->lng_e6.is)
		p->found = (struct maps_found){true, same->lat_e6.v, same->lng_e6.v, same->place_score};
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;

	(void)t;
	if (p->place == NULL || p->known)
		return OK;
	const struct maps_question q = {p->place->street, p->place->city, p->place->region, p->place->postcode, p->country};
	return maps_find(a, c, &q, &p->found, f);
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;
	const struct unplaced_row *x = p->place;
	struct maybe_i64 lat = {p->found.is, p->found.lat_e6}, lng = {p->found.is, p->found.lng_e6};
	uint64_t changed;

	if (x == NULL)
		return OK;
	if (sent != OK)
		return t->tries % ASKED_IN_VAIN == 0 && sent == E_AWAY
		    ? sql_place_put_aside(w->db, x->id, PLACE_NONE, &changed)
		    : OK;
	/* Somebody may have pinned it, or changed the address, while we asked: then the answer is nobody's. */
	TRY(sql_place_set(w->db, x->id, lat, lng, p->found.is ? PLACE_GEOCODED : PLACE_NOWHERE, p->found.score, PLACE_NONE,
	    x->street, x->city, x->region, x->postcode, &changed));
	if (p->order.only)
		return OK;
	const struct place_order next = {x->id, false};
	return tell(w, "places", &place_order_shape, &next);
}

const struct job job_places = {
	.kind = "places",
	.tries = 12,
	.backoff_s = 30,
	.lease_s = 90, /* a turn of 2 s, a call of 30, and room on both sides */
	.at_local = "01:40",
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Find on the map where properties lie that have no place yet.",
};
