/* tests/unit/tenancy/merkle.c -- one hash says all of a list: whatever is changed, moved, put in or cut off makes another. */
#include "tenancy/merkle.h"

#include <stdlib.h>
#include <string.h>

#include "tests/dice.h"
#include "tests/unit/test.h"

#define NIGHT  1000
#define NIGHTS 100
#define TAMPERS (getenv("LONG") != NULL ? 10000 : 300)

typedef uint8_t hash[HASH_BYTES];

static hash leaf[NIGHT + 1], bent[NIGHT + 1];

static void
fill(uint64_t seed)
{
	for (uint64_t i = 0; i < NIGHT; i++) {
		const uint64_t entry[2] = {seed, i};

		merkle_leaf(entry, sizeof(entry), leaf[i]);
	}
}

static void
root_of(const hash *l, size_t n, hash out)
{
	struct merkle m = {0};

	for (size_t i = 0; i < n; i++)
		merkle_add(&m, l[i]);
	merkle_root(&m, out);
}

/* As the standard draws the tree, from the root down; the hash of a node written out once more. */
static void
drawn(const hash *l, size_t n, hash out)
{
	uint8_t bytes[1 + 2 * HASH_BYTES] = {1};
	size_t left = 1;

	if (n == 1) {
		memcpy(out, l[0], HASH_BYTES);
		return;
	}
	while (left * 2 < n)
		left *= 2;
	drawn(l, left, bytes + 1);
	drawn(l + left, n - left, bytes + 1 + HASH_BYTES);
	hash32(bytes, sizeof(bytes), out);
}

static void
a_list_that_grows_has_the_root_of_the_tree_as_it_is_drawn(void **state)
{
	hash is, want;

	(void)state;
	fill(1);
	for (size_t n = 1; n <= 300; n++) {
		root_of(leaf, n, is);
		drawn(leaf, n, want);
		assert_memory_equal(is, want, HASH_BYTES);
	}
	root_of(leaf, 0, is);
	hash32("", 0, want);
	assert_memory_equal(is, want, HASH_BYTES);
	/* A leaf is no node: what two leaves come to is no leaf of theirs side by side. */
	memcpy(bent[0], leaf[0], HASH_BYTES);
	memcpy(bent[1], leaf[1], HASH_BYTES);
	merkle_leaf(bent, 2 * HASH_BYTES, is);
	root_of(leaf, 2, want);
	assert_memory_not_equal(is, want, HASH_BYTES);
}

static void
each_entry_has_a_short_way_to_the_root_and_no_other_has_it(void **state)
{
	static const size_t sizes[] = {1, 2, 3, 7, 8, 9, 100, 1000};
	struct merkle_path p;
	hash root;

	(void)state;
	fill(2);
	for (size_t s = 0; s < COUNT_OF(sizes); s++) {
		const size_t n = sizes[s];

		root_of(leaf, n, root);
		for (size_t i = 0; i < n; i += 1 + n / 40) {
			merkle_path(leaf, n, i, &p);
			assert_true(p.steps * HASH_BYTES <= 1024);
			assert_true(merkle_leads(&p, leaf[i], root));
			if (n > 1)
				assert_false(merkle_leads(&p, leaf[(i + 1) % n], root));
			if (n > 1) {
				p.at = (i + 1) % n; /* stands elsewhere */
				assert_false(merkle_leads(&p, leaf[i], root) && p.at != i);
				p.at = i;
				p.side[throw(p.steps)][throw(HASH_BYTES)] ^= 1;
				assert_false(merkle_leads(&p, leaf[i], root));
			}
			merkle_path(leaf, n, i, &p);
			p.steps++;
			assert_false(merkle_leads(&p, leaf[i], root));
			p.steps = MERKLE_DEPTH + 1;
			assert_false(merkle_leads(&p, leaf[i], root));
			p.steps = 0, p.at = n;
			assert_false(merkle_leads(&p, leaf[i], root));
		}
	}
}

/* One of five ways to change the past; answers how many entries there are then. */
static size_t
tamper(void)
{
	const size_t at = throw(NIGHT), other = (at + 1 + throw(NIGHT - 1)) % NIGHT;

	memcpy(bent, leaf, sizeof(leaf));
	switch (throw(5)) {
	case 0: /* edited */
		bent[at][throw(HASH_BYTES)] ^= (uint8_t)(1 + throw(255));
		return NIGHT;
	case 1: /* deleted */
		memmove(bent[at], bent[at + 1], (NIGHT - at) * HASH_BYTES);
		return NIGHT - 1;
	case 2: /* put in */
		memmove(bent[at + 1], bent[at], (NIGHT - at) * HASH_BYTES);
		merkle_leaf(&dice, sizeof(dice), bent[at]);
		return NIGHT + 1;
	case 3: /* two of them have changed places */
		memcpy(bent[at], leaf[other], HASH_BYTES);
		memcpy(bent[other], leaf[at], HASH_BYTES);
		return NIGHT;
	default: /* cut off at the end */
		return at;
	}
}

static void
a_hundred_thousand_entries_and_ten_thousand_tampers_all_are_found(void **state)
{
	static hash sealed[NIGHTS];
	hash is;

	(void)state;
	for (size_t n = 0; n < NIGHTS; n++) {
		fill(100 + n);
		root_of(leaf, NIGHT, sealed[n]);
	}
	for (int i = 0; i < TAMPERS; i++) {
		const size_t night = throw(NIGHTS);

		fill(100 + night);
		root_of(bent, tamper(), is);
		assert_memory_not_equal(is, sealed[night], HASH_BYTES);
	}
	fill(100);
	root_of(leaf, NIGHT, is);
	assert_memory_equal(is, sealed[0], HASH_BYTES); /* what nobody touched is what it was */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_that_grows_has_the_root_of_the_tree_as_it_is_drawn),
		cmocka_unit_test(each_entry_has_a_short_way_to_the_root_and_no_other_has_it),
		cmocka_unit_test(a_hundred_thousand_entries_and_ten_thousand_tampers_all_are_found),
	};
	return cmocka_run_group_tests_name("tenancy/merkle", tests, NULL, NULL);
}
