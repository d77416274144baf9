/*
 * fcgi/api/office/sessions.c -- one's own open sessions.
 */
#include "fcgi/acts/sessions.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err sessions_list(struct work *w, const struct call *c);
static enum err session_end_one(struct work *w, const struct call *c);
static enum err sessions_end_rest(struct work *w, const struct call *c);

/* Index = enum surface. */
static const char *const door_names[] = {"", "office", "tech", "portal", NULL};

static const struct field session_line_fields[] = {
	FIELD_ID(struct session_line, id),
	FIELD_ENUM(struct session_line, door, door_names),
	FIELD_TIME(struct session_line, created_at),
	FIELD_TIME(struct session_line, seen_at),
	FIELD_TEXT(struct session_line, ip, 0, 45),
	FIELD_TEXT(struct session_line, country, 0, 2),
	FIELD_TEXT(struct session_line, agent, 0, 120),
	FIELD_BOOL(struct session_line, here),
	FIELD_END
};
static const struct shape session_line_shape = {
	"SessionLine", sizeof(struct session_line), session_line_fields};

static const struct field session_page_fields[] = {
	FIELD_LIST(struct session_page, rows, rows_n, &session_line_shape, SESSIONS_MAX),
	FIELD_END
};
static const struct shape session_page_shape = {
	"SessionPage", sizeof(struct session_page), session_page_fields};

const struct endpoint office_sessions[] = {
	{GET, "/sessions", .signed_in = true, .out = &session_page_shape, .run = sessions_list,
	    .help = "One's own open sessions, the newest first.", .story = "signin.test.mjs"},
	{DELETE, "/sessions/:id", .signed_in = true, .run = session_end_one,
	    .help = "End one of one's own sessions.", .story = "signin.test.mjs"},
	{DELETE, "/sessions", .signed_in = true, .run = sessions_end_rest,
	    .help = "End all of one's own sessions but this one.", .story = "signin.test.mjs"},
	{0}
};

static enum err
sessions_list(struct work *w, const struct call *c)
{
	struct session_page out;

	TRY(act_sessions(w, &out));
	return reply_shape(c, &session_page_shape, &out);
}

static enum err
session_end_one(struct work *w, const struct call *c)
{
	TRY(act_session_end(w, c->id));
	return reply_nothing(c);
}

static enum err
sessions_end_rest(struct work *w, const struct call *c)
{
	TRY(act_sessions_end_others(w));
	return reply_nothing(c);
}
