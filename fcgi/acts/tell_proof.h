/*
 * fcgi/acts/tell_proof.h -- documents that anybody can check (domain/base/proof.h): visit records,
 * bills
 */
#ifndef FCGI_ACTS_TELL_PROOF_H
#define FCGI_ACTS_TELL_PROOF_H

#include "domain/base/proof.h"
#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/* The key that signs now. The document's bytes name its kid, and the hash of the one before it. */
struct signer {
	uint8_t public_key[PROOF_PUBLIC_BYTES];
	char kid[PROOF_KID_LETTERS + 1];
};
struct signature {
	uint8_t hash[PROOF_HASH_BYTES]; /* of the bytes: what the company's next document calls "previous" */
	uint8_t signature[PROOF_SIGNATURE_BYTES];
};
/*
 * tell_signer, tell_sign -- first the key, so that the bytes can name it; then the signature under the bytes
 *
 * Hold the guard of the chain (a counter's row) before, in the same transaction. Errors  E_RETRY a new key meanwhile
 */
must_use enum err tell_signer(struct work *w, struct signer *out);
must_use enum err tell_sign(struct work *w, const struct signer *s, enum proof_kind kind, struct str bytes,
    struct signature *out);
/* What the company wishes (settings). */
struct proof_policy {
	bool reports; /* customers are sent their reports */
	bool place;   /* where the phone was on arrival goes into the record */
	struct maybe_bool pin; /* phones ask for a PIN before they show codes; absent: they do */
	uint32_t version;
};
extern const struct shape proof_policy_shape;
must_use enum err tell_proof_policy(struct work *w, struct proof_policy *out);

/* tell_record -- a stop that is over, or was, said something new: a job seals its record and writes the briefs of the days behind it */
struct record_order {
	uint64_t visit_id;
};
extern const struct shape record_order_shape;
must_use enum err tell_record(struct work *w, uint64_t visit_id);

/* tell_proof -- a stored document with its kid and signature, as the text that somebody carries away */
must_use enum err tell_proof(struct work *w, enum proof_kind kind, struct str bytes, struct str kid, struct str signature,
    struct str *text);
/* tell_proof_keys -- the company's public keys, newest first */
must_use enum err tell_proof_keys(struct work *w, struct proof_key **keys, size_t *n);

#endif
