/*
 * domain/visits/due.c -- the windows of an agreement's terms, and the days in each.
 */
#include "domain/visits/due.h"

static void due_since_done(const struct agreement *g, const struct term *t, size_t n, const struct due_past *past,
    struct day from, struct day to, struct due *out, size_t *out_n);
static int32_t ends(const struct agreement *g, const struct term *t, size_t n, size_t i, struct day to);
static int32_t later(struct day a, struct day b);

enum err
due_days(const struct agreement *g, const struct term *t, size_t n, const struct due_past *past, struct day from,
    struct day to, struct due *out, size_t *out_n, struct fault *f)
{
	struct day found[RULE_WINDOW_DAYS];
	size_t made = 0, k;

	*out_n = 0;
	if (g->repeats == REPEATS_SINCE_DONE) {
		due_since_done(g, t, n, past, from, to, out, out_n);
		return OK;
	}
	if (g->repeats != REPEATS_CALENDAR)
		return OK;
	for (size_t i = 0; i < n; i++) {
		struct day first = {later(t[i].from_day, (struct day){later(from, g->starts_day)})};
		struct day last = {ends(g, t, n, i, to)};

		if (t[i].kind != TERM_WORKS || first.n > last.n)
			continue;
		TRY(rule_days(t[i].rule, t[i].anchor_day, first, last, found, &k, f));
		for (size_t j = 0; j < k && made < RULE_WINDOW_DAYS; j++)
			if (!terms_held(t, n, found[j]))
				out[made++] = (struct due){found[j], i};
	}
	*out_n = made;
	return OK;
}

enum err
term_moved(const struct agreement *g, const struct term *t, size_t n, struct day occurs, struct day day,
    struct arena *a, struct term *out, struct fault *f)
{
	const size_t at = terms_at(t, n, occurs);

	if (at == n)
		return fail(f, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	*out = t[at];
	out->from_day = day.n < occurs.n ? day : occurs;
	out->held = false;
	out->until_day = (struct maybe_day){0};
	if (day.n == occurs.n || g->repeats != REPEATS_CALENDAR)
		return OK;
	return rule_move(t[at].rule, occurs, day, a, &out->rule, &out->anchor_day, f);
}

bool
term_gives_way(const struct term *t, const struct term *moved, struct day occurs)
{
	return t->kind == TERM_WORKS && t->from_day.n > moved->from_day.n && t->from_day.n <= occurs.n;
}

struct day
due_wanted(const struct agreement *g, const struct term *t, size_t n, const struct due *due, size_t due_n, struct day d,
    uint32_t not_days)
{
	struct day shared = d;

	for (int32_t k = 0; k < 7; k++) {
		const struct day other = day_add(d, k);
		bool taken = false;

		if ((not_days >> day_weekday(other) & 1) != 0 || !agreement_runs(g, other) || terms_held(t, n, other))
			continue;
		for (size_t i = 0; k > 0 && i < due_n; i++)
			taken = taken || due[i].day.n == other.n;
		if (!taken)
			return other;
		shared = shared.n == d.n ? other : shared;
	}
	return shared;
}

static void
due_since_done(const struct agreement *g, const struct term *t, size_t n, const struct due_past *past,
    struct day from, struct day to, struct due *out, size_t *out_n)
{
	struct day d = g->starts_day;
	size_t at;

	if (past->open)
		return;
	if (past->done.is) {
		at = terms_at(t, n, past->done.v);
		if (at == n)
			at = terms_at(t, n, to);
		if (at == n)
			return;
		d = day_add(past->done.v, (int32_t)t[at].every_days);
	}
	/* Overdue is due now; what falls into a hold waits for its end. */
	d = (struct day){later(d, from)};
	if (!terms_free(t, n, d, &d) || d.n > to.n || !agreement_runs(g, d) || (at = terms_at(t, n, d)) == n)
		return;
	out[0] = (struct due){d, at};
	*out_n = 1;
}

/* The last day of the i-th term: before the next one that works, the agreement's end, the window's. */
static int32_t
ends(const struct agreement *g, const struct term *t, size_t n, size_t i, struct day to)
{
	int32_t last = to.n;

	if (g->ends_day.is && g->ends_day.v.n < last)
		last = g->ends_day.v.n;
	for (size_t k = i + 1; k < n; k++)
		if (t[k].kind == TERM_WORKS) {
			if (t[k].from_day.n - 1 < last)
				last = t[k].from_day.n - 1;
			break;
		}
	return last;
}

static int32_t
later(struct day a, struct day b)
{
	return a.n > b.n ? a.n : b.n;
}
