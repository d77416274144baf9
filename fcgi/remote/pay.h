/*
 * fcgi/remote/pay.h -- who takes the customers' money: what we ask of a payment processor, whichever it is.
 *
 * stripe.c speaks one; another one is another file and a line in pay_processor. A company is known there by its
 * `account`, a payment by our id in its metadata. Each order carries a key made before it is sent: asked twice, the
 * processor does it once and answers the same.
 *
 * Errors of all  E_AWAY no answer, or it says it is not well: ask again with the same key; E_FORBIDDEN our key is refused,
 * or the company has gone from us; E_NOT_FOUND; E_INVALID it refuses what was asked, and says why
 */
#ifndef FCGI_REMOTE_PAY_H
#define FCGI_REMOTE_PAY_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/billing/ledger.h"
#include "domain/billing/payment.h"
#include "tenancy/config.h"

#define PAY_ID_MAX 80
#define PAY_ROWS_MAX 100

/* Whom the order is for and what makes it the same order when it is sent again. */
struct pay_from {
	struct str account;
	struct str key; /* "" where nothing is made */
};

/* A page of the processor's on which the customer pays, or leaves a card or an account for later. */
struct pay_page_order {
	struct str payment, tenant; /* come back as metadata */
	struct str customer;        /* the processor's own name of them, "" for somebody new */
	struct str email, what, currency, success_url, cancel_url;
	int64_t cents;     /* 0: nothing is paid now, only a method is left */
	bool keep;         /* the method may be charged later */
	bool spanish;
	int64_t expires_at;
};
struct pay_page_made {
	struct str id, url;
};

struct pay_charge_order {
	struct str payment, tenant, customer, method, what, currency;
	struct str return_url; /* somebody waits: their bank may ask them, and sends them back there; "" nobody does */
	int64_t cents;
	bool bank;
};

/* A payment as the processor has it now. */
struct pay_seen {
	struct str id;              /* of the payment there; "" while the page is open */
	struct str payment, tenant; /* our metadata */
	struct str currency, customer, method;
	bool kept; /* the method may be charged later */
	enum pay_way way;
	struct pay_truth truth;
	enum pay_refusal refusal;
	struct str why; /* the processor's words on a failure */
	bool page_only; /* a page that only left a method */
	struct str url; /* where the bank wants to know who pays; "" */
};

struct pay_method_seen {
	struct str id, customer;
	enum pay_method_kind kind;
	struct str brand, last4;
	uint32_t exp_month, exp_year;
	struct str funding; /* of a card: credit, debit, prepaid; "" nobody knows */
};

struct pay_account_order {
	struct str email, name, country, currency;
};
struct pay_account_seen {
	bool cards, banks; /* may take them */
	struct str wants;  /* what is still missing, in the processor's words */
};

/* One movement of the processor's own book. */
struct pay_move {
	struct str id, payment; /* payment: our metadata's value is not here; the processor's id of the payment, or "" */
	struct str source, type;
	int64_t cents, fee_cents, net_cents, at;
};
struct pay_moves {
	struct pay_move *rows;
	size_t rows_n;
	bool more;
};

/* ---- what the house itself asks of a company, each month: the company is a customer of our own account ---- */

struct pay_subscriber {
	struct str tenant, name, email;
};
struct pay_subscription_order {
	struct str tenant, customer, what, currency, success_url, cancel_url;
	int64_t cents;       /* a month */
	int64_t first_at;    /* nothing is asked before; 0: now */
	int64_t expires_at;  /* of the page */
	bool spanish;
};
struct pay_house_bill {
	struct str id, number, currency, url;
	int64_t cents, made_at;
	bool paid, void_;
};
/* A subscription as the processor has it now; reference "": there is none. */
struct pay_subscription_seen {
	struct str reference;
	int64_t paid_until, unpaid_since, ended_at;
	struct pay_house_bill *bills;
	size_t bills_n;
};
#define PAY_HOUSE_BILLS 24

struct pay_processor {
	const char *name;
	enum err (*account_make)(struct arena *a, const struct config *c, const struct pay_from *from,
	    const struct pay_account_order *o, struct str *account, struct fault *f);
	enum err (*account_link)(struct arena *a, const struct config *c, const struct pay_from *from, struct str refresh_url,
	    struct str return_url, struct str *url, struct fault *f);
	enum err (*account_look)(struct arena *a, const struct config *c, struct str account, struct pay_account_seen *out,
	    struct fault *f);
	enum err (*page)(struct arena *a, const struct config *c, const struct pay_from *from, const struct pay_page_order *o,
	    struct pay_page_made *out, struct fault *f);
	/* A charge that is refused by the bank is no error: the answer says so. */
	enum err (*charge)(struct arena *a, const struct config *c, const struct pay_from *from,
	    const struct pay_charge_order *o, struct pay_seen *out, struct fault *f);
	/* id: of a payment, or of a page */
	enum err (*look)(struct arena *a, const struct config *c, struct str account, struct str id, struct pay_seen *out,
	    struct fault *f);
	/* Who was asked by their bank and never answered: it is over. */
	enum err (*cancel)(struct arena *a, const struct config *c, const struct pay_from *from, struct str id, struct fault *f);
	enum err (*refund)(struct arena *a, const struct config *c, const struct pay_from *from, struct str id, int64_t cents,
	    struct fault *f);
	enum err (*method_look)(struct arena *a, const struct config *c, struct str account, struct str id,
	    struct pay_method_seen *out, struct fault *f);
	enum err (*method_drop)(struct arena *a, const struct config *c, const struct pay_from *from, struct str id,
	    struct fault *f);
	/* Newest first, since an instant; after: the last id of the page before, or "". */
	enum err (*moves)(struct arena *a, const struct config *c, struct str account, int64_t since, struct str after,
	    struct pay_moves *out, struct fault *f);
	/* The house's own: a customer, a page to subscribe on, a page to change card and end on, and how it stands. */
	enum err (*subscriber)(struct arena *a, const struct config *c, struct str key, const struct pay_subscriber *o,
	    struct str *customer, struct fault *f);
	enum err (*subscribe)(struct arena *a, const struct config *c, struct str key, const struct pay_subscription_order *o,
	    struct str *url, struct fault *f);
	enum err (*subscription_page)(struct arena *a, const struct config *c, struct str customer, struct str return_url,
	    struct str *url, struct fault *f);
	enum err (*subscription_look)(struct arena *a, const struct config *c, struct str customer,
	    struct pay_subscription_seen *out, struct fault *f);
};
extern const struct pay_processor pay_stripe;

/* pay_processor_of -- by the house's settings; NULL: none is set up */
const struct pay_processor *pay_processor_of(const struct config *c);

#endif
