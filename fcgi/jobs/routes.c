/*
 * fcgi/jobs/routes.c -- the jobs "routes" and "routes_publish": search a plan in slices, give a week its new terms.
 *
 * A slice has no transaction open while it searches, and other companies' jobs come between two slices. The search of a
 * slice begins with the best plan so far; heat and cooling go on where the slice before stopped.
 */
#include "domain/routing/solve.h"
#include "fcgi/acts/routes.h"
#include "fcgi/jobs/list.h"
#include "tenancy/log.h"

#define SLICE_MS 1000
/* A large problem takes a while to be laid out; then a slice is longer. */
#define SLICE_MS_A_STOP 1

/* How much of a search this slice may use: some time, or some tries. */
struct clock {
	int64_t from_us, for_us;
	uint64_t tries; /* 0: time counts */
	uint32_t slice, slices;
};

static uint32_t
spent(void *ctx, uint64_t iterations, int64_t best)
{
	const struct clock *c = ctx;
	const uint64_t all = c->tries > 0 ? c->tries : (uint64_t)c->for_us;
	const uint64_t used = c->tries > 0 ? iterations : (uint64_t)(mono_us() - c->from_us);

	(void)best;
	if (used >= all)
		return SOLVE_DONE;
	return (uint32_t)((c->slice * all + used) * SOLVE_DONE / (all * c->slices)) & (SOLVE_DONE - 1);
}

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct route_slice *s = arena_new(w->arena, struct route_slice);
	struct route_order order;

	memset(&order, 0, sizeof(order));
	TRY(shape_read(&route_order_shape, t->payload, w->arena, &order, &w->fault));
	*parcel = s;
	return routes_slice_open(w, order.plan_id, s);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct route_slice *s = parcel;
	struct clock clock = {.slice = s->body.slice, .slices = s->body.slices > 0 ? s->body.slices : 1};
	struct solve_options o = {.seed = 1 + (uint64_t)s->body.slice, .spent = spent, .ctx = &clock};
	struct plan found;

	(void)a;
	(void)c;
	(void)t;
	if (s->skip || !s->body.search)
		return OK;
	clock.from_us = mono_us();
	clock.for_us = (SLICE_MS + SLICE_MS_A_STOP * (int64_t)s->facts.rounds.stops) * 1000;
	if (clock.slice >= clock.slices)
		clock.slice = clock.slices - 1;
	if (s->body.wish.tries.is)
		clock.tries = 1 + s->body.wish.tries.v / clock.slices;
	o.start = s->body.wish.scratch && s->body.slice == 0 ? NULL : &s->best;
	TRY(solve(&s->rounds.search, &o, s->a, &found, f));
	s->best = found;
	s->tries = (int64_t)found.iterations;
	s->spent_ms = (uint32_t)((mono_us() - clock.from_us) / 1000);
	return OK;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct route_slice *s = parcel;

	(void)t;
	if (sent != OK || (s->skip && s->problem.n == 0))
		return OK;
	return routes_slice_settle(w, s);
}

const struct job job_routes = {
	.kind = "routes",
	.tries = 5,
	.backoff_s = 5,
	.lease_s = 120,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Search better routes for one plan, some seconds of it.",
};

static enum err
publish(struct work *w, const struct ticket *t)
{
	struct route_order order;

	memset(&order, 0, sizeof(order));
	TRY(shape_read(&route_order_shape, t->payload, w->arena, &order, &w->fault));
	return routes_publish_some(w, order.plan_id);
}

const struct job job_routes_publish = {
	.kind = "routes_publish",
	.tries = 12,
	.backoff_s = 10,
	.lease_s = 120,
	.run = publish,
	.help = "Give some agreements of a published week their new terms, or take them back.",
};
