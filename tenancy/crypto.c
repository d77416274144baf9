/*
 * tenancy/crypto.c -- OpenSSL behind our own names.
 */
#include "tenancy/crypto.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <string.h>

static bool point_of(const BIGNUM *d, uint8_t out[P256_POINT]);
static EVP_PKEY *pair_of(const struct p256 *k);
static EVP_PKEY *point_key(const uint8_t q[P256_POINT]);
static EVP_PKEY *key_of(OSSL_PARAM_BLD *b, int selection);
static bool raw_signature(const uint8_t *der, size_t n, uint8_t out[P256_SIGNATURE]);

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

enum err
crypto_hmac_sha256(const void *key, size_t key_n, const struct crypto_piece *text, size_t pieces,
    uint8_t out[SHA256_BYTES])
{
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *ctx = mac == NULL ? NULL : EVP_MAC_CTX_new(mac);
	char digest[] = "SHA256";
	const OSSL_PARAM how[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_construct_end()};
	size_t n = 0;
	bool done = ctx != NULL && EVP_MAC_init(ctx, key, key_n, how) == 1;

	for (size_t i = 0; done && i < pieces; i++)
		done = EVP_MAC_update(ctx, text[i].p, text[i].n) == 1;
	done = done && EVP_MAC_final(ctx, out, &n, SHA256_BYTES) == 1 && n == SHA256_BYTES;
	EVP_MAC_CTX_free(ctx);
	EVP_MAC_free(mac);
	return done ? OK : E_AWAY;
}

bool
crypto_same(const void *a, const void *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}

enum err
crypto_certificate_until(const char *path, int64_t *until)
{
	FILE *f = fopen(path, "rbe");
	X509 *cert;
	struct tm end;
	bool read;

	if (f == NULL)
		return E_AWAY;
	cert = PEM_read_X509(f, NULL, NULL, NULL);
	fclose(f);
	read = cert != NULL && ASN1_TIME_to_tm(X509_get0_notAfter(cert), &end) == 1;
	X509_free(cert);
	if (!read)
		return E_INVALID;
	*until = timegm(&end);
	return OK;
}

enum err
crypto_p256(const uint8_t d[P256_SCALAR], struct p256 *out)
{
	BIGNUM *n = BN_bin2bn(d, P256_SCALAR, NULL);
	bool good = n != NULL && !BN_is_zero(n) && point_of(n, out->q);

	BN_clear_free(n);
	memcpy(out->d, d, P256_SCALAR);
	return good ? OK : E_INVALID;
}

enum err
crypto_p256_shared(const struct p256 *k, const uint8_t theirs[P256_POINT], uint8_t out[P256_SCALAR])
{
	EVP_PKEY *mine = pair_of(k), *peer = point_key(theirs);
	EVP_PKEY_CTX *c = mine == NULL ? NULL : EVP_PKEY_CTX_new(mine, NULL);
	size_t n = P256_SCALAR;
	/* The point is looked at (validate_peer): one of another curve would give the secret number away. */
	bool good = c != NULL && peer != NULL && EVP_PKEY_derive_init(c) == 1 &&
		    EVP_PKEY_derive_set_peer_ex(c, peer, 1) == 1 && EVP_PKEY_derive(c, out, &n) == 1 && n == P256_SCALAR;

	EVP_PKEY_CTX_free(c);
	EVP_PKEY_free(mine);
	EVP_PKEY_free(peer);
	return good ? OK : E_INVALID;
}

enum err
crypto_es256(const struct p256 *k, const void *text, size_t n, uint8_t out[P256_SIGNATURE])
{
	uint8_t der[80];
	size_t der_n = sizeof(der);
	EVP_PKEY *key = pair_of(k);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	bool good = key != NULL && c != NULL && EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, key) == 1 &&
		    EVP_DigestSign(c, der, &der_n, text, n) == 1 && raw_signature(der, der_n, out);

	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return good ? OK : E_AWAY;
}

enum err
crypto_hkdf(const void *salt, size_t salt_n, const void *ikm, size_t ikm_n, const void *info, size_t info_n,
    uint8_t *out, size_t n)
{
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	size_t got = n;
	bool good = c != NULL && salt_n <= INT_MAX && ikm_n <= INT_MAX && info_n <= INT_MAX &&
		    EVP_PKEY_derive_init(c) == 1 && EVP_PKEY_CTX_set_hkdf_md(c, EVP_sha256()) == 1 &&
		    EVP_PKEY_CTX_set1_hkdf_salt(c, salt, (int)salt_n) == 1 &&
		    EVP_PKEY_CTX_set1_hkdf_key(c, ikm, (int)ikm_n) == 1 &&
		    EVP_PKEY_CTX_add1_hkdf_info(c, info, (int)info_n) == 1 && EVP_PKEY_derive(c, out, &got) == 1 && got == n;

	EVP_PKEY_CTX_free(c);
	return good ? OK : E_AWAY;
}

enum err
crypto_aes128gcm(const uint8_t key[16], const uint8_t nonce[12], const void *plain, size_t n, uint8_t *out)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int did = 0, last = 0;
	bool good = c != NULL && n <= INT_MAX && EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), NULL, key, nonce) == 1 &&
		    EVP_EncryptUpdate(c, out, &did, plain, (int)n) == 1 &&
		    EVP_EncryptFinal_ex(c, out + did, &last) == 1 && (size_t)did == n && last == 0 &&
		    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, AES_TAG, out + n) == 1;

	EVP_CIPHER_CTX_free(c);
	return good ? OK : E_AWAY;
}

static bool
point_of(const BIGNUM *d, uint8_t out[P256_POINT])
{
	EC_GROUP *g = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	EC_POINT *q = g == NULL ? NULL : EC_POINT_new(g);
	bool good = q != NULL && BN_cmp(d, EC_GROUP_get0_order(g)) < 0 &&
		    EC_POINT_mul(g, q, d, NULL, NULL, NULL) == 1 &&
		    EC_POINT_point2oct(g, q, POINT_CONVERSION_UNCOMPRESSED, out, P256_POINT, NULL) == P256_POINT;

	EC_POINT_free(q);
	EC_GROUP_free(g);
	return good;
}

static EVP_PKEY *
pair_of(const struct p256 *k)
{
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	BIGNUM *d = BN_bin2bn(k->d, P256_SCALAR, NULL);
	EVP_PKEY *key = NULL;

	if (b != NULL && d != NULL && OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
	    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_PRIV_KEY, d) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, k->q, P256_POINT) == 1)
		key = key_of(b, EVP_PKEY_KEYPAIR);
	OSSL_PARAM_BLD_free(b);
	BN_clear_free(d);
	return key;
}

static EVP_PKEY *
point_key(const uint8_t q[P256_POINT])
{
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	EVP_PKEY *key = NULL;

	if (b != NULL && OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, q, P256_POINT) == 1)
		key = key_of(b, EVP_PKEY_PUBLIC_KEY);
	OSSL_PARAM_BLD_free(b);
	return key;
}

static EVP_PKEY *
key_of(OSSL_PARAM_BLD *b, int selection)
{
	OSSL_PARAM *p = OSSL_PARAM_BLD_to_param(b);
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *key = NULL;

	if (p == NULL || c == NULL || EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, selection, p) != 1)
		key = NULL;
	OSSL_PARAM_free(p);
	EVP_PKEY_CTX_free(c);
	return key;
}

/* OpenSSL writes DER; a token wants the two numbers, each of 32 bytes. */
static bool
raw_signature(const uint8_t *der, size_t n, uint8_t out[P256_SIGNATURE])
{
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)n);
	bool good = sig != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, 32) == 32 &&
		    BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + 32, 32) == 32;

	ECDSA_SIG_free(sig);
	return good;
}

enum err
crypto_sha256(const void *text, size_t n, uint8_t out[SHA256_BYTES])
{
	unsigned got = 0;

	return EVP_Digest(text, n, out, &got, EVP_sha256(), NULL) == 1 && got == SHA256_BYTES ? OK : E_AWAY;
}

enum err
crypto_rsa_make(uint8_t secret[RSA_SECRET_MAX], size_t *secret_n, uint8_t public_key[RSA_PUBLIC_MAX], size_t *public_n)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	unsigned char *to = secret, *open_to = public_key;
	const int s = key == NULL ? -1 : i2d_PrivateKey(key, NULL), p = key == NULL ? -1 : i2d_PUBKEY(key, NULL);
	const bool good = s > 0 && s <= RSA_SECRET_MAX && p > 0 && p <= RSA_PUBLIC_MAX && i2d_PrivateKey(key, &to) == s &&
			  i2d_PUBKEY(key, &open_to) == p;

	EVP_PKEY_free(key);
	if (!good)
		return E_AWAY;
	*secret_n = (size_t)s;
	*public_n = (size_t)p;
	return OK;
}

enum err
crypto_rsa_sign(const void *secret, size_t secret_n, const void *text, size_t n, uint8_t out[RSA_SIGNATURE])
{
	const unsigned char *from = secret;
	EVP_PKEY *key = secret_n <= RSA_SECRET_MAX ? d2i_PrivateKey(EVP_PKEY_RSA, NULL, &from, (long)secret_n) : NULL;
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	size_t got = RSA_SIGNATURE;
	const bool known = key != NULL && EVP_PKEY_get_size(key) == RSA_SIGNATURE;
	const bool good = known && c != NULL && EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, key) == 1 &&
			  EVP_DigestSign(c, out, &got, text, n) == 1 && got == RSA_SIGNATURE;

	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return good ? OK : known ? E_AWAY : E_INVALID;
}
