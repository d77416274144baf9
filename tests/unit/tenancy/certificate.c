/*
 * tests/unit/tenancy/certificate.c -- when a certificate ends, as `openssl x509 -enddate` says of it.
 */
#include "tenancy/crypto.h"

#include <unistd.h>

#include "tests/unit/test.h"

/* notAfter=Nov 19 00:18:09 2036 GMT */
static const char pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhDCCASugAwIBAgIUNT78Cmr+jVtpBCkCX+C6sDQt+jcwCgYIKoZIzj0EAwIw\n"
    "GDEWMBQGA1UEAwwNcG9vbHMuZXhhbXBsZTAeFw0yNjExMjIwMDE4MDlaFw0zNjEx\n"
    "MTkwMDE4MDlaMBgxFjAUBgNVBAMMDXBvb2xzLmV4YW1wbGUwWTATBgcqhkjOPQIB\n"
    "BggqhkjOPQMBBwNCAAQKZR8TAvqvOXXQnrgDOrYXsY5sYKe7QrSIsIKkq7h66mlr\n"
    "RgHhj8xmvY2y7U4TDmYAlq+eIhcS8hNEIOidIWY4o1MwUTAdBgNVHQ4EFgQUlsSE\n"
    "sWjP4VQ2YEO1MsIf3Zc/kJ0wHwYDVR0jBBgwFoAUlsSEsWjP4VQ2YEO1MsIf3Zc/\n"
    "kJ0wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiA4khRk7AjiJoua\n"
    "3CWkQdEUKPkeds4u8dI9yMseVHDrYgIgfxgXnutfe6GD5voPkpNOuMpxYhCZ5DKE\n"
    "zWvBSsN7GHY=\n"
    "-----END CERTIFICATE-----\n";

static char path[] = "/tmp/poolhouse-pem-XXXXXX";

static enum err
until_of(const char *text, size_t n, int64_t *until)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	return crypto_certificate_until(path, until);
}

static void
the_end_of_a_certificate_is_read(void **state)
{
	int64_t until = 0;

	(void)state;
	assert_int_equal(until_of(pem, sizeof pem - 1, &until), OK);
	assert_int_equal(until, 2110666689);
}

static void
what_is_no_certificate_is_refused(void **state)
{
	int64_t until = 7;

	(void)state;
	for (size_t n = 0; n < sizeof pem - 30; n += 13)
		assert_int_equal(until_of(pem, n, &until), E_INVALID);
	assert_int_equal(until_of("key", 3, &until), E_INVALID);
	assert_int_equal(crypto_certificate_until("/nonexistent/fullchain.pem", &until), E_AWAY);
	assert_int_equal(until, 7);
}

static int
make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_end_of_a_certificate_is_read),
		cmocka_unit_test(what_is_no_certificate_is_refused),
	};

	return cmocka_run_group_tests_name("tenancy/certificate", tests, make_file, remove_file);
}
