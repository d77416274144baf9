/*
 * fcgi/acts/tell_board.h -- a day of the board: its lanes, who could take a visit, and why somebody has
 * it
 */
#ifndef FCGI_ACTS_TELL_BOARD_H
#define FCGI_ACTS_TELL_BOARD_H

#include "domain/dispatch/board.h"
#include "domain/visits/visit.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/day.h"
#include "tenancy/work.h"

/* One technician on one day of the board, with what follows from its stops (domain/dispatch/board.h). */
struct board_lane {
	uint64_t tech_id;
	struct str name;
	uint32_t colour;
	struct str vehicle;
	bool said; /* has anybody said when this person works? */
	uint32_t from_minute, to_minute, work_minutes;
	struct str off; /* why not */
	uint32_t version, seen_version;
	struct maybe_i64 seen_at;
	int32_t ends_s;
	struct maybe_i64 lat_e6, lng_e6; /* where the day starts */
	struct lane lane;
	struct board_row *rows; /* same index as lane.stop */
	struct lane_time *times;
};
/*
 * tell_board -- the lanes of that day: all technicians, or one
 *
 * nobody  out  what is nobody's; NULL: not wanted
 */
must_use enum err tell_board(struct work *w, struct day day, struct maybe_u64 tech, struct board_lane **lanes, size_t *n,
    struct board_row **nobody, size_t *nobody_n);

/*
 * tell_shift -- the lane of whoever acts, without its stops: when they work on that day, when they eat, from where to where
 *
 * pace  out  by which its ways are estimated
 */
must_use enum err tell_shift(struct work *w, struct day day, struct lane *out, struct pace *pace);

/* Who could take a visit on its day, and why not the others. */
struct board_offer {
	uint64_t tech_id;
	struct str tech;
	uint32_t colour;
	bool usual, by_hand; /* by_hand: somebody chose it, there is no other reason */
	bool other;          /* somebody else is usual here */
	bool lighter;        /* somebody cheaper to reach comes after them, having more to do */
	struct str late;     /* the customer who becomes late most because of it; "": nobody, or this one itself */
	struct str lacks;    /* what is fetched at the supply house for it, since the van has it not; "": nothing */
	uint32_t stops, work_minutes, planned_minutes;
	struct lane_offer at;
};
struct board_refusal {
	uint64_t tech_id;
	struct str tech, why;
};
struct board_offers {
	struct board_offer *rows; /* best first */
	size_t rows_n;
	struct {
		bool is;
		struct board_offer v;
	} free; /* the best of all who come late nowhere and work no longer for it; it may be none of `rows` */
	struct board_refusal *refused;
	size_t refused_n;
};
#define BOARD_OFFERS 3
#define BOARD_TECHS_MAX 1000
/*
 * tell_offers -- by the company's rules: works then, has the skills, is wanted there; then the cheapest to reach, a full
 * day counting as five minutes of way (shift_load_price)
 */
must_use enum err tell_offers(struct work *w, const struct visit *v, struct maybe_u64 but, struct board_offers *out);

/*
 * tell_assign -- give a visit (read FOR UPDATE in this transaction) the place of an offer; the reason stays on it
 *
 * was   in      as it was read; v: its day is the one it is to be on
 * said  in      NULL: the office's, VERB_MOVED
 */
must_use enum err tell_assign(struct work *w, struct visit *v, const struct visit *was, const struct board_offer *o,
    const struct visit_said *said);

/*
 * The reason kept on a job (visit.why_who): a sentence of the catalogue with its values, so that each reader has it in their
 * language. tell_why_keep -- as the column holds it. tell_why_say -- as this reader reads it; "" stays "". tell_why_in -- in that
 * language. What we say in an alert is kept so, too.
 */
#define WHY_WHO_MAX 300 /* letters of its column */
struct str tell_why_keep(struct work *w, const struct fault *f);
struct str tell_why_say(struct work *w, struct str kept);
struct str tell_why_in(struct work *w, enum language l, struct str kept);
struct visit_line;
/* tell_visit_said -- why somebody has it and why it was not done, as this reader reads it */
void tell_visit_said(struct work *w, struct visit_line *v);
/* tell_visit_line -- one line of the calendar, as it is answered */
must_use enum err tell_visit_line(struct work *w, uint64_t id, struct visit_line *out);

/* tell_landed -- new work is nobody's: a job gives it to the best, if the company wishes that */
must_use enum err tell_landed(struct work *w, const struct visit *is);

#endif
