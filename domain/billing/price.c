/*
 * domain/billing/price.c -- from terms, visits and doses to charges.
 */
#include "domain/billing/price.h"

#include <assert.h>
#include <stdio.h>

const char *const charge_kind_names[] = {"", "month", "stop", "skip", "dose", "part", "labour", "item", "fee",
    "discount", "deposit", NULL};
const char *const proration_names[] = {"none", "days", "stops", NULL};
static_assert(sizeof(charge_kind_names) / sizeof(char *) == CHARGE_KINDS + 1, "each has its name");
static_assert(sizeof(proration_names) / sizeof(char *) == PRORATIONS + 1, "each has its name");

static struct day month_day(int32_t year, unsigned month, unsigned mday);
static bool served(const struct agreement *g, const struct term *t, size_t n, size_t term, struct day d);
static uint32_t days_served(const struct agreement *g, const struct term *t, size_t n, size_t term, struct period p);
static uint32_t stops_served(const struct agreement *g, const struct term *t, size_t n, size_t term,
    const struct day *stop, size_t sn);
static enum err share(int64_t rate, uint32_t part, uint32_t of, int64_t *out, struct fault *f);
static enum err month_cents(struct charge *c, const struct charge *before, size_t n, struct fault *f);
static void month_key(struct charge *c, struct period p);
static bool gives_back(enum stop_outcome o, const struct price_policy *policy);

struct period
period_of(struct day d, unsigned first_mday)
{
	struct civil c;
	struct day from, next;

	day_civil(d, &c);
	from = month_day(c.year, c.month, first_mday);
	if (from.n > d.n)
		from = c.month == 1 ? month_day(c.year - 1, 12, first_mday) : month_day(c.year, c.month - 1u, first_mday);
	day_civil(from, &c);
	next = c.month == 12 ? month_day(c.year + 1, 1, first_mday) : month_day(c.year, c.month + 1u, first_mday);
	return (struct period){from, day_add(next, -1)};
}

struct period
period_next(struct period p, unsigned first_mday)
{
	return period_of(day_add(p.to, 1), first_mday);
}

enum err
price_months(const struct agreement *g, const struct term *t, size_t n, struct period p,
    const struct price_policy *policy, const struct day *stop, size_t sn, const uint32_t *all, struct arena *a,
    struct charge **charge, size_t *charge_n, struct fault *f)
{
	const uint32_t days = (uint32_t)(p.to.n - p.from.n + 1);

	*charge = arena_array(a, struct charge, n > 0 ? n : 1);
	*charge_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct charge c = {.kind = CHARGE_MONTH, .agreement_id = g->id, .from_day = p.from, .to_day = p.to,
		    .term_day = t[i].from_day, .part = days_served(g, t, n, i, p), .of = days,
		    .rate_cents = t[i].rate_cents};

		if (t[i].kind != TERM_WORKS || t[i].rate_kind != RATE_MONTH || c.part == 0)
			continue;
		if (policy->proration == PRORATE_NONE)
			c.part = c.of = 1;
		if (policy->proration == PRORATE_STOPS) {
			c.part = stops_served(g, t, n, i, stop, sn);
			/* A rule that wants nothing in a whole period (a season's end) is not divided by it. */
			c.of = all[i] > c.part ? all[i] : c.part;
			if (c.part == 0)
				continue;
		}
		TRY(month_cents(&c, *charge, *charge_n, f));
		month_key(&c, p);
		(*charge)[(*charge_n)++] = c;
		if (policy->proration == PRORATE_NONE)
			break;
	}
	return OK;
}

enum err
price_stop(const struct stop_fact *s, const struct price_policy *policy, bool *is, struct charge *out,
    struct fault *f)
{
	struct charge c = {.agreement_id = s->agreement_id, .visit_id = s->visit_id, .from_day = s->day,
	    .to_day = s->day, .part = 1, .of = 1};

	*is = false;
	if (s->term == NULL)
		return OK;
	c.term_day = s->term->from_day;
	c.rate_cents = s->term->rate_cents;
	if (s->term->rate_kind == RATE_STOP && s->outcome == STOP_DONE) {
		c.kind = CHARGE_STOP;
		c.cents = c.rate_cents;
	} else if (s->term->rate_kind == RATE_STOP && s->outcome == STOP_NO_ACCESS && policy->no_access_ppm > 0) {
		c.kind = CHARGE_STOP;
		TRY(cents_share(c.rate_cents, policy->no_access_ppm, &c.cents, f));
	} else if (s->term->rate_kind == RATE_MONTH && s->term->skip_policy == SKIP_CREDITED &&
	    gives_back(s->outcome, policy)) {
		c.kind = CHARGE_SKIP;
		c.of = s->stops_in_period;
		TRY(share(c.rate_cents, 1, c.of, &c.cents, f));
		c.cents = -c.cents;
	}
	*is = c.cents != 0;
	snprintf(c.key, sizeof(c.key), "%s:%llu", c.kind == CHARGE_SKIP ? "skip" : "stop", (unsigned long long)s->visit_id);
	if (*is)
		*out = c;
	return OK;
}

static bool
gives_back(enum stop_outcome o, const struct price_policy *policy)
{
	return o == STOP_SKIPPED_BY_US || (o == STOP_SKIPPED_BY_CUSTOMER && policy->credit_customer) ||
	    (o == STOP_HOLIDAY && policy->credit_holiday);
}

enum stop_outcome
price_skip(struct str reason, struct str customer, struct str holiday)
{
	if (price_lists(holiday, reason))
		return STOP_HOLIDAY;
	return price_lists(customer, reason) ? STOP_SKIPPED_BY_CUSTOMER : STOP_SKIPPED_BY_US;
}

bool
price_lists(struct str reasons, struct str reason)
{
	while (reasons.n > 0) {
		struct str rest, one = str_trim(str_cut(reasons, ',', &rest));

		if (one.n > 0 && str_eq_nocase(one, str_trim(reason)))
			return true;
		reasons = rest;
	}
	return false;
}

enum err
price_quantity(int64_t unit_cents, int64_t quantity_milli, int64_t *cents, struct fault *f)
{
	__int128 product = (__int128)unit_cents * quantity_milli;

	product = (product + (product < 0 ? -500 : 500)) / 1000;
	if (product > CENTS_MAX || product < -CENTS_MAX)
		return fail(f, E_INVALID, "amount", "This amount is too large.");
	*cents = (int64_t)product;
	return OK;
}

/* The wished day of that month, or its last. */
static struct day
month_day(int32_t year, unsigned month, unsigned mday)
{
	struct day d = {0};

	while (!day_of(year, month, mday, &d) && mday > 28)
		mday--;
	return d;
}

/* Does that term work on that day, and is nobody on holiday? */
static bool
served(const struct agreement *g, const struct term *t, size_t n, size_t term, struct day d)
{
	return agreement_runs(g, d) && terms_at(t, n, d) == term && !terms_held(t, n, d);
}

static uint32_t
days_served(const struct agreement *g, const struct term *t, size_t n, size_t term, struct period p)
{
	uint32_t days = 0;

	for (struct day d = p.from; d.n <= p.to.n; d.n++)
		days += served(g, t, n, term, d);
	return days;
}

static uint32_t
stops_served(const struct agreement *g, const struct term *t, size_t n, size_t term, const struct day *stop,
    size_t sn)
{
	uint32_t stops = 0;

	for (size_t i = 0; i < sn; i++)
		stops += served(g, t, n, term, stop[i]);
	return stops;
}

/* rate * part / of, half away from zero */
static enum err
share(int64_t rate, uint32_t part, uint32_t of, int64_t *out, struct fault *f)
{
	__int128 product = (__int128)rate * part, half = of / 2;

	assert(of > 0);
	return cents_add((int64_t)((product + (product < 0 ? -half : half)) / of), 0, out, f);
}

/*
 * Terms that follow one another at the same rate (another technician, another weekday) must not cost a cent
 * more together than one would: each takes the share up to its end less the share up to its beginning.
 */
static enum err
month_cents(struct charge *c, const struct charge *before, size_t n, struct fault *f)
{
	uint32_t start = 0;
	int64_t to_start, to_end;

	for (size_t i = 0; i < n; i++)
		if (before[i].rate_cents == c->rate_cents && before[i].of == c->of)
			start += before[i].part;
	TRY(share(c->rate_cents, start, c->of, &to_start, f));
	TRY(share(c->rate_cents, start + c->part, c->of, &to_end, f));
	c->cents = to_end - to_start;
	return OK;
}

/* The rate's own day is part of the key: a change of rate in mid-period makes two charges, each once. */
static void
month_key(struct charge *c, struct period p)
{
	char from[DAY_LETTERS + 1], term[DAY_LETTERS + 1];

	day_write(p.from, from);
	day_write(c->term_day, term);
	snprintf(c->key, sizeof(c->key), "month:%llu:%s:%s", (unsigned long long)c->agreement_id, from, term);
}
