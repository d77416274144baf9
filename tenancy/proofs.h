/*
 * tenancy/proofs.h -- is a sealed document whole, and do we vouch for the key that signed it?
 */
#ifndef TENANCY_PROOFS_H
#define TENANCY_PROOFS_H

#include "domain/base/proof.h"
#include "tenancy/keys.h"

/* proof_kid -- the name of a public key, NUL-terminated */
void proof_kid(const uint8_t public_key[PROOF_PUBLIC_BYTES], char out[PROOF_KID_LETTERS + 1]);

/* proof_certify -- p->house, p->certificate: this house vouches for p->key */
void proof_certify(const struct keys *k, struct proof_file *p, struct arena *a);

/*
 * proof_verify -- a proof that was read (proof_read), against one house's key
 *
 * Errors  E_INVALID "house" another house vouches for it; "kid" "certificate" the key is not what it says;
 *         "signature" the document or its signature was changed
 */
must_use enum err proof_verify(const struct proof_file *p, const uint8_t house[PROOF_PUBLIC_BYTES], struct arena *a,
    struct fault *f);
/* proof_verify_here -- against any key of this house's roots */
must_use enum err proof_verify_here(const struct proof_file *p, const struct keys *k, struct arena *a, struct fault *f);

#endif
