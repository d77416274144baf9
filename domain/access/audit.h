/*
 * domain/access/audit.h -- one line of the audit log, and the bytes that its hash is made over.
 *
 * hash(n) = H(audit_bytes(line n)), and the line carries hash(n - 1): to change, insert, drop or swap a
 * line, every later hash and the head in `counter` must change too.
 */
#ifndef DOMAIN_ACCESS_AUDIT_H
#define DOMAIN_ACCESS_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

#define AUDIT_HASH_BYTES 32
#define AUDIT_DETAIL_MAX 400 /* characters; longer ones are cut */
#define AUDIT_NAME_MAX 120

struct audit_line {
	int64_t seq; /* 1, 2, 3, ... without gaps */
	int64_t at;  /* seconds UTC */
	uint32_t actor_kind;
	uint64_t actor_id;
	struct str actor_name, verb, noun;
	uint64_t object_id; /* 0: none */
	struct str detail, ip, country, trace;
	struct str prev_hash, hash;
};

/* The last line: its number and its hash (zeros before the first). */
struct audit_head {
	uint64_t value;
	struct str hash;
	uint32_t version;
};

struct audit_name {
	struct str name;
};

/* audit_bytes -- everything but `hash`, each field with its length in front, so that none runs into the next */
struct str audit_bytes(const struct audit_line *l, struct arena *a);

/* audit_follows -- is l the line after number `seq` with that hash? (The hash of l itself is the caller's.) */
bool audit_follows(const struct audit_line *l, int64_t seq, struct str hash);

/* audit_cut -- at most `max` characters, control characters as spaces */
struct str audit_cut(struct arena *a, struct str s, size_t max);

#endif
