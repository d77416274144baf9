/*
 * domain/water/history.c -- medians of a pool's own past, a straight line, and five reasons to
 * doubt.
 */
#include "domain/water/history.h"

#include <assert.h>

#include "domain/water/maths.h"

const char *const forecast_method_names[] = {"none", "decay", "level", NULL};
const char *const doubt_names[] = {
    "copied", "constant", "impossible", "no_effect", "too_fast", NULL};
const char *const test_kit_names[] = {"", "drops", "strips", "meter", NULL};

static_assert(sizeof(doubt_names) / sizeof(char *) == DOUBTS + 1, "each has its name");

#define DAY_S          86400.0
#define INTERVAL_MOST  45
#define INTERVAL_LEAST 0.5
#define FC_FLOOR       0.2 /* below what a kit tells from nothing, a loss cannot be measured */

static struct forecast decay(const struct past *past, size_t n, int64_t at);
static struct forecast level(const struct past *past, size_t n);
static void sort(double *v, size_t n);
static double quantile(const double *sorted, size_t n, double share);
static double number(const struct past *p, enum measure m);
static bool exact(const struct past *p, enum measure m);
static size_t since_replaced(const struct past *past, size_t n, enum measure m);
static bool copied(const struct water *a, const struct water *b);
static bool constant(const struct past *now, const struct past *past, size_t n);
static bool same(const struct level *a, const struct level *b);
static bool impossible(const struct past *now, const struct past *past, size_t n);
static bool no_effect(const struct past *now, const struct past *last);

void
water_known(const struct past *past, size_t n, struct water *out, int64_t at[MEASURES])
{
	*out = (struct water){0};
	for (enum measure m = 0; m < MEASURES; m++)
		at[m] = 0;
	for (size_t i = n; i > 0; i--)
		for (enum measure m = 1; m < MEASURES; m++) {
			const struct past *p = &past[i - 1];

			if (at[m] != 0 || !p->water.of[m].is)
				continue;
			at[m] = p->at;
			if (i == n || past[n - 1].at - p->at <= measure_facts(m)->keeps_days * (int64_t)86400)
				out->of[m] = p->water.of[m];
		}
	water_fill(out);
}

struct forecast
fc_forecast(const struct past *past, size_t n, enum pool_sanitiser s, int64_t at)
{
	return s == SANITISER_SALT ? level(past, n) : decay(past, n, at);
}

static struct forecast
decay(const struct past *past, size_t n, int64_t at)
{
	double rate[FORECAST_PAST];
	size_t found = 0;
	const struct past *last = NULL;

	for (size_t i = n; i > 0; i--) {
		const struct past *p = &past[i - 1];

		if (!p->water.of[MEASURE_FC].is)
			continue;
		if (last == NULL && at <= p->at)
			return (struct forecast){0};
		/* Whoever stands before `last` was found newer: the interval from p to it. Beyond the kit is
		 * no number, and says nothing. */
		if (last != NULL && found < FORECAST_PAST && exact(p, MEASURE_FC) && exact(last, MEASURE_FC)) {
			double days = (double)(last->at - p->at) / DAY_S,
			       from = number(p, MEASURE_FC) + p->given.fc;
			double to = number(last, MEASURE_FC);

			if (days >= INTERVAL_LEAST && days <= INTERVAL_MOST && from > FC_FLOOR)
				rate[found++] =
				    water_log10(from / (to > FC_FLOOR ? to : FC_FLOOR)) / days;
		}
		last = p;
	}
	if (found < FORECAST_INTERVALS)
		return (struct forecast){0};
	sort(rate, found);
	for (size_t i = n; i > 0; i--) {
		const struct past *p = &past[i - 1];

		if (!p->water.of[MEASURE_FC].is)
			continue;
		if (!exact(p, MEASURE_FC))
			return (struct forecast){0};
		double days = (double)(at - p->at) / DAY_S,
		       start = number(p, MEASURE_FC) + p->given.fc;
		const double share[] = {0.5, 0.9, 0.1};
		int32_t out[3];

		if (days > INTERVAL_MOST || days < 0)
			return (struct forecast){0};
		for (int k = 0; k < 3; k++) {
			double lost = quantile(rate, found, share[k]);

			out[k] = (int32_t)water_round(
			    start * water_exp10(-(lost > 0 ? lost : 0) * days) * 100);
		}
		return (struct forecast){FORECAST_DECAY, (uint32_t)found, out[0], out[1], out[2]};
	}
	return (struct forecast){0};
}

static struct forecast
level(const struct past *past, size_t n)
{
	double value[FORECAST_PAST];
	size_t found = 0;

	for (size_t i = n; i > 0 && found < FORECAST_PAST; i--)
		if (exact(&past[i - 1], MEASURE_FC))
			value[found++] = number(&past[i - 1], MEASURE_FC);
	if (found < FORECAST_INTERVALS + 1)
		return (struct forecast){0};
	sort(value, found);
	return (struct forecast){FORECAST_LEVEL, (uint32_t)found,
	    (int32_t)water_round(quantile(value, found, 0.5) * 100),
	    (int32_t)water_round(quantile(value, found, 0.1) * 100),
	    (int32_t)water_round(quantile(value, found, 0.9) * 100)};
}

static void
sort(double *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k - 1] > v[k]; k--) {
			double swap = v[k];

			v[k] = v[k - 1];
			v[k - 1] = swap;
		}
}

/* With straight lines between the sorted values. */
static double
quantile(const double *sorted, size_t n, double share)
{
	double place = share * (double)(n - 1);
	size_t i = (size_t)place;

	return i + 1 >= n ? sorted[n - 1]
			  : sorted[i] + (sorted[i + 1] - sorted[i]) * (place - (double)i);
}

static double
number(const struct past *p, enum measure m)
{
	return (double)p->water.of[m].x100 / 100;
}

static bool
exact(const struct past *p, enum measure m)
{
	return p->water.of[m].is && p->water.of[m].how == HOW_EXACT;
}

struct due_drain
drain_due(const struct past *past, size_t n, enum measure m, int32_t limit, int64_t now)
{
	double count = 0, days = 0, values = 0, squares = 0, products = 0, rest = 0;
	size_t first = since_replaced(past, n, m);
	int64_t oldest = 0, newest = 0;

	for (size_t i = first; i < n; i++) {
		if (!past[i].water.of[m].is || past[i].water.of[m].how != HOW_EXACT)
			continue;
		if (count == 0)
			oldest = past[i].at;
		newest = past[i].at;
		double x = (double)(past[i].at - now) / DAY_S, y = number(&past[i], m);
		count = count + 1;
		days = days + x;
		values = values + y;
		squares = squares + x * x;
		products = products + x * y;
	}
	if (count < DRAIN_READINGS || (double)(newest - oldest) / DAY_S < DRAIN_DAYS)
		return (struct due_drain){0};
	double spread = squares - days * days / count;
	double slope = (products - days * values / count) / spread,
	       start = (values - slope * days) / count;
	for (size_t i = first; i < n; i++) {
		if (!past[i].water.of[m].is || past[i].water.of[m].how != HOW_EXACT)
			continue;
		double off =
		    number(&past[i], m) - (start + slope * (double)(past[i].at - now) / DAY_S);

		rest = rest + off * off;
	}
	/* What is rounded to a step is off by its twelfth, squared. */
	double rounding = count * DRAIN_STEP * DRAIN_STEP / 12.0;
	/* 80 % of a normal error lies within 1.2816 of its standard deviation. */
	double variance = (rest > rounding ? rest : rounding) / (count - 2) / spread;
	double error = 1.2816 * water_exp10(water_log10(variance) / 2), missing = (double)limit / 100 - start;
	if (slope - error <= 0 || missing / slope > DRAIN_HORIZON_DAYS)
		return (struct due_drain){0};
	missing = missing > 0 ? missing : 0;
	double latest = missing / (slope - error);
	return (struct due_drain){true, m, (uint32_t)count,
	    (int32_t)water_round(slope * 365.25 * 100), now + (int64_t)(missing / slope * DAY_S),
	    now + (int64_t)(missing / (slope + error) * DAY_S),
	    now + (int64_t)((latest > DRAIN_HORIZON_DAYS ? DRAIN_HORIZON_DAYS : latest) * DAY_S)};
}

static size_t
since_replaced(const struct past *past, size_t n, enum measure m)
{
	int32_t last = -1;
	size_t first = 0;

	for (size_t i = 0; i < n; i++) {
		if (past[i].replaced)
			first = i + 1;
		if (!past[i].water.of[m].is)
			continue;
		if (last > 0 && past[i].water.of[m].x100 < last - last / 4)
			first = i;
		last = past[i].water.of[m].x100;
	}
	return first;
}

uint64_t
doubts_of(const struct past *now, const struct past *past, size_t n, enum test_kit kit)
{
	const struct past *last = n > 0 ? &past[n - 1] : NULL;
	uint64_t d = 0;

	if (last != NULL && copied(&now->water, &last->water))
		d |= UINT64_C(1) << DOUBT_COPIED;
	if (constant(now, past, n))
		d |= UINT64_C(1) << DOUBT_CONSTANT;
	if (impossible(now, past, n))
		d |= UINT64_C(1) << DOUBT_IMPOSSIBLE;
	if (last != NULL && no_effect(now, last))
		d |= UINT64_C(1) << DOUBT_NO_EFFECT;
	if (now->took_s > 0 && now->took_s < tests_take_s(&now->water, kit))
		d |= UINT64_C(1) << DOUBT_TOO_FAST;
	return d;
}

/* Four values or more that both have, and all of them the same. */
static bool
copied(const struct water *a, const struct water *b)
{
	int both = 0;

	for (enum measure m = 1; m < MEASURES; m++) {
		if (!a->of[m].is)
			continue;
		if (!same(&a->of[m], &b->of[m]))
			return false;
		both++;
	}
	return both >= 4;
}

static bool
constant(const struct past *now, const struct past *past, size_t n)
{
	if (n < 3 || !now->water.of[MEASURE_FC].is || !now->water.of[MEASURE_PH].is)
		return false;
	for (size_t i = n - 3; i < n; i++)
		if (!same(&now->water.of[MEASURE_FC], &past[i].water.of[MEASURE_FC]) ||
		    !same(&now->water.of[MEASURE_PH], &past[i].water.of[MEASURE_PH]))
			return false;
	return true;
}

static bool
same(const struct level *a, const struct level *b)
{
	return a->is && b->is && a->x100 == b->x100 && a->how == b->how;
}

/* Stabiliser and hardness leave with water only: in two months they do not fall by 40 ppm, or 100,
 * and by a third. */
static bool
impossible(const struct past *now, const struct past *past, size_t n)
{
	static const struct {
		enum measure measure;
		int32_t fall;
	} stays[] = {{MEASURE_CYA, 4000}, {MEASURE_CH, 10000}};
	const struct level *fc = &now->water.of[MEASURE_FC], *tc = &now->water.of[MEASURE_TC];

	if (fc->is && tc->is && fc->how == HOW_EXACT && tc->how == HOW_EXACT && tc->x100 < fc->x100)
		return true;
	for (size_t s = 0; s < sizeof(stays) / sizeof(*stays); s++) {
		const struct level *is = &now->water.of[stays[s].measure];

		if (!is->is || is->how != HOW_EXACT)
			continue;
		for (size_t i = n; i > 0 && !past[i - 1].replaced; i--) {
			const struct level *was = &past[i - 1].water.of[stays[s].measure];

			if ((double)(now->at - past[i - 1].at) / DAY_S > 60)
				break;
			if (!was->is || was->how != HOW_EXACT)
				continue;
			if (was->x100 - is->x100 >= stays[s].fall &&
			    (was->x100 - is->x100) * 3 >= was->x100)
				return true;
			break;
		}
	}
	return false;
}

static bool
no_effect(const struct past *now, const struct past *last)
{
	const struct level *is = &now->water.of[MEASURE_FC], *was = &last->water.of[MEASURE_FC];
	int32_t off = is->x100 - was->x100;

	return is->is && was->is && last->given.fc >= 5 &&
	       (double)(now->at - last->at) / DAY_S <= 1 && off <= 20 && off >= -20;
}

/* Half of what a practised hand takes: an estimate of this house, to be quiet rather than wrong. */
uint32_t
tests_take_s(const struct water *w, enum test_kit kit)
{
	static const uint32_t drops[MEASURES] = {[MEASURE_FC] = 15,
	    [MEASURE_CC] = 10,
	    [MEASURE_TC] = 10,
	    [MEASURE_PH] = 8,
	    [MEASURE_BROMINE] = 15,
	    [MEASURE_TA] = 15,
	    [MEASURE_CH] = 20,
	    [MEASURE_CYA] = 30,
	    [MEASURE_SALT] = 5,
	    [MEASURE_PHOSPHATE] = 30};
	uint32_t sum = 0;
	bool any = false;

	for (enum measure m = 1; m < MEASURES; m++)
		if (w->of[m].is && drops[m] > 0) {
			any = true;
			sum += drops[m];
		}
	if (!any || kit == KIT_DROPS)
		return sum;
	return kit == KIT_STRIPS ? 10 : 30;
}
