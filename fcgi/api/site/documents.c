/*
 * fcgi/api/site/documents.c -- what the house says of itself: the OpenAPI document, and what it asks of a company.
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

struct plan {
	int64_t cents; /* a month; 0: nothing */
	struct str currency;
	uint32_t trial_days;
};
static const struct field plan_fields[] = {FIELD_INT(struct plan, cents, 0, INT32_MAX),
    FIELD_TEXT(struct plan, currency, 3, 3), FIELD_INT(struct plan, trial_days, 0, 3650), FIELD_END};
static const struct shape plan_shape = {"HousePlan", sizeof(struct plan), plan_fields};

static enum err
plan(struct desk *d, const struct call *c)
{
	const struct config *asks = d->house->config;

	return reply_shape(c, &plan_shape,
	    &(struct plan){asks->plan_cents, str_of(asks->plan_currency), asks->plan_trial_days});
}

const struct endpoint site_documents[] = {
	{.method = GET, .path = "/openapi.json", .anyone = true, .file = "application/json", .run_desk = openapi,
	    .help = "This API, described in OpenAPI 3.1.", .story = "house.test.mjs"},
	{.method = GET, .path = "/plan", .anyone = true, .out = &plan_shape, .run_desk = plan,
	    .help = "What this house asks of a company each month, and for how many days it asks nothing.",
	    .story = "subscriptions.test.mjs"},
	{0},
};
