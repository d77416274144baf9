/*
 * domain/imports/value.h -- single values as lists have them: words in two languages, numbers, days.
 */
#ifndef DOMAIN_IMPORTS_VALUE_H
#define DOMAIN_IMPORTS_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

enum value_words { WORDS_POOL_KIND = 0, WORDS_SURFACE, WORDS_SANITISER, WORDS_STATUS, WORDS_UNIT, VALUE_WORDS };

/* value_word -- the enum value a word stands for, English or Spanish; false, *out untouched, if we do not know it */
bool value_word(enum value_words of, struct str word, struct arena *a, int *out);

/* value_clean -- trimmed; control characters but line ends become blanks */
struct str value_clean(struct arena *a, struct str cell);

/* value_cut -- its first `max` characters */
struct str value_cut(struct str s, size_t max);

/* value_number_and_unit -- "20,000 gal" -> "20,000" and "gal" */
void value_number_and_unit(struct str s, struct str *number, struct str *unit);

/* value_money -- "$1,234.50", "150 USD", "85/mo" in the smallest unit of the currency; false: not an amount */
bool value_money(struct str s, unsigned decimals, int64_t *cents);

/* value_degrees -- "38.631913", "-121,434879" in millionths; a comma is always the decimal sign */
bool value_degrees(struct str s, int64_t *e6);

/* value_days -- "Mon/Thu", "cada lunes" as bits of enum weekday; answers the first word it does not know */
struct str value_days(struct str s, struct arena *a, unsigned *days);

#endif
