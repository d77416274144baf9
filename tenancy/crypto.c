/*
 * tenancy/crypto.c -- OpenSSL behind our own names.
 */
#include "tenancy/crypto.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

enum err
crypto_hmac_sha1(const void *key, size_t key_n, const void *text, size_t text_n,
    uint8_t out[SHA1_BYTES])
{
	unsigned n = SHA1_BYTES;

	if (key_n > INT_MAX || HMAC(EVP_sha1(), key, (int)key_n, text, text_n, out, &n) == NULL ||
	    n != SHA1_BYTES)
		return E_AWAY;
	return OK;
}
