/*
 * fcgi/acts/sessions.c -- one's own sessions. Whose they are comes from the actor, never from the caller.
 */
#include "fcgi/acts/sessions.h"

#include "domain/access/credential.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/own_sessions.h"
#include "sql/tenant/queries/sessions.h"

enum err
act_sessions(struct work *w, struct session_page *out)
{
	struct session_line_row *rows;
	size_t n;

	TRY(sql_own_sessions(w->db, w->actor.kind, w->actor.id, w->now, w->arena, &rows, &n));
	*out = (struct session_page){.rows = arena_array(w->arena, struct session_line, n)};
	for (size_t i = 0; i < n; i++) {
		if (door_idle((enum door)rows[i].door, rows[i].seen_at, w->now))
			continue; /* nobody can use it any more */
		out->rows[out->rows_n++] = (struct session_line){
		    .id = rows[i].id,
		    .door = rows[i].door,
		    .created_at = rows[i].created_at,
		    .seen_at = rows[i].seen_at,
		    .ip = rows[i].ip,
		    .country = rows[i].country,
		    .agent = rows[i].agent,
		    .here = rows[i].id == w->actor.session,
		};
	}
	return OK;
}

enum err
act_session_end(struct work *w, uint64_t id)
{
	uint64_t ended;

	TRY(sql_own_session_end(w->db, id, w->actor.kind, w->actor.id, w->now, &ended));
	if (ended == 0)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	return audit(w, "session.ended", "session", id, STR("1"));
}

enum err
act_sessions_end_others(struct work *w)
{
	uint64_t ended;

	TRY(sql_sessions_end_others(w->db, w->actor.kind, w->actor.id, w->actor.session, w->now, &ended));
	return audit(w, "session.ended", "session", 0,
	    str_printf(w->arena, "%llu", (unsigned long long)ended));
}
