/* tests/unit/domain/visits/visit.c -- agreements, what is due, what may become of a visit, wishes. */
#include "domain/visits/checklist.h"
#include "domain/visits/visit.h"

#include "domain/visits/due.h"
#include "domain/visits/wish.h"
#include "tests/unit/test.h"

static struct day
on(const char *text)
{
	struct day d;

	assert_true(day_read(str_of(text), &d));
	return d;
}

#define ON(text) ((struct maybe_day){true, on(text)})

static struct term
works(const char *from, const char *rule, const char *anchor)
{
	return (struct term){.from_day = on(from), .kind = TERM_WORKS, .rule = str_of(rule), .anchor_day = on(anchor)};
}

static struct term
hold(const char *from, const char *until)
{
	return (struct term){.from_day = on(from), .kind = TERM_HOLD, .until_day = ON(until)};
}

static void
due_are(const struct agreement *g, const struct term *t, size_t n, const struct due_past *past, const char *from,
    const char *to, const char *want)
{
	struct due out[RULE_WINDOW_DAYS];
	char text[2048] = "", day[DAY_LETTERS + 1];
	size_t k, at = 0;

	assert_int_equal(due_days(g, t, n, past, on(from), on(to), out, &k, NULL), OK);
	for (size_t i = 0; i < k; i++) {
		day_write(out[i].day, day);
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%s/%zu", i > 0 ? " " : "", day, out[i].term);
		assert_true(at < sizeof(text));
	}
	assert_string_equal(text, want);
}

static void
each_term_holds_from_its_day_and_holds_cut_days_out(void **state)
{
	const struct agreement g = {.repeats = REPEATS_CALENDAR, .starts_day = on("2026-11-02"), .ends_day = ON("2026-12-20")};
	const struct term t[] = {works("2026-11-02", "FREQ=WEEKLY;BYDAY=TU", "2026-11-02"), hold("2026-11-10", "2026-11-17"),
	    works("2026-12-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "2026-12-03")};
	const struct due_past none = {0};

	(void)state;
	due_are(&g, t, 3, &none, "2026-10-01", "2027-01-31",
	    "2026-11-03/0 2026-11-24/0 2026-12-03/2 2026-12-17/2");
	due_are(&g, t, 3, &none, "2026-11-25", "2026-12-03", "2026-12-03/2");
	due_are(&g, t, 0, &none, "2026-11-25", "2026-12-03", "");
}

static void
since_done_counts_from_the_last_time_it_was_done(void **state)
{
	const struct agreement g = {.repeats = REPEATS_SINCE_DONE, .starts_day = on("2026-11-02"), .ends_day = ON("2027-12-31")};
	struct term t[] = {works("2026-11-02", "", "2026-11-02"), hold("2027-03-01", "2027-03-31")};

	(void)state;
	t[0].every_days = 30;
	due_are(&g, t, 2, &(struct due_past){0}, "2026-11-10", "2027-01-05", "2026-11-10/0");
	due_are(&g, t, 2, &(struct due_past){.open = true}, "2026-11-10", "2027-01-05", "");
	due_are(&g, t, 2, &(struct due_past){.done = ON("2026-11-20")}, "2026-11-21", "2027-01-15", "2026-12-20/0");
	due_are(&g, t, 2, &(struct due_past){.done = ON("2026-11-20")}, "2026-11-21", "2026-12-19", "");
	due_are(&g, t, 2, &(struct due_past){.done = ON("2027-02-15")}, "2027-02-16", "2027-05-01", "2027-04-01/0");
	due_are(&g, t, 2, &(struct due_past){.done = ON("2027-12-15")}, "2027-12-16", "2028-02-01", "");
	t[1].until_day.is = false;
	due_are(&g, t, 2, &(struct due_past){.done = ON("2027-02-15")}, "2027-02-16", "2027-05-01", "");
}

static void
a_line_of_a_checklist_has_no_visits_of_its_own(void **state)
{
	const struct agreement g = {.repeats = REPEATS_CHECKLIST, .starts_day = on("2026-11-02")};
	const struct term t[] = {works("2026-11-02", "FREQ=WEEKLY;BYDAY=TU", "2026-11-02")};

	(void)state;
	due_are(&g, t, 1, &(struct due_past){0}, "2026-11-10", "2027-01-05", "");
}

static void
a_line_appears_when_it_is_due_and_stays_until_it_is_done(void **state)
{
	const struct maybe_day never = {0};

	(void)state;
	assert_true(line_due(0, ON("2026-11-20"), on("2026-11-21")));
	assert_true(line_due(180, never, on("2026-11-21")));
	assert_false(line_due(7, ON("2026-11-17"), on("2026-11-23")));
	assert_true(line_due(7, ON("2026-11-17"), on("2026-11-24")));
	assert_true(line_due(7, ON("2026-11-17"), on("2027-11-24")));
	assert_false(line_asked(never, never, on("2026-11-24")));
	assert_true(line_asked(ON("2026-11-24"), never, on("2026-11-24")));
	assert_true(line_asked(ON("2026-11-24"), ON("2026-11-23"), on("2026-12-01")));
	assert_false(line_asked(ON("2026-11-24"), ON("2026-11-24"), on("2026-12-01")));
	assert_false(line_asked(ON("2026-11-25"), never, on("2026-11-24")));
}

static void
what_has_been_is_not_changed(void **state)
{
	struct agreement g = {.starts_day = on("2026-11-02"), .ends_day = ON("2026-12-20")};
	const struct day today = on("2026-11-21");
	struct fault f = {0};

	(void)state;
	assert_int_equal(agreement_may_change(&g, 2, today, today, NULL), OK);
	assert_int_equal(agreement_may_change(&g, 2, on("2026-11-20"), today, &f), E_INVALID);
	assert_string_equal(f.field, "from_day");
	assert_int_equal(agreement_may_change(&g, 2, on("2026-12-21"), today, NULL), E_INVALID);
	assert_int_equal(agreement_may_change(&g, 2, on("2026-11-30"), today, NULL), OK);
	assert_int_equal(agreement_may_change(&g, TERMS_MAX, today, today, NULL), E_LIMIT);
	assert_int_equal(agreement_may_end(&g, on("2026-11-20"), today, NULL), OK);
	assert_int_equal(agreement_may_end(&g, on("2026-11-19"), today, NULL), E_INVALID);
	g.closed_at = (struct maybe_i64){true, 1};
	assert_int_equal(agreement_may_change(&g, 2, on("2026-11-30"), today, NULL), E_STALE);
	assert_int_equal(agreement_may_end(&g, today, today, NULL), E_STALE);
}

static void
a_term_says_what_its_kind_needs(void **state)
{
	struct term t = works("2026-11-02", "", "2026-11-02"), h = hold("2026-11-03", "2026-11-02");

	(void)state;
	assert_int_equal(term_check(&t, REPEATS_CALENDAR, NULL), E_INVALID);
	assert_int_equal(term_check(&t, REPEATS_SINCE_DONE, NULL), E_INVALID);
	t.every_days = 180;
	assert_int_equal(term_check(&t, REPEATS_SINCE_DONE, NULL), OK);
	t.from_minute = (struct maybe_u32){true, 600};
	t.to_minute = (struct maybe_u32){true, 600};
	assert_int_equal(term_check(&t, REPEATS_SINCE_DONE, NULL), E_INVALID);
	assert_int_equal(term_check(&h, REPEATS_CALENDAR, NULL), E_INVALID);
}

static void
only_what_is_planned_can_be_changed(void **state)
{
	const struct visit_move to = {.day = on("2026-11-25"), .tech_id = {true, 7}};
	const struct visit_change change = {.minutes = 20};
	const struct day today = on("2026-11-21");

	(void)state;
	for (enum visit_state s = VISIT_SCHEDULED; s < VISIT_STATES; s++) {
		enum err want = s == VISIT_SCHEDULED || s == VISIT_ON_WAY ? OK : E_STALE;
		enum err open = want == OK || s == VISIT_STARTED ? OK : E_STALE;
		struct visit v = {.day = on("2026-11-24"), .state = s};
		struct visit m = v, k = v, c = v, r = v;

		assert_int_equal(visit_move(&m, &to, today, NULL), want);
		assert_int_equal(visit_skip(&k, STR("rain"), NULL), open);
		assert_int_equal(visit_change(&c, &change, NULL), want);
		assert_int_equal(visit_restore(&r, today, NULL), s == VISIT_SKIPPED ? OK : E_STALE);
		assert_true(m.by_hand == (want == OK) && k.by_hand == (open == OK) && c.by_hand == m.by_hand);
		if (want == OK)
			assert_true(m.day.n == to.day.n && m.tech_id.v == 7 && k.state == VISIT_SKIPPED);
	}
}

/* Every verb in every state: what may follow what, written down once more and by hand. */
static void
each_verb_leads_where_the_table_says(void **state)
{
	/* rows: scheduled, on the way, started, done, skipped, no access, cancelled; '.': refused; '=': the state stays */
	static const struct {
		enum verb verb;
		const char *to;
	} table[] = {
		{VERB_CONFIRM, "===...."}, {VERB_FLAG, "===...."}, {VERB_ON_MY_WAY, "WW....."}, {VERB_ARRIVE, "III...."},
		{VERB_CHECK, "======."}, {VERB_NOTE, "======."}, {VERB_PHOTO, "======."}, {VERB_REASSIGN, "==....."},
		{VERB_NO_ACCESS, "NNN...."}, {VERB_SKIP, "KKK...."}, {VERB_FINISH, "DDD...."}, {VERB_CORRECT, "..==.=."},
		{VERB_REOPEN, "...SSSS"}, {VERB_CANCEL, "CCC...."}, {VERB_CLOCK_IN, "......."}, {VERB_DAYS, "......."},
		{VERB_FETCHED, "===...."}, {VERB_LOOKED, "......."}, {VERB_LOCKED, "......."},
	};
	static const enum visit_state states[] = {VISIT_SCHEDULED, VISIT_ON_WAY, VISIT_STARTED, VISIT_DONE, VISIT_SKIPPED,
		VISIT_NO_ACCESS, VISIT_CANCELLED};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (size_t k = 0; k < 7; k++) {
			struct visit v = {.state = states[k], .errand = STR("O-ring")};
			const struct step s = {.verb = table[i].verb, .at = 1000, .started_at = {true, 900}};
			const enum err e = visit_step(&v, &s, NULL);
			const char to = table[i].to[k];
			const enum visit_state want = to == 'W' ? VISIT_ON_WAY : to == 'I' ? VISIT_STARTED : to == 'D' ? VISIT_DONE :
			    to == 'N' ? VISIT_NO_ACCESS : to == 'K' ? VISIT_SKIPPED : to == 'C' ? VISIT_CANCELLED :
			    to == 'S' ? VISIT_SCHEDULED : states[k];

			if ((e == OK) != (to != '.') || v.state != want)
				print_error("# %s from %s: %s, %s\n", verb_names[table[i].verb], visit_state_names[states[k]],
				    err_name(e), visit_state_names[v.state]);
			assert_true((e == OK) == (to != '.') && v.state == want);
		}
}

static void
two_phones_of_one_person_keep_the_earlier_time(void **state)
{
	struct visit v = {.state = VISIT_SCHEDULED};

	(void)state;
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_ARRIVE, .at = 500}, NULL), OK);
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_ARRIVE, .at = 400}, NULL), OK);
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_ARRIVE, .at = 450}, NULL), OK);
	assert_int_equal(v.started_at.v, 400);
	/* Its clock was put right in between: it cannot end before it began. */
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_FINISH, .at = 300}, NULL), OK);
	assert_int_equal(v.ended_at.v, 400);
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_CORRECT, .ended_at = {true, 399}}, NULL), E_INVALID);
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_CORRECT, .ended_at = {true, 400 + 86401}}, NULL), E_INVALID);
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_CORRECT, .ended_at = {true, 1000}}, NULL), OK);
	assert_int_equal(v.ended_at.v, 1000);
	/* Opened again it is under way: it had begun. */
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_REOPEN}, NULL), OK);
	assert_true(v.state == VISIT_STARTED && !v.ended_at.is && v.started_at.v == 400);
}

static void
what_nobody_asked_for_is_not_fetched_and_the_first_time_counts(void **state)
{
	struct visit v = {.state = VISIT_SCHEDULED};

	(void)state;
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_FETCHED, .at = 500}, NULL), E_STALE);
	v.errand = STR("O-ring");
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_FETCHED, .at = 500}, NULL), OK);
	assert_int_equal(visit_step(&v, &(struct step){.verb = VERB_FETCHED, .at = 700}, NULL), OK);
	assert_true(v.fetched_at.v == 500 && v.state == VISIT_SCHEDULED);
}

static void
nothing_moves_into_the_past(void **state)
{
	const struct day today = on("2026-11-21");
	struct visit v = {.day = on("2026-11-24"), .state = VISIT_SCHEDULED};
	struct fault f = {0};

	(void)state;
	assert_int_equal(visit_move(&v, &(struct visit_move){.day = on("2026-11-20")}, today, &f), E_INVALID);
	assert_string_equal(f.field, "day");
	assert_int_equal(v.day.n, on("2026-11-24").n);
	v.day = on("2026-11-19");
	/* Yesterday's, given to somebody else: for the record. */
	assert_int_equal(visit_move(&v, &(struct visit_move){.day = v.day, .tech_id = {true, 2}}, today, NULL), OK);
	v.state = VISIT_SKIPPED;
	assert_int_equal(visit_restore(&v, today, NULL), E_INVALID);
}

static void
wishes_are_obeyed(void **state)
{
	static const uint64_t never[] = {7, 9};
	struct wish w = {.not_days = 1 << FRIDAY, .never_techs = never, .never_techs_n = 2};
	struct fault f = {0};

	(void)state;
	assert_int_equal(wish_day(&w, on("2026-11-27"), &f), E_INVALID);
	assert_string_equal(f.field, "day");
	assert_int_equal(wish_day(&w, on("2026-11-26"), NULL), OK);
	assert_int_equal(wish_weekdays(&w, 1 << FRIDAY | 1 << MONDAY, NULL), E_INVALID);
	assert_int_equal(wish_weekdays(&w, 1 << MONDAY, NULL), OK);
	assert_int_equal(wish_tech(&w, (struct maybe_u64){true, 9}, NULL), E_INVALID);
	assert_int_equal(wish_tech(&w, (struct maybe_u64){true, 8}, NULL), OK);
	assert_int_equal(wish_tech(&w, (struct maybe_u64){0}, NULL), OK);
	w.same_tech = (struct maybe_u64){true, 3};
	assert_int_equal(wish_tech(&w, (struct maybe_u64){true, 8}, &f), E_INVALID);
	assert_int_equal(wish_tech(&w, (struct maybe_u64){true, 3}, NULL), OK);
	assert_int_equal(wish_tech(&w, (struct maybe_u64){0}, NULL), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_term_holds_from_its_day_and_holds_cut_days_out),
		cmocka_unit_test(since_done_counts_from_the_last_time_it_was_done),
		cmocka_unit_test(a_line_of_a_checklist_has_no_visits_of_its_own),
		cmocka_unit_test(a_line_appears_when_it_is_due_and_stays_until_it_is_done),
		cmocka_unit_test(what_has_been_is_not_changed),
		cmocka_unit_test(a_term_says_what_its_kind_needs),
		cmocka_unit_test(only_what_is_planned_can_be_changed),
		cmocka_unit_test(each_verb_leads_where_the_table_says),
		cmocka_unit_test(two_phones_of_one_person_keep_the_earlier_time),
		cmocka_unit_test(what_nobody_asked_for_is_not_fetched_and_the_first_time_counts),
		cmocka_unit_test(nothing_moves_into_the_past),
		cmocka_unit_test(wishes_are_obeyed),
	};
	return cmocka_run_group_tests_name("domain/visits", tests, NULL, NULL);
}
