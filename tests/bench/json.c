/*
 * tests/bench/json.c -- what an answer costs to print: fifteen rows of twenty-six members by the shape walker, and by
 * jansson, which builds a tree first. Prints "shape_us jansson_us"; the two texts must mean the same.
 */
#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "domain/base/id.h"
#include "fcgi/http/shape.h"

#define ROWS 15
#define TIMES 20000
#define ROUNDS 7

struct row {
	uint64_t id, customer_id, property_id, service_id;
	uint32_t seq, minutes, version, colour;
	uint32_t state;
	bool dogs, gate, parts, first;
	struct maybe_u32 from_minute, to_minute;
	struct maybe_i64 on_way_at, started_at, ended_at, confirmed_at;
	struct str customer, street, city, service, note, flag, why;
};
struct page {
	struct row *rows;
	size_t rows_n;
};

static const char *const state_names[] = {"", "scheduled", "started", "done", NULL};
#define N(m) FIELD_INT(struct row, m, 0, INT32_MAX)
#define T(m) FIELD_TEXT(struct row, m, 0, 1000)
#define B(m) FIELD_BOOL(struct row, m)
#define M(m) FIELD_MAYBE_INT(struct row, m, 0, 1440)
#define W(m) FIELD_MAYBE_TIME(struct row, m)
static const struct field row_fields[] = {FIELD_ID(struct row, id), FIELD_ID(struct row, customer_id), FIELD_ID(struct row, property_id),
	FIELD_ID(struct row, service_id), N(seq), N(minutes), N(version), N(colour), FIELD_ENUM(struct row, state, state_names),
	B(dogs), B(gate), B(parts), B(first), M(from_minute), M(to_minute), W(on_way_at), W(started_at), W(ended_at),
	W(confirmed_at), T(customer), T(street), T(city), T(service), T(note), T(flag), T(why), FIELD_END};
static const struct shape row_shape = {"BenchRow", sizeof(struct row), row_fields};
static const struct field page_fields[] = {FIELD_LIST(struct page, rows, rows_n, &row_shape, ROWS), FIELD_END};
static const struct shape page_shape = {"BenchPage", sizeof(struct page), page_fields};

static double
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* others may be at work on this machine */
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
put_id(json_t *o, const char *name, uint64_t id)
{
	char text[ID_LETTERS + 1];

	id_write(id, text);
	json_object_set_new(o, name, json_string(text));
}

static void
put_text(json_t *o, const char *name, struct str s)
{
	json_object_set_new(o, name, json_stringn(s.p, s.n));
}

static char *
by_jansson(const struct page *p)
{
	json_t *rows = json_array(), *page = json_object();
	char *text;

	for (size_t i = 0; i < p->rows_n; i++) {
		const struct row *r = &p->rows[i];
		json_t *o = json_object();

		put_id(o, "id", r->id);
		put_id(o, "customer_id", r->customer_id);
		put_id(o, "property_id", r->property_id);
		put_id(o, "service_id", r->service_id);
#define NUMBER(m) json_object_set_new(o, #m, json_integer(r->m))
#define TRUTH(m) json_object_set_new(o, #m, json_boolean(r->m))
#define MAYBE(m) json_object_set_new(o, #m, r->m.is ? json_integer((json_int_t)r->m.v) : json_null())
		NUMBER(seq);
		NUMBER(minutes);
		NUMBER(version);
		NUMBER(colour);
		json_object_set_new(o, "state", json_string(state_names[r->state]));
		TRUTH(dogs);
		TRUTH(gate);
		TRUTH(parts);
		TRUTH(first);
		MAYBE(from_minute);
		MAYBE(to_minute);
		MAYBE(on_way_at);
		MAYBE(started_at);
		MAYBE(ended_at);
		MAYBE(confirmed_at);
		put_text(o, "customer", r->customer);
		put_text(o, "street", r->street);
		put_text(o, "city", r->city);
		put_text(o, "service", r->service);
		put_text(o, "note", r->note);
		put_text(o, "flag", r->flag);
		put_text(o, "why", r->why);
		json_array_append_new(rows, o);
	}
	json_object_set_new(page, "rows", rows);
	text = json_dumps(page, JSON_COMPACT);
	json_decref(page);
	return text;
}

static int
smaller(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int
main(void)
{
	struct arena *a = arena_open(1 << 20, 1 << 24, NULL);
	struct page page = {arena_array(a, struct row, ROWS), ROWS};
	const struct arena_mark here = arena_mark(a);
	double shape[ROUNDS], jansson[ROUNDS];

	for (uint32_t i = 0; i < ROWS; i++)
		page.rows[i] = (struct row){.id = UINT64_C(4100000000000000001) + i, .customer_id = UINT64_C(4200000000000000001) + i,
		    .property_id = UINT64_C(4300000000000000001) + i, .service_id = UINT64_C(4400000000000000001), .seq = i, .minutes = 30,
		    .version = 7, .colour = 3, .state = 1 + i % 3, .dogs = i % 2, .gate = true, .from_minute = {true, 540 + i},
		    .to_minute = {i % 2, 660}, .on_way_at = {true, 1795262400 + i}, .started_at = {true, 1795263000 + i},
		    .customer = STR("Ursula Urrutia"), .street = STR("6234 W Saguaro Street"), .city = STR("Tempe"),
		    .service = STR("Full service"), .note = STR("Gate sticks: lift it. \"Bruno\" is friendly."), .flag = STR(""), .why = STR("")};
	for (int round = 0; round < ROUNDS; round++) {
		double from = now_us();

		for (int i = 0; i < TIMES; i++) {
			struct buf b = buf_open(a, 16384, 65536);

			shape_write(&page_shape, &page, &b);
			assert(!b.full);
			arena_rewind(a, here);
		}
		shape[round] = (now_us() - from) / TIMES;
		from = now_us();
		for (int i = 0; i < TIMES; i++)
			free(by_jansson(&page));
		jansson[round] = (now_us() - from) / TIMES;
	}
	struct buf b = buf_open(a, 16384, 65536);
	char *other = by_jansson(&page);
	shape_write(&page_shape, &page, &b);
	json_t *mine = json_loadb(buf_str(&b).p, buf_str(&b).n, 0, NULL), *theirs = json_loads(other, 0, NULL);
	assert(mine != NULL && json_equal(mine, theirs));
	json_decref(mine);
	json_decref(theirs);
	free(other);
	qsort(shape, ROUNDS, sizeof(*shape), smaller);
	qsort(jansson, ROUNDS, sizeof(*jansson), smaller);
	printf("%.2f %.2f\n", shape[ROUNDS / 2], jansson[ROUNDS / 2]);
	arena_close(a);
	return 0;
}
