/*
 * domain/base/words.h -- what the server says to people, in English and Spanish.
 *
 * The English sentence is the key: fail() keeps the literal, words_fault() finds its twin and puts the
 * kept values in. tests/laws refuses a fail() or a say() whose sentence has no Spanish line here.
 */
#ifndef DOMAIN_BASE_WORDS_H
#define DOMAIN_BASE_WORDS_H

#include "domain/base/arena.h"
#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

enum language { ENGLISH = 0, SPANISH, LANGUAGES };

/* language_of -- first supported tag of an Accept-Language value or a stored "en"/"es"; English if none */
enum language language_of(struct str tag);

/* words_day -- a day as people write it: "Jun 5, 2026", "5 jun 2026" */
struct str words_day(struct arena *a, struct day d, enum language l);
/* words_minute -- a minute of the day: "9:05 AM", "9:05" */
struct str words_minute(struct arena *a, uint32_t minute, enum language l);
/* words_when -- "Tue, Dec 1, 2026, 8:00 AM to 10:00 AM", "mar 1 dic 2026, de 8:00 a 10:00" */
struct str words_when(struct arena *a, struct day d, struct maybe_u32 from, struct maybe_u32 to, enum language l);
const char *language_tag(enum language l); /* "en", "es" */
extern const char *const language_tags[];  /* for shapes: index = enum language, NULL ends */

/* words_say -- the sentence in that language; an unknown one is returned as it is */
const char *words_say(enum language l, const char *english);

/* words_fault -- the whole message of a fault, values filled in; a fault without `why` gets its code's */
struct str words_fault(struct arena *a, enum language l, const struct fault *f);

/* words_count, words_at -- the whole catalogue, for the law that every sentence has its twin */
size_t words_count(void);
const char *words_at(size_t i, enum language l);

#endif
