/*
 * fcgi/http/session.c -- cookies, session rows, and where a request comes from.
 *
 * 1. A token is seen twice: in the cookie, and here, to be hashed. It is never stored and never logged.
 * 2. Whatever makes a session worth more (a step-up, an enrolment, a new password) gives it a new token.
 * 3. What the databases of addresses say is advice: nothing is refused because of it alone.
 */
#include "fcgi/http/session.h"

#include <arpa/inet.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "domain/access/credential.h"
#include "domain/access/role.h"
#include "domain/staff/staff.h"
#include "sql/control/queries/platform.h"
#include "sql/tenant/queries/sessions.h"
#include "tenancy/credential.h"

#define COOKIE_STAFF "__Host-poolhouse"
#define COOKIE_CUSTOMER "__Host-poolhouse-portal"

_Static_assert((int)DOOR_OFFICE == (int)OFFICE && (int)DOOR_TECH == (int)TECH &&
		   (int)DOOR_PORTAL == (int)PORTAL,
    "a door is the surface behind it");

struct geo {
	MMDB_s city, anonymous;
	bool has_city, has_anonymous;
};

static bool for_customers(const struct request *r);
static const char *cookie_name(enum actor_kind k);
static enum err signed_out(struct work *w);
static enum err read_staff(struct work *w, struct str hash, bool *half);
static enum err read_may(struct work *w, const struct session_row *s, uint64_t *may);
static enum err read_customer(struct work *w, struct str hash);
static enum err read_support(struct work *w, struct str hash);
static enum err mark_seen(struct work *w, uint64_t id, int64_t seen_at);
static struct str new_token(struct work *w, uint8_t hash[HASH_BYTES]);
static bool open_database(MMDB_s *db, const char *path);
static void close_database(void *db);
static bool lookup_text(MMDB_lookup_result_s *r, const char *const *path, char *out, size_t max);
static void fill_agent(struct str agent, char *out, size_t max);

/* ---- cross-site requests ---- */

enum err
session_check_origin(const struct request *r, const struct config *c, struct fault *f)
{
	struct str base = str_of(c->base_url), port, rest;
	size_t scheme = str_starts(base, STR("https://")) ? 8 : 7;
	char wanted[512];
	int n;

	if (!str_eq(r->csrf, STR("1")))
		return fail(
		    f, E_FORBIDDEN, "origin", "This request did not come from our own pages.");
	rest = str_sub(base, scheme, base.n);
	(void)str_cut(rest, ':', &port);
	n = snprintf(wanted, sizeof(wanted), "%.*s%.*s%s%.*s", (int)scheme, base.p,
	    STR_ARG(r->host), port.n > 0 ? ":" : "", STR_ARG(port));
	if (r->origin.n > 0 && n > 0 && (size_t)n < sizeof(wanted) &&
	    str_eq_nocase(r->origin, (struct str){wanted, (size_t)n}))
		return OK;
	/* Some browsers leave Origin out of same-origin requests, but say so in another header. */
	if (r->origin.n == 0 && str_eq(r->fetch_site, STR("same-origin")))
		return OK;
	return fail(f, E_FORBIDDEN, "origin", "This request did not come from our own pages.");
}

/* ---- reading ---- */

static bool
for_customers(const struct request *r)
{
	return r->surface == PORTAL ||
	    (r->surface == AUTH && str_starts(r->path, STR("/portal-sessions")));
}

static const char *
cookie_name(enum actor_kind k)
{
	return k == ACTOR_CUSTOMER ? COOKIE_CUSTOMER : COOKIE_STAFF;
}

enum err
session_read(struct work *w, const struct request *r, bool *half)
{
	bool customers = for_customers(r);
	struct str token =
	    cookie_get(r->cookie, str_of(cookie_name(customers ? ACTOR_CUSTOMER : ACTOR_STAFF)));
	uint8_t hash[HASH_BYTES];

	*half = false;
	if (!token_hash(token, hash))
		return signed_out(w);
	if (customers)
		return read_customer(w, (struct str){(const char *)hash, HASH_BYTES});
	return read_staff(w, (struct str){(const char *)hash, HASH_BYTES}, half);
}

static enum err
signed_out(struct work *w)
{
	return fail(&w->fault, E_SIGNED_OUT, NULL, "Please sign in.");
}

static enum err
read_staff(struct work *w, struct str hash, bool *half)
{
	struct session_row *s;
	uint64_t may;

	TRY(sql_session_of_staff(w->db, hash, ACTOR_STAFF, STAFF_ACTIVE, w->now, w->arena, &s));
	if (s == NULL)
		return read_support(w, hash);
	if (door_idle((enum door)s->door, s->seen_at, w->now))
		return signed_out(w);
	TRY(read_may(w, s, &may));
	w->actor = (struct actor){
	    .kind = ACTOR_STAFF,
	    .id = s->actor_id,
	    .may = may,
	    .session = s->id,
	    .device = s->device_id.is ? s->device_id.v : 0,
	    .stepped_up_at = s->stepped_up_at,
	    .second_factor = s->second_factor,
	    .language = language_of(s->language),
	};
	*half = session_half(w->actor.may, s->second_factor);
	return mark_seen(w, s->id, s->seen_at);
}

/* What this person's role allows at this moment. A role that was taken away allows nothing. */
static enum err
read_may(struct work *w, const struct session_row *s, uint64_t *may)
{
	const struct role_entry *built_in = role_entry((enum built_in_role)s->role);
	struct role_may *own = NULL;

	if (built_in == NULL && s->role_id.is)
		TRY(sql_role_may(w->db, s->role_id.v, w->arena, &own));
	*may = built_in != NULL ? built_in->may : own != NULL ? own->may : 0;
	return OK;
}

/*
 * Somebody of the platform: nobody of the company, so the session alone opens nothing. The company's consent is asked for at
 * each request, and they see what lies open, no codes and no pay.
 */
static enum err
read_support(struct work *w, struct str hash)
{
	const uint64_t sees = MAY(MAY_SEE_CUSTOMERS) | MAY(MAY_SEE_BOARD) | MAY(MAY_SEE_BILLS) | MAY(MAY_SEE_REPORTS);
	struct support_session_row *s;
	struct support_row *consent;
	struct platform_who *who;
	struct cdb *control;

	TRY(sql_session_of_support(w->db, hash, ACTOR_SUPPORT, w->now, w->arena, &s));
	if (s == NULL || door_idle(DOOR_OFFICE, s->seen_at, w->now))
		return signed_out(w);
	TRY(house_control(w->house, &control, &w->fault));
	TRY(sql_support_of(control, w->tenant->id, w->arena, &consent));
	TRY(sql_platform_who(control, s->actor_id, w->arena, &who));
	if (consent == NULL || consent->until_at <= w->now || who == NULL)
		return signed_out(w);
	w->actor = (struct actor){.kind = ACTOR_SUPPORT, .id = who->id, .may = sees, .session = s->id, .second_factor = true,
	    .language = w->actor.language};
	return mark_seen(w, s->id, s->seen_at);
}

static enum err
read_customer(struct work *w, struct str hash)
{
	struct portal_session_row *s;

	TRY(sql_session_of_customer(w->db, hash, ACTOR_CUSTOMER, w->now, w->arena, &s));
	if (s == NULL || door_idle(DOOR_PORTAL, s->seen_at, w->now))
		return signed_out(w);
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = s->actor_id, .session = s->id,
	    .language = language_of(s->language)};
	return mark_seen(w, s->id, s->seen_at);
}

bool
session_half(uint64_t may, bool second_factor)
{
	return !second_factor && role_needs_second_factor(may);
}

/*
 * A GET runs in a read-only transaction, in which nothing can be marked: once a minute it is ended here,
 * the mark gets a transaction of its own, and the work begins again with nothing read so far but the session.
 */
static enum err
mark_seen(struct work *w, uint64_t id, int64_t seen_at)
{
	uint64_t changed;
	enum err e;

	if (w->now - seen_at < SEEN_EVERY_S)
		return OK;
	if (w->mode == DB_WRITE)
		return sql_session_seen(w->db, id, w->now, &changed);
	lease_rollback(w->house);
	TRY(lease_open(w->house, w->tenant, DB_WRITE, &w->db, &w->fault));
	e = sql_session_seen(w->db, id, w->now, &changed);
	if (e == OK)
		e = lease_commit(w->house);
	if (e != OK)
		lease_rollback(w->house);
	return lease_open(w->house, w->tenant, w->mode, &w->db, &w->fault);
}

/* ---- writing ---- */

static struct str
new_token(struct work *w, uint8_t hash[HASH_BYTES])
{
	struct token t;
	struct str text;

	token_make(&t);
	memcpy(hash, t.hash, HASH_BYTES);
	text = str_copy(w->arena, str_of(t.text));
	explicit_bzero(&t, sizeof(t));
	return text;
}

enum surface
session_door(enum actor_kind kind, uint64_t may)
{
	if (kind == ACTOR_CUSTOMER)
		return PORTAL;
	return credential_works_outside(may) ? TECH : OFFICE;
}

enum err
session_start(struct work *w, struct reply *reply, const struct arrival *a)
{
	uint8_t hash[HASH_BYTES];
	struct str token = new_token(w, hash);
	uint64_t id = work_id(w);
	int64_t stepped_up_at = a->kind == ACTOR_STAFF ? w->now : 0;

	TRY(sql_session_open(w->db, id, (struct str){(const char *)hash, HASH_BYTES}, a->kind,
	    a->who, session_door(a->kind, a->may), a->second_factor, w->now, stepped_up_at,
	    a->until > 0 ? a->until : w->now + SESSION_ABSOLUTE_S, str_of(w->from.ip), str_of(w->from.country),
	    str_of(w->from.agent)));
	w->actor = (struct actor){.kind = a->kind,
	    .id = a->who,
	    .may = a->may,
	    .session = id,
	    .stepped_up_at = stepped_up_at,
	    .second_factor = a->second_factor,
	    .language = a->language};
	return reply_cookie(reply, cookie_name(a->kind), token, SESSION_ABSOLUTE_S, true);
}

enum err
session_raise(struct work *w, struct reply *reply, bool second_factor)
{
	uint8_t hash[HASH_BYTES];
	struct str token = new_token(w, hash);

	TRY(sql_session_raise(w->db, w->actor.session, (struct str){(const char *)hash, HASH_BYTES},
	    second_factor, w->now));
	w->actor.stepped_up_at = w->now;
	w->actor.second_factor = second_factor;
	return reply_cookie(reply, cookie_name(w->actor.kind), token, SESSION_ABSOLUTE_S, true);
}

enum err
session_end(struct work *w, struct reply *reply)
{
	uint64_t changed;

	TRY(sql_session_end(w->db, w->actor.session, w->now, &changed));
	return reply_cookie(reply, cookie_name(w->actor.kind), STR(""), 0, true);
}

/* ---- where from ---- */

struct geo *
geo_open(const struct config *c, struct arena *proc)
{
	struct geo *g = arena_new(proc, struct geo);

	g->has_city = open_database(&g->city, c->geo_city_file);
	if (g->has_city)
		arena_defer(proc, close_database, &g->city);
	g->has_anonymous = open_database(&g->anonymous, c->geo_anonymous_file);
	if (g->has_anonymous)
		arena_defer(proc, close_database, &g->anonymous);
	return g;
}

static bool
open_database(MMDB_s *db, const char *path)
{
	return path != NULL && path[0] != '\0' &&
	       MMDB_open(path, MMDB_MODE_MMAP, db) == MMDB_SUCCESS;
}

static void
close_database(void *db)
{
	MMDB_close(db);
}

void
from_fill(const struct geo *g, const struct request *r, struct from *out)
{
	static const char *const country[] = {"country", "iso_code", NULL};
	static const char *const zone[] = {"location", "time_zone", NULL};
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	const struct sockaddr *address;
	MMDB_lookup_result_s found;
	int error = MMDB_SUCCESS;

	memset(out, 0, sizeof(*out));
	fill_agent(r->user_agent, out->agent, sizeof(out->agent));
	if (r->remote_addr.n >= sizeof(out->ip))
		return;
	if (r->remote_addr.n > 0)
		memcpy(out->ip, r->remote_addr.p, r->remote_addr.n);
	if (inet_pton(AF_INET, out->ip, &v4.sin_addr) == 1)
		address = (const struct sockaddr *)&v4;
	else if (inet_pton(AF_INET6, out->ip, &v6.sin6_addr) == 1)
		address = (const struct sockaddr *)&v6;
	else {
		out->ip[0] = '\0';
		return;
	}
	if (g == NULL)
		return;
	if (g->has_city) {
		found = MMDB_lookup_sockaddr(&g->city, address, &error);
		if (error == MMDB_SUCCESS && found.found_entry) {
			if (!lookup_text(&found, country, out->country, sizeof(out->country)) ||
			    strlen(out->country) != 2)
				out->country[0] = '\0';
			if (!lookup_text(&found, zone, out->zone, sizeof(out->zone)))
				out->zone[0] = '\0';
		}
	}
	if (g->has_anonymous) {
		found = MMDB_lookup_sockaddr(&g->anonymous, address, &error);
		out->anonymous = error == MMDB_SUCCESS && found.found_entry;
	}
}

static bool
lookup_text(MMDB_lookup_result_s *r, const char *const *path, char *out, size_t max)
{
	MMDB_entry_data_s d;

	if (MMDB_aget_value(&r->entry, &d, path) != MMDB_SUCCESS || !d.has_data ||
	    d.type != MMDB_DATA_TYPE_UTF8_STRING || d.data_size >= max)
		return false;
	memcpy(out, d.utf8_string, d.data_size);
	out[d.data_size] = '\0';
	for (size_t i = 0; i < d.data_size; i++)
		if (out[i] < 0x20 || out[i] > 0x7e)
			return false;
	return true;
}

/* It is shown to people and stored in the audit log: cut, and printable ASCII only. */
static void
fill_agent(struct str agent, char *out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < agent.n && n + 1 < max; i++)
		if (agent.p[i] >= 0x20 && agent.p[i] <= 0x7e)
			out[n++] = agent.p[i];
	out[n] = '\0';
}
