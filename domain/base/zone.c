/*
 * domain/base/zone.c -- TZif bytes into a zone, its POSIX footer, and the offset at an instant.
 *
 * Source: RFC 8536 (TZif), POSIX.1 chapter 8 (TZ). Files that count leap seconds are refused: our
 * instants are POSIX seconds.
 */
#include "domain/base/zone_parts.h"

#define HEADER 44
#define TYPES_MAX 256
#define LETTERS_MAX 2048
#define OFFSET_MAX_S (26 * 3600)
#define FOOTER_MAX 128
#define DAY_S 86400

struct counts {
	uint32_t isut, isstd, leap, time, type, letter;
};

/* When summer time begins or ends; two a year, four years are looked at. */
#define CHANGES 8

struct change {
	int64_t at_s;
	bool summer;
};

static bool read_file(struct str b, struct arena *a, struct zone *z);
static bool read_counts(struct str b, struct counts *c, char *version);
static size_t block_size(const struct counts *c, size_t time_size);
static bool read_block(struct str b, const struct counts *c, struct arena *a, struct zone *z);
static bool read_types(struct str b, const struct counts *c, int32_t offset_s[TYPES_MAX]);
static bool read_footer(struct str s, struct zone *z);
static bool read_name(struct str *s);
static bool read_number(struct str *s, int32_t max, int32_t *out);
static bool read_time(struct str *s, int32_t hours_max, int32_t *out);
static bool read_rule(struct str *s, struct rule *out);
static bool take(struct str *s, char c);
static int64_t rule_day(const struct rule *r, int32_t year);
static int32_t footer_offset_s(const struct zone *z, int64_t at_s, int64_t *until_s);
static size_t changes_around(const struct zone *z, int64_t at_s, struct change change[CHANGES]);
static bool change_before(const struct change *a, const struct change *b);
static uint64_t big_endian(const char *p, unsigned bytes);

bool
zone_name_valid(struct str name)
{
	if (name.n == 0 || name.n > 64 || name.p[0] == '/' || name.p[name.n - 1] == '/')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		        c == '_' || c == '+' || c == '-' || c == '/'))
			return false; /* no dot at all, so no ".." either */
		if (c == '/' && name.p[i + 1] == '/')
			return false;
	}
	return true;
}

enum err
zone_parse(struct str name, struct str bytes, struct arena *a, struct zone **out, struct fault *f)
{
	struct zone *z = arena_new(a, struct zone);

	z->name = str_copy(a, name);
	if (bytes.n > ZONE_FILE_MAX || !read_file(bytes, a, z))
		return fail(f, E_INVALID, "zone", "This is not a time zone we know.");
	*out = z;
	return OK;
}

struct str
zone_name(const struct zone *z)
{
	return z->name;
}

int32_t
zone_offset_s(const struct zone *z, int64_t at_s, int64_t *until_s)
{
	at_s = zone_clip(at_s);
	if (z->footer && (z->n == 0 || at_s >= z->at_s[z->n - 1]))
		return footer_offset_s(z, at_s, until_s);

	/* lo = how many transitions are at or before at_s */
	size_t lo = 0, hi = z->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (z->at_s[mid] <= at_s)
			lo = mid + 1;
		else
			hi = mid;
	}
	int32_t offset_s = lo == 0 ? z->first_s : z->after_s[lo - 1];
	if (until_s == NULL)
		return offset_s;
	/* A transition that only changes the abbreviation is no change to us. */
	while (lo < z->n && z->after_s[lo] == offset_s)
		lo++;
	*until_s = lo < z->n ? z->at_s[lo] : INT64_MAX;
	if (lo == z->n && z->footer) {
		int64_t last_s = z->n > 0 ? z->at_s[z->n - 1] : at_s, next_s;

		*until_s = footer_offset_s(z, last_s, &next_s) == offset_s ? next_s : last_s;
	}
	return offset_s;
}

int64_t
zone_clip(int64_t at_s)
{
	const int64_t low = (int64_t)DAY_MIN * DAY_S + 2 * DAY_S;
	const int64_t high = (int64_t)DAY_MAX * DAY_S - 2 * DAY_S;

	return at_s < low ? low : at_s > high ? high : at_s;
}

static bool
read_file(struct str b, struct arena *a, struct zone *z)
{
	struct counts c;
	char version;

	/* The first block is the old 32-bit one; it is skipped, whatever it says. */
	if (!read_counts(b, &c, &version) || version < '2' || HEADER + block_size(&c, 4) > b.n)
		return false;
	b = str_sub(b, HEADER + block_size(&c, 4), b.n);

	if (!read_counts(b, &c, &version) || version < '2' || c.leap != 0)
		return false;
	if (c.time > ZONE_TRANSITIONS_MAX || c.type == 0 || c.type > TYPES_MAX || c.letter == 0 ||
	    c.letter > LETTERS_MAX || (c.isut != 0 && c.isut != c.type) ||
	    (c.isstd != 0 && c.isstd != c.type) || HEADER + block_size(&c, 8) > b.n)
		return false;
	b = str_sub(b, HEADER, b.n);
	if (!read_block(b, &c, a, z))
		return false;

	b = str_sub(b, block_size(&c, 8), b.n);
	return b.n >= 2 && b.n <= FOOTER_MAX && b.p[0] == '\n' && b.p[b.n - 1] == '\n' &&
	    read_footer(str_sub(b, 1, b.n - 2), z);
}

static bool
read_counts(struct str b, struct counts *c, char *version)
{
	if (b.n < HEADER || !str_starts(b, STR("TZif")))
		return false;
	*version = b.p[4];
	*c = (struct counts){
		.isut = (uint32_t)big_endian(b.p + 20, 4),
		.isstd = (uint32_t)big_endian(b.p + 24, 4),
		.leap = (uint32_t)big_endian(b.p + 28, 4),
		.time = (uint32_t)big_endian(b.p + 32, 4),
		.type = (uint32_t)big_endian(b.p + 36, 4),
		.letter = (uint32_t)big_endian(b.p + 40, 4),
	};
	return true;
}

/* size_t has 64 bits here, so no sum of 32-bit counts overflows. */
static size_t
block_size(const struct counts *c, size_t time_size)
{
	return c->time * (time_size + 1) + (size_t)c->type * 6 + c->letter + c->leap * (time_size + 4) +
	    c->isstd + c->isut;
}

static bool
read_block(struct str b, const struct counts *c, struct arena *a, struct zone *z)
{
	int32_t type_s[TYPES_MAX];

	if (!read_types(b, c, type_s))
		return false;
	int64_t *at_s = arena_array(a, int64_t, c->time);
	int32_t *after_s = arena_array(a, int32_t, c->time);
	for (size_t i = 0; i < c->time; i++) {
		unsigned char type = (unsigned char)b.p[(size_t)c->time * 8 + i];

		at_s[i] = (int64_t)big_endian(b.p + i * 8, 8);
		if (type >= c->type || (i > 0 && at_s[i] <= at_s[i - 1]))
			return false;
		after_s[i] = type_s[type];
	}
	z->n = c->time;
	z->at_s = at_s;
	z->after_s = after_s;
	z->first_s = type_s[0];
	return true;
}

static bool
read_types(struct str b, const struct counts *c, int32_t offset_s[TYPES_MAX])
{
	const char *type = b.p + (size_t)c->time * 9;

	for (size_t i = 0; i < c->type; i++, type += 6) {
		int32_t s = (int32_t)(uint32_t)big_endian(type, 4);
		unsigned char summer = (unsigned char)type[4], letter = (unsigned char)type[5];

		if (s < -OFFSET_MAX_S || s > OFFSET_MAX_S || summer > 1 || letter >= c->letter)
			return false;
		offset_s[i] = s;
	}
	return true;
}

/* std offset [dst [offset] , start [/time] , end [/time]]; an empty footer says nothing. */
static bool
read_footer(struct str s, struct zone *z)
{
	int32_t west_s;

	if (s.n == 0)
		return true;
	if (!read_name(&s) || !read_time(&s, 24, &west_s))
		return false;
	z->footer = true;
	z->standard_s = -west_s;
	if (s.n == 0)
		return true;
	if (!read_name(&s))
		return false;
	z->summer = true;
	z->summer_s = z->standard_s + 3600;
	if (s.n > 0 && s.p[0] != ',') {
		if (!read_time(&s, 24, &west_s))
			return false;
		z->summer_s = -west_s;
	}
	return take(&s, ',') && read_rule(&s, &z->start) && take(&s, ',') && read_rule(&s, &z->end) &&
	    s.n == 0;
}

/* Three letters or more, or <letters, digits, + and -> */
static bool
read_name(struct str *s)
{
	bool quoted = take(s, '<');
	size_t n = 0;

	for (; n < s->n; n++) {
		char c = s->p[n];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (!letter && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-')))
			break;
	}
	if (n < 3)
		return false;
	*s = str_sub(*s, n, s->n);
	return !quoted || take(s, '>');
}

static bool
read_number(struct str *s, int32_t max, int32_t *out)
{
	int32_t v = 0;
	size_t n = 0;

	for (; n < s->n && n < 4 && s->p[n] >= '0' && s->p[n] <= '9'; n++)
		v = v * 10 + (s->p[n] - '0');
	if (n == 0 || v > max)
		return false;
	*s = str_sub(*s, n, s->n);
	*out = v;
	return true;
}

/* [+-]hh[:mm[:ss]] */
static bool
read_time(struct str *s, int32_t hours_max, int32_t *out)
{
	bool minus = take(s, '-');
	int32_t h, m = 0, sec = 0;

	if (!minus)
		(void)take(s, '+');
	if (!read_number(s, hours_max, &h))
		return false;
	if (take(s, ':')) {
		if (!read_number(s, 59, &m))
			return false;
		if (take(s, ':') && !read_number(s, 59, &sec))
			return false;
	}
	int32_t total = h * 3600 + m * 60 + sec;
	*out = minus ? -total : total;
	return true;
}

static bool
read_rule(struct str *s, struct rule *out)
{
	struct rule r = {.at_s = 2 * 3600};
	int32_t month, week, weekday;

	if (take(s, 'M')) {
		r.kind = RULE_WEEKDAY;
		if (!read_number(s, 12, &month) || !take(s, '.') || !read_number(s, 5, &week) ||
		    !take(s, '.') || !read_number(s, 6, &weekday) || month == 0 || week == 0)
			return false;
		r.month = (unsigned)month;
		r.week = (unsigned)week;
		r.sunday_weekday = (unsigned)weekday;
	} else {
		r.kind = take(s, 'J') ? RULE_JULIAN : RULE_ORDINAL;
		if (!read_number(s, 365, &r.day) || (r.kind == RULE_JULIAN && r.day == 0))
			return false;
	}
	if (take(s, '/') && !read_time(s, 167, &r.at_s))
		return false;
	*out = r;
	return true;
}

static bool
take(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

/* The day of that year on which the rule falls, counted from 1970. */
static int64_t
rule_day(const struct rule *r, int32_t year)
{
	struct day first = {0}, next;

	if (r->kind != RULE_WEEKDAY) {
		bool leap_year = day_of(year, 2, 29, &first);

		(void)day_of(year, 1, 1, &first);
		if (r->kind == RULE_ORDINAL)
			return (int64_t)first.n + r->day;
		return (int64_t)first.n + r->day - 1 + (leap_year && r->day >= 60);
	}
	(void)day_of(year, r->month, 1, &first);
	unsigned weekday = ((unsigned)day_weekday(first) + 1) % 7; /* 0 = Sunday */
	struct day d = day_add(first, (int32_t)((r->sunday_weekday + 7 - weekday) % 7 + (r->week - 1) * 7));
	next = day_add_months(first, 1);
	while (d.n >= next.n)
		d.n -= 7; /* the fifth of a weekday that comes four times is its last */
	return d.n;
}

static int32_t
footer_offset_s(const struct zone *z, int64_t at_s, int64_t *until_s)
{
	struct change change[CHANGES];
	size_t i = 0;

	if (until_s != NULL)
		*until_s = INT64_MAX;
	if (!z->summer)
		return z->standard_s;
	size_t n = changes_around(z, at_s, change);
	bool summer = !change[0].summer;
	for (; i < n && change[i].at_s <= at_s; i++)
		summer = change[i].summer;
	int32_t offset_s = summer ? z->summer_s : z->standard_s;

	for (; until_s != NULL && i < n; i++) {
		bool holds = i + 1 == n || change[i + 1].at_s != change[i].at_s;

		if (holds && change[i].summer != summer && z->summer_s != z->standard_s) {
			*until_s = change[i].at_s;
			break;
		}
	}
	return offset_s;
}

/*
 * The changes of the years around at_s, in order of time; where summer time ends in the same second as
 * the next begins (a zone that is in summer time all year), the beginning comes last and holds.
 */
static size_t
changes_around(const struct zone *z, int64_t at_s, struct change change[CHANGES])
{
	struct civil c;
	size_t n = 0;

	day_civil((struct day){(int32_t)(zone_clip(at_s) / DAY_S)}, &c);
	for (int32_t year = c.year - 1; year <= c.year + 2; year++) {
		if (year < 1 || year > 9999)
			continue;
		change[n++] = (struct change){
		    rule_day(&z->start, year) * DAY_S + z->start.at_s - z->standard_s, true};
		change[n++] = (struct change){
		    rule_day(&z->end, year) * DAY_S + z->end.at_s - z->summer_s, false};
	}
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && change_before(&change[k], &change[k - 1]); k--) {
			struct change earlier = change[k];

			change[k] = change[k - 1];
			change[k - 1] = earlier;
		}
	return n;
}

static bool
change_before(const struct change *a, const struct change *b)
{
	return a->at_s != b->at_s ? a->at_s < b->at_s : b->summer && !a->summer;
}

static uint64_t
big_endian(const char *p, unsigned bytes)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}
