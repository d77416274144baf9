#include "domain/messaging/spoken.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define WAIT_S 5 /* for a key */
#define TONE_S 10 /* a machine's greeting may be longer than our words: its tone is waited for */

static void say(struct buf *b, struct str words, enum language l);

struct str
spoken_call(struct str words, struct str keys, enum language l, struct arena *a)
{
	struct buf b = buf_open(a, 1024, SPOKEN_MAX), once;

	buf_add(&b, STR(XML "<Response>"));
	if (keys.n > 0) {
		buf_add(&b, STR("<Gather input=\"dtmf\" numDigits=\"1\" method=\"POST\" action=\""));
		spoken_xml(&b, keys);
		buf_printf(&b, "\" timeout=\"%d\">", WAIT_S);
	}
	say(&b, words, l);
	if (keys.n > 0) {
		say(&b, str_of(words_say(l, "To hear this again, press 1. To get no more calls from us, press 9.")), l);
		buf_add(&b, STR("</Gather>"));
	} else {
		buf_add(&b, STR("<Pause length=\"1\"/>"));
	}
	once = b;
	say(&b, words, l);
	if (SPOKEN_MAX - b.n < 70)
		b = once; /* long words are said once */
	buf_printf(&b, "<Pause length=\"%d\"/>", TONE_S);
	buf_add(&b, STR("<Hangup/></Response>"));
	return buf_str(&b);
}

struct str
spoken_end(struct str words, enum language l, struct arena *a)
{
	struct buf b = buf_open(a, 512, SPOKEN_MAX);

	buf_add(&b, STR(XML "<Response>"));
	if (words.n > 0)
		say(&b, words, l);
	buf_add(&b, STR("<Hangup/></Response>"));
	return buf_str(&b);
}

static void
say(struct buf *b, struct str words, enum language l)
{
	buf_printf(b, "<Say language=\"%s\">", spoken_language(l));
	spoken_xml(b, words);
	buf_add(b, STR("</Say>"));
}

const char *
spoken_language(enum language l)
{
	return l == SPANISH ? "es-US" : "en-US";
}

void
spoken_xml(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		switch (text.p[i]) {
		case '<':
			buf_add(b, STR("&lt;"));
			break;
		case '>':
			buf_add(b, STR("&gt;"));
			break;
		case '&':
			buf_add(b, STR("&amp;"));
			break;
		case '"':
			buf_add(b, STR("&quot;"));
			break;
		default:
			if ((unsigned char)text.p[i] >= ' ')
				buf_char(b, text.p[i]);
		}
}
