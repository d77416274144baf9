#include "tenancy/merkle.h"

#include <string.h>

static void node(const uint8_t left[HASH_BYTES], const uint8_t right[HASH_BYTES], uint8_t out[HASH_BYTES]);
static uint64_t left_of(uint64_t n);
static void root_of(const uint8_t (*leaf)[HASH_BYTES], uint64_t n, uint8_t out[HASH_BYTES]);

void
merkle_leaf(const void *p, size_t n, uint8_t out[HASH_BYTES])
{
	uint8_t bytes[1 + 512];

	if (n > sizeof(bytes) - 1) { /* what is long goes in by its own hash */
		uint8_t hash[HASH_BYTES];

		hash32(p, n, hash);
		merkle_leaf(hash, sizeof(hash), out);
		return;
	}
	bytes[0] = 0;
	if (n > 0)
		memcpy(bytes + 1, p, n);
	hash32(bytes, n + 1, out);
}

/* out may be one of the two. */
static void
node(const uint8_t left[HASH_BYTES], const uint8_t right[HASH_BYTES], uint8_t out[HASH_BYTES])
{
	uint8_t bytes[1 + 2 * HASH_BYTES];

	bytes[0] = 1;
	memcpy(bytes + 1, left, HASH_BYTES);
	memcpy(bytes + 1 + HASH_BYTES, right, HASH_BYTES);
	hash32(bytes, sizeof(bytes), out);
}

/* As counting in twos: two parts of one length become one of twice the length. */
void
merkle_add(struct merkle *m, const uint8_t leaf[HASH_BYTES])
{
	uint8_t part[HASH_BYTES];
	unsigned k = 0;

	memcpy(part, leaf, sizeof(part));
	for (; (m->n >> k & 1) != 0; k++)
		node(m->part[k], part, part);
	memcpy(m->part[k], part, sizeof(part));
	m->n++;
}

void
merkle_root(const struct merkle *m, uint8_t out[HASH_BYTES])
{
	bool any = false;

	hash32("", 0, out);
	for (unsigned k = 0; k < MERKLE_DEPTH; k++) {
		if ((m->n >> k & 1) == 0)
			continue;
		if (any)
			node(m->part[k], out, out);
		else
			memcpy(out, m->part[k], HASH_BYTES);
		any = true;
	}
}

/* The greatest power of two below n; n > 1. */
static uint64_t
left_of(uint64_t n)
{
	uint64_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

static void
root_of(const uint8_t (*leaf)[HASH_BYTES], uint64_t n, uint8_t out[HASH_BYTES])
{
	struct merkle m = {0};

	for (uint64_t i = 0; i < n; i++)
		merkle_add(&m, leaf[i]);
	merkle_root(&m, out);
}

void
merkle_path(const uint8_t (*leaf)[HASH_BYTES], uint64_t n, uint64_t at, struct merkle_path *out)
{
	uint8_t down[MERKLE_DEPTH][HASH_BYTES];
	size_t steps = 0;

	*out = (struct merkle_path){.at = at, .n = n};
	while (n > 1) {
		const uint64_t left = left_of(n);

		root_of(at < left ? leaf + left : leaf, at < left ? n - left : left, down[steps++]);
		leaf = at < left ? leaf : leaf + left;
		n = at < left ? left : n - left;
		at = at < left ? at : at - left;
	}
	out->steps = steps;
	for (size_t i = 0; i < steps; i++)
		memcpy(out->side[i], down[steps - 1 - i], HASH_BYTES);
}

bool
merkle_leads(const struct merkle_path *p, const uint8_t leaf[HASH_BYTES], const uint8_t root[HASH_BYTES])
{
	bool right[MERKLE_DEPTH]; /* from the root down: is the way to the right? */
	uint64_t at = p->at, n = p->n;
	uint8_t is[HASH_BYTES];
	size_t steps = 0;

	if (at >= n || p->steps > MERKLE_DEPTH)
		return false;
	for (; n > 1 && steps < MERKLE_DEPTH; steps++) {
		const uint64_t left = left_of(n);

		right[steps] = at >= left;
		n = at < left ? left : n - left;
		at = at < left ? at : at - left;
	}
	if (n > 1 || steps != p->steps)
		return false;
	memcpy(is, leaf, sizeof(is));
	for (size_t i = 0; i < steps; i++)
		if (right[steps - 1 - i])
			node(p->side[i], is, is);
		else
			node(is, p->side[i], is);
	return memcmp(is, root, sizeof(is)) == 0;
}
