#include "fcgi/http/shape.h"

/* What the macros cannot check: said at start and by a test, before anybody reads through the
 * table. */

#define SAFE_INTEGER INT64_C(9007199254740991) /* 2^53 - 1: what JavaScript keeps exactly */
#define TEXT_CEILING 200000

static const char *law(const struct shape *s, unsigned depth, struct buf *out);
static const char *field_law(const struct shape *s, const struct field *fd, unsigned depth,
    struct buf *out);
static const char *bounds_law(const struct field *fd);
static const char *names_law(const struct field *fd);
static size_t size_of(enum field_kind k);
static bool name_valid(const char *name);
static bool named_before(const struct shape *s, const struct field *fd);

const char *
shape_law(const struct shape *s, struct buf *out)
{
	return law(s, 0, out);
}

static const char *
law(const struct shape *s, unsigned depth, struct buf *out)
{
	const struct field *fd;
	const char *wrong = NULL;

	if (s->name == NULL || s->name[0] < 'A' || s->name[0] > 'Z')
		wrong = "a shape's name begins with a capital";
	else if (s->fields == NULL || s->fields->kind == FIELD_KIND_END || s->size == 0)
		wrong = "a shape has a size and at least one field";
	else if (depth >= JSON_DEPTH_MAX)
		wrong = "shapes are nested too deeply, or in a circle";
	if (wrong != NULL) {
		buf_printf(out, "%s: %s", s->name == NULL ? "?" : s->name, wrong);
		return buf_str(out).p;
	}
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		wrong = field_law(s, fd, depth, out);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

static const char *
field_law(const struct shape *s, const struct field *fd, unsigned depth, struct buf *out)
{
	const char *wrong = NULL;

	if (!name_valid(fd->name))
		wrong = "a field's name is lower case letters, digits and _";
	else if (named_before(s, fd))
		wrong = "the field is named twice";
	else if ((fd->kind == FIELD_KIND_SHAPE || fd->kind == FIELD_KIND_LIST ||
	    fd->kind == FIELD_KIND_STORED) && fd->shape == NULL)
		wrong = "the shape is missing";
	else if (fd->offset + size_of(fd->kind) > s->size ||
	    (fd->kind == FIELD_KIND_SHAPE && fd->offset + fd->shape->size > s->size) ||
	    (fd->kind == FIELD_KIND_LIST && fd->count_offset + sizeof(size_t) > s->size))
		wrong = "the field lies outside the struct";
	else
		wrong = bounds_law(fd);
	if (wrong != NULL) {
		buf_printf(out, "%s.%s: %s", s->name, fd->name == NULL ? "?" : fd->name, wrong);
		return buf_str(out).p;
	}
	if (fd->shape != NULL)
		return law(fd->shape, depth + 1, out);
	return NULL;
}

static const char *
bounds_law(const struct field *fd)
{
	int64_t lo = fd->min, hi = fd->max;

	switch (fd->kind) {
	case FIELD_KIND_I32:
		return lo <= hi && lo >= INT32_MIN && hi <= INT32_MAX ? NULL
								      : "bounds beyond int32";
	case FIELD_KIND_U32:
	case FIELD_KIND_MAYBE_U32:
		return lo <= hi && lo >= 0 && hi <= UINT32_MAX ? NULL : "bounds beyond uint32";
	case FIELD_KIND_I64:
	case FIELD_KIND_MAYBE_I64:
		return lo <= hi && lo >= -SAFE_INTEGER && hi <= SAFE_INTEGER ? NULL
									     : "bounds beyond 2^53";
	case FIELD_KIND_TEXT:
	case FIELD_KIND_LINES:
	case FIELD_KIND_SECRET:
	case FIELD_KIND_MAYBE_TEXT:
		return lo >= 0 && lo <= hi && hi > 0 && hi <= TEXT_CEILING ? NULL
									   : "bounds of a text";
	case FIELD_KIND_LIST:
		return hi > 0 && hi <= JSON_TOKENS_MAX ? NULL : "a list states its ceiling";
	case FIELD_KIND_ENUM:
	case FIELD_KIND_SET:
		return names_law(fd);
	default:
		return NULL;
	}
}

static const char *
names_law(const struct field *fd)
{
	unsigned i, values = 0;

	if (fd->names == NULL)
		return "the names are missing";
	for (i = 0; fd->names[i] != NULL; i++)
		values += fd->names[i][0] != '\0';
	if (values == 0 || (fd->kind == FIELD_KIND_SET && i > 64))
		return "an enum has a value, a set at most 64";
	return NULL;
}

static size_t
size_of(enum field_kind k)
{
	switch (k) {
	case FIELD_KIND_BOOL:
		return sizeof(bool);
	case FIELD_KIND_I32:
	case FIELD_KIND_U32:
	case FIELD_KIND_ENUM:
	case FIELD_KIND_DAY:
		return sizeof(uint32_t);
	case FIELD_KIND_TEXT:
	case FIELD_KIND_LINES:
	case FIELD_KIND_SECRET:
	case FIELD_KIND_STORED:
		return sizeof(struct str);
	case FIELD_KIND_MAYBE_TEXT:
		return sizeof(struct maybe_str);
	case FIELD_KIND_MAYBE_I64:
	case FIELD_KIND_MAYBE_ID:
		return sizeof(struct maybe_i64);
	case FIELD_KIND_MAYBE_U32:
		return sizeof(struct maybe_u32);
	case FIELD_KIND_MAYBE_DAY:
		return sizeof(struct maybe_day);
	case FIELD_KIND_MAYBE_BOOL:
		return sizeof(struct maybe_bool);
	default:
		return sizeof(uint64_t);
	}
}

static bool
name_valid(const char *name)
{
	size_t i;

	if (name == NULL || name[0] < 'a' || name[0] > 'z')
		return false;
	for (i = 0; name[i] != '\0'; i++)
		if ((name[i] < 'a' || name[i] > 'z') && (name[i] < '0' || name[i] > '9') &&
		    name[i] != '_')
			return false;
	return i <= 40;
}

static bool
named_before(const struct shape *s, const struct field *fd)
{
	const struct field *other;

	for (other = s->fields; other != fd; other++)
		if (strcmp(other->name, fd->name) == 0)
			return true;
	return false;
}
