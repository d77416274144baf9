/*
 * fcgi/api/office/company.c -- the company's settings.
 */
#include "fcgi/acts/company.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err company_get(struct work *w, const struct call *c);
static enum err company_put(struct work *w, const struct call *c);

static const char *const weekday_names[] = {"monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", NULL};

static const struct field company_fields[] = {
	FIELD_TEXT(struct company, name, 1, 120),
	FIELD_TEXT(struct company, phone, 0, 24),
	FIELD_TEXT(struct company, street, 0, 160),
	FIELD_TEXT(struct company, city, 0, 80),
	FIELD_TEXT(struct company, region, 0, 40),
	FIELD_TEXT(struct company, postcode, 0, 16),
	FIELD_TEXT(struct company, country, 2, 2),
	FIELD_TEXT(struct company, zone, 1, 64),
	FIELD_TEXT(struct company, currency, 3, 3),
	FIELD_ENUM(struct company, language, language_tags),
	FIELD_TEXT(struct company, accent, 7, 7),
	FIELD_ENUM(struct company, week_starts, weekday_names),
	FIELD_INT(struct company, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape company_shape = {"Company", sizeof(struct company), company_fields};

const struct endpoint office_company[] = {
	{GET, "/company", .signed_in = true, .loose = true, .out = &company_shape, .run = company_get,
	    .help = "The company's settings.", .story = "company.test.mjs"},
	{PUT, "/company", .may = MAY(MAY_MANAGE_COMPANY), .body = &company_shape, .out = &company_shape,
	    .run = company_put, .help = "Change the company's settings.", .story = "company.test.mjs"},
	{0}
};

static enum err
company_get(struct work *w, const struct call *c)
{
	struct company out;

	TRY(act_company(w, &out));
	return reply_shape(c, &company_shape, &out);
}

static enum err
company_put(struct work *w, const struct call *c)
{
	struct company out;

	TRY(act_company_change(w, c->body, &out));
	return reply_shape(c, &company_shape, &out);
}
