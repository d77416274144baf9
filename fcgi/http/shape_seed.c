#include "fcgi/http/shape.h"

#include "domain/base/id.h"

/* Examples that the reader takes: for OpenAPI, for tests and as the fuzzer's first corpus. */

enum seed { SEED_USUAL = 0, SEED_SMALLEST, SEED_LARGEST, SEED_FOREIGN };

#define TEXT_USUAL 8
#define TEXT_LARGEST 2000
#define LIST_LARGEST 3

static void seed_field(const struct field *fd, unsigned n, struct buf *out);
static void seed_text(const struct field *fd, unsigned n, struct buf *out);
static void seed_number(const struct field *fd, unsigned n, struct buf *out);
static void seed_enum(const struct field *fd, unsigned n, struct buf *out);
static void seed_set(const struct field *fd, unsigned n, struct buf *out);
static void seed_list(const struct field *fd, unsigned n, struct buf *out);
static void seed_id(unsigned n, struct buf *out);

void
shape_seed(const struct shape *s, unsigned n, struct buf *out)
{
	const struct field *fd;

	buf_char(out, '{');
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		if (fd != s->fields)
			buf_char(out, ',');
		json_text(out, str_of(fd->name));
		buf_char(out, ':');
		seed_field(fd, n % SHAPE_SEEDS, out);
	}
	buf_char(out, '}');
}

static void
seed_field(const struct field *fd, unsigned n, struct buf *out)
{
	switch (fd->kind) {
	case FIELD_KIND_BOOL:
		buf_add(out, n == SEED_LARGEST ? STR("true") : STR("false"));
		break;
	case FIELD_KIND_MAYBE_BOOL:
		buf_add(out, n == SEED_SMALLEST ? STR("null") : STR("true"));
		break;
	case FIELD_KIND_I32:
	case FIELD_KIND_U32:
	case FIELD_KIND_I64:
	case FIELD_KIND_MAYBE_I64:
	case FIELD_KIND_MAYBE_U32:
		seed_number(fd, n, out);
		break;
	case FIELD_KIND_ID:
		seed_id(n, out);
		break;
	case FIELD_KIND_MAYBE_ID:
		if (n == SEED_SMALLEST)
			buf_add(out, STR("null"));
		else
			seed_id(n, out);
		break;
	case FIELD_KIND_ENUM:
		seed_enum(fd, n, out);
		break;
	case FIELD_KIND_SET:
		seed_set(fd, n, out);
		break;
	case FIELD_KIND_MAYBE_DAY:
		if (n == SEED_SMALLEST) {
			buf_add(out, STR("null"));
			break;
		}
		/* fall through */
	case FIELD_KIND_DAY:
		buf_add(out, n == SEED_SMALLEST ? STR("\"0001-01-01\"") :
			n == SEED_LARGEST ? STR("\"9999-12-31\"") : STR("\"2026-11-21\""));
		break;
	case FIELD_KIND_SHAPE:
	case FIELD_KIND_STORED:
		shape_seed(fd->shape, n, out);
		break;
	case FIELD_KIND_LIST:
		seed_list(fd, n, out);
		break;
	default:
		seed_text(fd, n, out);
	}
}

static void
seed_text(const struct field *fd, unsigned n, struct buf *out)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	int64_t i, length = n == SEED_SMALLEST  ? fd->min
			    : n == SEED_LARGEST ? TEXT_LARGEST
						: TEXT_USUAL;

	if (n == SEED_SMALLEST && fd->kind == FIELD_KIND_MAYBE_TEXT) {
		buf_add(out, STR("null"));
		return;
	}
	if (length > fd->max)
		length = fd->max;
	if (length < fd->min)
		length = fd->min;
	buf_char(out, '"');
	for (i = 0; i < length; i++)
		if (n == SEED_FOREIGN)
			buf_add(out, i % 3 == 0   ? STR("\xc3\xb1")
				     : i % 3 == 1 ? STR("\xe6\xb0\xb4")
						  : STR("\xf0\x9f\x8f\x8a"));
		else
			buf_char(out, letters[i % 26]);
	buf_char(out, '"');
}

static void
seed_number(const struct field *fd, unsigned n, struct buf *out)
{
	int64_t v = n == SEED_SMALLEST ? fd->min : n == SEED_LARGEST ? fd->max : 1;

	if (n == SEED_SMALLEST && fd->kind >= FIELD_KIND_MAYBE_TEXT) {
		buf_add(out, STR("null"));
		return;
	}
	buf_i64(out, v < fd->min ? fd->min : v > fd->max ? fd->max : v);
}

static void
seed_id(unsigned n, struct buf *out)
{
	char letters[ID_LETTERS + 1];

	id_write(n == SEED_SMALLEST ? 1 : n == SEED_LARGEST ? INT64_MAX :
		 id_make(INT64_C(1795219200000), 7), letters);
	json_text(out, str_of(letters));
}

static void
seed_enum(const struct field *fd, unsigned n, struct buf *out)
{
	const char *chosen = "";
	unsigned i;

	for (i = 0; fd->names[i] != NULL; i++)
		if (fd->names[i][0] != '\0' && (chosen[0] == '\0' || n == SEED_LARGEST))
			chosen = fd->names[i];
	json_text(out, str_of(chosen));
}

static void
seed_set(const struct field *fd, unsigned n, struct buf *out)
{
	bool first = true;
	unsigned i;

	buf_char(out, '[');
	for (i = 0; n != SEED_SMALLEST && fd->names[i] != NULL; i++) {
		if (fd->names[i][0] == '\0' || (!first && n != SEED_LARGEST))
			continue;
		if (!first)
			buf_char(out, ',');
		first = false;
		json_text(out, str_of(fd->names[i]));
	}
	buf_char(out, ']');
}

static void
seed_list(const struct field *fd, unsigned n, struct buf *out)
{
	int64_t i, length = n == SEED_SMALLEST ? 0 : n == SEED_LARGEST ? LIST_LARGEST : 1;

	buf_char(out, '[');
	for (i = 0; i < length && i < fd->max; i++) {
		if (i > 0)
			buf_char(out, ',');
		shape_seed(fd->shape, n, out);
	}
	buf_char(out, ']');
}
