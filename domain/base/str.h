/*
 * domain/base/str.h -- strings with their length, and a growing text with a ceiling.
 *
 * struct str is borrowed by default, may hold NUL bytes, and is not NUL-terminated unless it was made
 * by str_copy, str_printf or buf_str (which always put a NUL after the last byte).
 */
#ifndef DOMAIN_BASE_STR_H
#define DOMAIN_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "domain/base/arena.h"

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((struct str){NULL, 0})
/* For printf's %.*s */
#define STR_ARG(s) (int)(s).n, ((s).n ? (s).p : "")

struct str str_of(const char *c); /* NULL gives STR_NONE */
struct str str_copy(struct arena *a, struct str s);
struct str str_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII only */
int str_cmp(struct str a, struct str b);        /* bytes, then length */
bool str_starts(struct str s, struct str with);
bool str_ends(struct str s, struct str with);
/* str_find -- offset of the first `c`, or s.n */
size_t str_find(struct str s, char c);
struct str str_sub(struct str s, size_t from, size_t n); /* clipped to s */
struct str str_trim(struct str s);                       /* ASCII white space at both ends */
struct str str_lower(struct arena *a, struct str s);     /* ASCII only */
struct str str_digits(struct arena *a, struct str s);    /* the first twelve: "INV-000042" is looked for as 000042 */

/* str_cut -- the part before the first `c`; *rest is what follows it (STR_NONE if c is absent) */
struct str str_cut(struct str s, char c, struct str *rest);

/* str_u64, str_i64 -- the whole of s as a decimal number; false (out untouched) if it is not one */
bool str_u64(struct str s, uint64_t *out);
bool str_i64(struct str s, int64_t *out);

/* str_utf8 -- is s valid UTF-8 (no surrogates, no overlong forms)? chars (may be NULL) counts code points */
bool str_utf8(struct str s, size_t *chars);

/* str_letter -- one code point as UTF-8, into room for four bytes; their number. A surrogate is written as U+FFFD */
size_t str_letter(uint32_t c, char *room);

/* A text that grows in an arena up to `max` bytes; past it `full` is set and the rest is dropped. */
struct buf {
	struct arena *a;
	char *p;
	size_t n, cap, max;
	bool full;
};

struct buf buf_open(struct arena *a, size_t first, size_t max);
void buf_add(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_u64(struct buf *b, uint64_t v);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* buf_str -- what was added so far, NUL-terminated; stays valid until the next add */
struct str buf_str(struct buf *b);

/* Encodings: lower-case hex, base64url without padding, RFC 4648 base32 upper case without padding. */
struct str str_hex(struct arena *a, const void *bytes, size_t n);
struct str str_base64url(struct arena *a, const void *bytes, size_t n);
struct str str_base32(struct arena *a, const void *bytes, size_t n);
/* The way back; false if s is not canonical or does not fit max. */
bool str_unhex(struct str s, void *out, size_t max, size_t *n);
bool str_unbase64url(struct str s, void *out, size_t max, size_t *n);

#endif
