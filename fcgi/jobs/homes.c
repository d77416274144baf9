/*
 * fcgi/jobs/homes.c -- the job "home": where a technician's day starts or ends, asked of the map by its address.
 *
 * What somebody has pinned meanwhile, or said otherwise, stays (worker_place). An address that the map does not know, or
 * knows only by its town, gets no place; the page says so and offers the pin.
 */
#include "fcgi/acts/tell_place.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/maps.h"
#include "sql/tenant/queries/work.h"

struct parcel {
	struct home_order order;
	bool wanted;
	struct maps_found found;
	char country[3];
};

static enum err
prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);
	struct worker_row who;

	*out = p;
	TRY(shape_read(&home_order_shape, t->payload, w->arena, &p->order, &w->fault));
	memcpy(p->country, w->tenant->country, sizeof(p->country));
	if (maps_format_of(w->house->config) == MAPS_NONE)
		return OK;
	TRY(sql_worker_one(w->db, p->order.staff_id, w->arena, &who));
	p->wanted = (str_eq(who.start_address, p->order.address) && !who.start_lat_e6.is) ||
	    (str_eq(who.end_address, p->order.address) && !who.end_lat_e6.is);
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	const struct maps_question q = {p->order.address, STR(""), STR(""), STR(""), p->country};

	(void)t;
	return p->wanted ? maps_find(a, c, &q, &p->found, f) : OK;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;
	uint64_t changed;

	(void)t;
	if (sent != OK || !p->found.is)
		return OK;
	return sql_worker_place(w->db, p->order.staff_id, p->order.address, (int32_t)p->found.lat_e6,
	    (int32_t)p->found.lng_e6, &changed);
}

const struct job job_home = {
	.kind = "home",
	.tries = 12,
	.backoff_s = 30,
	.lease_s = 90, /* as job_places */
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Find on the map where somebody's day starts or ends.",
};
