/*
 * domain/dispatch/rounds_text.c -- a plan in few letters, and the number that says whether its facts still hold.
 *
 *	"0.3.7;;1.2"      shift 0 drives stops 0, 3, 7; shift 1 nothing; shift 2 the others
 */
#include "domain/dispatch/rounds.h"

#define STOP_LETTERS 6

static uint64_t mix(uint64_t mark, uint64_t value);
static uint64_t mix_spot(uint64_t mark, struct spot s);
static uint64_t mix_hours(uint64_t mark, const struct round_hours *h);

struct str
rounds_print(const struct rounds *r, const struct plan *plan)
{
	size_t room = r->facts.shifts + 1;

	for (uint32_t l = 0; l < r->facts.shifts; l++)
		room += (size_t)plan->route[l].stops * STOP_LETTERS;
	struct buf out = buf_open(r->a, room, room);
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		if (l > 0)
			buf_char(&out, ';');
		for (uint32_t i = 0; i < plan->route[l].stops; i++) {
			if (i > 0)
				buf_char(&out, '.');
			buf_u64(&out, plan->route[l].stop[i]);
		}
	}
	return buf_str(&out);
}

bool
rounds_read(const struct rounds *r, struct str text, struct plan *out)
{
	struct plan none = {.route = arena_array(r->a, struct route, r->facts.shifts + 1),
	    .pattern = arena_array(r->a, uint64_t, r->facts.stops + 1)}, plan;
	struct str rest = text, line, one;

	rounds_copy(r, &none, &plan);
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		struct route *route = &plan.route[l];

		if (rest.p == NULL)
			return false;
		line = str_cut(rest, ';', &rest);
		while (line.p != NULL && line.n > 0) {
			uint64_t stop;

			one = str_cut(line, '.', &line);
			if (!str_u64(one, &stop) || stop >= r->facts.stops || route->stops == r->facts.stops ||
			    (plan.pattern[stop] >> r->facts.shift[l].day & 1) != 0)
				return false;
			route->stop[route->stops++] = (uint32_t)stop;
			plan.pattern[stop] |= UINT64_C(1) << r->facts.shift[l].day;
		}
	}
	if (rest.p != NULL)
		return false;
	for (uint32_t i = 0; i < r->facts.stops; i++)
		plan.left_out += plan.pattern[i] == 0;
	*out = plan;
	return true;
}

uint64_t
rounds_mark(const struct rounds_facts *in)
{
	uint64_t m = UINT64_C(0xcbf29ce484222325);

	m = mix(m, (uint64_t)in->techs << 32 | in->stops);
	if (in->supply.is)
		m = mix(mix_spot(m, in->supply.at), in->supply.minutes);
	for (uint32_t t = 0; t < in->techs; t++) {
		const struct round_tech *x = &in->tech[t];

		m = mix_spot(mix_spot(mix(m, x->id), x->start), x->end);
		for (size_t i = 0; i < x->skills_n; i++)
			m = mix(m, x->skills[i]);
		for (int g = 0; g < DISPATCH_GOODS; g++)
			m = mix(m, x->van[g]);
		for (uint32_t d = 0; d < in->wish.days; d++)
			m = mix_hours(m, &x->day[d]);
	}
	for (uint32_t i = 0; i < in->stops; i++) {
		const struct round_stop *s = &in->stop[i];

		m = mix_spot(mix(mix(mix(mix(m, s->id), s->version), s->tech), s->days), s->at);
		m = mix(mix(mix(m, s->minutes), s->seq), s->like_days);
		for (int g = 0; g < DISPATCH_GOODS; g++)
			m = mix(m, s->goods[g]);
		m = mix(m, (uint64_t)s->fetches << 32 | s->fetch_minutes);
		m = mix(m, (uint64_t)s->fixed | (uint64_t)s->keep_tech << 1 | (uint64_t)s->keep_days << 2 |
		    (uint64_t)s->not_days << 8);
	}
	return m;
}

/* FNV-1a, eight bytes at a time, with a last turn that spreads the high bits. */
static uint64_t
mix(uint64_t mark, uint64_t value)
{
	mark = (mark ^ value) * UINT64_C(0x100000001b3);
	return mark ^ mark >> 29;
}

static uint64_t
mix_spot(uint64_t mark, struct spot s)
{
	return mix(mark, (uint64_t)(uint32_t)s.lat_udeg << 32 | (uint32_t)s.lon_udeg);
}

static uint64_t
mix_hours(uint64_t mark, const struct round_hours *h)
{
	mark = mix(mark, (uint64_t)h->from_minute << 32 | h->to_minute);
	return mix(mix(mark, h->lunch_minutes), (uint64_t)h->lunch_from << 32 | h->lunch_to);
}
