/*
 * A payment through a provider: whatever is heard, in whatever order and however often, the ledger ends as the provider is.
 */
#include "domain/billing/payment.h"

#include <stdlib.h>

#include "tests/unit/test.h"

static uint64_t seed = UINT64_C(0x2545f4914f6cdd1d);
static uint64_t
chance(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % n;
}

/* What the act writes for a step. */
static void
write_down(struct pay_known *known, const struct pay_step *s)
{
	known->held_cents += s->take_cents - s->return_cents;
	known->refunded_cents += s->refund_cents;
	known->fee_cents += s->fee_cents;
	known->state = s->state;
}

static void
hear(struct pay_known *known, const struct pay_truth *now)
{
	struct fault f = {0};
	struct pay_step s;

	assert_int_equal(payment_step(known, now, &s, &f), OK);
	assert_true(s.take_cents >= 0 && s.return_cents >= 0 && s.refund_cents >= 0);
	write_down(known, &s);
}

static void
a_card_pays_and_its_fee_is_written(void **state)
{
	struct pay_known known = {.state = PAYMENT_BEGUN};

	(void)state;
	hear(&known, &(struct pay_truth){STAGE_PAID, 10000, 0, 320, false});
	assert_int_equal(known.state, PAYMENT_SETTLED);
	assert_int_equal(known.held_cents, 10000);
	assert_int_equal(known.fee_cents, 320);
}

static void
a_bank_debit_is_pending_and_writes_nothing(void **state)
{
	struct pay_known known = {.state = PAYMENT_BEGUN};

	(void)state;
	hear(&known, &(struct pay_truth){STAGE_PENDING, 10000, 0, 0, false});
	assert_int_equal(known.state, PAYMENT_PENDING);
	assert_int_equal(known.held_cents, 0);
	hear(&known, &(struct pay_truth){STAGE_FAILED, 10000, 0, 0, false});
	assert_int_equal(known.state, PAYMENT_FAILED);
	assert_int_equal(known.held_cents, 0);
}

static void
what_is_taken_back_after_a_part_was_refunded_is_only_the_rest(void **state)
{
	struct pay_known known = {.state = PAYMENT_BEGUN};

	(void)state;
	hear(&known, &(struct pay_truth){STAGE_PAID, 10000, 3000, 320, true});
	assert_int_equal(known.state, PAYMENT_RETURNED);
	assert_int_equal(known.held_cents, 3000);
	assert_int_equal(known.refunded_cents, 3000);
	hear(&known, &(struct pay_truth){STAGE_PAID, 10000, 3000, 320, false});
	assert_int_equal(known.state, PAYMENT_SETTLED);
	assert_int_equal(known.held_cents - known.refunded_cents, 7000);
}

static void
sums_that_cannot_be_are_refused(void **state)
{
	static const struct pay_truth bad[] = {{STAGE_PAID, 0, 0, 0, false}, {STAGE_PAID, -5, 0, 0, false},
	    {STAGE_PAID, 100, 101, 0, false}, {STAGE_PAID, 100, -1, 0, false}, {STAGE_OPEN, 100, 1, 0, false},
	    {STAGE_PAID, INT64_MAX, 0, 0, false}};
	const struct pay_known known = {.state = PAYMENT_BEGUN};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct fault f = {0};
		struct pay_step s;

		assert_int_equal(payment_step(&known, &bad[i], &s, &f), E_INVALID);
	}
}

/* Lives of payments; of each moment a message may be missed, come twice, or come a moment late; the last is heard. */
static void
whatever_was_missed_the_last_word_counts(void **state)
{
	const long lives = getenv("LONG") != NULL ? 1000000 : 50000;

	(void)state;
	for (long i = 0; i < lives; i++) {
		struct pay_truth now = {STAGE_OPEN, (int64_t)chance(100000) + 1, 0, 0, false};
		struct pay_known known = {.state = PAYMENT_BEGUN};
		const unsigned moments = 1 + (unsigned)chance(8);

		for (unsigned m = 0; m < moments; m++) {
			if (now.stage != STAGE_PAID)
				now.stage = (enum pay_stage)(STAGE_OPEN + (int)chance(4));
			else if (chance(3) == 0)
				now.away = !now.away;
			else if (!now.away)
				now.refunded_cents += (int64_t)chance((uint64_t)(now.cents - now.refunded_cents) + 1);
			if (now.stage == STAGE_PAID)
				now.fee_cents = (int64_t)chance(500);
			for (uint64_t heard = chance(3); heard > 0; heard--)
				hear(&known, &now);
		}
		hear(&known, &now);
		struct pay_known twice = known;

		hear(&twice, &now);
		assert_memory_equal(&twice, &known, sizeof(known));
		assert_int_equal(known.held_cents - known.refunded_cents,
		    now.stage != STAGE_PAID || now.away ? 0 : now.cents - now.refunded_cents);
		if (now.stage == STAGE_PAID) {
			assert_int_equal(known.refunded_cents, now.refunded_cents);
			assert_int_equal(known.fee_cents, now.fee_cents);
		}
	}
}

static void
a_bank_is_asked_again_twice_and_only_for_want_of_money(void **state)
{
	(void)state;
	assert_true(payment_again(METHOD_BANK, REFUSAL_FUNDS, 1) > 0);
	assert_true(payment_again(METHOD_BANK, REFUSAL_FUNDS, 2) > 0);
	assert_int_equal(payment_again(METHOD_BANK, REFUSAL_FUNDS, 3), 0);
	for (int why = REFUSAL_OTHER; why < REFUSALS; why++)
		for (uint32_t n = 1; n < 6; n++)
			assert_int_equal(payment_again(METHOD_BANK, (enum pay_refusal)why, n), 0);
}

static void
a_card_has_its_own_schedule_and_an_end(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= 4; n++)
		assert_true(payment_again(METHOD_CARD, REFUSAL_OTHER, n) > 0);
	assert_int_equal(payment_again(METHOD_CARD, REFUSAL_OTHER, 5), 0);
	for (int why = REFUSAL_ASK; why < REFUSALS; why++)
		assert_int_equal(payment_again(METHOD_CARD, (enum pay_refusal)why, 1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_card_pays_and_its_fee_is_written),
	    cmocka_unit_test(a_bank_debit_is_pending_and_writes_nothing),
	    cmocka_unit_test(what_is_taken_back_after_a_part_was_refunded_is_only_the_rest),
	    cmocka_unit_test(sums_that_cannot_be_are_refused),
	    cmocka_unit_test(whatever_was_missed_the_last_word_counts),
	    cmocka_unit_test(a_bank_is_asked_again_twice_and_only_for_want_of_money),
	    cmocka_unit_test(a_card_has_its_own_schedule_and_an_end),
	};

	return cmocka_run_group_tests_name("domain/billing/payment", tests, NULL, NULL);
}
