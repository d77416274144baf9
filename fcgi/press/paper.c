/*
 * fcgi/press/paper.c -- documents as PDF: invoices, statements, receipts, quotes. The one door of cairo and pango.
 *
 * What stands on a document was decided before (domain/billing/sheet.h): here are lines of text and where they go. Every
 * piece stands in the structure of the file (heading, paragraph, rows of a table), so that a reader for the blind reads it
 * in order; what cairo cannot say of it is added behind (domain/base/pdf.h). One process draws many documents, because
 * opening the fonts costs more than drawing.
 */
#include <cairo-pdf.h>
#include <fcntl.h>
#include <pango/pangocairo.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/pdf.h"
#include "fcgi/http/qr.h"
#include "fcgi/press/press.h"

#define MARGIN     48.0
#define FOOT       24.0 /* what stands below the last line of a page */
#define READER     84.0 /* where the reader's address begins, below the margin: behind the window of an envelope */
#define GAP        6.0
#define SMALL      8.0
#define NORMAL     9.5
#define COLUMN     72.0 /* of a number */
#define FACT       136.0 /* a date in full words */
#define COLUMNS    5
#define QR_SIDE    72.0
#define STAMP      120.0
#define PATH_BYTES 4096
#define EXTRA_BYTES (2 * 1024 * 1024) /* what is added behind a document */

/* One document while it is drawn; y goes down the page. */
struct paper {
	cairo_t *cr;
	PangoLayout *layout;
	PangoFontDescription *plain, *strong;
	double width, height, y, left_y;
	double red, green, blue; /* the company's colour */
	unsigned page, of; /* the one that is drawn, of so many */
	struct str foot, stamp, head[COLUMNS + 1];
	size_t heads;
	bool in_table;
	struct pdf_extra extra;
	struct buf carried;
};

enum tone { TONE_INK, TONE_PALE, TONE_BRAND };
enum side { SIDE_LEFT, SIDE_RIGHT };

static bool taken_in(struct str *out);
static bool document(struct str *rest, const char *dir, PangoContext *context, struct arena *a);
static bool drawn(struct str *rest, const char *part, unsigned of, PangoContext *context, struct paper *out, struct arena *a);
static bool extended(const char *path, const struct pdf_extra *x, struct arena *a);
static bool named(struct str first, const char *dir, char path[PATH_BYTES], char part[PATH_BYTES]);
static void meta(cairo_surface_t *surface, struct str word, struct str value);
static void line_drawn(struct paper *p, struct str word, struct str value);
static void head(struct paper *p, struct str word, struct str value);
static void brand(struct paper *p, struct str value);
static void stamp(struct paper *p);
static void table_head(struct paper *p);
static void table_row(struct paper *p, struct str value, bool strong);
static void table_close(struct paper *p);
static void sum(struct paper *p, struct str value, bool strong);
static void paragraph(struct paper *p, struct str value, double size, enum tone tone);
static void code(struct paper *p, struct str value);
static void said(struct paper *p, struct str word, struct str value);
static void cell(struct paper *p, const char *what, struct str s, double x, double width, double size, bool strong, enum tone tone,
    enum side side);
static bool room(struct paper *p, double height);
static void page_foot(struct paper *p);
static void rule(struct paper *p, double thick);
static double text(struct paper *p, const char *what, struct str s, double x, double y, double width, double size,
    bool strong, enum tone tone, enum side side);
static size_t cells(struct str value, struct str out[COLUMNS + 1]);
static void tag(struct paper *p, const char *name);
static void untag(struct paper *p, const char *name);

int
paper_main(const char *dir)
{
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	struct arena *a = arena_open(1 << 20, 16 << 20, NULL);
	struct str rest;
	unsigned made = 0;

	if (!taken_in(&rest) || context == NULL)
		return PRESS_FAILED;
	while (rest.n > 0) {
		if (!document(&rest, dir, context, a))
			return PRESS_FAILED;
		arena_reset(a);
		made++;
	}
	printf("%u\n", made);
	return fflush(stdout) == 0 ? PRESS_MADE : PRESS_FAILED;
}

static bool
taken_in(struct str *out)
{
	struct stat st;
	void *p;

	if (fstat(STDIN_FILENO, &st) != 0 || st.st_size <= 0)
		return false;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (p == MAP_FAILED)
		return false;
	*out = (struct str){p, (size_t)st.st_size};
	return true;
}

/* From its line "file" to its line "end"; written beside its place and moved, so that nobody is shown half of one. */
static bool
document(struct str *rest, const char *dir, PangoContext *context, struct arena *a)
{
	char path[PATH_BYTES], part[PATH_BYTES];
	struct paper p;
	struct str again;

	if (!named(str_cut(*rest, '\n', rest), dir, path, part))
		return false;
	again = *rest;
	if (!drawn(rest, part, 1, context, &p, a))
		return false;
	/* How many pages it takes is known with the last of them, and stands on each: one of several is drawn once more. */
	if (p.page > 1 && !drawn(&again, part, p.page, context, &p, a))
		return false;
	return !p.carried.full && extended(part, &p.extra, a) && chmod(part, 0640) == 0 && rename(part, path) == 0;
}

/* Its pages, each called one of `of`; out->page: how many there are. False: it has no end, or could not be written. */
static bool
drawn(struct str *rest, const char *part, unsigned of, PangoContext *context, struct paper *out, struct arena *a)
{
	struct paper p = {.width = 612, .height = 792, .y = MARGIN, .left_y = MARGIN, .page = 1, .of = of, .foot = STR(""), .stamp = STR(""),
	    .extra = {.language = STR("en"), .carried_name = STR("proof.txt")}, .carried = buf_open(a, 4096, EXTRA_BYTES / 2)};
	PangoAttrList *letters = pango_attr_list_new();
	cairo_surface_t *surface;
	bool ended = false, ok;

	/* Before anything is drawn: a surface that changes its size forgets what it has. */
	if (str_eq(str_cut(*rest, '\n', rest), STR("page a4"))) {
		p.width = 595;
		p.height = 842;
	}
	surface = cairo_pdf_surface_create(part, p.width, p.height);
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4); /* whose table of objects can be read behind it */
	p.cr = cairo_create(surface);
	p.layout = pango_layout_new(context);
	/* Letters drawn as one are read aloud, and searched for, as none. */
	pango_attr_list_insert(letters, pango_attr_font_features_new("liga=0, clig=0, dlig=0"));
	pango_layout_set_attributes(p.layout, letters);
	pango_attr_list_unref(letters);
	p.plain = pango_font_description_from_string("Inter, DejaVu Sans");
	p.strong = pango_font_description_from_string("Inter, DejaVu Sans Bold");
	tag(&p, "Document");
	while (rest->n > 0 && !ended) {
		struct str value, word = str_cut(str_cut(*rest, '\n', rest), ' ', &value);

		ended = str_eq(word, STR("end"));
		meta(surface, word, value);
		said(&p, word, value);
		line_drawn(&p, word, value);
	}
	table_close(&p);
	page_foot(&p);
	untag(&p, "Document");
	ok = ended && cairo_status(p.cr) == CAIRO_STATUS_SUCCESS;
	pango_font_description_free(p.plain);
	pango_font_description_free(p.strong);
	g_object_unref(p.layout);
	cairo_destroy(p.cr);
	cairo_surface_finish(surface);
	ok = ok && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	p.extra.carried = buf_str(&p.carried);
	*out = p;
	return ok;
}

/* What is known of the file is added at its end. */
static bool
extended(const char *path, const struct pdf_extra *x, struct arena *a)
{
	struct buf more = buf_open(a, 16384, EXTRA_BYTES);
	struct stat st;
	struct str whole;
	FILE *file = fopen(path, "abe");
	bool ok;

	if (file == NULL)
		return false;
	ok = stat(path, &st) == 0 && st.st_size > 0;
	if (ok) {
		const int fd = open(path, O_RDONLY | O_CLOEXEC);
		void *p = fd >= 0 ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;

		ok = p != MAP_FAILED;
		if (fd >= 0)
			close(fd);
		if (ok) {
			whole = (struct str){p, (size_t)st.st_size};
			ok = pdf_extend(whole, x, &more, NULL) == OK && fwrite(more.p, 1, more.n, file) == more.n;
			munmap(p, (size_t)st.st_size);
		}
	}
	return (fclose(file) == 0) && ok;
}

/* Our own ids and endings; never a way out of the folder. */
static bool
named(struct str first, const char *dir, char path[PATH_BYTES], char part[PATH_BYTES])
{
	struct str name, word = str_cut(first, ' ', &name);

	if (!str_eq(word, STR("file")) || name.n == 0 || memchr(name.p, '/', name.n) != NULL || name.p[0] == '.')
		return false;
	return snprintf(path, PATH_BYTES, "%s/%.*s", dir, STR_ARG(name)) < PATH_BYTES - 8 &&
	       snprintf(part, PATH_BYTES, "%s.part", path) < PATH_BYTES;
}

/* What the file says of itself. */
static void
meta(cairo_surface_t *surface, struct str word, struct str value)
{
	char words[200];

	if (str_eq(word, STR("name"))) {
		snprintf(words, sizeof(words), "%.*s", STR_ARG(value));
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, words);
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Poolhouse");
	}
}

/* What is not seen on the page: the language it is written in, and the proof that it carries. */
static void
said(struct paper *p, struct str word, struct str value)
{
	struct str c[COLUMNS + 1];

	if (str_eq(word, STR("lang"))) {
		p->extra.language = value;
	} else if (str_eq(word, STR("proof"))) {
		if (p->carried.n > 0)
			buf_char(&p->carried, '\n');
		buf_add(&p->carried, value);
	} else if (str_eq(word, STR("code")) && cells(value, c) > 1) {
		p->extra.figure = c[1];
	}
}

static void
line_drawn(struct paper *p, struct str word, struct str value)
{
	static const char *const heads[] = {"brand", "company", "title", "to", "fact", NULL};

	for (size_t i = 0; heads[i] != NULL; i++)
		if (str_eq(word, str_of(heads[i]))) {
			head(p, word, value);
			return;
		}
	if (str_eq(word, STR("foot"))) {
		p->foot = value;
	} else if (str_eq(word, STR("stamp"))) {
		p->stamp = value;
		stamp(p);
	} else if (str_eq(word, STR("head"))) {
		p->heads = cells(value, p->head);
		p->y = (p->left_y > p->y ? p->left_y : p->y) + 3 * GAP;
		table_head(p);
	} else if (str_eq(word, STR("subject"))) {
		p->y = (p->left_y > p->y ? p->left_y : p->y) + 3 * GAP;
		p->y += text(p, "H2", value, MARGIN, p->y, p->width - 2 * MARGIN, 12, true, TONE_INK, SIDE_LEFT);
	} else if (str_eq(word, STR("row")) || str_eq(word, STR("group"))) {
		table_row(p, value, str_eq(word, STR("group")));
	} else if (str_eq(word, STR("sum")) || str_eq(word, STR("total"))) {
		table_close(p);
		sum(p, value, str_eq(word, STR("total")));
	} else if (str_eq(word, STR("note"))) {
		table_close(p);
		paragraph(p, value, NORMAL, TONE_INK);
	} else if (str_eq(word, STR("small"))) {
		table_close(p);
		paragraph(p, value, SMALL, TONE_PALE);
	} else if (str_eq(word, STR("code"))) {
		table_close(p);
		code(p, value);
	}
}

/* The head of the first page: the company and the reader on the left; what it is, and its facts, on the right. */
static void
head(struct paper *p, struct str word, struct str value)
{
	const double half = (p->width - 2 * MARGIN) / 2, right = p->width - MARGIN - half;
	struct str c[COLUMNS + 1];

	if (str_eq(word, STR("brand"))) {
		brand(p, value);
	} else if (str_eq(word, STR("company"))) {
		const bool first = p->left_y <= MARGIN;

		p->left_y += text(p, "P", value, MARGIN, p->left_y, half, first ? 14 : SMALL, first, first ? TONE_BRAND : TONE_PALE,
		    SIDE_LEFT) + 2;
	} else if (str_eq(word, STR("title"))) {
		p->y += text(p, "H1", value, right, p->y, half, 20, true, TONE_INK, SIDE_RIGHT) + 2;
	} else if (str_eq(word, STR("to"))) {
		p->left_y = p->left_y < MARGIN + READER ? MARGIN + READER : p->left_y;
		p->left_y += text(p, "P", value, MARGIN, p->left_y, half, 10, false, TONE_INK, SIDE_LEFT) + 1;
	} else if (cells(value, c) > 1) {
		tag(p, "P");
		(void)text(p, "Span", c[0], right, p->y + 1, half - FACT, SMALL, false, TONE_PALE, SIDE_RIGHT);
		p->y += text(p, "Span", c[1], p->width - MARGIN - FACT + GAP, p->y, FACT - GAP, NORMAL, true, TONE_INK, SIDE_RIGHT) + 3;
		untag(p, "P");
	}
}

static void
brand(struct paper *p, struct str value)
{
	const unsigned long rgb = value.n == 7 ? strtoul(value.p + 1, NULL, 16) : 0;

	p->red = (double)(rgb >> 16 & 255) / 255;
	p->green = (double)(rgb >> 8 & 255) / 255;
	p->blue = (double)(rgb & 255) / 255;
	cairo_set_source_rgb(p->cr, p->red, p->green, p->blue);
	cairo_rectangle(p->cr, 0, 0, p->width, 7);
	cairo_fill(p->cr);
}

/* One word across the page, below what is written on it: whoever prints a draft sees it from afar. */
static void
stamp(struct paper *p)
{
	int width, height;

	if (p->stamp.n == 0)
		return;
	pango_font_description_set_absolute_size(p->strong, STAMP * PANGO_SCALE);
	pango_layout_set_font_description(p->layout, p->strong);
	pango_layout_set_width(p->layout, -1);
	pango_layout_set_text(p->layout, p->stamp.p, (int)p->stamp.n);
	pango_layout_get_pixel_size(p->layout, &width, &height);
	cairo_save(p->cr);
	cairo_translate(p->cr, p->width / 2, p->height / 2);
	cairo_rotate(p->cr, -G_PI / 5);
	cairo_move_to(p->cr, -width / 2.0, -height / 2.0);
	cairo_set_source_rgb(p->cr, 0.93, 0.93, 0.92);
	pango_cairo_show_layout(p->cr, p->layout);
	cairo_restore(p->cr);
}

static void
table_head(struct paper *p)
{
	double x = p->width - MARGIN - COLUMN * (double)(p->heads - 1);

	tag(p, "Table");
	p->in_table = true;
	tag(p, "TR");
	cell(p, "TH", p->head[0], MARGIN, x - MARGIN, SMALL, false, TONE_PALE, SIDE_LEFT);
	for (size_t i = 1; i < p->heads; i++, x += COLUMN)
		cell(p, "TH", p->head[i], x, COLUMN, SMALL, false, TONE_PALE, SIDE_RIGHT);
	untag(p, "TR");
	p->y += 12;
	rule(p, 0.8);
	p->y += GAP;
}

/* "what <tab> how it came about <tab> numbers": the second stands small below the first. Strong: what follows belongs to it. */
static void
table_row(struct paper *p, struct str value, bool strong)
{
	struct str c[COLUMNS + 1];
	const size_t n = cells(value, c);
	double x = p->width - MARGIN - COLUMN * (double)(p->heads - 1), tall, y;

	if (n < 2 || p->heads == 0)
		return;
	if (room(p, 40))
		table_head(p);
	y = p->y;
	tag(p, "TR");
	tag(p, "TD");
	tall = text(p, "P", c[0], MARGIN, y, x - MARGIN - GAP, NORMAL, strong, TONE_INK, SIDE_LEFT);
	if (c[1].n > 0)
		tall += text(p, "P", c[1], MARGIN, y + tall, x - MARGIN - GAP, SMALL, false, TONE_PALE, SIDE_LEFT);
	untag(p, "TD");
	for (size_t i = 2; i < n && i <= p->heads; i++, x += COLUMN)
		cell(p, "TD", c[i], x, COLUMN, NORMAL, i + 1 == n, TONE_INK, SIDE_RIGHT);
	untag(p, "TR");
	p->y += tall + 4;
	rule(p, 0.25);
	p->y += 4;
}

/* One cell; an empty one is there as well, else the numbers behind it would stand under another head. */
static void
cell(struct paper *p, const char *what, struct str s, double x, double width, double size, bool strong, enum tone tone,
    enum side side)
{
	tag(p, what);
	(void)text(p, NULL, s, x, p->y, width, size, strong, tone, side);
	untag(p, what);
}

static void
table_close(struct paper *p)
{
	if (!p->in_table)
		return;
	untag(p, "Table");
	p->in_table = false;
	p->y += GAP;
}

static void
sum(struct paper *p, struct str value, bool strong)
{
	const double width = 240, x = p->width - MARGIN - width;
	struct str c[COLUMNS + 1];
	double tall, beside;

	if (cells(value, c) < 2)
		return;
	(void)room(p, 24);
	tag(p, "P");
	if (strong) {
		cairo_set_source_rgb(p->cr, p->red, p->green, p->blue);
		cairo_rectangle(p->cr, x, p->y, width, 0.8);
		cairo_fill(p->cr);
		p->y += GAP;
	}
	tall = text(p, "Span", c[0], x, p->y, width - 96, strong ? 11 : NORMAL, strong, strong ? TONE_INK : TONE_PALE, SIDE_LEFT);
	beside = text(p, "Span", c[1], p->width - MARGIN - 96, p->y, 96, strong ? 11 : NORMAL, strong, TONE_INK, SIDE_RIGHT);
	p->y += (tall > beside ? tall : beside) + 4;
	untag(p, "P");
}

static void
paragraph(struct paper *p, struct str value, double size, enum tone tone)
{
	(void)room(p, 3 * size);
	p->y += GAP;
	p->y += text(p, "P", value, MARGIN, p->y, p->width - 2 * MARGIN, size, false, tone, SIDE_LEFT) + 2;
}

/* The address of the page that checks the document, for a telephone and for a mouse; what it is for stands beside it. */
static void
code(struct paper *p, struct str value)
{
	struct str c[COLUMNS + 1];
	struct qr qr;
	char attributes[PATH_BYTES];

	if (cells(value, c) < 2 || !qr_modules(c[0], &qr) || (size_t)snprintf(attributes, sizeof(attributes), "uri='%.*s'",
	        STR_ARG(c[0])) >= sizeof(attributes))
		return;
	(void)room(p, QR_SIDE + 2 * GAP);
	p->y += 2 * GAP;
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	tag(p, "Figure");
	for (int y = 0; y < qr.side; y++)
		for (int x = 0; x < qr.side; x++)
			if (qr.dark[y * qr.side + x] != 0)
				cairo_rectangle(p->cr, MARGIN + x * QR_SIDE / qr.side, p->y + y * QR_SIDE / qr.side, QR_SIDE / qr.side,
				    QR_SIDE / qr.side);
	cairo_fill(p->cr);
	untag(p, "Figure");
	tag(p, "P");
	cairo_tag_begin(p->cr, CAIRO_TAG_LINK, attributes);
	(void)text(p, NULL, c[1], MARGIN + QR_SIDE + 2 * GAP, p->y + 2 * GAP, p->width - 2 * MARGIN - QR_SIDE - 2 * GAP, SMALL, false,
	    TONE_PALE, SIDE_LEFT);
	cairo_tag_end(p->cr, CAIRO_TAG_LINK);
	untag(p, "P");
	p->y += QR_SIDE;
}

/* A new page where no room is left; says whether it is one. A table goes on there. */
static bool
room(struct paper *p, double height)
{
	const bool table = p->in_table;

	if (p->y + height <= p->height - MARGIN - FOOT)
		return false;
	table_close(p);
	page_foot(p);
	cairo_show_page(p->cr);
	p->page++;
	p->y = MARGIN;
	stamp(p);
	return table;
}

static void
page_foot(struct paper *p)
{
	char number[32];

	snprintf(number, sizeof(number), str_eq(p->extra.language, STR("es")) ? "%u de %u" : "%u of %u", p->page, p->of);
	/* Outside of the structure: nobody wants to hear the number of the page in the middle of a table. */
	(void)text(p, NULL, p->foot, MARGIN, p->height - MARGIN - 10, p->width - 2 * MARGIN - COLUMN, SMALL, false, TONE_PALE, SIDE_LEFT);
	(void)text(p, NULL, str_of(number), p->width - MARGIN - COLUMN, p->height - MARGIN - 10, COLUMN, SMALL, false, TONE_PALE, SIDE_RIGHT);
}

static void
rule(struct paper *p, double thick)
{
	cairo_set_source_rgb(p->cr, 0.72, 0.74, 0.74);
	cairo_rectangle(p->cr, MARGIN, p->y, p->width - 2 * MARGIN, thick);
	cairo_fill(p->cr);
}

/* Says how tall it became; `what` is its place in the structure, NULL: inside of what is open. Longer words break; nothing is ever cut off. */
static double
text(struct paper *p, const char *what, struct str s, double x, double y, double width, double size, bool strong,
    enum tone tone, enum side side)
{
	PangoFontDescription *font = strong ? p->strong : p->plain;
	int tall;

	if (s.n == 0)
		return 0;
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_layout_set_font_description(p->layout, font);
	pango_layout_set_width(p->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(p->layout, side == SIDE_RIGHT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_text(p->layout, s.p, (int)s.n);
	pango_layout_get_size(p->layout, NULL, &tall);
	if (tone == TONE_INK)
		cairo_set_source_rgb(p->cr, 0.08, 0.12, 0.13);
	else if (tone == TONE_PALE)
		cairo_set_source_rgb(p->cr, 0.34, 0.39, 0.40);
	else
		cairo_set_source_rgb(p->cr, p->red, p->green, p->blue);
	if (what != NULL)
		tag(p, what);
	cairo_move_to(p->cr, x, y);
	pango_cairo_show_layout(p->cr, p->layout);
	if (what != NULL)
		untag(p, what);
	return (double)tall / PANGO_SCALE;
}

static size_t
cells(struct str value, struct str out[COLUMNS + 1])
{
	size_t n = 0;

	for (bool more = true; more && n <= COLUMNS; n++) {
		more = memchr(value.p, '\t', value.n) != NULL;
		out[n] = str_cut(value, '\t', &value);
	}
	return n;
}

static void
tag(struct paper *p, const char *name)
{
	cairo_tag_begin(p->cr, name, NULL);
}

static void
untag(struct paper *p, const char *name)
{
	cairo_tag_end(p->cr, name);
}
