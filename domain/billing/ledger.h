/*
 * domain/billing/ledger.h -- double entry: what was billed, paid, applied and given back, each as one posting.
 *
 * 1. A posting is written whole and never changed; what was wrong is reversed by another posting.
 * 2. The entries of a posting sum up to zero. Debits are positive, credits negative.
 * 3. What a document still asks for, and what of a payment is still free, are folds over entries that name
 *    them; no balance is stored as a truth.
 * 4. No posting may lie in a closed period.
 * 5. What is open of a document and free of a payment stands with one customer: its own, or whoever took that one in.
 *    Who that is changes by a POSTING_TRANSFER; documents keep the name that they were written in.
 *
 * A payment that is on its way (a bank debit) is no posting yet: it is shown as pending, and the document
 * stays open in every age list until the money has settled.
 *
 * All enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_BILLING_LEDGER_H
#define DOMAIN_BILLING_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/money.h"

enum account {
	ACCOUNT_RECEIVABLE = 1, /* what customers owe; every entry names its document             */
	ACCOUNT_UNAPPLIED,      /* what we hold for customers; every entry names its payment       */
	ACCOUNT_CASH,           /* cash, checks, transfers taken in                                */
	ACCOUNT_CLEARING,       /* at the payment provider, on its way to the bank                 */
	ACCOUNT_BANK,           /* paid out by the provider                                        */
	ACCOUNT_REVENUE,
	ACCOUNT_TAX,      /* collected for others                                              */
	ACCOUNT_CREDITS,  /* given to customers: an excuse, a promise, a skipped visit           */
	ACCOUNT_BAD_DEBT, /* written off                                                        */
	ACCOUNT_FEES,     /* what the provider keeps                                            */
	ACCOUNTS
};

enum posting_kind {
	POSTING_ISSUE = 1, /* a document asks for money                                      */
	POSTING_VOID,      /* ... and takes it back, whole                                   */
	POSTING_PAY,       /* money has come, nothing is said yet about what it pays         */
	POSTING_CREDIT,    /* a credit: counts as money of the customer's                     */
	POSTING_APPLY,     /* this much of that payment pays this much of that document      */
	POSTING_UNAPPLY,
	POSTING_REFUND, /* free money goes back                                            */
	POSTING_RETURN, /* the bank took a payment back; it was unapplied first             */
	POSTING_WRITE_OFF,
	POSTING_FEE,    /* of the provider, for one payment                                 */
	POSTING_PAYOUT, /* from the provider to the bank                                    */
	POSTING_TRANSFER, /* two records became one, or two again: what is open or free is the other's now */
	POSTING_KINDS
};

/* Which way money came or goes: says the account. */
enum pay_way { PAY_CASH = 1, PAY_CHECK, PAY_TRANSFER, PAY_CARD, PAY_ACH, PAY_CREDIT, PAY_WAYS };

/* For shapes: index = value, "" does not exist, NULL ends. */
extern const char *const account_names[];
extern const char *const posting_kind_names[];
extern const char *const pay_way_names[];

struct entry {
	enum account account;
	uint64_t customer_id, bill_id, payment_id; /* 0: none */
	int64_t cents;
};

#define POSTING_ENTRIES_MAX 3
struct posting {
	enum posting_kind kind;
	struct day day;
	struct entry entry[POSTING_ENTRIES_MAX];
	size_t n;
};

/*
 * posting_issue -- a document of net + tax cents; a total of zero is no posting (*p has no entries)
 *
 * net, tax  in  may be negative together (a credit note is issued as PAY_CREDIT instead: posting_pay)
 *
 * Errors  E_INVALID "amount": below zero in sum, or does not fit
 */
must_use enum err posting_issue(uint64_t customer_id, uint64_t bill_id, int64_t net_cents, int64_t tax_cents,
    struct day day, struct posting *p, struct fault *f);

/*
 * posting_pay -- money of a customer's that nothing has been paid with yet; PAY_CREDIT: given by us
 *
 * Errors  E_INVALID "amount": not above zero, or does not fit
 */
must_use enum err posting_pay(uint64_t customer_id, uint64_t payment_id, enum pay_way way, int64_t cents,
    struct day day, struct posting *p, struct fault *f);

/* What is open of a document, or free of a payment, before a posting: read under the guard row. */
struct open_item {
	uint64_t id;
	struct day day, due_day; /* of a payment: both the day it came */
	int64_t cents;           /* >= 0 */
};

/*
 * posting_apply -- cents of a payment pay cents of a document
 *
 * Errors  E_INVALID "amount": not above zero; more than is free of the payment; more than the document asks for
 */
must_use enum err posting_apply(uint64_t customer_id, const struct open_item *payment,
    const struct open_item *document, int64_t cents, struct day day, struct posting *p, struct fault *f);

/*
 * posting_unapply -- the way back
 *
 * applied_cents  in  what of this payment pays this document now
 *
 * Errors  E_INVALID "amount": not above zero, or more than was applied
 */
must_use enum err posting_unapply(uint64_t customer_id, uint64_t payment_id, uint64_t bill_id,
    int64_t applied_cents, int64_t cents, struct day day, struct posting *p, struct fault *f);

/*
 * posting_give_back -- free money leaves: POSTING_REFUND (we gave it), POSTING_RETURN (the bank took it)
 *
 * Errors  E_INVALID "amount": not above zero, or more than is free
 */
must_use enum err posting_give_back(enum posting_kind kind, uint64_t customer_id, const struct open_item *payment,
    enum pay_way way, int64_t cents, struct day day, struct posting *p, struct fault *f);

/*
 * posting_write_off -- what a document still asks for is asked no longer
 *
 * Errors  E_INVALID "amount": nothing is open
 */
must_use enum err posting_write_off(uint64_t customer_id, const struct open_item *document, struct day day,
    struct posting *p, struct fault *f);

/*
 * posting_void -- a document that nobody has paid a cent of takes back what it asked for
 *
 * issued  in  its posting of POSTING_ISSUE
 *
 * Errors  E_INVALID "document": something of it is paid or written off: unapply first
 */
must_use enum err posting_void(const struct posting *issued, const struct open_item *document, struct day day,
    struct posting *p, struct fault *f);

/* posting_fee, posting_payout -- between the provider's account and ours; cents may be negative (given back) */
must_use enum err posting_fee(uint64_t customer_id, uint64_t payment_id, int64_t cents, struct day day,
    struct posting *p, struct fault *f);
must_use enum err posting_payout(int64_t cents, struct day day, struct posting *p, struct fault *f);

/*
 * posting_transfer -- what is open of a document, or free of a payment, is another customer's from now on
 *
 * account  in  ACCOUNT_RECEIVABLE (id: of the document) or ACCOUNT_UNAPPLIED (id: of the payment)
 * cents    in  the balance as the entries sum up: above zero is owed, below zero is held; 0: no posting
 */
must_use enum err posting_transfer(enum account account, uint64_t id, uint64_t from, uint64_t to, int64_t cents,
    struct day day, struct posting *p, struct fault *f);

/*
 * posting_check -- the law of every posting, whoever made it; called by the one act that writes them
 *
 * closed  in  last day of the closed periods
 *
 * Errors  E_BUG does not balance, or an entry lacks what its account wants; E_INVALID "day": the period is closed
 */
must_use enum err posting_check(const struct posting *p, struct maybe_day closed, struct fault *f);

/* One application of a payment to a document. */
struct applied {
	uint64_t bill_id;
	int64_t cents;
};

/*
 * ledger_spread -- what a payment pays if nobody says: the oldest due first, then the smaller id
 *
 * open  in/out  n documents, sorted here
 * out   out     room for n; *out_n of them have cents > 0
 *
 * Answers what is left of the payment.
 */
int64_t ledger_spread(struct open_item *open, size_t n, int64_t free_cents, struct applied *out, size_t *out_n);

enum ageing_by { AGEING_BY_DUE = 0, AGEING_BY_DOCUMENT, AGEING_WAYS };
extern const char *const ageing_by_names[];

/* Not yet due (or of today), then how many days it is over. */
enum age { AGE_CURRENT = 0, AGE_30, AGE_60, AGE_90, AGE_OLDER, AGES };

/* ageing_add -- add what each document asks for, as of that day, to its bucket of `cents` */
void ageing_add(const struct open_item *open, size_t n, struct day as_of, enum ageing_by by, int64_t cents[AGES]);

#endif
