/*
 * domain/imports/row.c -- reads a row by its mapping. What single values mean: value.c.
 */
#include "domain/imports/row.h"

#include <assert.h>

#include "domain/base/money.h"
#include "domain/customers/property.h"
#include "domain/imports/value.h"
#include "domain/messaging/mail.h"
#include "domain/pools/volume.h"

#define LAT_MAX_E6 INT64_C(90000000)
#define LNG_MAX_E6 INT64_C(180000000)
#define RATE_MAX_CENTS INT64_C(100000000)

const char *const import_status_names[] = {"unsaid", "active", "inactive", "lead", NULL};
static_assert(sizeof(import_status_names) / sizeof(char *) == IMPORT_STATUSES + 1, "each has its name");

/* A row on its way. */
struct reading {
	const struct mapping *m;
	const struct table_row *row;
	const struct import_habits *h;
	struct arena *a;
	struct import_values *v;
	struct import_problem **tail;
};

static struct fault *problem(struct reading *r, enum import_field field);
static struct str cell(const struct reading *r, enum import_field field);
static struct str text(struct reading *r, enum import_field field, size_t max);
static void who(struct reading *r);
static void reach(struct reading *r);
static void where(struct reading *r);
static void address_apart(struct str *street, struct str *city, struct str *region, struct str *postcode);
static void coordinates(struct reading *r);
static void tags(struct reading *r);
static void water(struct reading *r);
static void volume(struct reading *r);
static void work(struct reading *r);

#define NAME(field) import_field_names[field]
#define UNKNOWN_WORD(r, field, word) \
	fail(problem(r, field), E_INVALID, NAME(field), "We do not know what \"%.*s\" means here.", STR_ARG(word))
#define NO_NUMBER(r, field, word) \
	fail(problem(r, field), E_INVALID, NAME(field), "\"%.*s\" is not a number.", STR_ARG(word))

enum err
row_values(const struct mapping *m, const struct table_row *row, const struct import_habits *h, struct arena *a,
    struct import_values *out, struct fault *f)
{
	struct import_values v = {.kind = CUSTOMER_PERSON, .pool_kind = POOL_POOL};
	struct reading r = {m, row, h, a, &v, &v.problem};

	where(&r);
	who(&r);
	if (v.name.n == 0)
		return fail(f, E_INVALID, "row", "This row names nobody and no place.");
	reach(&r);
	coordinates(&r);
	v.gate_code = text(&r, IMPORT_GATE_CODE, CODE_MAX);
	v.dogs = text(&r, IMPORT_DOGS, 160);
	v.note_technicians = text(&r, IMPORT_NOTE_TECHNICIANS, TABLE_CELL_MAX);
	v.note_office = text(&r, IMPORT_NOTE_OFFICE, TABLE_CELL_MAX);
	v.external_id = text(&r, IMPORT_EXTERNAL_ID, 64);
	tags(&r);
	water(&r);
	work(&r);
	*out = v;
	return OK;
}

static struct fault *
problem(struct reading *r, enum import_field field)
{
	struct import_problem *p = arena_new(r->a, struct import_problem);

	p->field = field;
	p->column = mapping_column(r->m, field);
	*r->tail = p;
	r->tail = &p->next;
	return &p->fault;
}

static struct str
cell(const struct reading *r, enum import_field field)
{
	size_t i = mapping_column(r->m, field);

	return i < r->m->columns && i < r->row->n && r->row->cell[i].n > 0 ? value_clean(r->a, r->row->cell[i]) : STR("");
}

/* Cut where it is too long: the beginning of a name or note is worth more than nothing. */
static struct str
text(struct reading *r, enum import_field field, size_t max)
{
	struct str s = cell(r, field), cut = value_cut(s, max);

	if (cut.n < s.n)
		fail(problem(r, field), E_INVALID, NAME(field), "This is longer than %d characters.", (int)max);
	return str_trim(cut);
}

static void
who(struct reading *r)
{
	struct str first = text(r, IMPORT_FIRST_NAME, 60), last = text(r, IMPORT_LAST_NAME, 59);
	struct str person = text(r, IMPORT_NAME, 120), company = text(r, IMPORT_COMPANY, 120);

	if (first.n + last.n > 0)
		first = str_printf(r->a, "%.*s%s%.*s", STR_ARG(first), first.n > 0 && last.n > 0 ? " " : "", STR_ARG(last));
	if (person.n == 0)
		person = first;
	r->v->kind = company.n > 0 ? CUSTOMER_BUSINESS : CUSTOMER_PERSON;
	r->v->name = company.n > 0 ? company : person;
	/* A display name that repeats the company names nobody; the person beside it does. */
	r->v->contact = company.n > 0 && first.n > 0 ? first : person.n > 0 ? person : r->v->name;
	if (r->v->name.n > 0)
		return;
	r->v->name = str_trim(value_cut(r->v->street, 120));
	r->v->contact = r->v->name;
	r->v->unnamed = true;
}

static void
reach(struct reading *r)
{
	struct str rest, all = cell(r, IMPORT_EMAIL), one = all, phone = cell(r, IMPORT_PHONE);
	struct fault f = {0};

	for (size_t i = 0; i < all.n && one.n == all.n; i++)
		if (strchr(",; \n", all.p[i]) != NULL)
			one = str_sub(all, 0, i);
	if (one.n > 0 && !mail_address_valid(one)) {
		fail(problem(r, IMPORT_EMAIL), E_INVALID, NAME(IMPORT_EMAIL), "This is not an e-mail address.");
		one = STR("");
	} else if (one.n < all.n) {
		fail(problem(r, IMPORT_EMAIL), E_INVALID, NAME(IMPORT_EMAIL), "Only the first of several addresses is taken.");
	}
	r->v->email = str_lower(r->a, one);
	r->v->phone = STR("");
	/* Several numbers in one cell: the first. */
	phone = str_cut(phone, ',', &rest);
	if (phone_read(phone, r->a, &r->v->phone, NAME(IMPORT_PHONE), &f) != OK)
		*problem(r, IMPORT_PHONE) = f;
}

static void
where(struct reading *r)
{
	struct import_values *v = r->v;
	struct str second = text(r, IMPORT_STREET_2, 60);

	v->street = text(r, IMPORT_STREET, 160);
	v->city = text(r, IMPORT_CITY, 80);
	v->region = text(r, IMPORT_REGION, 40);
	v->postcode = text(r, IMPORT_POSTCODE, 16);
	address_apart(&v->street, &v->city, &v->region, &v->postcode);
	if (second.n > 0 && v->street.n > 0)
		v->street = str_trim(value_cut(str_printf(r->a, "%.*s, %.*s", STR_ARG(v->street), STR_ARG(second)), 160));
	v->bill_street = text(r, IMPORT_BILL_STREET, 160);
	v->bill_city = text(r, IMPORT_BILL_CITY, 80);
	v->bill_region = text(r, IMPORT_BILL_REGION, 40);
	v->bill_postcode = text(r, IMPORT_BILL_POSTCODE, 16);
	address_apart(&v->bill_street, &v->bill_city, &v->bill_region, &v->bill_postcode);
}

/* "1 High St, Unit 2, Sacramento, CA 95838-1234", only if nothing but the street was given. */
static void
address_apart(struct str *street, struct str *city, struct str *region, struct str *postcode)
{
	size_t comma[2] = {0}, n = 0, blank;
	struct str end, zip;

	if (city->n + region->n + postcode->n > 0)
		return;
	for (size_t i = street->n; i > 0 && n < 2; i--)
		if (street->p[i - 1] == ',')
			comma[n++] = i - 1;
	if (n < 2 || comma[1] == 0)
		return;
	end = str_trim(str_sub(*street, comma[0] + 1, street->n));
	blank = str_find(end, ' ');
	zip = str_trim(str_sub(end, blank, end.n));
	if (blank != 2 || zip.n < 5 || zip.n > 10)
		return;
	for (size_t i = 0; i < zip.n; i++)
		if ((zip.p[i] < '0' || zip.p[i] > '9') && (zip.p[i] != '-' || i != 5))
			return;
	*region = str_sub(end, 0, 2);
	*postcode = zip;
	*city = str_trim(value_cut(str_trim(str_sub(*street, comma[1] + 1, comma[0] - comma[1] - 1)), 80));
	*street = str_trim(str_sub(*street, 0, comma[1]));
}

static void
coordinates(struct reading *r)
{
	static const enum import_field field[2] = {IMPORT_LAT, IMPORT_LNG};
	static const int64_t max[2] = {LAT_MAX_E6, LNG_MAX_E6};
	struct str said[2] = {cell(r, IMPORT_LAT), cell(r, IMPORT_LNG)};
	int64_t e6[2] = {0};

	if (said[0].n + said[1].n == 0)
		return;
	for (size_t i = 0; i < 2; i++) {
		if (said[i].n == 0) {
			fail(problem(r, field[i]), E_INVALID, NAME(field[i]), "A place needs both its coordinates.");
			return;
		}
		if (!value_degrees(said[i], &e6[i])) {
			NO_NUMBER(r, field[i], said[i]);
			return;
		}
		if (e6[i] > max[i] || e6[i] < -max[i]) {
			fail(problem(r, field[i]), E_INVALID, NAME(field[i]),
			    "A latitude lies between -90 and 90, a longitude between -180 and 180.");
			return;
		}
	}
	if (e6[0] == 0 && e6[1] == 0)
		return;
	r->v->lat_e6 = (struct maybe_i64){true, e6[0]};
	r->v->lng_e6 = (struct maybe_i64){true, e6[1]};
}

static void
tags(struct reading *r)
{
	struct str rest = cell(r, IMPORT_TAGS);

	while (rest.n > 0) {
		size_t i = 0;

		while (i < rest.n && strchr(",;|\n", rest.p[i]) == NULL)
			i++;
		struct str whole = str_trim(str_sub(rest, 0, i)), tag = str_trim(value_cut(whole, IMPORT_TAG_MAX));
		bool twice = tag.n == 0;

		rest = str_sub(rest, i + 1, rest.n);
		for (size_t k = 0; k < r->v->tags; k++)
			twice = twice || str_eq_nocase(r->v->tag[k], tag);
		if (twice)
			continue;
		if (r->v->tags == IMPORT_TAGS_MAX) {
			fail(problem(r, IMPORT_TAGS), E_INVALID, NAME(IMPORT_TAGS), "There are more tags than %d.", IMPORT_TAGS_MAX);
			return;
		}
		if (tag.n < whole.n)
			fail(problem(r, IMPORT_TAGS), E_INVALID, NAME(IMPORT_TAGS), "This is longer than %d characters.",
			    IMPORT_TAG_MAX);
		r->v->tag[r->v->tags++] = tag;
	}
}

static void
water(struct reading *r)
{
	struct str kind = cell(r, IMPORT_POOL_KIND), surface = cell(r, IMPORT_SURFACE), s = cell(r, IMPORT_SANITISER);
	int v;

	if (kind.n > 0 && !value_word(WORDS_POOL_KIND, kind, r->a, &v))
		UNKNOWN_WORD(r, IMPORT_POOL_KIND, kind);
	else if (kind.n > 0)
		r->v->pool_kind = (enum pool_kind)v;
	if (surface.n > 0 && !value_word(WORDS_SURFACE, surface, r->a, &v))
		UNKNOWN_WORD(r, IMPORT_SURFACE, surface);
	else if (surface.n > 0)
		r->v->surface = (enum pool_surface)v;
	if (s.n > 0 && !value_word(WORDS_SANITISER, s, r->a, &v))
		UNKNOWN_WORD(r, IMPORT_SANITISER, s);
	else if (s.n > 0)
		r->v->sanitiser = (enum pool_sanitiser)v;
	volume(r);
	r->v->pool = kind.n + surface.n + s.n > 0 || r->v->volume_l.is;
}

/* The cell's own unit wins, then its column of units, then the header's, then the company's habit. */
static void
volume(struct reading *r)
{
	struct str said = cell(r, IMPORT_VOLUME), unit_said = cell(r, IMPORT_VOLUME_UNIT), number, behind;
	int unit = r->m->unit != UNIT_UNSAID ? (int)r->m->unit : (int)r->h->unit;
	int64_t milli = 0, litres;

	if (said.n == 0)
		return;
	value_number_and_unit(said, &number, &behind);
	if (behind.n > 0 ? !value_word(WORDS_UNIT, behind, r->a, &unit)
			 : unit_said.n > 0 && !value_word(WORDS_UNIT, unit_said, r->a, &unit)) {
		enum import_field at = behind.n > 0 ? IMPORT_VOLUME : IMPORT_VOLUME_UNIT;

		UNKNOWN_WORD(r, at, behind.n > 0 ? behind : unit_said);
		return;
	}
	if (!number_read(number, 3, &milli) || milli < 0) {
		NO_NUMBER(r, IMPORT_VOLUME, said);
		return;
	}
	if (milli > (int64_t)VOLUME_L_MAX * (unit == UNIT_US_GALLONS ? 300 : 1000)) {
		fail(problem(r, IMPORT_VOLUME), E_INVALID, NAME(IMPORT_VOLUME), "This is more water than any pool holds.");
		return;
	}
	/* A US gallon is 3.785411784 litres; 3e9 thousandths of them still fit 64 bits. */
	litres = unit == UNIT_CUBIC_METRES ? milli
	    : unit == UNIT_US_GALLONS
	    ? (int64_t)(((uint64_t)milli * UINT64_C(3785411784) + UINT64_C(500000000000)) / UINT64_C(1000000000000))
	    : (milli + 500) / 1000;
	if (litres > VOLUME_L_MAX)
		fail(problem(r, IMPORT_VOLUME), E_INVALID, NAME(IMPORT_VOLUME), "This is more water than any pool holds.");
	else if (litres > 0)
		r->v->volume_l = (struct maybe_u32){true, (uint32_t)litres};
}

static void
work(struct reading *r)
{
	struct str rate = cell(r, IMPORT_RATE), days = cell(r, IMPORT_SERVICE_DAY), status = cell(r, IMPORT_STATUS), odd;
	int64_t cents = 0;
	int v;

	if (rate.n > 0 && (!value_money(rate, currency_decimals(r->h->currency), &cents) || cents < 0 || cents > RATE_MAX_CENTS))
		NO_NUMBER(r, IMPORT_RATE, rate);
	else if (rate.n > 0)
		r->v->rate_cents = (struct maybe_i64){true, cents};
	odd = value_days(days, r->a, &r->v->service_days);
	if (odd.n > 0)
		UNKNOWN_WORD(r, IMPORT_SERVICE_DAY, odd);
	r->v->technician = text(r, IMPORT_TECHNICIAN, 120);
	if (status.n > 0 && !value_word(WORDS_STATUS, status, r->a, &v))
		UNKNOWN_WORD(r, IMPORT_STATUS, status);
	else if (status.n > 0)
		r->v->status = (enum import_status)v;
}
