/*
 * fcgi/jobs/roads.c -- the job "roads": each night the company's own pace is measured and the road map is asked for ways
 * that nobody knows yet, one tile a job.
 */
#include "fcgi/acts/routes.h"
#include "fcgi/acts/tell.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/roads.h"

struct more_roads {
	bool again;
};
static const struct field more_roads_fields[] = {FIELD_BOOL(struct more_roads, again), FIELD_END};
static const struct shape more_roads_shape = {"MoreRoads", sizeof(struct more_roads), more_roads_fields};

struct parcel {
	struct roads_tile tile;
	struct roads_table table;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	(void)t;
	*parcel = p;
	TRY(routes_pace_measure(w));
	return w->house->config->roads_url[0] == '\0' ? OK : routes_tile_next(w, &p->tile);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	struct spot from[ROADS_TILE], to[ROADS_TILE];

	(void)t;
	if (p->tile.from_n == 0)
		return OK;
	for (size_t i = 0; i < p->tile.from_n; i++)
		from[i] = cell_spot(p->tile.from[i]);
	for (size_t i = 0; i < p->tile.to_n; i++)
		to[i] = cell_spot(p->tile.to[i]);
	return roads_ask(a, c, from, (uint32_t)p->tile.from_n, to, (uint32_t)p->tile.to_n, &p->table, f);
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	if (sent != OK || p->tile.from_n == 0)
		return OK;
	for (size_t i = 0; i < p->tile.from_n; i++)
		for (size_t j = 0; j < p->tile.to_n; j++) {
			size_t at = i * p->tile.to_n + j;

			/* Where no road leads the estimate stays, a day's drive: kept, so that nobody asks every night. */
			if (p->tile.from[i] != p->tile.to[j])
				TRY(routes_leg_keep(w, p->tile.from[i], p->tile.to[j],
				    p->table.seconds[at] == ROADS_NO_WAY ? 86400 : p->table.seconds[at],
				    p->table.metres[at] == ROADS_NO_WAY ? 0 : p->table.metres[at]));
		}
	return tell(w, "roads", &more_roads_shape, &(struct more_roads){true});
}

const struct job job_roads = {
	.kind = "roads",
	.tries = 8,
	.backoff_s = 300,
	.lease_s = 120,
	.at_local = "02:40",
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Measure the company's pace; ask the road map for ways that nobody knows yet.",
};
