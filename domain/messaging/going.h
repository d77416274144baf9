/*
 * domain/messaging/going.h -- may this message leave now, later or never? One decision, asked again right before each sending.
 */
#ifndef DOMAIN_MESSAGING_GOING_H
#define DOMAIN_MESSAGING_GOING_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/messaging/occasion.h"

/* No text that can wait goes out before or after these hours of the reader's own clock. Source: TCPA, 47 CFR 64.1200(c)(1) */
#define QUIET_UNTIL_MINUTE (8 * 60)
#define QUIET_FROM_MINUTE (21 * 60)
/* Ceilings of one local day: of what is said to one number, and of what a company says in all. */
#define TEXTS_OF_NUMBER_MAX 12
#define ANSWERS_OF_NUMBER_MAX 60 /* with what somebody of the office types himself */
#define TEXTS_OF_COMPANY_MAX 3000
#define CALLS_OF_NUMBER_MAX 4
#define CALLS_OF_COMPANY_MAX 500
#define MAILS_OF_ADDRESS_MAX 30
#define MAILS_OF_COMPANY_MAX 10000
#define ZONES_OF_READER 2

enum going { GO_NOW = 1, GO_LATER, GO_NEVER, GO_ASK };

struct going_facts {
	enum medium medium;
	enum occasion occasion;
	bool stopped;      /* the address has said so: STOP, or "no more news" for what is marketing */
	const char *gone;  /* why nothing goes to this address at all; NULL: it does */
	bool known;        /* the country of the number is one that the house texts to */
	int64_t now;
	const struct zone *zone[ZONES_OF_READER]; /* where the reader may be; NULL: one is enough */
	uint32_t to_address, of_company;          /* said by that medium in the last day */
};

/*
 * going -- GO_LATER: *at says when; GO_NEVER, GO_ASK: *why says why, an English sentence with its twin in base/words.c
 *
 * STOP is asked first: nothing whatever is said to a number that has said it, whoever wants to.
 */
enum going going(const struct going_facts *f, int64_t *at, const char **why);

/* At these hours one may ask somebody for something. */
#define DECENT_FROM_MINUTE (10 * 60)
#define DECENT_UNTIL_MINUTE (19 * 60)
/* decent_at -- the first instant from `at` on at which every clock of these shows such an hour; at itself if each does */
int64_t decent_at(const struct zone *const zone[ZONES_OF_READER], int64_t at);
/* quiet_until -- the first instant from `at` on at which no clock of these is in its quiet hours; at itself if none is */
int64_t quiet_until(const struct zone *const zone[ZONES_OF_READER], int64_t at);

/*
 * region_zones -- the time zones that a region of the United States lies in, the largest first; 0: not known
 *
 * region  in  "AZ"
 * Source  tz database, 49 CFR 71: a state that two zones share is given both
 */
size_t region_zones(struct str country, struct str region, const char *out[ZONES_OF_READER]);

/* number_known -- is it in a country that texts are sent to? North America without its expensive islands, and Spain, Mexico */
bool number_known(struct str number);

#endif
