/*
 * domain/messaging/letter_html.c -- the words of an HTML mail. Nothing of it is ever shown as HTML: what cannot be said in plain
 * words is left out.
 */
#include "domain/messaging/letter.h"

#define PLAIN_MAX (4 * LETTER_TEXT_MAX)
#define QUOTE_DEPTH 8
#define LINK_MAX 300

struct page {
	struct buf out;
	unsigned quotes; /* how deep in blockquotes */
	bool as_it_is;   /* inside of <pre> */
	bool fresh;      /* at the head of a line */
	struct str link; /* where the open <a> leads */
	size_t link_at;  /* where its words begin */
};

static struct str tag_read(struct str html, size_t *at, struct str *inside, bool *closes);
static void tag_done(struct page *p, struct str name, struct str inside, bool closes);
static size_t skipped(struct str html, size_t at, struct str name);
static void brk(struct page *p);
static void letter_out(struct page *p, struct str c);
static struct str entity(struct str at, size_t *n, char room[8]);
static struct str attribute(struct str inside, const char *name);
static bool named(struct str name, const char *const *names);

struct str
letter_plain(struct arena *a, struct str html)
{
	static const char *const silent[] = {"script", "style", "head", "title", "template", "svg", NULL};
	struct page p = {.out = buf_open(a, html.n / 2 + 64, PLAIN_MAX), .fresh = true};

	for (size_t at = 0; at < html.n && !p.out.full;) {
		const char c = html.p[at];

		if (c == '<' && str_starts(str_sub(html, at, 4), STR("<!--"))) {
			const char *end = memmem(html.p + at, html.n - at, "-->", 3);

			at = end != NULL ? (size_t)(end - html.p) + 3 : html.n;
		} else if (c == '<' && at + 1 < html.n && strchr("/!?abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", html.p[at + 1])) {
			struct str inside, name;
			bool closes;

			name = str_lower(a, str_sub(tag_read(html, &at, &inside, &closes), 0, 16));
			if (!closes && named(name, silent))
				at = skipped(html, at, name);
			else
				tag_done(&p, name, inside, closes);
		} else if (c == '&') {
			char room[8];
			size_t n;
			const struct str says = entity(str_sub(html, at, 12), &n, room);

			letter_out(&p, says);
			at += n;
		} else {
			letter_out(&p, str_sub(html, at, 1));
			at++;
		}
	}
	return buf_str(&p.out);
}

/* The name of the tag that begins at *at; *at goes behind its '>'. A '>' inside of quotes does not end it. */
static struct str
tag_read(struct str html, size_t *at, struct str *inside, bool *closes)
{
	size_t i = *at + 1, from;
	char quote = 0;

	*closes = i < html.n && html.p[i] == '/';
	from = i += *closes;
	while (i < html.n && ((html.p[i] >= 'a' && html.p[i] <= 'z') || (html.p[i] >= 'A' && html.p[i] <= 'Z') ||
	                         (html.p[i] >= '0' && html.p[i] <= '9')))
		i++;
	const struct str name = str_sub(html, from, i - from);

	from = i;
	for (; i < html.n && (quote != 0 || html.p[i] != '>'); i++) {
		if (quote != 0)
			quote = html.p[i] == quote ? 0 : quote;
		else if ((html.p[i] == '"' || html.p[i] == '\'') && i > from && html.p[i - 1] == '=')
			quote = html.p[i];
	}
	*inside = str_sub(html, from, i - from);
	*at = i < html.n ? i + 1 : html.n;
	return name;
}

/* Behind the end of an element whose words are none. */
static size_t
skipped(struct str html, size_t at, struct str name)
{
	for (; at < html.n; at++)
		if (html.p[at] == '<' && at + 1 < html.n && html.p[at + 1] == '/' && str_eq_nocase(str_sub(html, at + 2, name.n), name)) {
			while (at < html.n && html.p[at] != '>')
				at++;
			return at < html.n ? at + 1 : html.n;
		}
	return html.n;
}

static void
tag_done(struct page *p, struct str name, struct str inside, bool closes)
{
	static const char *const blocks[] = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr",
		"blockquote", "pre", "section", "article", "header", "footer", "body", "center", NULL};
	static const char *const spaced[] = {"p", "h1", "h2", "h3", "h4", "table", "blockquote", NULL};

	if (str_eq(name, STR("a"))) {
		const struct str words = {p->out.p + p->link_at, p->out.n >= p->link_at ? p->out.n - p->link_at : 0};

		/* Where a link really leads is said, unless its words do. */
		if (closes && p->link.n > 0 && memmem(words.p, words.n, p->link.p, p->link.n) == NULL)
			buf_printf(&p->out, " (%.*s)", STR_ARG(p->link));
		p->link = closes ? STR("") : attribute(inside, "href");
		if (!(str_starts(p->link, STR("http://")) || str_starts(p->link, STR("https://"))) || p->link.n > LINK_MAX)
			p->link = STR("");
		p->link_at = p->out.n;
		return;
	}
	if (str_eq(name, STR("td")) || str_eq(name, STR("th"))) {
		if (!p->fresh)
			letter_out(p, STR(" "));
		return;
	}
	if (!named(name, blocks))
		return;
	if (str_eq(name, STR("br")))
		p->fresh = false; /* two of them are an empty line */
	brk(p);
	if (named(name, spaced) && p->out.n > 0)
		buf_char(&p->out, '\n');
	if (str_eq(name, STR("blockquote")) && closes)
		p->quotes -= p->quotes > 0;
	else if (str_eq(name, STR("blockquote")))
		p->quotes += p->quotes < QUOTE_DEPTH;
	if (str_eq(name, STR("pre")))
		p->as_it_is = !closes;
	if (str_eq(name, STR("li")) && !closes) {
		letter_out(p, STR("-"));
		letter_out(p, STR(" "));
	}
}

static void
brk(struct page *p)
{
	if (!p->fresh)
		buf_char(&p->out, '\n');
	p->fresh = true;
}

static void
letter_out(struct page *p, struct str c)
{
	const bool space = c.n == 1 && memchr(" \t\r\n", c.p[0], 4) != NULL;

	if (p->as_it_is && c.n == 1 && c.p[0] == '\n') {
		buf_char(&p->out, '\n');
		p->fresh = true;
		return;
	}
	if (space && !p->as_it_is && (p->fresh || (p->out.n > 0 && p->out.p[p->out.n - 1] == ' ')))
		return;
	if (p->fresh)
		for (unsigned i = 0; i < p->quotes; i++)
			buf_add(&p->out, STR("> "));
	p->fresh = false;
	buf_add(&p->out, space ? STR(" ") : c);
}

/* What "&name;" or "&#233;" stands for; *n is how much of the text that was. An unknown one stays as it is. */
static struct str
entity(struct str at, size_t *n, char room[8])
{
	static const struct {
		const char *name, *says;
	} known[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}, {"ndash", "–"}, {"mdash", "—"},
		{"lsquo", "‘"}, {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"}, {"hellip", "…"}, {"bull", "•"}, {"middot", "·"},
		{"copy", "©"}, {"reg", "®"}, {"trade", "™"}, {"deg", "°"}, {"euro", "€"}, {"iquest", "¿"}, {"iexcl", "¡"},
		{"aacute", "á"}, {"eacute", "é"}, {"iacute", "í"}, {"oacute", "ó"}, {"uacute", "ú"}, {"ntilde", "ñ"}, {"uuml", "ü"},
		{"Aacute", "Á"}, {"Eacute", "É"}, {"Iacute", "Í"}, {"Oacute", "Ó"}, {"Uacute", "Ú"}, {"Ntilde", "Ñ"}, {"Uuml", "Ü"},
		{"zwnj", ""}, {"zwj", ""}, {"shy", ""}};
	struct str name = str_sub(at, 1, str_find(at, ';') - 1), digits;
	uint64_t v = 0;
	bool good = false;

	*n = 1;
	if (str_find(at, ';') == at.n || name.n == 0)
		return STR("&");
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq(name, str_of(known[i].name))) {
			*n = name.n + 2;
			return str_of(known[i].says);
		}
	if (name.p[0] != '#')
		return STR("&");
	digits = str_sub(name, 1, name.n);
	if (digits.n > 1 && (digits.p[0] == 'x' || digits.p[0] == 'X')) {
		good = digits.n <= 7;
		for (size_t i = 1; good && i < digits.n; i++) {
			const char c = digits.p[i];
			const int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

			good = d >= 0;
			v = v * 16 + (good ? (uint64_t)d : 0);
		}
	} else {
		good = digits.n <= 7 && str_u64(digits, &v);
	}
	if (!good || v < 0x20 || v > 0x10ffff || (v >= 0xd800 && v < 0xe000))
		return STR("&");
	*n = name.n + 2;
	if (v == 0xa0)
		return STR(" ");
	return (struct str){room, str_letter((uint32_t)v, room)};
}

static struct str
attribute(struct str inside, const char *name)
{
	const size_t n = strlen(name);

	for (size_t i = 0; i + n + 2 < inside.n; i++) {
		const char quote = inside.p[i + n + 1];
		struct str value;

		if (!str_eq_nocase(str_sub(inside, i, n), str_of(name)) || inside.p[i + n] != '=' || (i > 0 && (unsigned char)inside.p[i - 1] > ' '))
			continue;
		value = quote == '"' || quote == '\'' ? str_sub(inside, i + n + 2, inside.n) : str_sub(inside, i + n + 1, inside.n);
		return str_trim(str_sub(value, 0, quote == '"' || quote == '\'' ? str_find(value, quote) : str_find(value, ' ')));
	}
	return STR("");
}

static bool
named(struct str name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (str_eq(name, str_of(*names)))
			return true;
	return false;
}
