/*
 * tests/unit/domain/visits/recurrence.c -- the days of a rule: by the table, against libical, and against the same said
 * once more.
 */
#include "domain/visits/recurrence.h"

#include <libical/ical.h>
#include <stdlib.h>

#include "domain/visits/due.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)

static struct str
written(const struct day *d, size_t n)
{
	struct buf b = buf_open(arena, 256, 1 << 16);

	for (size_t i = 0; i < n; i++) {
		char text[DAY_LETTERS + 1];

		day_write(d[i], text);
		buf_printf(&b, "%s%s", i > 0 ? " " : "", text);
	}
	return buf_str(&b);
}

static struct day
on(const char *text)
{
	struct day d;

	assert_true(day_read(str_of(text), &d));
	return d;
}

static void
days_are_those_of_the_table(void **state)
{
	FILE *in = fopen("tests/cases/recurrence.csv", "re");
	struct day out[RULE_WINDOW_DAYS], day[3];
	char text[1024];
	unsigned rows = 0;

	(void)state;
	assert_non_null(in);
	assert_non_null(fgets(text, sizeof(text), in));
	while (fgets(text, sizeof(text), in) != NULL) {
		struct str rest, rule = str_copy(arena, str_cut(str_of(text), ',', &rest)), got;
		size_t n;

		for (size_t i = 0; i < rule.n; i++)
			if (rule.p[i] == '|')
				((char *)(uintptr_t)rule.p)[i] = ',';
		for (size_t i = 0; i < 3; i++)
			assert_true(day_read(str_cut(rest, ',', &rest), &day[i]));
		assert_int_equal(rule_days(rule, day[0], day[1], day[2], out, &n, NULL), OK);
		got = written(out, n);
		if (!str_eq(got, str_trim(rest)))
			fail_msg("%.*s: %.*s, want %.*s", STR_ARG(rule), STR_ARG(got), STR_ARG(str_trim(rest)));
		rows++;
	}
	fclose(in);
	assert_true(rows > 15);
}

static void
rules_that_we_do_not_know_are_refused(void **state)
{
	static const char *const bad[] = {"", "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=XX",
	    "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101", "FREQ=WEEKLY;INTERVAL=0;BYDAY=MO",
	    "FREQ=WEEKLY;INTERVAL=9;BYDAY=MO", "FREQ=WEEKLY;INTERVAL=02;BYDAY=MO", "FREQ=WEEKLY;BYDAY=1MO",
	    "FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=5MO", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYMONTHDAY=29",
	    "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1", "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU",
	    "FREQ=WEEKLY;BYDAY=MO,MO", "freq=weekly;byday=mo", "FREQ=WEEKLY;BYDAY=MO;BYMONTH=13",
	    "FREQ=WEEKLY;BYDAY=MO;WKST=TU", "FREQ=WEEKLY;BYDAY=MO;", "BYDAY=MO", "FREQ=YEARLY;BYDAY=1MO",
	    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "RRULE:FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=-2FR", "FREQ=WEEKLY;BYDAY=MO|", "|FREQ=WEEKLY;BYDAY=MO",
	    "FREQ=WEEKLY;BYDAY=MO|FREQ=WEEKLY;BYDAY=TU|FREQ=WEEKLY;BYDAY=WE", "FREQ=WEEKLY;BYDAY=MO|FREQ=DAILY"};
	struct fault f = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (rule_check(str_of(bad[i]), &f) != E_INVALID)
			fail_msg("taken: %s", bad[i]);
	assert_string_equal(f.field, "rule");
	assert_int_equal(rule_check((struct str){"FREQ=WEEKLY\0;BYDAY=MO", 21}, NULL), E_INVALID);
}

static void
a_window_is_a_year_at_most(void **state)
{
	struct day out[RULE_WINDOW_DAYS];
	size_t n;

	(void)state;
	assert_int_equal(rule_days(STR("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"), on("2020-02-01"), on("2020-02-01"),
	    on("2021-03-06"), out, &n, NULL), OK);
	assert_int_equal(n, 400);
	assert_int_equal(rule_days(STR("FREQ=WEEKLY;BYDAY=MO"), on("2020-02-01"), on("2020-02-01"), on("2021-03-07"), out,
	    &n, NULL), E_INVALID);
	assert_int_equal(rule_days(STR("FREQ=WEEKLY;BYDAY=MO"), on("2020-02-01"), on("2020-02-01"), on("2020-01-01"), out,
	    &n, NULL), OK);
	assert_int_equal(n, 0);
}

/* ---- the same, said once more; libical is the judge of both ---- */

struct simple {
	bool monthly, sunday;
	int32_t interval;
	int week[2], weekday[2], mday; /* mday 0: by weekday */
	size_t entries;
	int months_from, months; /* months 0: all year */
};

static uint32_t seed = 20261121;

static uint32_t
chance(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Monday's (or Sunday's) number of the week that d lies in */
static int32_t
week_start(struct day d, bool sunday)
{
	int32_t w = (int32_t)day_weekday(d);

	return d.n - (sunday ? (w + 1) % 7 : w);
}

static bool
occurs(const struct simple *s, struct day anchor, struct day d)
{
	struct civil a, c, next;

	if (d.n < anchor.n)
		return false;
	day_civil(anchor, &a);
	day_civil(d, &c);
	day_civil(day_add(d, 7), &next);
	if (s->months > 0 && (c.month + 12 - s->months_from) % 12 >= s->months)
		return false;
	if (s->monthly && ((c.year - a.year) * 12 + c.month - a.month) % s->interval != 0)
		return false;
	if (!s->monthly && (week_start(d, s->sunday) - week_start(anchor, s->sunday)) / 7 % s->interval != 0)
		return false;
	if (s->mday != 0) {
		day_civil(day_add(d, 1), &next);
		return s->mday == -1 ? next.month != c.month : c.mday == s->mday;
	}
	for (size_t i = 0; i < s->entries; i++)
		if ((int)day_weekday(d) == s->weekday[i] && (!s->monthly ||
		    (s->week[i] == -1 ? next.month != c.month : (c.mday - 1) / 7 + 1 == s->week[i])))
			return true;
	return false;
}

static struct str
invent(struct simple *s)
{
	static const char *const letters[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
	struct buf b = buf_open(arena, 64, RULE_TEXT_MAX);

	*s = (struct simple){.monthly = chance(2) == 0, .sunday = chance(2) == 0, .entries = 1 + chance(2)};
	s->interval = 1 + (int32_t)chance(s->monthly ? 12 : 8);
	if (s->monthly && chance(2) == 0)
		s->mday = chance(5) == 0 ? -1 : 1 + (int)chance(28);
	buf_printf(&b, "FREQ=%s;INTERVAL=%d", s->monthly ? "MONTHLY" : "WEEKLY", s->interval);
	if (s->mday != 0)
		buf_printf(&b, ";BYMONTHDAY=%d", s->mday);
	for (size_t i = 0; i < s->entries && s->mday == 0; i++) {
		s->weekday[i] = i == 0 ? (int)chance(7) : (s->weekday[0] + 1 + (int)chance(6)) % 7;
		s->week[i] = chance(5) == 0 ? -1 : 1 + (int)chance(4);
		buf_add(&b, i == 0 ? STR(";BYDAY=") : STR(","));
		if (s->monthly)
			buf_i64(&b, s->week[i]);
		buf_add(&b, str_of(letters[s->weekday[i]]));
	}
	if (chance(4) == 0) {
		s->months_from = 1 + (int)chance(12);
		s->months = 1 + (int)chance(11);
		for (int i = 0; i < s->months; i++)
			buf_printf(&b, "%s%d", i == 0 ? ";BYMONTH=" : ",", (s->months_from + i - 1) % 12 + 1);
	}
	buf_printf(&b, ";WKST=%s", s->sunday ? "SU" : "MO");
	return buf_str(&b);
}

/*
 * What libical says of one rule. It begins on the first day of the anchor's week (or month) that occurs, and on no other:
 * 3.0.16 begins INTERVAL=2;BYDAY=SU;WKST=MO a week late if it is given one that does not.
 */
static size_t
judged(struct str rule, const struct simple *s, struct day anchor, struct day from, struct day to, struct day *out)
{
	struct icalrecurrencetype r = icalrecurrencetype_from_string(str_copy(arena, rule).p);
	struct icaltimetype start = {.is_date = 1}, at;
	struct day first = anchor, d;
	icalrecur_iterator *it;
	struct civil c;
	size_t n = 0;

	day_civil(anchor, &c);
	if (s->monthly) {
		first = day_add(anchor, 1 - c.mday);
	} else {
		first.n = week_start(anchor, s->sunday);
		while ((int)day_weekday(first) != s->weekday[0] &&
		    (s->entries == 1 || (int)day_weekday(first) != s->weekday[1]))
			first.n++;
	}
	day_civil(first, &c);
	start.year = c.year;
	start.month = c.month;
	start.day = c.mday;
	it = icalrecur_iterator_new(r, start);
	assert_non_null(it);
	for (;;) {
		at = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(at) || !day_of(at.year, (unsigned)at.month, (unsigned)at.day, &d) || d.n > to.n)
			break;
		if (d.n >= from.n && d.n >= anchor.n)
			out[n++] = d;
	}
	icalrecur_iterator_free(it);
	return n;
}

static size_t
either(const struct day *a, size_t a_n, const struct day *b, size_t b_n, struct day *out)
{
	size_t n = 0;

	for (size_t i = 0, k = 0; i < a_n || k < b_n;) {
		struct day d = k == b_n || (i < a_n && a[i].n <= b[k].n) ? a[i] : b[k];

		i += i < a_n && a[i].n == d.n;
		k += k < b_n && b[k].n == d.n;
		out[n++] = d;
	}
	return n;
}

/* LONG=1: a hundred thousand. Libical is not asked of all: it takes half a millisecond to begin. */
static void
ten_thousand_rules_agree_with_a_walk_over_the_calendar_and_one_in_five_with_libical(void **state)
{
	const unsigned rules = getenv("LONG") != NULL ? 100000 : 10000;
	struct day got[RULE_WINDOW_DAYS], want[RULE_WINDOW_DAYS], one[RULE_WINDOW_DAYS], second_days[RULE_WINDOW_DAYS];

	(void)state;
	for (unsigned k = 0; k < rules; k++) {
		struct arena_mark mark = arena_mark(arena);
		struct simple s, other;
		bool two = chance(4) == 0;
		struct str rule = invent(&s), alone = rule, second;
		if (two) {
			second = invent(&other);
			struct str both = str_printf(arena, "%.*s|%.*s", STR_ARG(rule), STR_ARG(second));

			two = both.n <= RULE_TEXT_MAX;
			rule = two ? both : rule;
		}
		struct day anchor = {18000 + (int32_t)chance(4000)}, from = {anchor.n - 60 + (int32_t)chance(4000)};
		struct day to = {from.n + (int32_t)chance(RULE_WINDOW_DAYS)};
		size_t n, m = 0;

		for (struct day d = from; d.n <= to.n; d.n++)
			if (occurs(&s, anchor, d) || (two && occurs(&other, anchor, d)))
				want[m++] = d;
		if (rule_days(rule, anchor, from, to, got, &n, NULL) != OK)
			fail_msg("refused: %.*s", STR_ARG(rule));
		if (n != m || memcmp(got, want, n * sizeof(*got)) != 0)
			fail_msg("%.*s of %d: %.*s, want %.*s", STR_ARG(rule), anchor.n, STR_ARG(written(got, n)),
			    STR_ARG(written(want, m)));
		if (k % 5 != 0) {
			arena_rewind(arena, mark);
			continue;
		}
		m = judged(alone, &s, anchor, from, to, one);
		m = either(one, m, second_days, two ? judged(second, &other, anchor, from, to, second_days) : 0, want);
		if (n != m || memcmp(got, want, n * sizeof(*got)) != 0)
			fail_msg("%.*s of %d: %.*s, libical says %.*s", STR_ARG(rule), anchor.n, STR_ARG(written(got, n)),
			    STR_ARG(written(want, m)));
		arena_rewind(arena, mark);
	}
}

/* ---- agreements that were edited: other terms, holds, an end ---- */

#define EDITS_MAX 6

/* Said once more, day by day, without windows. */
static bool
wanted(const struct agreement *g, const struct term *t, const struct simple *s, size_t n, struct day d)
{
	size_t at = n;

	if (d.n < g->starts_day.n || (g->ends_day.is && d.n > g->ends_day.v.n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (t[i].from_day.n > d.n)
			continue;
		if (t[i].kind == TERM_WORKS)
			at = i;
		else if (!t[i].until_day.is || d.n <= t[i].until_day.v.n)
			return false;
	}
	return at < n && occurs(&s[at], t[at].anchor_day, d);
}

static size_t
edited(struct agreement *g, struct term *t, struct simple *s)
{
	const size_t n = 1 + chance(EDITS_MAX);
	struct day from = {18000 + (int32_t)chance(3000)};

	*g = (struct agreement){.repeats = REPEATS_CALENDAR, .starts_day = from};
	for (size_t i = 0; i < n; i++) {
		bool hold = i > 0 && chance(3) == 0;

		t[i] = (struct term){.from_day = from, .kind = hold ? TERM_HOLD : TERM_WORKS, .rule = STR("")};
		if (hold && chance(6) > 0)
			t[i].until_day = (struct maybe_day){true, day_add(from, (int32_t)chance(60))};
		if (!hold) {
			t[i].rule = invent(&s[i]);
			t[i].anchor_day = day_add(from, 15 - (int32_t)chance(60));
		}
		from = day_add(from, 1 + (int32_t)chance(120));
	}
	if (chance(3) == 0)
		g->ends_day = (struct maybe_day){true, day_add(g->starts_day, (int32_t)chance(400))};
	return n;
}

/* LONG=1: a hundred thousand. */
static void
edited_agreements_agree_with_a_walk_over_the_calendar(void **state)
{
	const unsigned agreements = getenv("LONG") != NULL ? 100000 : 1500;
	static struct due got[RULE_WINDOW_DAYS];
	unsigned days = 0, held = 0;

	(void)state;
	for (unsigned k = 0; k < agreements; k++) {
		struct arena_mark mark = arena_mark(arena);
		struct simple s[EDITS_MAX];
		struct term t[EDITS_MAX];
		struct due_past past = {0};
		struct agreement g;
		size_t n = edited(&g, t, s), got_n, at = 0;
		struct day from = day_add(g.starts_day, (int32_t)chance(700) - 30);
		struct day to = day_add(from, (int32_t)chance(RULE_WINDOW_DAYS));

		assert_int_equal(due_days(&g, t, n, &past, from, to, got, &got_n, NULL), OK);
		for (struct day d = from; d.n <= to.n; d.n++) {
			bool there = at < got_n && got[at].day.n == d.n;

			if (there != wanted(&g, t, s, n, d))
				fail_msg("agreement %u of %zu terms, day %d: %s", k, n, d.n, there ? "not wanted" : "missing");
			held += terms_held(t, n, d);
			at += there;
		}
		assert_int_equal(at, got_n);
		days += (unsigned)got_n;
		arena_rewind(arena, mark);
	}
	/* It was not a comparison of nothing with nothing. */
	assert_true(days > agreements && held > agreements);
}

static void
an_occurrence_moves_for_good(void **state)
{
	static const struct {
		const char *rule, *was, *day, *want;
	} move[] = {
		{"FREQ=WEEKLY;BYDAY=TU", "2026-11-24", "2026-11-26", "FREQ=WEEKLY;BYDAY=TH"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU", "2026-11-23", "2026-11-24",
		    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU"},
		{"FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23", "2026-11-26", "FREQ=WEEKLY;BYDAY=TH"},
		{"FREQ=MONTHLY;BYDAY=3TH", "2026-11-19", "2026-11-09", "FREQ=MONTHLY;BYDAY=2MO"},
		{"FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-11-30", "FREQ=MONTHLY;BYDAY=-1MO"},
		{"FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-15", "2026-11-16", "FREQ=MONTHLY;BYMONTHDAY=16"},
		{"FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-15", "2026-11-30", "FREQ=MONTHLY;BYMONTHDAY=-1"},
		{"FREQ=WEEKLY;BYDAY=SA;BYMONTH=4,5", "2026-04-04", "2026-04-03", "FREQ=WEEKLY;BYDAY=FR;BYMONTH=4,5"},
		{"FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15", "2026-12-30", NULL},
		{"FREQ=MONTHLY;BYDAY=1FR,-1FR", "2026-11-06", "2026-11-09", "FREQ=MONTHLY;BYDAY=2MO,-1FR"},
		{"FREQ=MONTHLY;BYDAY=1FR,-1FR", "2026-11-27", "2026-11-26", "FREQ=MONTHLY;BYDAY=1FR,4TH"},
		{"FREQ=MONTHLY;BYMONTHDAY=28,-1", "2026-11-28", "2026-11-26", "FREQ=MONTHLY;BYMONTHDAY=26,-1"},
		{"FREQ=WEEKLY;BYDAY=TU;BYMONTH=4,5|FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYMONTH=11,12", "2026-11-24", "2026-11-26",
		    "FREQ=WEEKLY;BYDAY=TH;BYMONTH=4,5|FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;BYMONTH=11,12"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(move); i++) {
		struct str got = STR_NONE;
		struct day anchor = on("2026-01-01");
		enum err e = rule_move(str_of(move[i].rule), on(move[i].was), on(move[i].day), arena, &got, &anchor, NULL);

		if (e != (move[i].want != NULL ? OK : E_INVALID) || !str_eq(got, str_of(move[i].want)))
			fail_msg("%s: %s %.*s", move[i].rule, err_name(e), STR_ARG(got));
		if (e == OK)
			assert_int_equal(rule_check(got, NULL), OK);
	}
}

static void
what_moves_to_another_day_of_its_week_leaves_the_others_where_they_are(void **state)
{
	static const struct {
		const char *rule, *was, *day, *anchor;
	} move[] = {
		/* The second of two days of that week still comes, and so does week A. */
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-11-23", "2026-11-27", "2026-11-09"},
		{"FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-26", "2026-12-01", "2026-11-09"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23", "2026-11-30", "2026-11-30"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-09", "2026-11-08", "2026-11-08"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU", "2026-11-23", "2026-11-22", "2026-11-09"},
		{"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=9", "2026-11-09", "2026-11-12", "2026-11-09"},
		{"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=9", "2026-11-09", "2026-12-01", "2026-12-01"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(move); i++) {
		struct day anchor = on("2026-11-09");
		struct str rule;

		assert_int_equal(rule_move(str_of(move[i].rule), on(move[i].was), on(move[i].day), arena, &rule, &anchor, NULL), OK);
		if (anchor.n != on(move[i].anchor).n)
			fail_msg("%s: %.*s", move[i].rule, STR_ARG(written(&anchor, 1)));
	}
}

static void
a_hold_and_other_terms_may_begin_on_one_day(void **state)
{
	struct term t[4] = {{.from_day = on("2026-11-01"), .kind = TERM_WORKS, .rule = STR("FREQ=WEEKLY;BYDAY=MO"),
	    .anchor_day = on("2026-11-01")}}, apart[4];
	struct term fresh = {.from_day = on("2026-12-01"), .kind = TERM_WORKS, .rule = STR("FREQ=WEEKLY;BYDAY=TU"),
	    .anchor_day = on("2026-12-01"), .version = 7};
	const struct term hold = term_hold(on("2026-12-01"), (struct maybe_day){true, on("2026-12-14")});
	const struct agreement g = {.repeats = REPEATS_CALENDAR, .starts_day = on("2026-11-01")};
	const struct due_past past = {0};
	static struct due due[RULE_WINDOW_DAYS];
	size_t n;

	(void)state;
	/* In either order it is the same row. */
	t[1] = hold;
	t[2] = term_with(t, 2, &fresh);
	t[1] = fresh;
	t[1] = term_with(t, 2, &hold);
	assert_true(t[1].kind == TERM_WORKS && t[1].held && t[2].held && t[1].until_day.v.n == t[2].until_day.v.n);
	assert_true(str_eq(t[1].rule, t[2].rule));
	assert_int_equal(due_days(&g, t, 2, &past, on("2026-11-25"), on("2026-12-31"), due, &n, NULL), OK);
	assert_int_equal(n, 4); /* Monday the 30th; Tuesdays the 15th, 22nd, 29th */
	assert_true(due[1].day.n == on("2026-12-15").n && due[1].term == 1);
	assert_int_equal(terms_apart(t, 2, apart), 3);
	assert_true(apart[1].kind == TERM_WORKS && !apart[1].held && !apart[1].until_day.is);
	assert_true(apart[2].kind == TERM_HOLD && apart[2].until_day.v.n == on("2026-12-14").n);
	/* A new rule that day keeps the hold; each half goes without the other. */
	fresh.rule = STR("FREQ=WEEKLY;BYDAY=WE");
	t[1] = term_with(t, 2, &fresh);
	assert_true(t[1].held && str_eq(t[1].rule, fresh.rule));
	assert_true(term_without(&t[1], TERM_WORKS, &t[2]) && t[2].kind == TERM_HOLD && t[2].until_day.is);
	assert_false(term_without(&t[2], TERM_HOLD, &t[3]));
	assert_true(term_without(&t[1], TERM_HOLD, &t[2]) && t[2].kind == TERM_WORKS && !t[2].held && !t[2].until_day.is);
	assert_false(term_without(&t[2], TERM_WORKS, &t[3]));
}

static void
a_rule_tells_its_weekdays(void **state)
{
	(void)state;
	assert_int_equal(rule_weekdays(STR("FREQ=WEEKLY;BYDAY=MO,TH")), 1 << MONDAY | 1 << THURSDAY);
	assert_int_equal(rule_weekdays(STR("FREQ=MONTHLY;BYDAY=-1SU")), 1 << SUNDAY);
	assert_int_equal(rule_weekdays(STR("FREQ=MONTHLY;BYMONTHDAY=3")), 0);
	assert_int_equal(rule_weekdays(STR("FREQ=WEEKLY;BYDAY=MO|FREQ=MONTHLY;BYDAY=1FR")), 1 << MONDAY | 1 << FRIDAY);
	assert_int_equal(rule_weekdays(STR("no rule")), 0);
}

static void
a_week_that_is_always_the_same_is_known_and_put_on_other_days(void **state)
{
	struct arena *a = arena_open(1 << 12, 1 << 16, NULL);
	uint32_t every = 0, days = 0;
	struct fault f = {0};
	struct str out;

	(void)state;
	assert_true(rule_week(STR("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU"), &every, &days));
	assert_int_equal(every, 2);
	assert_int_equal(days, 1 << MONDAY | 1 << THURSDAY);
	assert_true(rule_week(STR("FREQ=WEEKLY;BYDAY=FR"), &every, &days));
	assert_int_equal(every, 1);
	assert_false(rule_week(STR("FREQ=WEEKLY;INTERVAL=4;BYDAY=FR"), &every, &days));
	assert_false(rule_week(STR("FREQ=WEEKLY;BYDAY=FR;BYMONTH=5,6"), &every, &days));
	assert_false(rule_week(STR("FREQ=MONTHLY;BYDAY=1FR"), &every, &days));
	assert_int_equal(rule_on(STR("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU"), 1 << TUESDAY | 1 << FRIDAY, a, &out, &f), OK);
	assert_true(str_eq(out, STR("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;WKST=SU")));
	assert_int_equal(rule_on(STR("FREQ=MONTHLY;BYDAY=1FR"), 1, a, &out, &f), E_INVALID);
	assert_int_equal(rule_on(STR("FREQ=WEEKLY;BYDAY=FR"), 0, a, &out, &f), E_INVALID);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_those_of_the_table),
		cmocka_unit_test(rules_that_we_do_not_know_are_refused),
		cmocka_unit_test(a_window_is_a_year_at_most),
		cmocka_unit_test(ten_thousand_rules_agree_with_a_walk_over_the_calendar_and_one_in_five_with_libical),
		cmocka_unit_test(edited_agreements_agree_with_a_walk_over_the_calendar),
		cmocka_unit_test(an_occurrence_moves_for_good),
		cmocka_unit_test(what_moves_to_another_day_of_its_week_leaves_the_others_where_they_are),
		cmocka_unit_test(a_hold_and_other_terms_may_begin_on_one_day),
		cmocka_unit_test(a_rule_tells_its_weekdays),
		cmocka_unit_test(a_week_that_is_always_the_same_is_known_and_put_on_other_days),
	};
	return cmocka_run_group_tests_name("domain/visits/recurrence", tests, open_arena, close_arena);
}
