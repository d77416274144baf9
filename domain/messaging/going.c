#include "domain/messaging/going.h"

static int64_t between(const struct zone *const zone[ZONES_OF_READER], int64_t at, int from_minute, int until_minute);

enum going
going(const struct going_facts *f, int64_t *at, const char **why)
{
	const struct occasion_entry *e = occasion_entry(f->occasion);
	const bool typed = f->occasion == OCCASION_WRITTEN || f->occasion == OCCASION_WORD || f->occasion == OCCASION_DIALOGUE;
	const bool call = f->medium == MEDIUM_CALL, text = f->medium == MEDIUM_SMS || call; /* both ring at night */
	const uint32_t company_max = call ? CALLS_OF_COMPANY_MAX : text ? TEXTS_OF_COMPANY_MAX : MAILS_OF_COMPANY_MAX;
	const uint32_t address_max = call ? CALLS_OF_NUMBER_MAX : !text ? MAILS_OF_ADDRESS_MAX : typed ? ANSWERS_OF_NUMBER_MAX : TEXTS_OF_NUMBER_MAX;

	*at = f->now;
	*why = NULL;
	if (e == NULL)
		return GO_NEVER;
	if (f->stopped) {
		*why = call ? "This number has asked for no more calls."
		    : text ? "This number has asked for no more texts." : "This address has asked for no more news.";
		return GO_NEVER;
	}
	if (f->gone != NULL) {
		*why = f->gone;
		return GO_NEVER;
	}
	if (text && !f->known) {
		*why = call ? "No calls are made to this country." : "No texts are sent to this country.";
		return GO_NEVER;
	}
	if (f->of_company >= company_max) {
		*why = "The company has said all that it may in one day.";
		return GO_ASK;
	}
	if (f->to_address >= address_max) {
		*why = "Enough was said to this number today.";
		return GO_ASK;
	}
	if (text && e->quiet) {
		*at = quiet_until(f->zone, f->now);
		return *at > f->now ? GO_LATER : GO_NOW;
	}
	return GO_NOW;
}

int64_t
quiet_until(const struct zone *const zone[ZONES_OF_READER], int64_t at)
{
	return between(zone, at, QUIET_UNTIL_MINUTE, QUIET_FROM_MINUTE);
}

int64_t
decent_at(const struct zone *const zone[ZONES_OF_READER], int64_t at)
{
	return between(zone, at, DECENT_FROM_MINUTE, DECENT_UNTIL_MINUTE);
}

/* Both clocks: where one is awake the other may sleep, and at most three hours lie between them. */
static int64_t
between(const struct zone *const zone[ZONES_OF_READER], int64_t at, int from_minute, int until_minute)
{
	for (unsigned round = 0; round < 4; round++) {
		const int64_t before = at;

		for (size_t i = 0; i < ZONES_OF_READER; i++) {
			struct civil c;
			int minute;

			if (zone[i] == NULL)
				continue;
			zone_local(zone[i], at, &c);
			minute = c.hour * 60 + c.minute;
			if (minute < from_minute || minute >= until_minute) {
				const struct day day = zone_day(zone[i], at);
				struct civil to;

				day_civil(day_add(day, minute >= until_minute ? 1 : 0), &to);
				to.hour = (uint8_t)(from_minute / 60);
				to.minute = 0;
				to.second = 0;
				at = zone_instant(zone[i], &to);
			}
		}
		if (at == before)
			break;
	}
	return at;
}

size_t
region_zones(struct str country, struct str region, const char *out[ZONES_OF_READER])
{
	static const struct {
		const char *region, *zone[ZONES_OF_READER];
	} known[] = {
		{"AL", {"America/Chicago"}}, {"AK", {"America/Anchorage", "America/Adak"}}, {"AZ", {"America/Phoenix"}},
		{"AR", {"America/Chicago"}}, {"CA", {"America/Los_Angeles"}}, {"CO", {"America/Denver"}},
		{"CT", {"America/New_York"}}, {"DE", {"America/New_York"}}, {"DC", {"America/New_York"}},
		{"FL", {"America/New_York", "America/Chicago"}}, {"GA", {"America/New_York"}}, {"HI", {"Pacific/Honolulu"}},
		{"ID", {"America/Boise", "America/Los_Angeles"}}, {"IL", {"America/Chicago"}},
		{"IN", {"America/Indiana/Indianapolis", "America/Chicago"}}, {"IA", {"America/Chicago"}},
		{"KS", {"America/Chicago", "America/Denver"}}, {"KY", {"America/New_York", "America/Chicago"}},
		{"LA", {"America/Chicago"}}, {"ME", {"America/New_York"}}, {"MD", {"America/New_York"}},
		{"MA", {"America/New_York"}}, {"MI", {"America/Detroit", "America/Chicago"}}, {"MN", {"America/Chicago"}},
		{"MS", {"America/Chicago"}}, {"MO", {"America/Chicago"}}, {"MT", {"America/Denver"}},
		{"NE", {"America/Chicago", "America/Denver"}}, {"NV", {"America/Los_Angeles", "America/Denver"}},
		{"NH", {"America/New_York"}}, {"NJ", {"America/New_York"}}, {"NM", {"America/Denver"}},
		{"NY", {"America/New_York"}}, {"NC", {"America/New_York"}}, {"ND", {"America/Chicago", "America/Denver"}},
		{"OH", {"America/New_York"}}, {"OK", {"America/Chicago"}}, {"OR", {"America/Los_Angeles", "America/Boise"}},
		{"PA", {"America/New_York"}}, {"PR", {"America/Puerto_Rico"}}, {"RI", {"America/New_York"}},
		{"SC", {"America/New_York"}}, {"SD", {"America/Chicago", "America/Denver"}},
		{"TN", {"America/Chicago", "America/New_York"}}, {"TX", {"America/Chicago", "America/Denver"}},
		{"UT", {"America/Denver"}}, {"VT", {"America/New_York"}}, {"VA", {"America/New_York"}},
		{"WA", {"America/Los_Angeles"}}, {"WV", {"America/New_York"}}, {"WI", {"America/Chicago"}},
		{"WY", {"America/Denver"}},
	};
	size_t n = 0;

	if (!str_eq_nocase(country, STR("US")))
		return 0;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq_nocase(region, str_of(known[i].region)))
			while (n < ZONES_OF_READER && known[i].zone[n] != NULL) {
				out[n] = known[i].zone[n];
				n++;
			}
	return n;
}

/* Toll fraud goes to numbers that pay whoever owns them: islands with the dialling code +1 are the usual ones. */
bool
number_known(struct str number)
{
	static const char *const islands[] = {"242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721",
		"758", "767", "784", "809", "829", "849", "868", "869", "876", "900"};

	if (str_starts(number, STR("+52")) || str_starts(number, STR("+34")))
		return true;
	if (!str_starts(number, STR("+1")) || number.n != 12)
		return false;
	for (size_t i = 0; i < sizeof(islands) / sizeof(*islands); i++)
		if (str_eq(str_sub(number, 2, 3), str_of(islands[i])))
			return false;
	return true;
}
