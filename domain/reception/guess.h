/*
 * domain/reception/guess.h -- what somebody else believes that a caller meant: a language model, never a rule.
 *
 * 1. It is asked only where the rules would have to ask again, or a caller begins to tell of a trouble. 2. What it believes is
 * never acted upon: it becomes a question to the caller, and only a yes that the rules hear fills the slots. 3. What it names must
 * stand in the caller's own words, or in the list that was offered to them. 4. Words of its own are said only if each of them
 * is in a short list of courtesies: nothing can be promised, priced or told with those.
 */
#ifndef DOMAIN_RECEPTION_GUESS_H
#define DOMAIN_RECEPTION_GUESS_H

#include "domain/reception/hear.h"

#define GUESS_COURTESY_MAX 160 /* bytes */
#define GUESS_WORDS_MAX 400    /* bytes of what was said that are kept with it */

struct talk;
struct talk_facts;

struct guess {
	enum intent intent;
	struct maybe_u64 service_id; /* of the company's list */
	uint32_t choice;     /* "the second" of the times offered, from 1; 0: none */
	struct str street, city, postcode, name;
	struct str courtesy; /* "Sorry to hear that." */
	struct str words;    /* what was said */
};

enum guess_need {
	GUESS_NONE = 0,  /* the rules know */
	GUESS_PUZZLED,   /* they would ask again */
	GUESS_COURTEOUS  /* they know, and a kind word would do good */
};
/* guess_needed -- would it help to ask somebody else? a: scratch */
enum guess_need guess_needed(const struct talk *t, const struct talk_facts *f, struct str words, struct arena *a);

/*
 * guess_question -- what is asked of the model: what the receptionist wants to know, which services there are, which times are offered.
 *
 * Nothing of who calls goes out but their words, and of those no code of a gate. a: it lives here
 */
struct str guess_question(const struct talk *t, const struct talk_facts *f, struct arena *a);
/* guess_words -- what was said, as it may leave the house */
struct str guess_words(struct str said, struct arena *a);

/* guess_check -- what it may not name, did not hear or may not say is taken out. g: in and out */
void guess_check(struct guess *g, const struct talk *t, const struct talk_facts *f, struct str words, struct arena *a);
/* guess_ask -- the question to the caller, as its sentence and what fills it; NULL: it believes nothing that helps here */
const char *guess_ask(const struct guess *g, const struct talk *t);
/* guess_heard -- what the caller said by saying yes */
void guess_heard(const struct guess *g, struct hearing *out);
/* guess_courteous -- each word is in the list of that language, and it is one short sentence */
bool guess_courteous(struct str text, enum language l);

#endif
