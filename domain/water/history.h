/*
 * domain/water/history.h -- what a pool's own past says: chlorine at the next visit, the day its
 * water has to be replaced, and whether a reading was really taken.
 *
 * Only the server computes these. Each answer says how it was found; with too little history there
 * is none.
 */
#ifndef DOMAIN_WATER_HISTORY_H
#define DOMAIN_WATER_HISTORY_H

#include "domain/base/maybe.h"
#include "domain/water/chemical.h"
#include "domain/water/reading.h"

/* One set of readings of one visit, and what was poured in afterwards, before the next one. */
struct past {
	int64_t at; /* seconds UTC */
	struct water water;
	struct effect given; /* ppm that the doses after it added, by mass balance; 0 if the volume
				is unknown */
	bool replaced;       /* somebody wrote down that water was replaced after it */
	uint32_t took_s;     /* the time there was for all of its tests; 0: unknown */
};
#define PAST_MAX 60

/*
 * water_known -- what may be reckoned with today: the newest set, and of older ones what changes slowly
 * (measure_facts.keeps_days)
 *
 * at  out  when each was read; 0: never. A value that is too old has its time here and is not in *out
 */
void water_known(const struct past *past, size_t n, struct water *out, int64_t at[MEASURES]);

/* ---- free chlorine ---- */

enum forecast_method {
	FORECAST_NONE = 0, /* too little history: fewer than FORECAST_INTERVALS intervals */
	FORECAST_DECAY,    /* first-order loss: the median of what each interval lost a day */
	FORECAST_LEVEL     /* a salt pool makes its own: the median of its last readings */
};
extern const char *const forecast_method_names[];
#define FORECAST_INTERVALS 4
#define FORECAST_PAST      10

struct forecast {
	enum forecast_method method;
	uint32_t from; /* how many intervals or readings it rests on */
	int32_t likely, least,
	    most; /* hundredths of ppm; least and most: the spread of the middle 80 % of them */
};

/*
 * fc_forecast -- free chlorine at that time
 *
 * past   in   oldest first; intervals of more than 45 days, of less than half a day, and with a
 *              reading beyond the kit ("> 10") at either end say
 *              nothing; after such a last one there is no answer
 *
 * Source  first-order loss to sunlight and demand is the usual model ([CH-PF1] and the stabiliser
 * chart rest on it); the rates are this pool's own
 */
struct forecast fc_forecast(const struct past *past, size_t n, enum pool_sanitiser s, int64_t at);

/* ---- what only fresh water takes away ---- */

struct due_drain {
	bool is; /* false: too little history, or it does not rise */
	enum measure measure;
	uint32_t from;               /* readings since the last replacement */
	int32_t a_year;              /* hundredths: how much it rises */
	int64_t likely, least, most; /* seconds UTC; from the slope's standard error, 80 % */
};
/* ppm. Tubes, drops and meters of what only a drain takes away tell no less: readings that lie on a line are no surer than that. */
#define DRAIN_STEP         10
#define DRAIN_READINGS     4
#define DRAIN_DAYS         45
#define DRAIN_HORIZON_DAYS 1095

/*
 * drain_due -- when that measure will stand at its limit: a straight line through this pool's
 * readings since its water was last replaced (a fall of a quarter counts as that)
 *
 * limit  in   hundredths; now: beyond DRAIN_HORIZON_DAYS, or with a slope within its error of 0,
 * there is no answer
 */
struct due_drain
drain_due(const struct past *past, size_t n, enum measure m, int32_t limit, int64_t now);

/* ---- was it really tested? ---- */

enum doubt {
	DOUBT_COPIED = 0, /* four values or more, all as last time */
	DOUBT_CONSTANT,   /* chlorine and pH the same four times in a row */
	DOUBT_IMPOSSIBLE, /* total below free chlorine; or what only fresh water lowers fell by
			     itself */
	DOUBT_NO_EFFECT,  /* chlorine as before, within a day of a dose of 5 ppm or more */
	DOUBT_TOO_FAST,   /* quicker than the tests take */
	DOUBTS
};
extern const char *const doubt_names[];

/* How the company tests; the seconds of each are this house's own estimate of a practised hand,
 * halved. */
enum test_kit { KIT_DROPS = 1, KIT_STRIPS, KIT_METER, TEST_KITS };
extern const char *const test_kit_names[];

/* tests_take_s -- seconds that nobody is quicker than for these; meter and strips read all of a set at once */
uint32_t tests_take_s(const struct water *w, enum test_kit kit);

/* doubts_of -- bits of enum doubt; past: oldest first, the sets before this one */
uint64_t doubts_of(const struct past *now, const struct past *past, size_t n, enum test_kit kit);

#endif
