#include "domain/reception/talk.h"

#include "domain/base/money.h"

#define SAY_MAX 900
#define PROBLEM_MAX 400
#define MISSES_MAX 3
#define SILENCES_MAX 3
#define MORE_MAX 4 /* looks at later times */

/* What the braces of a sentence stand for. */
struct filling {
	const char *name;
	struct str value;
};

static void heard(struct talk *t, const struct talk_facts *f, struct str words, const struct hearing *h, struct arena *a, struct talk_out *out);
static bool guess_answered(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out);
static bool changes_everything(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out);
static void take_slots(struct talk *t, struct str words, const struct hearing *h);
static bool fresh_need(struct talk *t, const struct talk_facts *f, struct str words, const struct hearing *h, struct arena *a, struct talk_out *out);
static void stay(struct talk *t, const struct talk_facts *f, struct str words, const struct hearing *h, struct arena *a, struct talk_out *out);
static void go_on(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out);
static void service_of(struct talk *t, const struct talk_facts *f, struct str words);
static void ask_place(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out);
static void chosen(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out);
static void missed(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out);
static void ring(struct talk *t, const struct talk_facts *f, const char *first, struct arena *a, struct talk_out *out);
static void message(struct talk *t, const struct talk_facts *f, const char *first, struct arena *a, struct talk_out *out);
static bool keep_message(struct talk *t, const struct talk_facts *f, struct str words, struct arena *a, struct talk_out *out);
static void end(struct talk *t, const struct talk_facts *f, enum talk_outcome how, const char *say, struct arena *a, struct talk_out *out);
static void offer(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out);
static void where(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out);
static void bill(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out);
static void price(struct talk *t, const struct talk_facts *f, struct str words, struct arena *a, struct talk_out *out);
static bool suits(const struct talk *t, const struct talk_time *x);
static struct str when_says(const struct talk *t, const struct talk_time *x, struct arena *a);
static struct str sum_says(const struct talk *t, const struct talk_facts *f, int64_t cents, struct arena *a);
static const struct talk_service *service_at(const struct talk *t, const struct talk_facts *f);
static void say(struct talk *t, const struct talk_facts *f, struct talk_out *out, struct arena *a, const char *name,
    const struct filling *v, size_t n);
static struct str greeted(struct talk *t, const struct talk_facts *f, struct arena *a);
static struct str hello(const struct talk *t, const struct talk_facts *f, struct arena *a);
static struct str filled(struct arena *a, const char *text, const struct talk_facts *f, const struct filling *v, size_t n);

const char *const talk_stage_names[] = {"need", "service", "place", "choose", "name", "sure", "note", "over", NULL};
const char *const talk_outcome_names[] = {"open", "booked", "asked", "moved", "cancelled", "told", "message", "rung", "wrong", "dropped",
    "silent", "missed", NULL};

bool
talk_handled(enum talk_outcome o)
{
	return o == TALK_BOOKED || o == TALK_ASKED || o == TALK_MOVED || o == TALK_CANCELLED;
}

void
talk_hear(struct talk *t, const struct talk_facts *f, struct str words, struct arena *a, struct talk_out *out)
{
	struct hearing h;

	hear(words, a, &h);
	heard(t, f, words, &h, a, out);
}

static void
heard(struct talk *t, const struct talk_facts *f, struct str words, const struct hearing *h, struct arena *a, struct talk_out *out)
{
	*out = (struct talk_out){.say = STR(""), .text = STR("")};
	words = str_trim(words);
	if (h->language_is)
		t->language = h->language;
	t->turns++;
	if (words.n == 0) {
		if (++t->silences >= SILENCES_MAX) {
			end(t, f, TALK_SILENT, "silent", a, out);
			return;
		}
		go_on(t, f, a, out);
		return;
	}
	t->silences = 0;
	if (guess_answered(t, f, h, a, out))
		return;
	if (changes_everything(t, f, h, a, out))
		return;
	/* Who speaks again after the end begins anew, and is not greeted twice. */
	if (t->stage == TALK_OVER)
		*t = (struct talk){.language = t->language, .greeted = true, .turns = t->turns, .street = t->street, .city = t->city,
		    .region = t->region, .postcode = t->postcode, .name = t->name, .gate = t->gate, .problem = STR("")};
	take_slots(t, words, h);
	if (fresh_need(t, f, words, h, a, out))
		return;
	stay(t, f, words, h, a, out);
}

/* A plain yes to what was believed is what the caller says; a plain no asks anew; anything else is heard as it stands. */
static bool
guess_answered(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out)
{
	const bool plain = h->intent == INTENT_NONE && h->choice == 0 && h->street.n + h->postcode.n + h->name.n == 0 && !h->weekday.is &&
	    !h->angry && !h->hostile && h->yes != h->no;
	struct hearing meant;

	if (t->guess_n == 0)
		return false;
	const struct guess g = t->guess[0];
	t->guess_n = 0;
	if (!plain)
		return false;
	t->misses = 0;
	if (h->no) {
		go_on(t, f, a, out);
		return true;
	}
	guess_heard(&g, &meant);
	if (g.service_id.is && t->stage == TALK_SERVICE) {
		t->service_id = g.service_id.v;
		go_on(t, f, a, out);
		return true;
	}
	if (changes_everything(t, f, &meant, a, out))
		return true;
	take_slots(t, g.words, &meant);
	if (!fresh_need(t, f, g.words, &meant, a, out))
		stay(t, f, g.words, &meant, a, out);
	return true;
}

/* Danger, anger, a wish for a person, a wrong number, enough of it: at any time. */
static bool
changes_everything(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out)
{
	if (h->intent == INTENT_EMERGENCY) {
		t->need = INTENT_EMERGENCY;
		ring(t, f, "danger", a, out);
		return true;
	}
	if (t->turns > TALK_TURNS_MAX || h->intent == INTENT_PERSON || h->angry) {
		if (t->stage == TALK_NOTE)
			return false;
		t->need = INTENT_PERSON;
		ring(t, f, NULL, a, out);
		return true;
	}
	if (h->intent == INTENT_WRONG && t->stage == TALK_NEED) {
		end(t, f, TALK_WRONG, "wrong", a, out);
		return true;
	}
	if (h->intent == INTENT_DROP && t->stage != TALK_OVER) {
		end(t, f, TALK_DROPPED, "drop", a, out);
		return true;
	}
	if (h->intent == INTENT_THANKS && (t->stage == TALK_OVER || (t->stage == TALK_NEED && t->outcome == TALK_TOLD))) {
		const enum talk_outcome how = t->outcome == TALK_OPEN ? TALK_DROPPED : t->outcome;

		end(t, f, how, "bye", a, out);
		return true;
	}
	return false;
}

static void
take_slots(struct talk *t, struct str words, const struct hearing *h)
{
	if (h->street.n > 0)
		t->street = h->street;
	if (h->city.n > 0)
		t->city = h->city;
	if (h->postcode.n > 0)
		t->postcode = h->postcode;
	if (h->gate.n > 0)
		t->gate = h->gate;
	if (h->name.n > 0)
		t->name = h->name;
	if (h->mornings != h->afternoons) {
		t->mornings = h->mornings;
		t->afternoons = h->afternoons;
	}
	if (h->weekday.is)
		t->weekday = h->weekday;
	if ((h->intent == INTENT_REPAIR || h->intent == INTENT_SERVICE) && t->problem.n == 0 && !h->hostile)
		t->problem = str_sub(words, 0, PROBLEM_MAX);
}

/* A wish that is another one than before: the talk turns to it. True: answered. */
static bool
fresh_need(struct talk *t, const struct talk_facts *f, struct str words, const struct hearing *h, struct arena *a, struct talk_out *out)
{
	const enum intent was = t->need;

	if (h->intent == INTENT_NONE || h->intent == INTENT_THANKS || h->intent == INTENT_WRONG || t->stage == TALK_NOTE)
		return false;
	/* "another day" while times are offered means other times; "weekly" answers which service. */
	if (t->stage == TALK_CHOOSE && h->intent == INTENT_RESCHEDULE)
		return false;
	if (t->stage == TALK_SURE && h->intent == INTENT_CANCEL)
		return false;
	if ((t->stage == TALK_SERVICE || t->stage == TALK_PLACE || t->stage == TALK_CHOOSE || t->stage == TALK_NAME) &&
	    (h->intent == INTENT_REPAIR || h->intent == INTENT_SERVICE) && (was == INTENT_REPAIR || was == INTENT_SERVICE)) {
		/* "Actually, weekly cleaning": another service before a time is chosen. */
		if (t->stage != TALK_NAME && h->street.n == 0 && !h->hostile)
			service_of(t, f, words);
		return false;
	}
	t->misses = 0;
	if (h->intent == INTENT_WHERE) {
		where(t, f, a, out);
		return true;
	}
	if (h->intent == INTENT_BILL) {
		if (was == INTENT_BILL && t->outcome == TALK_TOLD)
			return keep_message(t, f, words, a, out);
		bill(t, f, a, out);
		return true;
	}
	if (h->intent == INTENT_PRICE) {
		price(t, f, words, a, out);
		return true;
	}
	t->need = h->intent;
	if (h->intent == INTENT_RESCHEDULE || h->intent == INTENT_CANCEL) {
		t->offered_n = 0;
		if (!f->has_next) {
			message(t, f, "where.none", a, out);
		} else if (!f->may_change) {
			ring(t, f, "late", a, out);
		} else if (h->intent == INTENT_CANCEL) {
			const struct filling v[] = {{"when", when_says(t, &f->next, a)}};

			t->stage = TALK_SURE;
			say(t, f, out, a, "sure", v, 1);
		} else {
			t->from_day = (struct maybe_day){0};
			out->want = TALK_LOOK_MOVE;
		}
		return true;
	}
	if (!f->open) {
		message(t, f, "closed", a, out);
		return true;
	}
	service_of(t, f, words);
	go_on(t, f, a, out);
	return true;
}

/* The answer to what was asked last. */
static void
stay(struct talk *t, const struct talk_facts *f, struct str words, const struct hearing *h, struct arena *a, struct talk_out *out)
{
	switch (t->stage) {
	case TALK_NEED:
		/* "yes" to "shall I find a time" is the need that the price was asked for. */
		if (h->yes && t->need == INTENT_PRICE && f->open) {
			t->need = INTENT_REPAIR;
			t->misses = 0;
			go_on(t, f, a, out);
			return;
		}
		if ((h->no || h->intent == INTENT_THANKS) && (t->outcome == TALK_TOLD)) {
			end(t, f, TALK_TOLD, "bye", a, out);
			return;
		}
		if (t->need == INTENT_BILL && t->outcome == TALK_TOLD && !h->hostile) {
			(void)keep_message(t, f, words, a, out);
			return;
		}
		if (!h->hostile && f->open && h->street.n > 0) {
			t->need = INTENT_SERVICE;
			go_on(t, f, a, out);
			return;
		}
		break;
	case TALK_SERVICE:
		if (h->choice >= 1 && h->choice <= f->services_n) {
			t->service_id = f->services[h->choice - 1].id;
		} else if (!h->hostile) {
			service_of(t, f, words);
		}
		if (t->service_id != 0) {
			t->misses = 0;
			go_on(t, f, a, out);
			return;
		}
		break;
	case TALK_PLACE: {
		const bool had = t->street.n > 0 && t->city.n > 0;
		struct str bare = hear_name(words, a);

		/* A town alone, when that is what was asked. */
		if (t->street.n > 0 && t->city.n == 0 && h->street.n == 0 && bare.n > 0 && !h->hostile)
			t->city = bare;
		if (h->street.n > 0 || h->postcode.n > 0 || (!had && t->city.n > 0 && t->street.n > 0)) {
			t->misses = 0;
			go_on(t, f, a, out);
			return;
		}
		break;
	}
	case TALK_CHOOSE:
		chosen(t, f, h, a, out);
		return;
	case TALK_NAME:
		if (t->name.n == 0 && !h->hostile)
			t->name = hear_name(words, a);
		if (t->name.n > 0) {
			t->misses = 0;
			go_on(t, f, a, out);
			return;
		}
		break;
	case TALK_SURE:
		if (h->yes && !h->no) {
			out->want = TALK_CANCEL;
			return;
		}
		if (h->no) {
			const struct filling v[] = {{"when", when_says(t, &f->next, a)}};

			t->stage = TALK_OVER;
			t->outcome = TALK_TOLD;
			say(t, f, out, a, "kept", v, 1);
			out->want = TALK_END;
			return;
		}
		break;
	case TALK_NOTE:
		(void)keep_message(t, f, words, a, out);
		return;
	default:
		break;
	}
	missed(t, f, h, a, out);
}

/* What is still missing is asked; nothing is: it is done. */
static void
go_on(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out)
{
	if (t->need != INTENT_REPAIR && t->need != INTENT_SERVICE) {
		if (t->stage == TALK_SURE) {
			const struct filling v[] = {{"when", when_says(t, &f->next, a)}};

			say(t, f, out, a, "sure", v, 1);
		} else if (t->stage == TALK_CHOOSE && t->offered_n > 0) {
			offer(t, f, a, out);
		} else if (t->stage == TALK_NOTE) {
			say(t, f, out, a, "note", NULL, 0);
		} else {
			t->stage = TALK_NEED;
			say(t, f, out, a, "need", NULL, 0);
		}
		return;
	}
	if (t->street.n == 0 && f->street.n > 0) {
		t->street = f->street;
		t->city = f->city;
		t->region = f->region;
		t->postcode = f->postcode;
	}
	if (t->name.n == 0)
		t->name = f->name;
	if (t->service_id == 0 && f->services_n == 1)
		t->service_id = f->services[0].id;
	if (t->service_id == 0) {
		struct buf b = buf_open(a, 200, SAY_MAX);

		for (size_t i = 0; i < f->services_n && i < 9; i++)
			buf_printf(&b, "%s%zu %.*s", i > 0 ? ", " : "", i + 1, STR_ARG(f->services[i].name));
		const struct filling v[] = {{"list", buf_str(&b)}};

		t->stage = TALK_SERVICE;
		say(t, f, out, a, "service", v, 1);
	} else if (t->street.n == 0 || t->city.n == 0 || t->postcode.n == 0) {
		ask_place(t, f, a, out);
	} else if (t->offered_n == 0) {
		t->stage = TALK_CHOOSE;
		out->want = TALK_LOOK;
	} else if (t->stage == TALK_CHOOSE) {
		offer(t, f, a, out);
	} else if (t->name.n == 0) {
		t->stage = TALK_NAME;
		say(t, f, out, a, "name", NULL, 0);
	} else {
		out->want = TALK_BOOK;
		out->time = t->offered[0];
	}
}

static void
ask_place(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out)
{
	const char *what = t->street.n == 0 && t->postcode.n == 0 ? "place" : t->street.n == 0 ? "place.street" : t->city.n == 0 ? "place.city" :
	    "place.postcode";

	t->stage = TALK_PLACE;
	say(t, f, out, a, what, NULL, 0);
}

/* The service whose name shares most words with what was said; of two that share as many, neither. */
static void
service_of(struct talk *t, const struct talk_facts *f, struct str words)
{
	uint32_t best = 0;
	size_t at = 0, ties = 0;

	for (size_t i = 0; i < f->services_n; i++) {
		const uint32_t n = hear_like(words, f->services[i].name);

		if (n > best) {
			best = n;
			at = i;
			ties = 1;
		} else if (n == best && n > 0) {
			ties++;
		}
	}
	if (best > 0 && ties == 1)
		t->service_id = f->services[at].id;
}

static void
chosen(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out)
{
	size_t pick = h->choice >= 1 && h->choice <= t->offered_n ? h->choice : 0;

	/* A day that one of them is on; "yes" to the only one. */
	for (size_t i = 0; i < t->offered_n && pick == 0 && (h->weekday.is || h->in_days != UINT32_MAX); i++)
		if ((h->weekday.is && day_weekday(t->offered[i].day) == (enum weekday)h->weekday.v) ||
		    (h->in_days != UINT32_MAX && t->offered[i].day.n == f->today.n + (int32_t)h->in_days))
			if (h->mornings == h->afternoons || (h->mornings == (t->offered[i].from_minute < 720)))
				pick = i + 1;
	if (pick == 0 && t->offered_n == 1 && h->yes && !h->no)
		pick = 1;
	if (pick > 0 && !h->hostile) {
		const struct talk_time x = t->offered[pick - 1];

		t->misses = 0;
		if (t->need == INTENT_RESCHEDULE) {
			out->want = TALK_MOVE;
			out->time = x;
			return;
		}
		t->offered[0] = x;
		t->offered_n = 1;
		t->stage = TALK_NAME;
		go_on(t, f, a, out);
		return;
	}
	if (h->other || h->no || h->weekday.is || h->in_days != UINT32_MAX || h->mornings != h->afternoons || h->intent == INTENT_RESCHEDULE) {
		if (++t->asked_more > MORE_MAX) {
			message(t, f, "none", a, out);
			return;
		}
		t->day = h->in_days == UINT32_MAX ? t->day : (struct maybe_day){true, day_add(f->today, (int32_t)h->in_days)};
		/* Another day of the same week may still be there; only "other" goes on. */
		if (!h->other && !h->no && h->intent != INTENT_RESCHEDULE)
			t->from_day = t->day;
		else if (t->offered_n > 0 && !t->from_day.is)
			t->from_day = (struct maybe_day){true, day_add(t->offered[t->offered_n - 1].day, 1)};
		t->offered_n = 0;
		out->want = t->need == INTENT_RESCHEDULE ? TALK_LOOK_MOVE : TALK_LOOK;
		return;
	}
	missed(t, f, h, a, out);
}

static void
missed(struct talk *t, const struct talk_facts *f, const struct hearing *h, struct arena *a, struct talk_out *out)
{
	struct talk_out next = {.say = STR(""), .text = STR("")};

	if (++t->misses >= MISSES_MAX) {
		message(t, f, "again", a, out);
		return;
	}
	const struct str sorry = greeted(t, f, a);
	const struct str why = filled(a, talk_says(h->hostile ? "only" : "again", t->language), f, NULL, 0);
	go_on(t, f, a, &next);
	*out = next;
	if (next.want == TALK_SAY)
		out->say = str_printf(a, "%.*s%.*s %.*s", STR_ARG(sorry), STR_ARG(why), STR_ARG(next.say));
}

/* On the telephone it rings somebody, if there is somebody; in writing the office is told, and the talk is theirs. */
static void
ring(struct talk *t, const struct talk_facts *f, const char *first, struct arena *a, struct talk_out *out)
{
	const bool voice = f->channel == TALK_VOICE && (f->person || (f->night && t->need == INTENT_EMERGENCY));
	const struct str before = greeted(t, f, a);
	const struct str one = first != NULL ? filled(a, talk_says(first, t->language), f, NULL, 0) : STR("");

	t->stage = TALK_OVER;
	t->outcome = TALK_RUNG;
	out->want = TALK_RING;
	out->say = str_printf(a, "%.*s%.*s%s%s", STR_ARG(before), STR_ARG(one), one.n > 0 ? " " : "",
	    talk_says(voice ? "ring" : "ring.text", t->language));
}

static void
message(struct talk *t, const struct talk_facts *f, const char *first, struct arena *a, struct talk_out *out)
{
	const struct str before = greeted(t, f, a);

	t->stage = TALK_NOTE;
	out->want = TALK_SAY;
	out->say = str_printf(a, "%.*s%.*s %s", STR_ARG(before), STR_ARG(filled(a, talk_says(first, t->language), f, NULL, 0)),
	    talk_says("note", t->language));
}

/* Always true: answered. */
static bool
keep_message(struct talk *t, const struct talk_facts *f, struct str words, struct arena *a, struct talk_out *out)
{
	t->problem = str_sub(words, 0, PROBLEM_MAX);
	t->stage = TALK_OVER;
	t->outcome = TALK_MESSAGE_TAKEN;
	say(t, f, out, a, "note.kept", NULL, 0);
	out->want = TALK_KEEP;
	return true;
}

static void
end(struct talk *t, const struct talk_facts *f, enum talk_outcome how, const char *what, struct arena *a, struct talk_out *out)
{
	t->stage = TALK_OVER;
	t->outcome = how;
	t->greeted = true;
	say(t, f, out, a, what, NULL, 0);
	out->want = TALK_END;
}

void
talk_guessed(struct talk *t, const struct talk_facts *f, const struct guess *g, uint32_t before, struct arena *a, struct talk_out *out)
{
	const char *what = guess_ask(g, t);

	if (what == NULL || t->misses <= before || out->want != TALK_SAY || t->stage == TALK_NOTE)
		return;
	const struct talk_service *s = NULL;
	for (size_t i = 0; i < f->services_n; i++)
		if (g->service_id.is && f->services[i].id == g->service_id.v)
			s = &f->services[i];
	const bool chosen_one = g->choice > 0 && g->choice <= t->offered_n;
	const struct filling v[] = {{"service", s != NULL ? s->name : STR("")}, {"name", g->name},
	    {"place", str_printf(a, "%.*s%s%.*s", STR_ARG(g->street), g->street.n > 0 && g->postcode.n > 0 ? ", " : "", STR_ARG(g->postcode))},
	    {"when", chosen_one ? when_says(t, &t->offered[g->choice - 1], a) : STR("")}};
	const struct str before_it = hello(t, f, a);
	const bool first = str_starts(out->say, before_it);

	t->guess = arena_new(a, struct guess);
	*t->guess = *g;
	t->guess_n = 1;
	out->say = str_printf(a, "%.*s%.*s", STR_ARG(first ? before_it : STR("")), STR_ARG(filled(a, talk_says(what, t->language), f, v, 4)));
}

void
talk_courteous(const struct talk *t, const struct talk_facts *f, struct str courtesy, struct arena *a, struct talk_out *out)
{
	const struct str start = hello(t, f, a);
	const size_t at = str_starts(out->say, start) ? start.n : 0;

	if (courtesy.n == 0 || out->say.n == 0)
		return;
	const char last = courtesy.p[courtesy.n - 1];
	out->say = str_printf(a, "%.*s%.*s%s %.*s", STR_ARG(str_sub(out->say, 0, at)), STR_ARG(courtesy), last == '.' || last == '!' ? "" : ".",
	    STR_ARG(str_sub(out->say, at, out->say.n)));
}

void
talk_offered(struct talk *t, const struct talk_facts *f, const struct talk_time *rows, size_t n, struct maybe_day next, struct arena *a,
    struct talk_out *out)
{
	*out = (struct talk_out){.say = STR(""), .text = STR("")};
	t->offered = arena_array(a, struct talk_time, TALK_TIMES_MAX);
	t->offered_n = 0;
	t->stage = TALK_CHOOSE;
	for (size_t i = 0; i < n && t->offered_n < TALK_TIMES_MAX; i++)
		if (suits(t, &rows[i]))
			t->offered[t->offered_n++] = rows[i];
	/* Nothing as it was wished: what there is. */
	if (t->offered_n == 0 && n > 0) {
		t->mornings = t->afternoons = false;
		t->weekday = (struct maybe_u32){0};
		for (size_t i = 0; i < n && t->offered_n < TALK_TIMES_MAX; i++)
			t->offered[t->offered_n++] = rows[i];
	}
	t->from_day = next;
	t->day = (struct maybe_day){0};
	if (t->offered_n == 0 && next.is && t->asked_more < MORE_MAX) {
		t->asked_more++;
		out->want = t->need == INTENT_RESCHEDULE ? TALK_LOOK_MOVE : TALK_LOOK;
		return;
	}
	if (t->offered_n == 0) {
		message(t, f, "none", a, out);
		return;
	}
	if (t->offered_n > 0 && n > t->offered_n)
		t->from_day = (struct maybe_day){true, t->offered[t->offered_n - 1].day};
	offer(t, f, a, out);
}

static bool
suits(const struct talk *t, const struct talk_time *x)
{
	return (!t->weekday.is || day_weekday(x->day) == (enum weekday)t->weekday.v) && (!t->mornings || x->from_minute < 720) &&
	    (!t->afternoons || x->from_minute >= 720) && (!t->day.is || x->day.n >= t->day.v.n);
}

static void
offer(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out)
{
	struct buf b = buf_open(a, 200, SAY_MAX);

	for (size_t i = 0; i < t->offered_n; i++)
		buf_printf(&b, "%s(%zu) %.*s", i == 0 ? "" : i + 1 == t->offered_n ? str_printf(a, " %s ", talk_says("or", t->language)).p : ", ", i + 1,
		    STR_ARG(when_says(t, &t->offered[i], a)));
	const struct filling v[] = {{"list", buf_str(&b)}};
	say(t, f, out, a, "times", v, 1);
	out->say = str_printf(a, "%.*s %s", STR_ARG(out->say), talk_says("times.other", t->language));
}

void
talk_refused(struct talk *t, const struct talk_facts *f, struct str why, struct arena *a, struct talk_out *out)
{
	const struct str before = greeted(t, f, a);

	*out = (struct talk_out){.text = STR("")};
	t->stage = TALK_NOTE;
	out->say = str_printf(a, "%.*s%.*s %s", STR_ARG(before), STR_ARG(why.n > 0 ? why : str_of(talk_says("far", t->language))),
	    talk_says("note", t->language));
}

void
talk_done(struct talk *t, const struct talk_facts *f, bool asked, const struct talk_time *x, struct arena *a, struct talk_out *out)
{
	const struct talk_service *s = service_at(t, f);
	const bool moved = t->need == INTENT_RESCHEDULE, off = t->need == INTENT_CANCEL;
	const struct filling v[] = {{"when", when_says(t, x, a)}, {"service", s != NULL ? s->name : STR("")}, {"street", t->street}};

	*out = (struct talk_out){.say = STR(""), .text = STR("")};
	say(t, f, out, a, off ? "cancelled" : moved ? "moved" : asked ? "asked" : "booked", v, 3);
	if (f->channel == TALK_VOICE)
		out->text = out->say;
	t->stage = TALK_OVER;
	t->outcome = off ? TALK_CANCELLED : moved ? TALK_MOVED : asked ? TALK_ASKED : TALK_BOOKED;
	out->want = TALK_END;
}

void
talk_deposit(const struct talk *t, const struct talk_facts *f, int64_t cents, struct str url, struct arena *a, struct talk_out *out)
{
	const struct filling v[] = {{"sum", sum_says(t, f, cents, a)}, {"url", url}};
	const struct str written = filled(a, talk_says("deposit", t->language), f, v, 2);
	const struct str said = f->channel == TALK_VOICE ? filled(a, talk_says("deposit.voice", t->language), f, v, 2) : written;

	if (f->channel == TALK_VOICE)
		out->text = str_printf(a, "%.*s %.*s", STR_ARG(out->text), STR_ARG(written));
	out->say = str_printf(a, "%.*s %.*s", STR_ARG(out->say), STR_ARG(said));
}

void
talk_gone(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out)
{
	(void)f;
	(void)a;
	*out = (struct talk_out){.say = STR(""), .text = STR("")};
	t->offered_n = 0;
	t->from_day = (struct maybe_day){0};
	t->stage = TALK_CHOOSE;
	if (++t->asked_more > MORE_MAX) {
		message(t, f, "gone", a, out);
		return;
	}
	out->want = t->need == INTENT_RESCHEDULE ? TALK_LOOK_MOVE : TALK_LOOK;
}

static void
where(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out)
{
	const struct filling v[] = {{"when", when_says(t, &f->next, a)}, {"service", f->next_service}};

	t->need = INTENT_WHERE;
	if (!f->has_next) {
		message(t, f, "where.none", a, out);
		return;
	}
	t->stage = TALK_NEED;
	t->outcome = TALK_TOLD;
	say(t, f, out, a, "where.next", v, 2);
	if (f->on_way)
		out->say = str_printf(a, "%s %.*s", talk_says("where.way", t->language), STR_ARG(out->say));
}

/* A number can be pretended on the telephone, not in what is sent to it: figures go there in writing. */
static void
bill(struct talk *t, const struct talk_facts *f, struct arena *a, struct talk_out *out)
{
	const struct filling v[] = {{"sum", sum_says(t, f, f->balance_cents, a)}};

	t->need = INTENT_BILL;
	if (!f->has_balance) {
		message(t, f, "bill.none", a, out);
		return;
	}
	t->stage = TALK_NEED;
	t->outcome = TALK_TOLD;
	say(t, f, out, a, f->balance_cents > 0 ? "bill" : "bill.zero", v, 1);
	if (f->channel == TALK_VOICE) {
		out->text = out->say;
		out->say = str_of(talk_says("bill.text", t->language));
	}
}

/* Only what is on the list, as it is on the list. */
static void
price(struct talk *t, const struct talk_facts *f, struct str words, struct arena *a, struct talk_out *out)
{
	const struct talk_service *s;

	service_of(t, f, words);
	if (t->service_id == 0 && f->services_n == 1)
		t->service_id = f->services[0].id;
	s = service_at(t, f);
	const struct filling v[] = {{"service", s != NULL ? s->name : STR("")}, {"sum", s != NULL ? sum_says(t, f, s->price_cents, a) : STR("")}};

	if (t->need == INTENT_NONE || t->stage == TALK_NEED)
		t->need = INTENT_PRICE;
	t->outcome = TALK_TOLD;
	say(t, f, out, a, s != NULL && s->price_cents > 0 ? "price" : "price.none", v, 2);
	if (f->open && t->stage == TALK_NEED)
		out->say = str_printf(a, "%.*s %s", STR_ARG(out->say), talk_says("price.more", t->language));
}

static const struct talk_service *
service_at(const struct talk *t, const struct talk_facts *f)
{
	for (size_t i = 0; i < f->services_n; i++)
		if (f->services[i].id == t->service_id)
			return &f->services[i];
	return NULL;
}

static struct str
when_says(const struct talk *t, const struct talk_time *x, struct arena *a)
{
	return words_when(a, x->day, (struct maybe_u32){x->to_minute > 0, x->from_minute},
	    (struct maybe_u32){x->to_minute > 0, x->to_minute}, t->language);
}

static struct str
sum_says(const struct talk *t, const struct talk_facts *f, int64_t cents, struct arena *a)
{
	return money_write(a, cents, f->currency, t->language);
}

static void
say(struct talk *t, const struct talk_facts *f, struct talk_out *out, struct arena *a, const char *name, const struct filling *v, size_t n)
{
	const struct str before = greeted(t, f, a);

	out->say = str_printf(a, "%.*s%.*s", STR_ARG(before), STR_ARG(filled(a, talk_says(name, t->language), f, v, n)));
}

/* Once, in front of the first word. */
static struct str
greeted(struct talk *t, const struct talk_facts *f, struct arena *a)
{
	if (t->greeted)
		return STR("");
	t->greeted = true;
	return hello(t, f, a);
}

static struct str
hello(const struct talk *t, const struct talk_facts *f, struct arena *a)
{
	const struct filling v[] = {{"name", f->name}};

	return str_printf(a, "%.*s ", STR_ARG(filled(a, talk_says(f->name.n > 0 ? "hello.known" : "hello", t->language), f, v, 1)));
}

static struct str
filled(struct arena *a, const char *text, const struct talk_facts *f, const struct filling *v, size_t n)
{
	struct buf b = buf_open(a, 200, SAY_MAX);

	for (const char *p = text; *p != '\0'; p++) {
		const char *close = *p == '{' ? strchr(p, '}') : NULL;
		const struct str name = close != NULL ? (struct str){p + 1, (size_t)(close - p - 1)} : STR("");

		if (close == NULL) {
			buf_char(&b, *p);
			continue;
		}
		if (str_eq(name, STR("company")))
			buf_add(&b, f->company);
		for (size_t i = 0; i < n; i++)
			if (str_eq(name, str_of(v[i].name)))
				buf_add(&b, v[i].value);
		p = close;
	}
	return buf_str(&b);
}
