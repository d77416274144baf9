/*
 * domain/reception/talk.h -- the receptionist: what is asked next, what may be done, and when a person is better.
 *
 *	need --> (service) --> place --> times --> name --> booked
 *	   \--> where, bill, price: told              \--> none suits: later ones, a message
 *	    \--> reschedule: times --> moved   cancel: sure? --> cancelled
 *	     \--> person, anger, danger, three times not understood: rung through, or a message taken
 *
 * Works with rules alone. Whatever else may understand better (a language model, guess.h) only makes a question, which the caller
 * answers: every deed goes through the same slots, so nothing can be booked that the page could not, and nothing is told but of
 * whoever calls.
 * Asks only for what is missing; changes its mind when the caller does.
 */
#ifndef DOMAIN_RECEPTION_TALK_H
#define DOMAIN_RECEPTION_TALK_H

#include "domain/reception/guess.h"

#define TALK_TIMES_MAX 3     /* offered at one time */
#define TALK_TURNS_MAX 30    /* then a person, or a message */
#define TALK_SERVICES_MAX 40
#define TALK_ROWS_MAX 168

enum talk_channel { TALK_TEXT = 0, TALK_VOICE };
enum talk_stage { TALK_NEED = 0, TALK_SERVICE, TALK_PLACE, TALK_CHOOSE, TALK_NAME, TALK_SURE, TALK_NOTE, TALK_OVER, TALK_STAGES };
/* How it ended. Stored in `conversation.outcome`: never renumber, only append. */
enum talk_outcome { TALK_OPEN = 0, TALK_BOOKED, TALK_ASKED, TALK_MOVED, TALK_CANCELLED, TALK_TOLD, TALK_MESSAGE_TAKEN, TALK_RUNG,
	TALK_WRONG, TALK_DROPPED, TALK_SILENT, TALK_MISSED /* nobody came to the telephone */, TALK_OUTCOMES };
extern const char *const talk_stage_names[];
extern const char *const talk_outcome_names[];
/* talk_handled -- the receptionist has done what was asked */
bool talk_handled(enum talk_outcome o);

struct talk_service {
	uint64_t id;
	struct str name;
	int64_t price_cents; /* 0: not said */
};
struct talk_time {
	struct day day;
	uint32_t from_minute, to_minute;
};

/* What the house knows when somebody speaks: of the company, and of this caller alone. */
struct talk_facts {
	enum talk_channel channel;
	struct str company, currency;
	struct day today;
	bool open;               /* booking is */
	bool person;             /* somebody's telephone can be rung */
	bool night;              /* somebody's is rung if there may be danger, at any hour */
	const struct talk_service *services;
	size_t services_n;
	struct str name;         /* of a known caller; "" */
	struct str street, city, region, postcode; /* of the one place that a known caller has */
	struct talk_time next;   /* of a known caller: the next visit */
	bool has_next, on_way, may_change;
	struct str next_service;
	bool has_balance;
	int64_t balance_cents;
};

/* All that is remembered between two sentences. */
struct talk {
	enum talk_stage stage;
	enum talk_outcome outcome;
	enum intent need;
	enum language language;
	bool greeted;
	uint64_t service_id;
	struct str problem, street, city, region, postcode, gate, name;
	bool mornings, afternoons;
	struct maybe_u32 weekday;
	struct maybe_day day;      /* wished for */
	struct talk_time *offered; /* at most TALK_TIMES_MAX */
	size_t offered_n;
	struct maybe_day from_day; /* the next look begins there */
	uint32_t misses, silences, turns, asked_more;
	struct guess *guess; /* at most one: what the caller was asked to say yes to */
	size_t guess_n;
};

/* What the house is to do now; then it says `say`, or comes back with what became of it. */
enum talk_want {
	TALK_SAY = 0,
	TALK_LOOK,   /* times for service_id at the place, from from_day on: talk_offered */
	TALK_LOOK_MOVE, /* the same for the next visit */
	TALK_BOOK,   /* offered[choice]: talk_done or talk_gone */
	TALK_MOVE,
	TALK_CANCEL,
	TALK_RING,   /* connect to a person; in writing: they are told at once */
	TALK_KEEP,   /* a message for the office */
	TALK_END,
	TALK_WANTS
};
struct talk_out {
	enum talk_want want;
	struct talk_time time; /* of BOOK, MOVE */
	struct str say;        /* a text for this channel */
	struct str text;       /* on the telephone: what goes to them in writing as well */
};

/* talk_hear -- one sentence of the caller; words "" is silence. a: texts of `t` and `out` live here */
void talk_hear(struct talk *t, const struct talk_facts *f, struct str words, struct arena *a, struct talk_out *out);
/*
 * talk_guessed -- where the rules had to ask again, a better question: what somebody else believes was meant
 *
 * g  in  checked by guess_check against the talk as it was before; `out` is what talk_hear made of the same words
 * before  in  the misses before
 */
void talk_guessed(struct talk *t, const struct talk_facts *f, const struct guess *g, uint32_t before, struct arena *a, struct talk_out *out);
/* talk_courteous -- a kind word behind the greeting, or in front */
void talk_courteous(const struct talk *t, const struct talk_facts *f, struct str courtesy, struct arena *a, struct talk_out *out);
/* talk_offered -- the times that there are, and from which day on there are more */
void talk_offered(struct talk *t, const struct talk_facts *f, const struct talk_time *rows, size_t n, struct maybe_day next,
    struct arena *a, struct talk_out *out);
/* talk_refused -- nobody goes there: a message is taken */
void talk_refused(struct talk *t, const struct talk_facts *f, struct str why, struct arena *a, struct talk_out *out);
/* talk_done -- booked, moved or cancelled. asked: the company will confirm */
void talk_done(struct talk *t, const struct talk_facts *f, bool asked, const struct talk_time *x, struct arena *a, struct talk_out *out);
/* talk_deposit -- behind talk_done: what is to be paid, and where; on the telephone it goes to them in writing */
void talk_deposit(const struct talk *t, const struct talk_facts *f, int64_t cents, struct str url, struct arena *a, struct talk_out *out);
/* talk_gone -- somebody else was quicker: looked at again */
void talk_gone(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out);

/* talk_says -- the sentence of that name in that language; NULL: no such; for the test that both are there */
const char *talk_says(const char *name, enum language l);

#endif
