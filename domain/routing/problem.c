#include "domain/routing/problem.h"

static enum err check_matrix(const struct problem *p, struct fault *f);
static enum err check_stop(const struct problem *p, uint32_t i, struct fault *f);
static enum err check_windows(const struct stop *s, uint32_t i, struct fault *f);
static enum err check_patterns(const struct problem *p, uint32_t i, struct fault *f);
static enum err check_shift(const struct problem *p, uint32_t i, struct fault *f);
static enum err check_twin(const struct problem *p, uint32_t i, struct fault *f);
static enum err check_prices(const struct problem *p, struct fault *f);
static enum err check_length(const struct problem *p, struct fault *f);

enum err
problem_check(const struct problem *p, struct fault *f)
{
	TRY(check_matrix(p, f));
	if (p->stops > ROUTING_STOPS_MAX)
		return fail(
		    f, E_INVALID, "stop", "There are more than %u stops.", ROUTING_STOPS_MAX);
	if (p->shifts > ROUTING_SHIFTS_MAX)
		return fail(
		    f, E_INVALID, "shift", "There are more than %u shifts.", ROUTING_SHIFTS_MAX);
	if (p->days < 1 || p->days > ROUTING_DAYS_MAX)
		return fail(f, E_INVALID, "days", "A plan has 1 to %u days.", ROUTING_DAYS_MAX);
	TRY(check_prices(p, f));
	if (p->supply.place > p->matrix.places || p->supply.service_s < 0 ||
	    p->supply.service_s > ROUTING_SECONDS_MAX || p->supply.price < 0 ||
	    p->supply.price > ROUTING_PRICE_MAX)
		return fail(f, E_INVALID, "supply", "The supply house is out of bounds.");
	for (uint32_t i = 0; i < p->stops; i++)
		TRY(check_stop(p, i, f));
	for (uint32_t i = 0; i < p->shifts; i++)
		TRY(check_shift(p, i, f));
	return check_length(p, f);
}

static enum err
check_matrix(const struct problem *p, struct fault *f)
{
	size_t n = p->matrix.places;

	if (n > ROUTING_PLACES_MAX)
		return fail(
		    f, E_INVALID, "matrix", "There are more than %u places.", ROUTING_PLACES_MAX);
	for (size_t i = 0; i < n * n; i++)
		if (p->matrix.seconds[i] < 0 || p->matrix.seconds[i] > ROUTING_SECONDS_MAX ||
		    p->matrix.cost[i] < 0 || p->matrix.cost[i] > (1 << 30))
			return fail(
			    f, E_INVALID, "matrix", "A leg of the matrix is out of bounds.");
	return OK;
}

static enum err
check_stop(const struct problem *p, uint32_t i, struct fault *f)
{
	const struct stop *s = &p->stop[i];

	if (s->place >= p->matrix.places)
		return fail(f, E_INVALID, "stop", "Stop %u is at a place that does not exist.", i);
	if (s->service_s < 0 || s->service_s > ROUTING_SECONDS_MAX)
		return fail(
		    f, E_INVALID, "stop", "The service time of stop %u is out of bounds.", i);
	if (s->prize < 0 || s->load < 0)
		return fail(f, E_INVALID, "stop", "The prize or load of stop %u is below zero.", i);
	if (s->prize > ROUTING_PRIZE_MAX)
		return fail(
		    f, E_INVALID, "stop", "The prize of stop %u is too high to be counted.", i);
	for (int g = 0; g < ROUTING_GOODS; g++)
		if (s->goods[g] < 0 || s->goods[g] > ROUTING_LOAD_MAX)
			return fail(
			    f, E_INVALID, "stop", "The goods of stop %u are out of bounds.", i);
	if (s->promise.from_s < 0 || s->promise.to_s < s->promise.from_s)
		return fail(
		    f, E_INVALID, "stop", "The promised time of stop %u is out of bounds.", i);
	TRY(check_windows(s, i, f));
	TRY(check_twin(p, i, f));
	return check_patterns(p, i, f);
}

static enum err
check_twin(const struct problem *p, uint32_t i, struct fault *f)
{
	uint32_t other = p->stop[i].twin;

	if (other == 0)
		return OK;
	if (other > p->stops || other == i + 1 || p->stop[other - 1].twin != i + 1)
		return fail(f, E_INVALID, "stop", "The twin of stop %u is not its twin.", i);
	if (p->stop[i].patterns != p->stop[other - 1].patterns)
		return fail(
		    f, E_INVALID, "pattern", "Stop %u and its twin have other day patterns.", i);
	for (uint32_t n = 0; n < p->stop[i].patterns; n++)
		if (p->stop[i].pattern[n] != p->stop[other - 1].pattern[n])
			return fail(f, E_INVALID, "pattern",
			    "Stop %u and its twin have other day patterns.", i);
	return OK;
}

static enum err
check_price(int64_t price, int64_t max, struct fault *f)
{
	if (price < 0)
		return fail(f, E_INVALID, "prices", "A price is below zero.");
	if (price > max)
		return fail(f, E_INVALID, "prices", "A price is too high to be counted.");
	return OK;
}

static enum err
check_prices(const struct problem *p, struct fault *f)
{
	const struct prices *x = &p->price;
	const int64_t rate[] = {x->late_s, x->overtime_s, x->paid_s};
	const int64_t once[] = {x->other_tech, x->prefer, x->other_day, x->moved, x->mixed};

	for (size_t n = 0; n < sizeof(rate) / sizeof(*rate); n++)
		TRY(check_price(rate[n], ROUTING_RATE_MAX, f));
	for (size_t n = 0; n < sizeof(once) / sizeof(*once); n++)
		TRY(check_price(once[n], ROUTING_PRICE_MAX, f));
	TRY(check_price(x->overload, 1 << 30, f));
	TRY(check_price(x->uneven, 1 << 16, f));
	for (uint32_t t = 0; p->target_s != NULL && t < p->techs; t++)
		if (p->target_s[t] < 60 || p->target_s[t] > ROUTING_SECONDS_MAX)
			return fail(f, E_INVALID, "target",
			    "The fair time of technician %u is out of bounds.", t);
	return OK;
}

static enum err
check_windows(const struct stop *s, uint32_t i, struct fault *f)
{
	if (s->windows > ROUTING_WINDOWS_MAX)
		return fail(f, E_INVALID, "window", "Stop %u has too many time windows.", i);
	for (uint32_t w = 0; w < s->windows; w++)
		if (s->window[w].from_s < 0 || s->window[w].to_s < s->window[w].from_s ||
		    s->window[w].to_s > ROUTING_SECONDS_MAX)
			return fail(f, E_INVALID, "window",
			    "A time window of stop %u is out of bounds.", i);
	return OK;
}

static enum err
check_patterns(const struct problem *p, uint32_t i, struct fault *f)
{
	const struct stop *s = &p->stop[i];

	if (s->patterns > ROUTING_PATTERNS_MAX)
		return fail(f, E_INVALID, "pattern", "Stop %u has too many day patterns.", i);
	for (uint32_t n = 0; n < s->patterns; n++)
		if (s->pattern[n] == 0 || s->pattern[n] >> p->days != 0)
			return fail(f, E_INVALID, "pattern",
			    "A day pattern of stop %u is out of bounds.", i);
	return OK;
}

static enum err
check_shift(const struct problem *p, uint32_t i, struct fault *f)
{
	const struct shift *s = &p->shift[i];

	if (s->day >= p->days)
		return fail(f, E_INVALID, "shift", "Shift %u is on a day outside the plan.", i);
	if ((s->start != ROUTING_NOWHERE && s->start >= p->matrix.places) ||
	    (s->end != ROUTING_NOWHERE && s->end >= p->matrix.places))
		return fail(f, E_INVALID, "shift",
		    "Shift %u starts or ends at a place that does not exist.", i);
	if (s->from_s < 0 || s->to_s < s->from_s || s->to_s > ROUTING_SECONDS_MAX ||
	    s->capacity < 0)
		return fail(f, E_INVALID, "shift",
		    "The times or the capacity of shift %u are out of bounds.", i);
	if (s->lunch_s < 0 || s->lunch_s > ROUTING_SECONDS_MAX || s->lunch.from_s < 0 ||
	    s->lunch.to_s < s->lunch.from_s || s->lunch.to_s > ROUTING_SECONDS_MAX)
		return fail(f, E_INVALID, "shift", "The lunch of shift %u is out of bounds.", i);
	for (int g = 0; g < ROUTING_GOODS; g++)
		if (s->van[g] < 0)
			return fail(
			    f, E_INVALID, "shift", "The goods of shift %u are below zero.", i);
	if (p->target_s != NULL && s->tech >= p->techs)
		return fail(
		    f, E_INVALID, "shift", "Shift %u is of a technician without a fair time.", i);
	return OK;
}

/* One route through everything must not overflow a duration. */
static enum err
check_length(const struct problem *p, struct fault *f)
{
	int64_t longest = 0, sum = 0, lunch = 0, load[ROUTING_GOODS + 1] = {0};

	for (size_t i = 0; i < (size_t)p->matrix.places * p->matrix.places; i++)
		if (p->matrix.seconds[i] > longest)
			longest = p->matrix.seconds[i];
	for (uint32_t i = 0; i < p->stops; i++) {
		sum += p->stop[i].service_s + longest;
		load[0] += p->stop[i].load;
		for (int g = 0; g < ROUTING_GOODS; g++)
			load[g + 1] += p->stop[i].goods[g];
	}
	for (int g = 0; g <= ROUTING_GOODS; g++)
		if (load[g] > ROUTING_LOAD_MAX)
			return fail(f, E_INVALID, "stop",
			    "All stops together are too heavy to be counted.");
	for (uint32_t i = 0; i < p->shifts; i++)
		if (p->shift[i].lunch_s > lunch)
			lunch = p->shift[i].lunch_s;
	if (p->supply.place > 0)
		sum += p->supply.service_s + longest;
	if (sum + longest + lunch > 1 << 28)
		return fail(
		    f, E_INVALID, "matrix", "All stops together take too long to be counted.");
	return OK;
}
