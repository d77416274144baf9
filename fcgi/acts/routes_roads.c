/*
 * fcgi/acts/routes_roads.c -- which ways the road map is still to be asked, and what it said.
 *
 * Places are asked in tiles: fifty to fifty. A tile is asked again as soon as one of its ways is unknown; the oldest
 * answers make room when there are more than LEGS_MAX.
 */
#include "fcgi/acts/routes.h"

#include "sql/tenant/queries/routes.h"

#define AHEAD_DAYS 14

static enum err cells_of(struct work *w, uint64_t **out, size_t *n);
static size_t add(uint64_t *cell, size_t n, uint64_t one);
static enum err known(struct work *w, const uint64_t *from, size_t from_n, const uint64_t *to, size_t to_n, bool *out);

enum err
routes_tile_next(struct work *w, struct roads_tile *out)
{
	struct leg_count_row count;
	uint64_t *cell;
	size_t n;

	*out = (struct roads_tile){0};
	TRY(sql_leg_count(w->db, w->arena, &count));
	if (count.legs > LEGS_MAX) {
		uint64_t gone;

		TRY(sql_legs_forget(w->db, day_add(zone_day(w->tenant->zone, w->now), -LEG_KEPT_DAYS), &gone));
		if (gone == 0)
			return OK; /* as many as may be kept, and none is old */
	}
	TRY(cells_of(w, &cell, &n));
	for (size_t i = 0; i < n; i += ROADS_TILE)
		for (size_t j = 0; j < n; j += ROADS_TILE) {
			size_t from_n = n - i < ROADS_TILE ? n - i : ROADS_TILE, to_n = n - j < ROADS_TILE ? n - j : ROADS_TILE;
			bool all = out->from_n > 0;

			if (out->from_n == 0)
				TRY(known(w, cell + i, from_n, cell + j, to_n, &all));
			if (all) {
				out->left += out->from_n > 0;
				continue;
			}
			*out = (struct roads_tile){cell + i, cell + j, from_n, to_n, 0};
		}
	return OK;
}

enum err
routes_leg_keep(struct work *w, uint64_t from, uint64_t to, int32_t seconds, int32_t metres)
{
	uint64_t rows;

	if (seconds < 0 || metres < 0 || seconds > 86400)
		return OK;
	return sql_leg_put(w->db, from, to, (uint32_t)seconds, (uint32_t)metres, zone_day(w->tenant->zone, w->now), &rows);
}

/* The squares of the coming visits, of where people start and end, and of the supply house, each once, in order. */
static enum err
cells_of(struct work *w, uint64_t **out, size_t *n)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct route_facts people = {.days = 1};
	struct route_figure_settings settings;
	struct route_stop_row *rows;
	size_t rows_n, k = 0;

	TRY(sql_route_visits(w->db, today, day_add(today, AHEAD_DAYS - 1), VISIT_SKIPPED, VISIT_CANCELLED, w->arena, &rows, &rows_n));
	TRY(routes_people(w, w->arena, today, 1, &people));
	TRY(tell_route_figures(w, &settings));
	*out = arena_array(w->arena, uint64_t, rows_n + 2 * (size_t)people.rounds.techs + 1);
	if (settings.has_supply)
		k = add(*out, k, place_cell(settings.supply));
	for (size_t i = 0; i < rows_n; i++)
		if (rows[i].lat_e6.is && rows[i].lng_e6.is)
			k = add(*out, k, place_cell((struct spot){rows[i].lat_e6.v, rows[i].lng_e6.v}));
	for (uint32_t t = 0; t < people.rounds.techs; t++) {
		if (people.tech[t].has_start)
			k = add(*out, k, place_cell(people.tech[t].start));
		if (people.tech[t].has_end)
			k = add(*out, k, place_cell(people.tech[t].end));
	}
	*n = k;
	return OK;
}

/* Into its place of a sorted list, once. */
static size_t
add(uint64_t *cell, size_t n, uint64_t one)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cell[mid] < one)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < n && cell[low] == one)
		return n;
	memmove(cell + low + 1, cell + low, (n - low) * sizeof(*cell));
	cell[low] = one;
	return n + 1;
}

static enum err
known(struct work *w, const uint64_t *from, size_t from_n, const uint64_t *to, size_t to_n, bool *out)
{
	*out = true;
	for (size_t i = 0; i < from_n && *out; i++) {
		struct arena_mark here = arena_mark(w->arena);
		struct leg_row *legs;
		size_t n, k = 0;

		TRY(sql_legs_from(w->db, from[i], w->arena, &legs, &n));
		for (size_t j = 0; j < to_n && *out; j++) {
			while (k < n && legs[k].to_cell < to[j])
				k++;
			*out = from[i] == to[j] || (k < n && legs[k].to_cell == to[j]);
		}
		arena_rewind(w->arena, here);
	}
	return OK;
}
