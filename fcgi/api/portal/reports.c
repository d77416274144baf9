/*
 * fcgi/api/portal/reports.c -- the report of one visit, for whoever has its link; no session.
 */
#include "fcgi/acts/records.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_reports[];

static enum err water(struct work *w, const struct call *c);
static enum err report(struct work *w, const struct call *c);
static enum err photo(struct work *w, const struct call *c);

struct report_query {
	struct str token;
};
static const struct field report_query_fields[] = {FIELD_TEXT(struct report_query, token, 1, 200), FIELD_END};
static const struct shape report_query_shape = {"ReportQuery", sizeof(struct report_query), report_query_fields};

struct photo_query {
	struct str token;
	bool small;
};
static const struct field photo_query_fields[] = {
	FIELD_TEXT(struct photo_query, token, 1, 200),
	FIELD_BOOL(struct photo_query, small),
	FIELD_END
};
static const struct shape photo_query_shape = {"ReportPhotoQuery", sizeof(struct photo_query), photo_query_fields};

static const struct field point_fields[] = {
	FIELD_TIME(struct trend_point, at),
	FIELD_INT(struct trend_point, x100, INT32_MIN, INT32_MAX),
	FIELD_ENUM(struct trend_point, how, reading_how_names),
	FIELD_END
};
static const struct shape point_shape = {"TrendPoint", sizeof(struct trend_point), point_fields};

static const struct field trend_fields[] = {
	FIELD_TEXT(struct trend, water, 1, 80),
	FIELD_ENUM(struct trend, measure, measure_names),
	FIELD_INT(struct trend, low_x100, INT32_MIN, INT32_MAX),
	FIELD_INT(struct trend, high_x100, INT32_MIN, INT32_MAX),
	FIELD_LIST(struct trend, points, points_n, &point_shape, TREND_POINTS),
	FIELD_END
};
static const struct shape trend_shape = {"ReportTrend", sizeof(struct trend), trend_fields};

static const struct field report_fields[] = {
	FIELD_TEXT(struct report, company, 1, 120),
	FIELD_TEXT(struct report, slug, 1, 63),
	FIELD_TEXT(struct report, accent, 7, 7),
	FIELD_TEXT(struct report, language, 2, 2),
	FIELD_TEXT(struct report, zone, 1, 64),
	FIELD_TEXT(struct report, units, 1, 16),
	FIELD_LINES(struct report, record, 2, RECORD_BYTES_MAX),
	FIELD_TEXT(struct report, reason, 0, 80),
	FIELD_TIME(struct report, issued_at),
	FIELD_LINES(struct report, proof, 1, 2 * RECORD_BYTES_MAX),
	FIELD_LIST(struct report, trends, trends_n, &trend_shape, TRENDS_MAX),
	FIELD_END
};
static const struct shape report_shape = {"VisitReport", sizeof(struct report), report_fields};

static const struct field water_fields[] = {
	FIELD_TEXT(struct report, units, 1, 16),
	FIELD_LIST(struct report, trends, trends_n, &trend_shape, TRENDS_MAX),
	FIELD_END
};
static const struct shape water_shape = {"PortalWater", sizeof(struct report), water_fields};

const struct endpoint portal_reports[] = {
	{.method = GET, .path = "/water", .signed_in = true, .out = &water_shape, .run = water,
	    .help = "How the water of one's own pools went.", .story = "portal.test.mjs"},
	{.method = GET, .path = "/reports", .anyone = true, .query = &report_query_shape, .out = &report_shape, .run = report,
	    .help = "The report of one visit, by the link that was mailed.", .story = "proofs.test.mjs"},
	{.method = GET, .path = "/reports/photos/:id", .anyone = true, .query = &photo_query_shape, .file = "image/jpeg",
	    .run = photo, .help = "A photo that the sealed record of that visit names.", .story = "proofs.test.mjs"},
	{0},
};

static enum err
water(struct work *w, const struct call *c)
{
	struct report r;

	TRY(act_trends(w, w->actor.id, &r));
	return reply_shape(c, &water_shape, &r);
}

static enum err
report(struct work *w, const struct call *c)
{
	const struct report_query *q = c->query;
	struct report r;

	TRY(act_report(w, q->token, &r));
	return reply_shape(c, &report_shape, &r);
}

static enum err
photo(struct work *w, const struct call *c)
{
	const struct photo_query *q = c->query;
	struct str path;

	TRY(act_report_photo(w, q->token, c->id, q->small, &path));
	return reply_carried(c, "image/jpeg", false, STR("photo.jpg"), path);
}
