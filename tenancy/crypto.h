/*
 * tenancy/crypto.h -- what libsodium lacks, by OpenSSL: the one door to <openssl/...>.
 *
 * Now HMAC-SHA-1, which time-based codes (RFC 6238) and Twilio's signature are made of. Later, when the
 * features that need them come: P-256 and AES-128-GCM (web push), RS256 (single sign-on).
 */
#ifndef TENANCY_CRYPTO_H
#define TENANCY_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/err.h"

#define SHA1_BYTES 20

/* crypto_hmac_sha1 -- RFC 2104 with SHA-1; key and text borrowed. Errors  E_AWAY out of memory */
must_use enum err crypto_hmac_sha1(const void *key, size_t key_n, const void *text, size_t text_n,
    uint8_t out[SHA1_BYTES]);

/*
 * crypto_certificate_until -- when the first certificate of a PEM file ends, seconds UTC
 *
 * Errors  E_AWAY the file cannot be read; E_INVALID it holds no certificate
 */
must_use enum err crypto_certificate_until(const char *path, int64_t *until);

#endif
