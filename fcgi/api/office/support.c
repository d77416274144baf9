/*
 * fcgi/api/office/support.c -- the owner lets the platform's people look in, for hours, and ends it.
 */
#include "fcgi/acts/support.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_support[];

static enum err get(struct work *w, const struct call *c);
static enum err allow(struct work *w, const struct call *c);
static enum err end(struct work *w, const struct call *c);

static const struct field page_fields[] = {
	FIELD_MAYBE_TIME(struct support_page, until_at), FIELD_MAYBE_TIME(struct support_page, given_at), FIELD_END};
static const struct shape page_shape = {"Support", sizeof(struct support_page), page_fields};

struct allow_in {
	uint32_t hours;
};
static const struct field allow_fields[] = {FIELD_INT(struct allow_in, hours, 1, SUPPORT_HOURS_MAX), FIELD_END};
static const struct shape allow_shape = {"SupportAllow", sizeof(struct allow_in), allow_fields};

#define STORY "subscriptions.test.mjs"
const struct endpoint office_support[] = {
	{GET, "/support", .may = MAY(MAY_OWN), .unpaid = true, .out = &page_shape, .run = get,
	    .help = "Until when the platform's people may look in.", .story = STORY},
	{PUT, "/support", .may = MAY(MAY_OWN), .unpaid = true, .body = &allow_shape, .out = &page_shape, .run = allow,
	    .help = "Let the platform's people look in for so many hours.", .story = STORY},
	{DELETE, "/support", .may = MAY(MAY_OWN), .unpaid = true, .out = &page_shape, .run = end,
	    .help = "End it at once.", .story = STORY},
	{0}
};

static enum err
get(struct work *w, const struct call *c)
{
	struct support_page out;

	TRY(act_support(w, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
allow(struct work *w, const struct call *c)
{
	const struct allow_in *in = c->body;
	struct support_page out;

	TRY(act_support_allow(w, in->hours, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
end(struct work *w, const struct call *c)
{
	struct support_page out;

	TRY(act_support_end(w, &out));
	return reply_shape(c, &page_shape, &out);
}
