/*
 * domain/visits/wish.c -- what stands against a day or a person.
 */
#include "domain/visits/wish.h"

static enum err fits(const struct fit *x, struct day day, struct maybe_u32 from_minute, struct maybe_u32 to_minute,
    bool usually, struct fault *f);

enum err
wish_day(const struct wish *w, struct day day, struct fault *f)
{
	if ((w->not_days & UINT32_C(1) << day_weekday(day)) != 0)
		return fail(f, E_INVALID, "day", "These people do not want us on this day of the week.");
	return OK;
}

enum err
wish_weekdays(const struct wish *w, uint32_t weekdays, struct fault *f)
{
	if ((w->not_days & weekdays) != 0)
		return fail(f, E_INVALID, "rule", "These people do not want us on this day of the week.");
	return OK;
}

enum err
wish_tech(const struct wish *w, struct maybe_u64 tech, struct fault *f)
{
	for (size_t i = 0; tech.is && i < w->never_techs_n; i++)
		if (w->never_techs[i] == tech.v)
			return fail(f, E_INVALID, "tech_id", "These people do not want this technician.");
	if (tech.is && w->same_tech.is && tech.v != w->same_tech.v)
		return fail(f, E_INVALID, "tech_id", "These people want the technician they know.");
	return OK;
}

enum err
fit_tech(const struct fit *x, struct day day, struct maybe_u32 from_minute, struct maybe_u32 to_minute, struct fault *f)
{
	return fits(x, day, from_minute, to_minute, false, f);
}

enum err
fit_term(const struct fit *x, struct day day, struct maybe_u32 from_minute, struct maybe_u32 to_minute, struct fault *f)
{
	return fits(x, day, from_minute, to_minute, true, f);
}

static enum err
fits(const struct fit *x, struct day day, struct maybe_u32 from_minute, struct maybe_u32 to_minute, bool usually,
    struct fault *f)
{
	struct assignment who = x->who;

	if (!x->tech_id.is)
		return OK;
	if (!x->works_here)
		return fail(f, E_INVALID, "tech_id", "This person does not work here.");
	TRY(wish_tech(&x->wish, x->tech_id, f));
	who.day = day;
	who.from_minute = from_minute;
	who.to_minute = to_minute;
	who.usually = usually;
	return staff_can_go(&who, f);
}
