/*
 * domain/customers/gram.h -- three letters at a time: search that forgives a typing error.
 *
 * A text is folded (accents away, small letters, everything else a gap) and cut into the three-letter
 * runs of its words, each word with two gaps before and one behind. Two texts are alike when they share most of
 * them. A gram is a number below 37^3: gap 0, a-z 1..26, digits 27..36.
 */
#ifndef DOMAIN_CUSTOMERS_GRAM_H
#define DOMAIN_CUSTOMERS_GRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

#define GRAM_COUNT (37 * 37 * 37)
#define GRAMS_MAX 1500 /* of one record: some 4,000 letters; the rest is not found */

/*
 * grams_of -- the different grams of a text, ascending
 *
 * open  in  the last word is still being typed: no gap is put behind it
 */
uint16_t *grams_of(struct str text, bool open, struct arena *a, size_t *n);

/* grams_needed -- how many of a question's n grams a record must share: each typing error costs three */
size_t grams_needed(size_t n);

/* text_fold -- small letters and digits without accents, one gap between words, none at the ends */
struct str text_fold(struct str text, struct arena *a);

/* grams_json -- "[1,2,3]", as the queries take a list */
struct str grams_json(const uint16_t *gram, size_t n, struct arena *a);

#endif
