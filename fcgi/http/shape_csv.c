#include "fcgi/http/shape_csv.h"

#include "domain/base/csv.h"
#include "domain/base/id.h"
#include "domain/base/money.h"

#define CELL_MAX 8000
#define METRES_A_MILE_X10 16093

/* A member of a row, through the shapes it is nested in. */
struct column {
	const struct field *field;
	size_t offset;
};

/* A cell under way. */
struct cell {
	const struct work *w;
	struct buf text;
	bool number; /* of ours */
};

static const struct field *list_of(const struct shape *page);
static bool find(const struct shape *s, struct str path, struct column *out);
static size_t commas(struct str text);
static void write_heads(const struct work *w, const struct columns *how, struct buf *out);
static void write_row(struct work *w, const struct column *column, size_t n, const char *row, struct buf *out);
static void write_cell(struct cell *c, const struct field *fd, const char *holder, const char *place);
static void write_maybe(struct cell *c, const struct field *fd, const char *place);
static void write_number(struct cell *c, const struct field *fd, int64_t n);
static void write_hundredths(struct cell *c, int64_t x100);
static void write_time(struct cell *c, int64_t at_s);
static void write_day(struct cell *c, struct day day);
static void write_name(struct cell *c, const struct field *fd, uint64_t value);
static void write_set(struct cell *c, const struct field *fd, uint64_t bits);
static void write_rows(struct cell *c, const struct field *fd, const char *holder, const char *place);
static struct str next_of(const struct work *w, const struct shape *page, const char *in);
static bool in_unit(const struct field *fd, struct str unit);
static bool in_miles(const struct work *w);

enum err
shape_csv(struct work *w, const struct columns *how, const void *page, struct str *csv, struct str *next)
{
	const struct field *list = list_of(how->page);
	const char *row = *(const char *const *)(const void *)((const char *)page + list->offset);
	size_t rows = *(const size_t *)(const void *)((const char *)page + list->count_offset), n = 0;
	struct column column[COLUMNS_MAX];
	/* All its room from the start: cells are given back while it grows. */
	struct buf out = buf_open(w->arena, CSV_BYTES_MAX, CSV_BYTES_MAX);
	struct str rest = str_of(how->members);

	while (rest.n > 0 && n < COLUMNS_MAX)
		if (!find(list->shape, str_cut(rest, ',', &rest), &column[n++]))
			return fail(&w->fault, E_BUG, NULL, "A table names a column that is not there.");
	write_heads(w, how, &out);
	for (size_t i = 0; i < rows; i++) {
		const struct arena_mark mark = arena_mark(w->arena);

		write_row(w, column, n, row + i * list->shape->size, &out);
		arena_rewind(w->arena, mark);
	}
	if (out.full)
		return fail(&w->fault, E_LIMIT, NULL, "This list is too long to be taken away.");
	*csv = buf_str(&out);
	*next = next_of(w, how->page, page);
	return OK;
}

const char *
columns_law(const struct columns *how)
{
	const struct field *list = list_of(how->page);
	struct str rest = str_of(how->members);
	struct column column;

	if (list == NULL)
		return "a table needs a page with a list";
	if (commas(rest) >= COLUMNS_MAX)
		return "a table has too many columns";
	if (commas(str_of(how->english)) != commas(rest) || commas(str_of(how->spanish)) != commas(rest))
		return "a table has as many heads as columns, in both languages";
	while (rest.n > 0)
		if (!find(list->shape, str_cut(rest, ',', &rest), &column))
			return "a table names a column that its rows do not have";
	return NULL;
}

/* The first list of a page is what the page is about. */
static const struct field *
list_of(const struct shape *page)
{
	for (const struct field *fd = page->fields; fd->kind != FIELD_KIND_END; fd++)
		if (fd->kind == FIELD_KIND_LIST)
			return fd;
	return NULL;
}

/* "row.made_at" */
static bool
find(const struct shape *s, struct str path, struct column *out)
{
	struct str rest = path;

	out->offset = 0;
	while (s != NULL && rest.n > 0) {
		struct str name = str_cut(rest, '.', &rest);
		const struct field *fd = s->fields;

		while (fd->kind != FIELD_KIND_END && !str_eq(str_of(fd->name), name))
			fd++;
		if (fd->kind == FIELD_KIND_END)
			return false;
		out->field = fd;
		out->offset += fd->offset;
		s = fd->kind == FIELD_KIND_SHAPE ? fd->shape : NULL;
	}
	/* A shape alone is no cell. */
	return rest.n == 0 && s == NULL;
}

static size_t
commas(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == ',';
	return n;
}

static void
write_heads(const struct work *w, const struct columns *how, struct buf *out)
{
	bool spanish = w->actor.language == SPANISH;
	struct str rest = str_of(spanish ? how->spanish : how->english);

	buf_add(out, STR("\xef\xbb\xbf"));
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '@')
			buf_add(out, !in_miles(w) ? STR("km") : spanish ? STR("millas") : STR("miles"));
		else
			buf_char(out, rest.p[i]);
	buf_add(out, STR("\r\n"));
}

static void
write_row(struct work *w, const struct column *column, size_t n, const char *row, struct buf *out)
{
	struct str cell[COLUMNS_MAX];
	uint64_t numbers = 0;

	for (size_t k = 0; k < n; k++) {
		struct cell c = {w, buf_open(w->arena, 64, CELL_MAX), false};

		write_cell(&c, column[k].field, row + (column[k].offset - column[k].field->offset), row + column[k].offset);
		cell[k] = buf_str(&c.text);
		numbers |= (uint64_t)c.number << k;
	}
	csv_row(out, cell, n, numbers);
}

static void
write_cell(struct cell *c, const struct field *fd, const char *holder, const char *place)
{
	const void *p = place;

	switch (fd->kind) {
	case FIELD_KIND_BOOL:
		buf_add(&c->text, *(const bool *)p ? STR("yes") : STR("no"));
		break;
	case FIELD_KIND_I32:
		write_number(c, fd, *(const int32_t *)p);
		break;
	case FIELD_KIND_U32:
		write_number(c, fd, *(const uint32_t *)p);
		break;
	case FIELD_KIND_I64:
		write_number(c, fd, *(const int64_t *)p);
		break;
	case FIELD_KIND_TEXT:
	case FIELD_KIND_LINES:
		buf_add(&c->text, *(const struct str *)p);
		break;
	case FIELD_KIND_ENUM:
		write_name(c, fd, *(const unsigned *)p);
		break;
	case FIELD_KIND_SET:
		write_set(c, fd, *(const uint64_t *)p);
		break;
	case FIELD_KIND_DAY:
		write_day(c, *(const struct day *)p);
		break;
	case FIELD_KIND_LIST:
		write_rows(c, fd, holder, place);
		break;
	default:
		write_maybe(c, fd, place);
	}
}

/* What is missing is an empty cell; so is an id, which says nothing to a person. */
static void
write_maybe(struct cell *c, const struct field *fd, const char *place)
{
	const void *p = place;

	if (fd->kind == FIELD_KIND_MAYBE_TEXT && ((const struct maybe_str *)p)->is)
		buf_add(&c->text, ((const struct maybe_str *)p)->v);
	else if (fd->kind == FIELD_KIND_MAYBE_I64 && ((const struct maybe_i64 *)p)->is)
		write_number(c, fd, ((const struct maybe_i64 *)p)->v);
	else if (fd->kind == FIELD_KIND_MAYBE_U32 && ((const struct maybe_u32 *)p)->is)
		write_number(c, fd, ((const struct maybe_u32 *)p)->v);
	else if (fd->kind == FIELD_KIND_MAYBE_BOOL && ((const struct maybe_bool *)p)->is)
		buf_add(&c->text, ((const struct maybe_bool *)p)->v ? STR("yes") : STR("no"));
	else if (fd->kind == FIELD_KIND_MAYBE_DAY && ((const struct maybe_day *)p)->is)
		write_day(c, ((const struct maybe_day *)p)->v);
}

/* Its unit is in its name. */
static void
write_number(struct cell *c, const struct field *fd, int64_t n)
{
	if (in_unit(fd, STR("at")) || in_unit(fd, STR("until"))) {
		write_time(c, n);
		return;
	}
	c->number = true;
	if (in_unit(fd, STR("cents")) && currency_decimals(str_of(c->w->tenant->currency)) > 0)
		write_hundredths(c, n);
	else if (in_unit(fd, STR("x100")))
		write_hundredths(c, n);
	else if (in_unit(fd, STR("m")))
		write_hundredths(c, in_miles(c->w) ? n * 1000 / METRES_A_MILE_X10 : n / 10);
	else if (in_unit(fd, STR("s")))
		buf_i64(&c->text, n / 60);
	else if (in_unit(fd, STR("milli")))
		buf_printf(&c->text, "%s%lld.%03lld", n < 0 ? "-" : "", (long long)(n < 0 ? -(n / 1000) : n / 1000),
		    (long long)(n < 0 ? -(n % 1000) : n % 1000));
	else if (in_unit(fd, STR("ppm")))
		buf_printf(&c->text, "%lld.%04lld", (long long)(n / 10000), (long long)(n % 10000));
	else
		buf_i64(&c->text, n);
}

static void
write_hundredths(struct cell *c, int64_t x100)
{
	uint64_t size = x100 < 0 ? (uint64_t)-x100 : (uint64_t)x100;

	buf_printf(&c->text, "%s%llu.%02llu", x100 < 0 ? "-" : "", (unsigned long long)(size / 100),
	    (unsigned long long)(size % 100));
}

static void
write_time(struct cell *c, int64_t at_s)
{
	char letters[ZONE_TIME_LETTERS + 1];

	zone_write(c->w->tenant->zone, at_s, letters);
	buf_add(&c->text, str_of(letters));
}

static void
write_day(struct cell *c, struct day day)
{
	char letters[DAY_LETTERS + 1];

	day_write(day, letters);
	buf_add(&c->text, str_of(letters));
}

static void
write_name(struct cell *c, const struct field *fd, uint64_t value)
{
	for (uint64_t i = 0; fd->names[i] != NULL; i++)
		if (i == value)
			buf_add(&c->text, str_of(fd->names[i]));
}

static void
write_set(struct cell *c, const struct field *fd, uint64_t bits)
{
	for (unsigned i = 0; i < 64 && fd->names[i] != NULL; i++)
		if ((bits >> i & 1) != 0)
			buf_printf(&c->text, "%s%s", c->text.n > 0 ? "; " : "", fd->names[i]);
}

/* "labour 12.50; part 3.00": what a row says, but for ids and switches. */
static void
write_rows(struct cell *c, const struct field *fd, const char *holder, const char *place)
{
	const char *row = *(const char *const *)(const void *)place;
	size_t n = *(const size_t *)(const void *)(holder + fd->count_offset);

	for (size_t i = 0; i < n; i++, row += fd->shape->size) {
		size_t before = c->text.n;

		if (i > 0)
			buf_add(&c->text, STR("; "));
		for (const struct field *m = fd->shape->fields; m->kind != FIELD_KIND_END; m++) {
			if (m->kind == FIELD_KIND_ID || m->kind == FIELD_KIND_BOOL || m->kind == FIELD_KIND_SHAPE)
				continue;
			if (c->text.n > before + (i > 0 ? 2 : 0))
				buf_char(&c->text, ' ');
			write_cell(c, m, row, row + m->offset);
		}
	}
	c->number = false;
}

static struct str
next_of(const struct work *w, const struct shape *page, const char *in)
{
	for (const struct field *fd = page->fields; fd->kind != FIELD_KIND_END; fd++) {
		const void *p = in + fd->offset;
		char letters[ID_LETTERS + 1];

		if (!str_eq(str_of(fd->name), STR("next")))
			continue;
		if (fd->kind == FIELD_KIND_MAYBE_ID && ((const struct maybe_u64 *)p)->is) {
			id_write(((const struct maybe_u64 *)p)->v, letters);
			return str_copy(w->arena, str_of(letters));
		}
		if (fd->kind == FIELD_KIND_MAYBE_U32 && ((const struct maybe_u32 *)p)->is)
			return str_printf(w->arena, "%u", ((const struct maybe_u32 *)p)->v);
		if (fd->kind == FIELD_KIND_MAYBE_I64 && ((const struct maybe_i64 *)p)->is)
			return str_printf(w->arena, "%lld", (long long)((const struct maybe_i64 *)p)->v);
	}
	return STR("");
}

/* "cents" and "sum_cents" are both cents. */
static bool
in_unit(const struct field *fd, struct str unit)
{
	struct str name = str_of(fd->name);

	return str_eq(name, unit) ||
	    (name.n > unit.n && name.p[name.n - unit.n - 1] == '_' && str_ends(name, unit));
}

static bool
in_miles(const struct work *w)
{
	return strcmp(w->tenant->currency, "USD") == 0;
}
