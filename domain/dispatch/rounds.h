/*
 * domain/dispatch/rounds.h -- people and their stops as a problem of routes, and the answer as changes that pay.
 *
 * One way for a day (stops are visits) and for a master week (stops are agreements, one or two weeks long). What is
 * done or under way stays at the head of its route. What is locked keeps its person, its days, or both.
 *
 * 1. rounds_open builds the facts and today's routes; nothing is decided.
 * 2. The caller lets domain/routing search `r->search`, slice by slice, and gives what it found to rounds_take.
 * 3. rounds_take gives one stop one person, and takes back every change that does not pay its price.
 * 4. rounds_move is what a person's "no, leave it" does. Figures always come from routing/tally.
 */
#ifndef DOMAIN_DISPATCH_ROUNDS_H
#define DOMAIN_DISPATCH_ROUNDS_H

#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/dispatch/shift.h"
#include "domain/routing/solve.h"
#include "domain/routing/tally.h"

#define ROUNDS_TECHS_MAX 200
#define ROUNDS_STOPS_MAX 5000
#define ROUNDS_DAYS_MAX 14
#define ROUNDS_LEVELS 5      /* of a slider: 0 does not matter .. 4 never broken */
#define ROUNDS_ROOM_MAX 120  /* minutes of a day kept free */
#define ROUNDS_DISTINCT_MAX 20 /* skills, and people somebody never wants, that one plan can tell apart */
#define ROUNDS_SEQ_STEP 10
#define ROUNDS_NOBODY UINT32_MAX

struct round_tech {
	uint64_t id;
	bool has_start, has_end;
	struct spot start, end;
	const uint64_t *skills;
	size_t skills_n;
	struct round_hours day[ROUNDS_DAYS_MAX];
	uint32_t van[DISPATCH_GOODS]; /* what it has on board of the plan's goods, in their units */
};

struct round_stop {
	uint64_t id;
	uint32_t version;
	struct spot at;
	uint32_t minutes;
	struct maybe_u32 from_minute, to_minute;
	const uint64_t *skills, *never; /* skill ids; technicians' ids */
	size_t skills_n, never_n;
	uint32_t not_days, like_days;   /* bits of plan days modulo 7; like_days 0: no matter */
	uint32_t every_weeks;           /* 0: on exactly its days; 1, 2: of a master week, each or every other */
	uint32_t goods[DISPATCH_GOODS]; /* what it takes from the van */
	bool fetches;                   /* somebody said that its technician goes by the supply house before; it takes nothing else */
	uint32_t fetch_minutes;         /* that it takes there */
	/* as it is now */
	uint64_t tech;                  /* 0: nobody's */
	uint64_t days;                  /* bits of plan days */
	uint32_t seq;
	bool fixed;                     /* done, under way: neither person nor order can change */
	bool keep_tech, keep_days;
};

struct rounds_wish {
	uint32_t days;           /* 1, 7 or 14 */
	uint32_t same_tech, same_day, liked_days, even; /* levels */
	uint32_t room_minutes;
	bool scratch;            /* do not begin with today's routes */
	int32_t not_before_s;    /* nobody starts anything new before: now, on the day itself */
};

/* Where a technician gets what the van lacks: on the way, where the day costs least with it. */
struct round_supply {
	bool is;
	struct spot at;
	uint32_t minutes;
};

struct rounds_facts {
	struct round_supply supply;
	const struct round_tech *tech;
	uint32_t techs;
	const struct round_stop *stop;
	uint32_t stops;
	struct ways ways; /* rounds_places of them, in that order */
	struct rounds_wish wish;
};

/* rounds_places -- the places that the ways are wanted for: all stops, start and end of each person, the supply house */
uint32_t rounds_places(const struct rounds_facts *in, struct arena *a, const struct spot **out);

struct rounds {
	const struct rounds_facts *in;
	struct arena *a;
	struct problem facts;  /* as it is: true hours, for the figures   */
	struct problem search; /* as it is searched: hours bent by wishes */
	uint32_t *shift_of;    /* [tech * days + day], ROUTING_NO_STOP: not there */
	uint32_t *fixed;       /* per shift: stops at the head of its route that stay */
	uint32_t *before_tech; /* per stop: index, or ROUNDS_NOBODY */
	int32_t *fair_s;       /* per person: their share of all paid time, by their hours */
	struct plan before;    /* today's routes */
	struct plan start;     /* the same without what is fixed: where a search may begin */
	struct plan plan;      /* the plan's; the same until rounds_take */
};

/* rounds_copy -- a plan in which every route has room for every stop */
void rounds_copy(const struct rounds *r, const struct plan *from, struct plan *to);

/*
 * rounds_open -- Errors  E_INVALID "stop" "days": too many, or a plan that routing refuses; E_LIMIT "skills": more kinds
 * of wishes than a plan can tell apart
 */
must_use enum err rounds_open(const struct rounds_facts *in, struct arena *a, struct rounds *out, struct fault *f);

/* rounds_take -- what the search found becomes the plan; changes that do not pay are taken back */
void rounds_take(struct rounds *r, const struct plan *found);

/* rounds_move -- one stop to that person (index) on those days, at the cheapest places there; nobody: left out */
void rounds_move(struct rounds *r, uint32_t stop, uint32_t tech, uint64_t days);

/* Where a stop is now in a plan: person and days; false: left out */
bool rounds_where(const struct rounds *r, const struct plan *plan, uint32_t stop, uint32_t *tech, uint64_t *days);
/* rounds_seq -- its place in the route of its first day, in steps of ROUNDS_SEQ_STEP */
uint32_t rounds_seq(const struct rounds *r, const struct plan *plan, uint32_t stop);

/* Why a change pays: what could not stay, else whatever it gains most of, against leaving it where it was. */
enum round_reason {
	ROUND_PLACED = 1, /* it had nobody, or nobody who works then    */
	ROUND_SKILL,      /* who had it may not do it                   */
	ROUND_OVER,       /* less work after hours                      */
	ROUND_NEAR,       /* less driving: it lies beside another stop  */
	ROUND_EVEN,       /* hours are shared more evenly               */
	ROUND_LIKED,      /* a day that these people like               */
	ROUND_LATE,       /* more stops within their hours              */
	ROUND_VAN,        /* the new van has what it takes              */
	ROUND_TOGETHER,   /* alone it gains nothing: it makes room      */
	ROUND_REASONS
};
extern const char *const round_reason_names[];

struct round_change {
	uint32_t stop, from_tech, to_tech; /* ROUNDS_NOBODY: nobody */
	uint64_t from_days, to_days;
	int64_t saves_s, saves_m;   /* of driving, against leaving it where it was; below zero: costs */
	enum round_reason reason;
	uint32_t near_stop;         /* ROUND_NEAR: which; else ROUTING_NO_STOP */
	int32_t near_m;
};

/* rounds_changes -- every stop whose person or days differ; room for all stops in out. Dearest saving first. */
uint32_t rounds_changes(struct rounds *r, struct round_change *out);

/* rounds_tally -- the figures of one shift of a plan, or of all (shift = ROUTING_NO_STOP) */
void rounds_tally(const struct rounds *r, const struct plan *plan, uint32_t shift, struct tally *out);

/* rounds_print -- a plan's routes in few letters, valid as long as the facts are; rounds_read reads them again */
struct str rounds_print(const struct rounds *r, const struct plan *plan);
/* rounds_read -- false if the text is not one of this problem's */
bool rounds_read(const struct rounds *r, struct str text, struct plan *out);

/* rounds_mark -- a number that differs as soon as any fact of the plan does */
uint64_t rounds_mark(const struct rounds_facts *in);

#endif
