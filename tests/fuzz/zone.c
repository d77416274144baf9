/*
 * tests/fuzz/zone.c -- a time-zone file from anywhere: refused, or a zone whose every hour is
 * within a day of UTC and whose clock can be read both ways.
 */
#include "domain/base/day.h"
#include "tests/fuzz/fuzz.h"

static void
look(const struct zone *z, int64_t at_s)
{
	struct civil c;
	int64_t until = 0, back;
	int32_t offset = zone_offset_s(z, at_s, &until);

	MUST(offset > -86400 * 8 && offset < 86400 * 8);
	MUST(until > at_s);
	zone_local(z, at_s, &c);
	MUST(c.month >= 1 && c.month <= 12 && c.mday >= 1 && c.mday <= 31 && c.hour < 24 && c.minute < 60);
	/* The same reading of the clock: the first of two, or shifted over a gap; never further
	 * than a change. */
	back = zone_instant(z, &c);
	MUST(back <= at_s && at_s - back < 86400 * 16);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int64_t at_s[] = {-2208988800, 0, 86399, 1268000000, 1795300000, 2147483648, 4102444800,
	    32503680000};
	struct zone *z = NULL;
	struct fault f = {0};
	size_t i;

	if (zone_parse(STR("Test/Zone"), fuzz_text(data, size), fuzz_arena(), &z, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && z == NULL);
		return 0;
	}
	MUST(size <= ZONE_FILE_MAX);
	for (i = 0; i < sizeof(at_s) / sizeof(at_s[0]); i++)
		look(z, at_s[i]);
	return 0;
}
