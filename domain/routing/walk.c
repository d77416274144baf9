#include "domain/routing/walk.h"

#include "domain/routing/tables.h"

/* Somebody on the way. */
struct walker {
	const struct problem *p;
	const struct shift *shift;
	const int32_t *fixed_s;
	uint32_t lunch_after;
	bool supplied;
	uint32_t here;
	int32_t people_s; /* the clock of people */
	struct segment so_far;
	int32_t load, goods[ROUTING_GOODS];
	int32_t latest_s;
	struct walk w;
};

static void walk_with_supply(const struct problem *p, uint32_t shift, const struct view *v,
    const int32_t *fixed_s, uint32_t supply_after, struct step *step, struct walk *out);
static void walk_with_lunch(const struct problem *p, uint32_t shift, const struct view *v,
    const int32_t *fixed_s, const struct walk *where, struct step *step, struct walk *out);
static void fetch(struct walker *x);
static int32_t lacking(const struct walker *x);
static void visit(struct walker *x, uint32_t stop, struct step *step);
static void drive(struct walker *x, uint32_t to, struct segment then);
static void have_lunch(struct walker *x);
static void come_home(struct walker *x, uint32_t stops);
static int64_t
visit_price(const struct problem *p, const struct stop *s, const struct shift *shift);
static int64_t mixed(const struct problem *p, const struct plan *plan, uint32_t stop);
static int64_t uneven(const struct problem *p, uint32_t tech, const struct plan *plan);

static inline uint32_t
view_stop(const struct view *v, uint32_t i)
{
	if (v->extra == ROUTING_NO_STOP || i < v->at)
		return v->stop[i];
	return i == v->at ? v->extra : v->stop[i - 1];
}

static inline uint32_t
view_stops(const struct view *v)
{
	return v->stops + (v->extra != ROUTING_NO_STOP);
}

void
walk_route(const struct problem *p, uint32_t shift, const struct view *v, const int32_t *fixed_s,
    struct step *step, struct walk *out)
{
	uint32_t n = view_stops(v);
	struct walk w;

	if (n == 0) {
		*out = (struct walk){.ends_s = p->shift[shift].from_s,
		    .home_s = p->shift[shift].from_s,
		    .late_stop = ROUTING_NO_STOP,
		    .lunch_after = WALK_NO_LUNCH,
		    .supply_after = WALK_NO_SUPPLY};
		return;
	}
	walk_with_supply(p, shift, v, fixed_s, WALK_NO_SUPPLY, step, out);
	if (p->supply.place == 0 || out->lacks == 0)
		return;
	for (uint32_t i = 0; i < n; i++) {
		walk_with_supply(p, shift, v, fixed_s, i, NULL, &w);
		if (w.cost < out->cost || (w.cost == out->cost && w.paid_s < out->paid_s))
			*out = w;
	}
	if (step != NULL && out->supply_after != WALK_NO_SUPPLY)
		walk_with_supply(p, shift, v, fixed_s, out->supply_after, step, out);
}

static void
walk_with_supply(const struct problem *p, uint32_t shift, const struct view *v,
    const int32_t *fixed_s, uint32_t supply_after, struct step *step, struct walk *out)
{
	struct walk where = {.lunch_after = WALK_NO_LUNCH, .supply_after = supply_after}, w;
	int64_t least = INT64_MAX;
	int32_t shortest_s = INT32_MAX;

	/* of equals the shortest day, of those the earliest lunch: as in line.c */
	for (uint32_t i = p->shift[shift].lunch_s > 0 ? view_stops(v) + 2 : 0; i-- > 0;) {
		struct walk there = {.lunch_after = i, .supply_after = supply_after};

		walk_with_lunch(p, shift, v, fixed_s, &there, NULL, &w);
		if (w.cost < least || (w.cost == least && w.paid_s <= shortest_s)) {
			least = w.cost;
			shortest_s = w.paid_s;
			where.lunch_after = i;
		}
	}
	walk_with_lunch(p, shift, v, fixed_s, &where, step, out);
}

/* With lunch and the supply house where `where` says. */
static void
walk_with_lunch(const struct problem *p, uint32_t shift, const struct view *v,
    const int32_t *fixed_s, const struct walk *where, struct step *step, struct walk *out)
{
	const struct shift *s = &p->shift[shift];
	uint32_t n = view_stops(v);
	struct walker x = {.p = p,
	    .shift = s,
	    .fixed_s = fixed_s,
	    .lunch_after = where->lunch_after,
	    .here = s->start,
	    .people_s = s->from_s,
	    .so_far = {0, 0, s->from_s, FOREVER},
	    .w = {.late_stop = ROUTING_NO_STOP,
		.lunch_after = where->lunch_after,
		.supply_after = where->supply_after}};

	for (uint32_t i = 0; i < n; i++) {
		if (where->supply_after == i)
			fetch(&x);
		if (where->lunch_after == i)
			have_lunch(&x);
		visit(&x, view_stop(v, i), step == NULL ? NULL : &step[i]);
		if (v->extra != ROUTING_NO_STOP && i == v->at)
			x.w.extra_begin_s = segment_done(x.so_far) - p->stop[v->extra].service_s;
	}
	if (where->lunch_after == n)
		have_lunch(&x);
	come_home(&x, n);
	*out = x.w;
}

static inline bool
is_fixed(const struct walker *x, uint32_t stop)
{
	return x->p->stop[stop].twin != 0 && x->fixed_s != NULL && x->fixed_s[stop] >= 0;
}

static void
visit(struct walker *x, uint32_t stop, struct step *step)
{
	const struct stop *s = &x->p->stop[stop];
	uint32_t from = x->here;
	int32_t warp_s = x->so_far.warp_s, way_s = 0, arrive_s, begin_s;
	struct window w;

	if (from != ROUTING_NOWHERE)
		way_s = x->p->matrix.seconds[(size_t)from * x->p->matrix.places + s->place];
	arrive_s = segment_done(x->so_far) + way_s;
	w = window_met(s, arrive_s);
	if (is_fixed(x, stop))
		w = (struct window){x->fixed_s[stop], x->fixed_s[stop]};
	begin_s = window_clamp(w, arrive_s);
	x->people_s += way_s;
	if (step != NULL)
		*step = (struct step){.stop = stop, .arrive_s = x->people_s};
	drive(x, s->place, segment_of(s->service_s, w));
	if (x->so_far.warp_s - warp_s > x->latest_s) {
		x->latest_s = x->so_far.warp_s - warp_s;
		x->w.late_stop = stop;
	}
	if (s->promise.to_s > 0 && (begin_s < s->promise.from_s || begin_s > s->promise.to_s))
		x->w.moved++;
	x->w.cost += visit_price(x->p, s, x->shift);
	x->load += s->load;
	for (int g = 0; g < ROUTING_GOODS; g++)
		x->goods[g] += s->goods[g];
	if (!is_fixed(x, stop))
		w = window_met(s, x->people_s);
	if (x->people_s < w.from_s)
		x->people_s = w.from_s;
	if (step != NULL) {
		step->begin_s = x->people_s;
		step->late_s = x->people_s > w.to_s ? x->people_s - w.to_s : 0;
		step->leave_s = x->people_s + s->service_s;
	}
	x->people_s += s->service_s;
}

static void
drive(struct walker *x, uint32_t to, struct segment then)
{
	size_t leg = (size_t)x->here * x->p->matrix.places + to;
	int32_t seconds = 0;

	if (x->here != ROUTING_NOWHERE && to != ROUTING_NOWHERE) {
		seconds = x->p->matrix.seconds[leg];
		x->w.drive_cost += x->p->matrix.cost[leg];
		x->w.metres += x->p->metres != NULL ? x->p->metres[leg] : 0;
	}
	x->w.drive_s += seconds;
	x->so_far = segment_join(x->so_far, then, seconds);
	x->here = to;
}

static void
have_lunch(struct walker *x)
{
	x->so_far = segment_join(x->so_far, segment_of(x->shift->lunch_s, x->shift->lunch), 0);
	if (x->people_s < x->shift->lunch.from_s)
		x->people_s = x->shift->lunch.from_s;
	x->w.lunch_s = x->people_s;
	x->people_s += x->shift->lunch_s;
}

/* From here on there is enough of everything. */
static void
fetch(struct walker *x)
{
	const struct supply *s = &x->p->supply;
	uint32_t place = s->place - 1;

	x->w.lacks = lacking(x);
	x->supplied = true;
	if (x->here != ROUTING_NOWHERE)
		x->people_s += x->p->matrix.seconds[(size_t)x->here * x->p->matrix.places + place];
	x->w.supply_s = x->people_s;
	x->people_s += s->service_s;
	x->w.cost += s->price;
	drive(x, place, segment_of(s->service_s, (struct window){x->shift->from_s, FOREVER}));
}

/* What the visits so far take beyond what the van starts with. */
static int32_t
lacking(const struct walker *x)
{
	int32_t lacks = 0;

	for (int g = 0; g < ROUTING_GOODS; g++)
		lacks += x->goods[g] > x->shift->van[g] ? x->goods[g] - x->shift->van[g] : 0;
	return lacks;
}

static void
come_home(struct walker *x, uint32_t stops)
{
	const struct prices *price = &x->p->price;
	const struct shift *s = x->shift;
	struct walk *w = &x->w;
	uint32_t from = x->here;

	drive(x, s->end, segment_of(0, (struct window){s->from_s, FOREVER}));
	if (from != ROUTING_NOWHERE && s->end != ROUTING_NOWHERE)
		x->people_s += x->p->matrix.seconds[(size_t)from * x->p->matrix.places + s->end];
	w->home_s = x->people_s;
	w->ends_s = segment_done(x->so_far);
	w->paid_s = x->so_far.duration_s - x->so_far.warp_s;
	w->late_s = x->so_far.warp_s;
	if (x->lunch_after == stops + 1) {
		w->lunch_s = x->people_s > s->lunch.from_s ? x->people_s : s->lunch.from_s;
		w->late_s += w->ends_s > s->lunch.to_s ? w->ends_s - s->lunch.to_s : 0;
	}
	w->overtime_s = w->ends_s > s->to_s ? w->ends_s - s->to_s : 0;
	if (!x->supplied)
		w->lacks = lacking(x);
	w->over = w->lacks + (x->load > s->capacity ? x->load - s->capacity : 0);
	w->cost += w->drive_cost + w->late_s * price->late_s + w->overtime_s * price->overtime_s +
		   w->over * price->overload + w->moved * price->moved + w->paid_s * price->paid_s;
}

static int64_t
visit_price(const struct problem *p, const struct stop *s, const struct shift *shift)
{
	int64_t c = p->price.prefer * __builtin_popcountll(s->prefer & ~shift->skills);

	if (s->usual_tech != ROUTING_NO_STOP && s->usual_tech != shift->tech)
		c += p->price.other_tech;
	if (s->usual_days != 0 && (s->usual_days >> shift->day & 1) == 0)
		c += p->price.other_day;
	return c;
}

int64_t
walk_plan(const struct problem *p, const struct plan *plan)
{
	int64_t c = 0;

	for (uint32_t i = 0; i < p->stops; i++)
		if (plan->pattern[i] == 0)
			c += p->stop[i].prize;
	for (uint32_t l = 0; l < p->shifts; l++) {
		struct view v = {plan->route[l].stop, plan->route[l].stops, ROUTING_NO_STOP, 0};
		struct walk w;

		walk_route(p, l, &v, plan->fixed_s, NULL, &w);
		c += w.cost;
	}
	if (p->price.mixed > 0)
		for (uint32_t i = 0; i < p->stops; i++)
			if ((plan->pattern[i] & (plan->pattern[i] - 1)) != 0)
				c += mixed(p, plan, i);
	for (uint32_t tech = 0; p->target_s != NULL && p->price.uneven > 0 && tech < p->techs;
	     tech++)
		c += uneven(p, tech, plan);
	return c;
}

/* A technician counts with the first of their routes that serves the stop. */
static int64_t
mixed(const struct problem *p, const struct plan *plan, uint32_t stop)
{
	uint32_t seen[ROUTING_DAYS_MAX], n = 0;

	for (uint32_t l = 0; l < p->shifts; l++)
		for (uint32_t i = 0; i < plan->route[l].stops; i++) {
			uint32_t s = 0;

			if (plan->route[l].stop[i] != stop)
				continue;
			while (s < n && seen[s] != p->shift[l].tech)
				s++;
			if (s == n && n < ROUTING_DAYS_MAX)
				seen[n++] = p->shift[l].tech;
		}
	return n > 1 ? (n - 1) * p->price.mixed : 0;
}

static int64_t
uneven(const struct problem *p, uint32_t tech, const struct plan *plan)
{
	int64_t off_s = p->target_s[tech];

	for (uint32_t l = 0; l < p->shifts; l++)
		if (p->shift[l].tech == tech) {
			struct view v = {
			    plan->route[l].stop, plan->route[l].stops, ROUTING_NO_STOP, 0};
			struct walk w;

			walk_route(p, l, &v, plan->fixed_s, NULL, &w);
			off_s -= w.paid_s;
		}
	off_s = off_s < 0 ? -off_s : off_s;
	off_s -= p->target_s[tech] / ROUTING_EVEN_PART;
	if (off_s < 0)
		return 0;
	if (off_s > 1 << 20)
		off_s = 1 << 20;
	return off_s * off_s / p->target_s[tech] * p->price.uneven;
}
