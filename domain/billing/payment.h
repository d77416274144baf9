/*
 * domain/billing/payment.h -- a payment through a provider: what it says now, what we have written, what is still to write.
 *
 * 1. The provider is asked again for each of its messages, so a message says only "look": lost, late, doubled and
 *    disordered ones end in the same ledger.
 * 2. What is to write is the difference between the two. Written twice it is nothing.
 * 3. Money that is on its way is no posting: the bill stays open until it has settled.
 */
#ifndef DOMAIN_BILLING_PAYMENT_H
#define DOMAIN_BILLING_PAYMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"

/* Stored: never renumber. Only a settled one stands in the ledger. */
enum payment_state { PAYMENT_PENDING = 1, PAYMENT_SETTLED, PAYMENT_FAILED, PAYMENT_RETURNED, PAYMENT_BEGUN, PAYMENT_STATES };
extern const char *const payment_state_names[];

/* What the provider says of it. */
enum pay_stage {
	STAGE_OPEN = 1, /* the customer has not finished yet           */
	STAGE_PENDING,  /* a bank is thinking about it                 */
	STAGE_PAID,
	STAGE_FAILED,
	STAGE_STAGES
};

/* A payment as the provider has it at one moment. */
struct pay_truth {
	enum pay_stage stage;
	int64_t cents;          /* what it is for, > 0                                      */
	int64_t refunded_cents; /* went back to the customer, by whoever's hand             */
	int64_t fee_cents;      /* what the provider kept of it                             */
	bool away;              /* a bank or a dispute has taken it (back) from us           */
};

/* The same payment as our ledger has it: folds over its entries. */
struct pay_known {
	enum payment_state state;
	int64_t held_cents; /* came in, less what was taken back; refunds do not count here */
	int64_t refunded_cents, fee_cents;
};

/* What is to write, all >= 0 but the fee. */
struct pay_step {
	int64_t take_cents;   /* money came                                 */
	int64_t return_cents; /* unapply it from what it pays, then a return */
	int64_t refund_cents; /* unapply as much as is not free, then a refund */
	int64_t fee_cents;    /* may be negative: the provider gave it back   */
	enum payment_state state;
};

/*
 * payment_step -- from what we know to what the provider says
 *
 * Errors  E_INVALID "cents": the provider says more was refunded than paid, or a sum that no payment has
 */
must_use enum err payment_step(const struct pay_known *known, const struct pay_truth *now, struct pay_step *out,
    struct fault *f);

/* When a failed automatic charge is tried again. */
enum pay_method_kind { METHOD_CARD = 1, METHOD_BANK, METHOD_KINDS };
extern const char *const pay_method_kind_names[];

/* What a bank or a card's issuer said, as far as it changes what we may do. */
enum pay_refusal {
	REFUSAL_NONE = 0,
	REFUSAL_FUNDS,   /* not enough money: R01, R09, insufficient_funds             */
	REFUSAL_OTHER,   /* may pass: a card that was declined for no reason that lasts */
	REFUSAL_ASK,     /* the customer has to say yes himself                         */
	REFUSAL_FINAL,   /* this account or card will never pay: closed, expired, lost  */
	REFUSAL_REVOKED, /* R07, R10: the customer forbade it; nothing may be drawn again */
	REFUSALS
};

/*
 * payment_again -- may a refused charge be tried once more, and after how many days?
 *
 * tries  in  how often it was tried, this one counted: 1..
 *
 * Bank debits: only for want of money, and at most two more times (NACHA); cards: on days 1, 3, 5 and 7 after the
 * first unless the refusal is for good. 0: never.
 */
int32_t payment_again(enum pay_method_kind kind, enum pay_refusal why, uint32_t tries);

#endif
