/*
 * tenancy/crypto.c -- OpenSSL behind our own names.
 */
#include "tenancy/crypto.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdbool.h>

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
