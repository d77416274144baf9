#include "domain/routing/replan.h"

#include <string.h>

#include "domain/routing/walk.h"

/* Who comes when, per stop and day of the plan: only the first visit's is kept. */
struct told {
	uint32_t shift; /* ROUTING_NO_STOP: nobody */
	int32_t begin_s;
};

static enum err check(const struct problem *p, const struct replan_options *o, struct fault *f);
static struct told *tell(const struct problem *p, const struct plan *plan, struct arena *a);
static void
promise(struct stop *s, const struct told *told, const struct problem *p, int32_t tolerance_s);
static struct replan_change compare(const struct problem *p, const struct told *before,
    const struct told *after, int32_t tolerance_s);

enum err
replan(const struct problem *p, const struct replan_options *o, struct arena *a, struct plan *out,
    struct replan_change *change, struct fault *f)
{
	struct solve_options how = {.seed = o->seed,
	    .iterations = o->iterations,
	    .spent = o->spent,
	    .ctx = o->ctx,
	    .start = o->day,
	    .pinned = o->done,
	    .calm = true};
	struct stop *stop = arena_array(a, struct stop, p->stops + 1);
	struct problem q = *p;
	struct told *before;

	TRY(check(p, o, f));
	before = tell(p, o->day, a);
	memcpy(stop, p->stop, p->stops * sizeof(*stop));
	for (uint32_t i = 0; i < p->stops; i++)
		if (before[i].shift != ROUTING_NO_STOP)
			promise(&stop[i], &before[i], p, o->tolerance_s);
	q.stop = stop;
	q.price.other_tech = o->move_tech;
	q.price.moved = o->move_time;
	TRY(solve(&q, &how, a, out, f));
	out->cost = walk_plan(p, out);
	if (change != NULL)
		*change = compare(p, before, tell(p, out, a), o->tolerance_s);
	return OK;
}

static enum err
check(const struct problem *p, const struct replan_options *o, struct fault *f)
{
	if (o->move_tech < 0 || o->move_tech > ROUTING_PRICE_MAX || o->move_time < 0 ||
	    o->move_time > ROUTING_PRICE_MAX || o->tolerance_s < 0 ||
	    o->tolerance_s > ROUTING_SECONDS_MAX)
		return fail(f, E_INVALID, "move", "The price of a change is out of bounds.");
	return problem_check(p, f);
}

static struct told *
tell(const struct problem *p, const struct plan *plan, struct arena *a)
{
	struct told *told = arena_array(a, struct told, p->stops + 1);
	struct step *step = arena_array(a, struct step, p->stops + 1);

	for (uint32_t i = 0; i < p->stops; i++)
		told[i].shift = ROUTING_NO_STOP;
	for (uint32_t l = 0; l < p->shifts; l++) {
		struct view v = {plan->route[l].stop, plan->route[l].stops, ROUTING_NO_STOP, 0};
		struct walk w;

		if (v.stops > p->stops)
			v.stops = p->stops;
		for (uint32_t i = 0; i < v.stops; i++)
			if (v.stop[i] >= p->stops)
				v.stops =
				    i; /* the search ignores what does not exist, and so do we */
		walk_route(p, l, &v, plan->fixed_s, step, &w);
		for (uint32_t i = 0; i < v.stops; i++)
			if (told[v.stop[i]].shift == ROUTING_NO_STOP)
				told[v.stop[i]] = (struct told){l, step[i].begin_s};
	}
	return told;
}

static void
promise(struct stop *s, const struct told *told, const struct problem *p, int32_t tolerance_s)
{
	s->usual_tech = p->shift[told->shift].tech;
	if (s->promise.to_s > 0)
		return;
	s->promise.from_s = told->begin_s > tolerance_s ? told->begin_s - tolerance_s : 0;
	s->promise.to_s = told->begin_s + tolerance_s + 1;
}

static struct replan_change
compare(const struct problem *p, const struct told *before, const struct told *after,
    int32_t tolerance_s)
{
	struct replan_change c = {0};

	for (uint32_t i = 0; i < p->stops; i++) {
		int32_t off_s = after[i].begin_s - before[i].begin_s;

		if (before[i].shift == ROUTING_NO_STOP)
			c.placed += after[i].shift != ROUTING_NO_STOP;
		else if (after[i].shift == ROUTING_NO_STOP)
			c.dropped++;
		else {
			c.moved_tech +=
			    p->shift[before[i].shift].tech != p->shift[after[i].shift].tech;
			c.moved_time += off_s > tolerance_s || off_s < -tolerance_s;
		}
	}
	return c;
}
