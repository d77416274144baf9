/*
 * fcgi/acts/tell_search.h -- a customer is found by what is written of them now
 */
#ifndef FCGI_ACTS_TELL_SEARCH_H
#define FCGI_ACTS_TELL_SEARCH_H

#include "tenancy/work.h"

/*
 * tell_search -- find a customer by what is written of them now; tell_event calls it for all that changes it
 *
 * What is indexed (the first 4,000 letters): names, addresses, telephones, e-mails, tags, notes, makes and serials. Never a code.
 */
must_use enum err tell_search(struct work *w, uint64_t customer_id);
/* tell_searches -- many at once; n at most SEARCHED_AT_ONCE, each once */
#define SEARCHED_AT_ONCE 500
must_use enum err tell_searches(struct work *w, const uint64_t *customer_id, size_t n);

#endif
