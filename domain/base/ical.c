#include "domain/base/ical.h"

static void fold(struct buf *b, struct str line);

void
ical_line(struct buf *b, const char *name, struct str value)
{
	fold(b, str_printf(b->a, "%s:%.*s", name, STR_ARG(value)));
}

void
ical_text(struct buf *b, const char *name, struct str text)
{
	struct buf clean = buf_open(b->a, text.n + 16, 2 * text.n + 16);

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == '\n')
			buf_add(&clean, STR("\\n"));
		else if (c == '\\' || c == ',' || c == ';')
			buf_printf(&clean, "\\%c", c);
		else if (c >= ' ' && c != 0x7f)
			buf_char(&clean, (char)c);
	}
	ical_line(b, name, buf_str(&clean));
}

void
ical_day(struct buf *b, const char *name, struct day d)
{
	struct civil c;

	day_civil(d, &c);
	buf_printf(b, "%s;VALUE=DATE:%04d%02u%02u\r\n", name, c.year, c.month, c.mday);
}

void
ical_instant(struct buf *b, const char *name, int64_t at_s)
{
	int64_t day = at_s / 86400, s = at_s % 86400;
	struct civil c;

	day_civil((struct day){(int32_t)day}, &c);
	buf_printf(b, "%s:%04d%02u%02uT%02d%02d%02dZ\r\n", name, c.year, c.month, c.mday, (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60));
}

/* A line that goes on in a next one, which begins with a blank; a blank counts. */
static void
fold(struct buf *b, struct str line)
{
	size_t room = ICAL_LINE_MAX;

	while (line.n > room) {
		size_t n = room;

		while (n > 1 && ((unsigned char)line.p[n] & 0xc0) == 0x80)
			n--;
		buf_add(b, str_sub(line, 0, n));
		buf_add(b, STR("\r\n "));
		line = str_sub(line, n, line.n - n);
		room = ICAL_LINE_MAX - 1;
	}
	buf_add(b, line);
	buf_add(b, STR("\r\n"));
}
