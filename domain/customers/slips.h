/*
 * domain/customers/slips.h -- how far what somebody typed is from what is written: slips of a finger, counted.
 */
#ifndef DOMAIN_CUSTOMERS_SLIPS_H
#define DOMAIN_CUSTOMERS_SLIPS_H

#include <stdbool.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

#define SLIPS_WORD_MAX 60 /* letters of a text; what is longer is compared as if it ended there */

/*
 * slips -- between two texts: a letter too many, too few, another, or two in the wrong order
 *
 * open  in  a is still being typed: b may go on behind it
 * most  in  more than that does not matter: the answer is then most + 1
 *
 * Source  optimal string alignment, the distance of Damerau and Levenshtein where no letter is touched twice
 */
unsigned slips(struct str a, struct str b, bool open, unsigned most);

/*
 * slips_of -- of each typed word, to the word of the text that is nearest; their sum
 *
 * typed  in  folded (text_fold, gram.h); its last word is still being typed
 * text   in  folded
 */
unsigned slips_of(struct str typed, struct str text);

#endif
