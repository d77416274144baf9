/*
 * tests/fuzz/json.c -- what a shape with every kind of field lets in, it writes, and reads again
 * the same.
 */
#include "fcgi/http/shape.h"
#include "tests/fuzz/fuzz.h"

enum colour { RED = 1, GREEN };
static const char *const colour_names[] = {"", "red", "green", NULL};

struct line {
	struct str what;
	int64_t cents;
};
struct order {
	bool urgent;
	int32_t change;
	uint32_t version;
	int64_t due_at;
	uint64_t id;
	struct str name, note, password;
	enum colour colour;
	uint64_t may;
	struct day day;
	struct line first, *lines;
	size_t line_count;
	struct maybe_str code;
	struct maybe_i64 seen_at;
	struct maybe_u32 seats;
	struct maybe_bool loud;
	struct maybe_u64 parent;
};
static const struct field line_fields[] = {
	FIELD_TEXT(struct line, what, 1, 10),
	FIELD_INT(struct line, cents, -100000, 100000),
	FIELD_END,
};
static const struct shape line_shape = {"Line", sizeof(struct line), line_fields};
static const struct field order_fields[] = {
	FIELD_BOOL(struct order, urgent),
	FIELD_INT(struct order, change, -5, 5),
	FIELD_INT(struct order, version, 1, INT32_MAX),
	FIELD_TIME(struct order, due_at),
	FIELD_ID(struct order, id),
	FIELD_TEXT(struct order, name, 1, 12),
	FIELD_LINES(struct order, note, 0, 40),
	FIELD_SECRET(struct order, password, 1, 20),
	FIELD_ENUM(struct order, colour, colour_names),
	FIELD_SET(struct order, may, colour_names),
	FIELD_DAY(struct order, day),
	FIELD_SHAPE(struct order, first, &line_shape),
	FIELD_LIST(struct order, lines, line_count, &line_shape, 30),
	FIELD_MAYBE_TEXT(struct order, code, 2, 6),
	FIELD_MAYBE_TIME(struct order, seen_at),
	FIELD_MAYBE_INT(struct order, seats, 1, 9),
	FIELD_MAYBE_BOOL(struct order, loud),
	FIELD_MAYBE_ID(struct order, parent),
	FIELD_END,
};
static const struct shape order_shape = {"Order", sizeof(struct order), order_fields};

/* Half the inputs are laid over a good order: most of what is interesting lies behind the last
 * comma. */
static struct str
over_a_seed(struct arena *a, struct str text)
{
	struct buf b = buf_open(a, 4096, 1 << 20);
	size_t at;

	shape_seed(&order_shape, (unsigned char)text.p[0] % SHAPE_SEEDS, &b);
	at = text.n > 2 ? ((unsigned char)text.p[1] * 256U + (unsigned char)text.p[2]) % b.n : 0;
	for (size_t i = 3; i < text.n && at < b.n; i++, at++)
		b.p[at] = text.p[i];
	return buf_str(&b);
}

static void
try(struct arena *a, struct str json)
{
	struct buf one = buf_open(a, 4096, 8 << 20), two = buf_open(a, 4096, 8 << 20);
	struct order o, again;
	struct str name;
	struct fault f = {0};

	if (shape_read(&order_shape, json, a, &o, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && f.why != NULL);
		return;
	}
	MUST(json_scan(json, JSON_DEPTH_MAX, JSON_TOKENS_MAX));
	/* Without the library the same is found. */
	MUST(json_bytes(json, "name", a, json.n, &name) && str_eq(str_trim(name), o.name));
	MUST(o.change >= -5 && o.change <= 5 && o.version >= 1 && o.line_count <= 30 && o.name.n <= 48);
	MUST((o.colour == RED || o.colour == GREEN) && (o.may & ~UINT64_C(6)) == 0 && o.id != 0);
	shape_write(&order_shape, &o, &one);
	MUST(!one.full);
	MUST(shape_read(&order_shape, buf_str(&one), a, &again, &f) == OK);
	shape_write(&order_shape, &again, &two);
	MUST(str_eq(buf_str(&one), buf_str(&two)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct str text = fuzz_text(data, size);

	struct str word;

	if (json_bytes(text, "name", a, text.n, &word))
		MUST(word.n <= text.n && str_utf8(word, NULL));
	try(a, text);
	if (text.n > 0)
		try(a, over_a_seed(a, text));
	return 0;
}
