/*
 * domain/customers/likeness.h -- which customers are perhaps one and the same: same telephone, e-mail, address or name,
 * or one that differs by a slip. Only offered, never decided here.
 */
#ifndef DOMAIN_CUSTOMERS_LIKENESS_H
#define DOMAIN_CUSTOMERS_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

/* Bits of `why`. */
enum like_why {
	LIKE_PHONE = 0,
	LIKE_EMAIL,
	LIKE_ADDRESS,
	LIKE_NAME,
	LIKE_NEAR_NAME, /* the same numbers in it, if any: "Unit 12" and "Unit 14" are two */
	LIKE_NEAR_EMAIL,
	LIKE_NEAR_ADDRESS, /* the same numbers, a slip in the words: 12 and 14 Palm Lane are neighbours */
	LIKE_NEAR_PHONE,   /* says nothing alone: numbers lie close together */
	LIKE_WHYS
};
extern const char *const like_why_names[];

/* What is compared. Lists: phones and e-mails with blanks between, addresses ("street|postcode") on lines. */
struct like_facts {
	uint64_t id;
	struct str name, city, phones, emails, addresses;
};

struct like_pair {
	uint64_t a, b; /* a < b */
	uint64_t why;
	unsigned score;
};

#define LIKE_SHARED_MAX 6 /* a telephone of more customers than that is a manager's, and says nothing */
#define LIKE_PAIRS_MAX 5000
#define LIKE_CROWD 24

/*
 * like_pairs -- those who are alike enough to be shown, the most alike first; at most LIKE_PAIRS_MAX
 *
 * Everything equal is found, and everything that differs by one slip (two texts with one slip between them are the
 * same with one letter left out), unless more than LIKE_CROWD share that rest. Two slips in a long name are looked for
 * among neighbours in the order of the alphabet, read from both ends. Near names count alone only in the same city.
 */
struct like_pair *like_pairs(const struct like_facts *f, size_t n, struct arena *a, size_t *pairs);

/* like_name -- the folded words of a name in the order of the alphabet: "Hernández, Luis" is "Luis Hernandez" */
struct str like_name(struct str name, struct arena *a);

/* like_street -- "6418 East Sunnyslope Lane" and "6418 E. Sunnyslope Ln" are one address */
struct str like_street(struct str street, struct str postcode, struct arena *a);

/* like_near -- one slip (of eight letters and more, two): a letter too many, too few, another, or two in the wrong order */
bool like_near(struct str a, struct str b);

#endif
