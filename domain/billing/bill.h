/*
 * domain/billing/bill.h -- a document of lines: quote, invoice, statement, receipt; its sums and its life.
 *
 *     draft --issue--> issued --pay--> (open until what it asks for is paid) ; issued --void--> void
 *     quote: draft --issue--> issued --approve--> approved | --decline--> declined | (its day passes) expired;
 *            draft, issued --void--> void
 *
 * Whether an invoice is open, partly paid or paid is no state: it follows from the ledger.
 */
#ifndef DOMAIN_BILLING_BILL_H
#define DOMAIN_BILLING_BILL_H

#include "domain/billing/price.h"
#include "domain/billing/tax.h"

/* Stored: never renumber. */
enum bill_kind { BILL_QUOTE = 1, BILL_INVOICE, BILL_STATEMENT, BILL_RECEIPT, BILL_KINDS };
enum bill_state { BILL_DRAFT = 1, BILL_ISSUED, BILL_VOID, BILL_APPROVED, BILL_DECLINED, BILL_STATES };
extern const char *const bill_kind_names[];
extern const char *const bill_state_names[];

#define BILL_LINES_MAX TAX_LINES_MAX
#define BILL_TEXT_MAX  400
#define BILL_DUE_DAYS_MAX 180

struct bill_line {
	uint64_t id;
	enum charge_kind kind;
	struct str text;
	int64_t quantity_milli, unit_cents; /* 1000 x cents for what has no quantity */
	int64_t net_cents;
	int64_t tax_cents; /* out of bill_reckon */
	struct str tax_code, tax_area;
	struct day day;
	uint32_t choice; /* of a quote: quote.h */
};

struct bill_sums {
	int64_t net_cents, tax_cents, total_cents;
	const struct tax_sum *tax;
	size_t tax_n;
};

/*
 * bill_reckon -- the tax of every line and the sums of the bill: lines = net, net + tax = total, exactly
 *
 * Errors  E_LIMIT too many lines; E_INVALID "amount"
 */
must_use enum err bill_reckon(struct bill_line *line, size_t n, const struct tax_rule *rule, size_t rn,
    const struct tax_exemption *exemption, size_t en, enum tax_rounding rounding, struct arena *a,
    struct bill_sums *out, struct fault *f);

/* bill_may -- may a document of that kind go from one state to the other? Errors E_STALE with the reason */
must_use enum err bill_may(enum bill_kind k, enum bill_state from, enum bill_state to, struct fault *f);

/* bill_number -- "INV-000042": how a number is written; it comes from the company's counter */
#define BILL_NUMBER_MAX 24
void bill_number(enum bill_kind k, uint64_t n, char out[BILL_NUMBER_MAX + 1]);

#endif
