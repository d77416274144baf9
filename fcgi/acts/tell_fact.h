/*
 * fcgi/acts/tell_fact.h -- what customers are told of, once for each cause
 */
#ifndef FCGI_ACTS_TELL_FACT_H
#define FCGI_ACTS_TELL_FACT_H

#include "domain/messaging/occasion.h"
#include "domain/visits/visit.h"
#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/* A job of kind "fact". cause: what makes it another one of the same kind: a day, an instant. */
struct fact_order {
	enum occasion occasion;
	uint64_t id; /* of the visit; PAY_FAILED, REVIEW: of the payment */
	int64_t cause;
	bool said;   /* by text already, in a talk */
	struct maybe_bool kept; /* ASKED: somebody has the visit already, and a deposit will confirm it */
};
extern const struct shape fact_order_shape;
/* tell_fact -- customers may be told of it, at that instant or later: once for each cause, whatever runs twice */
must_use enum err tell_fact(struct work *w, const struct fact_order *o, int64_t at);
#define REVIEW_AFTER_S 86400 /* after a payment */
/* tell_visit_facts -- what a change of a visit is to its customer: on the way, skipped, done; tell_visit calls it */
must_use enum err tell_visit_facts(struct work *w, const struct visit *was, const struct visit *is);
/* tell_window -- the visit has another time than was promised: its customer hears of it */
must_use enum err tell_window(struct work *w, const struct visit *v);
/* fact_time -- the cause of words about an appointment: its day and hour */
int64_t fact_time(const struct visit *v);
#define LATE_WINDOW_MIN 60 /* how wide a new window is */
/*
 * fact_late -- the cause of words about a delay: its day and the minute up to which they are to wait
 * fact_late_told -- do they know already? Who comes within the window that was told last is not told again
 *
 * begin_s  in  when somebody is there, in seconds of the day; told  in  the cause of the last words, 0: none
 */
int64_t fact_late(struct day day, int32_t begin_s);
bool fact_late_told(int64_t told, struct day day, int32_t begin_s);
/* fact_late_of -- is it a word about that day? */
bool fact_late_of(int64_t cause, struct day day);
/* tell_window_say -- "between 9:00 AM and 11:00 AM" */
struct str tell_window_say(struct work *w, struct maybe_u32 from_minute, struct maybe_u32 to_minute, enum language l);

#endif
