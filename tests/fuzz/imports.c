/*
 * tests/fuzz/imports.c -- a list from anywhere, on its whole way: columns guessed, each row read by them, compared
 * with those before. What comes out fits the columns of the database; what is wrong has a sentence.
 */
#include "domain/imports/match.h"
#include "domain/imports/order.h"
#include "tests/fuzz/fuzz.h"

#define ROW (UINT64_C(1) << 63)

static void
fits(struct str s, size_t max)
{
	size_t chars = 0;

	MUST(s.n == 0 || (str_utf8(s, &chars) && chars <= max));
}

static void
values_fit(const struct import_values *v)
{
	fits(v->name, 120);
	fits(v->contact, 120);
	fits(v->email, 254);
	fits(v->phone, 24);
	fits(v->street, 160);
	fits(v->city, 80);
	fits(v->region, 40);
	fits(v->postcode, 16);
	fits(v->gate_code, 36);
	fits(v->dogs, 160);
	fits(v->note_technicians, 4000);
	fits(v->note_office, 4000);
	fits(v->external_id, 64);
	fits(v->bill_street, 160);
	fits(v->bill_city, 80);
	fits(v->bill_region, 40);
	fits(v->bill_postcode, 16);
	MUST(v->name.n > 0 && v->tags <= IMPORT_TAGS_MAX && v->lat_e6.is == v->lng_e6.is && v->service_days < 128);
	for (size_t i = 0; i < v->tags; i++)
		fits(v->tag[i], IMPORT_TAG_MAX);
	if (v->lat_e6.is)
		MUST(v->lat_e6.v >= -90000000 && v->lat_e6.v <= 90000000 && v->lng_e6.v >= -180000000 && v->lng_e6.v <= 180000000);
	if (v->volume_l.is)
		MUST(v->volume_l.v > 0 && v->volume_l.v <= 10000000);
	MUST((unsigned)v->pool_kind < POOL_KINDS && (unsigned)v->surface < POOL_SURFACES);
	for (const struct import_problem *p = v->problem; p != NULL; p = p->next)
		MUST(p->fault.err == E_INVALID && p->fault.why != NULL && p->field < IMPORT_FIELDS);
}

/* Whoever was entered with this row's prints is found again: itself, or somebody before. */
static void
known_again(struct book *b, const struct import_values *v, uint64_t who, struct arena *a)
{
	struct str place = v->city.n > 0 ? v->city : v->postcode;
	uint64_t print[MATCH_BYS] = {match_print(BY_EXTERNAL_ID, v->external_id, STR("")), match_print(BY_EMAIL, v->email, STR("")),
	    match_print(BY_PHONE, v->phone, STR("")), match_print(BY_ADDRESS, v->street, place), match_print(BY_NAME, v->name, STR(""))};
	uint64_t found;
	unsigned by, any = 0;

	(void)a;
	for (unsigned k = 0; k < MATCH_BYS; k++) {
		if (!book_enter(b, (enum match_by)k, print[k], who))
			return;
		any |= print[k] != 0;
	}
	enum match is = book_find(b, print, 1, &found, &by);
	MUST((is == MATCH_NOBODY) == (any == 0) && is == match_judge(by));
	MUST(is == MATCH_NOBODY || (found >= ROW && found <= who));
	MUST(book_find(b, print, 0, &found, NULL) == MATCH_NOBODY && found == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	const struct import_habits habits = {UNIT_US_GALLONS, STR("USD")};
	struct book *book = book_open(a, 4096);
	struct csv_table t;
	struct mapping m;
	struct fault f = {0};
	bool more = true;

	if (table_open(fuzz_text(data, size), a, &t, &f) != OK)
		return 0;
	mapping_guess(t.header, t.columns, a, &m);
	MUST(m.columns == t.columns && m.source < IMPORT_SOURCES);
	f = (struct fault){0};
	/* A guess never gives a field two columns; that it says nothing is no failure here. */
	if (mapping_check(&m, &f) != OK)
		MUST(f.field != NULL && strcmp(f.field, "columns") == 0 && strstr(f.why, "Two") == NULL);
	for (uint64_t n = 1; n < 600; n++) {
		struct import_values v;
		struct table_row row;

		f = (struct fault){0};
		if (table_next(&t, a, &row, &more, &f) != OK || !more)
			break;
		if (row_values(&m, &row, &habits, a, &v, &f) != OK) {
			MUST(f.err == E_INVALID && f.why != NULL);
			continue;
		}
		values_fit(&v);
		fits(order_rest(&v, n % 2 == 0, STR("USD"), a), 4000);
		known_again(book, &v, ROW | n, a);
	}
	return 0;
}
