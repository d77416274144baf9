/*
 * domain/base/canon.h -- canonical JSON: one way to write a thing as bytes, so that it can be hashed and signed.
 *
 * No white space, keys of an object in ascending order (ASCII), whole numbers only, strings as they are stored
 * (UTF-8) with the shortest escapes. For this subset it equals RFC 8785.
 */
#ifndef DOMAIN_BASE_CANON_H
#define DOMAIN_BASE_CANON_H

#include "domain/base/day.h"
#include "domain/base/str.h"

/* A writer that refuses (assert) what is not canonical: keys out of order, values without a key. */
#define CANON_DEPTH_MAX 8
struct canon {
	struct buf b;
	struct {
		char closes;
		bool any, keyed;
		const char *last;
	} at[CANON_DEPTH_MAX];
	unsigned depth;
};
struct canon canon_open(struct arena *a, size_t max); /* over max: c.b.full */
void canon_object(struct canon *c);
void canon_list(struct canon *c);
void canon_end(struct canon *c);
void canon_key(struct canon *c, const char *key); /* a literal */
void canon_text(struct canon *c, struct str s);
void canon_int(struct canon *c, int64_t v);
void canon_raw(struct canon *c, struct str canonical); /* a value that was written canonically before */
void canon_id(struct canon *c, uint64_t id); /* 64 bits are no number of JSON's: 13 letters, as everywhere */
void canon_day(struct canon *c, struct day d);

/*
 * canon_find -- the bytes of a value of the outermost object, as they stand; false if it has no such key
 *
 * bytes  in  from anywhere: what is no canonical JSON gives false or some part of bytes, never more
 */
bool canon_find(struct str bytes, const char *key, struct str *value);
bool canon_find_int(struct str bytes, const char *key, int64_t *out);
bool canon_find_text(struct str bytes, const char *key, struct str *out); /* of strings without escapes only */

#endif
