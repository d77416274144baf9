/*
 * fcgi/acts/routes.h -- plan routes: a day, a master week, a place for somebody new; publish, undo; miles and fuel.
 *
 * A plan is a batch. It is made (searching), a chain of short jobs searches, then it is ready: somebody looks, refuses
 * single changes, publishes it as one act, undoes it as one act. Nobody is moved before.
 *
 *	searching --> ready --> applying --> applied --> undoing --> undone
 *	     \____________\__ cancelled            (a day is published in one transaction, without "applying")
 *
 * Split by subject: routes.c plans and decisions · routes_facts.c what is loaded · routes_search.c what the job does ·
 * routes_publish.c visits and terms · routes_offers.c somebody new · routes_miles.c figures and settings ·
 * routes_roads.c ways that a road map knows · routes_van.c what is on board.
 */
#ifndef FCGI_ACTS_ROUTES_H
#define FCGI_ACTS_ROUTES_H

#include "domain/dispatch/fuel.h"
#include "domain/dispatch/rounds.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/routes.h"
#include "tenancy/work.h"

enum route_kind { ROUTE_DAY = 0, ROUTE_WEEK, ROUTE_KINDS };
extern const char *const route_kind_names[];
extern const char *const route_state_names[]; /* by enum batch_state */
extern const char *const route_row_names[];   /* by enum row_state */

#define ROUTE_LOCKS_MAX 2000
#define ROUTE_SECONDS_MAX 60
#define ROUTE_TRIES_MIN 100
#define ROUTE_TRIES_MAX 10000000
#define ROUTE_TEXT_MAX 60000
#define ROUTE_PLANS_MAX 10
#define ROUTE_PLANS_DAYS 30 /* a list shows so many days back */

struct route_ref {
	uint64_t id;
};

/* What a plan is asked for. */
struct route_wish {
	enum route_kind kind;
	struct day from_day;        /* the day; of a week: the day from which it would hold */
	struct maybe_u64 tech_id;   /* a day of one technician */
	uint32_t same_tech, same_day, even; /* 0..ROUNDS_LEVELS - 1 */
	struct maybe_u32 liked_days; /* likewise; absent: as much as the same day */
	uint32_t room_minutes;
	bool scratch;
	struct route_ref *locked;   /* customers who must not change */
	size_t locked_n;
	struct maybe_u32 seconds;   /* of search; absent: by its size */
	struct maybe_u32 tries;     /* plans to compare instead, however long it takes: same facts, same plan */
};
extern const struct shape route_wish_shape, route_ref_shape;

/* Figures of some routes, counted by routing/tally. */
struct route_figures {
	int64_t drive_s, metres, service_s, wait_s, overtime_s, late_s, fuel_cents;
	int64_t paid_s, lunch_late_s; /* paid: from leaving to coming back, lunch and waiting counted */
	uint32_t stops, late_stops, routes, legs, estimated;
	uint32_t lacks;             /* things that the vans do not have on board */
};
extern const struct shape route_figures_shape;

/* One technician on one day of the plan. */
struct route_load {
	uint64_t tech_id;
	uint32_t day;               /* of the plan: 0 is the day, or Monday */
	uint32_t from_minute, to_minute; /* the shift */
	struct route_figures before, after;
	uint32_t before_ends, after_ends; /* minutes of the day */
	struct maybe_u32 lunch;     /* when it begins in the plan; none: at home, or there is none */
	struct maybe_u32 supply;    /* arrival at the supply house in the plan; none: the van has all it needs */
	uint32_t supply_after;      /* so many stops before it */
};

struct route_tech {
	uint64_t id;
	struct str name;
	uint32_t colour;
	bool has_start, has_end;
	int32_t start_lat_e6, start_lng_e6, end_lat_e6, end_lng_e6;
};

/* One stop of a plan, as its row keeps it. */
struct route_stop {
	uint32_t n;                 /* of the row */
	enum row_state state;       /* waiting: stays; change, skip: accepted, refused; done, wrong, undone */
	uint64_t record_id;         /* visit or agreement */
	uint64_t customer_id;
	struct str customer, street, city;
	int32_t lat_e6, lng_e6;
	uint32_t minutes;
	struct maybe_u32 from_minute, to_minute;
	uint32_t version;
	struct maybe_u64 was_tech, to_tech;
	uint32_t was_days, to_days; /* bits of days of the plan */
	uint32_t was_seq, to_seq;   /* 0: not on any route */
	uint32_t was_at, to_at;     /* position on the route of its first day, from 1; 0: on none */
	bool fixed, locked, was_by_hand;
	bool estimated;             /* no road map knows the way to it in the plan */
	int64_t saves_s, saves_m;
	enum round_reason reason;
	struct str near;            /* whom it lies beside */
	int32_t near_m;
	struct str undo;            /* what publishing replaced, for the way back; never sent out */
	struct str problem;
};
extern const struct shape route_stop_shape;

struct route_plan {
	uint64_t id;
	enum batch_state state;
	struct route_wish wish;
	struct day monday;          /* day 0 of the plan */
	uint32_t days;
	uint32_t share;             /* of the search or of publishing, in thousandths */
	int64_t tries;
	int64_t start_s, best_s;    /* driving of today's routes, and of the best plan so far */
	uint32_t spent_ms;
	struct route_figures before, after;
	uint32_t unplaced, outside, left_out, changed, failed;
	struct str problem;         /* why there is no plan; "" */
	struct maybe_i64 supply_lat_e6, supply_lng_e6; /* the supply house */
	struct route_tech *techs;
	size_t techs_n;
	struct route_load *loads;
	size_t loads_n;
	struct route_stop *stops;
	size_t stops_n;
	int64_t made_at;
	uint32_t version;
};

struct route_plan_line {
	uint64_t id;
	enum batch_state state;
	enum route_kind kind;
	struct day from_day;
	int64_t made_at;
	struct str by;
	uint32_t changed;
	int64_t saves_s, saves_m;
};
struct route_plan_page {
	struct route_plan_line *rows;
	size_t rows_n;
};

struct route_refusals {
	struct route_ref *stops;    /* record ids of all changes that are refused */
	size_t stops_n;
	uint32_t version;
};

struct route_publishing {
	uint32_t version;
};

/*
 * act_route_make -- a plan is asked for: E_INVALID "from_day": over; of a week: today or later than three months
 * act_route_one -- with all its stops; act_route_state -- without, for whoever waits
 * act_route_cancel -- while it is searched, or before it is published. E_STALE: too late
 * act_route_enough -- stop searching and take the best so far. E_STALE: not searching
 * act_route_refuse -- exactly these changes are refused, all others accepted; figures follow in a moment
 */
must_use enum err act_route_make(struct work *w, const struct route_wish *in, struct route_plan *out);
must_use enum err act_route_one(struct work *w, uint64_t id, bool stops, struct route_plan *out);
must_use enum err act_route_plans(struct work *w, struct route_plan_page *out);
must_use enum err act_route_cancel(struct work *w, uint64_t id);
must_use enum err act_route_enough(struct work *w, uint64_t id, struct route_plan *out);
must_use enum err act_route_refuse(struct work *w, uint64_t id, const struct route_refusals *in, struct route_plan *out);

/*
 * act_route_publish -- all accepted changes: a day at once, a week by a job
 * act_route_undo -- what nobody touched since goes back
 *
 * Errors  E_STALE the facts are not those of the plan any more (make it anew), or it is not ready
 */
must_use enum err act_route_publish(struct work *w, uint64_t id, const struct route_publishing *in, struct route_plan *out);
must_use enum err act_route_undo(struct work *w, uint64_t id, struct route_plan *out);

/* ---- what the parts share ---- */

/* What a batch of kind routes keeps in its body. */
struct route_body {
	struct route_wish wish;
	struct str mark;            /* rounds_mark of the facts, in hex */
	struct str found;           /* rounds_print of the best so far */
	struct str loads;           /* routes_loads_write */
	bool search;                /* else only figures are wanted */
	uint32_t slice, slices;
	int64_t tries;
	int64_t start_s, best_s;
	uint32_t spent_ms;
	struct route_figures before, after;
	uint32_t unplaced, outside, left_out, changed;
	struct str problem;         /* why there is no plan */
};
must_use enum err routes_body_read(struct work *w, struct str text, struct route_body *out);
must_use enum err routes_body_save(struct work *w, const struct route_plan_row *row, enum batch_state state,
    const struct route_body *b);
must_use enum err routes_cells_read(struct work *w, const struct route_cells_row *row, struct route_stop *out);
struct str routes_cells_write(struct arena *a, const struct route_stop *s);

/* A job's order. */
struct route_order {
	uint64_t plan_id;
};
extern const struct shape route_order_shape;

/* The facts of a plan, and the rows they came from (same index). */
struct route_facts {
	struct day monday;          /* day 0 */
	uint32_t days;
	struct route_stop_row *row;
	struct round_stop *stop;
	struct worker_row *worker;
	struct round_tech *tech;
	struct rounds_facts rounds; /* without ways */
	uint32_t unplaced, outside;
	struct str good[DISPATCH_GOODS]; /* what the plan's goods are called */
};
/*
 * routes_facts -- a  in  where they live (w->arena, or a larger one)
 * routes_ways -- the ways between them: estimates at the company's pace, and what the road map said
 */
must_use enum err routes_facts(struct work *w, struct arena *a, const struct route_wish *wish, struct route_facts *out);
must_use enum err routes_ways(struct work *w, struct arena *a, struct route_facts *f);
/* routes_people -- the technicians alone, for some days: rounds.tech and techs of out */
must_use enum err routes_people(struct work *w, struct arena *a, struct day from, uint32_t days, struct route_facts *out);
/*
 * routes_van -- what the stops of a day take out of the vans, what is in them, and where more is got (routes_van.c)
 *
 * service  in      of each stop
 * stop     in/out  those of r, and so is tech: their goods
 * good     out     what the goods are called
 */
must_use enum err routes_van(struct work *w, const struct vans *vans, const uint64_t *service, struct round_stop *stop,
    struct round_tech *tech, struct rounds_facts *r, struct str good[DISPATCH_GOODS]);
/* routes_fetched -- whoever was at the supply house already has what they were sent for */
void routes_fetched(struct route_facts *f);
/* What is fetched at the supply house before a stop, and how long that takes; text "": nothing. */
struct route_errand {
	struct str text;
	uint32_t minutes;
};
/* routes_errand -- of stop s of n, in the plan: all that its route fetches, if the way by the supply house lies there */
struct route_errand routes_errand(struct work *w, const struct route_facts *f, const struct route_load *l, size_t loads,
    const struct route_stop *all, size_t n, const struct route_stop *s);
/* routes_takes -- has this visit still to take its parts out of the van, or to be fetched for? */
bool routes_takes(const struct route_stop_row *row);
/* routes_stop_of -- wishes and times of a row; false: it lies nowhere */
bool routes_stop_of(struct arena *a, const struct route_stop_row *row, struct round_stop *out);

void routes_figures_add(struct route_figures *sum, const struct tally *t);
struct str routes_loads_write(struct arena *a, const struct route_load *l, size_t n);
size_t routes_loads_read(struct arena *a, struct str text, struct route_load **out);

/* ---- what the job does (fcgi/jobs/routes.c) ---- */

struct route_slice {
	struct arena *a;            /* its own: problems are large */
	struct route_plan_row row;
	struct route_body body;
	struct route_facts facts;
	struct rounds rounds;
	struct plan best;
	bool skip;                  /* nothing to do: cancelled, or done by another */
	struct str problem;         /* why nothing can be planned; "" */
	int64_t tries;
	uint32_t spent_ms;
	const uint64_t *refused;    /* record ids */
	size_t refused_n;
};
/*
 * routes_slice_open -- load a plan and its facts; what cannot be planned at all is no failure, but a `problem`
 * routes_slice_settle -- keep the best, go on, finish, or say the problem
 */
must_use enum err routes_slice_open(struct work *w, uint64_t plan_id, struct route_slice *out);
must_use enum err routes_slice_settle(struct work *w, struct route_slice *s);
/* routes_publish_some -- some agreements of a week get their terms; orders the next */
must_use enum err routes_publish_some(struct work *w, uint64_t plan_id);

/* ---- somebody new ---- */

#define OFFER_WEEKS_MAX 6
#define OFFER_WEEKS_USUAL 4
#define OFFER_LINES_MAX 60

struct route_offers_query {
	uint64_t property_id;
	struct maybe_u64 service_id;
	struct maybe_u32 minutes;
	struct day from_day;
	uint32_t weeks;
	struct maybe_bool weekly;   /* for every week from then on; else once */
	struct maybe_u32 from_minute, to_minute; /* the wished time of arrival, instead of the place's */
};

struct route_offer {
	struct day day;             /* the first */
	uint64_t tech_id;
	struct str tech;
	uint32_t colour;
	uint32_t times;             /* days looked at: once, or each week's */
	int64_t added_s, added_m;   /* of driving; weekly: on average */
	uint32_t seq;
	uint32_t begin_minute, ends_minute, shift_ends; /* of the first day */
	uint32_t stops, load_minutes; /* of that day, with this one */
	int64_t overtime_s, late_s; /* added */
	int64_t load_price;         /* what they have to do already speaks against it: shift_load_price, weekly on average */
	bool other_tech;            /* not the usual one */
	bool liked;                 /* a day that these people like */
	bool unliked;               /* they like some days, and this is another */
	uint32_t lacks;             /* things that the van does not have for it */
	bool fetches;               /* they are fetched at the supply house on the way */
	bool own_late;              /* it cannot begin within its own hours */
	struct str late;            /* the customer who becomes late most because of it; "" */
	struct str near;            /* the stop it follows or precedes */
	int32_t near_m;
	bool estimated;
};

struct route_offer_page {
	struct route_offer *rows;   /* cheapest first */
	size_t rows_n;
	uint32_t looked;            /* technicians' days */
};
/* Errors  E_INVALID "property_id": does not exist, or has no place on the map; "weeks" "service_id" */
must_use enum err act_route_offers(struct work *w, const struct route_offers_query *q, struct route_offer_page *out);

/* ---- miles, fuel, settings, roads ---- */

#define ROUTE_MILES_DAYS_MAX 62
#define ROUTE_MILES_MAX 6000

struct route_miles_query {
	struct day from, to;
};

struct route_miles {
	struct day day;
	uint64_t tech_id;
	struct str tech;
	uint32_t stops, done;
	int64_t planned_s, planned_m, planned_cents;
	int64_t driven_s, driven_m, driven_cents; /* of what was done, in the order it was done */
	uint32_t legs, estimated;
};

struct route_miles_page {
	struct route_miles *rows;
	size_t rows_n;
};
/* act_route_miles -- Errors  E_INVALID "to" */
must_use enum err act_route_miles(struct work *w, const struct route_miles_query *q, struct route_miles_page *out);

struct route_settings {
	enum route_units units;
	uint32_t fuel_price_cents;
	enum fuel_unit fuel_unit;
	uint32_t fuel_use_x10;
	enum fuel_use fuel_use;
	uint32_t day_from, day_to;  /* minutes: hours of somebody whose hours nobody said */
	uint32_t lunch_minutes;     /* of everybody who has no break of their own; 0: none */
	uint32_t lunch_from, lunch_to; /* it begins between these */
	struct maybe_i64 supply_lat_e6, supply_lng_e6; /* the supply house: where vans get what they lack; none: nowhere */
	struct maybe_u32 supply_minutes; /* that it takes there */
	struct maybe_bool places;        /* new work that is nobody's is given to the best by itself */
	uint32_t pace_short, pace_middling, pace_long, pace_drives; /* measured over estimated, in thousandths */
	bool roads;                 /* a road map is asked */
	struct day today;           /* where the company is */
	struct str currency;
	struct str tiles_url, tiles_credit; /* "" = no picture of streets behind the routes */
	uint32_t version;           /* 0: never changed */
};
struct route_settings_change {
	enum route_units units;
	uint32_t fuel_price_cents;
	enum fuel_unit fuel_unit;
	uint32_t fuel_use_x10;
	enum fuel_use fuel_use;
	uint32_t day_from, day_to;
	uint32_t lunch_minutes, lunch_from, lunch_to;
	struct maybe_i64 supply_lat_e6, supply_lng_e6;
	struct maybe_u32 supply_minutes;
	struct maybe_bool places; /* absent: as it is */
	uint32_t version;
};
#define SUPPLY_MINUTES_USUAL 15
must_use enum err act_route_settings(struct work *w, struct route_settings *out);
/* Errors  E_INVALID "day_to" "lunch_to" "supply_lat_e6"; E_STALE */
must_use enum err act_route_settings_change(struct work *w, const struct route_settings_change *in,
    struct route_settings *out);

/* routes_pace_measure -- the company's own pace, from the drives of the last six weeks */
must_use enum err routes_pace_measure(struct work *w);

/* Places of which the road map is still to be asked, in tiles of at most ROADS_TILE each way. */
#define ROADS_TILE 50 /* sources and as many targets: a table of a hundred places */
#define LEGS_MAX 200000
#define LEG_KEPT_DAYS 90

struct roads_tile {
	uint64_t *from, *to;        /* cells */
	size_t from_n, to_n;
	size_t left;                /* tiles behind this one */
};
/* routes_tile_next -- the first tile with something unknown; from_n = 0: all is known */
must_use enum err routes_tile_next(struct work *w, struct roads_tile *out);
must_use enum err routes_leg_keep(struct work *w, uint64_t from, uint64_t to, int32_t seconds, int32_t metres);

#endif
