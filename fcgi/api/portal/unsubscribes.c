/*
 * fcgi/api/portal/unsubscribes.c -- the end of news, by the link in a mail: no session, no question.
 */
#include "fcgi/acts/contacts.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_unsubscribes[];

static enum err end(struct work *w, const struct call *c);

struct token_in {
	struct str token;
};
static const struct field token_fields[] = {FIELD_SECRET(struct token_in, token, 1, 200), FIELD_END};
static const struct shape token_shape = {"Unsubscribe", sizeof(struct token_in), token_fields};

const struct endpoint portal_unsubscribes[] = {
	{POST, "/unsubscribes", .anyone = true, .unpaid = true, .body = &token_shape, .run = end,
	    .help = "End news by the link of a mail.", .story = "messages.test.mjs"},
	{0}
};

static enum err
end(struct work *w, const struct call *c)
{
	const struct token_in *in = c->body;

	TRY(act_contact_no_news(w, in->token));
	return reply_nothing(c);
}
