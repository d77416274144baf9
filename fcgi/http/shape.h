/*
 * fcgi/http/shape.h -- a shape is a table over a C struct: one walker parses and bounds input,
 * prints output, writes TypeScript, JSON Schema (OpenAPI 3.1) and fuzz seeds from the same table.
 *
 *	static const struct field skip_in_fields[] = {
 *		FIELD_ENUM(struct skip_in, why, skip_reason_names),
 *		FIELD_INT(struct skip_in, version, 1, INT32_MAX),
 *		FIELD_END
 *	};
 *	const struct shape skip_in_shape = { "SkipIn", sizeof(struct skip_in), skip_in_fields };
 *
 * How to add one: write the struct, the fields, the shape; name it in an endpoint. Nothing else.
 *
 * JSON rules: ids are strings of 13 letters; int64 beyond 2^53 does not occur (money is below it);
 * unknown members of input are refused (E_INVALID, field = its name); duplicate members are
 * refused; depth <= 16, tokens <= 20,000, checked before jansson sees a byte. A text is UTF-8
 * without NUL or control characters (except \n in FIELD_TEXT_LINES), counted in code points,
 * trimmed.
 */
#ifndef FCGI_HTTP_SHAPE_H
#define FCGI_HTTP_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

#define JSON_DEPTH_MAX 16
#define JSON_TOKENS_MAX 20000

enum field_kind {
	FIELD_KIND_END = 0,
	FIELD_KIND_BOOL,       /* bool                                        */
	FIELD_KIND_I32,        /* int32_t, min..max                           */
	FIELD_KIND_U32,        /* uint32_t                                    */
	FIELD_KIND_I64,        /* int64_t (cents, seconds UTC)                */
	FIELD_KIND_ID,         /* uint64_t <-> 13 letters                     */
	FIELD_KIND_TEXT,       /* struct str, min..max code points            */
	FIELD_KIND_LINES,      /* the same, newlines allowed                  */
	FIELD_KIND_ENUM,       /* enum by names                               */
	FIELD_KIND_SET,        /* uint64_t bits <-> array of names            */
	FIELD_KIND_DAY,        /* struct day <-> "2026-11-21"                 */
	FIELD_KIND_SHAPE,      /* a nested struct                             */
	FIELD_KIND_LIST,       /* struct { T *v; size_t n; } of a shape; max  */
	FIELD_KIND_MAYBE_TEXT, /* struct maybe_str: null or absent = !is      */
	FIELD_KIND_MAYBE_I64,
	FIELD_KIND_MAYBE_U32,
	FIELD_KIND_MAYBE_BOOL,
	FIELD_KIND_MAYBE_ID,   /* struct maybe_u64                            */
	FIELD_KIND_MAYBE_DAY,  /* struct maybe_day                            */
	FIELD_KIND_STORED,     /* struct str: JSON that shape_write made of this shape; output only */
	FIELD_KIND_SECRET      /* struct str: a text taken as typed, not trimmed: passwords */
};

/* Names of an enum or a set: index = value; NULL ends; "" = a value that does not exist. */
typedef const char *const *names;

struct shape;

struct field {
	enum field_kind kind;
	const char *name; /* in JSON: the member's own name */
	size_t offset, count_offset;
	int64_t min, max;
	names names;
	const struct shape *shape;
	const char *help; /* one line for TypeScript and OpenAPI; may be NULL */
};

struct shape {
	const char *name; /* "SkipIn": unique, the TypeScript interface */
	size_t size;
	const struct field *fields; /* ends with FIELD_END */
};

#define FIELD_(k, s, m) .kind = (k), .name = #m, .offset = offsetof(s, m)
#define FIELD_BOOL(s, m) {FIELD_(FIELD_KIND_BOOL, s, m)}
#define FIELD_INT(s, m, lo, hi) {FIELD_(_Generic(((s *)0)->m, int32_t: FIELD_KIND_I32, \
	uint32_t: FIELD_KIND_U32, int64_t: FIELD_KIND_I64), s, m), .min = (lo), .max = (hi)}
#define FIELD_TIME(s, m) {FIELD_(FIELD_KIND_I64, s, m), .min = 0, .max = INT64_C(253402300799), \
	.help = "seconds UTC since 1970"}
#define FIELD_ID(s, m) {FIELD_(FIELD_KIND_ID, s, m)}
#define FIELD_TEXT(s, m, lo, hi) {FIELD_(FIELD_KIND_TEXT, s, m), .min = (lo), .max = (hi)}
#define FIELD_SECRET(s, m, lo, hi) {FIELD_(FIELD_KIND_SECRET, s, m), .min = (lo), .max = (hi)}
#define FIELD_LINES(s, m, lo, hi) {FIELD_(FIELD_KIND_LINES, s, m), .min = (lo), .max = (hi)}
#define FIELD_ENUM(s, m, list) {FIELD_(FIELD_KIND_ENUM, s, m), .names = (list)}
#define FIELD_SET(s, m, list) {FIELD_(_Generic(((s *)0)->m, uint64_t: FIELD_KIND_SET), s, m), .names = (list)}
#define FIELD_DAY(s, m) {FIELD_(FIELD_KIND_DAY, s, m)}
#define FIELD_SHAPE(s, m, sh) {FIELD_(FIELD_KIND_SHAPE, s, m), .shape = (sh)}
/* What was written by shape_write and kept is passed on as it is: it is not parsed only to be printed again. */
#define FIELD_STORED(s, m, sh) {FIELD_(FIELD_KIND_STORED, s, m), .shape = (sh)}
#define FIELD_LIST(s, m, count, sh, hi) {FIELD_(FIELD_KIND_LIST, s, m), \
	.count_offset = offsetof(s, count), .max = (hi), .shape = (sh)}
#define FIELD_MAYBE_TEXT(s, m, lo, hi) {FIELD_(FIELD_KIND_MAYBE_TEXT, s, m), .min = (lo), .max = (hi)}
#define FIELD_MAYBE_TIME(s, m) {FIELD_(FIELD_KIND_MAYBE_I64, s, m), .min = 0, .max = INT64_C(253402300799)}
#define FIELD_MAYBE_INT(s, m, lo, hi) {FIELD_(_Generic(((s *)0)->m, struct maybe_i64: FIELD_KIND_MAYBE_I64, \
	struct maybe_u32: FIELD_KIND_MAYBE_U32), s, m), .min = (lo), .max = (hi)}
#define FIELD_MAYBE_BOOL(s, m) {FIELD_(FIELD_KIND_MAYBE_BOOL, s, m)}
#define FIELD_MAYBE_ID(s, m) {FIELD_(FIELD_KIND_MAYBE_ID, s, m)}
#define FIELD_MAYBE_DAY(s, m) {FIELD_(FIELD_KIND_MAYBE_DAY, s, m)}
#define FIELD_END {.kind = FIELD_KIND_END}
/* Ends the fields of what others write: members that we do not know are passed over. */
#define FIELD_END_OPEN {.kind = FIELD_KIND_END, .min = 1}

/*
 * shape_read -- JSON text into a zeroed struct of shape->size, every field bounded
 *
 * All members that are not FIELD_MAYBE_ must be there. Texts point into memory of the arena.
 *
 * Errors  E_INVALID with field = path of the member ("lines.3.price"; "body" if it is no JSON
 *         object); E_AWAY out of memory
 */
must_use enum err shape_read(const struct shape *s, struct str json, struct arena *a, void *out,
    struct fault *f);

/* shape_write -- the struct as JSON, appended; buf.full tells if the ceiling was hit */
void shape_write(const struct shape *s, const void *in, struct buf *out);

/* json_text -- a JSON string with quotes and escapes (also escapes <, >, & and U+2028/9) */
void json_text(struct buf *out, struct str s);

/* json_scan -- the pre-scan: depth and tokens; true if within bounds */
bool json_scan(struct str json, unsigned depth_max, unsigned tokens_max);

/* json_member -- what an object holds under that name, as it stands there; false if there is none, or the object is badly written
 * before it */
bool json_member(struct str json, const char *name, struct str *value);
/*
 * json_bytes -- the text that an object holds under that name, whatever letters it has and however long it is: a mail as it came
 *
 * Read without the library, whose heap would hold it several times over. A half of a pair of surrogates becomes U+FFFD.
 *
 * Returns false if there is none, it is longer than max bytes, or badly written
 */
bool json_bytes(struct str json, const char *name, struct arena *a, size_t max, struct str *out);

/*
 * Which way a shape travels: input may leave out what may be missing, output always says it (null),
 * a query may leave out all but an id and a text that needs at least one character.
 */
enum shape_way { SHAPE_OUT = 0, SHAPE_IN, SHAPE_QUERY };

/* export interface SkipIn { ... }; nested shapes are named, not repeated */
void shape_typescript(const struct shape *s, enum shape_way way, struct buf *out);
/* JSON Schema 2020-12 object; nested shapes are "$ref": "#/components/schemas/<name>" */
void shape_schema(const struct shape *s, enum shape_way way, struct buf *out);
void field_schema(const struct field *fd, enum shape_way way, struct buf *out);
bool field_required(const struct field *fd, enum shape_way way);
/* the n-th example, JSON that shape_read takes: 0 usual, 1 smallest, 2 largest, 3 foreign
 * letters */
#define SHAPE_SEEDS 4
void shape_seed(const struct shape *s, unsigned n, struct buf *out);

/* shape_law -- the first thing that is wrong with a shape or one nested in it, written into out; or
 * NULL */
const char *shape_law(const struct shape *s, struct buf *out);

#endif
