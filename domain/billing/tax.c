/*
 * domain/billing/tax.c -- which rules meet a line, and what they bring.
 */
#include "domain/billing/tax.h"

#include <assert.h>

const char *const tax_rounding_names[] = {"line", "document", NULL};
static_assert(sizeof(tax_rounding_names) / sizeof(char *) == TAX_ROUNDINGS + 1, "each has its name");

static bool exempt(const struct tax_exemption *e, size_t en, const struct tax_line *line);
static enum err by_rule(const struct tax_line *line, size_t n, const struct tax_rule *rule, const bool *free_of,
    enum tax_rounding rounding, int64_t *tax, struct tax_sum *sum, struct fault *f);
static void spread(const int64_t *base, size_t n, uint32_t rate_ppm, int64_t tax, int64_t *out);

enum err
tax_rule_check(const struct tax_rule *r, struct fault *f)
{
	if (r->name.n == 0)
		return fail(f, E_INVALID, "name", "Give the tax a name, as it shall stand on the bill.");
	if (r->code.n == 0 || r->code.n > TAX_CODE_MAX)
		return fail(f, E_INVALID, "code", "This value is not valid.");
	if (r->area.n == 0 || r->area.n > TAX_AREA_MAX)
		return fail(f, E_INVALID, "area", "This value is not valid.");
	if (r->rate_ppm > TAX_RATE_MAX)
		return fail(f, E_INVALID, "rate", "A tax is at most %d %%.", TAX_RATE_MAX / 10000);
	if (r->until_day.is && r->until_day.v.n < r->from_day.n)
		return fail(f, E_INVALID, "until_day", "The end is before the beginning.");
	return OK;
}

bool
tax_holds(const struct tax_rule *r, const struct tax_line *line)
{
	return line->code.n > 0 && str_eq(r->code, line->code) && str_eq(r->area, line->area) &&
	    line->day.n >= r->from_day.n && (!r->until_day.is || line->day.n <= r->until_day.v.n);
}

enum err
tax_reckon(const struct tax_line *line, size_t n, const struct tax_rule *rule, size_t rn,
    const struct tax_exemption *exemption, size_t en, enum tax_rounding rounding, struct arena *a,
    int64_t **tax_cents, struct tax_sum **sum, size_t *sum_n, struct fault *f)
{
	int64_t *tax;
	bool *free_of;

	if (n > TAX_LINES_MAX || rn > TAX_RULES_MAX)
		return fail(f, E_LIMIT, NULL, "A bill has at most %d lines.", TAX_LINES_MAX);
	tax = arena_array(a, int64_t, n > 0 ? n : 1);
	free_of = arena_array(a, bool, n > 0 ? n : 1);
	*sum = arena_array(a, struct tax_sum, rn > 0 ? rn : 1);
	*sum_n = 0;
	for (size_t i = 0; i < n; i++)
		free_of[i] = exempt(exemption, en, &line[i]);
	for (size_t r = 0; r < rn; r++) {
		struct tax_sum s = {.rule_id = rule[r].id, .rate_ppm = rule[r].rate_ppm, .name = rule[r].name};
		const struct arena_mark m = arena_mark(a);
		int64_t *of_rule = arena_array(a, int64_t, n > 0 ? n : 1);

		TRY(by_rule(line, n, &rule[r], free_of, rounding, of_rule, &s, f));
		for (size_t i = 0; i < n; i++)
			TRY(cents_add(tax[i], of_rule[i], &tax[i], f));
		arena_rewind(a, m);
		if (s.base_cents != 0 || s.tax_cents != 0)
			(*sum)[(*sum_n)++] = s;
	}
	*tax_cents = tax;
	return OK;
}

static bool
exempt(const struct tax_exemption *e, size_t en, const struct tax_line *line)
{
	for (size_t i = 0; i < en; i++)
		if ((e[i].area.n == 0 || str_eq(e[i].area, line->area)) && line->day.n >= e[i].from_day.n &&
		    (!e[i].until_day.is || line->day.n <= e[i].until_day.v.n))
			return true;
	return false;
}

static enum err
by_rule(const struct tax_line *line, size_t n, const struct tax_rule *rule, const bool *free_of,
    enum tax_rounding rounding, int64_t *tax, struct tax_sum *sum, struct fault *f)
{
	int64_t base[TAX_LINES_MAX];

	for (size_t i = 0; i < n; i++) {
		base[i] = !free_of[i] && tax_holds(rule, &line[i]) ? line[i].net_cents : 0;
		TRY(cents_add(sum->base_cents, base[i], &sum->base_cents, f));
		if (rounding == TAX_BY_LINE) {
			TRY(cents_share(base[i], rule->rate_ppm, &tax[i], f));
			TRY(cents_add(sum->tax_cents, tax[i], &sum->tax_cents, f));
		}
	}
	if (rounding == TAX_BY_LINE)
		return OK;
	TRY(cents_share(sum->base_cents, rule->rate_ppm, &sum->tax_cents, f));
	spread(base, n, rule->rate_ppm, sum->tax_cents, tax);
	return OK;
}

/*
 * Each line gets its exact tax rounded down, then the cents that are left go to the largest remainders, the
 * earlier line first. The rounded sum is the floor or the ceiling of the exact one, so 0 to n cents are left.
 */
static void
spread(const int64_t *base, size_t n, uint32_t rate_ppm, int64_t tax, int64_t *out)
{
	int32_t rest[TAX_LINES_MAX];
	int64_t left = tax;

	for (size_t i = 0; i < n; i++) {
		__int128 exact = (__int128)base[i] * rate_ppm;

		rest[i] = (int32_t)(exact % 1000000);
		if (rest[i] < 0)
			rest[i] += 1000000;
		out[i] = (int64_t)((exact - rest[i]) / 1000000);
		left -= out[i];
	}
	for (; left > 0; left--) {
		size_t best = 0;

		for (size_t i = 1; i < n; i++)
			if (rest[i] > rest[best])
				best = i;
		out[best]++;
		rest[best] = -1;
	}
}
