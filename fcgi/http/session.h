/*
 * fcgi/http/session.h -- who asks: cookie -> session row -> actor; where from: address -> country.
 *
 * The cookie `__Host-poolhouse` (staff) or `__Host-poolhouse-portal` (customers) holds a token; only its
 * hash is in the database. A disabled person's sessions are dead at once: the row is joined with staff.
 */
#ifndef FCGI_HTTP_SESSION_H
#define FCGI_HTTP_SESSION_H

#include <stdbool.h>

#include "fcgi/http/reply.h"
#include "fcgi/http/request.h"
#include "tenancy/work.h"

#define SESSION_IDLE_OFFICE_S (30 * 60)
#define SESSION_IDLE_TECH_S (12 * 3600)
#define SESSION_ABSOLUTE_S (30 * 86400)

/*
 * session_check_origin -- unsafe methods need a matching Origin (or Sec-Fetch-Site: same-origin) and the
 * X-Poolhouse header; E_FORBIDDEN "origin"
 */
must_use enum err session_check_origin(const struct request *r, const struct config *c, struct fault *f);

/* session_read -- fill w->actor from the cookie; *half = second factor still owed. E_SIGNED_OUT if none. */
must_use enum err session_read(struct work *w, const struct request *r, bool *half);

/* session_start -- a new row and its cookie (also after a step-up: always a new token) */
must_use enum err session_start(struct work *w, const struct request *r, struct reply *reply,
    enum actor_kind kind, uint64_t who, bool second_factor);
must_use enum err session_end(struct work *w, struct reply *reply);

/* from_fill -- address, country and anonymity of a request; databases absent or broken change nothing */
struct geo;
struct geo *geo_open(const struct config *c, struct arena *proc);
void from_fill(struct geo *g, const struct request *r, struct from *out);
/* geo_propose -- country "US", zone "America/Los_Angeles" of an address; false if unknown */
bool geo_propose(struct geo *g, struct str ip, char country[3], char zone[65]);

#endif
