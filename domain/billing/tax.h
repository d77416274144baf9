/*
 * domain/billing/tax.h -- sales tax: by what is sold, where it is delivered, to whom, on which day.
 *
 * A rule says: for this tax code, in this area, from that day on, so much. An item has one code, a property
 * lies in one area; several rules may meet (state, county, city), each is reckoned and shown on its own. A
 * customer's certificate frees from the rules of an area, or of all, while it is valid.
 *
 * What is taxable where is the company's knowledge, not ours (product.md 3.11: Texas taxes pool service,
 * California does not): no rule is built in.
 */
#ifndef DOMAIN_BILLING_TAX_H
#define DOMAIN_BILLING_TAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/money.h"
#include "domain/base/str.h"

#define TAX_CODE_MAX    24
#define TAX_AREA_MAX    40
#define TAX_RULES_MAX   200
#define TAX_RATE_MAX    400000 /* ppm: 40 % */
#define TAX_LINES_MAX   SPLIT_MAX

struct tax_rule {
	uint64_t id;
	struct str name; /* as it stands on the bill: "Texas", "City of Austin" */
	struct str code; /* what is sold: "service", "chemical", ... */
	struct str area; /* where: a name of the company's own */
	struct day from_day;
	struct maybe_day until_day; /* last day */
	uint32_t rate_ppm;          /* 8.25 %: 82500 */
};

struct tax_exemption {
	struct str area; /* empty: everywhere */
	struct str certificate;
	struct day from_day;
	struct maybe_day until_day;
};

enum tax_rounding { TAX_BY_LINE = 0, TAX_BY_DOCUMENT, TAX_ROUNDINGS };
extern const char *const tax_rounding_names[];

/* One line of a document, as far as tax is concerned; the day is that of the delivery. */
struct tax_line {
	struct str code, area; /* code empty: never taxed */
	struct day day;
	int64_t net_cents; /* may be negative: a discount */
};

/* What a rule brings on a document. */
struct tax_sum {
	uint64_t rule_id;
	uint32_t rate_ppm;
	struct str name;
	int64_t base_cents, tax_cents;
};

/* tax_rule_check -- bounds of a rule that somebody typed in; E_INVALID "rate" "until_day" "code" "area" "name" */
must_use enum err tax_rule_check(const struct tax_rule *r, struct fault *f);

/* tax_holds -- does this rule tax that line, nobody being exempt? */
bool tax_holds(const struct tax_rule *r, const struct tax_line *line);

/*
 * tax_reckon -- the tax of each line and of each rule
 *
 * line       in   n, at most TAX_LINES_MAX
 * rule       in   rn, at most TAX_RULES_MAX
 * exemption  in   en of this customer
 * a          in   the answer lives here
 * tax_cents  out  n: what each line adds; together they are the tax of the document, whatever the rounding
 * sum        out  *sum_n rules that brought something to tax, in the order of `rule`
 *
 * TAX_BY_LINE: each line's share is rounded (half away from zero). TAX_BY_DOCUMENT: the rule's base is summed,
 * its tax rounded once, and that given to the lines by the largest remainder, so that no cent is lost. A base
 * below zero in sum brings a negative tax.
 *
 * Errors  E_INVALID "amount": does not fit; E_LIMIT too many lines or rules
 */
must_use enum err tax_reckon(const struct tax_line *line, size_t n, const struct tax_rule *rule, size_t rn,
    const struct tax_exemption *exemption, size_t en, enum tax_rounding rounding, struct arena *a,
    int64_t **tax_cents, struct tax_sum **sum, size_t *sum_n, struct fault *f);

#endif
