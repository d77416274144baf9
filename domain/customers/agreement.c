/*
 * domain/customers/agreement.c -- which term holds on a day, and what may be changed from when.
 */
#include "domain/customers/agreement.h"

#include <assert.h>

const char *const repeats_names[] = {"", "calendar", "since_done", "checklist", NULL};
const char *const term_kind_names[] = {"", "works", "hold", NULL};
const char *const rate_kind_names[] = {"", "month", "stop", NULL};
const char *const skip_policy_names[] = {"billed", "credited", NULL};

static_assert(sizeof(repeats_names) / sizeof(char *) == REPEATS_KINDS + 1, "each has its name");
static_assert(sizeof(term_kind_names) / sizeof(char *) == TERM_KINDS + 1, "each has its name");
static_assert(sizeof(rate_kind_names) / sizeof(char *) == RATE_KINDS + 1, "each has its name");
static_assert(sizeof(skip_policy_names) / sizeof(char *) == SKIP_POLICIES + 1, "each has its name");

static bool covers(const struct term *t, struct day d);

size_t
terms_at(const struct term *t, size_t n, struct day d)
{
	size_t at = n;

	for (size_t i = 0; i < n && t[i].from_day.n <= d.n; i++)
		if (t[i].kind == TERM_WORKS)
			at = i;
	return at;
}

bool
terms_held(const struct term *t, size_t n, struct day d)
{
	for (size_t i = 0; i < n; i++)
		if (covers(&t[i], d))
			return true;
	return false;
}

bool
terms_free(const struct term *t, size_t n, struct day d, struct day *out)
{
	/* Each round leaves one hold behind, so there are at most n. */
	for (size_t i = 0; i < n; i++) {
		if (!covers(&t[i], d))
			continue;
		if (!t[i].until_day.is)
			return false;
		d = day_add(t[i].until_day.v, 1);
		i = (size_t)-1;
	}
	*out = d;
	return true;
}

bool
agreement_runs(const struct agreement *g, struct day d)
{
	return d.n >= g->starts_day.n && (!g->ends_day.is || d.n <= g->ends_day.v.n);
}

enum err
agreement_may_change(const struct agreement *g, size_t n, struct day from, struct day today, struct fault *f)
{
	if (g->closed_at.is)
		return fail(f, E_STALE, NULL, "This agreement has ended.");
	if (from.n < today.n)
		return fail(f, E_INVALID, "from_day", "What has been cannot be changed. Choose today or a later day.");
	if (!agreement_runs(g, from))
		return fail(f, E_INVALID, "from_day", "The agreement does not run on this day.");
	if (n >= TERMS_MAX)
		return fail(f, E_LIMIT, NULL, "This agreement has changed too often. End it and make a new one.");
	return OK;
}

struct term
term_with(const struct term *t, size_t n, const struct term *fresh)
{
	struct term out = *fresh;

	for (size_t i = 0; i < n; i++) {
		if (t[i].from_day.n != fresh->from_day.n)
			continue;
		if (fresh->kind == TERM_HOLD && t[i].kind == TERM_WORKS) {
			out = t[i];
			out.held = true;
			out.until_day = fresh->until_day;
		} else if (fresh->kind == TERM_WORKS) {
			out.held = t[i].held || t[i].kind == TERM_HOLD;
			out.until_day = out.held ? t[i].until_day : (struct maybe_day){0};
		}
	}
	return out;
}

bool
term_without(const struct term *row, enum term_kind gone, struct term *left)
{
	*left = *row;
	if (row->kind == TERM_HOLD || !row->held)
		return row->kind != gone;
	if (gone == TERM_WORKS) {
		*left = term_hold(row->from_day, row->until_day);
		return true;
	}
	left->held = false;
	left->until_day = (struct maybe_day){0};
	return true;
}

size_t
terms_apart(const struct term *t, size_t n, struct term *out)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		out[k++] = t[i];
		if (t[i].kind == TERM_HOLD || !t[i].held)
			continue;
		(void)term_without(&t[i], TERM_HOLD, &out[k - 1]);
		(void)term_without(&t[i], TERM_WORKS, &out[k]);
		out[k++].version = t[i].version;
	}
	return k;
}

struct term
term_hold(struct day from, struct maybe_day until)
{
	return (struct term){.from_day = from, .kind = TERM_HOLD, .until_day = until, .rule = STR(""), .anchor_day = from,
	    .rate_kind = RATE_STOP};
}

enum err
term_check(const struct term *t, enum repeats r, struct fault *f)
{
	if (t->kind == TERM_HOLD) {
		if (t->until_day.is && t->until_day.v.n < t->from_day.n)
			return fail(f, E_INVALID, "until_day", "The end is before the beginning.");
		return OK;
	}
	if (r == REPEATS_SINCE_DONE && (t->every_days < 1 || t->every_days > EVERY_DAYS_MAX))
		return fail(f, E_INVALID, "every_days", "Say after how many days it is due again.");
	if (r != REPEATS_SINCE_DONE && t->rule.n == 0)
		return fail(f, E_INVALID, "rule", "Say on which days it repeats.");
	if (t->from_minute.is && t->to_minute.is && t->from_minute.v >= t->to_minute.v)
		return fail(f, E_INVALID, "to_minute", "The end is before the beginning.");
	return OK;
}

enum err
agreement_may_end(const struct agreement *g, struct day last, struct day today, struct fault *f)
{
	if (g->closed_at.is)
		return fail(f, E_STALE, NULL, "This agreement has ended.");
	if (last.n < today.n - 1)
		return fail(f, E_INVALID, "ends_day", "What has been cannot be changed. Choose today or a later day.");
	if (last.n < g->starts_day.n - 1)
		return fail(f, E_INVALID, "ends_day", "The end is before the beginning.");
	return OK;
}

static bool
covers(const struct term *t, struct day d)
{
	return (t->kind == TERM_HOLD || t->held) && t->from_day.n <= d.n && (!t->until_day.is || d.n <= t->until_day.v.n);
}
