/*
 * fcgi/acts/tell_pay.h -- what several acts know of payments through a processor: the company's account there, and what a
 * payment is meant for.
 */
#ifndef FCGI_ACTS_TELL_PAY_H
#define FCGI_ACTS_TELL_PAY_H

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
};
#define PAY_LINK_S (7 * 86400) /* how long a bill's link works */
#define WANT_ROWS_MAX 60
must_use enum err pay_wants_read(struct work *w, struct str stored, struct pay_wants *out);
must_use enum err pay_wants_write(struct work *w, const struct pay_wants *in, struct str *stored);

/* Payloads of jobs. */
struct payment_order {
	uint64_t payment_id;
	int64_t cents; /* of a refund */
};
struct event_order {
	struct maybe_u64 event_id; /* none: nobody sent a message */
	struct str object;
};
struct method_order {
	uint64_t customer_id;
	struct maybe_u64 method_id;
	struct str provider_id;
};
extern const struct shape payment_order_shape, event_order_shape, method_order_shape;

/* What became of a payment through its news: for whoever acts on it. id 0: it is none of ours. */
struct payment_outcome {
	uint64_t id, customer_id, method_id;
	enum payment_state was, is;
	int64_t cents;
	bool keep, autopay;
	uint32_t tries;
};

/* tell_at -- a job of that kind, due then; key (may be empty) lets it be written once */
must_use enum err tell_at(struct work *w, const char *kind, struct str key, int64_t at, const struct shape *s,
    const void *payload);

#endif
