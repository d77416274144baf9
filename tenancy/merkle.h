/*
 * tenancy/merkle.h -- one hash for a long list, and a short proof that something stands in it (RFC 6962, BLAKE2b-256).
 *
 * leaf = H(0x00 || bytes)   node = H(0x01 || left || right)   the left side of n leaves is the greatest power of two below n
 *
 * A list can be of any length: only the roots of its whole parts are kept, one for each bit of the count.
 */
#ifndef TENANCY_MERKLE_H
#define TENANCY_MERKLE_H

#include <stdbool.h>

#include "domain/base/arena.h"
#include "tenancy/keys.h"

#define MERKLE_DEPTH 32 /* 4,294,967,295 leaves */

/* {0} is the empty list. */
struct merkle {
	uint64_t n;
	uint8_t part[MERKLE_DEPTH][HASH_BYTES]; /* part[k]: of 2^k leaves, if bit k of n is set; the longest stand first */
};

void merkle_leaf(const void *p, size_t n, uint8_t out[HASH_BYTES]);
/* merkle_add -- one leaf more */
void merkle_add(struct merkle *m, const uint8_t leaf[HASH_BYTES]);
/* merkle_root -- of no leaves: the hash of nothing */
void merkle_root(const struct merkle *m, uint8_t out[HASH_BYTES]);

/* From a leaf to the root: the other side at each step. */
struct merkle_path {
	uint64_t at, n;
	size_t steps;
	uint8_t side[MERKLE_DEPTH][HASH_BYTES];
};
/* merkle_path -- of leaf `at`, 0 <= at < n */
void merkle_path(const uint8_t (*leaf)[HASH_BYTES], uint64_t n, uint64_t at, struct merkle_path *out);
/* merkle_leads -- does this path lead from the leaf to the root? A path of wrong length leads nowhere. */
bool merkle_leads(const struct merkle_path *p, const uint8_t leaf[HASH_BYTES], const uint8_t root[HASH_BYTES]);

#endif
