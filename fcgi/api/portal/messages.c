/*
 * fcgi/api/portal/messages.c -- a customer writes to the company, and reads what it answers.
 */
#include "fcgi/acts/portal.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_messages[];

static enum err talk(struct work *w, const struct call *c);
static enum err say(struct work *w, const struct call *c);

static const struct field word_fields[] = {
	FIELD_ID(struct portal_word_row, id),
	FIELD_BOOL(struct portal_word_row, own),
	FIELD_LINES(struct portal_word_row, body, 0, 32000),
	FIELD_TEXT(struct portal_word_row, staff, 0, 120),
	FIELD_TIME(struct portal_word_row, at),
	FIELD_END
};
static const struct shape word_shape = {"PortalWord", sizeof(struct portal_word_row), word_fields};
static const struct field talk_fields[] = {FIELD_LIST(struct portal_talk, rows, rows_n, &word_shape, PORTAL_WORDS), FIELD_END};
static const struct shape talk_shape = {"PortalTalk", sizeof(struct portal_talk), talk_fields};

struct say_in {
	struct str text, key;
};
static const struct field say_fields[] = {
	FIELD_LINES(struct say_in, text, 1, 2000), FIELD_TEXT(struct say_in, key, 1, 40), FIELD_END};
static const struct shape say_shape = {"PortalSay", sizeof(struct say_in), say_fields};

const struct endpoint portal_messages[] = {
	{GET, "/messages", .signed_in = true, .out = &talk_shape, .run = talk,
	    .help = "What the customer wrote on these pages, and what was answered.", .story = "portal.test.mjs"},
	{POST, "/messages", .signed_in = true, .body = &say_shape, .out = &talk_shape, .run = say,
	    .help = "Write to the company.", .story = "portal.test.mjs"},
	{0}
};

static enum err
talk(struct work *w, const struct call *c)
{
	struct portal_talk out;

	TRY(act_portal_talk(w, &out));
	return reply_shape(c, &talk_shape, &out);
}

static enum err
say(struct work *w, const struct call *c)
{
	const struct say_in *in = c->body;

	TRY(act_portal_say(w, in->text, in->key));
	return talk(w, c);
}
