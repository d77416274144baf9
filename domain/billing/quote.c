/*
 * domain/billing/quote.c -- which lines belong to what was picked, and who may still answer.
 */
#include "domain/billing/quote.h"

bool
quote_takes(uint32_t choice, uint32_t picked)
{
	return choice == 0 || choice == picked;
}

enum err
quote_check(const uint32_t *choice, size_t n, size_t options, struct fault *f)
{
	if (n == 0)
		return fail(f, E_INVALID, "lines", "A quote needs a line.");
	if (n > QUOTE_LINES_MAX)
		return fail(f, E_LIMIT, "lines", "A quote has at most %d lines.", QUOTE_LINES_MAX);
	if (options == 1 || options > QUOTE_OPTIONS_MAX)
		return fail(f, E_INVALID, "options", "Offer no options, or two to %d.", QUOTE_OPTIONS_MAX);
	for (size_t i = 0; i < n; i++)
		if (choice[i] > options)
			return fail(f, E_INVALID, "lines", "This option does not exist.");
	for (uint32_t o = 1; o <= options; o++) {
		bool has = false;

		for (size_t i = 0; i < n; i++)
			has = has || choice[i] == o;
		if (!has)
			return fail(f, E_INVALID, "lines", "Each option needs a line of its own.");
	}
	return OK;
}

enum err
quote_picks(uint32_t picked, size_t options, struct fault *f)
{
	if (options == 0 ? picked == 0 : picked >= 1 && picked <= options)
		return OK;
	return fail(f, E_INVALID, "choice", "Pick one of the options.");
}

enum err
quote_deposit(int64_t total_cents, uint32_t ppm, int64_t *cents, struct fault *f)
{
	if (total_cents < 0 || ppm > QUOTE_DEPOSIT_MAX)
		return fail(f, E_INVALID, "deposit_ppm", "This value is not valid.");
	return cents_share(total_cents, ppm, cents, f);
}

enum err
quote_may_answer(enum bill_state from, enum bill_state to, struct day last, struct day today, struct fault *f)
{
	TRY(bill_may(BILL_QUOTE, from, to, f));
	if (today.n > last.n)
		return fail(f, E_STALE, NULL, "This quote has run out. Ask for a new one.");
	return OK;
}
