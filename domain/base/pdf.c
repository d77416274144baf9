#include "domain/base/pdf.h"

#define OBJECTS_MAX 100000
#define AGAIN_MAX   512 /* headers of tables: a document that has more says it of the first ones */
#define ENTRY_BYTES 20  /* of the table of references: 7.5.4 */

static const char carried_head[] = "<< /Type /EmbeddedFile /Subtype /text#2Fplain /Length ";

struct pdf {
	struct str file;
	size_t table, objects; /* where the references begin, after "0 N\n" */
	uint64_t root, info, before;
	/* What was said again: number, and where. */
	struct {
		uint64_t number, at;
	} again[AGAIN_MAX];
	size_t again_n;
};

static bool opened(struct str file, struct pdf *p);
static bool number_behind(struct str s, const char *word, uint64_t *out);
static bool object(const struct pdf *p, uint64_t number, struct str *inside);
static void say_again(struct pdf *p, struct buf *out, uint64_t number, struct str inside, struct str more);
static void begin(struct pdf *p, struct buf *out, uint64_t number);
static struct str unicode(struct arena *a, struct str utf8);
static void carry(struct pdf *p, const struct pdf_extra *x, struct buf *out);
static void table(const struct pdf *p, struct buf *out, uint64_t size);

enum err
pdf_extend(struct str file, const struct pdf_extra *x, struct buf *out, struct fault *f)
{
	struct pdf *p = arena_new(out->a, struct pdf);
	const struct str alternate = str_printf(out->a, "   /Alt %.*s\n", STR_ARG(unicode(out->a, x->figure)));
	struct buf more = buf_open(out->a, 256, 4096);
	struct str inside;

	if (!opened(file, p) || !object(p, p->root, &inside))
		return fail(f, E_INVALID, "pdf", "This file cannot be read as a PDF.");
	buf_printf(&more, "   /Lang (%.*s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n", STR_ARG(x->language));
	if (x->carried.n > 0)
		buf_printf(&more, "   /Names << /EmbeddedFiles << /Names [ (%.*s) %zu 0 R ] >> >>\n   /AF [ %zu 0 R ]\n",
		    STR_ARG(x->carried_name), p->objects + 1, p->objects + 1);
	say_again(p, out, p->root, inside, buf_str(&more));
	for (uint64_t n = 1; n < p->objects && p->again_n < AGAIN_MAX - 2; n++) {
		if (!object(p, n, &inside) || !str_starts(inside, STR("/Type /StructElem\n   /S /")))
			continue;
		if (str_starts(inside, STR("/Type /StructElem\n   /S /TH\n")))
			say_again(p, out, n, inside, STR("   /A << /O /Table /Scope /Column >>\n"));
		else if (str_starts(inside, STR("/Type /StructElem\n   /S /Figure\n")) && x->figure.n > 0)
			say_again(p, out, n, inside, alternate);
	}
	if (x->carried.n > 0)
		carry(p, x, out);
	table(p, out, p->objects + (x->carried.n > 0 ? 2 : 0));
	return out->full ? fail(f, E_LIMIT, "pdf", "This document is too long.") : OK;
}

bool
pdf_carried(struct str file, struct str *out)
{
	const char *at = file.n > 0 ? memmem(file.p, file.n, carried_head, sizeof(carried_head) - 1) : NULL;
	struct str rest, first;
	uint64_t n;

	if (!str_starts(file, STR("%PDF-")) || at == NULL)
		return false;
	rest = str_sub(file, (size_t)(at - file.p) + sizeof(carried_head) - 1, file.n);
	first = str_cut(rest, ' ', &rest);
	if (!str_u64(first, &n) || !str_starts(rest, STR(">>\nstream\n")))
		return false;
	*out = str_sub(rest, 10, (size_t)n);
	return out->n == n && str_starts(str_sub(rest, 10 + (size_t)n, rest.n), STR("\nendstream"));
}

static bool
opened(struct str file, struct pdf *p)
{
	const size_t tail = file.n > 1024 ? file.n - 1024 : 0;
	struct str rest = str_sub(file, tail, file.n), line, trailer;
	uint64_t at;

	*p = (struct pdf){.file = file};
	if (!str_starts(file, STR("%PDF-")) || !number_behind(rest, "startxref\n", &at) || at >= file.n)
		return false;
	p->before = at;
	line = str_cut(str_sub(file, (size_t)at, file.n), '\n', &rest);
	if (!str_eq(line, STR("xref")))
		return false;
	line = str_cut(rest, '\n', &rest);
	if (!str_starts(line, STR("0 ")) || !str_u64(str_sub(line, 2, line.n), &at) || at == 0 || at > OBJECTS_MAX ||
	    rest.n < at * ENTRY_BYTES)
		return false;
	p->table = (size_t)(rest.p - file.p);
	p->objects = (size_t)at;
	trailer = str_sub(rest, p->objects * ENTRY_BYTES, rest.n);
	return str_starts(trailer, STR("trailer\n")) && number_behind(trailer, "/Root ", &p->root) &&
	    number_behind(trailer, "/Info ", &p->info) && p->root < p->objects;
}

/* The decimal that stands behind the last time that the word is said. */
static bool
number_behind(struct str s, const char *word, uint64_t *out)
{
	const size_t long_ = strlen(word);
	const char *at = NULL, *next = s.p;
	struct str digits;

	while ((next = memmem(next, s.n - (size_t)(next - s.p), word, long_)) != NULL) {
		at = next;
		next += long_;
	}
	if (at == NULL)
		return false;
	digits = str_sub(s, (size_t)(at - s.p) + long_, s.n);
	for (size_t i = 0; i < digits.n; i++)
		if (digits.p[i] < '0' || digits.p[i] > '9')
			digits.n = i;
	return str_u64(digits, out);
}

/* What stands between the outermost << and >> of an object; false: it is free, or no dictionary. */
static bool
object(const struct pdf *p, uint64_t number, struct str *inside)
{
	const struct str entry = str_sub(p->file, p->table + (size_t)number * ENTRY_BYTES, ENTRY_BYTES);
	struct str rest, head;
	uint64_t at;
	char want[40];

	if (entry.n != ENTRY_BYTES || entry.p[17] != 'n' || !str_u64(str_sub(entry, 0, 10), &at) || at >= p->file.n)
		return false;
	snprintf(want, sizeof(want), "%llu 0 obj\n<< ", (unsigned long long)number);
	head = str_of(want);
	rest = str_sub(p->file, (size_t)at, p->file.n);
	if (!str_starts(rest, head))
		return false;
	rest = str_sub(rest, head.n, rest.n);
	const char *end = memmem(rest.p, rest.n, "endobj", 6);

	if (end == NULL || end - rest.p < 3 || memcmp(end - 3, ">>\n", 3) != 0)
		return false;
	*inside = str_sub(rest, 0, (size_t)(end - 3 - rest.p));
	return true;
}

static void
begin(struct pdf *p, struct buf *out, uint64_t number)
{
	p->again[p->again_n].number = number;
	p->again[p->again_n++].at = p->file.n + out->n;
	buf_printf(out, "%llu 0 obj\n", (unsigned long long)number);
}

static void
say_again(struct pdf *p, struct buf *out, uint64_t number, struct str inside, struct str more)
{
	begin(p, out, number);
	buf_add(out, STR("<< "));
	buf_add(out, inside);
	buf_add(out, more);
	buf_add(out, STR(">>\nendobj\n"));
}

/* A text of the file and what it is: a name in the tree of names leads to it. */
static void
carry(struct pdf *p, const struct pdf_extra *x, struct buf *out)
{
	begin(p, out, p->objects);
	buf_printf(out, "%s%zu >>\nstream\n", carried_head, x->carried.n);
	buf_add(out, x->carried);
	buf_add(out, STR("\nendstream\nendobj\n"));
	begin(p, out, p->objects + 1);
	buf_printf(out, "<< /Type /Filespec /F (%.*s) /UF (%.*s) /AFRelationship /Source /EF << /F %zu 0 R >> >>\nendobj\n",
	    STR_ARG(x->carried_name), STR_ARG(x->carried_name), p->objects);
}

static void
table(const struct pdf *p, struct buf *out, uint64_t size)
{
	const size_t at = p->file.n + out->n;

	buf_add(out, STR("xref\n"));
	for (size_t i = 0; i < p->again_n; i++)
		buf_printf(out, "%llu 1\n%010llu 00000 n \n", (unsigned long long)p->again[i].number,
		    (unsigned long long)p->again[i].at);
	buf_printf(out, "trailer\n<< /Size %llu\n   /Root %llu 0 R\n   /Info %llu 0 R\n   /Prev %llu\n>>\nstartxref\n%zu\n%%%%EOF\n",
	    (unsigned long long)size, (unsigned long long)p->root, (unsigned long long)p->info,
	    (unsigned long long)p->before, at);
}

/* A text as PDF writes any letter: UTF-16, big end first, in hexadecimal (7.9.2.2). What is no UTF-8 is left out. */
static struct str
unicode(struct arena *a, struct str s)
{
	struct buf b = buf_open(a, 128, 8192);

	buf_add(&b, STR("<FEFF"));
	for (size_t i = 0; i < s.n;) {
		const uint8_t c = (uint8_t)s.p[i];
		const size_t bytes = c < 0x80 ? 1 : c >> 5 == 6 ? 2 : c >> 4 == 14 ? 3 : c >> 3 == 30 ? 4 : 0;
		uint32_t v = bytes == 1 ? c : c & (0x7Fu >> bytes);

		if (bytes == 0 || i + bytes > s.n)
			break;
		for (size_t k = 1; k < bytes; k++)
			v = v << 6 | ((uint8_t)s.p[i + k] & 0x3F);
		if (v >= 0x10000)
			buf_printf(&b, "%04X%04X", 0xD800 + ((v - 0x10000) >> 10), 0xDC00 + ((v - 0x10000) & 0x3FF));
		else
			buf_printf(&b, "%04X", v);
		i += bytes;
	}
	buf_char(&b, '>');
	return buf_str(&b);
}
