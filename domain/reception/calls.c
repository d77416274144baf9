#include "domain/reception/calls.h"

#include "domain/reception/hear.h"

struct str
call_person(const struct call_rules *r, struct str own, enum weekday weekday, uint32_t minute, bool danger)
{
	const bool day = r->days == 0 || (r->days >> weekday & 1) != 0;
	const bool hour = r->from_minute == r->to_minute || (minute >= r->from_minute && minute < r->to_minute);

	if (day && hour)
		return r->person.n > 0 ? r->person : own;
	return danger ? r->night : STR("");
}

enum call_consent
call_consent(const struct call_rules *r, struct str country, struct str company_region, struct str caller_region)
{
	static const char *const all[] = {"CA", "CT", "DE", "FL", "IL", "MA", "MD", "MI", "MT", "NH", "NV", "OR", "PA", "WA"};
	const struct str regions[] = {company_region, caller_region};

	if (!r->record)
		return CALL_NOT_RECORDED;
	if (!str_eq_nocase(country, STR("US")))
		return CALL_ANNOUNCED;
	for (unsigned k = 0; k < 2; k++) {
		if (regions[k].n != 2)
			return CALL_ANNOUNCED;
		for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
			if (str_eq_nocase(regions[k], str_of(all[i])))
				return CALL_ANNOUNCED;
	}
	return CALL_RECORDED;
}

bool
call_declines(struct str said)
{
	static const char *const no[] = {"do not record", "dont record", "not be recorded", "stop recording", "no recording", "no grabe",
	    "no graben", "no me grabe", "no quiero que me graben", "sin grabar", "no grabar"};

	if (str_eq(str_trim(said), STR("*")))
		return true;
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (hear_phrase(said, no[i]))
			return true;
	return false;
}
