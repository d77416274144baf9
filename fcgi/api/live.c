/*
 * fcgi/api/live.c -- who may listen to a company's hints: its office, its technicians.
 */
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err live_get(struct work *w, const struct call *c);

const struct endpoint office_live[] = {
	{GET, "/live", .may = MAY(MAY_SEE_BOARD), .file = "text/event-stream", .run = live_get,
	    .help = "A stream of hints that something changed; what it was is asked for.", .story = "live.test.mjs"},
	{0}
};

const struct endpoint tech_live[] = {
	{GET, "/live", .may = MAY(MAY_WORK_STOPS), .file = "text/event-stream", .run = live_get,
	    .help = "A stream of hints that something changed; what it was is asked for.", .story = "live.test.mjs"},
	{0}
};

static enum err
live_get(struct work *w, const struct call *c)
{
	return reply_stream(c, str_of(w->tenant->slug));
}
