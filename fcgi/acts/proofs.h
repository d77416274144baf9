#include "tenancy/work.h"
/*
 * fcgi/acts/proofs.h -- what anybody may ask about a sealed document: is it whole, and which keys are the company's.
 */
#ifndef FCGI_ACTS_PROOFS_H
#define FCGI_ACTS_PROOFS_H


#define PROOF_CHECK_MAX 200000 /* characters */
#define PROOF_KEYS_MAX  200

/* Only what the document itself says; of a false one nothing but why. */
struct proof_verdict {
	bool valid;
	struct str why; /* a sentence, "" if it is valid */
	struct maybe_str kind, company, kid, body;
	struct maybe_i64 issued_at;
};

struct proof_key_line {
	struct str kid, public_key, certificate; /* hex */
	int64_t from;
	struct maybe_i64 until;
};
struct proof_keys {
	struct str company;
	struct str house; /* hex: the key that certifies */
	/* The last night that was sealed (tenancy/dayseal.h): who keeps this knows later whether the past was changed. */
	struct maybe_i64 sealed_nights, sealed_at;
	struct maybe_str sealed_hash; /* hex: of its bytes, which name the one before */
	struct proof_key_line *keys;
	size_t keys_n;
};

/* act_proof_check -- never fails because of what the text is */
must_use enum err act_proof_check(struct work *w, struct str text, struct proof_verdict *out);
must_use enum err act_proof_keys(struct work *w, struct proof_keys *out);

#endif
