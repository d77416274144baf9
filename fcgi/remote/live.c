/*
 * fcgi/remote/live.c -- one POST to the publisher on loopback.
 */
#include "fcgi/remote/live.h"

#include "fcgi/remote/call.h"

enum err
live_hint(struct arena *a, const struct config *c, struct str slug, struct fault *f)
{
	const struct call_http call = {.reach = CALL_OPERATOR, .method = "POST",
	    .url = str_printf(a, "%s?channel=%.*s", c->live_url, STR_ARG(slug)), .body = STR("changed")};
	struct call_answer answer;

	if (c->live_url == NULL || c->live_url[0] == '\0')
		return OK;
	TRY(call_http(a, &call, &answer, f));
	return answer.status < 300 ? OK : fail(f, E_AWAY, NULL, "The publisher did not take a hint.");
}
