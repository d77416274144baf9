/*
 * fcgi/http/shape_check.h -- bounds of single values, shared by the JSON reader and the query
 * reader; what may be missing is also printed.
 *
 * Included by shape_read.c, shape_print.c and query.c alone.
 */
#ifndef FCGI_HTTP_SHAPE_CHECK_H
#define FCGI_HTTP_SHAPE_CHECK_H

#include <stdint.h>

#include "fcgi/http/shape.h"

/* One reading under way: where texts and messages live, where a failure is written. */
struct reading {
	struct arena *arena;
	struct fault *fault;
};

/* Where we are in the input: a chain up to the root, written out only when something is wrong. */
struct at {
	const struct at *up; /* NULL at the root, which has no name */
	struct str name;     /* .p NULL: an entry of a list, by index */
	size_t index;
};

/* at_write -- "lines.3.price", each name cut at 64 bytes; "body" for the root itself */
const char *at_write(struct arena *a, const struct at *at);

/* REFUSE -- E_INVALID at this place, with a sentence for people */
#define REFUSE(rd, at, ...) fail((rd)->fault, E_INVALID, at_write((rd)->arena, (at)), __VA_ARGS__)

/* field_named -- the field of that name, or NULL */
const struct field *field_named(const struct shape *s, struct str name);

/* field_may_miss -- may it be null, or left out? */
bool field_may_miss(const struct field *fd);

/* Each checks one value and stores it at fd's place in the struct `out`. */
must_use enum err check_text(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str text, void *out);
must_use enum err check_int(const struct reading *rd, const struct at *at, const struct field *fd,
    int64_t v, void *out);
must_use enum err check_name(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str name, unsigned *index);
must_use enum err check_enum(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str name, void *out);
must_use enum err check_id(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str text, void *out);
must_use enum err check_day(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str text, void *out);
/* check_words -- whichever of id, enum, day and text the field is */
must_use enum err check_words(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str text, void *out);
void store_bool(const struct field *fd, bool v, void *out);

#endif
