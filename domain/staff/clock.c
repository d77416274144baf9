#include "domain/staff/clock.h"

static bool forgotten(const struct clock_span *s, int64_t now);
static int64_t end_of(const struct clock_span *s, int64_t now);
static bool any_at(const struct clock_span *span, size_t n, int64_t now, bool rests, int64_t at);
static int64_t next_edge(const struct clock_span *span, size_t n, int64_t now, int64_t at);

void
clock_count(const struct clock_span *span, size_t n, int64_t now, struct clock_sum *out)
{
	bool open = false;
	int64_t first = INT64_MAX;

	*out = (struct clock_sum){0};
	for (size_t i = 0; i < n; i++) {
		first = span[i].from_at < first ? span[i].from_at : first;
		if (span[i].rests)
			continue;
		if (!out->in_at.is || span[i].from_at < out->in_at.v)
			out->in_at = (struct maybe_i64){true, span[i].from_at};
		if (span[i].to_at.is && (!out->out_at.is || span[i].to_at.v > out->out_at.v))
			out->out_at = span[i].to_at;
		open |= !span[i].to_at.is;
		out->forgot |= forgotten(&span[i], now);
	}
	/* From edge to edge: between two of them nothing changes. */
	for (int64_t at = first, next; n > 0 && (next = next_edge(span, n, now, at)) > at; at = next) {
		if (!any_at(span, n, now, false, at))
			continue;
		*(any_at(span, n, now, true, at) ? &out->break_s : &out->worked_s) += (uint32_t)(next - at);
	}
	if (open)
		out->out_at = (struct maybe_i64){0};
}

static bool
forgotten(const struct clock_span *s, int64_t now)
{
	return !s->to_at.is && now - s->from_at > CLOCK_LONGEST_S;
}

static int64_t
end_of(const struct clock_span *s, int64_t now)
{
	return s->to_at.is ? s->to_at.v : forgotten(s, now) ? s->from_at : now;
}

static bool
any_at(const struct clock_span *span, size_t n, int64_t now, bool rests, int64_t at)
{
	for (size_t i = 0; i < n; i++)
		if (span[i].rests == rests && span[i].from_at <= at && at < end_of(&span[i], now))
			return true;
	return false;
}

/* -> the first beginning or end after `at`; `at` itself: there is none */
static int64_t
next_edge(const struct clock_span *span, size_t n, int64_t now, int64_t at)
{
	int64_t next = INT64_MAX;
	for (size_t i = 0; i < n; i++) {
		const int64_t end = end_of(&span[i], now);

		next = span[i].from_at > at && span[i].from_at < next ? span[i].from_at : next;
		next = end > at && end < next ? end : next;
	}
	return next == INT64_MAX ? at : next;
}
