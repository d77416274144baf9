/*
 * domain/billing/surcharge.h -- what a company may ask on top for a credit card: never of a debit or prepaid card, never where it is
 * forbidden, never above what the networks allow, never above what the card costs.
 *
 * Source  Visa's cap of 3 % (Mastercard's is 4), credit only, disclosed before and a line of its own; forbidden in Connecticut,
 * Massachusetts and Puerto Rico; where sources disagree (Maine, Oklahoma, California) or a price for each way to pay is
 * wanted (New York), none is asked.
 */
#ifndef DOMAIN_BILLING_SURCHARGE_H
#define DOMAIN_BILLING_SURCHARGE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/str.h"

#define SURCHARGE_PPM_MAX    30000 /* 3 % */
#define SURCHARGE_COST_PPM   29000 /* what a card costs: 2.9 % and 30 cents */
#define SURCHARGE_COST_CENTS 30
#define SURCHARGE_NOTICE_DAYS 30   /* between the word to the processor and the first one */

/* surcharge_allowed -- by country and state, as people write them ("AZ"); an unknown state: no */
bool surcharge_allowed(struct str country, struct str region);

/* surcharge_cents -- for so much paid by a card of that funding ("credit", "debit", "prepaid", ""); 0: none */
int64_t surcharge_cents(int64_t cents, uint32_t ppm, struct str funding);

/*
 * surcharge_back -- what of a surcharge goes back when so much of its payment has: in proportion, whole with the whole
 *
 * surcharge, paid, back  in  cents; paid holds the surcharge; 0 <= back <= paid <= 99 999 999
 */
int64_t surcharge_back(int64_t surcharge_cents, int64_t paid_cents, int64_t back_cents);

#endif
