/*
 * domain/visits/wish.h -- what the people of a property wish, asked of a plan before it is made.
 */
#ifndef DOMAIN_VISITS_WISH_H
#define DOMAIN_VISITS_WISH_H

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/staff/hours.h"

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

/* What a plan at one place has to fit: what its people wish, and the technician whom they would get. */
struct fit {
	struct wish wish;
	uint64_t never[NEVER_TECHS_MAX];         /* wish.never_techs points here */
	struct maybe_u32 from_minute, to_minute; /* when they like us to come */
	struct maybe_u64 tech_id;
	bool works_here;
	struct assignment who; /* day and window are said for each visit */
};

/*
 * fit_tech -- may this technician come on that day, in that window? Without one there is nothing to ask.
 *
 * Errors  E_INVALID "tech_id", with the reason in words
 */
must_use enum err fit_tech(const struct fit *x, struct day day, struct maybe_u32 from_minute,
    struct maybe_u32 to_minute, struct fault *f);
/* fit_term -- the same of a promise that has a visit on that day: time off is not asked, it is of single days. */
must_use enum err fit_term(const struct fit *x, struct day day, struct maybe_u32 from_minute,
    struct maybe_u32 to_minute, struct fault *f);

#endif
