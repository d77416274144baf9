#include "domain/visits/wish.h"

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
