/*
 * fcgi/acts/papers.h -- documents on their way to the customer: who reads them, what the mail says; statements.
 *
 * A statement is the ledger as the customer reads it: what was carried over, what moved, what is owed.
 */
#ifndef FCGI_ACTS_PAPERS_H
#define FCGI_ACTS_PAPERS_H

#include "fcgi/acts/tell_bill.h"

#define STATEMENT_LINES_MAX 1000

struct statement_line {
	struct day day;
	enum posting_kind kind;
	uint64_t bill_id, payment_id; /* 0: about none */
	struct str number, what;      /* "INV-000042"; its title, or the reference or reason of money */
	enum pay_way way;             /* 0: no money moved */
	int64_t cents, balance_cents;
};

struct statement {
	uint64_t customer_id;
	struct str customer, currency;
	struct day from, to;
	int64_t opening_cents, closing_cents;
	struct statement_line *lines;
	size_t lines_n;
};

struct statement_query {
	struct day from, to;
};

/*
 * act_statement -- what moved a customer's balance between two days, both counted
 *
 * Errors  E_INVALID "to": before from; E_LIMIT "to": more than STATEMENT_LINES_MAX
 */
must_use enum err act_statement(struct work *w, uint64_t customer_id, const struct statement_query *q,
    struct statement *out);

/* act_bill_send -- somebody in the office sends it (again). Errors  E_STALE it is no issued document */
must_use enum err act_bill_send(struct work *w, uint64_t id, uint32_t version);

/* act_paper_mail -- order the mails of a document: to each who wants that kind, in their language; the job's half */
must_use enum err act_paper_mail(struct work *w, const struct paper_order *o);

#endif
