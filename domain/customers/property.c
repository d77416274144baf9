/*
 * domain/customers/property.c -- where a property lies and what its people wish.
 */
#include "domain/customers/property.h"

#include "domain/customers/gram.h"

#include <assert.h>

#define ALL_DAYS 0x7fu

const char *const place_source_names[] = {"none", "given", "geocoded", "pinned", "nowhere", NULL};
const char *const code_kind_names[] = {"", "gate", "lockbox", "alarm", "note", NULL};

static_assert(sizeof(place_source_names) / sizeof(char *) == PLACE_SOURCES + 1, "each has its name");
static_assert(sizeof(code_kind_names) / sizeof(char *) == CODE_KINDS + 1, "each has its name");

static bool same(struct maybe_i64 a, struct maybe_i64 b);
static bool never(const struct wishes *x, uint64_t tech_id);

enum err
place_after(const struct location *was, struct maybe_i64 lat_e6, struct maybe_i64 lng_e6, bool moved, struct location *out,
    struct fault *f)
{
	/* Who opened the page before the geocoder answered sends no place; that takes nothing away. */
	bool unseen = !lat_e6.is && was->source == PLACE_GEOCODED;
	bool kept = unseen || (same(was->lat_e6, lat_e6) && same(was->lng_e6, lng_e6));

	if (lat_e6.is != lng_e6.is)
		return fail(f, E_INVALID, "lat_e6", "A place needs both its coordinates.");
	if (!kept && lat_e6.is)
		*out = (struct location){lat_e6, lng_e6, PLACE_PINNED, 100};
	else if (!kept || (moved && was->source != PLACE_PINNED))
		*out = (struct location){.source = PLACE_NONE};
	else
		*out = *was;
	return OK;
}

enum err
wishes_check(const struct wishes *x, struct fault *f)
{
	if ((x->like_days & x->not_days) != 0)
		return fail(f, E_INVALID, "not_days", "A day cannot be both liked and not wanted.");
	if ((x->not_days & ALL_DAYS) == ALL_DAYS)
		return fail(f, E_INVALID, "not_days", "At least one day of the week must remain.");
	if (x->from_minute.is && x->to_minute.is && x->to_minute.v <= x->from_minute.v)
		return fail(f, E_INVALID, "to_minute", "The time of day ends before it begins.");
	if (x->usual_tech_id.is && never(x, x->usual_tech_id.v))
		return fail(f, E_INVALID, "usual_tech_id", "This technician is also one who must never come.");
	if (x->same_tech && !x->usual_tech_id.is)
		return fail(f, E_INVALID, "same_tech", "Say which technician it should always be.");
	return OK;
}

static bool
same(struct maybe_i64 a, struct maybe_i64 b)
{
	return a.is == b.is && (!a.is || a.v == b.v);
}

static bool
never(const struct wishes *x, uint64_t tech_id)
{
	for (size_t i = 0; i < x->never_techs; i++)
		if (x->never_tech[i] == tech_id)
			return true;
	return false;
}

bool
wish_refuses(const struct str *word, size_t n, struct str product, struct str chemical, struct str also, struct arena *a)
{
	struct arena_mark mark = arena_mark(a);
	const struct str text[] = {text_fold(product, a), text_fold(chemical, a)};
	bool refuses = false;

	for (size_t i = 0; i < n && !refuses; i++) {
		struct str w = text_fold(word[i], a), rest = also;

		for (size_t k = 0; k < sizeof(text) / sizeof(*text) && w.n > 0; k++)
			for (size_t at = 0; at + w.n <= text[k].n; at++)
				refuses |= (at == 0 || text[k].p[at - 1] == ' ') && str_eq(str_sub(text[k], at, w.n), w);
		while (w.n > 0 && rest.n > 0 && !refuses)
			refuses = str_eq(str_cut(rest, ',', &rest), w);
	}
	arena_rewind(a, mark);
	return refuses;
}
