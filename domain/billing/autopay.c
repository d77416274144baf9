/*
 * domain/billing/autopay.c -- shares of a bill by what was allowed.
 */
#include "domain/billing/autopay.h"

#include <assert.h>

const char *const autopay_kind_names[] = {"service", "chemicals", "work", "fees", NULL};
const char *const autopay_how_names[] = {"", "portal", "phone", "paper", "person", NULL};

static_assert(sizeof(autopay_kind_names) / sizeof(char *) == AUTOPAY_KINDS + 1, "each has its name");
static_assert(sizeof(autopay_how_names) / sizeof(char *) == AUTOPAY_HOWS + 1, "each has its name");

static unsigned breadth(const struct autopay_rule *r);

enum autopay_kind
autopay_kind_of(enum charge_kind kind)
{
	switch (kind) {
	case CHARGE_DOSE:
		return AUTOPAY_CHEMICALS;
	case CHARGE_PART:
	case CHARGE_LABOUR:
	case CHARGE_ITEM:
	case CHARGE_DEPOSIT:
		return AUTOPAY_WORK;
	case CHARGE_FEE:
		return AUTOPAY_FEES;
	default:
		return AUTOPAY_SERVICE;
	}
}

bool
autopay_has(const struct autopay_rule *r, const struct autopay_line *line)
{
	if (r->kinds != 0 && (r->kinds & 1U << autopay_kind_of(line->kind)) == 0)
		return false;
	for (size_t i = 0; i < r->places_n; i++)
		if (r->places[i] == line->property_id)
			return true;
	return r->places_n == 0;
}

/* 0: says both where and what. */
static unsigned
breadth(const struct autopay_rule *r)
{
	return (r->kinds == 0 || r->kinds == AUTOPAY_EVERYTHING ? 1U : 0U) + (r->places_n == 0 ? 2U : 0U);
}

int
autopay_before(const void *a, const void *b)
{
	const struct autopay_rule *x = a, *y = b;

	if (breadth(x) != breadth(y))
		return breadth(x) < breadth(y) ? -1 : 1;
	return x->id == y->id ? 0 : x->id > y->id ? -1 : 1;
}

void
autopay_share(const struct autopay_rule *rule, size_t n, const struct autopay_line *line, size_t line_n, int64_t open,
    int64_t cents[])
{
	int64_t total = 0, paid;

	assert(n <= AUTOPAY_RULES_MAX);
	for (size_t r = 0; r < n; r++)
		cents[r] = 0;
	for (size_t i = 0; i < line_n; i++) {
		size_t r = 0;

		total += line[i].cents;
		while (r < n && !autopay_has(&rule[r], &line[i]))
			r++;
		if (r < n)
			cents[r] += line[i].cents;
	}
	paid = total > open ? total - open : 0;
	for (size_t r = 0; r < n; r++) {
		const int64_t due = cents[r] > 0 ? cents[r] : 0, covered = due < paid ? due : paid;

		paid -= covered;
		cents[r] = due - covered < open ? due - covered : open;
		open -= cents[r];
	}
}
