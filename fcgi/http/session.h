/*
 * fcgi/http/session.h -- who asks: cookie -> session row -> actor; where from: address -> country.
 *
 * The cookie `__Host-poolhouse` (staff) or `__Host-poolhouse-portal` (customers) holds a token; only its
 * hash is in the database. A disabled person's sessions are dead at once: the row is joined with staff.
 */
#ifndef FCGI_HTTP_SESSION_H
#define FCGI_HTTP_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/reply.h"
#include "fcgi/http/request.h"
#include "tenancy/work.h"

#define SESSION_ABSOLUTE_S (30 * 86400)

/*
 * session_check_origin -- unsafe methods need a matching Origin (or Sec-Fetch-Site: same-origin) and the
 * X-Poolhouse header; E_FORBIDDEN "origin"
 */
must_use enum err session_check_origin(const struct request *r, const struct config *c, struct fault *f);

/*
 * session_read -- fill w->actor from the cookie of this surface; *half = second factor still owed
 *
 * On the auth surface the customers' cookie counts for /portal-sessions, else the staff's. Once a minute
 * the row is marked as seen; a read-only work is closed and opened again around that, so call it before
 * anything else is read.
 *
 * Errors  E_SIGNED_OUT none, ended, idle too long, or its person was disabled
 */
must_use enum err session_read(struct work *w, const struct request *r, bool *half);

/* session_half -- does somebody with these permissions owe a second factor to a session with or without? */
bool session_half(uint64_t may, bool second_factor);

/*
 * session_start -- a new row and its cookie; w->actor is that person from now on
 *
 * kind, who, may  in  ACTOR_STAFF and MAY bits, or ACTOR_CUSTOMER and 0
 * language        in  of that person
 */
struct arrival {
	enum actor_kind kind;
	uint64_t who, may;
	bool second_factor;
	enum language language;
	int64_t until; /* the session ends then; 0: SESSION_ABSOLUTE_S from now */
};
must_use enum err session_start(struct work *w, struct reply *reply, const struct arrival *a);

/* session_door -- where this person's day begins: OFFICE, TECH or PORTAL */
enum surface session_door(enum actor_kind kind, uint64_t may);

/* session_raise -- the same row with a new token and cookie: after a step-up, an enrolment, a new password */
must_use enum err session_raise(struct work *w, struct reply *reply, bool second_factor);

must_use enum err session_end(struct work *w, struct reply *reply);

/*
 * from_fill -- address, country, zone and anonymity of a request
 *
 * geo_open answers a struct geo even without any database; one that is absent or broken changes nothing but
 * that countries stay unknown. The address is nginx's word (REMOTE_ADDR), never a client's header.
 */
struct geo;
struct geo *geo_open(const struct config *c, struct arena *proc);
void from_fill(const struct geo *g, const struct request *r, struct from *out);

#endif
