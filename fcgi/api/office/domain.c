/*
 * fcgi/api/office/domain.c -- customers' pages at the company's own domain: what it must say, and what it says.
 */
#include "fcgi/acts/domain.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_domain[];

static enum err domain_get(struct work *w, const struct call *c);
static enum err domain_put(struct work *w, const struct call *c);
static enum err domain_check(struct work *w, const struct call *c);

static const struct field domain_fields[] = {
	FIELD_TEXT(struct own_domain, host, 0, DOMAIN_HOST_MAX),
	FIELD_TEXT(struct own_domain, leads_to, 0, 300),
	FIELD_TEXT(struct own_domain, record_name, 0, 300),
	FIELD_TEXT(struct own_domain, record_value, 0, 100),
	FIELD_TEXT(struct own_domain, found, 0, 300),
	FIELD_ENUM(struct own_domain, state, domain_state_names),
	FIELD_BOOL(struct own_domain, served),
	FIELD_MAYBE_TIME(struct own_domain, ends_at),
	FIELD_MAYBE_TIME(struct own_domain, checked_at),
	FIELD_TEXT(struct own_domain, portal, 0, 400),
	FIELD_INT(struct own_domain, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape domain_shape = {"OwnDomain", sizeof(struct own_domain), domain_fields};
static const struct field set_fields[] = {
	FIELD_TEXT(struct domain_set, host, 0, 300), FIELD_INT(struct domain_set, version, 0, INT32_MAX), FIELD_END};
static const struct shape set_shape = {"DomainSet", sizeof(struct domain_set), set_fields};

#define LOOK .may = MAY(MAY_MANAGE_COMPANY), .story = "messages.test.mjs"
const struct endpoint office_domain[] = {
	{GET, "/domain", LOOK, .out = &domain_shape, .run = domain_get, .help = "The company's own domain, and what it must say."},
	{PUT, "/domain", LOOK, .body = &set_shape, .out = &domain_shape, .run = domain_put, .help = "Customers' pages are to be at this domain."},
	{POST, "/domain/checks", LOOK, .out = &domain_shape, .run = domain_check, .help = "Ask the domain now."},
	{0}
};

static enum err
domain_get(struct work *w, const struct call *c)
{
	struct own_domain out;

	TRY(act_domain(w, &out));
	return reply_shape(c, &domain_shape, &out);
}

static enum err
domain_put(struct work *w, const struct call *c)
{
	TRY(act_domain_set(w, c->body));
	return domain_get(w, c);
}

static enum err
domain_check(struct work *w, const struct call *c)
{
	TRY(act_domain_check(w));
	return domain_get(w, c);
}
