#include "domain/messaging/mime.h"

#include "domain/messaging/mail.h"

#define LINE 76
#define BODY_MAX (24u * 1024 * 1024)

static void quoted(struct buf *b, struct str text);
static void base64_lines(struct buf *b, struct str bytes);
static bool one_header(struct str value);
static void twin(struct buf *b, const struct mime_mail *m);
static void attached(struct buf *b, const struct mime_mail *m, struct str type, struct str name, struct str bytes);

struct str
mime_body(struct arena *a, const struct mime_mail *m, struct str *type)
{
	size_t bytes = m->text.n + m->html.n + m->paper.n;

	for (size_t i = 0; i < m->pictures; i++)
		bytes += m->picture[i].n;
	struct buf b = buf_open(a, 2 * bytes + 2048, BODY_MAX);

	/* "=_" stands in no line that is encoded here. */
	if (m->paper.n == 0 && m->pictures == 0) {
		*type = str_printf(a, "multipart/alternative; boundary=\"=_%.*s\"", STR_ARG(m->mark));
		twin(&b, m);
		return buf_str(&b);
	}
	*type = str_printf(a, "multipart/mixed; boundary=\"=_m%.*s\"", STR_ARG(m->mark));
	buf_printf(&b, "--=_m%.*s\r\nContent-Type: multipart/alternative; boundary=\"=_%.*s\"\r\n\r\n", STR_ARG(m->mark), STR_ARG(m->mark));
	twin(&b, m);
	if (m->paper.n > 0)
		attached(&b, m, m->paper_type, m->paper_name, m->paper);
	for (size_t i = 0; i < m->pictures; i++)
		attached(&b, m, STR("image/jpeg"), str_printf(a, "photo-%zu.jpg", i + 1), m->picture[i]);
	buf_printf(&b, "--=_m%.*s--\r\n", STR_ARG(m->mark));
	return buf_str(&b);
}

static void
attached(struct buf *b, const struct mime_mail *m, struct str type, struct str name, struct str bytes)
{
	buf_printf(b, "\r\n--=_m%.*s\r\nContent-Type: %.*s\r\nContent-Transfer-Encoding: base64\r\n"
	              "Content-Disposition: attachment; filename=\"%.*s\"\r\n\r\n",
	    STR_ARG(m->mark), STR_ARG(type), STR_ARG(name));
	base64_lines(b, bytes);
}

/* Plain text first: a reader shows the last part that it understands. */
static void
twin(struct buf *b, const struct mime_mail *m)
{
	static const char *const types[] = {"text/plain", "text/html"};
	const struct str words[] = {m->text, m->html};

	for (unsigned i = 0; i < 2; i++) {
		buf_printf(b, "--=_%.*s\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
		    STR_ARG(m->mark), types[i]);
		quoted(b, words[i]);
		buf_add(b, STR("\r\n"));
	}
	buf_printf(b, "--=_%.*s--\r\n", STR_ARG(m->mark));
}

static void
quoted(struct buf *b, struct str text)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t column = 0;

	for (size_t i = 0; i < text.n; i++) {
		const unsigned char c = (unsigned char)text.p[i];
		const bool ends = i + 1 == text.n || text.p[i + 1] == '\n' || (text.p[i + 1] == '\r' && i + 2 < text.n && text.p[i + 2] == '\n');
		const bool plain = (c >= '!' && c <= '~' && c != '=' && !(c == '.' && column == 0)) || (c == ' ' && !ends);

		if (c == '\r' && ends)
			continue;
		if (c == '\n') {
			buf_add(b, STR("\r\n"));
			column = 0;
			continue;
		}
		if (column + (plain ? 1 : 3) > LINE - 1) {
			buf_add(b, STR("=\r\n"));
			column = 0;
		}
		if (plain && !(c == '.' && column == 0)) {
			buf_char(b, (char)c);
			column++;
		} else {
			const char out[] = {'=', hex[c >> 4], hex[c & 15]};

			buf_add(b, (struct str){out, 3});
			column += 3;
		}
	}
	if (column > 0)
		buf_add(b, STR("\r\n"));
}

static void
base64_lines(struct buf *b, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i += LINE / 4 * 3) {
		const struct str line = str_sub(bytes, i, LINE / 4 * 3);

		mail_base64(b, (const unsigned char *)line.p, line.n);
		buf_add(b, STR("\r\n"));
	}
}

bool
mime_head(struct arena *a, const struct mime_header *h, size_t n, struct str *out)
{
	struct buf b = buf_open(a, 1024, 64 * 1024);

	for (size_t i = 0; i < n; i++) {
		if (!one_header(h[i].value))
			return false;
		buf_printf(&b, "%s: %.*s\r\n", h[i].name, STR_ARG(h[i].value));
	}
	*out = buf_str(&b);
	return !b.full;
}

/* A fold (CRLF and a blank) is what mail_word writes; any other control would end the header or be lost. */
static bool
one_header(struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		if (str_starts(str_sub(value, i, 3), STR("\r\n ")))
			i += 2;
		else if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return false;
	}
	return true;
}
