/*
 * fcgi/api/site/platform.c -- the platform's small page: its companies, and a look into those that allow it.
 */
#include "fcgi/api/site/platform.h"

#include "fcgi/acts/platform.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint site_platform[];

static enum err me(struct desk *d, const struct call *c);
static enum err leave(struct desk *d, const struct call *c);
static enum err companies(struct desk *d, const struct call *c);
static enum err look(struct desk *d, const struct call *c);

static const struct field who_fields[] = {
	FIELD_TEXT(struct platform_who, name, 1, 120), FIELD_TEXT(struct platform_who, email, 3, 254), FIELD_END};
const struct shape platform_who_shape = {"PlatformWho", sizeof(struct platform_who), who_fields};

struct companies_query {
	struct maybe_u64 before;
	struct str q;
};
static const struct field query_fields[] = {
	FIELD_MAYBE_ID(struct companies_query, before), FIELD_TEXT(struct companies_query, q, 0, 60), FIELD_END};
static const struct shape query_shape = {"PlatformQuery", sizeof(struct companies_query), query_fields};

static const struct field line_fields[] = {
	FIELD_ID(struct platform_line, id),
	FIELD_TEXT(struct platform_line, slug, 0, 40),
	FIELD_TEXT(struct platform_line, name, 0, 120),
	FIELD_TEXT(struct platform_line, country, 2, 2),
	FIELD_BOOL(struct platform_line, live),
	FIELD_ENUM(struct platform_line, standing, subscription_standing_names),
	FIELD_INT(struct platform_line, cents, 0, INT32_MAX),
	FIELD_TEXT(struct platform_line, currency, 3, 3),
	FIELD_INT(struct platform_line, customers, 0, INT32_MAX),
	FIELD_INT(struct platform_line, pools, 0, INT32_MAX),
	FIELD_INT(struct platform_line, staff, 0, INT32_MAX),
	FIELD_TIME(struct platform_line, created_at),
	FIELD_MAYBE_TIME(struct platform_line, counted_at),
	FIELD_MAYBE_TIME(struct platform_line, until_at),
	FIELD_END
};
static const struct shape line_shape = {"PlatformCompany", sizeof(struct platform_line), line_fields};
static const struct field list_fields[] = {
	FIELD_LIST(struct platform_list, rows, rows_n, &line_shape, PLATFORM_PAGE),
	FIELD_MAYBE_ID(struct platform_list, next),
	FIELD_END
};
static const struct shape list_shape = {"PlatformCompanies", sizeof(struct platform_list), list_fields};

struct way {
	struct str url;
};
static const struct field way_fields[] = {FIELD_TEXT(struct way, url, 1, 1000), FIELD_END};
static const struct shape way_shape = {"PlatformWay", sizeof(struct way), way_fields};

#define STORY "subscriptions.test.mjs"
/* At the desk there is no session of a company: each of these reads the platform's own cookie first. */
const struct endpoint site_platform[] = {
	{.method = GET, .path = "/platform", .anyone = true, .out = &platform_who_shape, .run_desk = me,
	    .help = "Who of the platform is signed in here.", .story = STORY},
	{.method = DELETE, .path = "/platform", .anyone = true, .run_desk = leave, .help = "Leave the platform's page.", .story = STORY},
	{.method = GET, .path = "/platform/companies", .anyone = true, .query = &query_shape, .out = &list_shape,
	    .run_desk = companies, .help = "Companies: plan, standing, sizes; nothing of what they keep.", .story = STORY},
	{.method = POST, .path = "/platform/companies/:id/looks", .anyone = true, .out = &way_shape, .run_desk = look,
	    .help = "A way into a company that lets the platform look, for a minute.", .story = STORY},
	{0}
};

static struct str
token(const struct call *c)
{
	return cookie_get(c->request->cookie, STR(PLATFORM_COOKIE));
}

static enum err
me(struct desk *d, const struct call *c)
{
	struct platform_who who;

	TRY(act_platform_who(d, token(c), &who));
	return reply_shape(c, &platform_who_shape, &who);
}

static enum err
leave(struct desk *d, const struct call *c)
{
	TRY(act_platform_leave(d, token(c)));
	TRY(reply_cookie(c->reply, PLATFORM_COOKIE, STR(""), 0, true));
	return reply_nothing(c);
}

static enum err
companies(struct desk *d, const struct call *c)
{
	const struct companies_query *q = c->query;
	struct platform_list out;
	struct platform_who who;

	TRY(act_platform_who(d, token(c), &who));
	TRY(act_platform_companies(d, q->before, q->q, &out));
	return reply_shape(c, &list_shape, &out);
}

static enum err
look(struct desk *d, const struct call *c)
{
	struct platform_who who;
	struct way out;

	TRY(act_platform_who(d, token(c), &who));
	TRY(act_platform_look(d, &who, c->id, &out.url));
	return reply_created(c, &way_shape, &out);
}
