/*
 * domain/base/money.c -- sums, shares and splits of cents, and how currencies are written.
 */
#include "domain/base/money.h"

struct currency {
	const char *code, *symbol;
	unsigned decimals;
};

static const struct currency currencies[] = {
	{"USD", "$", 2}, {"CAD", "CA$", 2}, {"AUD", "A$", 2}, {"NZD", "NZ$", 2}, {"MXN", "MX$", 2},
	{"EUR", "€", 2}, {"GBP", "£", 2}, {"CHF", "CHF ", 2}, {"SEK", "SEK ", 2}, {"NOK", "NOK ", 2},
	{"DKK", "DKK ", 2}, {"PLN", "PLN ", 2}, {"CZK", "CZK ", 2}, {"BRL", "R$", 2}, {"ARS", "AR$", 2},
	{"CLP", "CLP$", 0}, {"COP", "COL$", 2}, {"PEN", "S/", 2}, {"UYU", "UYU$", 2}, {"CRC", "₡", 2},
	{"DOP", "RD$", 2}, {"GTQ", "Q", 2}, {"PAB", "B/.", 2}, {"PYG", "₲", 0}, {"BOB", "Bs", 2},
	{"ZAR", "R", 2}, {"AED", "AED ", 2}, {"SAR", "SAR ", 2}, {"ILS", "₪", 2}, {"INR", "₹", 2},
	{"THB", "฿", 2}, {"SGD", "S$", 2}, {"MYR", "RM", 2}, {"IDR", "Rp", 2}, {"PHP", "₱", 2},
	{"JPY", "¥", 0}, {"TRY", "₺", 2}, {"KWD", "KWD ", 3}, {"BHD", "BHD ", 3}, {"JOD", "JOD ", 3},
};

static enum err within(__int128 v, int64_t *out, struct fault *f);
static const struct currency *currency_of(struct str code);
static void digits(struct buf *b, uint64_t whole, char between);

enum err
cents_add(int64_t a, int64_t b, int64_t *out, struct fault *f)
{
	return within((__int128)a + b, out, f);
}

enum err
cents_multiply(int64_t cents, int64_t times, int64_t *out, struct fault *f)
{
	return within((__int128)cents * times, out, f);
}

enum err
cents_share(int64_t cents, int64_t rate_ppm, int64_t *out, struct fault *f)
{
	__int128 product = (__int128)cents * rate_ppm;
	__int128 half = product < 0 ? -500000 : 500000;

	/* Division cuts towards zero; half a unit away from zero first makes that a rounding. */
	return within((product + half) / 1000000, out, f);
}

enum err
cents_split(int64_t cents, const int64_t *weight, size_t n, int64_t *part, struct fault *f)
{
	const int64_t weights_max = INT64_C(1000000000000);
	int64_t total = 0, sign = cents < 0 ? -1 : 1, given = 0;
	bool favoured[SPLIT_MAX] = {false};

	if (cents > CENTS_MAX || cents < -CENTS_MAX)
		return fail(f, E_INVALID, "amount", "This amount is too large.");
	if (n == 0 || n > SPLIT_MAX)
		return fail(f, E_INVALID, "weight", "This value is not valid.");
	for (size_t i = 0; i < n; i++) {
		if (weight[i] < 0 || weight[i] > weights_max - total)
			return fail(f, E_INVALID, "weight", "This value is not valid.");
		total += weight[i];
	}
	if (total == 0)
		return fail(f, E_INVALID, "weight", "This value is not valid.");

	for (size_t i = 0; i < n; i++)
		given += (int64_t)((__int128)cents * sign * weight[i] / total);
	/* At most n - 1 cents are left: each goes to the largest remainder that has none yet. */
	for (int64_t left = cents * sign - given; left > 0; left--) {
		size_t best = n;
		__int128 best_rest = -1;

		for (size_t i = 0; i < n; i++) {
			__int128 rest = (__int128)cents * sign * weight[i] % total;

			if (!favoured[i] && rest > best_rest) {
				best = i;
				best_rest = rest;
			}
		}
		favoured[best] = true;
	}
	for (size_t i = 0; i < n; i++)
		part[i] = sign * ((int64_t)((__int128)cents * sign * weight[i] / total) + favoured[i]);
	return OK;
}

bool
currency_valid(struct str code)
{
	return currency_of(code) != NULL;
}

unsigned
currency_decimals(struct str code)
{
	const struct currency *c = currency_of(code);

	return c == NULL ? 2 : c->decimals;
}

struct str
money_write(struct arena *a, int64_t cents, struct str currency, enum language l)
{
	const struct currency *c = currency_of(currency);
	/* The Spanish of the Americas writes a point; that of the euro a comma, and the sign behind. */
	bool comma = l == SPANISH && str_eq(currency, STR("EUR"));
	struct buf b = buf_open(a, 32, 64);
	uint64_t amount = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents, unit = 1;

	for (unsigned i = 0; i < currency_decimals(currency); i++)
		unit *= 10;
	if (cents < 0)
		buf_char(&b, '-');
	if (c == NULL) {
		buf_add(&b, str_sub(currency, 0, 8));
		buf_char(&b, ' ');
	} else if (!comma) {
		buf_add(&b, str_of(c->symbol));
	}
	digits(&b, amount / unit, comma ? '.' : ',');
	if (unit > 1)
		buf_printf(&b, "%c%0*llu", comma ? ',' : '.', (int)currency_decimals(currency),
		    (unsigned long long)(amount % unit));
	if (comma) {
		buf_char(&b, ' ');
		buf_add(&b, str_of(c->symbol));
	}
	return buf_str(&b);
}

static enum err
within(__int128 v, int64_t *out, struct fault *f)
{
	if (v > CENTS_MAX || v < -CENTS_MAX)
		return fail(f, E_INVALID, "amount", "This amount is too large.");
	*out = (int64_t)v;
	return OK;
}

static const struct currency *
currency_of(struct str code)
{
	for (size_t i = 0; i < sizeof(currencies) / sizeof(*currencies); i++)
		if (str_eq(str_of(currencies[i].code), code))
			return &currencies[i];
	return NULL;
}

/* Groups of three. */
static void
digits(struct buf *b, uint64_t whole, char between)
{
	if (whole >= 1000) {
		digits(b, whole / 1000, between);
		buf_printf(b, "%c%03llu", between, (unsigned long long)(whole % 1000));
	} else {
		buf_u64(b, whole);
	}
}
