/*
 * domain/messaging/occasion.h -- what is said to customers, when: one table of occasions with their usual words, and the
 * company's own rules over it.
 *
 * A text of an occasion is words with {names}: in an SMS one piece, in a mail paragraphs (domain/messaging/template.h). The
 * names of an occasion are listed here; a name that is not is refused when somebody saves it.
 *
 * How to add one: append to the enum, its entry in occasions.c in both languages; its place on the rules' screen follows. A law
 * (tests/laws/told.sh) asks that some act tells of each that the company may rule.
 */
#ifndef DOMAIN_MESSAGING_OCCASION_H
#define DOMAIN_MESSAGING_OCCASION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/base/words.h"
#include "domain/messaging/message.h"
#include "domain/messaging/template.h"

/* Stored in `message.occasion`: never renumber, only append. */
enum occasion {
	OCCASION_WRITTEN = 1, /* by somebody of the office, here and now */
	OCCASION_ASKED,       /* a visit was asked for */
	OCCASION_CONFIRMED,   /* it has a day */
	OCCASION_TOMORROW,
	OCCASION_ON_WAY,
	OCCASION_LATE,
	OCCASION_REPORT,
	OCCASION_SKIPPED,
	OCCASION_QUOTE,
	OCCASION_BILL,
	OCCASION_REMINDER,
	OCCASION_RECEIPT,
	OCCASION_PAY_FAILED,
	OCCASION_AUTOPAY,
	OCCASION_REVIEW,      /* a day after a payment, once in a while, never after a bad word */
	OCCASION_RATE,        /* how was it? 1 to 5 */
	OCCASION_WIN_BACK,
	OCCASION_BROADCAST,   /* one text to a list */
	OCCASION_WORD,        /* the answer to HELP, to START, thanks for a rating */
	OCCASION_DIALOGUE,    /* what the receptionist says */
	OCCASION_MOVED,       /* a visit has another time than was promised */
	OCCASION_ANSWER,      /* the office has answered a question about a quote */
	OCCASION_DUE,         /* work is due again: a filter, the yearly check */
	OCCASIONS
};

/* What the company wishes of an occasion, for each medium. */
enum telling { TELLING_OFF = 0, TELLING_ON, TELLING_ASK /* somebody of the office says yes to each */, TELLINGS };
extern const char *const telling_names[];
extern const char *const occasion_names[]; /* [0] is "" */

/* The usual words of one medium. */
struct occasion_words {
	const char *subject, *text; /* subject of a mail alone */
};

struct occasion_entry {
	enum occasion occasion;
	const char *name;
	bool ruled;     /* the company decides: it stands in the table of rules */
	bool marketing; /* wants a yes of its own, and says how to end it */
	bool quiet;     /* not at night */
	enum mail_template mail; /* its mail is one of these (sentences.c); 0: the words below */
	enum telling usual_sms, usual_mail;
	const char *values[TEMPLATE_VALUES_MAX + 1];
	struct occasion_words sms[LANGUAGES], email[LANGUAGES];
};

const struct occasion_entry *occasion_entry(enum occasion o); /* NULL if there is none */
/* occasion_spoken -- the usual words of a call; NULL: nobody is rung for it */
const char *occasion_spoken(enum occasion o, enum language l);
/* occasion_of_visit -- does it speak of one visit? Then its service may have words of its own */
bool occasion_of_visit(enum occasion o);
/* occasion_check_all -- is the table itself whole? Called when a job worker starts, and by a test. Errors  E_BUG */
must_use enum err occasion_check_all(struct fault *f);

#define WORDS_SMS_MAX 640
#define WORDS_CALL_MAX 640
#define WORDS_SUBJECT_MAX 150
#define WORDS_MAIL_MAX 8000

/*
 * words_check -- may these be the words of that occasion?
 *
 * link_alone  in  {url} stands only in a button of its own paragraph, as mails want it
 *
 * Errors  E_INVALID field: a name that the occasion does not have (it says which), a brace that is not paired
 */
must_use enum err words_check(enum occasion o, struct str words, bool link_alone, const char *field, struct fault *f);

/* words_spoken -- words_check for a call: an address cannot be spoken. Errors as words_check */
must_use enum err words_spoken(enum occasion o, struct str words, const char *field, struct fault *f);

/*
 * words_fill -- the words with their values, in plain text
 *
 * v, n   in   at least the names that are used; others are passed over
 * Errors  E_INVALID "values" a name without a value; the ceiling `most` in bytes
 */
must_use enum err words_fill(struct str words, const struct template_value *v, size_t n, size_t most, struct arena *a,
    struct str *out, struct fault *f);

/* words_plain -- what a person typed, as words: its braces and brackets stay what they are */
struct str words_plain(struct arena *a, struct str text);

/* words_twin -- a mail of words with names: both twins; a paragraph "[Label]({url})" is a button. Errors as words_fill */
must_use enum err words_twin(struct str subject, struct str body, enum language l, const struct template_value *v, size_t n,
    struct arena *a, struct template_twin *out, struct fault *f);

#endif
