/*
 * domain/workorders/want.h -- what a job needs, from the list to the pool; and jobs that nobody pays.
 *
 *	needed <--> bought <--> on the van --> installed
 *
 * Any of the first three may be skipped, and taken back; installed is a fact of the stop. Enums are stored: never
 * renumber, only append.
 */
#ifndef DOMAIN_WORKORDERS_WANT_H
#define DOMAIN_WORKORDERS_WANT_H

#include "domain/base/err.h"

/* GOT_NOT: nothing to get: labour, a discount, a deposit. */
enum got { GOT_NOT = 0, GOT_NEEDED, GOT_BOUGHT, GOT_ON_VAN, GOT_INSTALLED, GOTS };
extern const char *const got_names[];

/* Why a job asks the customer for nothing: under a warranty, or because we come back to put something right. */
enum visit_free { FREE_NOT = 0, FREE_WARRANTY, FREE_GO_BACK, FREES };
extern const char *const visit_free_names[];

/* want_may -- may what is wanted go from one to the other? Errors  E_STALE with the reason */
must_use enum err want_may(enum got from, enum got to, struct fault *f);

#endif
