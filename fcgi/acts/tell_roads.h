/*
 * fcgi/acts/tell_roads.h -- what routes are counted by: pace, fuel, usual hours, and what the road map
 * said
 */
#ifndef FCGI_ACTS_TELL_ROADS_H
#define FCGI_ACTS_TELL_ROADS_H

#include "domain/dispatch/board.h"
#include "domain/dispatch/fuel.h"
#include "domain/dispatch/shift.h"
#include "domain/routing/way.h"
#include "tenancy/work.h"

enum route_units { UNITS_MILES = 0, UNITS_KM, UNITS_KINDS };
extern const char *const route_units_names[];
#define LUNCH_MINUTES_MAX 120

struct route_figure_settings {
	struct maybe_u64 id;        /* of the setting's row; none: nobody changed anything */
	uint32_t version;
	enum route_units units;
	uint32_t fuel_price_cents;
	enum fuel_unit fuel_unit;
	uint32_t fuel_use_x10;
	enum fuel_use fuel_use;
	struct usual_hours usual;
	struct pace pace;
	uint32_t pace_drives;       /* that it was measured by */
	bool roads;                 /* a road map is asked */
	bool has_supply;            /* a supply house is known */
	struct spot supply;
	uint32_t supply_minutes;
	bool places;                /* new work that is nobody's is given to the best by itself */
};
#define SUPPLY_MINUTES_MAX 240
must_use enum err tell_route_figures(struct work *w, struct route_figure_settings *out);

/* One way that the road map may know. */
struct way_asked {
	uint32_t from, to; /* of `ways` */
	struct spot a, b;
};
/* tell_ways_know -- what the road map said of these ways, in one look; the others stay as they are */
must_use enum err tell_ways_know(struct work *w, struct ways *ways, const struct way_asked *asked, size_t n);
/* tell_route_figures_keep -- Errors  E_STALE: somebody changed them since they were read */
must_use enum err tell_route_figures_keep(struct work *w, const struct route_figure_settings *s);
/*
 * tell_lane_ways -- l->ways: estimates at the company's pace, and what the road map said of those that are driven
 *
 * fresh  in  a stop that is not there yet: its ways to and from all others; NULL: none
 */
must_use enum err tell_lane_ways(struct work *w, const struct route_figure_settings *s, const struct lane_stop *fresh,
    struct lane *l);

#endif
