/*
 * fcgi/acts/dayseals.h -- each night's seal of a company's money (tenancy/dayseal.h).
 */
#ifndef FCGI_ACTS_DAYSEALS_H
#define FCGI_ACTS_DAYSEALS_H

#include "tenancy/work.h"

/* What the company's file of seals does not hold yet. */
struct dayseal_file {
	struct str path, texts; /* texts "": it holds all */
};

/*
 * act_dayseal -- seal what was written until the company's last midnight, once, and say what is to be put down outside the database
 *
 * A night in which nothing happened has no seal: the next one covers it.
 */
must_use enum err act_dayseal(struct work *w, struct dayseal_file *out);

#endif
