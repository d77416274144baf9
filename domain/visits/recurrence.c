/*
 * domain/visits/recurrence.c -- rules are checked and changed here; which days they give is libical's to say.
 */
#include "domain/visits/recurrence.h"

#include <assert.h>

#include <libical/ical.h>

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
	unsigned seen;     /* bits of enum part */
};

enum part { PART_FREQ, PART_INTERVAL, PART_BYDAY, PART_BYMONTHDAY, PART_BYMONTH, PART_WKST, PARTS };
static const char *const part_names[PARTS] = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"};
static const char *const weekday_letters[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static enum err days_of(const struct rule *r, struct str part, struct day anchor, struct day from, struct day to,
    struct day *out, size_t *n, struct fault *f);
static size_t merged(const struct day *a, size_t a_n, const struct day *b, size_t b_n, struct day *out);
static enum err move_one(struct rule *r, struct day was, struct day day, struct fault *f);
static bool rules_read(struct str text, struct rule *r, struct str *part, size_t *n);
static bool rule_read(struct str text, struct rule *r);
static bool part_read(enum part p, struct str value, struct rule *r);
static bool byday_read(struct str list, struct rule *r);
static bool mdays_read(struct str list, struct rule *r);
static bool months_read(struct str list);
static bool fits(const struct rule *r);
static struct str rule_write(const struct rule *r, struct arena *a);
static struct day nearer(const struct rule *r, struct day anchor, struct day from);
static struct icaltimetype ical_of(struct day d);
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
	struct day one[RULE_WINDOW_DAYS], other[RULE_WINDOW_DAYS];
	struct rule r[RULE_PARTS_MAX];
	struct str part[RULE_PARTS_MAX];
	size_t parts, one_n, other_n = 0;

	if (!rules_read(rule, r, part, &parts))
		return refuse(f);
	if (to.n - from.n >= RULE_WINDOW_DAYS)
		return fail(f, E_INVALID, "to", "This is too long a time. Choose a year at most.");
	TRY(days_of(&r[0], part[0], anchor, from, to, one, &one_n, f));
	if (parts > 1)
		TRY(days_of(&r[1], part[1], anchor, from, to, other, &other_n, f));
	*n = merged(one, one_n, other, other_n, out);
	return OK;
}

enum err
rule_move(struct str rule, struct day was, struct day day, struct arena *a, struct str *out, struct fault *f)
{
	struct rule r[RULE_PARTS_MAX];
	struct str part[RULE_PARTS_MAX];
	size_t n;

	if (!rules_read(rule, r, part, &n))
		return refuse(f);
	for (size_t i = 0; i < n; i++)
		TRY(move_one(&r[i], was, day, f));
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

static enum err
days_of(const struct rule *r, struct str part, struct day anchor, struct day from, struct day to, struct day *out,
    size_t *n, struct fault *f)
{
	struct icalrecurrencetype ical;
	struct icaltimetype at;
	icalrecur_iterator *it;
	char text[RULE_TEXT_MAX + 1];
	size_t found = 0;

	memcpy(text, part.p, part.n);
	text[part.n] = '\0';
	ical = icalrecurrencetype_from_string(text);
	it = icalrecur_iterator_new(ical, ical_of(nearer(r, anchor, from)));
	if (it == NULL)
		return refuse(f);
	/* From the start that is nearer, no rule needs more than a year of days to reach the end of the window. */
	for (unsigned i = 0; i < 4 * RULE_WINDOW_DAYS; i++) {
		struct day d;

		at = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(at) || !day_of(at.year, (unsigned)at.month, (unsigned)at.day, &d) || d.n > to.n)
			break;
		if (d.n < from.n || d.n < anchor.n)
			continue;
		assert(found < RULE_WINDOW_DAYS);
		out[found++] = d;
	}
	icalrecur_iterator_free(it);
	*n = found;
	return OK;
}

/* Both are in order; a day of both is there once. */
static size_t
merged(const struct day *a, size_t a_n, const struct day *b, size_t b_n, struct day *out)
{
	size_t n = 0;

	for (size_t i = 0, k = 0; i < a_n || k < b_n;) {
		struct day d = k == b_n || (i < a_n && a[i].n <= b[k].n) ? a[i] : b[k];

		i += i < a_n && a[i].n == d.n;
		k += k < b_n && b[k].n == d.n;
		out[n++] = d;
	}
	return n;
}

static enum err
move_one(struct rule *r, struct day was, struct day day, struct fault *f)
{
	struct civil from, to, next;

	day_civil(was, &from);
	day_civil(day, &to);
	day_civil(day_add(day, 1), &next);
	bool last = next.month != to.month;
	if (r->mdays > 0) {
		if (to.mday > 28 && !last)
			return fail(f, E_INVALID, "day", "Not every month has this day. Choose one up to the 28th, or the last.");
		for (size_t i = 0; i < r->mdays; i++)
			if (r->mday[i] == (int8_t)from.mday || (r->mday[i] == -1 && from.mday >= 28))
				r->mday[i] = to.mday > 28 ? -1 : (int8_t)to.mday;
	}
	for (size_t i = 0; i < r->entries; i++) {
		int week = (to.mday - 1) / 7 + 1;

		if (r->entry[i].day != day_weekday(was) ||
		    (r->entry[i].week > 0 && r->entry[i].week != (from.mday - 1) / 7 + 1))
			continue;
		r->entry[i].day = day_weekday(day);
		if (r->entry[i].week != 0)
			r->entry[i].week = week > 4 ? -1 : (int8_t)week;
	}
	return OK;
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
		return months_read(value);
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
months_read(struct str list)
{
	unsigned seen = 0;

	while (list.p != NULL) {
		struct str one = str_cut(list, ',', &list);
		uint64_t m;

		if (!str_u64(one, &m) || m < 1 || m > 12 || (seen & 1U << m) != 0)
			return false;
		seen |= 1U << m;
	}
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

/*
 * A start in the same week of the cycle as the anchor, or the same month, but close before the window: an
 * agreement of ten years ago costs as little as one of yesterday. Of a week, its first day that occurs: given
 * another, libical 3.0.16 begins INTERVAL=2;BYDAY=SU;WKST=MO one week late.
 */
static struct day
nearer(const struct rule *r, struct day anchor, struct day from)
{
	int32_t cycle = 7 * (int32_t)r->interval;
	struct civil c, w;
	struct day first;

	if (!r->monthly) {
		int32_t first_of_week = 7, begins = r->sunday ? SUNDAY : MONDAY;

		for (size_t i = 0; i < r->entries; i++) {
			int32_t k = ((int32_t)r->entry[i].day - begins + 7) % 7;

			first_of_week = k < first_of_week ? k : first_of_week;
		}
		anchor = day_add(anchor, first_of_week - ((int32_t)day_weekday(anchor) - begins + 7) % 7);
		return from.n <= anchor.n ? anchor : day_add(anchor, (from.n - anchor.n) / cycle * cycle);
	}
	day_civil(anchor, &c);
	day_civil(from, &w);
	first = day_add(anchor, 1 - c.mday);
	if (from.n <= anchor.n)
		return first;
	int32_t months = (w.year - c.year) * 12 + w.month - c.month;
	return day_add_months(first, months / (int32_t)r->interval * (int32_t)r->interval);
}

static struct icaltimetype
ical_of(struct day d)
{
	/* Not icaltime_null_date: its clock says -1, and the iterator never leaves the first day. */
	struct icaltimetype t = {.is_date = 1};
	struct civil c;

	day_civil(d, &c);
	t.year = c.year;
	t.month = c.month;
	t.day = c.mday;
	return t;
}
