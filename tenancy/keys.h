/*
 * tenancy/keys.h -- one root key, per-tenant data keys wrapped by it, and what they are for.
 *
 *   K0 root (file)
 *    |- KEK(tenant)  wraps DEK[tenant][version], random, stored in control.tenant_key
 *    |      DEK -> purposes: fields gate payroll provider photo index link
 *    |- KEK auth     seals password hashes and TOTP secrets (poold auth only)
 *    `- DB passwords derived by account name, never stored
 *
 * A sealed value: 0x01 | alg | key version (2) | nonce (24) | ciphertext | tag (16); associated data
 * "tenant|table|column|row": it opens nowhere else. Deleting a tenant's wrapped keys shreds its secrets.
 */
#ifndef TENANCY_KEYS_H
#define TENANCY_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "sql/db.h"
#include "tenancy/config.h"

#define SEAL_OVERHEAD 44
#define HASH_BYTES 32

enum key_purpose {
	KEY_FIELDS = 1,
	KEY_GATE,
	KEY_PAYROLL,
	KEY_PROVIDER,
	KEY_PHOTO,
	KEY_INDEX, /* blind index */
	KEY_LINK,  /* signed links */
	KEY_AUTH   /* under the root's auth key, not the DEK: password hashes, TOTP secrets */
};

/* Where a sealed value lives; all four are bound into it. */
struct place {
	uint64_t tenant;
	const char *table, *column;
	uint64_t row;
};

struct keys;
must_use enum err keys_open(const struct config *c, struct arena *proc, struct keys **out,
    struct fault *f);

/* keys_db_password -- 32 hex letters and a NUL for a database account; the same for the same name */
#define DB_PASSWORD_LETTERS 32
void keys_db_password(const struct keys *k, const char *account, char out[DB_PASSWORD_LETTERS + 1]);

/* keys_make -- a first data key for a tenant, wrapped; the caller stores it (control.tenant_key) */
must_use enum err keys_make(struct keys *k, uint64_t tenant, uint32_t version, struct arena *a,
    struct str *wrapped, struct fault *f);

/*
 * keys_seal, keys_unseal -- in the tenant's newest key; by the version in the value
 *
 * db      the control schema, read only on a cache miss (<= 64 keys, 60 s)
 * Errors  E_NOT_FOUND no key (shredded); E_BUG the value does not open here
 */
must_use enum err keys_seal(struct keys *k, struct cdb *db, int64_t now, enum key_purpose p,
    struct place at, struct str plain, struct arena *a, struct str *sealed, struct fault *f);
must_use enum err keys_unseal(struct keys *k, struct cdb *db, int64_t now, enum key_purpose p,
    struct place at, struct str sealed, struct arena *a, struct str *plain, struct fault *f);

/* keys_version -- the key version a sealed value names; 0 if it is not one */
uint32_t keys_version(struct str sealed);

/* keys_index -- keyed 128-bit hash for looking up an encrypted value; 16 bytes */
must_use enum err keys_index(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant,
    const char *column, struct str value, struct arena *a, struct str *out, struct fault *f);

/* Signed links (reliability.md 4.5): v1.<kid>.<payload>.<mac>. The nonce's hash makes them single-use. */
enum link_purpose {
	LINK_CONFIRM_EMAIL = 1,
	LINK_INVITE,
	LINK_RESET,
	LINK_TICKET, /* sign-up's way into the new company, 15 min */
	LINK_PORTAL, /* customer's sign-in, 15 min */
	LINK_PURPOSES
};

struct link {
	uint64_t tenant;
	enum link_purpose purpose;
	uint64_t object;
	int64_t expires_at;
	uint8_t nonce[12];
};

must_use enum err keys_link_write(struct keys *k, struct cdb *db, int64_t now, const struct link *l,
    struct arena *a, struct str *out, struct fault *f);
/* Errors  E_INVALID "link": not ours, altered, of another purpose or tenant, or expired */
must_use enum err keys_link_read(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant,
    enum link_purpose p, struct str text, struct arena *a, struct link *out, struct fault *f);

/* Rotation: a new data-key version, and a new root over all wrapped keys. Both resume after a kill. */
must_use enum err keys_rewrap(struct keys *old, struct keys *fresh, uint64_t tenant, uint32_t version,
    struct str wrapped, struct arena *a, struct str *out, struct fault *f);

void random_bytes(void *out, size_t n);
uint32_t random_u32(void);
void hash32(const void *p, size_t n, uint8_t out[HASH_BYTES]); /* BLAKE2b-256 */

#endif
