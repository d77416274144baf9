/*
 * domain/visits/reason.h -- why a stop is not done, given away or asked about: what our own pages offer to be tapped.
 *
 * It is kept as it was said, in the words of whoever said it: rules of a company's bills name those words, and a sealed
 * record repeats them. Who reads it reads it in their own language.
 */
#ifndef DOMAIN_VISITS_REASON_H
#define DOMAIN_VISITS_REASON_H

#include "domain/base/str.h"
#include "domain/base/words.h"

/* Letters: that a phone's field takes; of them that stay on a stop, on its flag and on a dose. The log keeps all. */
#define REASON_MAX 400
#define REASON_STOP_MAX 80
#define REASON_FLAG_MAX 200

/* reason_say -- a ready-made one in that language, in whichever it was tapped; anything else as it was typed */
struct str reason_say(struct str said, enum language l);

#endif
