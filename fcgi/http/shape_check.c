#include "fcgi/http/shape_check.h"

#include "domain/base/id.h"

#define NAME_SHOWN 64

static enum err check_letters(const struct reading *rd, const struct at *at, const struct field *fd,
    struct str text);
static enum err check_length(const struct reading *rd, const struct at *at, const struct field *fd,
    size_t chars);
static struct str without_returns(struct arena *a, struct str s);

const char *
at_write(struct arena *a, const struct at *at)
{
	const struct at *chain[JSON_DEPTH_MAX + 2];
	struct buf b;
	size_t n = 0;

	for (; at != NULL && at->up != NULL && n < sizeof(chain) / sizeof(chain[0]); at = at->up)
		chain[n++] = at;
	if (n == 0)
		return "body";
	b = buf_open(a, 64, 2048);
	while (n-- > 0) {
		if (b.n > 0)
			buf_char(&b, '.');
		if (chain[n]->name.p == NULL)
			buf_u64(&b, chain[n]->index);
		else
			buf_add(&b, str_sub(chain[n]->name, 0, NAME_SHOWN));
	}
	return b.n == 0 ? "body" : buf_str(&b).p;
}

const struct field *
field_named(const struct shape *s, struct str name)
{
	const struct field *fd;

	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++)
		if (str_eq(name, str_of(fd->name)))
			return fd;
	return NULL;
}

enum err
check_text(const struct reading *rd, const struct at *at, const struct field *fd, struct str text,
    void *out)
{
	char *place = (char *)out + fd->offset;
	size_t chars;

	if (fd->kind != FIELD_KIND_SECRET)
		text = str_trim(text);
	if (!str_utf8(text, &chars))
		return REFUSE(rd, at, "Contains characters that are not allowed.");
	TRY(check_length(rd, at, fd, chars));
	TRY(check_letters(rd, at, fd, text));
	if (fd->kind == FIELD_KIND_LINES)
		text = without_returns(rd->arena, text);
	if (text.p == NULL)
		text = STR("");
	if (fd->kind == FIELD_KIND_MAYBE_TEXT)
		*(struct maybe_str *)(void *)place = (struct maybe_str){true, text};
	else
		*(struct str *)(void *)place = text;
	return OK;
}

static enum err
check_length(const struct reading *rd, const struct at *at, const struct field *fd, size_t chars)
{
	if (chars == 0 && fd->min > 0)
		return REFUSE(rd, at, "This is required.");
	if (fd->min == fd->max && chars != (size_t)fd->max)
		return REFUSE(rd, at, "Must be exactly %lld characters.", (long long)fd->max);
	if (chars < (size_t)fd->min)
		return REFUSE(rd, at, "Must be at least %lld characters.", (long long)fd->min);
	if (chars > (size_t)fd->max)
		return REFUSE(rd, at, "Must be at most %lld characters.", (long long)fd->max);
	return OK;
}

/* Control characters break logs, mail headers and terminals; the text is known to be valid
 * UTF-8. */
static enum err
check_letters(
    const struct reading *rd, const struct at *at, const struct field *fd, struct str text)
{
	size_t i;

	for (i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool line = fd->kind == FIELD_KIND_LINES &&
		    (c == '\n' || (c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n'));
		bool c1 = c == 0xc2 && (unsigned char)text.p[i + 1] < 0xa0;

		/* U+202A..202E and U+2066..2069 turn the reading direction: a name could lie in a mail. */
		bool turns = c == 0xe2 && i + 2 < text.n &&
		    (((unsigned char)text.p[i + 1] == 0x80 && (unsigned char)text.p[i + 2] >= 0xaa &&
			 (unsigned char)text.p[i + 2] <= 0xae) ||
			((unsigned char)text.p[i + 1] == 0x81 && (unsigned char)text.p[i + 2] >= 0xa6 &&
			    (unsigned char)text.p[i + 2] <= 0xa9));

		if (((c < 0x20 || c == 0x7f) && !line) || c1 || turns)
			return REFUSE(rd, at, "Contains characters that are not allowed.");
	}
	return OK;
}

/* A form sends CR LF at the end of a line; we keep LF alone. */
static struct str
without_returns(struct arena *a, struct str s)
{
	struct buf b;
	size_t i;

	if (str_find(s, '\r') == s.n)
		return s;
	b = buf_open(a, s.n + 1, s.n + 1);
	for (i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			buf_char(&b, s.p[i]);
	return buf_str(&b);
}

enum err
check_int(
    const struct reading *rd, const struct at *at, const struct field *fd, int64_t v, void *out)
{
	char *place = (char *)out + fd->offset;

	if (v < fd->min || v > fd->max)
		return REFUSE(rd, at, "Must be between %lld and %lld.", (long long)fd->min,
		    (long long)fd->max);
	switch (fd->kind) {
	case FIELD_KIND_I32:
		*(int32_t *)(void *)place = (int32_t)v;
		break;
	case FIELD_KIND_U32:
		*(uint32_t *)(void *)place = (uint32_t)v;
		break;
	case FIELD_KIND_MAYBE_I64:
		*(struct maybe_i64 *)(void *)place = (struct maybe_i64){true, v};
		break;
	case FIELD_KIND_MAYBE_U32:
		*(struct maybe_u32 *)(void *)place = (struct maybe_u32){true, (uint32_t)v};
		break;
	default:
		*(int64_t *)(void *)place = v;
	}
	return OK;
}

enum err
check_name(const struct reading *rd, const struct at *at, const struct field *fd, struct str name,
    unsigned *index)
{
	unsigned i;

	for (i = 0; name.n > 0 && fd->names[i] != NULL; i++)
		if (str_eq(name, str_of(fd->names[i]))) {
			*index = i;
			return OK;
		}
	return REFUSE(rd, at, "Is not one of the possible values.");
}

enum err
check_enum(const struct reading *rd, const struct at *at, const struct field *fd, struct str name,
    void *out)
{
	unsigned index;

	TRY(check_name(rd, at, fd, name, &index));
	*(unsigned *)(void *)((char *)out + fd->offset) = index;
	return OK;
}

enum err
check_id(const struct reading *rd, const struct at *at, const struct field *fd, struct str text,
    void *out)
{
	char *place = (char *)out + fd->offset;
	uint64_t id;

	if (!id_read(text, &id))
		return REFUSE(rd, at, "Must be an id of 13 letters.");
	if (fd->kind == FIELD_KIND_MAYBE_ID)
		*(struct maybe_u64 *)(void *)place = (struct maybe_u64){true, id};
	else
		*(uint64_t *)(void *)place = id;
	return OK;
}

enum err
check_day(const struct reading *rd, const struct at *at, const struct field *fd, struct str text,
    void *out)
{
	struct day d;

	if (!day_read(text, &d))
		return REFUSE(rd, at, "Must be a date such as 2026-11-21.");
	if (fd->kind == FIELD_KIND_MAYBE_DAY)
		*(struct maybe_day *)(void *)((char *)out + fd->offset) =
		    (struct maybe_day){true, d};
	else
		*(struct day *)(void *)((char *)out + fd->offset) = d;
	return OK;
}

void
store_bool(const struct field *fd, bool v, void *out)
{
	char *place = (char *)out + fd->offset;

	if (fd->kind == FIELD_KIND_MAYBE_BOOL)
		*(struct maybe_bool *)(void *)place = (struct maybe_bool){true, v};
	else
		*(bool *)(void *)place = v;
}

enum err
check_words(const struct reading *rd, const struct at *at, const struct field *fd, struct str text,
    void *out)
{
	switch (fd->kind) {
	case FIELD_KIND_ID:
	case FIELD_KIND_MAYBE_ID:
		return check_id(rd, at, fd, text, out);
	case FIELD_KIND_ENUM:
		return check_enum(rd, at, fd, text, out);
	case FIELD_KIND_DAY:
	case FIELD_KIND_MAYBE_DAY:
		return check_day(rd, at, fd, text, out);
	default:
		return check_text(rd, at, fd, text, out);
	}
}

bool
field_may_miss(const struct field *fd)
{
	switch (fd->kind) {
	case FIELD_KIND_MAYBE_TEXT:
	case FIELD_KIND_MAYBE_I64:
	case FIELD_KIND_MAYBE_U32:
	case FIELD_KIND_MAYBE_BOOL:
	case FIELD_KIND_MAYBE_ID:
	case FIELD_KIND_MAYBE_DAY:
		return true;
	default:
		return false;
	}
}
