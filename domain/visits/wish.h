/*
 * domain/visits/wish.h -- what the people of a property wish, asked of a plan before it is made.
 */
#ifndef DOMAIN_VISITS_WISH_H
#define DOMAIN_VISITS_WISH_H

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"

#define NEVER_TECHS_MAX 20

struct wish {
	uint32_t not_days; /* bits of enum weekday */
	const uint64_t *never_techs;
	size_t never_techs_n;
	struct maybe_u64 same_tech; /* always this one, please */
};

/*
 * wish_day, wish_weekdays, wish_tech -- does it go against a wish?
 *
 * Errors  E_INVALID "day" (of a rule: "rule") "tech_id"
 */
must_use enum err wish_day(const struct wish *w, struct day day, struct fault *f);
must_use enum err wish_weekdays(const struct wish *w, uint32_t weekdays, struct fault *f);
must_use enum err wish_tech(const struct wish *w, struct maybe_u64 tech, struct fault *f);

#endif
