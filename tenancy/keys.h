/*
 * tenancy/keys.h -- one root key, per-tenant data keys wrapped by it, and what they are for.
 *
 *   K0 root (file)
 *    |- KEK(tenant)  wraps DEK[tenant][version], random, stored in control.tenant_key
 *    |      DEK -> purposes: fields gate payroll provider photo index link phone; seed of the company's signing key
 *    |- KEK auth     seals password hashes and TOTP secrets (poold auth only)
 *    |- DB passwords derived by account name, never stored
 *    `- seed of the house's signing key: vouches for the companies' public keys
 *
 * A sealed value: 0x01 | alg | key version (2) | nonce (24) | ciphertext | tag (16); associated data
 * "tenant|table|column|row": it opens nowhere else. Deleting a tenant's wrapped keys shreds its secrets.
 */
#ifndef TENANCY_KEYS_H
#define TENANCY_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/proof.h"
#include "domain/base/str.h"
#include "sql/db.h"
#include "tenancy/config.h"
#include "tenancy/crypto.h"

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
	KEY_AUTH, /* under the root's auth key, not the DEK: password hashes, TOTP secrets */
	KEY_SIGN, /* seed of the Ed25519 key that signs visit records and bills */
	KEY_PHONE, /* day keys of phones: what codes lie under there */
	KEY_PURPOSES
};

/* Where a sealed value lives; all four are bound into it. */
struct place {
	uint64_t tenant;
	const char *table, *column;
	uint64_t row;
};

/* The cache of data keys: so many, so long. A shredded key is dead everywhere after KEYS_CACHE_S. */
#define KEYS_CACHED 64
#define KEYS_CACHE_S 60
#define KEYS_ROOTS 4 /* lines of a root key file: the one in use and those being left behind */
#define KEY_VERSION_MAX 65535

struct keys;

/*
 * keys_open -- read the root key file: one line of 64 hex digits (that is version 1), or lines
 * `<version> <64 hex digits>` while a root is being replaced; the highest version wraps and seals,
 * the others only open.
 *
 * proc    in   the struct lives there; the secrets lie in guarded pages outside and are wiped with it
 * Errors  E_INVALID "master_key_file": absent, readable by others than its owner, or not such lines
 */
must_use enum err keys_open(const struct config *c, struct arena *proc, struct keys **out,
    struct fault *f);

/* keys_db_password -- 32 hex letters and a NUL for a database account; the same for the same name */
#define DB_PASSWORD_LETTERS 32
void keys_db_password(const struct keys *k, const char *account, char out[DB_PASSWORD_LETTERS + 1]);
/* keys_db_password_before -- the same under the n-th older root, 1..; false if there is none so old */
bool keys_db_password_before(const struct keys *k, unsigned n, const char *account,
    char out[DB_PASSWORD_LETTERS + 1]);

/* keys_tally -- 16 bytes to count by instead of an address or an account: keyed, so that a stolen table of
 * counts names nobody; changes with the root, which only forgets what was counted */
#define TALLY_BYTES 16
void keys_tally(const struct keys *k, const char *what, struct str value, uint8_t out[TALLY_BYTES]);

/*
 * keys_push -- the pair that signs pushes (VAPID): the same for the same root, so it is stored nowhere
 *
 * A phone's subscription is tied to the public half; after a new root each phone makes a new one when it is opened.
 */
void keys_push(const struct keys *k, struct p256 *out);

/* keys_root_version -- the root that wraps now: control.tenant_key.root_version of what is made now */
uint32_t keys_root_version(const struct keys *k);

/* keys_make -- a first data key for a tenant, wrapped; the caller stores it (control.tenant_key) */
must_use enum err keys_make(struct keys *k, uint64_t tenant, uint32_t version, struct arena *a,
    struct str *wrapped, struct fault *f);

/*
 * keys_learn -- put a wrapped key into the cache, as the tenant's newest if no newer one is there.
 *
 * Only for a key whose row is committed: what is sealed with an unstored key is lost.
 * Errors  E_BUG it does not open as this tenant's key of this version
 */
must_use enum err keys_learn(struct keys *k, int64_t now, uint64_t tenant, uint32_t version,
    struct str wrapped, struct fault *f);
void keys_forget(struct keys *k, uint64_t tenant); /* shredded, or a new version was made here */

/*
 * keys_seal, keys_unseal -- in the tenant's newest key; by the version in the value
 *
 * db      the control schema, read only on a cache miss; NULL: the cache alone. KEY_AUTH needs none
 * plain   borrowed; row = 0 is a value that belongs to the whole table
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

/*
 * keys_phone -- the key under which one phone keeps the codes of one day: the same each time it is asked for that day
 *
 * *version  out  of the data key that it follows from
 */
#define PHONE_KEY_BYTES 32
must_use enum err keys_phone(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, uint64_t device, struct day day,
    struct arena *a, uint8_t out[PHONE_KEY_BYTES], uint32_t *version, struct fault *f);

/* Signed links: the object's id is a name, the nonce and the mac are the secret; the nonce's hash in a
 * row of `token` makes a link single-use. */
enum link_purpose {
	LINK_CONFIRM_EMAIL = 1,
	LINK_INVITE,
	LINK_RESET,
	LINK_TICKET, /* sign-up's way into the new company, 15 min */
	LINK_PORTAL, /* customer's sign-in, 15 min */
	LINK_REPORT, /* one visit's report, to look at as often as one likes, 28 days */
	LINK_PAPER,  /* what was signed of one bill, as long as somebody keeps the paper */
	LINK_QUOTE,  /* one offer, to look at and to answer while it holds */
	LINK_FORM,    /* when a page with a form was given out: its object is that second */
	LINK_HOLD,    /* a time that is kept for ten minutes, by whoever has the page open */
	LINK_BOOKING, /* change or cancel what was booked, until it is over */
	LINK_PAY,    /* one bill: its sum, and paying it; a week */
	LINK_CODE,   /* six digits into the portal: a row alone, no link */
	LINK_SUPPORT, /* the platform's way into a company that lets it look, a minute */
	LINK_NEWS,   /* ends news to one person of a customer, as often as it is clicked */
	LINK_DUE,    /* work that is due again at one place: its times, and booking one */
	LINK_MEDIA,   /* a picture of a text, for the provider that carries it, a day */
	LINK_PURPOSES
};

/*
 * v1.<key version>.<b64url(tenant 8 | purpose 1 | object 8 | expiry 4 | nonce 12)>.<b64url(mac 32)>
 * All numbers big-endian; mac = HMAC-SHA-512-256 of everything before the last dot, under KEY_LINK.
 */
#define LINK_NONCE_BYTES 12
#define LINK_PAYLOAD_BYTES 33
#define LINK_MAC_BYTES 32

struct link {
	uint64_t tenant;
	enum link_purpose purpose;
	uint64_t object;
	int64_t expires_at;
	uint8_t nonce[LINK_NONCE_BYTES];
};

/* keys_link_write -- l->nonce is drawn here and written back: its hash is what a token row keeps */
must_use enum err keys_link_write(struct keys *k, struct cdb *db, int64_t now, struct link *l,
    struct arena *a, struct str *out, struct fault *f);
/* Errors  E_INVALID "link": not ours, altered, of another purpose or tenant, or expired */
must_use enum err keys_link_read(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant,
    enum link_purpose p, struct str text, struct arena *a, struct link *out, struct fault *f);

/*
 * Rotation; each step is one row, so that it resumes after a kill by looking at what is still behind.
 *
 *   data key   keys_make of version n + 1, row inserted; every process writes with it after at most
 *              KEYS_CACHE_S; then each value with keys_version < n + 1 is opened and sealed again; when
 *              none is left the old row may go.
 *   root       a line with the next version in the key file, processes replaced; each tenant_key row
 *              with root_version < keys_root_version goes through keys_rewrap (old = fresh = k will do);
 *              values of KEY_AUTH are sealed again at the next sign-in, or by keys_behind; database
 *              accounts get the new keys_db_password (workers try keys_db_password_before meanwhile).
 */
/* keys_behind -- is this sealed value older than what keys_seal writes now? newest: of the tenant */
bool keys_behind(const struct keys *k, enum key_purpose p, uint32_t newest, struct str sealed);
/* keys_rewrap -- opens by whichever root of `old` wraps it, wraps by the newest of `fresh` */
must_use enum err keys_rewrap(struct keys *old, struct keys *fresh, uint64_t tenant, uint32_t version,
    struct str wrapped, struct arena *a, struct str *out, struct fault *f);

/*
 * Signatures (domain/base/proof.h). A company signs with a key derived from its newest data key: each new data key is
 * a new signing key, and older public keys stay good for what they signed. The house's key follows from the root.
 */
/* keys_signer -- the public key that would sign now. Errors as keys_seal */
must_use enum err keys_signer(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant, struct arena *a,
    uint8_t public_key[PROOF_PUBLIC_BYTES], struct fault *f);
/* keys_sign -- Errors  as keys_seal; E_RETRY the key that signs is another one meanwhile */
must_use enum err keys_sign(struct keys *k, struct cdb *db, int64_t now, uint64_t tenant,
    const uint8_t public_key[PROOF_PUBLIC_BYTES], struct str text, struct arena *a,
    uint8_t signature[PROOF_SIGNATURE_BYTES], struct fault *f);
/* keys_house -- the house's public key of the n-th newest root, 0..; false if there is none so old */
bool keys_house(const struct keys *k, unsigned n, uint8_t public_key[PROOF_PUBLIC_BYTES]);
void keys_house_sign(const struct keys *k, struct str text, uint8_t signature[PROOF_SIGNATURE_BYTES]); /* by root 0 */
bool signature_valid(const uint8_t public_key[PROOF_PUBLIC_BYTES], struct str text,
    const uint8_t signature[PROOF_SIGNATURE_BYTES]);

void random_bytes(void *out, size_t n);
uint32_t random_u32(void);
void hash32(const void *p, size_t n, uint8_t out[HASH_BYTES]); /* BLAKE2b-256 */
void hash64(const void *p, size_t n, uint8_t out[PROOF_HASH_BYTES]); /* BLAKE2b-512 */

#endif
