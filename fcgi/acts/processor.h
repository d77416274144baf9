/*
 * fcgi/acts/processor.h -- the company's account at the payment processor; payments that begin there; cards and bank
 * accounts that customers left; its messages.
 *
 * Acts write orders; jobs carry them (fcgi/jobs/processor.c). The processor's answers come back through act_payment_news.
 */
#ifndef FCGI_ACTS_PROCESSOR_H
#define FCGI_ACTS_PROCESSOR_H

#include "fcgi/acts/tell_pay.h"

#define PAY_LEAST_CENTS 50      /* what the processor takes at least */
#define PAY_MOST_CENTS 99999999 /* ... and at most */
#define PAGE_MINUTES 60

/* ---- the company ---- */

/* processor_possible -- is the house set up for it? */
bool processor_possible(const struct work *w);

/* ... and the company ready? */
struct processor_page {
	bool possible, asked, ready, banks;
	struct str missing, link;
	struct maybe_day checked;
	int64_t unexplained_cents;
	struct str unexplained;
};
must_use enum err act_processor(struct work *w, struct processor_page *out);
/* act_processor_connect -- the job makes the account, and a way to its form. Errors  E_INVALID "processor" none set up */
must_use enum err act_processor_connect(struct work *w, struct processor_page *out);
/* act_processor_link_take -- the link, once. "" if it is not there (yet) */
must_use enum err act_processor_link_take(struct work *w, struct str *link);

/* ---- a customer pays (processor_pay.c) ---- */

struct pay_wish {
	int64_t cents;              /* 0: only leave a card or account for later */
	struct maybe_u64 bill_id;   /* first of all this one */
	struct maybe_u64 method_id; /* with this, instead of the processor's page */
	bool keep;                  /* the card or account may be used again */
	bool autopay;               /* ... by us, for every bill that is due */
	bool thin;                  /* by a bill's link, without a session */
	struct maybe_i64 surcharge_cents; /* on top of cents, as the customer has read it; none: nothing */
};
struct pay_state {
	uint64_t id;
	enum payment_state state;
	enum pay_way way;
	int64_t cents;
	struct str currency, reason;
	struct maybe_str url; /* of the processor's page, or of the bank that wants to know who pays */
	/* The card is known, and the sum waits to be agreed to: cents and what is asked on top. */
	bool asks, card_is_bank;
	struct str card, card_last4;
	int64_t surcharge_cents;
};
/*
 * act_pay_begin -- an order for a page, or for a charge of what was left
 *
 * The same wish while its page is open is the same payment: who presses twice gets the same page. From a card or account that
 * was left the same sum is the same payment for a minute, whatever has become of it meanwhile.
 *
 * Where a credit card would cost more, the page takes the card alone: the state then asks (act_pay_agree).
 *
 * Errors  E_INVALID "cents" "bill_id" "method_id" "processor"
 */
must_use enum err act_pay_begin(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_state *out);
/* act_pay_state -- of one of this customer's. Errors  E_NOT_FOUND */
must_use enum err act_pay_state(struct work *w, uint64_t customer_id, uint64_t id, struct pay_state *out);
/* act_pay_agree -- they have read the sum, with the surcharge, and pay it. Errors  E_NOT_FOUND; E_STALE it is another sum, or over */
must_use enum err act_pay_agree(struct work *w, uint64_t customer_id, uint64_t id, int64_t surcharge, struct pay_state *out);

/* ---- one bill by its link (processor_link.c) ---- */

struct pay_link {
	int64_t cents, pending_cents; /* asked for; on its way already */
	struct str currency;
	bool possible, banks;
	uint32_t surcharge_ppm; /* of credit cards; 0: nothing */
};
/* Errors of the four  E_INVALID "token": not ours, altered, of another purpose, over */
must_use enum err act_pay_link(struct work *w, struct str token, struct pay_link *out);
/* act_pay_link_begin -- a payment of what is asked for now. Errors  E_STALE it is paid */
must_use enum err act_pay_link_begin(struct work *w, struct str token, struct pay_state *out);
/* act_pay_link_state -- of one that this link began. Errors  E_NOT_FOUND */
must_use enum err act_pay_link_state(struct work *w, struct str token, uint64_t id, struct pay_state *out);
must_use enum err act_pay_link_agree(struct work *w, struct str token, uint64_t id, int64_t surcharge, struct pay_state *out);

/* ---- for the office ---- */

/* act_payment_refund_order -- card or bank: the job asks the processor. Errors  E_STALE; E_INVALID "cents" "way" */
must_use enum err act_payment_refund_order(struct work *w, uint64_t id, int64_t cents, struct str reason, uint32_t version);

/* ---- for jobs and hooks ---- */

/*
 * act_provider_event -- keep a message once, and order a look at what it is about
 *
 * fresh  out  false: it was here before; nothing happens
 */
must_use enum err act_provider_event(struct work *w, struct str provider, struct str event_id, struct str kind,
    struct str object, bool *fresh);

must_use enum err act_provider_event_done(struct work *w, uint64_t id);

/* The company as the processor wants to know it. account "": it has none yet. */
struct processor_facts {
	struct str account, name, email, country, currency;
};
must_use enum err act_processor_facts(struct work *w, struct processor_facts *out);

/* What a job needs to order a page or a charge. */
struct pay_order_read {
	struct processed_row row;
	struct pay_wants wants;
	struct str account, email, what, company;
	enum language language;
	struct method_row *method; /* NULL: the processor's page; of what was left for this alone only what a charge needs */
	struct str provider_customer; /* "" somebody new */
	bool over;                 /* it is no longer wanted */
};
must_use enum err act_pay_order(struct work *w, uint64_t payment_id, struct pay_order_read *out);
/* act_pay_page -- the page is there. act_pay_refused -- it will never be: in words for the customer */
must_use enum err act_pay_page(struct work *w, uint64_t payment_id, struct str page, struct str url);
must_use enum err act_pay_refused(struct work *w, uint64_t payment_id, struct str why);

/*
 * act_pay_left -- a page on which a card or account was left and nothing paid
 *
 * card  in   NULL: nothing was left (yet)
 * out   out  whose it is from now on, and their consent to autopay; 0: it was left for one payment, which now asks
 */
struct pay_left {
	uint64_t customer_id;
	struct str consent;
};
must_use enum err act_pay_left(struct work *w, struct str payment, const struct method_seen *card, struct pay_left *out);

/*
 * act_pay_again -- a charge that was refused or taken back: if it came by itself it comes again on its own schedule
 * (domain/billing/payment.h), or the card or account is never drawn from any more
 */
must_use enum err act_pay_again(struct work *w, const struct payment_outcome *o, enum pay_refusal refusal, struct str why);
/* act_autopay_again -- that day has come: what is still asked for, if it is still allowed and nothing is under way */
must_use enum err act_autopay_again(struct work *w, uint64_t payment_id);
/* act_payments_sweep -- order a look at what is begun or under way; close what nobody began in earnest */
must_use enum err act_payments_sweep(struct work *w);
/* act_autopay_one -- draw what is due of one customer, once a day, unless something is under way */
must_use enum err act_autopay_one(struct work *w, uint64_t customer_id);

/* One movement of the processor's own book. */
struct book_move {
	struct str provider_id; /* of the payment, or "" */
	struct str id, type;    /* of what moved: a charge, a refund, a dispute, a payout */
	int64_t net_cents, at;
};
/* act_processor_since -- from when the book is compared */
int64_t act_processor_since(const struct work *w);
/*
 * act_processor_check -- the processor's book against ours: each payment's money there, and what was paid out
 *
 * A payout is posted when it is first seen. What does not agree is written down by name, and its payment is asked for once
 * more. Run twice it changes nothing.
 *
 * whole  in  the list is the whole book since that instant; false: it was too long, and only what is there is compared
 */
must_use enum err act_processor_check(struct work *w, const struct book_move *move, size_t n, bool whole);

/* act_processor_seen -- what the account may do now */
must_use enum err act_processor_seen(struct work *w, struct str account, bool cards, bool banks, struct str missing);
must_use enum err act_processor_made(struct work *w, struct str account);
must_use enum err act_processor_linked(struct work *w, struct str link);

#endif
