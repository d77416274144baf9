/*
 * domain/base/proof.h -- a document that anybody can check without us: its bytes, who signed them, who vouches.
 *
 *	house key (Ed25519)  certifies  company key (Ed25519)  signs  BLAKE2b-512 of the document's canonical bytes
 *
 * What is signed:    "pool/visit/v1\0" ("pool/document/v1\0": bills; "pool/day/v1\0": tenancy/dayseal.h)  ||  64 bytes of hash
 * What is certified: "pool/key/v1\0"  ||  canonical {"company","from","kid","public","until"}
 *
 * A document names in its outermost object "kid" and "issued_at" (UTC seconds, within the key's time), and
 * "previous", the hash of the company's one before it. A proof travels as a text of lines in this order, exactly:
 *
 *	pool-proof-v1
 *	kind: visit
 *	company: desertblue
 *	kid: 16 hex letters, the first 8 bytes of BLAKE2b-256 of the public key
 *	public: 64 hex        from: seconds        until: seconds, 0 while it is in use
 *	house: 64 hex         certificate: 128 hex signature: 128 hex
 *	(an empty line, then the document's bytes to the end)
 *
 * Signing and checking signatures is tenancy/keys' and tenancy/proofs'; here is only what the bytes are.
 */
#ifndef DOMAIN_BASE_PROOF_H
#define DOMAIN_BASE_PROOF_H

#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/str.h"

#define PROOF_HASH_BYTES      64 /* BLAKE2b-512 */
#define PROOF_PUBLIC_BYTES    32 /* Ed25519 */
#define PROOF_SIGNATURE_BYTES 64
#define PROOF_KID_LETTERS     16
#define PROOF_BODY_MAX        (512 * 1024)
#define PROOF_TEXT_MAX        (PROOF_BODY_MAX + 2048)
#define PROOF_COMPANY_MAX     63

enum proof_kind { PROOF_VISIT = 1, PROOF_BILL, PROOF_DAY, PROOF_KINDS };
extern const char *const proof_kind_names[];

/* A company's public key, as a house vouches for it. */
struct proof_key {
	struct str company; /* the slug */
	struct str kid;
	uint8_t public_key[PROOF_PUBLIC_BYTES];
	int64_t from, until; /* until 0: still in use */
};

struct proof_file {
	enum proof_kind kind;
	struct proof_key key;
	uint8_t house[PROOF_PUBLIC_BYTES], certificate[PROOF_SIGNATURE_BYTES];
	uint8_t signature[PROOF_SIGNATURE_BYTES];
	struct str body;
};

/* proof_signed, proof_certified -- the bytes under the two signatures */
struct str proof_signed(enum proof_kind kind, const uint8_t hash[PROOF_HASH_BYTES], struct arena *a);
struct str proof_certified(const struct proof_key *k, struct arena *a);

/* proof_write -- as a text to carry away */
struct str proof_write(const struct proof_file *p, struct arena *a);

/*
 * proof_read -- the way back; p borrows from text. What is not written exactly as proof_write does is refused.
 *
 * Errors  E_INVALID "proof" it is none; E_INVALID "kid" "issued_at": the document names another key, or a time in
 *         which the key was not in use
 */
must_use enum err proof_read(struct str text, struct proof_file *p, struct fault *f);

#endif
