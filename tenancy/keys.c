/*
 * tenancy/keys.c -- the root keys in guarded memory, data keys unwrapped for a minute, and their uses.
 *
 * 1. Root keys and data keys lie only in sodium_malloc pages: guarded, locked, not in a core dump,
 *    wiped when the process's arena closes. What is derived from them lies on the stack and is wiped.
 * 2. No key is used for two purposes: each purpose is a BLAKE2b derivation (crypto_kdf) of its own.
 * 3. Each message has 24 random bytes of nonce; keys need no counters and processes no agreement.
 */
#include "tenancy/keys.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/control/queries/keys.h"

#define KEY_BYTES 32
#define SEAL_FORMAT 1
#define SEAL_ALG_XCHACHA20_POLY1305 1
#define SEAL_HEAD 4
#define PLACE_MAX 160
#define ROOT_FILE_MAX 1024
#define LINK_TEXT_MAX 160

_Static_assert(crypto_kdf_KEYBYTES == KEY_BYTES, "derivation takes our keys");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == KEY_BYTES, "sealing takes our keys");
_Static_assert(
    crypto_auth_KEYBYTES == KEY_BYTES && crypto_auth_BYTES == LINK_MAC_BYTES, "as do links");
_Static_assert(SEAL_OVERHEAD == SEAL_HEAD + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
    crypto_aead_xchacha20poly1305_ietf_ABYTES, "the format's overhead");

/* Sub-keys of the root: number and context, for good (reliability.md 4.3). */
enum root_use { ROOT_WRAP = 1, ROOT_AUTH, ROOT_BACKUP, ROOT_DATABASE, ROOT_TALLY, ROOT_PUSH, ROOT_SIGN };
static const char *const root_context[] = {
    NULL, "tenantkw", "authhash", "backup__", "dbpasswd", "tallies_", "pushpair", "housesig"};
#define DATA_CONTEXT "purpose_"

struct root {
	uint32_t version;
	uint8_t key[KEY_BYTES];
};

struct cached {
	uint64_t tenant;   /* 0 = a free slot */
	uint32_t version;
	bool newest;       /* no newer version was there when it was read */
	int64_t read_at;
	uint8_t key[KEY_BYTES];
};

/* What must not leave guarded memory. */
struct secrets {
	struct root root[KEYS_ROOTS];
	struct cached cache[KEYS_CACHED];
};

struct keys {
	struct secrets *s;
	unsigned roots; /* root[0] has the highest version */
};

static enum err read_roots(struct keys *k, const char *path, struct fault *f);
static bool parse_root(struct str line, bool only, struct root *out);
static bool add_root(struct keys *k, const struct root *r);
static void wipe(void *p);
static void root_key(const struct root *r, enum root_use use, uint8_t out[KEY_BYTES]);
static const struct root *root_of(const struct keys *k, uint32_t version);
static size_t place_write(struct place at, char out[PLACE_MAX]);
static struct str seal_with(const uint8_t key[KEY_BYTES], uint32_t version, struct place at,
    struct str plain, struct arena *a);
static bool open_with(const uint8_t key[KEY_BYTES], struct place at, struct str sealed,
    struct arena *a, struct str *plain);
static bool unwrap(const struct keys *k, uint64_t tenant, uint32_t version, struct str wrapped,
    uint8_t out[KEY_BYTES]);
static struct str wrap(const struct keys *k, uint64_t tenant, uint32_t version,
    const uint8_t key[KEY_BYTES], struct arena *a);
static struct cached *cache_find(struct keys *k, int64_t now, uint64_t tenant, uint32_t version);
static struct cached *cache_put(struct keys *k, int64_t now, uint64_t tenant, uint32_t version,
    bool newest, const uint8_t key[KEY_BYTES]);
static enum err data_key(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant,
    uint32_t version, struct arena *a, const struct cached **out, struct fault *f);
static enum err purpose_key(struct keys *k, struct cdb *db, int64_t now, enum key_purpose p,
    uint64_t tenant, uint32_t version, struct arena *a, uint8_t out[KEY_BYTES], uint32_t *used,
    struct fault *f);
static void be_write(uint8_t *out, uint64_t v, unsigned bytes);
static uint64_t be_read(const uint8_t *in, unsigned bytes);
static enum err link_refused(struct fault *f);
static bool link_split(struct str text, uint32_t *version, struct str *head,
    uint8_t payload[LINK_PAYLOAD_BYTES], uint8_t mac[LINK_MAC_BYTES]);

/* ---- the root ---- */

enum err
keys_open(const struct config *c, struct arena *proc, struct keys **out, struct fault *f)
{
	struct keys *k;

	if (sodium_init() < 0)
		return fail(f, E_BUG, NULL, "The cryptographic library does not start.");
	k = arena_new(proc, struct keys);
	k->s = sodium_malloc(sizeof(*k->s));
	if (k->s == NULL)
		return fail(f, E_AWAY, NULL, "There is no guarded memory for keys.");
	sodium_memzero(k->s, sizeof(*k->s));
	arena_defer(proc, wipe, k->s);
	TRY(read_roots(k, c->master_key_file, f));
	*out = k;
	return OK;
}

static void
wipe(void *p)
{
	sodium_free(p);
}

static enum err
read_roots(struct keys *k, const char *path, struct fault *f)
{
	char text[ROOT_FILE_MAX];
	struct str rest, line;
	struct stat st;
	ssize_t n = -1;
	bool good = true;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fail(f, E_INVALID, "master_key_file", "The root key %s cannot be read: %s.",
		    path, strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077) == 0)
		n = read(fd, text, sizeof(text));
	(void)close(fd);
	if (n < 0)
		return fail(f, E_INVALID, "master_key_file",
		    "The root key %s must be a file that only its owner can read (mode 0400).", path);
	rest = str_trim((struct str){text, (size_t)n});
	good = n < ROOT_FILE_MAX && rest.n > 0;
	for (bool only = str_find(rest, '\n') == rest.n; good && rest.n > 0;) {
		struct root r;

		line = str_trim(str_cut(rest, '\n', &rest));
		good = line.n == 0 || (parse_root(line, only, &r) && add_root(k, &r));
		sodium_memzero(&r, sizeof(r));
	}
	sodium_memzero(text, sizeof(text));
	if (!good)
		return fail(f, E_INVALID, "master_key_file",
		    "The root key %s must have one line of 64 hex digits, or at most %d lines of a version and 64 hex digits.",
		    path, KEYS_ROOTS);
	return OK;
}

static bool
parse_root(struct str line, bool only, struct root *out)
{
	struct str hex, number = str_cut(line, ' ', &hex);
	uint64_t version = 1;
	size_t n = 0;

	memset(out, 0, sizeof(*out));
	if (hex.p == NULL && only)
		hex = line;
	else if (!str_u64(number, &version) || version == 0 || version > KEY_VERSION_MAX)
		return false;
	hex = str_trim(hex);
	out->version = (uint32_t)version;
	return hex.n == KEY_BYTES * 2 &&
	       sodium_hex2bin(out->key, sizeof(out->key), hex.p, hex.n, NULL, &n, NULL) == 0 &&
	       n == KEY_BYTES;
}

/* Kept in falling order of version; a version twice is refused. */
static bool
add_root(struct keys *k, const struct root *r)
{
	struct root *root = k->s->root;
	unsigned at = 0;

	if (k->roots == KEYS_ROOTS)
		return false;
	while (at < k->roots && root[at].version > r->version)
		at++;
	if (at < k->roots && root[at].version == r->version)
		return false;
	memmove(&root[at + 1], &root[at], (k->roots - at) * sizeof(*root));
	root[at] = *r;
	k->roots++;
	return true;
}

uint32_t
keys_root_version(const struct keys *k)
{
	return k->s->root[0].version;
}

static const struct root *
root_of(const struct keys *k, uint32_t version)
{
	for (unsigned i = 0; i < k->roots; i++)
		if (k->s->root[i].version == version)
			return &k->s->root[i];
	return NULL;
}

static void
root_key(const struct root *r, enum root_use use, uint8_t out[KEY_BYTES])
{
	(void)crypto_kdf_derive_from_key(out, KEY_BYTES, use, root_context[use], r->key);
}

void
keys_db_password(const struct keys *k, const char *account, char out[DB_PASSWORD_LETTERS + 1])
{
	bool made = keys_db_password_before(k, 0, account, out);

	assert(made);
}

bool
keys_db_password_before(const struct keys *k, unsigned n, const char *account,
    char out[DB_PASSWORD_LETTERS + 1])
{
	uint8_t key[KEY_BYTES], bytes[DB_PASSWORD_LETTERS / 2];

	if (n >= k->roots)
		return false;
	root_key(&k->s->root[n], ROOT_DATABASE, key);
	(void)crypto_generichash(
	    bytes, sizeof(bytes), (const uint8_t *)account, strlen(account), key, sizeof(key));
	(void)sodium_bin2hex(out, DB_PASSWORD_LETTERS + 1, bytes, sizeof(bytes));
	sodium_memzero(key, sizeof(key));
	sodium_memzero(bytes, sizeof(bytes));
	return true;
}

void
keys_tally(const struct keys *k, const char *what, struct str value, uint8_t out[TALLY_BYTES])
{
	uint8_t key[KEY_BYTES];
	crypto_generichash_state state;

	root_key(&k->s->root[0], ROOT_TALLY, key);
	(void)crypto_generichash_init(&state, key, sizeof(key), TALLY_BYTES);
	(void)crypto_generichash_update(&state, (const uint8_t *)what, strlen(what) + 1);
	(void)crypto_generichash_update(&state, (const uint8_t *)value.p, value.n);
	(void)crypto_generichash_final(&state, out, TALLY_BYTES);
	sodium_memzero(key, sizeof(key));
}

void
keys_push(const struct keys *k, struct p256 *out)
{
	uint8_t key[KEY_BYTES], d[P256_SCALAR];

	root_key(&k->s->root[0], ROOT_PUSH, key);
	/* One number in four thousand million is not below the curve's order: then the next. */
	for (uint8_t n = 0;; n++) {
		(void)crypto_generichash(d, sizeof(d), &n, 1, key, sizeof(key));
		if (crypto_p256(d, out) == OK)
			break;
		assert(n < UINT8_MAX);
	}
	sodium_memzero(key, sizeof(key));
	sodium_memzero(d, sizeof(d));
}

/* ---- sealing ---- */

/* "tenant|table|column|row": numbers and identifiers hold no '|', so that no two places look alike. */
static size_t
place_write(struct place at, char out[PLACE_MAX])
{
	int n = snprintf(out, PLACE_MAX, "%llu|%s|%s|%llu", (unsigned long long)at.tenant, at.table,
	    at.column, (unsigned long long)at.row);

	assert(n > 0 && n < PLACE_MAX);
	return (size_t)n;
}

static struct str
seal_with(const uint8_t key[KEY_BYTES], uint32_t version, struct place at, struct str plain,
    struct arena *a)
{
	uint8_t *out = arena_array(a, uint8_t, plain.n + SEAL_OVERHEAD + 1);
	uint8_t *nonce = out + SEAL_HEAD;
	char where[PLACE_MAX];
	size_t where_n = place_write(at, where);
	unsigned long long n = 0;

	out[0] = SEAL_FORMAT;
	out[1] = SEAL_ALG_XCHACHA20_POLY1305;
	be_write(out + 2, version, 2);
	randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(
	    nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, &n, (const uint8_t *)plain.p,
	    plain.n, (const uint8_t *)where, where_n, NULL, nonce, key);
	return (struct str){(const char *)out, plain.n + SEAL_OVERHEAD};
}

static bool
open_with(const uint8_t key[KEY_BYTES], struct place at, struct str sealed, struct arena *a,
    struct str *plain)
{
	const uint8_t *in = (const uint8_t *)sealed.p, *nonce = in + SEAL_HEAD;
	char where[PLACE_MAX];
	size_t where_n = place_write(at, where);
	unsigned long long n = 0;
	uint8_t *out = arena_array(a, uint8_t, sealed.n - SEAL_OVERHEAD + 1);

	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &n, NULL,
		nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
		sealed.n - SEAL_HEAD - crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
		(const uint8_t *)where, where_n, nonce, key) != 0)
		return false;
	*plain = (struct str){(const char *)out, (size_t)n};
	return true;
}

uint32_t
keys_version(struct str sealed)
{
	const uint8_t *in = (const uint8_t *)sealed.p;

	if (sealed.n < SEAL_OVERHEAD || in[0] != SEAL_FORMAT ||
	    in[1] != SEAL_ALG_XCHACHA20_POLY1305)
		return 0;
	return (uint32_t)be_read(in + 2, 2);
}

bool
keys_behind(const struct keys *k, enum key_purpose p, uint32_t newest, struct str sealed)
{
	return keys_version(sealed) < (p == KEY_AUTH ? keys_root_version(k) : newest);
}

enum err
keys_seal(struct keys *k, struct cdb *db, int64_t now, enum key_purpose p, struct place at,
    struct str plain, struct arena *a, struct str *sealed, struct fault *f)
{
	uint8_t key[KEY_BYTES];
	uint32_t version;

	TRY(purpose_key(k, db, now, p, at.tenant, 0, a, key, &version, f));
	*sealed = seal_with(key, version, at, plain, a);
	sodium_memzero(key, sizeof(key));
	return OK;
}

enum err
keys_unseal(struct keys *k, struct cdb *db, int64_t now, enum key_purpose p, struct place at,
    struct str sealed, struct arena *a, struct str *plain, struct fault *f)
{
	uint8_t key[KEY_BYTES];
	uint32_t version = keys_version(sealed);
	bool opened;

	if (version == 0)
		return fail(
		    f, E_BUG, NULL, "A value of %s.%s is not a sealed one.", at.table, at.column);
	TRY(purpose_key(k, db, now, p, at.tenant, version, a, key, &version, f));
	opened = open_with(key, at, sealed, a, plain);
	sodium_memzero(key, sizeof(key));
	if (!opened)
		return fail(f, E_BUG, NULL, "A sealed value of %s.%s does not open in its place.",
		    at.table, at.column);
	return OK;
}

/* The key of a purpose: version 0 asks for the newest; *used says which it is. */
static enum err
purpose_key(struct keys *k, struct cdb *db, int64_t now, enum key_purpose p, uint64_t tenant,
    uint32_t version, struct arena *a, uint8_t out[KEY_BYTES], uint32_t *used, struct fault *f)
{
	const struct cached *data;
	const struct root *r;

	assert(p >= KEY_FIELDS && p < KEY_PURPOSES);
	if (p == KEY_AUTH) {
		r = version == 0 ? &k->s->root[0] : root_of(k, version);
		if (r == NULL)
			return fail(
			    f, E_NOT_FOUND, NULL, "There is no root key of version %u.", version);
		root_key(r, ROOT_AUTH, out);
		*used = r->version;
		return OK;
	}
	TRY(data_key(k, db, now, tenant, version, a, &data, f));
	(void)crypto_kdf_derive_from_key(out, KEY_BYTES, (uint64_t)p, DATA_CONTEXT, data->key);
	*used = data->version;
	return OK;
}

enum err
keys_index(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, const char *column,
    struct str value, struct arena *a, struct str *out, struct fault *f)
{
	uint8_t key[KEY_BYTES], *hash = arena_array(a, uint8_t, crypto_generichash_BYTES_MIN);
	crypto_generichash_state state;
	uint32_t version;

	TRY(purpose_key(k, db, now, KEY_INDEX, tenant, 0, a, key, &version, f));
	(void)crypto_generichash_init(&state, key, sizeof(key), crypto_generichash_BYTES_MIN);
	/* The column's NUL goes in as well: "ab" of column "c" is not "b" of column "ca". */
	(void)crypto_generichash_update(&state, (const uint8_t *)column, strlen(column) + 1);
	(void)crypto_generichash_update(&state, (const uint8_t *)value.p, value.n);
	(void)crypto_generichash_final(&state, hash, crypto_generichash_BYTES_MIN);
	sodium_memzero(&state, sizeof(state));
	sodium_memzero(key, sizeof(key));
	*out = (struct str){(const char *)hash, crypto_generichash_BYTES_MIN};
	return OK;
}

enum err
keys_phone(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, uint64_t device, struct day day, struct arena *a,
    uint8_t out[PHONE_KEY_BYTES], uint32_t *version, struct fault *f)
{
	uint8_t key[KEY_BYTES], which[12];

	TRY(purpose_key(k, db, now, KEY_PHONE, tenant, 0, a, key, version, f));
	be_write(which, device, 8);
	be_write(which + 8, (uint32_t)day.n, 4);
	(void)crypto_generichash(out, PHONE_KEY_BYTES, which, sizeof(which), key, sizeof(key));
	sodium_memzero(key, sizeof(key));
	return OK;
}

/* ---- data keys ---- */

static struct str
wrap(const struct keys *k, uint64_t tenant, uint32_t version, const uint8_t key[KEY_BYTES],
    struct arena *a)
{
	uint8_t kek[KEY_BYTES];
	struct str out;

	root_key(&k->s->root[0], ROOT_WRAP, kek);
	out = seal_with(kek, k->s->root[0].version,
	    (struct place){tenant, "tenant_key", "wrapped", version},
	    (struct str){(const char *)key, KEY_BYTES}, a);
	sodium_memzero(kek, sizeof(kek));
	return out;
}

/* Straight into `out`, never through an arena: a data key does not leave guarded memory or the stack. */
static bool
unwrap(const struct keys *k, uint64_t tenant, uint32_t version, struct str wrapped,
    uint8_t out[KEY_BYTES])
{
	const struct root *r = root_of(k, keys_version(wrapped));
	const uint8_t *nonce = (const uint8_t *)wrapped.p + SEAL_HEAD;
	uint8_t kek[KEY_BYTES];
	char where[PLACE_MAX];
	size_t where_n =
	    place_write((struct place){tenant, "tenant_key", "wrapped", version}, where);
	unsigned long long n = 0;
	bool opened;

	if (r == NULL || wrapped.n != KEY_BYTES + SEAL_OVERHEAD)
		return false;
	root_key(r, ROOT_WRAP, kek);
	opened = crypto_aead_xchacha20poly1305_ietf_decrypt(out, &n, NULL,
		     nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
		     KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES, (const uint8_t *)where,
		     where_n, nonce, kek) == 0;
	sodium_memzero(kek, sizeof(kek));
	return opened;
}

enum err
keys_make(struct keys *k, uint64_t tenant, uint32_t version, struct arena *a, struct str *wrapped,
    struct fault *f)
{
	uint8_t key[KEY_BYTES];

	if (tenant == 0 || version == 0 || version > KEY_VERSION_MAX)
		return fail(f, E_BUG, NULL, "A data key needs a tenant and a version from 1 to %d.",
		    KEY_VERSION_MAX);
	randombytes_buf(key, sizeof(key));
	*wrapped = wrap(k, tenant, version, key, a);
	sodium_memzero(key, sizeof(key));
	return OK;
}

enum err
keys_rewrap(struct keys *old, struct keys *fresh, uint64_t tenant, uint32_t version,
    struct str wrapped, struct arena *a, struct str *out, struct fault *f)
{
	uint8_t key[KEY_BYTES];

	if (!unwrap(old, tenant, version, wrapped, key))
		return fail(f, E_BUG, NULL,
		    "Data key %u of tenant %llu does not open under the root it names.", version,
		    (unsigned long long)tenant);
	*out = wrap(fresh, tenant, version, key, a);
	sodium_memzero(key, sizeof(key));
	return OK;
}

enum err
keys_learn(struct keys *k, int64_t now, uint64_t tenant, uint32_t version, struct str wrapped,
    struct fault *f)
{
	uint8_t key[KEY_BYTES];
	const struct cached *known = cache_find(k, now, tenant, 0);

	if (!unwrap(k, tenant, version, wrapped, key))
		return fail(f, E_BUG, NULL,
		    "Data key %u of tenant %llu does not open under the root it names.", version,
		    (unsigned long long)tenant);
	(void)cache_put(k, now, tenant, version, known == NULL || known->version <= version, key);
	sodium_memzero(key, sizeof(key));
	return OK;
}

void
keys_forget(struct keys *k, uint64_t tenant)
{
	for (unsigned i = 0; i < KEYS_CACHED; i++)
		if (k->s->cache[i].tenant == tenant)
			sodium_memzero(&k->s->cache[i], sizeof(k->s->cache[i]));
}

/* version 0: the newest. What is older than KEYS_CACHE_S, or read in the future, does not count. */
static struct cached *
cache_find(struct keys *k, int64_t now, uint64_t tenant, uint32_t version)
{
	for (unsigned i = 0; i < KEYS_CACHED; i++) {
		struct cached *c = &k->s->cache[i];

		if (c->tenant != tenant || now < c->read_at || now - c->read_at >= KEYS_CACHE_S)
			continue;
		if (version == 0 ? c->newest : c->version == version)
			return c;
	}
	return NULL;
}

/* Takes the key's own slot, else a free one, else the one that was read first. */
static struct cached *
cache_put(struct keys *k, int64_t now, uint64_t tenant, uint32_t version, bool newest,
    const uint8_t key[KEY_BYTES])
{
	struct cached *slot = &k->s->cache[0];

	for (unsigned i = 0; i < KEYS_CACHED; i++) {
		struct cached *c = &k->s->cache[i];

		if (newest && c->tenant == tenant)
			c->newest = false;
		if (c->tenant == tenant && c->version == version)
			slot = c;
		else if ((slot->tenant != tenant || slot->version != version) &&
			 slot->tenant != 0 && (c->tenant == 0 || c->read_at < slot->read_at))
			slot = c;
	}
	slot->tenant = tenant;
	slot->version = version;
	slot->newest = newest;
	slot->read_at = now;
	memcpy(slot->key, key, KEY_BYTES);
	return slot;
}

static enum err
data_key(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, uint32_t version,
    struct arena *a, const struct cached **out, struct fault *f)
{
	struct cached *c = cache_find(k, now, tenant, version);
	struct key_row *row = NULL;
	uint8_t key[KEY_BYTES];
	enum err e = OK;

	if (c != NULL) {
		*out = c;
		return OK;
	}
	if (db != NULL)
		e = version == 0 ? sql_key_newest(db, tenant, a, &row)
				 : sql_key_of_version(db, tenant, version, a, &row);
	if (e != OK)
		return fail(f, e, NULL, "The data keys cannot be read.");
	if (row == NULL)
		return fail(f, E_NOT_FOUND, NULL, "Tenant %llu has no such data key.",
		    (unsigned long long)tenant);
	if (!unwrap(k, tenant, row->key_version, row->wrapped, key))
		return fail(f, E_BUG, NULL,
		    "Data key %u of tenant %llu does not open under the root it names.",
		    row->key_version, (unsigned long long)tenant);
	*out = cache_put(k, now, tenant, row->key_version, version == 0, key);
	sodium_memzero(key, sizeof(key));
	return OK;
}

/* ---- signed links ---- */

enum err
keys_link_write(struct keys *k, struct cdb *db, int64_t now, struct link *l, struct arena *a,
    struct str *out, struct fault *f)
{
	uint8_t payload[LINK_PAYLOAD_BYTES], mac[LINK_MAC_BYTES], key[KEY_BYTES];
	uint32_t version;
	struct str head;

	if (l->expires_at <= 0 || l->expires_at > UINT32_MAX)
		return fail(f, E_BUG, NULL, "A link cannot expire at that time.");
	TRY(purpose_key(k, db, now, KEY_LINK, l->tenant, 0, a, key, &version, f));
	randombytes_buf(l->nonce, sizeof(l->nonce));
	be_write(payload, l->tenant, 8);
	payload[8] = (uint8_t)l->purpose;
	be_write(payload + 9, l->object, 8);
	be_write(payload + 17, (uint64_t)l->expires_at, 4);
	memcpy(payload + 21, l->nonce, sizeof(l->nonce));
	head = str_printf(
	    a, "v1.%u.%.*s", version, STR_ARG(str_base64url(a, payload, sizeof(payload))));
	(void)crypto_auth(mac, (const uint8_t *)head.p, head.n, key);
	sodium_memzero(key, sizeof(key));
	*out = str_printf(a, "%.*s.%.*s", STR_ARG(head), STR_ARG(str_base64url(a, mac, sizeof(mac))));
	return OK;
}

/* One sentence for all reasons: an attacker learns nothing, an honest person is told what to do. */
static enum err
link_refused(struct fault *f)
{
	return fail(
	    f, E_INVALID, "link", "This link is no longer valid. Please ask for a new one.");
}

static bool
link_split(struct str text, uint32_t *version, struct str *head,
    uint8_t payload[LINK_PAYLOAD_BYTES], uint8_t mac[LINK_MAC_BYTES])
{
	struct str rest, number, body, tag;
	uint64_t v;
	size_t n;

	if (text.n > LINK_TEXT_MAX || !str_starts(text, STR("v1.")))
		return false;
	number = str_cut(str_sub(text, 3, text.n), '.', &rest);
	body = str_cut(rest, '.', &tag);
	if (tag.n == 0 || body.n == 0)
		return false;
	/* Only the canonical way of writing a number, so that a link has one text. */
	if (!str_u64(number, &v) || v == 0 || v > KEY_VERSION_MAX || number.p[0] < '1' ||
	    number.p[0] > '9')
		return false;
	if (!str_unbase64url(body, payload, LINK_PAYLOAD_BYTES, &n) || n != LINK_PAYLOAD_BYTES)
		return false;
	if (!str_unbase64url(tag, mac, LINK_MAC_BYTES, &n) || n != LINK_MAC_BYTES)
		return false;
	*version = (uint32_t)v;
	*head = str_sub(text, 0, text.n - tag.n - 1);
	return true;
}

enum err
keys_link_read(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, enum link_purpose p,
    struct str text, struct arena *a, struct link *out, struct fault *f)
{
	uint8_t payload[LINK_PAYLOAD_BYTES], mac[LINK_MAC_BYTES], key[KEY_BYTES];
	uint32_t version;
	struct fault inner = {OK};
	struct str head;
	enum err e;
	int good;

	if (!link_split(text, &version, &head, payload, mac))
		return link_refused(f);
	e = purpose_key(k, db, now, KEY_LINK, tenant, version, a, key, &version, &inner);
	if (e == E_NOT_FOUND)
		return link_refused(f);
	if (e != OK)
		return fail(f, e, NULL, "The data keys cannot be read.");
	good = crypto_auth_verify(mac, (const uint8_t *)head.p, head.n, key);
	sodium_memzero(key, sizeof(key));
	if (good != 0 || be_read(payload, 8) != tenant || payload[8] != (uint8_t)p ||
	    (int64_t)be_read(payload + 17, 4) <= now)
		return link_refused(f);
	*out = (struct link){.tenant = tenant, .purpose = p, .object = be_read(payload + 9, 8),
	    .expires_at = (int64_t)be_read(payload + 17, 4)};
	memcpy(out->nonce, payload + 21, sizeof(out->nonce));
	return OK;
}

/* ---- signatures ---- */

_Static_assert(crypto_sign_SEEDBYTES == KEY_BYTES && crypto_sign_PUBLICKEYBYTES == PROOF_PUBLIC_BYTES &&
    crypto_sign_BYTES == PROOF_SIGNATURE_BYTES && crypto_generichash_BYTES_MAX == PROOF_HASH_BYTES, "Ed25519, BLAKE2b");

enum err
keys_signer(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, struct arena *a,
    uint8_t public_key[PROOF_PUBLIC_BYTES], struct fault *f)
{
	uint8_t seed[KEY_BYTES], secret[crypto_sign_SECRETKEYBYTES];
	uint32_t version;

	TRY(purpose_key(k, db, now, KEY_SIGN, tenant, 0, a, seed, &version, f));
	(void)crypto_sign_seed_keypair(public_key, secret, seed);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
	return OK;
}

enum err
keys_sign(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, const uint8_t public_key[PROOF_PUBLIC_BYTES],
    struct str text, struct arena *a, uint8_t signature[PROOF_SIGNATURE_BYTES], struct fault *f)
{
	uint8_t seed[KEY_BYTES], secret[crypto_sign_SECRETKEYBYTES], mine[PROOF_PUBLIC_BYTES];
	uint32_t version;
	bool same;

	TRY(purpose_key(k, db, now, KEY_SIGN, tenant, 0, a, seed, &version, f));
	(void)crypto_sign_seed_keypair(mine, secret, seed);
	same = memcmp(mine, public_key, sizeof(mine)) == 0;
	if (same)
		(void)crypto_sign_detached(signature, NULL, (const uint8_t *)text.p, text.n, secret);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
	return same ? OK : fail(f, E_RETRY, NULL, "The house is busy. Please try again.");
}

bool
keys_house(const struct keys *k, unsigned n, uint8_t public_key[PROOF_PUBLIC_BYTES])
{
	uint8_t seed[KEY_BYTES], secret[crypto_sign_SECRETKEYBYTES];

	if (n >= k->roots)
		return false;
	root_key(&k->s->root[n], ROOT_SIGN, seed);
	(void)crypto_sign_seed_keypair(public_key, secret, seed);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
	return true;
}

void
keys_house_sign(const struct keys *k, struct str text, uint8_t signature[PROOF_SIGNATURE_BYTES])
{
	uint8_t seed[KEY_BYTES], secret[crypto_sign_SECRETKEYBYTES], public_key[PROOF_PUBLIC_BYTES];

	root_key(&k->s->root[0], ROOT_SIGN, seed);
	(void)crypto_sign_seed_keypair(public_key, secret, seed);
	(void)crypto_sign_detached(signature, NULL, (const uint8_t *)text.p, text.n, secret);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
}

bool
signature_valid(const uint8_t public_key[PROOF_PUBLIC_BYTES], struct str text,
    const uint8_t signature[PROOF_SIGNATURE_BYTES])
{
	return crypto_sign_verify_detached(signature, (const uint8_t *)text.p, text.n, public_key) == 0;
}

/* ---- small things ---- */

static void
be_write(uint8_t *out, uint64_t v, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		out[i] = (uint8_t)(v >> (8 * (bytes - 1 - i)));
}

static uint64_t
be_read(const uint8_t *in, unsigned bytes)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < bytes; i++)
		v = v << 8 | in[i];
	return v;
}

void
random_bytes(void *out, size_t n)
{
	randombytes_buf(out, n);
}

uint32_t
random_u32(void)
{
	return randombytes_random();
}

void
hash32(const void *p, size_t n, uint8_t out[HASH_BYTES])
{
	(void)crypto_generichash(out, HASH_BYTES, p, n, NULL, 0);
}

void
hash64(const void *p, size_t n, uint8_t out[PROOF_HASH_BYTES])
{
	(void)crypto_generichash(out, PROOF_HASH_BYTES, p, n, NULL, 0);
}
