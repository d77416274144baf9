#include "fcgi/http/limit.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "domain/access/credential.h"
#include "sql/control/queries/tally.h"

#define ANONYMOUS_DIVISOR 5
#define GHOST "ghost"

static enum err count(struct house *h, const char *what, struct str subject, int64_t now,
    uint32_t window_s, uint32_t *hits, struct fault *f);
static uint32_t allowed(uint32_t max, bool anonymous);
static struct str account_key(uint64_t tenant, struct str account, char out[320]);
static struct str ghost_subject(struct house *h, uint64_t tenant, struct str account,
    uint8_t out[TALLY_BYTES]);
static enum err ghost_read(
    struct house *h, struct cdb *db, struct str subject, struct tally_row *out);

bool
address_subjects(const char *ip, char address[SUBJECT_MAX], char network[SUBJECT_MAX])
{
	struct in_addr v4;
	struct in6_addr v6;

	if (inet_pton(AF_INET, ip, &v4) == 1) {
		(void)inet_ntop(AF_INET, &v4, address, SUBJECT_MAX);
		v4.s_addr &= htonl(0xffffff00);
		(void)inet_ntop(AF_INET, &v4, network, SUBJECT_MAX - 4);
		memcpy(network + strlen(network), "/24", sizeof("/24"));
		return true;
	}
	if (inet_pton(AF_INET6, ip, &v6) == 1) {
		memset(v6.s6_addr + 8, 0, 8);
		(void)inet_ntop(AF_INET6, &v6, address, SUBJECT_MAX);
		memset(v6.s6_addr + 6, 0, 2);
		(void)inet_ntop(AF_INET6, &v6, network, SUBJECT_MAX - 4);
		memcpy(network + strlen(network), "/48", sizeof("/48"));
		return true;
	}
	return false;
}

static uint32_t
allowed(uint32_t max, bool anonymous)
{
	if (!anonymous)
		return max;
	return max / ANONYMOUS_DIVISOR > 0 ? max / ANONYMOUS_DIVISOR : 1;
}

static enum err
count(struct house *h, const char *what, struct str subject, int64_t now, uint32_t window_s,
    uint32_t *hits, struct fault *f)
{
	int64_t window_at = now - now % window_s;
	uint8_t hash[TALLY_BYTES];
	struct tally_row *row;
	struct cdb *db;
	uint64_t changed;

	keys_tally(h->keys, what, subject, hash);
	TRY(house_control(h, &db, f));
	TRY(sql_tally_bump(
	    db, str_of(what), (struct str){(const char *)hash, TALLY_BYTES}, window_at, &changed));

	/* The row lives in the process's arena only as long as it takes to read a number from it. */
	struct arena_mark mark = arena_mark(h->proc);
	enum err e = sql_tally_read(db, str_of(what), (struct str){(const char *)hash, TALLY_BYTES},
	    window_at, h->proc, &row);

	*hits = e == OK && row != NULL ? row->hits : 0;
	arena_rewind(h->proc, mark);
	return e;
}

enum err
limit_hit(
    struct house *h, const struct from *from, int64_t now, const struct limit *l, struct fault *f)
{
	char address[SUBJECT_MAX], network[SUBJECT_MAX];
	uint32_t hits = 0;
	bool over = false;

	/* Only a broken street sends no address; then nobody can be told apart, and all are counted as one. */
	if (!address_subjects(from->ip, address, network)) {
		memcpy(address, "?", 2);
		memcpy(network, "?", 2);
	}
	if (l->per_address > 0) {
		TRY(count(h, l->what, str_of(address), now, l->window_s, &hits, f));
		over = hits > allowed(l->per_address, from->anonymous);
	}
	if (l->per_network > 0) {
		TRY(count(h, l->what, str_of(network), now, l->window_s, &hits, f));
		over = over || hits > allowed(l->per_network, from->anonymous);
	}
	if (!over)
		return OK;
	if (f != NULL && f->err == OK)
		f->retry_after_s = (unsigned)(l->window_s - now % l->window_s);
	return fail(f, E_LIMIT, NULL, "That was too often. Please wait a little.");
}

static struct str
account_key(uint64_t tenant, struct str account, char out[320])
{
	int n = snprintf(
	    out, 320, "%llu|%.*s", (unsigned long long)tenant, STR_ARG(str_sub(account, 0, 254)));

	return (struct str){out, n > 0 && n < 320 ? (size_t)n : 0};
}

enum err
limit_account(struct house *h, const char *what, uint64_t tenant, struct str account, int64_t now,
    uint32_t window_s, uint32_t max, bool *over, struct fault *f)
{
	char key[320];
	uint32_t hits;

	TRY(count(h, what, account_key(tenant, account, key), now, window_s, &hits, f));
	*over = hits > max;
	return OK;
}

/* ---- accounts that are not there ---- */

static struct str
ghost_subject(struct house *h, uint64_t tenant, struct str account, uint8_t out[TALLY_BYTES])
{
	char key[320];

	keys_tally(h->keys, GHOST, account_key(tenant, account, key), out);
	return (struct str){(const char *)out, TALLY_BYTES};
}

static enum err
ghost_read(struct house *h, struct cdb *db, struct str subject, struct tally_row *out)
{
	struct arena_mark mark = arena_mark(h->proc);
	struct tally_row *row;
	enum err e = sql_tally_last(db, STR(GHOST), subject, h->proc, &row);

	*out = e == OK && row != NULL ? *row : (struct tally_row){0, 0};
	arena_rewind(h->proc, mark);
	return e;
}

enum err
ghost_check(struct house *h, uint64_t tenant, struct str account, int64_t now, struct fault *f)
{
	uint8_t hash[TALLY_BYTES];
	struct str subject = ghost_subject(h, tenant, account, hash);
	struct tally_row row;
	struct cdb *db;

	TRY(house_control(h, &db, f));
	TRY(ghost_read(h, db, subject, &row));
	if (row.window_at <= now && !credential_spent(row.hits))
		return OK;
	if (f != NULL && f->err == OK)
		f->retry_after_s =
		    row.window_at > now ? (unsigned)(row.window_at - now) : LOCK_MAX_S;
	return fail(
	    f, E_LIMIT, "password", "Too many attempts. Please wait, or reset your password.");
}

enum err
ghost_fail(struct house *h, uint64_t tenant, struct str account, int64_t now, struct fault *f)
{
	uint8_t hash[TALLY_BYTES];
	struct str subject = ghost_subject(h, tenant, account, hash);
	struct tally_row row;
	struct cdb *db;
	uint64_t changed;

	TRY(house_control(h, &db, f));
	TRY(ghost_read(h, db, subject, &row));
	return sql_tally_lock(db, STR(GHOST), subject, credential_locked_until(row.hits + 1, now),
	    row.hits + 1, &changed);
}
