#include "domain/dispatch/booking.h"

#define LETTERS_MAX 16 /* of a postcode */

static size_t plain(struct str s, char out[LETTERS_MAX + 1]);
static bool letter(char c);

const char *const booking_confirm_names[] = {"at_once", "by_office", NULL};

enum err
booking_rules_check(const struct booking_rules *r, struct fault *f)
{
	struct str rest = r->postcodes;

	while (rest.n > 0) {
		struct str one = str_trim(str_cut(rest, ',', &rest));

		if (one.n > 1 && one.p[one.n - 1] == '*')
			one.n--;
		for (size_t i = 0; i < one.n; i++)
			if (!letter(one.p[i]) && one.p[i] != ' ' && one.p[i] != '-')
				return fail(f, E_INVALID, "postcodes",
				    "Postcodes are letters and digits with commas between them; "
				    "958* means all that begin so.");
		if (one.n > LETTERS_MAX)
			return fail(f, E_INVALID, "postcodes",
			    "Postcodes are letters and digits with commas between them; 958* means "
			    "all that begin so.");
	}
	return OK;
}

bool
booking_serves(const struct booking_rules *r, struct str postcode)
{
	char asked[LETTERS_MAX + 1], listed[LETTERS_MAX + 1];
	const size_t n = plain(postcode, asked);
	struct str rest = r->postcodes;
	bool any = false;

	while (rest.n > 0) {
		struct str one = str_trim(str_cut(rest, ',', &rest));
		const bool open = one.n > 0 && one.p[one.n - 1] == '*';
		const size_t k = plain(one, listed);

		if (k == 0)
			continue;
		any = true;
		/* "95814-1234" is in 95814: what follows a whole postcode of five digits is the
		 * part of a street. */
		if (memcmp(listed, asked, k < n ? k : n) == 0 &&
		    (open ? n >= k : n == k || (k == 5 && n == 9)))
			return true;
	}
	return !any;
}

bool
booking_near(const struct booking_rules *r, struct maybe_i64 metres)
{
	return r->within_km == 0 || !metres.is || metres.v <= (int64_t)r->within_km * 1000;
}

size_t
booking_windows(const struct booking_rules *r, int32_t from_s, int32_t to_s, int32_t earliest_s,
    struct booking_window *out)
{
	size_t n = 0;

	for (uint32_t m = 0; m + r->window_minutes <= 1440 && n < BOOKING_WINDOWS_MAX;
	     m += r->window_minutes) {
		const int32_t begins = (int32_t)m * 60,
			      ends = begins + (int32_t)r->window_minutes * 60;

		if (ends > from_s && begins < to_s && begins >= earliest_s)
			out[n++] = (struct booking_window){m, m + r->window_minutes};
	}
	return n;
}

bool
booking_kept(const struct booking_rules *r, const struct lane *l, const struct booking_window *x,
    const struct lane_offer *o)
{
	return o->late_s <= 0 && o->overtime_s <= 0 && o->begin_s >= (int32_t)x->from_minute * 60 &&
	       o->begin_s <= (int32_t)x->to_minute * 60 &&
	       o->ends_s + (int32_t)r->reserve_minutes * 60 <= l->to_s;
}

struct lane
booking_with(const struct lane *l, const struct lane_stop *fresh, const struct lane_offer *o,
    struct arena *a)
{
	struct lane_stop *stop = arena_array(a, struct lane_stop, l->stops + 1);
	struct lane out = *l;
	size_t n = 0;
	bool in = false;

	for (size_t i = 0; i < l->stops; i++) {
		if (l->stop[i].id == o->before_id && !in) {
			stop[n++] = *fresh;
			in = true;
		}
		stop[n++] = l->stop[i];
	}
	if (!in)
		stop[n++] = *fresh;
	out.stop = stop;
	out.stops = n;
	return out;
}

bool
booking_form_fresh(int64_t given_at, int64_t now)
{
	return now - given_at >= BOOKING_FORM_MIN_S && now - given_at <= BOOKING_FORM_MAX_S;
}

bool
booking_may_change(
    const struct booking_rules *r, enum visit_state state, int64_t begins_at, int64_t now)
{
	return state == VISIT_SCHEDULED && begins_at - now >= (int64_t)r->change_hours * 3600;
}

/* Letters and digits alone, capitals; as much as a postcode has. */
static size_t
plain(struct str s, char out[LETTERS_MAX + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < LETTERS_MAX; i++)
		if (letter(s.p[i]))
			out[n++] = (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 32 : s.p[i]);
	out[n] = '\0';
	return n;
}

static bool
letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
