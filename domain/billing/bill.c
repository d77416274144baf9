/*
 * domain/billing/bill.c -- sums of a document, and which state may follow which.
 */
#include "domain/billing/bill.h"

#include <assert.h>
#include <stdio.h>

const char *const bill_kind_names[] = {"", "quote", "invoice", "statement", "receipt", NULL};
const char *const bill_state_names[] = {"", "draft", "issued", "void", "approved", "declined", NULL};
static_assert(sizeof(bill_kind_names) / sizeof(char *) == BILL_KINDS + 1, "each has its name");
static_assert(sizeof(bill_state_names) / sizeof(char *) == BILL_STATES + 1, "each has its name");

enum err
bill_reckon(struct bill_line *line, size_t n, const struct tax_rule *rule, size_t rn,
    const struct tax_exemption *exemption, size_t en, enum tax_rounding rounding, struct arena *a,
    struct bill_sums *out, struct fault *f)
{
	struct bill_sums s = {0};
	struct tax_line *taxed;
	struct tax_sum *sum;
	int64_t *tax;

	if (n > BILL_LINES_MAX)
		return fail(f, E_LIMIT, NULL, "A bill has at most %d lines.", BILL_LINES_MAX);
	taxed = arena_array(a, struct tax_line, n > 0 ? n : 1);
	for (size_t i = 0; i < n; i++) {
		taxed[i] = (struct tax_line){line[i].tax_code, line[i].tax_area, line[i].day, line[i].net_cents};
		TRY(cents_add(s.net_cents, line[i].net_cents, &s.net_cents, f));
	}
	TRY(tax_reckon(taxed, n, rule, rn, exemption, en, rounding, a, &tax, &sum, &s.tax_n, f));
	for (size_t i = 0; i < n; i++) {
		line[i].tax_cents = tax[i];
		TRY(cents_add(s.tax_cents, tax[i], &s.tax_cents, f));
	}
	TRY(cents_add(s.net_cents, s.tax_cents, &s.total_cents, f));
	s.tax = sum;
	*out = s;
	return OK;
}

enum err
bill_may(enum bill_kind k, enum bill_state from, enum bill_state to, struct fault *f)
{
	bool may = false;

	switch (to) {
	case BILL_ISSUED:
		may = from == BILL_DRAFT;
		break;
	case BILL_VOID:
		may = from == BILL_ISSUED || (k == BILL_QUOTE && from == BILL_DRAFT);
		break;
	case BILL_APPROVED:
	case BILL_DECLINED:
		may = k == BILL_QUOTE && from == BILL_ISSUED;
		break;
	case BILL_DRAFT:
	case BILL_STATES:
		break;
	}
	if (may)
		return OK;
	switch (from) {
	case BILL_ISSUED:
		return fail(f, E_STALE, NULL, "This is issued already.");
	case BILL_VOID:
		return fail(f, E_STALE, NULL, "This was taken back.");
	case BILL_APPROVED:
		return fail(f, E_STALE, NULL, "This quote was approved already.");
	case BILL_DECLINED:
		return fail(f, E_STALE, NULL, "This quote was declined.");
	case BILL_DRAFT:
	case BILL_STATES:
		break;
	}
	return fail(f, E_STALE, NULL, "Issue this first.");
}

void
bill_number(enum bill_kind k, uint64_t n, char out[BILL_NUMBER_MAX + 1])
{
	static const char *const prefix[BILL_KINDS] = {"", "Q", "INV", "ST", "R"};

	assert(k > 0 && k < BILL_KINDS);
	snprintf(out, BILL_NUMBER_MAX + 1, "%s-%06llu", prefix[k], (unsigned long long)n);
}
