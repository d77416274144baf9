/*
 * fcgi/acts/routes_van.c -- what a day's stops take out of the vans, and what is fetched on the way.
 *
 * Of all parts the few that fall shortest count, as many as a plan can tell apart. What somebody said is fetched for one
 * stop is a way by the supply house too. Published, a route has one errand, at the stop behind that way: what was said,
 * and what else the van lacks.
 */
#include "fcgi/acts/routes.h"

#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"

static const struct route_stop_row *row_of(const struct route_facts *f, uint64_t id);

enum err
routes_van(struct work *w, const struct vans *vans, const uint64_t *service, struct round_stop *stop, struct round_tech *tech,
    struct rounds_facts *r, struct str good[DISPATCH_GOODS])
{
	uint64_t *open = arena_array(w->arena, uint64_t, r->stops + 1), *techs = arena_array(w->arena, uint64_t, r->techs + 1);
	struct route_figure_settings settings;
	bool errands = false;
	size_t n = 0, goods;

	for (uint32_t i = 0; i < r->stops; i++) {
		errands |= stop[i].fetches;
		if (!stop[i].fetches) /* else it comes from elsewhere */
			open[n++] = service[i];
	}
	for (uint32_t t = 0; t < r->techs; t++)
		techs[t] = tech[t].id;
	goods = vans_goods(vans, open, n, techs, r->techs, good);
	if (goods == 0 && !errands)
		return OK;
	TRY(tell_route_figures(w, &settings));
	r->supply = (struct round_supply){settings.has_supply, settings.supply, settings.supply_minutes};
	for (size_t g = 0; g < goods; g++) {
		for (uint32_t t = 0; t < r->techs; t++)
			tech[t].van[g] = vans_have(vans, tech[t].id, good[g]);
		for (uint32_t i = 0; i < r->stops; i++)
			stop[i].goods[g] = vans_take(vans, service[i], good[g]);
	}
	return OK;
}

void
routes_fetched(struct route_facts *f)
{
	for (uint32_t i = 0; i < f->rounds.stops; i++)
		for (uint32_t t = 0; f->row[i].fetched && t < f->rounds.techs; t++)
			for (int g = 0; f->tech[t].id == f->stop[i].tech && g < DISPATCH_GOODS; g++)
				if (fetch_list_names(f->row[i].errand, f->good[g]))
					f->tech[t].van[g] = VAN_PLENTY;
}

struct route_errand
routes_errand(struct work *w, const struct route_facts *f, const struct route_load *l, size_t loads,
    const struct route_stop *all, size_t n, const struct route_stop *s)
{
	const struct route_stop_row *own = row_of(f, s->record_id);
	struct route_errand is = {own != NULL && own->fetches && !own->fetched ? own->errand : STR(""), own != NULL ? own->errand_minutes : 0};
	struct buf out = buf_open(w->arena, VISIT_FETCH_MAX, 4 * VISIT_FETCH_MAX);
	uint64_t wants[DISPATCH_GOODS] = {0};
	uint32_t tech = 0;

	if (is.text.n == 0)
		is.minutes = 0;
	while (loads > 0 && !(s->to_tech.is && l->tech_id == s->to_tech.v && l->supply.is)) {
		loads--;
		l++;
	}
	while (tech < f->rounds.techs && (loads == 0 || f->tech[tech].id != l->tech_id))
		tech++;
	if (tech == f->rounds.techs || s->fixed)
		return is;
	if (s->to_at != l->supply_after + 1)
		return (struct route_errand){STR(""), 0}; /* it is fetched on the route's one way by the supply house */
	is.minutes = is.minutes > f->rounds.supply.minutes ? is.minutes : f->rounds.supply.minutes;
	buf_add(&out, is.text);
	for (size_t i = 0; i < n; i++) {
		const struct route_stop_row *row = row_of(f, all[i].record_id);

		if (row == NULL || !all[i].to_tech.is || all[i].to_tech.v != l->tech_id || all[i].fixed)
			continue;
		for (int g = 0; !row->fetches && g < DISPATCH_GOODS; g++)
			wants[g] += f->stop[row - f->row].goods[g];
		if (row->fetches && !row->fetched && row != own) {
			is.minutes = row->errand_minutes > is.minutes ? row->errand_minutes : is.minutes;
			fetch_list_add(&out, 0, row->errand);
		}
	}
	for (int g = 0; g < DISPATCH_GOODS; g++)
		if (wants[g] > f->tech[tech].van[g] && !fetch_list_names(buf_str(&out), f->good[g]))
			fetch_list_add(&out, wants[g] - f->tech[tech].van[g], f->good[g]);
	is.text = buf_str(&out);
	return is;
}

static const struct route_stop_row *
row_of(const struct route_facts *f, uint64_t id)
{
	for (uint32_t i = 0; i < f->rounds.stops; i++)
		if (f->row[i].id == id)
			return &f->row[i];
	return NULL;
}
