#include "domain/messaging/template.h"

#include <stdbool.h>

enum context { IN_SUBJECT, IN_TEXT, IN_HTML, IN_LINK_TEXT, IN_LINK_HTML };

/* A paragraph, cut into what the two writers need. label.p is NULL if it is no button. */
struct paragraph {
	struct str words;
	struct str label, link; /* link: the name of the value, without braces */
};

struct filling {
	const struct template *t;
	const struct template_value *v;
	size_t n;
	struct fault *f;
};

/* What template_brand finds again. Nobody else can write either: all that is filled in is escaped. */
#define PAGE "<div style=\"max-width:520px;margin:0 auto\">\n"
#define BUTTON "background:#0f5e66;color:#fff"

static struct str next_paragraph(struct str body, struct str *rest);
static bool paragraph_of(struct str words, struct paragraph *out);
static enum err
next_name(const struct template *t, struct str s, size_t *at, struct str *name, struct fault *f);
static enum err check_words(const struct template *t, struct str s, bool *used, struct fault *f);
static enum err
check_text(const struct template *t, const struct template_text *text, struct fault *f);
static int index_of(const struct template *t, struct str name);
static enum err check_values(const struct filling *x);
static enum err expand(const struct filling *x, struct str words, enum context in, struct buf *out);
static enum err
put_value(const struct filling *x, struct str name, enum context in, struct buf *out);
static enum err
put_link(const struct filling *x, const char *name, struct str v, enum context in, struct buf *out);
static void put_plain(struct buf *out, struct str v, enum context in);
static void put_html(struct buf *out, char c);
static enum err
write_text(const struct filling *x, const struct template_text *text, struct buf *out);
static enum err write_html(const struct filling *x, const struct template_text *text,
    enum language l, struct str subject, struct buf *out);

const struct template *
template_entry(enum mail_template t)
{
	if (t < 1 || t >= MAIL_TEMPLATES)
		return NULL;
	return &template_table[t - 1];
}

enum err
template_check_all(struct fault *f)
{
	for (unsigned t = 1; t < MAIL_TEMPLATES; t++) {
		const struct template *e = template_entry(t);

		if (e->id != t || !str_eq(str_of(e->name), str_of(template_names[t])))
			return fail(f, E_BUG, e->name, "The template stands in the wrong place.");
		TRY(template_check(e, f));
	}
	return OK;
}

enum err
template_check(const struct template *t, struct fault *f)
{
	for (unsigned l = 0; l < LANGUAGES; l++) {
		if (!t->text[l].subject || !t->text[l].body)
			return fail(f, E_BUG, t->name, "The template lacks a language.");
		TRY(check_text(t, &t->text[l], f));
	}
	return OK;
}

/* A link stands in a button only: in a sentence it would be cut and escaped as a name. */
static enum err
check_text(const struct template *t, const struct template_text *text, struct fault *f)
{
	bool used[TEMPLATE_VALUES_MAX] = {false}, linked[TEMPLATE_VALUES_MAX] = {false};
	struct str rest = str_of(text->body);

	if (str_find(str_of(text->subject), '\n') < strlen(text->subject))
		return fail(f, E_BUG, t->name, "The subject has more than one line.");
	TRY(check_words(t, str_of(text->subject), used, f));
	while (rest.n) {
		struct paragraph p;
		int link;

		if (!paragraph_of(next_paragraph(rest, &rest), &p))
			return fail(f, E_BUG, t->name, "A button of the template is malformed.");
		TRY(check_words(t, p.label.p ? p.label : p.words, used, f));
		if (!p.label.p)
			continue;
		link = index_of(t, p.link);
		if (link < 0)
			return fail(f, E_BUG, t->name,
			    "The template uses a name that is not listed: %.*s", STR_ARG(p.link));
		linked[link] = true;
	}
	for (int i = 0; i < TEMPLATE_VALUES_MAX && t->values[i]; i++) {
		if (!used[i] && !linked[i])
			return fail(
			    f, E_BUG, t->name, "The template does not use %s.", t->values[i]);
		if (used[i] && linked[i])
			return fail(f, E_BUG, t->name, "The template uses the link %s as words.",
			    t->values[i]);
	}
	return OK;
}

static enum err
check_words(const struct template *t, struct str s, bool *used, struct fault *f)
{
	for (size_t at = 0; at < s.n; at++) {
		struct str name;
		int i;

		if (s.p[at] == '}')
			return fail(f, E_BUG, t->name, "A brace of the template is not paired.");
		if (s.p[at] != '{')
			continue;
		TRY(next_name(t, s, &at, &name, f));
		i = index_of(t, name);
		if (i < 0)
			return fail(f, E_BUG, t->name,
			    "The template uses a name that is not listed: %.*s", STR_ARG(name));
		used[i] = true;
	}
	return OK;
}

/* next_name -- s.p[*at] is '{': the name behind it, *at on the closing brace */
static enum err
next_name(const struct template *t, struct str s, size_t *at, struct str *name, struct fault *f)
{
	struct str rest = str_sub(s, *at + 1, s.n);
	size_t n = str_find(rest, '}');

	if (n == 0 || n == rest.n)
		return fail(f, E_BUG, t->name, "A brace of the template is not paired.");
	*name = str_sub(rest, 0, n);
	*at += n + 1;
	return OK;
}

static int
index_of(const struct template *t, struct str name)
{
	for (int i = 0; i < TEMPLATE_VALUES_MAX && t->values[i]; i++)
		if (str_eq(str_of(t->values[i]), name))
			return i;
	return -1;
}

static struct str
next_paragraph(struct str body, struct str *rest)
{
	for (size_t i = 0; i + 1 < body.n; i++)
		if (body.p[i] == '\n' && body.p[i + 1] == '\n') {
			*rest = str_sub(body, i + 2, body.n);
			return str_sub(body, 0, i);
		}
	*rest = STR_NONE;
	return body;
}

/* paragraph_of -- false if it begins like a button and does not end like one */
static bool
paragraph_of(struct str words, struct paragraph *out)
{
	size_t close;

	*out = (struct paragraph){.words = words};
	if (words.n == 0 || words.p[0] != '[')
		return true;
	close = str_find(words, ']');
	if (close < 2 || !str_starts(str_sub(words, close, words.n), STR("]({")) ||
	    !str_ends(words, STR("})")) || words.n < close + 6)
		return false;
	out->label = str_sub(words, 1, close - 1);
	out->link = str_sub(words, close + 3, words.n - close - 5);
	return true;
}

enum err
template_fill(const struct template *t, enum language l, const struct template_value *v, size_t n,
    struct arena *a, struct template_twin *out, struct fault *f)
{
	const struct template_text *text = &t->text[l < LANGUAGES ? l : ENGLISH];
	const struct filling x = {t, v, n, f};
	struct buf subject = buf_open(a, 128, TEMPLATE_SUBJECT_BYTES);
	struct buf plain = buf_open(a, 1024, TEMPLATE_BODY_BYTES);
	struct buf html = buf_open(a, 4096, TEMPLATE_BODY_BYTES);
	struct template_twin twin;

	TRY(check_values(&x));
	TRY(expand(&x, str_of(text->subject), IN_SUBJECT, &subject));
	twin.subject = buf_str(&subject);
	TRY(write_text(&x, text, &plain));
	twin.text = buf_str(&plain);
	TRY(write_html(&x, text, l, twin.subject, &html));
	twin.html = buf_str(&html);
	if (subject.full || plain.full || html.full)
		return fail(f, E_INVALID, "values", "The message is too long.");
	*out = twin;
	return OK;
}

static enum err
check_values(const struct filling *x)
{
	unsigned seen[TEMPLATE_VALUES_MAX] = {0};

	for (size_t i = 0; i < x->n; i++) {
		int k = index_of(x->t, x->v[i].name);

		if (k < 0 || seen[k]++)
			return fail(x->f, E_INVALID, "values", "The message has no place for %.*s.",
			    STR_ARG(x->v[i].name));
		if (!str_utf8(x->v[i].value, NULL))
			return fail(x->f, E_INVALID, x->t->values[k], "This is not valid text.");
	}
	for (int k = 0; k < TEMPLATE_VALUES_MAX && x->t->values[k]; k++)
		if (!seen[k])
			return fail(x->f, E_INVALID, x->t->values[k], "The message lacks %s.",
			    x->t->values[k]);
	return OK;
}

static enum err
write_text(const struct filling *x, const struct template_text *text, struct buf *out)
{
	struct str rest = str_of(text->body);

	while (rest.n) {
		struct paragraph p;

		if (!paragraph_of(next_paragraph(rest, &rest), &p))
			return fail(
			    x->f, E_BUG, x->t->name, "A button of the template is malformed.");
		TRY(expand(x, p.label.p ? p.label : p.words, IN_TEXT, out));
		if (p.label.p) {
			buf_add(out, STR(":\n"));
			TRY(put_value(x, p.link, IN_LINK_TEXT, out));
		}
		buf_add(out, rest.n ? STR("\n\n") : STR("\n"));
	}
	return OK;
}

/* Mail readers drop style sheets, so the few styles stand on the elements; colours suit light and
 * dark. */
static enum err
write_html(const struct filling *x, const struct template_text *text, enum language l,
    struct str subject, struct buf *out)
{
	struct str rest = str_of(text->body);

	buf_printf(out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
	    language_tag(l));
	buf_add(out, STR("<meta name=\"viewport\" content=\"width=device-width\">\n"
			 "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"));
	for (size_t i = 0; i < subject.n; i++)
		put_html(out, subject.p[i]);
	buf_add(out, STR("</title>\n</head>\n<body style=\"margin:0;padding:32px 16px;"
			 "font:16px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif\">\n"
			 PAGE));
	while (rest.n) {
		struct paragraph p;

		if (!paragraph_of(next_paragraph(rest, &rest), &p))
			return fail(
			    x->f, E_BUG, x->t->name, "A button of the template is malformed.");
		if (!p.label.p) {
			buf_add(out,
			    rest.n ? STR("<p>") : STR("<p style=\"font-size:13px;opacity:.75\">"));
			TRY(expand(x, p.words, IN_HTML, out));
			buf_add(out, STR("</p>\n"));
			continue;
		}
		buf_add(out,
		    STR("<p><a style=\"display:inline-block;padding:12px 20px;border-radius:8px;"
			BUTTON ";text-decoration:none;font-weight:600\" "
			"href=\""));
		TRY(put_value(x, p.link, IN_LINK_HTML, out));
		buf_add(out, STR("\">"));
		TRY(expand(x, p.label, IN_HTML, out));
		buf_add(out,
		    STR("</a></p>\n<p style=\"font-size:13px;opacity:.75;word-break:break-all\">"));
		TRY(put_value(x, p.link, IN_LINK_HTML, out));
		buf_add(out, STR("</p>\n"));
	}
	buf_add(out, STR("</div>\n</body>\n</html>\n"));
	return OK;
}

static enum err
expand(const struct filling *x, struct str words, enum context in, struct buf *out)
{
	for (size_t i = 0; i < words.n; i++) {
		struct str name;

		if (words.p[i] != '{') {
			if (in == IN_HTML && words.p[i] == '\n')
				buf_add(out, STR("<br>\n"));
			else if (in == IN_HTML)
				put_html(out, words.p[i]);
			else
				buf_char(out, words.p[i]);
			continue;
		}
		TRY(next_name(x->t, words, &i, &name, x->f));
		TRY(put_value(x, name, in, out));
	}
	return OK;
}

static enum err
put_value(const struct filling *x, struct str name, enum context in, struct buf *out)
{
	for (size_t i = 0; i < x->n; i++) {
		const char *listed;

		if (!str_eq(x->v[i].name, name))
			continue;
		listed = x->t->values[index_of(x->t, name)];
		if (in == IN_LINK_TEXT || in == IN_LINK_HTML)
			return put_link(x, listed, x->v[i].value, in, out);
		if (x->v[i].value.n > TEMPLATE_VALUE_BYTES)
			return fail(x->f, E_INVALID, listed, "This is too long.");
		put_plain(out, x->v[i].value, in);
		return OK;
	}
	return fail(x->f, E_BUG, x->t->name, "The template uses a name that is not listed: %.*s",
	    STR_ARG(name));
}

/* A link is ours: http(s), printable ASCII, nothing that could end the attribute or line. */
static enum err
put_link(const struct filling *x, const char *name, struct str v, enum context in, struct buf *out)
{
	if (v.n > TEMPLATE_LINK_BYTES ||
	    !(str_starts(v, STR("http://")) || str_starts(v, STR("https://"))))
		return fail(x->f, E_INVALID, name, "This is not a web address.");
	for (size_t i = 0; i < v.n; i++)
		if (v.p[i] <= ' ' || v.p[i] > '~' || strchr("\"<>\\^`{|}", v.p[i]))
			return fail(x->f, E_INVALID, name, "This is not a web address.");
	for (size_t i = 0; i < v.n; i++)
		if (in == IN_LINK_HTML)
			put_html(out, v.p[i]);
		else
			buf_char(out, v.p[i]);
	return OK;
}

/*
 * A value among words. Control characters (line ends among them) become spaces, so that a name can
 * neither open a paragraph nor a header. "://" is taken apart: anybody may sign up under any name,
 * and a name must not become a link in a mail that we send to a stranger.
 */
static void
put_plain(struct buf *out, struct str v, enum context in)
{
	for (size_t i = 0; i < v.n; i++) {
		char c = v.p[i];

		if ((unsigned char)c < ' ' || c == 0x7f)
			c = ' ';
		if (in == IN_HTML)
			put_html(out, c);
		else
			buf_char(out, c);
		if (c == ':' && i + 2 < v.n && v.p[i + 1] == '/' && v.p[i + 2] == '/')
			buf_char(out, ' ');
	}
}

static void
put_html(struct buf *out, char c)
{
	switch (c) {
	case '&':
		buf_add(out, STR("&amp;"));
		break;
	case '<':
		buf_add(out, STR("&lt;"));
		break;
	case '>':
		buf_add(out, STR("&gt;"));
		break;
	case '"':
		buf_add(out, STR("&quot;"));
		break;
	case '\'':
		buf_add(out, STR("&#39;"));
		break;
	default:
		buf_char(out, c);
	}
}

void
template_brand(struct template_twin *t, struct str company, struct str accent, struct arena *a)
{
	static const char page[] = PAGE, button[] = BUTTON;
	struct str lower = str_lower(a, str_sub(accent, 1, 6)), rest = t->html;
	struct buf b = buf_open(a, t->html.n + 1024, 2 * t->html.n + 8192);
	const char *at = memmem(rest.p, rest.n, page, sizeof(page) - 1);
	uint8_t c[3];
	size_t n;

	if (at == NULL || accent.n != 7 || accent.p[0] != '#' || !str_unhex(lower, c, sizeof(c), &n) || n != 3)
		return;
	/* Luminance with a gamma of 2: white is read better on what is darker than 0.179. */
	const uint32_t light = 2126U * c[0] * c[0] + 7152U * c[1] * c[1] + 722U * c[2] * c[2];
	const char *words = light > 116394750U /* 0.179 of 10000 * 255 * 255 */ ? "#000" : "#fff";

	buf_add(&b, str_sub(rest, 0, (size_t)(at - rest.p) + sizeof(page) - 1));
	rest = str_sub(rest, (size_t)(at - rest.p) + sizeof(page) - 1, rest.n);
	buf_printf(&b, "<p style=\"border-top:4px solid #%.*s;margin:0;padding-top:12px;font-weight:600\">", STR_ARG(lower));
	for (size_t i = 0; i < company.n; i++)
		put_html(&b, company.p[i]);
	buf_add(&b, STR("</p>\n"));
	for (; (at = memmem(rest.p, rest.n, button, sizeof(button) - 1)) != NULL; rest = str_sub(rest, (size_t)(at - rest.p) + sizeof(button) - 1, rest.n)) {
		buf_add(&b, str_sub(rest, 0, (size_t)(at - rest.p)));
		buf_printf(&b, "background:#%.*s;color:%s", STR_ARG(lower), words);
	}
	buf_add(&b, rest);
	t->html = buf_str(&b);
}

void
template_end(struct template_twin *t, struct str words, struct str label, struct str url, struct arena *a)
{
	static const char end[] = "</div>\n</body>";
	const char *at = memmem(t->html.p, t->html.n, end, sizeof(end) - 1);
	const size_t n = at == NULL ? t->html.n : (size_t)(at - t->html.p);
	struct buf b = buf_open(a, t->html.n + 1024, t->html.n + 8192);
	const struct str part[] = {words, url, label};

	t->text = str_printf(a, "%.*s\n-- \n%.*s\n%.*s: %.*s\n", STR_ARG(t->text), STR_ARG(words), STR_ARG(label), STR_ARG(url));
	buf_add(&b, str_sub(t->html, 0, n));
	for (size_t i = 0; i < 3; i++) {
		buf_add(&b, i == 0 ? STR("<p style=\"font-size:13px;opacity:.75\">") : i == 1 ? STR("<br>\n<a href=\"") : STR("\">"));
		for (size_t k = 0; k < part[i].n; k++)
			put_html(&b, part[i].p[k]);
	}
	buf_add(&b, STR("</a></p>\n"));
	buf_add(&b, str_sub(t->html, n, t->html.n));
	t->html = buf_str(&b);
}
