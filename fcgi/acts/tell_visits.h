/*
 * fcgi/acts/tell_visits.h -- the visits that follow from agreements, and whether a plan is all right
 * with people
 */
#ifndef FCGI_ACTS_TELL_VISITS_H
#define FCGI_ACTS_TELL_VISITS_H

#include "domain/customers/agreement.h"
#include "domain/visits/visit.h"
#include "domain/visits/wish.h"
#include "tenancy/work.h"

/*
 * tell_visits -- make the visits that follow from an agreement, up to the horizon (domain/visits/due.h)
 *
 * again_from  in  its terms changed from that day on: what nobody touched from there is made anew
 *
 * Whatever runs twice or dies in between, there is one visit for each of its days. Also closes an agreement
 * whose last day is over. Errors  E_NOT_FOUND; E_RETRY
 */
must_use enum err tell_visits(struct work *w, uint64_t agreement_id, struct maybe_day again_from);
/* tell_visits_of_place -- these people wish something else: what nobody touched from tomorrow on is made anew */
must_use enum err tell_visits_of_place(struct work *w, uint64_t customer_id, uint64_t property_id);

/*
 * tell_fits -- would this plan be all right with the people of the property and the technician?
 *
 * anyway  in  somebody decided to do it all the same: only that the technician works here is asked
 *
 * Errors  E_INVALID "day" "tech_id", with the reason in words
 */
must_use enum err tell_fits(struct work *w, const struct visit *v, bool anyway);
/* tell_fit_read -- the wishes of a place, and the skills and hours of a technician for such a service, from a day on */
must_use enum err tell_fit_read(struct work *w, uint64_t property_id, uint64_t service_id, struct maybe_u64 tech,
    struct day from, struct fit *out);

/* tell_term -- put it among what an agreement's days begin (term_with); the caller has locked the agreement */
must_use enum err tell_term(struct work *w, uint64_t agreement_id, const struct term *fresh);
/* tell_term_gone -- take it away again; *was: there was one */
must_use enum err tell_term_gone(struct work *w, uint64_t agreement_id, struct day from, enum term_kind kind, bool *was);

/* tell_clash -- would its technician have two promises that nobody can keep? Errors  E_INVALID "from_minute" */
must_use enum err tell_clash(struct work *w, const struct visit *v);

#endif
