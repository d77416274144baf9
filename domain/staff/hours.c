/*
 * domain/staff/hours.c -- the hours of a day, and who can go.
 */
#include "domain/staff/hours.h"

#include <assert.h>

const char *const weekday_names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL};

#define DAY_MINUTES 1440

static bool hours_of_week(const struct availability *a, size_t n, struct day d, struct stretch *out, size_t *out_n);
static void cut(struct stretch *s, size_t *n, uint32_t from, uint32_t to);
static bool off(const struct availability *a, struct day d);
static enum err has_skills(const struct assignment *a, struct fault *f);

bool
hours_of_day(const struct availability *a, size_t n, struct day d, struct stretch *out, size_t *out_n)
{
	bool said = hours_of_week(a, n, d, out, out_n);

	/* Nobody said when they work, but somebody said when not. */
	if (!said)
		out[(*out_n)++] = (struct stretch){0, DAY_MINUTES};
	for (size_t i = 0; i < n; i++)
		if (off(&a[i], d)) {
			said = true;
			cut(out, out_n, a[i].from_minute, a[i].to_minute);
		}
	if (!said)
		*out_n = 0;
	return said;
}

/* The same without time off. */
static bool
hours_of_week(const struct availability *a, size_t n, struct day d, struct stretch *out, size_t *out_n)
{
	int32_t since = INT32_MIN;
	bool said = false;

	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (a[i].kind != AVAILABLE_HOURS)
			continue;
		said = true;
		if (a[i].weekday == day_weekday(d) && a[i].from_day.n <= d.n && a[i].from_day.n > since)
			since = a[i].from_day.n;
	}
	for (size_t i = 0; i < n; i++)
		if (a[i].kind == AVAILABLE_HOURS && a[i].weekday == day_weekday(d) && a[i].from_day.n == since &&
		    a[i].from_minute < a[i].to_minute && *out_n < STRETCHES_MAX) {
			size_t k = (*out_n)++;

			for (; k > 0 && out[k - 1].from_minute > a[i].from_minute; k--)
				out[k] = out[k - 1];
			out[k] = (struct stretch){a[i].from_minute, a[i].to_minute};
		}
	return said;
}

uint32_t
hours_minutes(const struct stretch *s, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += s[i].to_minute - s[i].from_minute;
	return sum;
}

enum err
staff_can_go(const struct assignment *a, struct fault *f)
{
	struct stretch s[STRETCHES_MAX];
	uint32_t longest = 0;
	size_t n;

	TRY(has_skills(a, f));
	if (a->usually ? !hours_of_week(a->hours, a->hours_n, a->day, s, &n) : !hours_of_day(a->hours, a->hours_n, a->day, s, &n))
		return OK;
	for (size_t i = 0; i < a->hours_n && !a->usually; i++)
		if (n == 0 && off(&a->hours[i], a->day))
			return fail(f, E_INVALID, "tech_id", "%.*s is off on this day.", STR_ARG(a->tech));
	if (n == 0)
		return fail(f, E_INVALID, "tech_id", "%.*s does not work on this day.", STR_ARG(a->tech));
	for (size_t i = 0; i < n; i++)
		if (s[i].to_minute - s[i].from_minute > longest)
			longest = s[i].to_minute - s[i].from_minute;
	if (a->minutes > longest)
		return fail(f, E_INVALID, "minutes", "This takes longer than %.*s works on this day.", STR_ARG(a->tech));
	if (!a->from_minute.is || !a->to_minute.is)
		return OK;
	for (size_t i = 0; i < n; i++)
		if (s[i].from_minute < a->to_minute.v && a->from_minute.v < s[i].to_minute)
			return OK;
	return fail(f, E_INVALID, "tech_id", "%.*s does not work at this time of the day.", STR_ARG(a->tech));
}

static enum err
has_skills(const struct assignment *a, struct fault *f)
{
	for (size_t i = 0; i < a->needs_n; i++) {
		const struct skill *have = NULL;

		for (size_t k = 0; k < a->has_n; k++)
			if (a->has[k].skill_id == a->needs[i].skill_id)
				have = &a->has[k];
		if (have == NULL)
			return fail(f, E_INVALID, "tech_id", "%.*s lacks what this needs: %.*s.", STR_ARG(a->tech),
			    STR_ARG(a->needs[i].name));
		if (have->expires_day.is && have->expires_day.v.n < a->day.n) {
			char day[DAY_LETTERS + 1];

			day_write(have->expires_day.v, day);
			return fail(f, E_INVALID, "tech_id", "%.*s: %.*s expired on %s.", STR_ARG(a->tech),
			    STR_ARG(a->needs[i].name), day);
		}
	}
	return OK;
}

/* Take from..to out of the stretches; one that is cut in the middle becomes two, while there is room. */
static void
cut(struct stretch *s, size_t *n, uint32_t from, uint32_t to)
{
	struct stretch left[2 * STRETCHES_MAX];
	size_t k = 0;

	for (size_t i = 0; i < *n; i++) {
		if (s[i].from_minute < from)
			left[k++] = (struct stretch){s[i].from_minute, s[i].to_minute < from ? s[i].to_minute : from};
		if (s[i].to_minute > to)
			left[k++] = (struct stretch){s[i].from_minute > to ? s[i].from_minute : to, s[i].to_minute};
	}
	*n = k < STRETCHES_MAX ? k : STRETCHES_MAX;
	for (size_t i = 0; i < *n; i++)
		s[i] = left[i];
}

static bool
off(const struct availability *a, struct day d)
{
	return a->kind == AVAILABLE_OFF && a->from_day.n <= d.n && (!a->to_day.is || d.n <= a->to_day.v.n);
}
