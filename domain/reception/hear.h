/*
 * domain/reception/hear.h -- what somebody says on the telephone or in a text, as a receptionist understands it.
 *
 * Rules alone: words of both languages without accents and capitals, a typing mistake forgiven in long ones. What is said is
 * data: no sentence can make the receptionist do anything but fill these slots.
 */
#ifndef DOMAIN_RECEPTION_HEAR_H
#define DOMAIN_RECEPTION_HEAR_H

#include "domain/base/arena.h"
#include "domain/base/day.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/base/words.h"

#define HEAR_MAX 1600 /* bytes that are listened to: one text */

enum intent {
	INTENT_NONE = 0,
	INTENT_SERVICE,    /* regular care, a first visit */
	INTENT_REPAIR,     /* something is broken, leaks, is green */
	INTENT_RESCHEDULE,
	INTENT_CANCEL,
	INTENT_BILL,
	INTENT_WHERE,      /* where is my technician */
	INTENT_PRICE,
	INTENT_PERSON,     /* a person, please */
	INTENT_EMERGENCY,  /* somebody may be hurt */
	INTENT_WRONG,      /* a wrong number */
	INTENT_DROP,       /* forget it */
	INTENT_THANKS,
	INTENTS
};
extern const char *const intent_names[];

struct hearing {
	enum intent intent;
	bool yes, no, other;     /* other: none of these, later ones */
	bool angry;
	bool hostile;            /* talks to a machine, or of somebody else's things */
	bool mornings, afternoons;
	uint32_t choice;         /* "2", "the second"; 0: none */
	struct maybe_u32 weekday; /* enum weekday */
	uint32_t in_days;        /* tomorrow 1, the day after 2; UINT32_MAX: not said; today 0 */
	struct str street, city, postcode; /* of what was said; "" each */
	struct str gate;         /* as hear_gate says it */
	struct str name;         /* "my name is ..."; a bare name is read by hear_name */
	bool language_is;        /* enough was said to tell */
	enum language language;
};

/* hear -- never fails: what is not understood stays empty. a: the texts live here */
void hear(struct str said, struct arena *a, struct hearing *out);
/* hear_name -- the answer to "what is your name": two to sixty letters without digits; "" if it is none */
struct str hear_name(struct str said, struct arena *a);
/* hear_place -- the answer to "where is the pool": fills street, city, postcode of what is there */
void hear_place(struct str said, struct arena *a, struct hearing *out);
/*
 * hear_gate -- each code of a gate that is said as one: digits, # and *, at least three with a digit among them; each once, in their
 * order, "4417, 5520"; "" if there is none
 */
#define HEAR_CODES_MAX 20
struct str hear_gate(struct str said, struct arena *a);
/*
 * hear_without -- the words with three stars wherever one of the codes stands. hear_with -- the codes again where stars stand, in
 * their order, the last one for all that are left. codes "": as it is
 */
struct str hear_without(struct str said, struct str codes, struct arena *a);
struct str hear_with(struct str masked, struct str codes, struct arena *a);
/* hear_like -- how many words of a name are in what was said; typing mistakes forgiven */
uint32_t hear_like(struct str said, struct str name);
/* hear_phrase -- do these words stand in what was said, next to one another? small letters without accents */
bool hear_phrase(struct str said, const char *phrase);
/* hear_stands -- each word of a value stands in what was said; large, small and accents are the same */
bool hear_stands(struct str said, struct str value);

#endif
