/*
 * fcgi/acts/tell_day.h -- a technician's day as the phone holds it: cards, the log of a stop, what
 * follows from each change of a visit
 */
#ifndef FCGI_ACTS_TELL_DAY_H
#define FCGI_ACTS_TELL_DAY_H

#include "domain/visits/visit.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/day.h"
#include "tenancy/work.h"

/* What happened to a technician's plan. */
enum brief_news { BRIEF_NEW = 1, BRIEF_CHANGED, BRIEF_GONE, BRIEF_MANY, BRIEF_NEWS };
/* A job of kind "brief": is it on their phone? step 0: push; 1, after two minutes: again, and a text; 2: the office. */
struct brief_order {
	uint64_t tech_id;
	struct day day;
	uint32_t version; /* of the day: a phone that holds it has the news */
	enum brief_news news;
	struct maybe_u64 visit_id;
	uint32_t step;
};
extern const struct shape brief_order_shape;
#define BRIEF_AGAIN_S 120
#define BRIEF_RED_S 300

/* What services.c keeps as JSON, and a brief carries on as it is. */
extern const struct shape check_lines_shape, part_lines_shape;

/* One technician's day; tech_id 0: what is nobody's yet. */
struct tech_day {
	uint64_t tech_id;
	struct day day;
};
#define TECH_DAYS_MAX 2000

/* The days of which cards are kept; others are read from their sources. */
#define CARD_BACK_DAYS 1
#define CARD_AHEAD_DAYS 7

/* A line of the log: who, what, when. Zeros mean: from the office, now. */
struct visit_said {
	uint64_t id; /* the verb's own; 0: a fresh one */
	enum verb verb;
	uint64_t device_id;
	uint32_t n;
	int64_t device_at;
	int32_t skew_s;
	struct str body; /* JSON of verb_body_shape; empty: none */
};

/*
 * tell_visit -- what follows from every change of one visit, in its transaction: its line in the log, the
 * cards of the days it left and came to, a hint to the screens
 *
 * was   in   before; NULL if it is new
 * is    in   as it is saved now, its version too
 *
 * Whoever writes to `visit` calls this, or tell_days when many change at once. Errors  E_STALE "PRIMARY": a
 * verb of this id was told before; E_RETRY
 */
must_use enum err tell_visit(struct work *w, const struct visit *was, const struct visit *is,
    const struct visit_said *said);

/*
 * tell_device -- this session is signed in on that phone: revoking the phone ends it. Says nothing that is known already; the phone that
 * it was on before is the same under another name, and a PIN that was chosen there counts here
 */
must_use enum err tell_device(struct work *w, uint64_t device_id);
/* tell_live -- whoever has a page open should look again; once for all that one transaction changes */
must_use enum err tell_live(struct work *w);
/* tell_days -- those days changed: their cards are made anew; any order, twice does no harm */
must_use enum err tell_days(struct work *w, const struct tech_day *d, size_t n);
/* tell_days_came -- its days have more stops of this agreement than before, and nothing else about them is different */
must_use enum err tell_days_came(struct work *w, uint64_t agreement_id);
/* tell_days_of_agreement -- adds the days on which it has visits now, within those that are kept */
must_use enum err tell_days_of_agreement(struct work *w, uint64_t agreement_id, struct tech_day *d, size_t *n);
/* tell_renumbered -- the same for one day whose stops were only counted anew: its technician is told by whoever did it */
must_use enum err tell_renumbered(struct work *w, const struct tech_day *d);
/* A report's link, as every link that opens without a sign-in; the portal keeps the report for good. */
#define REPORT_LINK_S (7 * 86400)
/*
 * tell_clock -- a span of work that began on this day changed: the version of the day moves on, and of the next one,
 * which shows what is open over midnight
 */
must_use enum err tell_clock(struct work *w, uint64_t tech_id, struct day day);
/* tell_notes_to_customer -- what technicians wrote to the customer at a stop, as it was put right last; the oldest first */
must_use enum err tell_notes_to_customer(struct work *w, uint64_t visit_id, struct str **notes, size_t *n);
/* tell_progress -- a line of the log that changed no visit (it was refused): its stop shows it */
must_use enum err tell_progress(struct work *w, uint64_t visit_id);
/* tell_services -- checklists, parts or names of services changed: all kept days are built anew, by a job */
must_use enum err tell_services(struct work *w);
/* tell_brief -- what a technician reads of this customer changed; tell_event calls it */
must_use enum err tell_brief(struct work *w, uint64_t customer_id);
/* tell_brief_after -- of all others of that day and the days behind it: somebody was there, and whoever comes next reads it */
must_use enum err tell_brief_after(struct work *w, const struct visit *v);
/* tell_briefs -- the same for many: whoever of them has a stop on a kept day. ids: "[1,2]" */
must_use enum err tell_briefs(struct work *w, struct str ids);
/* tell_day_cards -- the cards as they must be, made from their sources and not kept: for days that are not, and for a law */
must_use enum err tell_day_cards(struct work *w, uint64_t tech_id, struct day day, struct card_row **rows, size_t *n);

/* The two JSON columns of a card, for tell_day.c: what is to be known before a stop; the fold of its log. */
/* tell_lines -- the checklist of a stop, as check_lines_shape writes it: with what is due, without what is not */
must_use enum err tell_lines(struct work *w, const struct brief_source *s, struct str *out);
must_use enum err brief_write(struct work *w, uint64_t visit_id, struct str *out);
must_use enum err progress_write(struct work *w, uint64_t visit_id, struct str *out);
extern const struct shape brief_shape, progress_shape, verb_body_shape;

/* What is said with a verb; which of it a verb needs: verb_check. */
struct verb_body {
	struct str text;                    /* of NOTE, FOLLOW_UP, PROBLEM, MISSING_PART, EQUIPMENT; USED: of what; SIGNED: by whom */
	struct maybe_str reason;            /* of FLAG, REASSIGN, NO_ACCESS, SKIP */
	struct maybe_str item;              /* of CHECK: the line's text; of PHOTO: what it shows */
	struct maybe_bool done;             /* of CHECK */
	struct maybe_bool for_customer;     /* of NOTE */
	struct maybe_i64 started_at, ended_at; /* of CORRECT */
	struct maybe_u64 file_id;           /* of PHOTO; of SIGNED: the name as it was drawn */
	struct maybe_u64 pool_id;           /* of READING, DOSE, CHECK */
	struct maybe_str what, unit;        /* of READING, CHECK: which measure, "<" ">"; of DOSE: id of the item */
	struct maybe_i64 amount;            /* hundredths: of the measure's unit, of the item's ml, g or pieces */
	struct maybe_i64 planned;           /* of DOSE: what was advised, likewise */
	struct maybe_u64 equipment_id;      /* of EQUIPMENT */
	struct maybe_u64 service_id;        /* of FOLLOW_UP */
	struct maybe_day day;               /* of FOLLOW_UP: before when */
	struct maybe_u64 replaces;          /* of READING, DOSE, NOTE: the verb that this one puts right */
	struct maybe_i64 lat_e6, lng_e6;    /* of ARRIVE: only near the stop, only if the company wishes */
};

#endif
