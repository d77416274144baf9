#include "fcgi/http/shape.h"

#include <errno.h>
#include <stdalign.h>

#include <jansson.h>

#include "fcgi/http/shape_check.h"

/* Here alone is the JSON library: it parses into a tree that lives as long as the arena. */

#define REAL_EXACT 9007199254740992.0 /* 2^53: up to here a real holds every whole number */

static enum err
parse(const struct reading *rd, const struct at *root, struct str json, json_t **tree);
static enum err read_object(const struct reading *rd, const struct at *at, const struct shape *s,
    json_t *object, void *out);
static enum err read_field(const struct reading *rd, const struct at *at, const struct field *fd,
    json_t *v, void *out);
static enum err read_string(const struct reading *rd, const struct at *at, const struct field *fd,
    json_t *v, void *out);
static enum err read_set(const struct reading *rd, const struct at *at, const struct field *fd,
    json_t *v, void *out);
static enum err read_list(const struct reading *rd, const struct at *at, const struct field *fd,
    json_t *v, void *out);
static enum err refuse_twice(const struct reading *rd, const struct at *root, const char *said);
static enum err read_number(const struct reading *rd, const struct at *at, const struct field *fd,
    json_t *v, void *out);
static bool open_ended(const struct shape *s);
static void drop(void *tree);

enum err
shape_read(const struct shape *s, struct str json, struct arena *a, void *out, struct fault *f)
{
	const struct reading rd = {a, f};
	const struct at root = {NULL, STR_NONE, 0};
	void *fresh = arena_alloc(a, s->size, alignof(max_align_t));
	json_t *tree;

	TRY(parse(&rd, &root, json, &tree));
	TRY(read_object(&rd, &root, s, tree, fresh));
	memcpy(out, fresh, s->size);
	return OK;
}

static enum err
parse(const struct reading *rd, const struct at *root, struct str json, json_t **tree)
{
	json_error_t why;
	json_t *t;

	if (json.n == 0)
		return REFUSE(rd, root, "The request is not valid JSON.");
	if (!json_scan(json, JSON_DEPTH_MAX, JSON_TOKENS_MAX))
		return REFUSE(rd, root, "The request is nested too deeply or has too many parts.");
	/* Numbers beyond 64 bits would be no JSON at all; as reals they reach their field and are
	 * refused there. */
	errno = 0;
	t = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &why);
	/*
	 * The library drops a letter of a text, and goes on, if its buffer cannot grow; or it calls
	 * that a mistake of the sender. errno knows better.
	 */
	if (errno == ENOMEM) {
		json_decref(t);
		return fail(
		    rd->fault, E_AWAY, NULL, "We are too busy. Please try again in a moment.");
	}
	if (t == NULL) {
		if (json_error_code(&why) == json_error_duplicate_key)
			return refuse_twice(rd, root, why.text);
		return REFUSE(rd, root, "The request is not valid JSON.");
	}
	arena_defer(rd->arena, drop, t);
	if (!json_is_object(t))
		return REFUSE(rd, root, "The request must be a JSON object.");
	*tree = t;
	return OK;
}

/* The library says: duplicate object key near '"name"'. */
static enum err
refuse_twice(const struct reading *rd, const struct at *root, const char *said)
{
	const char *from = strstr(said, "'\"");
	struct str rest = str_of(from == NULL ? "" : from + 2);
	const struct at here = {
	    root, str_copy(rd->arena, str_sub(rest, 0, str_find(rest, '"'))), 0};

	return REFUSE(rd, here.name.n == 0 ? root : &here, "The request names something twice.");
}

static void
drop(void *tree)
{
	json_decref(tree);
}

static enum err
read_object(const struct reading *rd, const struct at *at, const struct shape *s, json_t *object,
    void *out)
{
	const struct field *fd;
	const char *key;
	json_t *v;

	json_object_foreach (object, key, v) {
		const struct at here = {at, str_of(key), 0};

		if (field_named(s, here.name) == NULL && !open_ended(s))
			return REFUSE(rd, &here, "This is not expected here.");
	}
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		const struct at here = {at, str_of(fd->name), 0};

		v = json_object_get(object, fd->name);
		if (v == NULL || json_is_null(v)) {
			if (!field_may_miss(fd))
				return REFUSE(rd, &here, "This is required.");
			continue;
		}
		TRY(read_field(rd, &here, fd, v, out));
	}
	return OK;
}

/* Is it what others write, who may add to it? */
static bool
open_ended(const struct shape *s)
{
	const struct field *fd = s->fields;

	while (fd->kind != FIELD_KIND_END)
		fd++;
	return fd->min != 0;
}

static enum err
read_field(
    const struct reading *rd, const struct at *at, const struct field *fd, json_t *v, void *out)
{
	switch (fd->kind) {
	case FIELD_KIND_BOOL:
	case FIELD_KIND_MAYBE_BOOL:
		if (!json_is_boolean(v))
			return REFUSE(rd, at, "Must be true or false.");
		store_bool(fd, json_is_true(v), out);
		return OK;
	case FIELD_KIND_I32:
	case FIELD_KIND_U32:
	case FIELD_KIND_I64:
	case FIELD_KIND_MAYBE_I64:
	case FIELD_KIND_MAYBE_U32:
		return read_number(rd, at, fd, v, out);
	case FIELD_KIND_SET:
		return read_set(rd, at, fd, v, out);
	case FIELD_KIND_SHAPE:
		if (!json_is_object(v))
			return REFUSE(rd, at, "Must be an object.");
		return read_object(rd, at, fd->shape, v, (char *)out + fd->offset);
	case FIELD_KIND_LIST:
		return read_list(rd, at, fd, v, out);
	case FIELD_KIND_STORED:
		return REFUSE(rd, at, "This value is not valid.");
	default:
		return read_string(rd, at, fd, v, out);
	}
}

/* Bounds lie within 2^53 (shape_law), where a real is exact; beyond, any value is out of bounds. */
static enum err
read_number(
    const struct reading *rd, const struct at *at, const struct field *fd, json_t *v, void *out)
{
	double d = json_real_value(v);
	int64_t n;

	if (!json_is_real(v))
		return REFUSE(rd, at, "Must be a whole number.");
	if (d > REAL_EXACT)
		d = REAL_EXACT;
	if (d < -REAL_EXACT)
		d = -REAL_EXACT;
	n = (int64_t)d;
	if ((double)n < d || (double)n > d)
		return REFUSE(rd, at, "Must be a whole number.");
	return check_int(rd, at, fd, n, out);
}

static enum err
read_string(
    const struct reading *rd, const struct at *at, const struct field *fd, json_t *v, void *out)
{
	struct str text;

	if (!json_is_string(v))
		return REFUSE(rd, at, "Must be a text.");
	text = (struct str){json_string_value(v), json_string_length(v)};
	return check_words(rd, at, fd, text, out);
}

static enum err
read_set(
    const struct reading *rd, const struct at *at, const struct field *fd, json_t *v, void *out)
{
	uint64_t bits = 0;
	size_t i;

	if (!json_is_array(v))
		return REFUSE(rd, at, "Must be a list.");
	for (i = 0; i < json_array_size(v); i++) {
		const struct at here = {at, STR_NONE, i};
		json_t *name = json_array_get(v, i);
		unsigned index;

		if (!json_is_string(name))
			return REFUSE(rd, &here, "Must be a text.");
		TRY(check_name(rd, &here, fd,
		    (struct str){json_string_value(name), json_string_length(name)}, &index));
		bits |= UINT64_C(1) << index;
	}
	*(uint64_t *)(void *)((char *)out + fd->offset) = bits;
	return OK;
}

static enum err
read_list(
    const struct reading *rd, const struct at *at, const struct field *fd, json_t *v, void *out)
{
	size_t i, n;
	char *entries;

	if (!json_is_array(v))
		return REFUSE(rd, at, "Must be a list.");
	n = json_array_size(v);
	if (n > (size_t)fd->max)
		return REFUSE(
		    rd, at, "Must be a list of at most %lld entries.", (long long)fd->max);
	entries = arena_array_alloc(rd->arena, n, fd->shape->size, alignof(max_align_t));
	for (i = 0; i < n; i++) {
		const struct at here = {at, STR_NONE, i};
		json_t *entry = json_array_get(v, i);

		if (!json_is_object(entry))
			return REFUSE(rd, &here, "Must be an object.");
		TRY(read_object(rd, &here, fd->shape, entry, entries + i * fd->shape->size));
	}
	memcpy((char *)out + fd->offset, &entries, sizeof(entries));
	*(size_t *)(void *)((char *)out + fd->count_offset) = n;
	return OK;
}
