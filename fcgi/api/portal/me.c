/*
 * fcgi/api/portal/me.c -- the customer who is looking.
 */
#include "fcgi/acts/company.h"
#include "fcgi/acts/customers.h"
#include "fcgi/api/cards.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

struct portal_me_out {
	struct str name, email;
	enum language language;
	bool password; /* they have made one */
	struct company_card company;
};

static enum err me_get(struct work *w, const struct call *c);

static const struct field portal_me_fields[] = {
	FIELD_TEXT(struct portal_me_out, name, 1, 120),
	FIELD_TEXT(struct portal_me_out, email, 3, 254),
	FIELD_ENUM(struct portal_me_out, language, language_tags),
	FIELD_BOOL(struct portal_me_out, password),
	FIELD_SHAPE(struct portal_me_out, company, &company_card_shape),
	FIELD_END
};
static const struct shape portal_me_shape = {"PortalMe", sizeof(struct portal_me_out), portal_me_fields};

const struct endpoint portal_me[] = {
	{GET, "/me", .signed_in = true, .out = &portal_me_shape, .run = me_get,
	    .help = "The customer who is signed in.", .story = "signin.test.mjs"},
	{0}
};

static enum err
me_get(struct work *w, const struct call *c)
{
	struct portal_me_out out;
	struct customer_self s;

	TRY(act_customer_self(w, &s));
	out = (struct portal_me_out){.name = s.name, .email = s.email, .language = s.language, .password = s.password};
	TRY(act_company_card(w, &out.company));
	return reply_shape(c, &portal_me_shape, &out);
}
