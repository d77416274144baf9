/*
 * fcgi/api/private/house.c -- the machine asks after itself, on the private listener alone.
 */
#include "fcgi/http/metrics.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "sql/control/queries/house.h"

extern const struct endpoint private_house[];

#define METRICS_MAX (256 * 1024)

/* healthz -- this worker lives and answers; says nothing of the database */
static enum err
healthz(struct desk *d, const struct call *c)
{
	(void)d;
	return reply_file(c, "text/plain; charset=utf-8", NULL, STR("alive\n"));
}

/* readyz -- the control schema answers too: send visitors here */
static enum err
readyz(struct desk *d, const struct call *c)
{
	struct house_ping ping;

	TRY(house_control(d->house, &d->control, &d->fault));
	TRY(sql_house_ping(d->control, d->arena, &ping));
	return reply_file(c, "text/plain; charset=utf-8", NULL, STR("ready\n"));
}

static enum err
metrics(struct desk *d, const struct call *c)
{
	struct buf b = buf_open(d->arena, 16384, METRICS_MAX);

	metrics_print(d->house->config->run_dir, &b);
	return reply_file(c, "text/plain; version=0.0.4; charset=utf-8", NULL, buf_str(&b));
}

const struct endpoint private_house[] = {
	{.method = GET, .path = "/healthz", .anyone = true, .file = "text/plain", .run_desk = healthz,
	    .help = "Says that this worker lives.", .story = "house.test.mjs"},
	{.method = GET, .path = "/readyz", .anyone = true, .file = "text/plain", .run_desk = readyz,
	    .help = "Says that this worker can serve: the database answers too.", .story = "house.test.mjs"},
	{.method = GET, .path = "/metrics", .anyone = true, .file = "text/plain", .run_desk = metrics,
	    .help = "Figures for Prometheus.", .story = "house.test.mjs"},
	{0},
};
