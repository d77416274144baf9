/* tests/fuzz/form.c -- what a provider of texts and calls posts: pairs of the body, a signature that fits nobody, a turn of a call. */
#include "domain/reception/draft.h"
#include "domain/reception/talk.h"
#include "fcgi/http/form.h"
#include "tests/fuzz/fuzz.h"

/* The same words beside a conversation: each mark is a piece of them, in their order, and a time is one of a day. */
static void
drafted(struct str said, struct arena *a)
{
	static const struct draft_service services[] = {{1, {"Pump repair", sizeof("Pump repair") - 1}, true}};
	const char *from = said.p;
	struct draft d;

	draft_of(said, (struct day){20787}, services, 1, a, &d);
	MUST(d.marks_n <= DRAFT_MARKS_MAX && d.service_id <= 1 && d.from_minute.is == d.to_minute.is);
	MUST(!d.from_minute.is || (d.from_minute.v < d.to_minute.v && d.to_minute.v < 1440));
	MUST(!d.day.is || (d.day.v.n >= 20787 && d.day.v.n <= 20787 + 7));
	for (size_t i = 0; i < d.marks_n; i++) {
		MUST(d.marks[i].p >= from && d.marks[i].n > 0 && d.marks[i].p + d.marks[i].n <= said.p + said.n && str_utf8(d.marks[i], NULL));
		from = d.marks[i].p + d.marks[i].n;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct talk_service services[] = {{1, {"Pump repair", sizeof("Pump repair") - 1}, 12900},
	    {2, {"Weekly cleaning", sizeof("Weekly cleaning") - 1}, 0}};
	const struct str none = STR("");
	const struct talk_facts facts = {.channel = TALK_VOICE, .company = STR("Blue Pools"), .currency = STR("USD"), .today = {20787}, .open = true,
	    .person = true, .services = services, .services_n = 2, .name = none, .street = none, .city = none, .region = none, .postcode = none,
	    .next_service = none};
	struct talk t = {.problem = none, .street = none, .city = none, .region = none, .postcode = none, .gate = none, .name = none};
	struct arena *a = fuzz_arena();
	struct fault f = {0};
	struct form form;

	if (form_read(fuzz_text(data, size), a, &form, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL);
		return 0;
	}
	MUST(form.n <= FORM_PAIRS);
	/* Nobody knows the token: whatever the body says of itself is no signature. */
	MUST(!form_signed(&form, STR("a-token-that-nobody-knows"), STR("https://house.example/api/hook/voice"), form_value(&form, "Signature"), a));
	/* Each value is said by a caller, one after the other. */
	for (size_t i = 0; i < form.n && i < 12; i++) {
		struct talk_out out;

		MUST(str_utf8(form.pair[i].name, NULL) && str_utf8(form.pair[i].value, NULL));
		talk_hear(&t, &facts, str_sub(form.pair[i].value, 0, HEAR_MAX), a, &out);
		MUST(out.want < TALK_WANTS && t.stage < TALK_STAGES && t.outcome < TALK_OUTCOMES);
		MUST(out.want == TALK_LOOK || out.want == TALK_LOOK_MOVE || out.want == TALK_BOOK || out.want == TALK_MOVE || out.want == TALK_CANCEL ||
		    out.say.n > 0);
		/* Nothing is booked of which no time was offered. */
		MUST(out.want != TALK_BOOK && out.want != TALK_MOVE);
		drafted(form.pair[i].value, a);
	}
	return 0;
}
