/*
 * fcgi/acts/payments.h -- money that came: written down, applied, taken off again, given back.
 */
#ifndef FCGI_ACTS_PAYMENTS_H
#define FCGI_ACTS_PAYMENTS_H

#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_pay.h"

#define APPLY_MAX 200

struct apply_wish {
	uint64_t bill_id;
	int64_t cents;
};

/* way: cash, check, transfer; or credit, which wants a reason. Without `apply`: the oldest due first. */
struct payment_wish {
	enum pay_way way;
	int64_t cents;
	struct day day;
	struct str reference, note, reason;
	struct apply_wish *apply;
	size_t apply_n;
	bool keep; /* apply nothing now */
};

struct payment_ending {
	int64_t cents; /* of a refund */
	struct str reason;
	struct day day;
	uint32_t version;
};

struct payment_page {
	uint64_t id, customer_id;
	enum pay_way way;
	enum payment_state state;
	int64_t cents, free_cents;
	struct str currency;
	struct day day;
	struct str reference, note, reason;
	struct applied_row *applied;
	size_t applied_n;
	uint32_t version;
};

/* A customer's account: what is open, how old, what was paid. */
struct account_page {
	struct str currency;
	int64_t owed_cents, free_cents; /* balance = owed - free */
	int64_t current_cents, days_30_cents, days_60_cents, days_90_cents, older_cents;
	struct bill_card *bills;
	size_t bills_n;
	struct payment_card *payments;
	size_t payments_n;
};

/*
 * act_payment_take -- written down, in the ledger, and applied
 *
 * Errors  E_INVALID "way" "cents" "reason" "apply.N.cents" "day"
 */
must_use enum err act_payment_take(struct work *w, uint64_t customer_id, const struct payment_wish *in,
    struct payment_page *out);
must_use enum err act_payment_apply(struct work *w, uint64_t id, const struct apply_wish *in, struct payment_page *out);
must_use enum err act_payment_unapply(struct work *w, uint64_t id, uint64_t bill_id, struct payment_page *out);

/* act_payment_refund -- free money goes back to the customer; E_INVALID "amount": more than is free */
must_use enum err act_payment_refund(struct work *w, uint64_t id, const struct payment_ending *in,
    struct payment_page *out);

/*
 * act_payment_return -- the bank took it back (a bounced check): the bills that it paid are open again, and the
 * company's fee for it is upcoming
 *
 * Errors  E_STALE it was returned already; E_INVALID "way": a credit cannot bounce
 */
must_use enum err act_payment_return(struct work *w, uint64_t id, const struct payment_ending *in,
    struct payment_page *out);

/* What a processor says of a payment now; asked_ms: when it was asked. */
struct payment_news {
	struct str payment, tenant; /* the metadata that we gave it */
	struct str provider_id, currency, why;
	enum pay_way way;
	struct pay_truth truth;
	int64_t asked_ms;
	struct str url; /* where the customer's bank wants to know who pays; "" */
};
/*
 * act_payment_news -- the ledger becomes what the processor says; the same news again changes nothing
 *
 * Errors  E_INVALID "cents": it is not the sum that was asked for; E_RETRY somebody wrote meanwhile: ask it again
 */
must_use enum err act_payment_news(struct work *w, const struct payment_news *news, struct payment_outcome *out);

must_use enum err act_payment_one(struct work *w, uint64_t id, struct payment_page *out);
must_use enum err act_account(struct work *w, uint64_t customer_id, struct account_page *out);

/* For parts of this noun: so much of a payment (read FOR UPDATE) pays a bill, or no longer; the fee of a return. */
must_use enum err payment_take_off(struct work *w, const struct billing *b, struct payment_row *pay, uint64_t bill_id,
    int64_t cents, struct day day);
must_use enum err payment_return_fee(struct work *w, const struct billing *b, const struct payment_row *pay,
    struct day day);

/*
 * payment_surcharge_bill -- the bill of what this payment was asked on top: made, once, whatever comes and goes
 *
 * payment_surcharge_back: so much of it has gone back with the payment: it is taken off that bill, which asks for it no longer.
 */
must_use enum err payment_surcharge_bill(struct work *w, const struct payment_row *pay, int64_t cents, uint64_t *bill_id);
must_use enum err payment_surcharge_back(struct work *w, const struct billing *b, struct payment_row *pay, int64_t cents);

#endif
