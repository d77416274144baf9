/*
 * tenancy/credential.h -- passwords (Argon2id, 64 MiB, t=3, p=1), tokens, second factors.
 *
 * password_* is called in `poold auth` alone (a law). Tokens are 32 random bytes; only their
 * BLAKE2b-256 is stored.
 */
#ifndef TENANCY_CREDENTIAL_H
#define TENANCY_CREDENTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/keys.h"

#define PASSWORD_MAX 128       /* bytes */
#define PASSWORD_MIN_ALONE 15  /* NIST 800-63B-4: the only factor */
#define PASSWORD_MIN_SECOND 8  /* with a second factor */

/* Ceilings of a list of common passwords; longer lines are skipped. */
#define PASSWORD_LIST_LINES 200000
#define PASSWORD_LINE_MAX 128

struct password_list; /* common passwords, sorted hashes; loaded once */
/*
 * password_list_load -- path empty: only the built-in few. 8 bytes of memory a word.
 *
 * Errors  E_INVALID "password_list": cannot be read, or more than PASSWORD_LIST_LINES
 */
must_use enum err password_list_load(const char *path, struct arena *proc, struct password_list **out,
    struct fault *f);

/* house_passwords -- the list of this process, loaded at the first call */
struct house;
must_use enum err house_passwords(struct house *h, const struct password_list **out, struct fault *f);

/*
 * password_check -- the rule of NIST 800-63B-4: length, and not one that is guessed first; nothing else
 *
 * l              in  NULL = only the built-in few
 * second_factor  in  this person must show a code as well: then 8 letters are enough, else 15
 * Errors  E_INVALID "password": too short, too long, not UTF-8, common (also a common word with only
 *         digits and signs around it, one letter repeated, a run like 12345678), or the e-mail's or the
 *         company's name
 */
must_use enum err password_check(const struct password_list *l, struct str password, bool second_factor,
    struct str email, struct str company, struct fault *f);

/* password_hash -- the Argon2id string (to be sealed with KEY_AUTH); 70 ms, 64 MiB */
must_use enum err password_hash(struct str password, struct arena *a, struct str *out, struct fault *f);

/* password_verify -- equal work whether `hash` is empty (unknown account) or not */
must_use enum err password_verify(struct str password, struct str hash, bool *right, struct fault *f);

/* password_stale -- was it made with other parameters than today's? Then hash it again at sign-in. */
bool password_stale(struct str hash);

struct token {
	char text[44];            /* base64url of 32 bytes, 43 letters and a NUL */
	uint8_t hash[HASH_BYTES]; /* what is stored */
};
void token_make(struct token *t);
bool token_hash(struct str text, uint8_t hash[HASH_BYTES]); /* false if it is not 43 base64url letters */
bool same_bytes(const void *a, const void *b, size_t n);    /* constant time */

/* TOTP (RFC 6238, SHA-1, 6 digits, 30 s). secret: 20 bytes. */
#define TOTP_SECRET_BYTES 20
void totp_secret_make(uint8_t out[TOTP_SECRET_BYTES]);
/* totp_verify -- window of one step either way; step_after = last accepted step (replay is refused) */
bool totp_verify(const uint8_t secret[TOTP_SECRET_BYTES], struct str code, int64_t now,
    int64_t step_after, int64_t *step);
uint32_t totp_code(const uint8_t secret[TOTP_SECRET_BYTES], int64_t step);
/* otpauth://totp/<issuer>:<account>?secret=...&issuer=... */
struct str totp_uri(struct arena *a, struct str issuer, struct str account,
    const uint8_t secret[TOTP_SECRET_BYTES]);

/*
 * Recovery codes: 10 of 80 random bits, "xxxx-xxxx-xxxx-xxxx" of id.h's letters; random enough for a
 * fast hash. Typed ones may lack dashes, have spaces and capitals, and o, i, l for 0, 1, 1.
 */
#define RECOVERY_CODES 10
void recovery_make(struct token *out); /* text: 19 letters */
bool recovery_hash(struct str typed, uint8_t hash[HASH_BYTES]);

#endif
