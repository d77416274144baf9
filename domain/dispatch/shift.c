#include "domain/dispatch/shift.h"

static size_t stretches(const struct availability *all, size_t n, struct day d, const struct usual_hours *u,
    struct stretch *out);
static bool own_lunch(const struct stretch *s, size_t n, struct round_hours *out);

void
shift_hours(const struct availability *all, size_t n, struct day d, const struct usual_hours *u, struct round_hours *out)
{
	struct stretch stretch[STRETCHES_MAX];
	size_t k = stretches(all, n, d, u, stretch);

	*out = (struct round_hours){.from_minute = 0};
	if (k == 0)
		return;
	out->from_minute = stretch[0].from_minute;
	out->to_minute = stretch[k - 1].to_minute;
	if (own_lunch(stretch, k, out))
		return;
	if (u->lunch_minutes == 0 || out->from_minute > u->lunch_from || out->to_minute < u->lunch_to + u->lunch_minutes)
		return;
	out->lunch_minutes = u->lunch_minutes;
	out->lunch_from = u->lunch_from;
	out->lunch_to = u->lunch_to;
}

/* Nobody said when they work, though perhaps when not: the usual hours of a working day, without that. */
static size_t
stretches(const struct availability *all, size_t n, struct day d, const struct usual_hours *u, struct stretch *out)
{
	size_t k = 0, kept = 0;
	const bool said = hours_of_day(all, n, d, out, &k);
	bool hours = false;

	for (size_t i = 0; i < n; i++)
		hours |= all[i].kind == AVAILABLE_HOURS;
	if (!said)
		out[k++] = (struct stretch){u->from_minute, u->to_minute};
	if (hours)
		return k;
	for (size_t i = 0; i < k && day_weekday(d) < SATURDAY; i++) {
		const uint32_t from = out[i].from_minute > u->from_minute ? out[i].from_minute : u->from_minute;
		const uint32_t to = out[i].to_minute < u->to_minute ? out[i].to_minute : u->to_minute;

		if (from < to)
			out[kept++] = (struct stretch){from, to};
	}
	return kept;
}

static bool
own_lunch(const struct stretch *s, size_t n, struct round_hours *out)
{
	for (size_t i = 1; i < n; i++) {
		uint32_t gap = s[i].from_minute - s[i - 1].to_minute;

		if (gap <= out->lunch_minutes)
			continue;
		out->lunch_minutes = gap;
		out->lunch_from = s[i - 1].to_minute > SHIFT_LUNCH_SLACK ? s[i - 1].to_minute - SHIFT_LUNCH_SLACK : 0;
		out->lunch_to = s[i - 1].to_minute + SHIFT_LUNCH_SLACK;
	}
	return out->lunch_minutes > 0;
}

int64_t
shift_load_price(uint32_t planned_minutes, uint32_t work_minutes)
{
	return work_minutes == 0 ? DISPATCH_LOAD_PRICE : (int64_t)planned_minutes * DISPATCH_LOAD_PRICE / work_minutes;
}
