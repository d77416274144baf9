/*
 * papers.c -- COUNT random documents as the house seals and signs them: a line each, KEY SIGNATURE BYTES.
 *
 * papers.mjs reads the bytes as any JSON, writes them as the standard says, and asks OpenSSL about the signature.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/billing/seal.h"
#include "tenancy/proofs.h"
#include "tests/dice.h"

#define NOW   INT64_C(1795300000)
#define ROOT  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define LINES 8
#define OF(list) (sizeof(list) / sizeof((list)[0]))

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "papers: %s\n", what);
	exit(2);
}

/* Letters of every width, and what JSON must escape; never NUL, never half a pair. */
static struct str
text(struct arena *a, size_t most)
{
	static const uint32_t odd[] = {'"', '\\', '/', '\b', '\t', '\n', '\f', '\r', 1, 0x1f, 0x7f, 0x80, 0xa0, 0xe9, 0x301, 0x2028,
	    0x2029, 0xd7ff, 0xe000, 0xfeff, 0xffff, 0x1f3ca, 0x10ffff};
	const size_t n = throw(most + 1);
	char *p = arena_array(a, char, 4 * n + 1);
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		const uint32_t c = throw(3) == 0 ? odd[throw(OF(odd))] : (uint32_t)(0x20 + throw(0x5f));

		if (c < 0x80) {
			p[at++] = (char)c;
		} else if (c < 0x800) {
			p[at++] = (char)(0xc0 | c >> 6);
			p[at++] = (char)(0x80 | (c & 0x3f));
		} else if (c < 0x10000) {
			p[at++] = (char)(0xe0 | c >> 12);
			p[at++] = (char)(0x80 | (c >> 6 & 0x3f));
			p[at++] = (char)(0x80 | (c & 0x3f));
		} else {
			p[at++] = (char)(0xf0 | c >> 18);
			p[at++] = (char)(0x80 | (c >> 12 & 0x3f));
			p[at++] = (char)(0x80 | (c >> 6 & 0x3f));
			p[at++] = (char)(0x80 | (c & 0x3f));
		}
	}
	return (struct str){p, at};
}

static int64_t
cents(void)
{
	return (int64_t)throw(CENTS_MAX) - (throw(4) == 0 ? CENTS_MAX : 0);
}

static struct str
document(struct arena *a, uint64_t n, struct str kid)
{
	struct sealed_option option[2] = {{text(a, 12), cents()}, {text(a, 12), cents()}};
	struct tax_sum tax = {1, (uint32_t)throw(400000), text(a, 20), cents(), cents()};
	struct sealed_move move[3];
	struct bill_line line[LINES];
	struct sealed_bill b = {.company = text(a, 30), .company_address = text(a, 60), .customer = text(a, 30),
	    .customer_address = text(a, 60), .id = 1 + throw(INT64_MAX), .customer_id = 1 + throw(INT64_MAX),
	    .kind = (enum bill_kind)(BILL_QUOTE + throw(3)), .number = str_printf(a, "INV-%06llu", (unsigned long long)n),
	    .currency = STR("USD"), .kid = kid, .issued_at = NOW, .day = {(int32_t)throw(60000)}, .due_day = {(int32_t)throw(60000)},
	    .line = line, .n = throw(LINES + 1), .sums = {cents(), cents(), cents(), &tax, throw(2)}};
	struct str bytes;

	for (size_t i = 0; i < OF(move); i++)
		move[i] = (struct sealed_move){{(int32_t)throw(60000)}, (enum posting_kind)(1 + throw(POSTING_KINDS - 1)), text(a, 12),
		    text(a, 30), cents()};
	if (b.kind == BILL_STATEMENT)
		b.opening_cents = cents(), b.move = move, b.move_n = throw(OF(move) + 1);
	if (b.kind == BILL_QUOTE)
		b.option = option, b.option_n = throw(OF(option) + 1), b.deposit_ppm = (uint32_t)throw(1000000);
	for (size_t i = 0; i < b.n; i++)
		line[i] = (struct bill_line){.id = 1 + throw(INT64_MAX), .kind = (enum charge_kind)(1 + throw(6)), .text = text(a, 80),
		    .quantity_milli = cents(), .unit_cents = cents(), .net_cents = cents(), .tax_cents = cents(),
		    .tax_code = text(a, 8), .tax_area = text(a, 8), .day = {(int32_t)throw(60000)}};
	for (size_t i = 0; i < PROOF_HASH_BYTES; i++)
		b.previous[i] = (uint8_t)throw(256);
	need(seal_bill(&b, a, &bytes, NULL) == OK, "a document cannot be sealed");
	return bytes;
}

static struct keys *
keys(struct arena *a)
{
	char path[] = "/tmp/poolhouse-papers-XXXXXX";
	const int fd = mkstemp(path);
	struct config c = {.master_key_file = path};
	struct str wrapped;
	struct keys *k;

	need(fd >= 0 && fchmod(fd, 0400) == 0 && write(fd, ROOT, strlen(ROOT)) == (ssize_t)strlen(ROOT) && close(fd) == 0, "no key file");
	need(keys_open(&c, a, &k, NULL) == OK && keys_make(k, 7, 1, a, &wrapped, NULL) == OK &&
	    keys_learn(k, NOW, 7, 1, wrapped, NULL) == OK, "no keys");
	(void)unlink(path);
	return k;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_open(1 << 20, 64 << 20, NULL);
	const long long count = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000;
	uint8_t public_key[PROOF_PUBLIC_BYTES], signature[PROOF_SIGNATURE_BYTES], hash[PROOF_HASH_BYTES];
	struct keys *k = keys(a);
	char kid[PROOF_KID_LETTERS + 1];

	need(keys_signer(k, NULL, NOW, 7, a, public_key, NULL) == OK, "no signer");
	proof_kid(public_key, kid);
	for (long long n = 0; n < count; n++) {
		const struct arena_mark mark = arena_mark(a);
		const struct str bytes = document(a, (uint64_t)n, str_of(kid));

		hash64(bytes.p, bytes.n, hash);
		need(keys_sign(k, NULL, NOW, 7, public_key, proof_signed(PROOF_BILL, hash, a), a, signature, NULL) == OK, "no signature");
		printf("%.*s %.*s %.*s\n", STR_ARG(str_hex(a, public_key, sizeof(public_key))), STR_ARG(str_hex(a, signature, sizeof(signature))),
		    STR_ARG(bytes));
		arena_rewind(a, mark);
	}
	arena_close(a);
	return 0;
}
