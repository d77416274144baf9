/*
 * domain/billing/payment.c -- the difference between a provider's truth and our ledger.
 */
#include "domain/billing/payment.h"

#include <assert.h>
#include <stddef.h>

#include "domain/base/money.h"

const char *const payment_state_names[] = {"", "pending", "settled", "failed", "returned", "begun", NULL};
const char *const pay_method_kind_names[] = {"", "card", "bank", NULL};

static_assert(sizeof(payment_state_names) / sizeof(char *) == PAYMENT_STATES + 1, "each has its name");
static_assert(sizeof(pay_method_kind_names) / sizeof(char *) == METHOD_KINDS + 1, "each has its name");

static enum payment_state state_of(const struct pay_known *known, const struct pay_truth *now, int64_t held);

enum err
payment_step(const struct pay_known *known, const struct pay_truth *now, struct pay_step *out, struct fault *f)
{
	const bool paid = now->stage == STAGE_PAID;
	int64_t held;

	if (now->cents <= 0 || now->cents > CENTS_MAX || now->refunded_cents < 0 || now->refunded_cents > now->cents ||
	    (!paid && now->refunded_cents > 0))
		return fail(f, E_INVALID, "cents", "The payment provider names a sum that cannot be.");
	/* What a dispute takes is what is still with us; what was refunded before stays refunded. */
	held = !paid ? 0 : now->away ? now->refunded_cents : now->cents;
	*out = (struct pay_step){.state = state_of(known, now, held)};
	if (held > known->held_cents)
		out->take_cents = held - known->held_cents;
	else
		out->return_cents = known->held_cents - held;
	if (now->refunded_cents > known->refunded_cents)
		out->refund_cents = now->refunded_cents - known->refunded_cents;
	if (paid)
		out->fee_cents = now->fee_cents - known->fee_cents;
	return OK;
}

static enum payment_state
state_of(const struct pay_known *known, const struct pay_truth *now, int64_t held)
{
	switch (now->stage) {
	case STAGE_PAID:
		return now->away && held < now->cents ? PAYMENT_RETURNED : PAYMENT_SETTLED;
	case STAGE_PENDING:
		return PAYMENT_PENDING;
	case STAGE_FAILED:
		/* Money that was here and is not any more came back from the bank. */
		return known->held_cents > 0 || known->state == PAYMENT_RETURNED ? PAYMENT_RETURNED : PAYMENT_FAILED;
	default:
		return PAYMENT_BEGUN;
	}
}

int32_t
payment_again(enum pay_method_kind kind, enum pay_refusal why, uint32_t tries)
{
	static const int32_t card[] = {0, 1, 2, 2, 2}; /* days until the next, after so many tries */

	assert(tries > 0);
	if (kind == METHOD_BANK)
		return why == REFUSAL_FUNDS && tries <= 2 ? 3 : 0;
	if (why != REFUSAL_FUNDS && why != REFUSAL_OTHER)
		return 0;
	return tries < sizeof(card) / sizeof(card[0]) ? card[tries] : 0;
}
