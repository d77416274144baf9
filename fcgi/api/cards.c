/*
 * fcgi/api/cards.c -- shapes that more than one door hands out.
 */
#include "fcgi/api/cards.h"

#include "domain/base/words.h"
#include "fcgi/acts/company.h"

static const struct field company_card_fields[] = {
	FIELD_TEXT(struct company_card, name, 1, 120),
	FIELD_TEXT(struct company_card, slug, 3, SLUG_MAX),
	FIELD_ENUM(struct company_card, language, language_tags),
	FIELD_TEXT(struct company_card, accent, 7, 7),
	FIELD_TEXT(struct company_card, zone, 1, 64),
	FIELD_TEXT(struct company_card, currency, 3, 3),
	FIELD_END
};
const struct shape company_card_shape = {"CompanyCard", sizeof(struct company_card), company_card_fields};
