#include "domain/reception/draft.h"

#include <string.h>

#define MORNING_FROM 480
#define NOON 720
#define AFTERNOON_TO 1020
#define SPAN_MINUTES 180 /* "after 1": until 4 */
#define EXACT_MINUTES 120
#define DAY_ENDS 1439

struct clock {
	bool is;
	uint32_t from, to;
};

static bool clause_next(struct str *rest, struct str *clause);
static size_t joint(struct str s);
static bool day_said(struct str clause, const struct hearing *h, struct day today, struct draft *out);
static bool time_said(struct str clause, struct draft *out);
static struct clock clock_of(struct str clause);
static bool number_at(struct str s, uint32_t *minute, size_t *n);
static uint32_t half_of_day(struct str behind, uint32_t minute, bool *told);
static uint64_t service_meant(struct str said, enum intent intent, const struct draft_service *s, size_t n);
static size_t behind(struct str s, const char *phrase);
static bool any(struct str s, const char *const *phrases);

void
draft_of(struct str said, struct day today, const struct draft_service *s, size_t n, struct arena *a, struct draft *out)
{
	struct str rest, clause;
	struct hearing h;

	if (said.n > HEAR_MAX) {
		said = str_sub(said, 0, HEAR_MAX);
		/* No half of a letter. */
		while (said.n > 0 && (said.p[said.n - 1] & 0x80) != 0)
			said.n--;
	}
	*out = (struct draft){.when = STR(""), .marks = arena_array(a, struct str, DRAFT_MARKS_MAX)};
	hear(said, a, &h);
	out->intent = h.intent;
	out->work = h.intent == INTENT_SERVICE || h.intent == INTENT_REPAIR || h.intent == INTENT_EMERGENCY;
	for (rest = said; clause_next(&rest, &clause);) {
		hear(clause, a, &h);
		const bool what = out->work && h.intent == out->intent;
		const bool day = !out->day.is && day_said(clause, &h, today, out), at = time_said(clause, out);

		if ((day || at) && out->when.n == 0)
			out->when = clause;
		if ((what || day || at) && out->marks_n < DRAFT_MARKS_MAX)
			out->marks[out->marks_n++] = clause;
	}
	out->service_id = service_meant(said, out->intent, s, n);
}

/* A thought: up to a sign that ends one, or a word that joins two. Numbers keep their points. */
static bool
clause_next(struct str *rest, struct str *clause)
{
	while (rest->n > 0) {
		const size_t n = joint(*rest);
		size_t skip = n;

		*clause = str_trim(str_sub(*rest, 0, n));
		while (skip < rest->n && strchr(".,;!?\n\r ", rest->p[skip]) != NULL)
			skip++;
		if (skip == n && n < rest->n)
			skip = n + 1;
		*rest = str_sub(*rest, skip, rest->n);
		if (clause->n > 1)
			return true;
	}
	return false;
}

static size_t
joint(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		const bool ends = i + 1 == s.n || s.p[i + 1] == ' ' || s.p[i + 1] == '\n' || s.p[i + 1] == '\r';

		if (strchr("!?;\n", s.p[i]) != NULL || ((s.p[i] == '.' || s.p[i] == ',') && ends))
			return i;
		if (i > 0 && (str_starts(str_sub(s, i, s.n), STR(" and ")) || str_starts(str_sub(s, i, s.n), STR(" y "))))
			return i;
	}
	return s.n;
}

static bool
day_said(struct str clause, const struct hearing *h, struct day today, struct draft *out)
{
	static const char *const now[] = {"this morning", "this afternoon", "this evening", "tonight", "esta manana", "esta tarde", "esta noche", NULL};

	if (h->in_days != UINT32_MAX) {
		out->day = (struct maybe_day){true, day_add(today, (int32_t)h->in_days)};
	} else if (h->weekday.is) {
		/* "Monday" on a Monday is the next one. */
		const int32_t ahead = (int32_t)((h->weekday.v + 7 - day_weekday(today)) % 7);

		out->day = (struct maybe_day){true, day_add(today, ahead == 0 ? 7 : ahead)};
	} else if (any(clause, now)) {
		out->day = (struct maybe_day){true, today};
	}
	return out->day.is;
}

/* A clock says more than a part of the day, whichever came first. */
static bool
time_said(struct str clause, struct draft *out)
{
	static const char *const mornings[] = {"morning", "mornings", "por la manana", "en la manana", "de la manana", "esta manana", "temprano", NULL};
	static const char *const afternoons[] = {"afternoon", "afternoons", "evening", "after lunch", "la tarde", "esta tarde", "las tardes", NULL};
	static const char *const greetings[] = {"good morning", "good afternoon", "good evening", NULL};
	const struct clock c = clock_of(clause);

	if (c.is) {
		out->from_minute = (struct maybe_u32){true, c.from};
		out->to_minute = (struct maybe_u32){true, c.to};
		return true;
	}
	const bool morning = any(clause, mornings), afternoon = any(clause, afternoons);

	if (morning == afternoon || any(clause, greetings))
		return false;
	if (!out->from_minute.is) {
		out->from_minute = (struct maybe_u32){true, morning ? MORNING_FROM : NOON};
		out->to_minute = (struct maybe_u32){true, morning ? NOON : AFTERNOON_TO};
	}
	return true;
}

/* "after 1", "before 10:30", "antes de las 11"; "at 3" only where somebody is asked to come, or with am or pm. */
static struct clock
clock_of(struct str clause)
{
	static const struct {
		const char *words;
		int sense; /* 1 after, -1 before, 0 at */
	} leads[] = {{"after ", 1}, {"before ", -1}, {"despues de las ", 1}, {"despues de la ", 1}, {"después de las ", 1}, {"después de la ", 1},
	    {"antes de las ", -1}, {"antes de la ", -1}, {"at ", 0}, {"around ", 0}, {"a las ", 0}, {"a la ", 0}};
	static const char *const come[] = {"come", "can you", "could", "someone", "visit", "available", "venir", "vengan", "pueden", "podrian", "visita", NULL};

	for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++) {
		const size_t at = behind(clause, leads[i].words);
		const struct str rest = str_sub(clause, at, clause.n);
		uint32_t minute;
		size_t n = 0;
		bool told;

		if (at == 0 || !number_at(rest, &minute, &n))
			continue;
		minute = half_of_day(str_sub(rest, n, rest.n), minute, &told);
		if (leads[i].sense == 0 && !told && !any(clause, come))
			continue;
		struct clock c = {true, minute, minute + (leads[i].sense > 0 ? SPAN_MINUTES : EXACT_MINUTES)};

		if (leads[i].sense < 0)
			c = (struct clock){true, minute > SPAN_MINUTES ? minute - SPAN_MINUTES : 0, minute};
		c.to = c.to < DAY_ENDS ? c.to : DAY_ENDS;
		if (c.from < c.to)
			return c;
	}
	return (struct clock){0};
}

static bool
number_at(struct str s, uint32_t *minute, size_t *n)
{
	uint32_t hour = 0, minutes = 0;
	size_t i = 0;

	for (; i < s.n && i < 2 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		hour = hour * 10 + (uint32_t)(s.p[i] - '0');
	if (i == 0 || (i < s.n && s.p[i] >= '0' && s.p[i] <= '9'))
		return false;
	if (i + 2 < s.n && s.p[i] == ':' && s.p[i + 1] >= '0' && s.p[i + 1] <= '5' && s.p[i + 2] >= '0' && s.p[i + 2] <= '9') {
		minutes = (uint32_t)(s.p[i + 1] - '0') * 10 + (uint32_t)(s.p[i + 2] - '0');
		i += 3;
	}
	if (hour > 23 || hour == 0)
		return false;
	*minute = hour * 60 + minutes;
	*n = i;
	return true;
}

/* am and pm if they are said; else working hours: 1 to 6 are in the afternoon. */
static uint32_t
half_of_day(struct str rest, uint32_t minute, bool *told)
{
	rest = str_trim(rest);
	const char c = rest.n > 0 ? (char)(rest.p[0] | 0x20) : ' ', d = rest.n > 1 ? rest.p[1] : ' ';
	const bool half = (c == 'a' || c == 'p') && ((d | 0x20) == 'm' || d == '.');

	*told = half;
	if (half && minute < 780)
		return minute % 720 + (c == 'p' ? 720 : 0);
	return !half && minute < 420 ? minute + 720 : minute;
}

/* The one whose name is said; else one that looks what is wrong, or the usual care; else somebody has to say. */
static uint64_t
service_meant(struct str said, enum intent intent, const struct draft_service *s, size_t n)
{
	static const char *const looks[] = {"repair", "service call", "diagnosis", "inspection", "reparacion", "revision", "diagnostico", NULL};
	static const char *const care[] = {"weekly", "full service", "semanal", "completo", NULL};
	const bool job = intent != INTENT_SERVICE;
	uint32_t most = 0;
	uint64_t id = 0;

	for (size_t i = 0; i < n; i++) {
		const uint32_t found = hear_like(said, s[i].name) * 2;

		if (found > 0 && found + (s[i].job == job) > most) {
			most = found + (s[i].job == job);
			id = s[i].id;
		}
	}
	if (id != 0 || (intent != INTENT_SERVICE && intent != INTENT_REPAIR && intent != INTENT_EMERGENCY))
		return id;
	for (size_t i = 0; i < n && id == 0; i++)
		if (s[i].job == job && any(s[i].name, job ? looks : care))
			id = s[i].id;
	return id;
}

/* Where what follows a phrase begins; 0: it is not there. */
static size_t
behind(struct str s, const char *phrase)
{
	const size_t n = strlen(phrase);

	for (size_t i = 0; i + n < s.n; i++)
		if ((i == 0 || s.p[i - 1] == ' ') && str_eq_nocase(str_sub(s, i, n), str_of(phrase)))
			return i + n;
	return 0;
}

static bool
any(struct str s, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++)
		if (hear_phrase(s, *phrases))
			return true;
	return false;
}
