/* tests/fuzz/form.c -- what a provider of texts and calls posts: pairs of the body, a signature that fits nobody, a turn of a call. */
#include "domain/reception/talk.h"
#include "fcgi/http/form.h"
#include "tests/fuzz/fuzz.h"

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
	}
	return 0;
}
