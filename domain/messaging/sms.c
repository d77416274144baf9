#include "domain/messaging/sms.h"

static size_t letter_at(struct str s, uint32_t *c);
static unsigned narrow_units(uint32_t c);
static struct str bare(struct str text, char *out, size_t max);

void
sms_size(struct str text, struct sms_size *out)
{
	unsigned narrow = 0, wide = 0;

	*out = (struct sms_size){0};
	for (size_t i = 0; i < text.n;) {
		uint32_t c;
		const size_t n = letter_at(str_sub(text, i, text.n), &c);
		const unsigned units = narrow_units(c);

		if (units == 0 && !out->wide) {
			out->wide = true;
			out->first = str_sub(text, i, n);
		}
		narrow += units;
		wide += c > 0xffff ? 2 : 1;
		i += n;
	}
	out->letters = out->wide ? wide : narrow;
	const unsigned one = out->wide ? 70 : 160, many = out->wide ? 67 : 153;

	out->segments = out->letters == 0 ? 0 : out->letters <= one ? 1 : (out->letters + many - 1) / many;
}

/* What is not UTF-8 counts as letters of one byte: it was checked at the door. */
static size_t
letter_at(struct str s, uint32_t *c)
{
	const unsigned char first = (unsigned char)s.p[0];
	const size_t n = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;

	if (n == 1 || n > s.n) {
		*c = first;
		return 1;
	}
	*c = first & (0x7fU >> n);
	for (size_t i = 1; i < n; i++)
		*c = *c << 6 | ((unsigned char)s.p[i] & 0x3f);
	return n;
}

/* 1: in the alphabet; 2: in its extension, behind an escape; 0: not there. */
static unsigned
narrow_units(uint32_t c)
{
	static const uint32_t more[] = {0xa3, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0xd8, 0xf8, 0xc5, 0xe5, 0x394, 0x3a6,
		0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9, 0xa4, 0xa1, 0xc4, 0xd6, 0xd1,
		0xdc, 0xa7, 0xbf, 0xe4, 0xf6, 0xf1, 0xfc, 0xe0};

	if (c == 0x20ac || (c < 0x80 && c != 0 && strchr("^{}\\[~]|\f", (int)c) != NULL))
		return 2;
	if (c == '\n' || c == '\r' || (c >= ' ' && c < 0x7f && c != '`'))
		return 1;
	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
		if (more[i] == c)
			return 1;
	return 0;
}

struct str
sms_narrow(struct arena *a, struct str text)
{
	static const struct {
		uint32_t c;
		const char *as;
	} twin[] = {{0xe1, "a"}, {0xed, "i"}, {0xf3, "o"}, {0xfa, "u"}, {0xc1, "A"}, {0xcd, "I"}, {0xd3, "O"}, {0xda, "U"},
		{0xe2, "a"}, {0xea, "e"}, {0xee, "i"}, {0xf4, "o"}, {0xfb, "u"}, {0xeb, "e"}, {0xef, "i"}, {0xe7, "c"},
		{0x2018, "'"}, {0x2019, "'"}, {0x201c, "\""}, {0x201d, "\""}, {0xab, "\""}, {0xbb, "\""}, {0x2013, "-"},
		{0x2014, "-"}, {0x2026, "..."}, {0xa0, " "}, {0x202f, " "}, {0x2022, "*"}, {0xba, "o"}, {0xaa, "a"}, {0xb7, "-"},
		{'`', "'"}};
	struct buf b = buf_open(a, text.n + 16, 3 * text.n + 16);

	for (size_t i = 0; i < text.n;) {
		uint32_t c;
		const size_t n = letter_at(str_sub(text, i, text.n), &c);
		const char *as = NULL;

		for (size_t k = 0; k < sizeof(twin) / sizeof(*twin) && as == NULL; k++)
			if (twin[k].c == c)
				as = twin[k].as;
		buf_add(&b, as != NULL ? str_of(as) : str_sub(text, i, n));
		i += n;
	}
	return buf_str(&b);
}

enum sms_word
sms_word(struct str text, enum language *l)
{
	static const struct {
		const char *word;
		enum sms_word means;
		enum language l;
	} known[] = {{"stop", SMS_STOP, ENGLISH}, {"stopall", SMS_STOP, ENGLISH}, {"stop all", SMS_STOP, ENGLISH},
		{"unsubscribe", SMS_STOP, ENGLISH}, {"end", SMS_STOP, ENGLISH}, {"quit", SMS_STOP, ENGLISH},
		{"cancel", SMS_STOP, ENGLISH}, {"revoke", SMS_STOP, ENGLISH}, {"optout", SMS_STOP, ENGLISH},
		{"opt out", SMS_STOP, ENGLISH}, {"opt-out", SMS_STOP, ENGLISH}, {"remove", SMS_STOP, ENGLISH},
		{"alto", SMS_STOP, SPANISH}, {"parar", SMS_STOP, SPANISH}, {"pare", SMS_STOP, SPANISH}, {"baja", SMS_STOP, SPANISH},
		{"cancelar", SMS_STOP, SPANISH}, {"detener", SMS_STOP, SPANISH}, {"basta", SMS_STOP, SPANISH},
		{"no mas", SMS_STOP, SPANISH}, {"start", SMS_START, ENGLISH}, {"unstop", SMS_START, ENGLISH},
		{"subscribe", SMS_START, ENGLISH}, {"alta", SMS_START, SPANISH}, {"iniciar", SMS_START, SPANISH},
		{"empezar", SMS_START, SPANISH}, {"reanudar", SMS_START, SPANISH}, {"help", SMS_HELP, ENGLISH},
		{"info", SMS_HELP, ENGLISH}, {"ayuda", SMS_HELP, SPANISH}};
	char room[24];
	const struct str word = bare(text, room, sizeof(room));

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq(word, str_of(known[i].word))) {
			*l = known[i].l;
			return known[i].means;
		}
	return SMS_WORDS;
}

/* In small letters, without accents, and without what stands around the words; longer than a word can be: empty. */
static struct str
bare(struct str text, char *out, size_t max)
{
	size_t n = 0, from = 0, to = text.n;
	uint32_t c;

	while (from < to && strchr(" \t\r\n.!\"'*_-", text.p[from]) != NULL)
		from++;
	while (to > from && strchr(" \t\r\n.!\"'*_-", text.p[to - 1]) != NULL)
		to--;
	for (size_t i = from; i < to;) {
		i += letter_at(str_sub(text, i, to - i), &c);
		switch (c) {
		case 0xc1: case 0xe1: c = 'a'; break;
		case 0xc9: case 0xe9: c = 'e'; break;
		case 0xcd: case 0xed: c = 'i'; break;
		case 0xd3: case 0xf3: c = 'o'; break;
		case 0xda: case 0xfa: c = 'u'; break;
		default: break;
		}
		if (n == max || c >= 0x80)
			return STR("");
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return (struct str){out, n};
}

unsigned
sms_rating(struct str text)
{
	static const char *const digit[] = {"", "1", "2", "3", "4", "5"};
	static const char *const english[] = {"", "one", "two", "three", "four", "five"};
	static const char *const spanish[] = {"", "uno", "dos", "tres", "cuatro", "cinco"};
	char room[24];
	struct str rest, word = bare(text, room, sizeof(room)), first = str_cut(word, ' ', &rest);

	if (rest.n > 0 && !str_eq(rest, STR("stars")) && !str_eq(rest, STR("star")) && !str_eq(rest, STR("estrellas")) &&
	    !str_eq(rest, STR("estrella")))
		return 0;
	for (unsigned i = 1; i <= 5; i++)
		if (str_eq(first, str_of(digit[i])) || str_eq(first, str_of(english[i])) || str_eq(first, str_of(spanish[i])))
			return i;
	return 0;
}
