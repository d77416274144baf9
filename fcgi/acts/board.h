/*
 * fcgi/acts/board.h -- the office's day: the board as it runs, steps of a visit, who could take it.
 */
#ifndef FCGI_ACTS_BOARD_H
#define FCGI_ACTS_BOARD_H

#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/schedule.h"
#include "tenancy/work.h"

#define BOARD_STOPS_MAX 2000
#define LOG_LINES_MAX 500

struct board_query {
	struct day day;
	struct maybe_u64 tech;      /* one lane alone */
	struct maybe_bool nobody;   /* what is nobody's alone */
};

struct board_stop {
	struct board_row row;
	struct lane_time time;
	bool delivered; /* the phone has said that it holds it */
	bool lost;      /* it was told of it five minutes ago, and says nothing */
	bool unpaid;    /* the customer owes what was due before today */
	struct maybe_i64 lat_e6, lng_e6;
};

/* A technician and their version: what a screen compares to know what to ask for again. */
struct board_head {
	struct maybe_u64 tech_id; /* absent: what is nobody's */
	uint32_t version, seen_version;
};

struct board {
	struct day day, today;
	int32_t now_s;
	struct board_lane *lanes;
	size_t lanes_n;
	struct board_stop *stops;
	size_t stops_n;
	uint32_t nobody_version;
	uint32_t alerts;
	struct maybe_i64 supply_lat_e6, supply_lng_e6; /* where parts are fetched */
};

struct board_heads {
	struct board_head *rows;
	size_t rows_n;
	uint32_t alerts;
};

/* Errors  E_LIMIT "day": more than BOARD_STOPS_MAX */
must_use enum err act_board(struct work *w, const struct board_query *q, struct board *out);
must_use enum err act_board_heads(struct work *w, struct day day, struct board_heads *out);

struct step_in {
	enum verb verb; /* FINISH, ARRIVE, SKIP, NO_ACCESS, CANCEL, REOPEN, CORRECT, FETCHED */
	struct maybe_str reason;
	struct maybe_i64 started_at, ended_at;
	uint32_t version;
};
/* act_board_step -- what the office says of a visit. Errors  E_STALE; E_INVALID "verb" "reason" "ended_at" */
must_use enum err act_board_step(struct work *w, uint64_t id, const struct step_in *in, struct visit_line *out);

struct log_line {
	struct log_row row;
	int64_t at; /* put right */
	struct str who;
	struct verb_body body;
	struct str said; /* of a reading or a dose: what, and how much */
};
struct log_page {
	struct log_line *rows;
	size_t rows_n;
};
must_use enum err act_visit_log(struct work *w, uint64_t id, struct log_page *out);

must_use enum err act_board_offers(struct work *w, uint64_t id, struct board_offers *out);

struct take_in {
	struct maybe_u64 tech_id; /* absent: the best */
	uint32_t version;
};
/* act_board_take -- an offer is taken. Errors  E_STALE somebody was faster; E_INVALID "tech_id": nobody can, or not they */
must_use enum err act_board_take(struct work *w, uint64_t id, const struct take_in *in, struct visit_line *out);

struct put_in {
	struct day day;
	struct maybe_u64 tech_id;   /* absent: nobody's */
	struct maybe_u64 before_id; /* absent: last of the day */
	struct maybe_bool anyway;   /* although it goes against a wish, hours or skills */
	uint32_t version;
};
/*
 * act_board_put -- onto another day, to somebody, to a place among their stops; the others are counted anew
 *
 * Errors  E_STALE somebody was faster; E_INVALID "day" "tech_id"
 */
must_use enum err act_board_put(struct work *w, uint64_t id, const struct put_in *in, struct visit_line *out);

struct fetch_in {
	struct str text;          /* what; "": nothing any more */
	struct maybe_u32 minutes; /* at the supply house; absent: the usual */
	uint32_t version;
};
/* act_board_fetch -- a stop at the supply house before this one, or none. Errors  E_STALE; E_INVALID "text" */
must_use enum err act_board_fetch(struct work *w, uint64_t id, const struct fetch_in *in, struct visit_line *out);

struct place_in {
	struct day day;
};
struct placed {
	uint32_t placed, left;
};
#define PLACE_MAX 40 /* of one request */
/* act_board_place_one -- if it is still nobody's; whom nobody can take stays there */
must_use enum err act_board_place_one(struct work *w, uint64_t visit_id);
/* act_board_place -- everything that is nobody's on that day, one after another */
must_use enum err act_board_place(struct work *w, struct day day, struct placed *out);

#endif
