/*
 * fcgi/acts/tell_pay.h -- what several acts know of payments through a processor: the company's account there, and what a
 * payment is meant for.
 */
#ifndef FCGI_ACTS_TELL_PAY_H
#define FCGI_ACTS_TELL_PAY_H

#include "domain/billing/autopay.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/billing.h"
#include "sql/tenant/processor.h"
#include "tenancy/work.h"

/* The company at the processor: one setting. account "": it has none yet. */
struct processor {
	struct str account;
	bool cards, banks;      /* what it may take now */
	struct str missing;     /* what the processor still wants to know, in its words */
	struct str link;        /* the way to its form, once, for minutes; "" */
	int64_t link_until;
	struct maybe_day checked; /* the last day whose book was compared with ours */
	int64_t unexplained_cents;
	struct str unexplained; /* which, in a line */
	uint32_t version;       /* 0: nobody has asked for it */
};
must_use enum err processor_read(struct work *w, struct processor *out);
/* processor_keep -- Errors  E_STALE somebody else did */
must_use enum err processor_keep(struct work *w, const struct processor *p);

/* What a payment shall pay, in this order; what is left goes to the oldest. */
struct want_row {
	uint64_t bill_id;
	int64_t cents;
};
struct pay_wants {
	struct want_row *rows;
	size_t rows_n;
	struct maybe_str url, page; /* the processor's page, while it is open; its id there */
	struct maybe_i64 page_until;
	struct maybe_bool keep, autopay; /* the customer wants to be asked no more */
	struct maybe_bool thin;          /* begun by a bill's link: who pays has no session */
	struct maybe_i64 news_ms;        /* when the processor's answer was last written */
	struct maybe_u32 tries;
	struct maybe_str consent; /* to autopay, as it was given when this began */
	struct maybe_i64 surcharge; /* of the sum, for the card itself: a bill of its own */
	/*
	 * Where a credit card costs more, nobody knows the sum before the card is known: the page takes the card alone, the customer
	 * then reads the sum, and says yes.
	 */
	struct maybe_bool asks;                 /* it is such a payment */
	struct maybe_str card, card_customer;   /* what was left for it, by the processor's names */
	struct maybe_str card_name, card_last4, funding;
	struct maybe_bool card_is_bank;
	struct maybe_bool agreed;  /* the sum was read, with the surcharge */
	struct maybe_bool present; /* somebody waits before a page: their bank may ask them */
};
#define PAY_LINK_S (7 * 86400) /* how long a bill's link works */
#define WANT_ROWS_MAX 60
must_use enum err pay_wants_read(struct work *w, struct str stored, struct pay_wants *out);
must_use enum err pay_wants_write(struct work *w, const struct pay_wants *in, struct str *stored);

/* What may be drawn from a card or account (payment_method.scope): domain/billing/autopay.h. */
struct place_id {
	uint64_t id;
};
struct autopay_scope {
	uint64_t kinds; /* bits of enum autopay_kind; 0: every kind */
	struct place_id *places;
	size_t places_n; /* none: every place */
};
extern const struct shape place_id_shape;
must_use enum err autopay_scope_read(struct work *w, struct str stored, struct autopay_scope *out);
must_use enum err autopay_scope_write(struct work *w, const struct autopay_scope *in, struct str *stored);

/* What was agreed to: the words as they were read, when, from where and how (NACHA wants them two years after they end). */
struct autopay_consent {
	struct str words, ip, agent;
	int64_t at;
	struct maybe_str how; /* autopay_how_names */
	struct maybe_u64 by;  /* who of the office wrote it down */
	struct maybe_u32 surcharge_ppm; /* what may be added for a credit card: as much as the words say */
};
/* autopay_words -- what a customer agrees to. Errors  E_INVALID "places": not theirs */
must_use enum err autopay_words(struct work *w, uint64_t customer_id, enum language language,
    const struct autopay_scope *scope, struct str *out);
must_use enum err autopay_consent_write(struct work *w, uint64_t customer_id, enum language language,
    const struct autopay_scope *scope, enum autopay_how how, struct str *stored);
must_use enum err autopay_consent_read(struct work *w, struct str stored, struct autopay_consent *out);

/*
 * surcharge_of -- what is asked on top of this customer's payments by credit card: domain/billing/surcharge.h and the company's
 * rules; 0: nothing. surcharge_rate: ... with this card of theirs
 *
 * autopay_surcharge: of so much that is drawn by itself: never more than the percentage that was agreed to with it.
 */
must_use enum err surcharge_of(struct work *w, uint64_t customer_id, uint32_t *ppm);
must_use enum err surcharge_rate(struct work *w, const struct method_row *m, uint32_t *ppm);
must_use enum err autopay_surcharge(struct work *w, const struct method_row *m, int64_t cents, int64_t *out);
/* surcharge_bill -- the bill of what a payment was asked on top; 0: there is none */
must_use enum err surcharge_bill(struct work *w, uint64_t payment_id, uint64_t *bill_id);
struct str surcharge_key(struct work *w, uint64_t payment_id);
/* surcharge_percent -- "3", "2.5": of a rate in parts per million */
struct str surcharge_percent(struct work *w, uint32_t ppm);

/* What is drawn from one card or account. */
struct autopay_draw {
	struct method_row *method;
	struct want_row *rows;
	size_t rows_n;
	int64_t cents; /* what is held of the customer's money is off already */
	int64_t surcharge_cents; /* on top */
};
/*
 * autopay_draws -- of this customer's bills that fall due in those days, what each card or account pays
 *
 * A bill that was refused to that card or account before is not drawn from it again: that has a schedule of its own
 * (act_pay_again), and an end.
 *
 * out  out  only those from which something is drawn
 */
must_use enum err autopay_draws(struct work *w, uint64_t customer_id, struct day from, struct day until,
    struct autopay_draw **out, size_t *n);

/* Payloads of jobs. */
struct payment_order {
	uint64_t payment_id;
	int64_t cents; /* of a refund */
};
struct event_order {
	struct maybe_u64 event_id; /* none: nobody sent a message */
	struct str object;
	struct maybe_bool ends; /* who was asked by their bank and went away is not waited for any longer */
};
struct method_order {
	uint64_t customer_id;
	struct maybe_u64 method_id;
	struct str provider_id;
};
extern const struct shape payment_order_shape, event_order_shape, method_order_shape;

/* A card or account as the processor has it. */
struct method_seen {
	struct str provider, provider_id, provider_customer, brand, last4;
	enum pay_method_kind kind;
	uint32_t exp_month, exp_year;
	struct str funding;
};

/* tell_card_dropped -- what was left for one payment alone is taken away at the processor, too */
must_use enum err tell_card_dropped(struct work *w, uint64_t customer_id, const struct pay_wants *wants);

/* What became of a payment through its news: for whoever acts on it. id 0: it is none of ours. */
struct payment_outcome {
	uint64_t id, customer_id, method_id;
	enum payment_state was, is;
	int64_t cents;
	bool keep, autopay;
	struct str consent; /* "" none was given with it */
	uint32_t tries;
};

/* tell_at -- a job of that kind, due then; key (may be empty) lets it be written once */
must_use enum err tell_at(struct work *w, const char *kind, struct str key, int64_t at, const struct shape *s,
    const void *payload);

#endif
