/*
 * fcgi/acts/facts.h -- what was ordered by tell_fact is said: if it is still true, in the words of the company's table.
 */
#ifndef FCGI_ACTS_FACTS_H
#define FCGI_ACTS_FACTS_H

#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_message.h"

#define REVIEW_PERIOD_DAYS 180 /* one question in so many days */
#define RATING_PERIOD_DAYS 365 /* a bad word within these ends such questions */
#define LOST_DAYS 90           /* nobody was there for so long */
#define LOST_WINDOW_DAYS 30    /* and it is noticed within these */

/* act_fact -- the job's half; what is not true any more is not said */
must_use enum err act_fact(struct work *w, const struct fact_order *o);

/* Words about money and silence (facts_money.c). again: not at this hour; ask again then */
must_use enum err fact_pay_failed(struct work *w, const struct fact_order *o);
must_use enum err fact_review(struct work *w, const struct fact_order *o);

/*
 * act_tomorrow, act_win_back -- a page of tomorrow's visits, of customers who have not been seen for a while
 *
 * after  in   the cursor; next  out  0: that was the last page
 */
must_use enum err act_tomorrow(struct work *w, uint64_t after, uint64_t *next);
must_use enum err act_win_back(struct work *w, uint64_t after, uint64_t *next);

/* fact_decent -- is it an hour at which one asks somebody for something? If not, the fact is ordered again for that hour */
must_use enum err fact_decent(struct work *w, const struct fact_order *o, uint64_t customer_id, bool *is);

#endif
