/*
 * domain/base/country.h -- countries: which there are, and what a company there most likely wants.
 */
#ifndef DOMAIN_BASE_COUNTRY_H
#define DOMAIN_BASE_COUNTRY_H

#include <stdbool.h>

#include "domain/base/day.h"
#include "domain/base/str.h"

struct country {
	const char *code;     /* ISO 3166-1 alpha-2 */
	const char *currency; /* ISO 4217, one that domain/base/money.h can write */
	const char *zone;     /* of most people there; a proposal, never more */
	enum weekday week_starts;
};

/* country_valid -- two capital letters that are a country or territory */
bool country_valid(struct str code);

/* country_entry -- what is proposed there; for a country without an entry USD, UTC and Monday */
struct country country_entry(struct str code);

/* country_of_languages -- the first region an Accept-Language value names: "es-MX,es;q=0.9" -> "MX"; or "" */
void country_of_languages(struct str accept, char out[3]);

#endif
