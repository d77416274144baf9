/* tests/unit/tenancy/proofs.c -- a sealed document stands as it was, or is refused. */
#include "tenancy/proofs.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/canon.h"
#include "domain/billing/seal.h"
#include "tests/unit/test.h"

#define NOW INT64_C(1795300000)
#define ROOT_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define ROOT_B "f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0f"

static struct arena *arena;
static char key_path[64];

static int
set_up(void **state)
{
	(void)state;
	arena = arena_open(1 << 20, 64 << 20, NULL);
	(void)snprintf(key_path, sizeof(key_path), "/tmp/poolhouse-test-proofs-%ld", (long)getpid());
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlink(key_path);
	arena_close(arena);
	return 0;
}

static struct keys *
keys_with(const char *text)
{
	struct config c = {.master_key_file = key_path};
	struct keys *k = NULL;
	int fd;

	(void)unlink(key_path);
	fd = open(key_path, O_CREAT | O_WRONLY | O_EXCL, 0400);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
	assert_int_equal(close(fd), 0);
	assert_int_equal(keys_open(&c, arena, &k, NULL), OK);
	return k;
}

static void
make(struct keys *k, uint64_t tenant, uint32_t version)
{
	struct str wrapped;

	assert_int_equal(keys_make(k, tenant, version, arena, &wrapped, NULL), OK);
	assert_int_equal(keys_learn(k, NOW, tenant, version, wrapped, NULL), OK);
}

/* A document of company 7, signed now. */
static struct str
document(struct keys *k, int64_t until)
{
	struct canon c = canon_open(arena, 4096);
	struct proof_file p = {.kind = PROOF_VISIT, .key = {.company = STR("desertblue"), .from = NOW - 10, .until = until}};
	uint8_t hash[PROOF_HASH_BYTES];
	char kid[PROOF_KID_LETTERS + 1];

	assert_int_equal(keys_signer(k, NULL, NOW, 7, arena, p.key.public_key, NULL), OK);
	proof_kid(p.key.public_key, kid);
	p.key.kid = str_of(kid);
	canon_object(&c);
	canon_key(&c, "issued_at"), canon_int(&c, NOW);
	canon_key(&c, "kid"), canon_text(&c, p.key.kid);
	canon_key(&c, "note"), canon_text(&c, STR("Jos\xc3\xa9 said \"clean\""));
	canon_end(&c);
	p.body = buf_str(&c.b);
	hash64(p.body.p, p.body.n, hash);
	assert_int_equal(keys_sign(k, NULL, NOW, 7, p.key.public_key, proof_signed(p.kind, hash, arena), arena, p.signature,
	    NULL), OK);
	proof_certify(k, &p, arena);
	return proof_write(&p, arena);
}

static enum err
judge(struct str text, const struct keys *k, struct fault *f)
{
	struct proof_file p;
	enum err e = proof_read(text, &p, f);

	return e == OK ? proof_verify_here(&p, k, arena, f) : e;
}

static void
a_sealed_document_is_valid_and_says_what_it_said(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct str text;
	struct proof_file p;

	(void)state;
	make(k, 7, 1);
	text = document(k, 0);
	assert_int_equal(judge(text, k, NULL), OK);
	assert_int_equal(proof_read(text, &p, NULL), OK);
	assert_true(str_eq(p.key.company, STR("desertblue")));
	assert_true(str_eq(proof_write(&p, arena), text));
}

static void
no_byte_of_it_can_be_changed_added_or_taken_away(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct str text;
	char *bent;
	unsigned tried = 0;

	(void)state;
	make(k, 7, 1);
	text = document(k, 0);
	bent = arena_array(arena, char, text.n + 2);
	for (size_t at = 0; at < text.n; at++)
		for (int by = 1; by < 256; by += 37) {
			struct arena_mark mark = arena_mark(arena);

			memcpy(bent, text.p, text.n);
			bent[at] = (char)(bent[at] ^ by);
			assert_int_equal(judge((struct str){bent, text.n}, k, NULL), E_INVALID);
			arena_rewind(arena, mark);
			tried++;
		}
	assert_in_range(tried, 4000, 20000);
	for (size_t n = 0; n < text.n; n++)
		assert_int_equal(judge(str_sub(text, 0, n), k, NULL), E_INVALID);
	for (size_t at = 0; at <= text.n; at++) {
		memcpy(bent, text.p, at);
		bent[at] = ' ';
		memcpy(bent + at + 1, text.p + at, text.n - at);
		assert_int_equal(judge((struct str){bent, text.n + 1}, k, NULL), E_INVALID);
	}
}

/* The nth bill of company 7: lines of all lengths, taxes, umlauts and quotation marks. */
static struct str
bill(struct keys *k, unsigned n)
{
	struct proof_file p = {.kind = PROOF_BILL, .key = {.company = STR("desertblue"), .from = NOW - 10}};
	struct bill_line line[6];
	struct tax_sum tax = {1, 82500, STR("Texas"), 5000, 413};
	struct sealed_bill b = {.company = STR("Desert Blue"), .company_address = STR("1 Main\nAustin"), .customer = STR("Jos\xc3\xa9 \"Pepe\""),
	    .customer_address = STR("2 Oak"), .id = 77 + n, .customer_id = 3, .kind = n % 2 ? BILL_INVOICE : BILL_STATEMENT,
	    .number = str_printf(arena, "INV-%06u", n), .currency = STR("USD"), .issued_at = NOW, .day = {20000}, .due_day = {20014},
	    .line = line, .n = 1 + n % COUNT_OF(line), .sums = {5000, 413, 5413, &tax, n % 3 ? 1 : 0}};
	uint8_t hash[PROOF_HASH_BYTES];
	char kid[PROOF_KID_LETTERS + 1];

	for (size_t i = 0; i < b.n; i++)
		line[i] = (struct bill_line){.id = n * 10 + i, .kind = CHARGE_STOP, .text = str_printf(arena, "Work %zu of %u", i, n * 7919),
		    .quantity_milli = 1000, .unit_cents = 5000 + n, .net_cents = 5000 + n, .tax_cents = 413, .day = {20000}};
	assert_int_equal(keys_signer(k, NULL, NOW, 7, arena, p.key.public_key, NULL), OK);
	proof_kid(p.key.public_key, kid);
	b.kid = p.key.kid = str_copy(arena, str_of(kid));
	assert_int_equal(seal_bill(&b, arena, &p.body, NULL), OK);
	hash64(p.body.p, p.body.n, hash);
	assert_int_equal(keys_sign(k, NULL, NOW, 7, p.key.public_key, proof_signed(p.kind, hash, arena), arena, p.signature,
	    NULL), OK);
	proof_certify(k, &p, arena);
	return proof_write(&p, arena);
}

/* Two of them here, two hundred (300,000 tries) in the long suite. */
static void
no_byte_of_any_bill_can_be_another(void **state)
{
	const unsigned bills = getenv("LONG") != NULL ? 200 : 2;
	struct keys *k = keys_with(ROOT_A);
	unsigned tried = 0, dice = 1;

	(void)state;
	make(k, 7, 1);
	for (unsigned n = 0; n < bills; n++) {
		const struct arena_mark whole = arena_mark(arena);
		const struct str text = bill(k, n);
		char *bent = arena_array(arena, char, text.n);

		assert_int_equal(judge(text, k, NULL), OK);
		memcpy(bent, text.p, text.n);
		for (size_t at = 0; at < text.n; at++, tried++) {
			const struct arena_mark mark = arena_mark(arena);

			dice = dice * 1103515245 + 12345;
			bent[at] = (char)((unsigned char)text.p[at] ^ (1 + dice / 65536 % 255));
			assert_int_equal(judge((struct str){bent, text.n}, k, NULL), E_INVALID);
			bent[at] = text.p[at];
			arena_rewind(arena, mark);
		}
		arena_rewind(arena, whole);
	}
	print_message("# %u changed bytes of %u bills, each refused\n", tried, bills);
	assert_true(tried >= bills * 1000);
}

static void
a_new_data_key_signs_anew_and_leaves_the_old_documents_valid(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	uint8_t first[PROOF_PUBLIC_BYTES], second[PROOF_PUBLIC_BYTES], signature[PROOF_SIGNATURE_BYTES];
	struct str old;

	(void)state;
	make(k, 7, 1);
	old = document(k, NOW + 1);
	assert_int_equal(keys_signer(k, NULL, NOW, 7, arena, first, NULL), OK);
	make(k, 7, 2);
	assert_int_equal(keys_signer(k, NULL, NOW, 7, arena, second, NULL), OK);
	assert_memory_not_equal(first, second, sizeof(first));
	assert_int_equal(keys_sign(k, NULL, NOW, 7, first, STR("x"), arena, signature, NULL), E_RETRY);
	assert_int_equal(judge(old, k, NULL), OK);
	assert_int_equal(judge(document(k, 0), k, NULL), OK);
}

static void
a_key_signs_nothing_outside_its_time(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct fault f = {0};

	(void)state;
	make(k, 7, 1);
	assert_int_equal(judge(document(k, NOW - 1), k, &f), E_INVALID);
	assert_string_equal(f.field, "issued_at");
}

static void
another_house_does_not_vouch_for_it_and_an_older_root_still_does(void **state)
{
	struct keys *a = keys_with(ROOT_A), *b = keys_with(ROOT_B), *both = keys_with("2 " ROOT_B "\n1 " ROOT_A "\n");
	struct fault f = {0};
	struct str text;

	(void)state;
	make(a, 7, 1);
	text = document(a, 0);
	assert_int_equal(judge(text, b, &f), E_INVALID);
	assert_string_equal(f.field, "house");
	assert_int_equal(judge(text, both, NULL), OK);
}

static void
ed25519_and_blake2b_are_those_of_their_papers(void **state)
{
	/* RFC 8032 7.1, test 2; RFC 7693 appendix A. */
	uint8_t key[32], signature[64], want[64], hash[64];
	size_t n;

	(void)state;
	assert_true(str_unhex(STR("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), key, 32, &n));
	assert_true(str_unhex(STR("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
	    "f11d8c387b2eaeb4302aeeb00d291612bb0c00"), signature, 64, &n));
	assert_true(signature_valid(key, STR("\x72"), signature));
	assert_false(signature_valid(key, STR("\x73"), signature));
	assert_true(str_unhex(STR("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de45"
	    "33cc9518d38aa8dbf1925ab92386edd4009923"), want, 64, &n));
	hash64("abc", 3, hash);
	assert_memory_equal(hash, want, 64);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sealed_document_is_valid_and_says_what_it_said),
		cmocka_unit_test(no_byte_of_it_can_be_changed_added_or_taken_away),
		cmocka_unit_test(no_byte_of_any_bill_can_be_another),
		cmocka_unit_test(a_new_data_key_signs_anew_and_leaves_the_old_documents_valid),
		cmocka_unit_test(a_key_signs_nothing_outside_its_time),
		cmocka_unit_test(another_house_does_not_vouch_for_it_and_an_older_root_still_does),
		cmocka_unit_test(ed25519_and_blake2b_are_those_of_their_papers),
	};
	return cmocka_run_group_tests_name("tenancy/proofs", tests, set_up, tear_down);
}
