/*
 * tenancy/tenant.c -- whose: a host name or an id becomes a company, with a cache in front.
 *
 * 1. A slot is found by comparing its whole key, never a hash alone.
 * 2. Only live and suspended companies are kept; all others are read afresh each time.
 * 3. What is handed out lives in the slot: the next lookup may overwrite it.
 */
#include "tenancy/tenant.h"

#include "sql/control/queries/tenants.h"
#include "sql/migrations.h"

/* Seeded faults of the isolation matrix; a build of the product has none (tests/rows/lease.c). */
#ifndef LEASE_FAULT
#define LEASE_FAULT 0
#endif

#define KEY_MAX 63 /* longer host names are asked for each time */
#define WAYS    4

/* Key: "<slug>", "<host.name>" (has a dot) or "#<id>". */
struct slot {
	char key[KEY_MAX + 1]; /* "" = empty */
	struct tenant tenant;
};

struct tenant_cache {
	const struct config *config;
	struct arena *scratch;    /* rewound after each question */
	char domain[KEY_MAX + 1]; /* of the site: companies live at <slug>.<domain> */
	struct slot slot[TENANT_SLOTS];
};

typedef enum err ask_fn(struct cdb *db, const void *what, struct arena *a, struct tenant_row **row);

static enum err find(struct tenant_cache *tc, struct cdb *db, struct str key, int64_t now,
    ask_fn *ask, const void *what, const struct tenant **out, struct fault *f);
static struct slot *slot_of(struct tenant_cache *tc, struct str key, bool *hit);
static bool slot_fresh(const struct config *c, const struct slot *s, int64_t now);
static enum err tenant_fill(const struct config *c, const struct tenant_row *row, struct tenant *t,
    char zone[KEY_MAX + 2], struct fault *f);
static bool copy_text(char *to, size_t size, struct str from);
static void close_scratch(void *arena);
static ask_fn ask_id, ask_slug, ask_host;

const char *
tenant_status_name(enum tenant_status s)
{
	static const char *const name[] = {
	    "unknown", "spare", "claimed", "live", "suspended", "deleting", "gone"};

	return (unsigned)s < sizeof name / sizeof *name ? name[s] : name[0];
}

bool
tenant_current(const struct tenant *t)
{
	return t->step + 1 >= TENANT_STEP;
}

struct tenant_cache *
tenant_cache_open(struct arena *proc, const struct config *c)
{
	struct tenant_cache *tc = arena_new(proc, struct tenant_cache);
	struct str url = str_of(c->base_url);
	struct str rest = url;

	if (str_starts(url, STR("https://")))
		rest = str_sub(url, 8, url.n);
	else if (str_starts(url, STR("http://")))
		rest = str_sub(url, 7, url.n);
	rest = str_sub(rest, 0, str_find(rest, '/'));
	rest = str_sub(rest, 0, str_find(rest, ':'));
	(void)copy_text(tc->domain, sizeof tc->domain, rest);
	tc->config = c;
	/* One row with its texts; the ceiling only guards against a query that went wild. */
	tc->scratch = arena_open(4096, 256 * 1024, NULL);
	arena_defer(proc, close_scratch, tc->scratch);
	return tc;
}

static void
close_scratch(void *arena)
{
	arena_close(arena);
}

struct str
tenant_house(const struct tenant_cache *tc)
{
	return str_of(tc->domain);
}

enum err
tenant_of_host(struct tenant_cache *tc, struct cdb *db, struct str host, int64_t now,
    const struct tenant **out, struct fault *f)
{
	struct str domain = str_of(tc->domain);
	const struct tenant *t;

	if (str_eq(host, domain))
		return fail(f, E_NOT_FOUND, "host", "No company lives at this address.");
	if (domain_below(host, domain)) {
		return tenant_of_slug(tc, db, str_sub(host, 0, host.n - domain.n - 1), now, out, f);
	} else if (str_find(host, '.') < host.n && host.n <= DOMAIN_HOST_MAX) {
		TRY(find(tc, db, host, now, ask_host, &host, &t, f));
	} else {
		return fail(f, E_NOT_FOUND, "host", "No company lives at this address.");
	}
	if (t->status != TENANT_LIVE && t->status != TENANT_SUSPENDED)
		return fail(f, E_NOT_FOUND, "host", "No company lives at this address.");
	*out = t;
	return OK;
}

enum err
tenant_of_slug(struct tenant_cache *tc, struct cdb *db, struct str slug, int64_t now, const struct tenant **out, struct fault *f)
{
	const struct tenant *t;

	if (slug.n == 0 || slug.n > SLUG_MAX || str_find(slug, '.') < slug.n)
		return fail(f, E_NOT_FOUND, "host", "No company lives at this address.");
	TRY(find(tc, db, slug, now, ask_slug, &slug, &t, f));
	if (t->status != TENANT_LIVE && t->status != TENANT_SUSPENDED)
		return fail(f, E_NOT_FOUND, "host", "No company lives at this address.");
	*out = t;
	return OK;
}

enum err
tenant_of_id(struct tenant_cache *tc, struct cdb *db, uint64_t id, int64_t now,
    const struct tenant **out, struct fault *f)
{
	char key[24];
	const struct tenant *t;
	int n = snprintf(key, sizeof key, "#%llu", (unsigned long long)id);

	TRY(find(tc, db, (struct str){key, (size_t)n}, now, ask_id, &id, &t, f));
	if (t->status == TENANT_GONE)
		return fail(f, E_NOT_FOUND, "tenant", "This company is gone.");
	*out = t;
	return OK;
}

void
tenant_forget(struct tenant_cache *tc, uint64_t id)
{
	for (size_t i = 0; i < TENANT_SLOTS; i++)
		if (tc->slot[i].tenant.id == id)
			tc->slot[i].key[0] = '\0';
}

static enum err
find(struct tenant_cache *tc, struct cdb *db, struct str key, int64_t now, ask_fn *ask,
    const void *what, const struct tenant **out, struct fault *f)
{
	bool hit;
	struct slot *s = slot_of(tc, key, &hit);
	struct tenant_row *row = NULL;
	char zone[KEY_MAX + 2];
	struct tenant t = {0};
	enum err e;

	if (hit && slot_fresh(tc->config, s, now)) {
		*out = &s->tenant;
		return OK;
	}
	cdb_fault(db, f);
	struct arena_mark mark = arena_mark(tc->scratch);
	e = ask(db, what, tc->scratch, &row);
	if (e == OK && row == NULL)
		e = fail(f, E_NOT_FOUND, "host", "No company lives at this address.");
	if (e == OK)
		e = tenant_fill(tc->config, row, &t, zone, f);
	arena_rewind(tc->scratch, mark);
	if (hit && e != OK)
		s->key[0] = '\0';
	if (e != OK)
		return e;
	TRY(config_zone(tc->config, str_of(zone), &t.zone, f));
	t.cached_at = now;
	s->tenant = t;
	s->key[0] = '\0';
	if ((t.status == TENANT_LIVE || t.status == TENANT_SUSPENDED) && key.n <= KEY_MAX)
		(void)copy_text(s->key, sizeof s->key, key);
	*out = &s->tenant;
	return OK;
}

/* The slot with this key, or the one to put it in: an empty one, else the one cached longest ago.
 */
static struct slot *
slot_of(struct tenant_cache *tc, struct str key, bool *hit)
{
	uint32_t h = 2166136261u;
	struct slot *set, *oldest;

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 16777619u;
	set = &tc->slot[(h % (TENANT_SLOTS / WAYS)) * WAYS];
#if LEASE_FAULT == 6
	set = tc->slot; /* the wrong tenant cached: whoever came first is everybody */
	if (set->key[0] != '\0') {
		*hit = true;
		return set;
	}
#endif
	oldest = set;
	for (struct slot *s = set; s < set + WAYS; s++) {
		if (s->key[0] != '\0' && str_eq(str_of(s->key), key)) {
			*hit = true;
			return s;
		}
		if (oldest->key[0] != '\0' &&
		    (s->key[0] == '\0' || s->tenant.cached_at < oldest->tenant.cached_at))
			oldest = s;
	}
	*hit = false;
	return oldest;
}

static bool
slot_fresh(const struct config *c, const struct slot *s, int64_t now)
{
	const struct tenant *t = &s->tenant;
	const enum subscription_standing is = subscription_stands(&t->pays, now, NULL);
	const bool paid = is == STANDS_FREE || is == STANDS_GOOD;
	/* A name may change hands: its new owner must not see the old one's pages, nor be sent customers by links in letters. */
	bool own = t->domain[0] != '\0';
	bool calm = t->status == TENANT_LIVE && tenant_current(t) && paid && !own;
	int64_t age_s = now - t->cached_at;

	/* A clock that was set back must not keep a company for ever. */
	return age_s >= 0 && age_s < (calm ? (int64_t)c->company_cache_s : TENANT_CACHE_SHORT_S);
}

static enum err
tenant_fill(const struct config *c, const struct tenant_row *row, struct tenant *t,
    char zone[KEY_MAX + 2], struct fault *f)
{
	bool fits = copy_text(t->slug, sizeof t->slug, row->slug.is ? row->slug.v : STR("")) &&
		    copy_text(t->domain, sizeof t->domain, row->domain.is ? row->domain.v : STR("")) &&
		    copy_text(t->schema, sizeof t->schema, row->schema_name) &&
		    copy_text(t->plan, sizeof t->plan, row->plan) &&
		    copy_text(t->country, sizeof t->country, row->country) &&
		    copy_text(t->currency, sizeof t->currency, row->currency) &&
		    copy_text(zone, KEY_MAX + 2, row->zone);

	/* The schema's name is sent to the server as an account: it must be one of ours. */
	if (!fits || !str_starts(row->schema_name, str_of(c->db_prefix)))
		return fail(f, E_BUG, "tenant", "The row of company %llu is not one of this house.",
		    (unsigned long long)row->id);
	t->id = row->id;
	t->status = (enum tenant_status)row->status;
	t->step = row->step;
	t->cluster = row->cluster_id;
	t->language = language_of(row->language);
	t->pays = (struct subscription_facts){row->billed, row->trial_ends_at, row->paid_until, row->unpaid_since, row->ended_at};
	return OK;
}

static bool
copy_text(char *to, size_t size, struct str from)
{
	if (from.n >= size || memchr(from.n ? from.p : "", '\0', from.n) != NULL)
		return false;
	memcpy(to, from.n ? from.p : "", from.n);
	to[from.n] = '\0';
	return true;
}

static enum err
ask_id(struct cdb *db, const void *what, struct arena *a, struct tenant_row **row)
{
	return sql_tenant_by_id(db, *(const uint64_t *)what, a, row);
}

static enum err
ask_slug(struct cdb *db, const void *what, struct arena *a, struct tenant_row **row)
{
	return sql_tenant_by_slug(db, *(const struct str *)what, a, row);
}

static enum err
ask_host(struct cdb *db, const void *what, struct arena *a, struct tenant_row **row)
{
	return sql_tenant_by_host(db, *(const struct str *)what, a, row);
}
