#include "fcgi/http/request.h"

#include <stdalign.h>

#include "fcgi/http/shape_check.h"

/* The query string through a shape: the same bounds and sentences as a body's. */

static enum err read_value(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str v, void *out);
static enum err check_names(const struct reading *rd, const struct at *root, const struct shape *s,
    const struct request *r);
static bool is_text(const struct field *fd);

enum err
query_read(
    const struct shape *s, const struct request *r, struct arena *a, void *out, struct fault *f)
{
	const struct reading rd = {a, f};
	const struct at root = {NULL, STR_NONE, 0};
	void *fresh = arena_alloc(a, s->size, alignof(max_align_t));
	const struct field *fd;

	TRY(check_names(&rd, &root, s, r));
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		const struct at here = {&root, str_of(fd->name), 0};
		struct str v = request_query(r, here.name);

		if (v.n > 0)
			TRY(read_value(&rd, &here, fd, v, fresh));
		else if (is_text(fd))
			TRY(check_text(&rd, &here, fd, STR(""), fresh));
		else if (fd->kind == FIELD_KIND_ID)
			return REFUSE(&rd, &here, "This value is missing.");
	}
	memcpy(out, fresh, s->size);
	return OK;
}

enum err
query_none(const struct request *r, struct arena *a, struct fault *f)
{
	static const struct field none[] = {FIELD_END};
	static const struct shape nothing = {"Nothing", 0, none};
	const struct reading rd = {a, f};
	const struct at root = {NULL, STR_NONE, 0};

	return check_names(&rd, &root, &nothing, r);
}

static enum err
check_names(const struct reading *rd, const struct at *root, const struct shape *s,
    const struct request *r)
{
	size_t i, k;

	for (i = 0; i < r->queries; i++) {
		const struct at here = {root, r->query[i].name, 0};

		if (field_named(s, here.name) == NULL)
			return REFUSE(rd, &here, "This is not expected here.");
		for (k = 0; k < i; k++)
			if (str_eq(here.name, r->query[k].name))
				return REFUSE(rd, &here, "The request names something twice.");
	}
	return OK;
}

/* An empty FIELD_MAYBE_TEXT is absent, so it is not among these. */
static bool
is_text(const struct field *fd)
{
	return fd->kind == FIELD_KIND_TEXT || fd->kind == FIELD_KIND_LINES ||
	    fd->kind == FIELD_KIND_SECRET;
}

static enum err
read_value(
    const struct reading *rd, const struct at *at, const struct field *fd, struct str v, void *out)
{
	int64_t number;

	switch (fd->kind) {
	case FIELD_KIND_BOOL:
	case FIELD_KIND_MAYBE_BOOL:
		if (!str_eq(v, STR("true")) && !str_eq(v, STR("false")))
			return REFUSE(rd, at, "Must be true or false.");
		store_bool(fd, str_eq(v, STR("true")), out);
		return OK;
	case FIELD_KIND_I32:
	case FIELD_KIND_U32:
	case FIELD_KIND_I64:
	case FIELD_KIND_MAYBE_I64:
	case FIELD_KIND_MAYBE_U32:
		if (!str_i64(v, &number))
			return REFUSE(rd, at, "Must be a whole number.");
		return check_int(rd, at, fd, number, out);
	default:
		return check_words(rd, at, fd, v, out);
	}
}
