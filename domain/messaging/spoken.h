/*
 * domain/messaging/spoken.h -- what a voice says in a call that we make, as TwiML.
 *
 * The words come first, then the keys: 1 says it again, 9 ends calls for good. Nobody has pressed one: it is said once more, for
 * whoever was not ready. A machine hears the words alone after its tone (spoken_end), once the provider has heard that.
 */
#ifndef DOMAIN_MESSAGING_SPOKEN_H
#define DOMAIN_MESSAGING_SPOKEN_H

#include "domain/base/arena.h"
#include "domain/base/str.h"
#include "domain/base/words.h"

#define SPOKEN_MAX 4000 /* characters of TwiML that a call takes along. Source  Twilio, Calls resource, "Twiml" */
#define SPOKEN_AGAIN '1'
#define SPOKEN_STOP '9'

/*
 * spoken_call -- the whole call
 *
 * words  in  plain text
 * keys   in  where a pressed key is posted; empty: keys do nothing, and are not spoken of
 */
struct str spoken_call(struct str words, struct str keys, enum language l, struct arena *a);
/* spoken_end -- one sentence, and good bye; "": only that */
struct str spoken_end(struct str words, enum language l, struct arena *a);
/* spoken_xml -- text inside an element; control characters are left out */
void spoken_xml(struct buf *b, struct str text);
const char *spoken_language(enum language l); /* "en-US" */

#endif
