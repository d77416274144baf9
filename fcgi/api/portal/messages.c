/*
 * fcgi/api/portal/messages.c -- a customer writes to the company, and reads what it answers.
 */
#include "fcgi/acts/portal.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/http/request.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_messages[];

static enum err talk(struct work *w, const struct call *c);
static enum err say(struct work *w, const struct call *c);
static enum err show(struct work *w, const struct call *c);

static const struct field picture_fields[] = {
	FIELD_ID(struct portal_picture, id), FIELD_BOOL(struct portal_picture, ready), FIELD_END};
static const struct shape picture_shape = {"PortalPicture", sizeof(struct portal_picture), picture_fields};
static const struct field word_fields[] = {
	FIELD_ID(struct portal_word, id),
	FIELD_BOOL(struct portal_word, own),
	FIELD_LINES(struct portal_word, body, 0, 32000),
	FIELD_TEXT(struct portal_word, staff, 0, 120),
	FIELD_TIME(struct portal_word, at),
	FIELD_LIST(struct portal_word, photos, photos_n, &picture_shape, MESSAGE_FILES_MAX),
	FIELD_END
};
static const struct shape word_shape = {"PortalWord", sizeof(struct portal_word), word_fields};
static const struct field talk_fields[] = {FIELD_LIST(struct portal_talk, rows, rows_n, &word_shape, PORTAL_WORDS), FIELD_END};
static const struct shape talk_shape = {"PortalTalk", sizeof(struct portal_talk), talk_fields};

struct say_in {
	struct str text, key;
};
static const struct field say_fields[] = {
	FIELD_LINES(struct say_in, text, 1, 2000), FIELD_TEXT(struct say_in, key, 1, 40), FIELD_END};
static const struct shape say_shape = {"PortalSay", sizeof(struct say_in), say_fields};

struct show_query {
	struct str key;
};
static const struct field show_fields[] = {FIELD_TEXT(struct show_query, key, 1, 40), FIELD_END};
static const struct shape show_shape = {"PortalShow", sizeof(struct show_query), show_fields};

const struct endpoint portal_messages[] = {
	{GET, "/messages", .signed_in = true, .out = &talk_shape, .run = talk,
	    .help = "What the customer wrote on these pages, and what was answered.", .story = "portal.test.mjs"},
	{POST, "/messages", .signed_in = true, .body = &say_shape, .out = &talk_shape, .run = say,
	    .help = "Write to the company.", .story = "portal.test.mjs"},
	{POST, "/message-photos", .signed_in = true, .upload = true, .query = &show_shape, .out = &talk_shape, .run = show,
	    .help = "Show the company a photo.", .story = "portal.test.mjs"},
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

static enum err
show(struct work *w, const struct call *c)
{
	const struct show_query *q = c->query;
	struct part part[PARTS_MAX];
	size_t n;

	TRY(multipart_parse(c->request->content_type, c->request->body, part, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, STR("file"))) {
			TRY(act_portal_show(w, part[i].data, q->key));
			return talk(w, c);
		}
	return fail(&w->fault, E_INVALID, "file", "The form holds no file.");
}
