/*
 * domain/billing/autopay.h -- what of a bill may be drawn by itself, and from which card or account.
 *
 * A customer says for each card or account at which places and for which kinds of charge it pays. A line that nobody
 * allowed stays asked for and holds up no other line. What was paid already has paid the allowed lines first: by
 * itself never more is drawn than was agreed to.
 */
#ifndef DOMAIN_BILLING_AUTOPAY_H
#define DOMAIN_BILLING_AUTOPAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/billing/price.h"

/* Bits of a set, as customers think of charges. Stored: never renumber. */
enum autopay_kind { AUTOPAY_SERVICE = 0, AUTOPAY_CHEMICALS, AUTOPAY_WORK, AUTOPAY_FEES, AUTOPAY_KINDS };
extern const char *const autopay_kind_names[]; /* with NULL */
#define AUTOPAY_EVERYTHING ((1U << AUTOPAY_KINDS) - 1)

/* How somebody said yes: here, or to the office, which writes it down. */
enum autopay_how { AUTOPAY_BY_PORTAL = 1, AUTOPAY_BY_PHONE, AUTOPAY_ON_PAPER, AUTOPAY_IN_PERSON, AUTOPAY_HOWS };
extern const char *const autopay_how_names[]; /* with NULL, by value */

enum autopay_kind autopay_kind_of(enum charge_kind kind);

#define AUTOPAY_PLACES_MAX 40
#define AUTOPAY_RULES_MAX  20

/* What one card or account pays. kinds 0: every kind; no place: every place, and what belongs to none. */
struct autopay_rule {
	uint64_t id;
	uint64_t kinds;
	const uint64_t *places;
	size_t places_n;
};

struct autopay_line {
	uint64_t property_id;
	enum charge_kind kind;
	int64_t cents; /* with its tax; may be below zero */
};

bool autopay_has(const struct autopay_rule *r, const struct autopay_line *line);

/* autopay_before -- which of two rules comes first: the narrower one, then the younger; as qsort wants it */
int autopay_before(const void *a, const void *b);

/*
 * autopay_share -- what each rule draws of one bill
 *
 * rule    in   in their order (autopay_before); n <= AUTOPAY_RULES_MAX. A line belongs to the first that has it
 * line    in   of the bill, whole
 * open    in   what the bill still asks for, >= 0
 * cents   out  for each rule, >= 0; together at most `open`, and never more than its lines less what was paid
 */
void autopay_share(const struct autopay_rule *rule, size_t n, const struct autopay_line *line, size_t line_n, int64_t open,
    int64_t cents[]);

#endif
