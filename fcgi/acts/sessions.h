/*
 * fcgi/acts/sessions.h -- one's own open sessions: see them, end one, end all others.
 */
#ifndef FCGI_ACTS_SESSIONS_H
#define FCGI_ACTS_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tenancy/work.h"

#define SESSIONS_MAX 100

struct session_line {
	uint64_t id;
	uint32_t door; /* enum surface */
	int64_t created_at, seen_at;
	struct str ip, country, agent;
	bool here; /* the one that asks */
};

struct session_page {
	struct session_line *rows; /* the newest SESSIONS_MAX */
	size_t rows_n;
};

must_use enum err act_sessions(struct work *w, struct session_page *out);
/* act_session_end -- E_NOT_FOUND: no open session of one's own */
must_use enum err act_session_end(struct work *w, uint64_t id);
must_use enum err act_sessions_end_others(struct work *w);

#endif
