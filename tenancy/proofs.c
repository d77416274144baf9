/*
 * tenancy/proofs.c -- two signatures: the house's under the key, the key's under the document.
 */
#include "tenancy/proofs.h"

#include <string.h>

void
proof_kid(const uint8_t public_key[PROOF_PUBLIC_BYTES], char out[PROOF_KID_LETTERS + 1])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t hash[HASH_BYTES];

	hash32(public_key, PROOF_PUBLIC_BYTES, hash);
	for (size_t i = 0; i < PROOF_KID_LETTERS; i++)
		out[i] = digits[i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15];
	out[PROOF_KID_LETTERS] = '\0';
}

void
proof_certify(const struct keys *k, struct proof_file *p, struct arena *a)
{
	(void)keys_house(k, 0, p->house);
	keys_house_sign(k, proof_certified(&p->key, a), p->certificate);
}

enum err
proof_verify(const struct proof_file *p, const uint8_t house[PROOF_PUBLIC_BYTES], struct arena *a, struct fault *f)
{
	uint8_t hash[PROOF_HASH_BYTES];
	char kid[PROOF_KID_LETTERS + 1];

	if (memcmp(p->house, house, sizeof(p->house)) != 0)
		return fail(f, E_INVALID, "house", "Another house than this one vouches for this document.");
	proof_kid(p->key.public_key, kid);
	if (!str_eq(p->key.kid, str_of(kid)))
		return fail(f, E_INVALID, "kid", "This document names another key than the one it comes with.");
	if (!signature_valid(house, proof_certified(&p->key, a), p->certificate))
		return fail(f, E_INVALID, "certificate", "The key of this document is not one that the house vouches for.");
	hash64(p->body.p, p->body.n, hash);
	if (!signature_valid(p->key.public_key, proof_signed(p->kind, hash, a), p->signature))
		return fail(f, E_INVALID, "signature", "This document was changed after it was sealed.");
	return OK;
}

enum err
proof_verify_here(const struct proof_file *p, const struct keys *k, struct arena *a, struct fault *f)
{
	uint8_t house[PROOF_PUBLIC_BYTES];
	unsigned n = 0;

	while (n + 1 < KEYS_ROOTS && keys_house(k, n, house) && memcmp(house, p->house, sizeof(house)) != 0)
		n++;
	if (!keys_house(k, n, house))
		(void)keys_house(k, 0, house);
	return proof_verify(p, house, a, f);
}
