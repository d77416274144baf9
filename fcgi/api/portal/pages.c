/*
 * fcgi/api/portal/pages.c -- a page at a company's own domain: we say whether the host is one, nginx carries it (nginx/own.inc).
 */
#include "fcgi/acts/domain.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_pages[];

enum shown { SHOWN_PORTAL = 1, SHOWN_START };
static const char *const shown_names[] = {"", "portal", "start", NULL};

struct page_query {
	enum shown at;
};
static const struct field page_fields[] = {FIELD_ENUM(struct page_query, at, shown_names), FIELD_END};
static const struct shape page_shape = {"PageQuery", sizeof(struct page_query), page_fields};

static enum err page(struct work *w, const struct call *c);

/* While the company has not paid its subscription the page is there, and says what may be done. */
const struct endpoint portal_pages[] = {
	{.method = GET, .path = "/page", .anyone = true, .unpaid = true, .query = &page_shape, .file = "text/html", .run = page,
	    .help = "Is this host a company's own domain? Then its customers' page.", .story = "messages.test.mjs"},
	{0}
};

static enum err
page(struct work *w, const struct call *c)
{
	const struct page_query *q = c->query;

	TRY(act_domain_page(w, c->request->host));
	return reply_shown(c, q->at == SHOWN_START ? "start" : "portal");
}
