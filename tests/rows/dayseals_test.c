/*
 * tests/rows/dayseals_test.c -- what nights sealed of the money: every change of the past is found, by whoever has the file.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/acts/bills.h"
#include "fcgi/acts/dayseals.h"
#include "fcgi/acts/payments.h"
#include "tenancy/dayseal.h"
#include "tests/dice.h"
#include "tests/rows/people.h"

#define CUSTOMER UINT64_C(4300000000000000001)
#define LINE     UINT64_C(4300000000000001000)
#define NOW      INT64_C(1781524800) /* Monday, 15 June 2026, noon in UTC */
#define DAY_S    86400
#define NIGHTS   3
#define TAMPERS  (getenv("LONG") != NULL ? 2000U : 12U)

static char path[256];

static void
at(struct world *t, struct work *w, int day)
{
	t->desk.now = NOW + day * DAY_S;
	t->desk.now_ms = t->desk.now * 1000;
	people_enter(t, w, OWNER, ROLE_OWNER);
	w->now = t->desk.now;
	w->now_ms = t->desk.now_ms;
	w->actor.stepped_up_at = w->now;
}

/* Work, its bill, and a check that pays a part of it. */
static void
a_day(struct world *t, int n)
{
	const struct day day = {20619 + n};
	struct payment_page pay;
	struct bill_page bill;
	struct work w;

	world_mine(t, "INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, unit_cents, "
	    "net_cents, made_at) VALUES (%llu, %llu, 0, %d, 'line:%d', '2026-06-14', '2026-06-14', '2026-06-14', 'Work', 5000, 5000, 0)",
	    (unsigned long long)LINE + (unsigned)n, (unsigned long long)CUSTOMER, CHARGE_LABOUR, n);
	at(t, &w, n);
	act_done(t, &w, OK, act_bill_issue(&w, CUSTOMER, &(struct bill_wish){.day = day, .until = day, .title = STR(""),
	    .note = STR("")}, &bill));
	at(t, &w, n);
	act_done(t, &w, OK, act_payment_take(&w, CUSTOMER, &(struct payment_wish){.way = PAY_CHECK, .cents = 1000 + n, .day = day,
	    .reference = STR("1041"), .note = STR(""), .reason = STR("")}, &pay));
}

/* The night before day n; `down`: the file is written too. Answers how many bytes of seals it lacked. */
static size_t
a_night(struct world *t, int n, bool down)
{
	struct dayseal_file file;
	size_t lacked;
	struct work w;
	enum err e;

	at(t, &w, n);
	e = act_dayseal(&w, &file);
	world_ok(t, &w.fault, e);
	lacked = file.texts.n;
	snprintf(path, sizeof(path), "%.*s", STR_ARG(file.path));
	if (down && lacked > 0)
		world_ok(t, &w.fault, dayseal_keep(w.arena, path, file.texts, &w.fault));
	act_done(t, &w, OK, e);
	return lacked;
}

static struct str
read_file(struct world *t)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_array(t->a, char, 64 * 1024);
	size_t n;

	assert_non_null(f);
	n = fread(p, 1, 64 * 1024, f);
	fclose(f);
	return (struct str){p, n};
}

static enum err
compare(struct world *t, struct str file, struct dayseal_sum *sum, const char **field)
{
	struct work w;
	enum err e;

	at(t, &w, NIGHTS + 1);
	e = dayseal_compare(&w, file, sum);
	*field = w.fault.field;
	return work_close(&w, e);
}

static void
found(struct world *t, struct str file, const char *what)
{
	struct dayseal_sum sum;
	const char *field;

	assert_int_equal(compare(t, file, &sum, &field), E_INVALID);
	if (what != NULL)
		assert_string_equal(field, what);
}

static void
not_found(struct world *t, struct str file, uint64_t nights)
{
	struct dayseal_sum sum;
	const char *field;

	assert_int_equal(compare(t, file, &sum, &field), OK);
	assert_int_equal(sum.nights, nights);
}

/* Everything that a seal speaks of, aside; and back. */
static const char *const tables[] = {"entry", "bill", "audit", "setting", "counter"};

static void
put_aside(struct world *t)
{
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		world_mine(t, "CREATE TABLE kept_%s AS SELECT * FROM %s", tables[i], tables[i]);
}

static void
put_back(struct world *t)
{
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		world_mine(t, "DELETE FROM %s", tables[i]);
		world_mine(t, "INSERT INTO %s SELECT * FROM kept_%s", tables[i], tables[i]);
	}
}

static void
clear_up(struct world *t)
{
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		world_mine(t, "DROP TABLE kept_%s", tables[i]);
}

static void
three_nights(struct world *t)
{
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
	for (int n = 0; n < NIGHTS; n++) {
		a_day(t, n);
		assert_true(a_night(t, n + 1, true) > 0);
	}
}

static void
a_night_is_sealed_once_and_written_down_whoever_dies_between(void **state)
{
	struct world *t = *state;
	struct str file, again;
	FILE *f;

	three_nights(t);
	assert_int_equal(a_night(t, NIGHTS, true), 0);
	assert_int_equal(a_night(t, NIGHTS + 1, true), 0); /* nothing has happened: the next night covers this one too */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM setting WHERE kind = %d", SETTING_DAYSEAL), NIGHTS);
	file = read_file(t);
	not_found(t, file, NIGHTS);
	/* Died before the file: it is written from the rows. Died within it: the half goes, the whole comes. */
	assert_int_equal(truncate(path, (off_t)(file.n / NIGHTS) + 200), 0);
	assert_true(a_night(t, NIGHTS, true) > 0);
	again = read_file(t);
	assert_true(str_eq(again, file));
	f = fopen(path, "ab");
	assert_true(fputs("pool-proof-v1\nkind: day\n", f) > 0 && fclose(f) == 0);
	a_day(t, NIGHTS + 1);
	assert_true(a_night(t, NIGHTS + 2, true) > 0);
	not_found(t, read_file(t), NIGHTS + 1);
}

static void
whatever_is_changed_put_in_or_cut_off_is_found(void **state)
{
	static const struct {
		const char *what, *sql;
	} tampers[] = {
		{"entries", "UPDATE entry SET cents = cents + 1 ORDER BY posting_id LIMIT 1"},
		{"entries", "UPDATE entry SET day = day + INTERVAL 1 DAY ORDER BY posting_id DESC LIMIT 1"},
		{"entries", "UPDATE entry SET customer_id = 7 ORDER BY posting_id LIMIT 2"},
		{"entries", "INSERT INTO entry SELECT posting_id + 1, side, kind, at, day, account, customer_id, bill_id, payment_id, cents, "
			    "actor_kind, actor_id FROM entry ORDER BY posting_id LIMIT 1"},
		{"entries", "DELETE FROM entry ORDER BY posting_id DESC, side DESC LIMIT 1"},
		{"entries", "DELETE FROM entry"},
		{"documents", "UPDATE bill SET body = REPLACE(body, '\"net\":5000', '\"net\":4000') ORDER BY id LIMIT 1"},
		{"documents", "UPDATE bill SET hash = REVERSE(hash) ORDER BY id LIMIT 1"},
		{"documents", "UPDATE bill SET seq = 77 ORDER BY id DESC LIMIT 1"},
		{"documents", "DELETE FROM bill ORDER BY id DESC LIMIT 1"},
		{"audit", "UPDATE audit SET detail = 'x' ORDER BY seq LIMIT 1"},
		{"audit", "DELETE FROM audit ORDER BY seq DESC LIMIT 1"},
		{"seal", "UPDATE setting SET name = '0000000077' WHERE name = '0000000003'"},
		{"seal", "UPDATE setting SET body = REPLACE(body, 'day', 'dax') WHERE name = '0000000003'"},
	};
	static const char *const columns[] = {"posting_id", "side", "kind", "at", "account", "customer_id", "bill_id", "payment_id",
	    "cents", "actor_kind", "actor_id"};
	struct world *t = *state;
	struct str file;
	int64_t entries;

	three_nights(t);
	file = read_file(t);
	put_aside(t);
	for (size_t i = 0; i < COUNT_OF(tampers); i++) {
		world_mine(t, "%s", tampers[i].sql);
		found(t, file, tampers[i].what);
		put_back(t);
	}
	/* Any cell of any entry. */
	entries = world_number(t, "SELECT COUNT(*) FROM entry");
	for (unsigned i = 0; i < TAMPERS; i++) {
		const char *column = columns[throw(COUNT_OF(columns))];
		const unsigned long long posting = (unsigned long long)world_number(t,
		    "SELECT posting_id FROM entry ORDER BY posting_id, side LIMIT 1 OFFSET %d", (int)throw((uint64_t)entries));

		/* Names of postings follow one another closely: far enough not to meet one. */
		world_mine(t, "UPDATE entry SET %s = %s + %d WHERE posting_id = %llu ORDER BY side DESC LIMIT 1", column, column,
		    strcmp(column, "posting_id") == 0 ? 1000003 : 5, posting);
		found(t, file, "entries");
		world_mine(t, "DELETE FROM entry");
		world_mine(t, "INSERT INTO entry SELECT * FROM kept_entry");
	}
	/* Any byte of the file. */
	for (unsigned i = 0; i < TAMPERS; i++) {
		char *bent = arena_array(t->a, char, file.n);

		memcpy(bent, file.p, file.n);
		bent[throw(file.n - 1)] ^= 1;
		found(t, (struct str){bent, file.n}, NULL);
	}
	not_found(t, file, NIGHTS);
	clear_up(t);
}

/* The control: who has no copy from outside is not told that the end was cut off. */
static void
without_a_copy_that_left_the_house_a_cut_end_is_not_seen(void **state)
{
	struct world *t = *state;
	struct str file, rest, text;
	size_t two = 0;

	three_nights(t);
	file = rest = read_file(t);
	for (int n = 0; n < NIGHTS - 1 && dayseal_next(&rest, &text); n++)
		two = (size_t)(text.p + text.n + 1 - file.p);
	put_aside(t);
	world_mine(t, "DELETE FROM entry WHERE at >= %lld", (long long)(NOW + (NIGHTS - 1) * DAY_S));
	world_mine(t, "DELETE FROM bill WHERE issued_at >= %lld", (long long)(NOW + (NIGHTS - 1) * DAY_S));
	world_mine(t, "DELETE FROM setting WHERE kind = %d AND name = '%010d'", SETTING_DAYSEAL, NIGHTS);
	not_found(t, str_sub(file, 0, two), NIGHTS - 1);
	found(t, file, "entries");
	put_back(t);
	clear_up(t);
}

static void
each_posting_is_proved_by_its_nights_root(void **state)
{
	struct world *t = *state;
	struct dayseal_way *ways;
	uint64_t posting, before;
	struct proof_file p;
	struct dayseal s;
	struct str rest, text;
	uint8_t root[HASH_BYTES], leaf[HASH_BYTES];
	struct work w;
	size_t n, got;

	three_nights(t);
	rest = read_file(t);
	assert_true(dayseal_next(&rest, &text) && dayseal_next(&rest, &text));
	assert_int_equal(proof_read(text, &p, NULL), OK);
	assert_true(dayseal_read(p.body, &s) && s.seq == 2 && str_unhex(s.root, root, sizeof(root), &got));
	posting = (uint64_t)world_number(t, "SELECT MAX(posting_id) FROM entry WHERE at = %lld", (long long)(NOW + DAY_S));
	before = (uint64_t)world_number(t, "SELECT MIN(posting_id) FROM entry");
	at(t, &w, NIGHTS);
	world_ok(t, &w.fault, dayseal_posting(&w, &s, posting, &ways, &n));
	assert_true(n >= 2);
	for (size_t i = 0; i < n; i++) {
		dayseal_leaf(&ways[i].entry, leaf);
		assert_true(merkle_leads(&ways[i].path, leaf, root));
		ways[i].entry.cents++;
		dayseal_leaf(&ways[i].entry, leaf);
		assert_false(merkle_leads(&ways[i].path, leaf, root));
	}
	act_done(t, &w, E_NOT_FOUND, dayseal_posting(&w, &s, before, &ways, &n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_night_is_sealed_once_and_written_down_whoever_dies_between),
		world_test(whatever_is_changed_put_in_or_cut_off_is_found),
		world_test(without_a_copy_that_left_the_house_a_cut_end_is_not_seen),
		world_test(each_posting_is_proved_by_its_nights_root),
	};
	return world_run("rows/dayseals", tests);
}
