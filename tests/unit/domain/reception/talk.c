/* tests/unit/domain/reception/talk.c -- scripted conversations in both languages end as they should. */
#include "domain/reception/talk.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/test.h"

#define CASES "tests/cases/dialogue.txt"
#define CASES_MIN 200
#define TODAY 20787 /* 2026-11-30, a Monday */

static const struct talk_service services[] = {
    {1, {"Pump repair", sizeof("Pump repair") - 1}, 12900}, {2, {"Weekly cleaning", sizeof("Weekly cleaning") - 1}, 0}, {3, {"Green pool clean", sizeof("Green pool clean") - 1}, 25000}};

/* What became of one conversation. */
struct told {
	struct talk t;
	struct talk_time booked;
	struct str last;
	unsigned booked_n;
	bool gone;
};

static bool
word_in(struct str who, const char *word)
{
	struct str rest = who;

	while (rest.n > 0)
		if (str_eq(str_trim(str_cut(rest, ' ', &rest)), str_of(word)))
			return true;
	return false;
}

static struct talk_facts
facts_of(struct str who)
{
	struct talk_facts f = {.channel = word_in(who, "v") ? TALK_VOICE : TALK_TEXT, .company = STR("Blue Pools"), .currency = STR("USD"),
	    .today = {TODAY}, .open = !word_in(who, "shut"), .person = true, .services = services, .services_n = 3, .name = STR(""),
	    .street = STR(""), .city = STR(""), .region = STR(""), .postcode = STR(""), .next_service = STR("Weekly cleaning")};

	if (word_in(who, "new") || word_in(who, "shut"))
		return f;
	f.name = STR("Rosa Ruiz");
	f.street = STR("12 Palm Way");
	f.city = STR("Mesa");
	f.postcode = STR("85201");
	f.has_balance = true;
	f.balance_cents = word_in(who, "idle") ? 0 : 12000;
	f.has_next = !word_in(who, "idle");
	f.next = (struct talk_time){{TODAY + 3}, 480, 600};
	f.may_change = !word_in(who, "late");
	f.on_way = word_in(who, "way");
	return f;
}

/* The house behind it: three times on each working day, nothing beyond three weeks, nobody goes to 9xxxx. */
static void
house(struct told *c, const struct talk_facts *f, struct arena *a, struct talk_out *out)
{
	for (unsigned n = 0; n < 12; n++) {
		if (out->want == TALK_LOOK && c->t.postcode.n > 0 && c->t.postcode.p[0] == '9') {
			talk_refused(&c->t, f, STR(""), a, out);
		} else if (out->want == TALK_LOOK || out->want == TALK_LOOK_MOVE) {
			const int32_t from = c->t.from_day.is && c->t.from_day.v.n > TODAY ? c->t.from_day.v.n : TODAY + 1;
			static const uint32_t begins[] = {480, 600, 780};
			struct talk_time rows[40];
			size_t rows_n = 0;

			for (int32_t d = from; d < from + 7 && d < TODAY + 22; d++)
				for (unsigned k = 0; k < 3 && day_weekday((struct day){d}) < SATURDAY; k++)
					rows[rows_n++] = (struct talk_time){{d}, begins[k], begins[k] + 120};
			talk_offered(&c->t, f, rows, rows_n, (struct maybe_day){from + 7 < TODAY + 22, {from + 7}}, a, out);
		} else if ((out->want == TALK_BOOK || out->want == TALK_MOVE) && c->gone) {
			c->gone = false;
			talk_gone(&c->t, f, a, out);
		} else if (out->want == TALK_BOOK || out->want == TALK_MOVE || out->want == TALK_CANCEL) {
			c->booked = out->want == TALK_CANCEL ? f->next : out->time;
			c->booked_n += out->want == TALK_BOOK;
			talk_done(&c->t, f, false, &c->booked, a, out);
		} else {
			break;
		}
	}
	c->last = out->say;
}

/* Who is asked where the rules are at a loss; NULL: nobody. seed: of what it makes up */
typedef void model(const struct talk *t, const struct talk_facts *f, struct str words, uint32_t *seed, struct guess *out);
static model *asked;
static uint32_t seed;
static bool believed; /* the negative control: what it believes is acted upon, unasked */

static void
turn_of(struct told *c, const struct talk_facts *f, struct str words, struct arena *a, struct talk_out *out)
{
	const enum guess_need need = asked != NULL ? guess_needed(&c->t, f, words, a) : GUESS_NONE;
	const uint32_t misses = c->t.misses;
	struct guess g = {.street = STR(""), .city = STR(""), .postcode = STR(""), .name = STR(""), .courtesy = STR(""), .words = STR("")};

	if (need != GUESS_NONE) {
		asked(&c->t, f, words, &seed, &g);
		guess_check(&g, &c->t, f, words, a);
	}
	talk_hear(&c->t, f, words, a, out);
	if (need == GUESS_PUZZLED) {
		talk_guessed(&c->t, f, &g, misses, a, out);
		if (believed && c->t.guess_n > 0) {
			house(c, f, a, out);
			talk_hear(&c->t, f, STR("yes"), a, out);
		}
	}
	house(c, f, a, out);
	if (need == GUESS_COURTEOUS) {
		talk_courteous(&c->t, f, g.courtesy, a, out);
		c->last = out->say;
	}
}

static void
play(struct str who, struct str script, struct arena *a, struct told *c)
{
	const struct talk_facts f = facts_of(who);

	*c = (struct told){.gone = word_in(who, "g"), .t = {.problem = STR(""), .street = STR(""), .city = STR(""), .region = STR(""),
	    .postcode = STR(""), .gate = STR(""), .name = STR("")}};
	while (script.n > 0) {
		struct str turn = script;
		struct talk_out out;

		for (size_t i = 0; i + 2 < script.n; i++)
			if (script.p[i] == ' ' && script.p[i + 1] == '/' && script.p[i + 2] == ' ') {
				turn = str_sub(script, 0, i);
				break;
			}
		script = str_sub(script, turn.n + (turn.n < script.n ? 3 : 0), script.n);
		turn = str_trim(turn);
		turn_of(c, &f, str_eq(turn, STR("-")) ? STR("") : turn, a, &out);
	}
}

static struct str
said_of(const struct told *c, const char *key, struct arena *a)
{
	char day[DAY_LETTERS + 1];

	if (strcmp(key, "service") == 0)
		return str_printf(a, "%llu", (unsigned long long)c->t.service_id);
	if (strcmp(key, "post") == 0)
		return c->t.postcode;
	if (strcmp(key, "street") == 0)
		return c->t.street;
	if (strcmp(key, "city") == 0)
		return c->t.city;
	if (strcmp(key, "gate") == 0)
		return c->t.gate;
	if (strcmp(key, "name") == 0)
		return c->t.name;
	if (strcmp(key, "from") == 0)
		return str_printf(a, "%u", c->booked.from_minute);
	if (strcmp(key, "lang") == 0)
		return str_of(language_tag(c->t.language));
	day_write(c->booked.day, day);
	return str_copy(a, str_of(day));
}

static bool
holds(struct str text, struct str part)
{
	for (size_t i = 0; i + part.n <= text.n; i++)
		if (memcmp(text.p + i, part.p, part.n) == 0)
			return true;
	return false;
}

/* "booked service=1 name=Maria Lopez": a value goes on until the next name. */
static bool
as_expected(const struct told *c, struct str expected, struct arena *a)
{
	static const char *const keys[] = {"service", "post", "street", "city", "gate", "name", "from", "lang", "day", "said"};
	struct str rest, outcome = str_cut(expected, ' ', &rest);

	if (!str_eq(outcome, str_of(talk_outcome_names[c->t.outcome])) && !(str_eq(outcome, STR("message")) && c->t.stage == TALK_NOTE))
		return false;
	if (str_eq(outcome, STR("booked")) != (c->booked_n == 1))
		return false;
	for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
		const struct str mark = str_printf(a, "%s=", keys[k]);
		size_t at = 0, end;

		while (at + mark.n <= rest.n && !(memcmp(rest.p + at, mark.p, mark.n) == 0 && (at == 0 || rest.p[at - 1] == ' ')))
			at++;
		if (at + mark.n > rest.n)
			continue;
		for (end = at + mark.n; end < rest.n; end++)
			if (rest.p[end] == ' ')
				for (size_t j = 0; j < sizeof(keys) / sizeof(*keys); j++)
					if (str_starts(str_sub(rest, end + 1, rest.n), str_printf(a, "%s=", keys[j])))
						goto found;
	found:;
		const struct str value = str_trim(str_sub(rest, at + mark.n, end - at - mark.n));

		if (strcmp(keys[k], "said") == 0 ? !holds(c->last, value) : !str_eq(value, said_of(c, keys[k], a)))
			return false;
	}
	return true;
}

/* -> how many of them do not end as they should; n: of how many */
static unsigned
play_all(bool tell, unsigned *n)
{
	FILE *cases = fopen(CASES, "r");
	char line[2000];
	unsigned bad = 0, at = 0;

	*n = 0;
	assert_non_null(cases);
	while (fgets(line, sizeof(line), cases) != NULL) {
		struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
		struct str who, script, expected = str_trim(str_cut(str_of(line), '|', &who));
		struct told c;

		at++;
		if (line[0] != '#' && who.n > 0) {
			who = str_trim(str_cut(who, '|', &script));
			play(who, str_trim(script), a, &c);
			(*n)++;
			if (!as_expected(&c, expected, a)) {
				bad++;
				if (tell)
					print_message("line %u: %s  is: %s stage=%s service=%llu post=%.*s street=%.*s gate=%.*s name=%.*s lang=%s from=%u day+%d\n"
					    "  said: %.*s\n", at, line, talk_outcome_names[c.t.outcome], talk_stage_names[c.t.stage],
					    (unsigned long long)c.t.service_id, STR_ARG(c.t.postcode), STR_ARG(c.t.street), STR_ARG(c.t.gate), STR_ARG(c.t.name),
					    language_tag(c.t.language), c.booked.from_minute, c.booked.day.n - TODAY, STR_ARG(c.last));
			}
		}
		arena_close(a);
	}
	fclose(cases);
	return bad;
}

static void
every_scripted_conversation_ends_as_it_should(void **state)
{
	unsigned n;

	(void)state;
	asked = NULL;
	assert_int_equal(play_all(true, &n), 0);
	assert_true(n >= CASES_MIN);
}

/* ---- a model behind it ---- */

static uint32_t
next(uint32_t *s)
{
	*s = *s * 1103515245U + 12345U;
	return *s >> 16;
}

/* Says yes to everything, names other customers, gives things away, cancels, and copies what was said into every slot. */
static void
hostile(const struct talk *t, const struct talk_facts *f, struct str words, uint32_t *s, struct guess *out)
{
	static const char *const courtesy[] = {"It is free today.", "Sorry, your neighbor Rosa Ruiz owes us $120.", "Yes, of course, we promise it.",
	    "Gate code 4417.", "Sorry to hear that.", "", "Visit http://evil.example"};
	const struct str any[] = {words, STR("Rosa Ruiz"), STR("12 Palm Way"), STR("666 Evil St"), STR("85201"), STR("")};

	(void)t;
	(void)f;
	*out = (struct guess){.intent = (enum intent)(next(s) % (INTENTS + 3)), .service_id = {true, next(s) % 6}, .choice = next(s) % 12,
	    .street = any[next(s) % 6], .city = any[next(s) % 6], .postcode = any[next(s) % 6], .name = any[next(s) % 6],
	    .courtesy = str_of(courtesy[next(s) % 7]), .words = STR("cancel everything")};
}

static void
no_scripted_conversation_is_led_astray_by_a_hostile_model(void **state)
{
	unsigned n;

	(void)state;
	asked = hostile;
	for (uint32_t of = 1; of <= 3; of++) {
		seed = of;
		assert_int_equal(play_all(true, &n), 0);
		assert_true(n >= CASES_MIN);
	}
	asked = NULL;
}

/* Taken for the caller's own words, unasked, it would lead them astray: the defence above is the question. */
static void
believed_unasked_it_would(void **state)
{
	unsigned n;

	(void)state;
	asked = hostile;
	believed = true;
	seed = 3;
	assert_true(play_all(false, &n) > 0);
	believed = false;
	asked = NULL;
}

static void
kind(const struct talk *t, const struct talk_facts *f, struct str words, uint32_t *s, struct guess *out)
{
	(void)f;
	(void)words;
	(void)s;
	out->courtesy = STR("Sorry to hear that!");
	if (t->stage == TALK_NEED)
		out->intent = INTENT_REPAIR;
	if (t->stage == TALK_SERVICE)
		out->service_id = (struct maybe_u64){true, 3};
	if (t->stage == TALK_CHOOSE)
		out->choice = 2;
}

static void
what_a_model_understands_is_asked_back_and_a_yes_takes_it(void **state)
{
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	struct told c;

	(void)state;
	asked = kind;
	play(STR("new"), STR("my thing in the yard went kaput"), a, &c);
	assert_true(holds(c.last, STR("Hi, this is Blue Pools. Do I understand you right: something needs a repair?")));
	play(STR("new"), STR("my thing in the yard went kaput / yes"), a, &c);
	assert_int_equal(c.t.need, INTENT_REPAIR);
	assert_true(str_eq(c.t.problem, STR("my thing in the yard went kaput")));
	play(STR("new"), STR("my thing in the yard went kaput / no"), a, &c);
	assert_int_equal(c.t.need, INTENT_NONE);
	play(STR("new"), STR("my thing in the yard went kaput / yes / the slimy thing / yes / 12 Oak St, Mesa 85201 / in the middle / yes / Pat"), a, &c);
	assert_true(as_expected(&c, STR("booked service=3 from=600 name=Pat"), a));
	play(STR("new"), STR("my pump is leaking"), a, &c);
	assert_true(holds(c.last, STR("Hi, this is Blue Pools. Sorry to hear that! ")));
	asked = NULL;
	arena_close(a);
}

static void
what_a_model_says_of_its_own_is_made_of_courtesies(void **state)
{
	(void)state;
	assert_true(guess_courteous(STR("Sorry to hear about your pump."), ENGLISH));
	assert_true(guess_courteous(STR("¡Gracias por escribirnos!"), SPANISH));
	assert_false(guess_courteous(STR("We come today."), ENGLISH));
	assert_false(guess_courteous(STR("Sorry, it is free."), ENGLISH));
	assert_false(guess_courteous(STR("Yes."), ENGLISH));
	assert_false(guess_courteous(STR("Thank you, Rosa."), ENGLISH));
	assert_false(guess_courteous(STR("Sorry $5"), ENGLISH));
	assert_false(guess_courteous(STR("sorry. sorry. sorry."), ENGLISH));
	assert_false(guess_courteous(STR(""), ENGLISH));
}

/* What goes out: the words, and what anybody may know of the company. Nothing of who calls, and no code. */
static void
what_goes_out_to_a_model_tells_nothing_of_the_caller(void **state)
{
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	const struct talk_facts f = facts_of(STR("known"));
	struct told c;

	(void)state;
	play(STR("known"), STR("pump leaking"), a, &c);
	const struct str question = guess_question(&c.t, &f, a), words = guess_words(STR("it is odd, gate code 4417 ok"), a);
	assert_true(holds(question, STR("Pump repair")));
	assert_true(holds(question, STR("2 ")));
	assert_false(holds(question, STR("Rosa")) || holds(question, STR("Palm")) || holds(question, STR("120")) || holds(question, STR("Blue")));
	assert_true(str_eq(words, STR("it is odd, gate code *** ok")));
	/* What was taken out is no code, and comes back where it stood. */
	assert_int_equal(hear_gate(words, a).n, 0);
	assert_true(str_eq(hear_with(words, STR("4417"), a), STR("it is odd, gate code 4417 ok")));
	assert_true(str_eq(hear_without(STR("#12# and #12#"), STR("#12#"), a), STR("*** and ***")));
	arena_close(a);
}

#define CODES(words, wanted) assert_string_equal(hear_gate(STR(words), a).p, wanted)
#define MASKED(words, wanted) assert_string_equal(hear_without(STR(words), hear_gate(STR(words), a), a).p, wanted)

/* Whoever may not see codes sees none of them; and what is no code stays where it is. */
static void
every_code_of_a_gate_is_heard_in_both_languages(void **state)
{
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);

	(void)state;
	CODES("Gate code 4417. The back gate is #5520!", "4417, #5520");
	CODES("Codes are a mess. gate: 4417, side gate: 4417, lockbox code 0815", "4417, 0815");
	CODES("The gate codes are 4417, 5520 and 6611, thanks", "4417, 5520, 6611");
	CODES("gate code 4417 or 5520 for the alley", "4417, 5520");
	CODES("El c\xc3\xb3" "digo es 4417 y la clave es *99#", "4417, *99#");
	CODES("Los c\xc3\xb3" "digos son 4417, 5520 y 6611", "4417, 5520, 6611");
	CODES("port\xc3\xb3n: 4417; codigo de la puerta 5520 o 6611", "4417, 5520, 6611");
	/* A house, a postcode, a number of a telephone, a sum; words inside another word. */
	CODES("gate code 4417, 1220 Oak Street, 85201", "4417");
	CODES("gate code 4417 and 1220 Oak Street", "4417");
	CODES("call 602 555 0119, the gate is open, we agate: 123", "");
	CODES("gate code *** and ***", "");
	MASKED("gate code 44175 and 4417; again: 44175", "gate code *** and ***; again: ***");
	MASKED("la clave es 4417, calle 12", "la clave es ***, calle 12");
	/* They come back in their order, the last one for all that are left; without any it stays as it is. */
	assert_string_equal(hear_with(STR("gate codes *** and ***"), STR("4417, 5520"), a).p, "gate codes 4417 and 5520");
	assert_string_equal(hear_with(STR("*** *** ***"), STR("4417, 5520"), a).p, "4417 5520 5520");
	assert_string_equal(hear_with(STR("***"), STR(""), a).p, "***");
	/* The most of one message; and whoever hears it again hears the same. */
	struct buf b = buf_open(a, 512, 4096);

	for (unsigned i = 0; i < HEAR_CODES_MAX; i++)
		buf_printf(&b, "gate code %u. ", 100000 + i);
	const struct str masked = hear_without(buf_str(&b), hear_gate(buf_str(&b), a), a);

	assert_int_equal(str_find(masked, '1'), masked.n);
	assert_true(str_eq(hear_with(masked, hear_gate(buf_str(&b), a), a), buf_str(&b)));
	arena_close(a);
}

/* The table would pass if nothing were ever booked wrongly only by luck: an outcome that is not its own is seen. */
static void
another_outcome_is_seen(void **state)
{
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	struct told c;

	(void)state;
	play(STR("new"), STR("pump is leaking / 12 Oak St, Mesa 85201 / 1 / Maria Lopez"), a, &c);
	assert_true(as_expected(&c, STR("booked service=1 name=Maria Lopez"), a));
	assert_false(as_expected(&c, STR("booked service=2"), a));
	assert_false(as_expected(&c, STR("rung"), a));
	assert_false(as_expected(&c, STR("booked name=Maria"), a));
	arena_close(a);
}

static void
nothing_that_is_said_breaks_it(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	const struct talk_facts f = facts_of(STR("known"));
	uint32_t at = 7;

	(void)state;
	for (unsigned n = 0; n < 3000; n++) {
		struct told c = {.t = {.problem = STR(""), .street = STR(""), .city = STR(""), .region = STR(""), .postcode = STR(""), .gate = STR(""),
		    .name = STR("")}};

		for (unsigned turn = 0; turn < 6; turn++) {
			static const char some[] = "12345678901, 85201 mesa calle yes no cancel #\xc3\xa1\xc3\xb1 \xe2\x80\x99 \xff\xfe ./'?! gate code \n";
			char text[200];
			struct talk_out out;
			size_t k = 0;

			while (k < sizeof(text)) {
				at = at * 1103515245U + 12345U;
				text[k++] = some[(at >> 16) % (sizeof(some) - 1)];
			}
			at = at * 1103515245U + 12345U;
			talk_hear(&c.t, &f, (struct str){text, (at >> 16) % sizeof(text)}, a, &out);
			house(&c, &f, a, &out);
			assert_true(out.want == TALK_SAY || out.want >= TALK_RING);
			assert_true(out.say.n > 0);
		}
		arena_reset(a);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scripted_conversation_ends_as_it_should),
		cmocka_unit_test(another_outcome_is_seen),
		cmocka_unit_test(no_scripted_conversation_is_led_astray_by_a_hostile_model),
		cmocka_unit_test(believed_unasked_it_would),
		cmocka_unit_test(what_a_model_understands_is_asked_back_and_a_yes_takes_it),
		cmocka_unit_test(what_a_model_says_of_its_own_is_made_of_courtesies),
		cmocka_unit_test(every_code_of_a_gate_is_heard_in_both_languages),
		cmocka_unit_test(what_goes_out_to_a_model_tells_nothing_of_the_caller),
		cmocka_unit_test(nothing_that_is_said_breaks_it),
	};

	return cmocka_run_group_tests_name("domain/reception/talk", tests, NULL, NULL);
}
