#include "domain/routing/problem.h"

static enum err check_matrix(const struct problem *p, struct fault *f);
static enum err check_stop(const struct problem *p, uint32_t i, struct fault *f);
static enum err check_windows(const struct stop *s, uint32_t i, struct fault *f);
static enum err check_patterns(const struct problem *p, uint32_t i, struct fault *f);
static enum err check_shift(const struct problem *p, uint32_t i, struct fault *f);
static enum err check_length(const struct problem *p, struct fault *f);

enum err
problem_check(const struct problem *p, struct fault *f)
{
	TRY(check_matrix(p, f));
	if (p->stops > ROUTING_STOPS_MAX)
		return fail(f, E_INVALID, "stop", "There are more than %u stops.", ROUTING_STOPS_MAX);
	if (p->shifts > ROUTING_SHIFTS_MAX)
		return fail(f, E_INVALID, "shift", "There are more than %u shifts.", ROUTING_SHIFTS_MAX);
	if (p->days < 1 || p->days > ROUTING_DAYS_MAX)
		return fail(f, E_INVALID, "days", "A plan has 1 to %u days.", ROUTING_DAYS_MAX);
	if (p->price.late_s < 0 || p->price.overtime_s < 0 || p->price.overload < 0
	    || p->price.other_tech < 0)
		return fail(f, E_INVALID, "prices", "A price is below zero.");
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
		return fail(f, E_INVALID, "matrix", "There are more than %u places.", ROUTING_PLACES_MAX);
	for (size_t i = 0; i < n * n; i++)
		if (p->matrix.seconds[i] < 0 || p->matrix.seconds[i] > ROUTING_SECONDS_MAX
		    || p->matrix.cost[i] < 0 || p->matrix.cost[i] > (1 << 30))
			return fail(f, E_INVALID, "matrix", "A leg of the matrix is out of bounds.");
	return OK;
}

static enum err
check_stop(const struct problem *p, uint32_t i, struct fault *f)
{
	const struct stop *s = &p->stop[i];

	if (s->place >= p->matrix.places)
		return fail(f, E_INVALID, "stop", "Stop %u is at a place that does not exist.", i);
	if (s->service_s < 0 || s->service_s > ROUTING_SECONDS_MAX)
		return fail(f, E_INVALID, "stop", "The service time of stop %u is out of bounds.", i);
	if (s->prize < 0 || s->load < 0)
		return fail(f, E_INVALID, "stop", "The prize or load of stop %u is below zero.", i);
	TRY(check_windows(s, i, f));
	return check_patterns(p, i, f);
}

static enum err
check_windows(const struct stop *s, uint32_t i, struct fault *f)
{
	if (s->windows > ROUTING_WINDOWS_MAX)
		return fail(f, E_INVALID, "window", "Stop %u has too many time windows.", i);
	for (uint32_t w = 0; w < s->windows; w++)
		if (s->window[w].from_s < 0 || s->window[w].to_s < s->window[w].from_s
		    || s->window[w].to_s > ROUTING_SECONDS_MAX)
			return fail(f, E_INVALID, "window", "A time window of stop %u is out of bounds.", i);
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
			return fail(f, E_INVALID, "pattern", "A day pattern of stop %u is out of bounds.", i);
	return OK;
}

static enum err
check_shift(const struct problem *p, uint32_t i, struct fault *f)
{
	const struct shift *s = &p->shift[i];

	if (s->day >= p->days)
		return fail(f, E_INVALID, "shift", "Shift %u is on a day outside the plan.", i);
	if ((s->start != ROUTING_NOWHERE && s->start >= p->matrix.places)
	    || (s->end != ROUTING_NOWHERE && s->end >= p->matrix.places))
		return fail(f, E_INVALID, "shift", "Shift %u starts or ends at a place that does not exist.", i);
	if (s->from_s < 0 || s->to_s < s->from_s || s->to_s > ROUTING_SECONDS_MAX || s->capacity < 0)
		return fail(f, E_INVALID, "shift", "The times or the capacity of shift %u are out of bounds.", i);
	return OK;
}

/* One route through everything must not overflow a duration. */
static enum err
check_length(const struct problem *p, struct fault *f)
{
	int64_t longest = 0, sum = 0;

	for (size_t i = 0; i < (size_t)p->matrix.places * p->matrix.places; i++)
		if (p->matrix.seconds[i] > longest)
			longest = p->matrix.seconds[i];
	for (uint32_t i = 0; i < p->stops; i++)
		sum += p->stop[i].service_s + longest;
	if (sum + longest > 1 << 28)
		return fail(f, E_INVALID, "matrix", "All stops together take too long to be counted.");
	return OK;
}
