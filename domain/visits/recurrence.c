/*
 * domain/visits/recurrence.c -- rules are read, asked of each day of a window, and changed.
 */
#include "domain/visits/recurrence.h"

#include <assert.h>

#define ENTRIES_MAX 12
#define WEEKS_MAX 8
#define MONTHS_MAX 12

struct entry {
	int8_t week; /* 1..4, -1: the last; 0: of every week */
	enum weekday day;
};

struct rule {
	bool monthly, sunday; /* sunday: the week begins then */
	unsigned interval;
	struct entry entry[ENTRIES_MAX]; /* BYDAY */
	size_t entries;
	int8_t mday[ENTRIES_MAX]; /* BYMONTHDAY */
	size_t mdays;
	struct str months; /* BYMONTH as written */
	unsigned month;    /* bits of 1..12; 0: all year */
	unsigned seen;     /* bits of enum part */
};

enum part { PART_FREQ, PART_INTERVAL, PART_BYDAY, PART_BYMONTHDAY, PART_BYMONTH, PART_WKST, PARTS };
static const char *const part_names[PARTS] = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"};
static const char *const weekday_letters[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static bool occurs(const struct rule *r, struct day anchor, struct day d);
static int32_t weeks(const struct rule *r, struct day d);
static bool named(const struct rule *r, struct day d, const struct civil *c);
static enum err move_one(struct rule *r, struct day was, struct day day, struct fault *f);
static bool in_step(const struct rule *r, struct day was, struct day day);
static int32_t week_of(const struct rule *r, struct day d);
static bool rules_read(struct str text, struct rule *r, struct str *part, size_t *n);
static bool rule_read(struct str text, struct rule *r);
static bool part_read(enum part p, struct str value, struct rule *r);
static bool byday_read(struct str list, struct rule *r);
static bool mdays_read(struct str list, struct rule *r);
static bool months_read(struct str list, unsigned *bits);
static bool fits(const struct rule *r);
static struct str rule_write(const struct rule *r, struct arena *a);
static enum err refuse(struct fault *f);

enum err
rule_check(struct str rule, struct fault *f)
{
	struct rule r[RULE_PARTS_MAX];
	struct str part[RULE_PARTS_MAX];
	size_t n;

	return rules_read(rule, r, part, &n) ? OK : refuse(f);
}

enum err
rule_days(struct str rule, struct day anchor, struct day from, struct day to, struct day *out, size_t *n,
    struct fault *f)
{
	struct rule r[RULE_PARTS_MAX];
	struct str part[RULE_PARTS_MAX];
	size_t parts, found = 0;

	if (!rules_read(rule, r, part, &parts))
		return refuse(f);
	if (to.n - from.n >= RULE_WINDOW_DAYS)
		return fail(f, E_INVALID, "to", "This is too long a time. Choose a year at most.");
	/* A window is a year at most and a day costs a few comparisons, however long ago the agreement began. */
	for (struct day d = from.n < anchor.n ? anchor : from; d.n <= to.n; d.n++)
		for (size_t i = 0; i < parts; i++)
			if (occurs(&r[i], anchor, d)) {
				out[found++] = d;
				break;
			}
	*n = found;
	return OK;
}

enum err
rule_move(struct str rule, struct day was, struct day day, struct arena *a, struct str *out, struct day *anchor,
    struct fault *f)
{
	struct rule r[RULE_PARTS_MAX];
	struct str part[RULE_PARTS_MAX];
	bool step = true;
	size_t n;

	if (!rules_read(rule, r, part, &n))
		return refuse(f);
	for (size_t i = 0; i < n; i++) {
		step = step && in_step(&r[i], was, day);
		TRY(move_one(&r[i], was, day, f));
	}
	if (!step || day.n < anchor->n)
		*anchor = day;
	*out = rule_write(&r[0], a);
	if (n > 1) {
		struct str second = rule_write(&r[1], a);

		*out = str_printf(a, "%.*s|%.*s", STR_ARG(*out), STR_ARG(second));
	}
	return OK;
}

uint32_t
rule_weekdays(struct str rule)
{
	uint32_t bits = 0;
	struct rule r[RULE_PARTS_MAX];
	struct str part[RULE_PARTS_MAX];
	size_t n;

	if (!rules_read(rule, r, part, &n))
		return 0;
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < r[k].entries; i++)
			bits |= UINT32_C(1) << r[k].entry[i].day;
	return bits;
}

static bool
occurs(const struct rule *r, struct day anchor, struct day d)
{
	struct civil a, c;

	day_civil(anchor, &a);
	day_civil(d, &c);
	if (r->month != 0 && (r->month >> c.month & 1) == 0)
		return false;
	if (r->monthly && ((c.year - a.year) * 12 + c.month - a.month) % (int32_t)r->interval != 0)
		return false;
	if (!r->monthly && (weeks(r, d) - weeks(r, anchor)) % (int32_t)r->interval != 0)
		return false;
	return named(r, d, &c);
}

/* The number of the week of a day, counted from some week: weeks begin where WKST says. */
static int32_t
weeks(const struct rule *r, struct day d)
{
	int32_t into = ((int32_t)day_weekday(d) - (r->sunday ? SUNDAY : MONDAY) + 7) % 7;

	return (d.n - into - DAY_MIN) / 7;
}

/* Does BYDAY or BYMONTHDAY name this day of its week or month? */
static bool
named(const struct rule *r, struct day d, const struct civil *c)
{
	struct civil tomorrow, next_week;

	day_civil(day_add(d, 1), &tomorrow);
	day_civil(day_add(d, 7), &next_week);
	for (size_t i = 0; i < r->mdays; i++)
		if (r->mday[i] == -1 ? tomorrow.month != c->month : r->mday[i] == (int8_t)c->mday)
			return true;
	for (size_t i = 0; i < r->entries; i++) {
		int8_t week = r->entry[i].week;

		if (r->entry[i].day == day_weekday(d) &&
		    (week == 0 || (week == -1 ? next_week.month != c->month : week == (int8_t)((c->mday - 1) / 7 + 1))))
			return true;
	}
	return false;
}

static enum err
move_one(struct rule *r, struct day was, struct day day, struct fault *f)
{
	struct civil from, to, next, later;
	bool was_last, was_last_week;

	day_civil(was, &from);
	day_civil(day, &to);
	day_civil(day_add(was, 7), &later);
	was_last_week = later.month != from.month;
	day_civil(day_add(was, 1), &next);
	was_last = next.month != from.month;
	day_civil(day_add(day, 1), &next);
	bool last = next.month != to.month;
	if (r->mdays > 0) {
		if (to.mday > 28 && !last)
			return fail(f, E_INVALID, "day", "Not every month has this day. Choose one up to the 28th, or the last.");
		for (size_t i = 0; i < r->mdays; i++)
			if (r->mday[i] == (int8_t)from.mday || (r->mday[i] == -1 && was_last))
				r->mday[i] = to.mday > 28 ? -1 : (int8_t)to.mday;
	}
	for (size_t i = 0; i < r->entries; i++) {
		int week = (to.mday - 1) / 7 + 1;

		if (r->entry[i].day != day_weekday(was) ||
		    (r->entry[i].week > 0 && r->entry[i].week != (from.mday - 1) / 7 + 1) ||
		    (r->entry[i].week < 0 && !was_last_week))
			continue;
		r->entry[i].day = day_weekday(day);
		if (r->entry[i].week != 0)
			r->entry[i].week = week > 4 ? -1 : (int8_t)week;
	}
	return OK;
}

/* Does the rule count the week (or the month) of `day` as well, as it counts that of `was`? */
static bool
in_step(const struct rule *r, struct day was, struct day day)
{
	struct civil a, b;

	if (!r->monthly)
		return (week_of(r, day) - week_of(r, was)) % (int32_t)r->interval == 0;
	day_civil(was, &a);
	day_civil(day, &b);
	return ((b.year - a.year) * 12 + b.month - a.month) % (int32_t)r->interval == 0;
}

/* Weeks since some first one, floored: days before 1970 are negative. */
static int32_t
week_of(const struct rule *r, struct day d)
{
	const int32_t begins = r->sunday ? SUNDAY : MONDAY, first = d.n - ((int32_t)day_weekday(d) - begins + 7) % 7;

	return (first - (first % 7 + 7) % 7) / 7;
}

static bool
rules_read(struct str text, struct rule *r, struct str *part, size_t *n)
{
	struct str rest = text;

	*n = 0;
	if (text.n > RULE_TEXT_MAX)
		return false;
	do {
		if (*n == RULE_PARTS_MAX)
			return false;
		part[*n] = str_cut(rest, '|', &rest);
		if (!rule_read(part[*n], &r[*n]))
			return false;
		++*n;
	} while (rest.p != NULL);
	return true;
}

bool
rule_week(struct str rule, uint32_t *every, uint32_t *weekdays)
{
	struct rule r;

	if (!rule_read(rule, &r) || r.monthly || r.interval > 2 || r.months.n > 0 || r.entries == 0)
		return false;
	*every = r.interval;
	*weekdays = rule_weekdays(rule);
	return true;
}

enum err
rule_on(struct str rule, uint32_t weekdays, struct arena *a, struct str *out, struct fault *f)
{
	struct rule r;

	if (!rule_read(rule, &r) || r.monthly || weekdays == 0 || weekdays >> 7 != 0)
		return refuse(f);
	r.entries = 0;
	for (enum weekday d = MONDAY; d <= SUNDAY; d++)
		if ((weekdays >> d & 1) != 0)
			r.entry[r.entries++] = (struct entry){0, d};
	*out = rule_write(&r, a);
	return OK;
}

static enum err
refuse(struct fault *f)
{
	return fail(f, E_INVALID, "rule", "We do not know this kind of repetition.");
}

static bool
rule_read(struct str text, struct rule *r)
{
	struct str rest = text, one, value;

	*r = (struct rule){.interval = 1};
	if (text.n == 0 || text.n > RULE_TEXT_MAX)
		return false;
	while (rest.p != NULL) {
		unsigned p = 0;

		one = str_cut(rest, ';', &rest);
		one = str_cut(one, '=', &value);
		while (p < PARTS && !str_eq(one, str_of(part_names[p])))
			p++;
		if (p == PARTS || value.n == 0 || (r->seen & 1U << p) != 0 || !part_read((enum part)p, value, r))
			return false;
		r->seen |= 1U << p;
	}
	return fits(r);
}

static bool
part_read(enum part p, struct str value, struct rule *r)
{
	uint64_t n;

	switch (p) {
	case PART_FREQ:
		r->monthly = str_eq(value, STR("MONTHLY"));
		return r->monthly || str_eq(value, STR("WEEKLY"));
	case PART_INTERVAL:
		if (!str_u64(value, &n) || n < 1 || n > MONTHS_MAX || value.p[0] == '0')
			return false;
		r->interval = (unsigned)n;
		return true;
	case PART_BYDAY:
		return byday_read(value, r);
	case PART_BYMONTHDAY:
		return mdays_read(value, r);
	case PART_BYMONTH:
		r->months = value;
		return months_read(value, &r->month);
	default:
		r->sunday = str_eq(value, STR("SU"));
		return r->sunday || str_eq(value, STR("MO"));
	}
}

static bool
byday_read(struct str list, struct rule *r)
{
	while (list.p != NULL) {
		struct str one = str_cut(list, ',', &list);
		struct entry e = {0, MONDAY};
		int64_t week;
		unsigned d = 0;

		if (one.n < 2 || one.n > 4 || r->entries == ENTRIES_MAX)
			return false;
		if (one.n > 2) {
			if (!str_i64(str_sub(one, 0, one.n - 2), &week) || week < -1 || week == 0 || week > 4)
				return false;
			e.week = (int8_t)week;
		}
		while (d < 7 && !str_eq(str_sub(one, one.n - 2, 2), str_of(weekday_letters[d])))
			d++;
		if (d == 7)
			return false;
		e.day = (enum weekday)d;
		for (size_t i = 0; i < r->entries; i++)
			if (r->entry[i].day == e.day && r->entry[i].week == e.week)
				return false;
		r->entry[r->entries++] = e;
	}
	return r->entries > 0;
}

static bool
mdays_read(struct str list, struct rule *r)
{
	while (list.p != NULL) {
		struct str one = str_cut(list, ',', &list);
		int64_t d;

		if (r->mdays == ENTRIES_MAX || !str_i64(one, &d) || d < -1 || d == 0 || d > 28)
			return false;
		for (size_t i = 0; i < r->mdays; i++)
			if (r->mday[i] == d)
				return false;
		r->mday[r->mdays++] = (int8_t)d;
	}
	return r->mdays > 0;
}

static bool
months_read(struct str list, unsigned *bits)
{
	unsigned seen = 0;

	while (list.p != NULL) {
		struct str one = str_cut(list, ',', &list);
		uint64_t m;

		if (!str_u64(one, &m) || m < 1 || m > 12 || (seen & 1U << m) != 0)
			return false;
		seen |= 1U << m;
	}
	*bits = seen;
	return true;
}

static bool
fits(const struct rule *r)
{
	if ((r->seen & 1U << PART_FREQ) == 0 || (r->entries > 0) == (r->mdays > 0))
		return false;
	for (size_t i = 0; i < r->entries; i++)
		if ((r->entry[i].week != 0) != r->monthly)
			return false;
	return r->monthly || (r->mdays == 0 && r->interval <= WEEKS_MAX);
}

static struct str
rule_write(const struct rule *r, struct arena *a)
{
	struct buf b = buf_open(a, RULE_TEXT_MAX, RULE_TEXT_MAX);

	buf_printf(&b, "FREQ=%s", r->monthly ? "MONTHLY" : "WEEKLY");
	if (r->interval > 1)
		buf_printf(&b, ";INTERVAL=%u", r->interval);
	for (size_t i = 0; i < r->entries; i++) {
		bool twice = false;

		/* Two occurrences moved onto one day are one from then on. */
		for (size_t k = 0; k < i; k++)
			twice |= r->entry[k].day == r->entry[i].day && r->entry[k].week == r->entry[i].week;
		if (twice)
			continue;
		buf_add(&b, i == 0 ? STR(";BYDAY=") : STR(","));
		if (r->entry[i].week != 0)
			buf_i64(&b, r->entry[i].week);
		buf_add(&b, str_of(weekday_letters[r->entry[i].day]));
	}
	for (size_t i = 0; i < r->mdays; i++) {
		bool twice = false;

		for (size_t k = 0; k < i; k++)
			twice |= r->mday[k] == r->mday[i];
		if (twice)
			continue;
		buf_add(&b, i == 0 ? STR(";BYMONTHDAY=") : STR(","));
		buf_i64(&b, r->mday[i]);
	}
	if (r->months.n > 0)
		buf_printf(&b, ";BYMONTH=%.*s", STR_ARG(r->months));
	if (r->sunday)
		buf_add(&b, STR(";WKST=SU"));
	assert(!b.full);
	return buf_str(&b);
}
