/*
 * sql/tenant/session_line.h -- a session as its own person sees it: no token, not even its hash.
 */
#ifndef SQL_TENANT_SESSION_LINE_H
#define SQL_TENANT_SESSION_LINE_H

#include <stdint.h>

#include "domain/base/str.h"

struct session_line_row {
	uint64_t id;
	uint32_t door;
	int64_t created_at, seen_at;
	struct str ip, country, agent;
};

#endif
