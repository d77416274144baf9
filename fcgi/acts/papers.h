/*
 * fcgi/acts/papers.h -- documents on their way to the customer: who reads them, what the mail says; statements.
 *
 * A statement is the ledger as the customer reads it: what was carried over, what moved, what is owed.
 */
#ifndef FCGI_ACTS_PAPERS_H
#define FCGI_ACTS_PAPERS_H

#include "fcgi/acts/tell_sheet.h"
#include "sql/tenant/file.h"

#define STATEMENT_LINES_MAX 1000
#define PAPER_PROOF_MAX 200000 /* characters: what the check takes (fcgi/acts/proofs.h) */

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

/*
 * act_paper_draw -- for the job: what the press shall draw, of those that are not drawn yet; empty if all are
 *
 * act_paper_drawn: the file is there, of so many bytes; twice is once. Its id is the document's own.
 */
must_use enum err act_paper_draw(struct work *w, const struct paper_order *o, struct str *sheets);
must_use enum err act_paper_drawn(struct work *w, uint64_t id, enum paper_why why, uint32_t bytes);

/* act_paper_serve -- a document's PDF, and where it lies. Errors  E_NOT_FOUND not drawn (yet) */
must_use enum err act_paper_serve(struct work *w, uint64_t bill_id, struct paper_served *out);
/* act_paper_make -- draw it, if it is not there */
must_use enum err act_paper_make(struct work *w, uint64_t bill_id);

/*
 * act_paper_proof -- a document as the text that anybody can check (domain/base/proof.h)
 *
 * act_paper_shown: for whoever holds its paper: the token of the code that is printed on it.
 * Errors  E_NOT_FOUND; E_STALE it was issued before documents were signed; E_INVALID "token"
 */
struct paper_proof {
	struct str number, proof;
};
must_use enum err act_paper_proof(struct work *w, uint64_t bill_id, struct paper_proof *out);
must_use enum err act_paper_shown(struct work *w, struct str token, struct paper_proof *out);

/* act_paper_mail -- order the mails of a document: to each who wants that kind, in their language; the job's half */
must_use enum err act_paper_mail(struct work *w, uint64_t id, enum paper_why why);

/* For parts of this noun: the number of a receipt. */
struct str paper_receipt_number(struct work *w, const struct payment_row *pay);

#endif
