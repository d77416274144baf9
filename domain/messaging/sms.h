/*
 * domain/messaging/sms.h -- what a text costs, and what words of a customer mean for all that follows.
 */
#ifndef DOMAIN_MESSAGING_SMS_H
#define DOMAIN_MESSAGING_SMS_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"
#include "domain/base/words.h"

#define SMS_SEGMENTS_MAX 10 /* what a carrier joins together again */

/* How a text travels. */
struct sms_size {
	bool wide;          /* UCS-2: a letter that the telephones' own alphabet lacks */
	unsigned letters;   /* in units of that alphabet; an emoji is two, a brace too */
	unsigned segments;  /* of 160 / 153 letters, or 70 / 67 */
	struct str first;   /* the first letter that made it wide, part of text; empty: none */
};

/*
 * sms_size -- segments of a text. Source  3GPP TS 23.038 (7-bit alphabet and its extension), 23.040 (headers of joined
 * texts); tests/cases/sms.csv
 */
void sms_size(struct str text, struct sms_size *out);

/* sms_narrow -- the same words without what makes them wide: "mañana" stays, "está" becomes "esta", dashes and quotes plain */
struct str sms_narrow(struct arena *a, struct str text);

/* What a text that is one word asks of us. */
enum sms_word { SMS_WORDS = 0 /* none of them: it speaks to a person */, SMS_STOP, SMS_START, SMS_HELP };

/*
 * sms_word -- STOP, UNSUBSCRIBE, CANCEL, ALTO, PARAR, BAJA ...; START, UNSTOP, ALTA ...; HELP, INFO, AYUDA. Case, full stops
 * and blanks around do not matter; a sentence with the word in it is none.
 *
 * l  out  the language of the word; untouched by SMS_WORDS
 */
enum sms_word sms_word(struct str text, enum language *l);

/* sms_rating -- "5", "4!", "5 stars", "cinco": 1..5 and nothing else in it; 0: none */
unsigned sms_rating(struct str text);

#endif
