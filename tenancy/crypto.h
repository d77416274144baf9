/*
 * tenancy/crypto.h -- what libsodium lacks, by OpenSSL: the one door to <openssl/...>.
 *
 * HMAC-SHA-1, which time-based codes (RFC 6238) and Twilio's signature are made of; P-256, HKDF and AES-128-GCM,
 * which web push is made of (fcgi/remote/push). Later, when the feature that needs it comes: RS256 (single sign-on).
 */
#ifndef TENANCY_CRYPTO_H
#define TENANCY_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/err.h"

#define SHA1_BYTES 20
#define SHA256_BYTES 32

/* crypto_hmac_sha1 -- RFC 2104 with SHA-1; key and text borrowed. Errors  E_AWAY out of memory */
must_use enum err crypto_hmac_sha1(const void *key, size_t key_n, const void *text, size_t text_n,
    uint8_t out[SHA1_BYTES]);

/* A text in pieces, so that nobody copies a body only to put a word before it. */
struct crypto_piece {
	const void *p;
	size_t n;
};

/* crypto_hmac_sha256 -- RFC 2104 with SHA-256 over all pieces. Errors  E_AWAY out of memory */
must_use enum err crypto_hmac_sha256(const void *key, size_t key_n, const struct crypto_piece *text, size_t pieces,
    uint8_t out[SHA256_BYTES]);

/* crypto_same -- equal, in a time that does not tell where they differ */
bool crypto_same(const void *a, const void *b, size_t n);

/*
 * crypto_certificate_until -- when the first certificate of a PEM file ends, seconds UTC
 *
 * Errors  E_AWAY the file cannot be read; E_INVALID it holds no certificate
 */
must_use enum err crypto_certificate_until(const char *path, int64_t *until);

/* A key pair on P-256. q is the uncompressed point: 4, x, y. */
#define P256_SCALAR 32
#define P256_POINT 65
#define P256_SIGNATURE 64
struct p256 {
	uint8_t d[P256_SCALAR];
	uint8_t q[P256_POINT];
};

/* crypto_p256 -- the pair of a secret number. Errors  E_INVALID it is 0 or not below the order of the curve */
must_use enum err crypto_p256(const uint8_t d[P256_SCALAR], struct p256 *out);

/* crypto_p256_shared -- ECDH: the x of d times their point. Errors  E_INVALID it is no point of the curve */
must_use enum err crypto_p256_shared(const struct p256 *k, const uint8_t theirs[P256_POINT],
    uint8_t out[P256_SCALAR]);

/* crypto_es256 -- ECDSA over SHA-256 of the text, as JWT writes it: r, s, 32 bytes each (RFC 7518, 3.4) */
must_use enum err crypto_es256(const struct p256 *k, const void *text, size_t n, uint8_t out[P256_SIGNATURE]);

/* crypto_hkdf -- RFC 5869 with SHA-256, extract and expand; n at most 8160 */
must_use enum err crypto_hkdf(const void *salt, size_t salt_n, const void *ikm, size_t ikm_n, const void *info,
    size_t info_n, uint8_t *out, size_t n);

/* crypto_aes128gcm -- out holds n + AES_TAG bytes: the sealed text, then its tag */
#define AES_TAG 16
must_use enum err crypto_aes128gcm(const uint8_t key[16], const uint8_t nonce[12], const void *plain, size_t n,
    uint8_t *out);

/* crypto_sha256 -- Errors  E_AWAY out of memory */
must_use enum err crypto_sha256(const void *text, size_t n, uint8_t out[SHA256_BYTES]);

/*
 * RSA with 2048 bits, which signs mails (RFC 8301, 3.2: what every reader checks).
 *
 * crypto_rsa_make -- a fresh pair: its secret half as DER, its public one as X.509 writes it. Errors  E_AWAY
 * crypto_rsa_sign -- RSASSA-PKCS1-v1_5 over SHA-256. Errors  E_INVALID it is no such key; E_AWAY
 */
#define RSA_SECRET_MAX 1400
#define RSA_PUBLIC_MAX 320
#define RSA_SIGNATURE 256
must_use enum err crypto_rsa_make(uint8_t secret[RSA_SECRET_MAX], size_t *secret_n, uint8_t public_key[RSA_PUBLIC_MAX],
    size_t *public_n);
must_use enum err crypto_rsa_sign(const void *secret, size_t secret_n, const void *text, size_t n, uint8_t out[RSA_SIGNATURE]);

#endif
