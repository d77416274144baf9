/*
 * domain/dispatch/booking.h -- what strangers may book: where, when, and what stays free.
 *
 * 1. A window is promised only if a technician can keep it with everything promised before: no
 * window of anybody is missed because of it, no shift ends later than it did past its end, and the
 * reserve of the day stays free.
 * 2. Windows stand on the clock: multiples of their length from midnight, so that all technicians
 * offer the same ones.
 * 3. A hold lasts ten minutes. What is held is a stop like any other to everybody who looks.
 */
#ifndef DOMAIN_DISPATCH_BOOKING_H
#define DOMAIN_DISPATCH_BOOKING_H

#include "domain/dispatch/board.h"

#define BOOKING_HOLD_S        600
#define BOOKING_KEPT_S        7200 /* what the office has offered in an answer: they read it when they read it */
#define BOOKING_KEPT_MINUTES  30   /* after the hour that was said: as late as that is still as promised */
#define BOOKING_FORM_MIN_S    2          /* nobody fills in the form faster */
#define BOOKING_FORM_MAX_S    (6 * 3600) /* a page that stood open longer asks again */
#define BOOKING_LOOK_DAYS     7          /* of one look */
#define BOOKING_WINDOWS_MAX   24         /* of one day */
#define BOOKING_SERVICES_MAX  40
#define BOOKING_ABOUT_MAX     400 /* what customers read of a service */
#define BOOKING_POSTCODES_MAX 2000 /* letters of the list */

enum booking_confirm { BOOKING_AT_ONCE = 0, BOOKING_BY_OFFICE, BOOKING_CONFIRMS };
extern const char *const booking_confirm_names[];

/* How the company lets people book. All is off until somebody turns it on. */
struct booking_rules {
	bool open;
	enum booking_confirm confirm;
	uint32_t window_minutes; /* 30..480 */
	uint32_t notice_hours;   /* 0..336: not sooner than in so many hours */
	uint32_t ahead_days;     /* 1..90 */
	uint32_t
	    reserve_minutes; /* 0..480: left at the end of each technician's day for emergencies */
	uint32_t change_hours; /* 0..168: people change and cancel themselves until so many hours
				  before */
	uint32_t within_km;    /* of where a technician starts; 0: however far */
	struct str postcodes;  /* "95814, 957*"; "": everywhere */
};
#define BOOKING_USUAL \
	{ \
		.confirm = BOOKING_BY_OFFICE, .window_minutes = 120, .notice_hours = 12, \
		.ahead_days = 30, .reserve_minutes = 60, .change_hours = 24, .postcodes = { \
			"", \
			0 \
		} \
	}

/* booking_rules_check -- Errors  E_INVALID "postcodes": letters, digits, blanks, '-', '*' at an
 * end, commas between */
must_use enum err booking_rules_check(const struct booking_rules *r, struct fault *f);

/* booking_serves -- is this postcode on the list? Blanks, '-' and case do not count; '*' stands for
 * any ending */
bool booking_serves(const struct booking_rules *r, struct str postcode);
/* booking_near -- is it within reach of one of these? metres to the nearest start; nothing is
 * known: yes */
bool booking_near(const struct booking_rules *r, struct maybe_i64 metres);

struct booking_window {
	uint32_t from_minute, to_minute;
};
/*
 * booking_windows -- the windows of a day that touch a shift and begin late enough
 *
 * from_s, to_s  in  the shift, seconds of the day
 * earliest_s    in  nothing begins before that second of the day; negative: the day is to come
 * out           out room for BOOKING_WINDOWS_MAX
 */
size_t booking_windows(const struct booking_rules *r, int32_t from_s, int32_t to_s,
    int32_t earliest_s, struct booking_window *out);

/* booking_kept -- can this place in a lane be promised? (invariant 1) */
bool booking_kept(const struct booking_rules *r, const struct lane *l,
    const struct booking_window *x, const struct lane_offer *o);

/*
 * booking_with -- the lane with one more stop at the place of an offer; l->ways must be made anew
 *
 * a  in  its stops live here
 */
struct lane booking_with(const struct lane *l, const struct lane_stop *fresh,
    const struct lane_offer *o, struct arena *a);

/* booking_form_fresh -- was the form neither filled in by a machine nor left open for a day? */
bool booking_form_fresh(int64_t given_at, int64_t now);
/* booking_may_change -- may its customer still change it? begins_at: when its window begins */
bool booking_may_change(
    const struct booking_rules *r, enum visit_state state, int64_t begins_at, int64_t now);

#endif
