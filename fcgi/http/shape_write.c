#include "fcgi/http/shape.h"

#include "domain/base/id.h"

/* Straight into the buffer, no tree between: a JSON library cost more than the rest of the
 * worker. */

static void write_field(const struct field *fd, const char *place, const char *in, struct buf *out);
static void write_maybe(const struct field *fd, const char *place, struct buf *out);
static void write_id(uint64_t id, struct buf *out);
static void write_set(const struct field *fd, uint64_t bits, struct buf *out);
static void write_list(const struct field *fd, const char *place, const char *in, struct buf *out);
static void write_name(const struct field *fd, unsigned value, struct buf *out);
static size_t letter_length(struct str s, size_t i);
static void write_letter(struct buf *out, struct str s, size_t i, size_t n);

void
shape_write(const struct shape *s, const void *in, struct buf *out)
{
	const struct field *fd;

	buf_char(out, '{');
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		if (fd != s->fields)
			buf_char(out, ',');
		buf_char(out, '"');
		buf_add(out, str_of(fd->name));
		buf_add(out, STR("\":"));
		write_field(fd, (const char *)in + fd->offset, in, out);
	}
	buf_char(out, '}');
}

static void
write_field(const struct field *fd, const char *place, const char *in, struct buf *out)
{
	const void *p = place;
	char day[DAY_LETTERS + 1];

	switch (fd->kind) {
	case FIELD_KIND_BOOL:
		buf_add(out, *(const bool *)p ? STR("true") : STR("false"));
		break;
	case FIELD_KIND_I32:
		buf_i64(out, *(const int32_t *)p);
		break;
	case FIELD_KIND_U32:
		buf_u64(out, *(const uint32_t *)p);
		break;
	case FIELD_KIND_I64:
		buf_i64(out, *(const int64_t *)p);
		break;
	case FIELD_KIND_ID:
		write_id(*(const uint64_t *)p, out);
		break;
	case FIELD_KIND_TEXT:
	case FIELD_KIND_LINES:
	case FIELD_KIND_SECRET:
		json_text(out, *(const struct str *)p);
		break;
	case FIELD_KIND_ENUM:
		write_name(fd, *(const unsigned *)p, out);
		break;
	case FIELD_KIND_SET:
		write_set(fd, *(const uint64_t *)p, out);
		break;
	case FIELD_KIND_DAY:
		day_write(*(const struct day *)p, day);
		json_text(out, str_of(day));
		break;
	case FIELD_KIND_SHAPE:
		shape_write(fd->shape, p, out);
		break;
	case FIELD_KIND_STORED:
		buf_add(out, *(const struct str *)p);
		break;
	case FIELD_KIND_LIST:
		write_list(fd, place, in, out);
		break;
	default:
		write_maybe(fd, place, out);
	}
}

static void
write_maybe(const struct field *fd, const char *place, struct buf *out)
{
	const void *p = place;

	if (fd->kind == FIELD_KIND_MAYBE_TEXT && ((const struct maybe_str *)p)->is)
		json_text(out, ((const struct maybe_str *)p)->v);
	else if (fd->kind == FIELD_KIND_MAYBE_I64 && ((const struct maybe_i64 *)p)->is)
		buf_i64(out, ((const struct maybe_i64 *)p)->v);
	else if (fd->kind == FIELD_KIND_MAYBE_U32 && ((const struct maybe_u32 *)p)->is)
		buf_u64(out, ((const struct maybe_u32 *)p)->v);
	else if (fd->kind == FIELD_KIND_MAYBE_BOOL && ((const struct maybe_bool *)p)->is)
		buf_add(out, ((const struct maybe_bool *)p)->v ? STR("true") : STR("false"));
	else if (fd->kind == FIELD_KIND_MAYBE_DAY && ((const struct maybe_day *)p)->is) {
		char day[DAY_LETTERS + 1];

		day_write(((const struct maybe_day *)p)->v, day);
		json_text(out, str_of(day));
	} else if (fd->kind == FIELD_KIND_MAYBE_ID && ((const struct maybe_u64 *)p)->is)
		write_id(((const struct maybe_u64 *)p)->v, out);
	else
		buf_add(out, STR("null"));
}

static void
write_id(uint64_t id, struct buf *out)
{
	char letters[ID_LETTERS + 1];

	id_write(id, letters);
	buf_char(out, '"');
	buf_add(out, (struct str){letters, ID_LETTERS});
	buf_char(out, '"');
}

/* A value without a name is null in JSON: visible to whoever reads, and no reader crashes on it. */
static void
write_name(const struct field *fd, unsigned value, struct buf *out)
{
	unsigned i;

	for (i = 0; fd->names[i] != NULL; i++)
		if (i == value && fd->names[i][0] != '\0') {
			json_text(out, str_of(fd->names[i]));
			return;
		}
	buf_add(out, STR("null"));
}

static void
write_set(const struct field *fd, uint64_t bits, struct buf *out)
{
	bool first = true;
	unsigned i;

	buf_char(out, '[');
	for (i = 0; i < 64 && fd->names[i] != NULL; i++) {
		if ((bits & UINT64_C(1) << i) == 0 || fd->names[i][0] == '\0')
			continue;
		if (!first)
			buf_char(out, ',');
		first = false;
		json_text(out, str_of(fd->names[i]));
	}
	buf_char(out, ']');
}

static void
write_list(const struct field *fd, const char *place, const char *in, struct buf *out)
{
	size_t n = *(const size_t *)(const void *)(in + fd->count_offset);
	const char *entries;
	size_t i;

	memcpy(&entries, place, sizeof(entries));
	buf_char(out, '[');
	for (i = 0; i < n && !out->full; i++) {
		if (i > 0)
			buf_char(out, ',');
		shape_write(fd->shape, entries + i * fd->shape->size, out);
	}
	buf_char(out, ']');
}

/* Goes through as it is: ASCII that a browser reads the same inside markup. One look instead of seven comparisons. */
#define PLAIN_4(c) [c] = true, [(c) + 1] = true, [(c) + 2] = true, [(c) + 3] = true
#define PLAIN_16(c) PLAIN_4(c), PLAIN_4((c) + 4), PLAIN_4((c) + 8), PLAIN_4((c) + 12)
static const bool plain_letter[256] = {[' '] = true, ['!'] = true, ['#'] = true, ['$'] = true, ['%'] = true, ['\''] = true,
	PLAIN_4('('), PLAIN_4(','), PLAIN_4('0'), PLAIN_4('4'), PLAIN_4('8'), ['='] = true, ['?'] = true, PLAIN_16('@'),
	PLAIN_4('P'), PLAIN_4('T'), ['X'] = true, ['Y'] = true, ['Z'] = true, ['['] = true, [']'] = true, ['^'] = true, ['_'] = true, PLAIN_16('`'), PLAIN_4('p'),
	PLAIN_4('t'), PLAIN_4('x'), ['|'] = true, ['}'] = true, ['~'] = true};

void
json_text(struct buf *out, struct str s)
{
	size_t i = 0, plain = 0;

	buf_char(out, '"');
	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];
		size_t n;

		if (plain_letter[c]) {
			i++;
			continue;
		}
		buf_add(out, (struct str){s.p + plain, i - plain});
		n = letter_length(s, i);
		write_letter(out, s, i, n);
		i += n == 0 ? 1 : n;
		plain = i;
	}
	if (s.n > plain)
		buf_add(out, (struct str){s.p + plain, s.n - plain});
	buf_char(out, '"');
}

/* letter_length -- bytes of the code point at i; 0 if the bytes there are not UTF-8 */
static size_t
letter_length(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	size_t n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;

	if (n > s.n - i || (n > 0 && !str_utf8((struct str){s.p + i, n}, NULL)))
		return 0;
	return n;
}

static void
write_letter(struct buf *out, struct str s, size_t i, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char c = (unsigned char)s.p[i];

	if (n == 0) {
		buf_add(out, STR("\\ufffd"));
	} else if (n == 3 && memcmp(s.p + i, "\xe2\x80\xa8", 3) == 0) {
		buf_add(out, STR("\\u2028"));
	} else if (n == 3 && memcmp(s.p + i, "\xe2\x80\xa9", 3) == 0) {
		buf_add(out, STR("\\u2029"));
	} else if (n > 1) {
		buf_add(out, (struct str){s.p + i, n});
	} else if (c == '"' || c == '\\') {
		buf_char(out, '\\');
		buf_char(out, (char)c);
	} else if (c == '\n') {
		buf_add(out, STR("\\n"));
	} else {
		buf_add(out, STR("\\u00"));
		buf_char(out, hex[c >> 4]);
		buf_char(out, hex[c & 15]);
	}
}
