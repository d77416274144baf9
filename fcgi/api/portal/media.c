/*
 * fcgi/api/portal/media.c -- a picture of a text, for the provider that carries it: by a signed address, for a day.
 */
#include "fcgi/acts/messages.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_media[];

struct media_query {
	struct str token;
};
static const struct field media_fields[] = {FIELD_TEXT(struct media_query, token, 1, 300), FIELD_END};
static const struct shape media_shape = {"MediaQuery", sizeof(struct media_query), media_fields};

static enum err
media(struct work *w, const struct call *c)
{
	const struct media_query *q = c->query;
	struct str path;

	TRY(act_media_path(w, q->token, &path));
	return reply_carried(c, "image/jpeg", false, STR("photo.jpg"), path);
}

const struct endpoint portal_media[] = {
	{.method = GET, .path = "/media", .anyone = true, .query = &media_shape, .file = "image/jpeg", .run = media,
	    .help = "A picture of a text, by the address that the provider was given.", .story = "messages.test.mjs"},
	{0}
};
