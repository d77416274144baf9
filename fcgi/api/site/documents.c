/*
 * fcgi/api/site/documents.c -- what the house says of itself: the OpenAPI document.
 */
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "fcgi/http/version.h"

extern const struct endpoint site_documents[];

#define OPENAPI_MAX (2 * 1024 * 1024)

static enum err
openapi(struct desk *d, const struct call *c)
{
	struct buf b = buf_open(d->arena, 128 * 1024, OPENAPI_MAX);

	router_openapi(api_tables, POOL_VERSION, &b);
	return b.full ? E_BUG : reply_file(c, "application/json", NULL, buf_str(&b));
}

const struct endpoint site_documents[] = {
	{.method = GET, .path = "/openapi.json", .anyone = true, .file = "application/json", .run_desk = openapi,
	    .help = "This API, described in OpenAPI 3.1.", .story = "house.test.mjs"},
	{0},
};
