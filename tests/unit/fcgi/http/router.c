/* tests/unit/fcgi/http/router.c -- the tables find their endpoint, obey their laws and describe
 * themselves. */
#include "fcgi/http/router.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#include <jansson.h>

struct note {
	struct str text;
};
struct notes {
	struct note *rows;
	size_t count;
};
static const struct field note_fields[] = {FIELD_TEXT(struct note, text, 1, 20), FIELD_END};
static const struct shape note_shape = {"Note", sizeof(struct note), note_fields};
static const struct field notes_fields[] = {FIELD_LIST(struct notes, rows, count, &note_shape, 50), FIELD_END};
static const struct shape notes_shape = {"NotePage", sizeof(struct notes), notes_fields};
static const struct shape other_note_shape = {"Note", sizeof(struct note), note_fields};
static const struct field query_fields[] = {FIELD_TEXT(struct note, text, 0, 20), FIELD_END};
static const struct shape query_shape = {"NoteQuery", sizeof(struct note), query_fields};

static enum err
run(struct work *w, const struct call *c)
{
	(void)w;
	(void)c;
	return OK;
}

static enum err
run_desk(struct desk *d, const struct call *c)
{
	(void)d;
	(void)c;
	return OK;
}

static const struct endpoint office_notes[] = {
	{.method = GET, .path = "/notes", .may = MAY(MAY_SEE_CUSTOMERS), .query = &query_shape,
	    .out = &notes_shape, .run = run, .help = "Notes.", .story = "notes.test.mjs"},
	{.method = POST, .path = "/notes", .signed_in = true, .body = &note_shape, .out = &note_shape, .run = run,
	    .help = "Write a note.", .story = "notes.test.mjs"},
	{.method = DELETE, .path = "/notes/:id/lines/:id2", .signed_in = true, .half = true, .run = run,
	    .help = "Take a line away.", .story = "notes.test.mjs"},
	{0},
};
static const struct endpoint site_notes[] = {
	{.method = GET, .path = "/notes.csv", .anyone = true, .file = "text/csv", .run_desk = run_desk,
	    .help = "Notes as a table.", .story = "notes.test.mjs"},
	{0},
};
static const struct table tables[] = {{OFFICE, "notes", office_notes}, {SITE, "notes", site_notes}, {0}};

ARENA_OF_EACH_TEST(arena)

static enum err
find(enum method m, enum surface s, const char *path, const struct endpoint **e, struct call *c,
    unsigned *allowed)
{
	struct request r = {.method = m, .surface = s};

	assert_int_equal(path_split(str_of(path), arena, r.segment, &r.segments, NULL), OK);
	return router_find(tables, &r, e, c, allowed);
}

static void
an_address_finds_its_endpoint(void **state)
{
	const struct endpoint *e = NULL;
	struct call c = {0};
	unsigned allowed;

	(void)state;
	assert_int_equal(find(GET, OFFICE, "/notes", &e, &c, &allowed), OK);
	assert_ptr_equal(e, &office_notes[0]);
	assert_int_equal(find(HEAD, OFFICE, "/notes", &e, &c, &allowed), OK);
	assert_ptr_equal(e, &office_notes[0]);
	assert_int_equal(find(DELETE, OFFICE, "/notes/000000000000a/lines/000000000000B", &e, &c, &allowed), OK);
	assert_int_equal(c.id, 10);
	assert_int_equal(c.id2, 11);
}

static void
what_is_not_there_is_not_found(void **state)
{
	const struct endpoint *e = NULL;
	struct call c = {0};
	unsigned allowed = 77;

	(void)state;
	assert_int_equal(find(GET, OFFICE, "/notes/x", &e, &c, &allowed), E_NOT_FOUND);
	assert_int_equal(allowed, 0);
	assert_int_equal(find(GET, TECH, "/notes", &e, &c, &allowed), E_NOT_FOUND);
	assert_int_equal(find(GET, OFFICE, "/", &e, &c, &allowed), E_NOT_FOUND);
	assert_int_equal(find(DELETE, OFFICE, "/notes/1/lines/2", &e, &c, &allowed), E_NOT_FOUND);
	assert_null(e);
}

static void
a_wrong_method_names_the_right_ones(void **state)
{
	const struct endpoint *e = NULL;
	struct call c = {0};
	unsigned allowed = 0;

	(void)state;
	assert_int_equal(find(PUT, OFFICE, "/notes", &e, &c, &allowed), E_NOT_FOUND);
	assert_int_equal(allowed, 1U << GET | 1U << POST);
}

static void
good_tables_obey_the_law(void **state)
{
	(void)state;
	assert_null(router_law(tables));
}

/* Each of these is one step away from an endpoint that obeys. */
static void
each_trespass_is_caught(void **state)
{
	const struct endpoint good = {.method = POST, .path = "/notes", .signed_in = true, .body = &note_shape,
	    .run = run, .help = "Write.", .story = "notes.test.mjs"};
	struct endpoint wrong[15][2];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(wrong); i++) {
		wrong[i][0] = good;
		memset(&wrong[i][1], 0, sizeof(wrong[i][1]));
	}
	wrong[0][0].method = HEAD;
	wrong[1][0].path = "notes";
	wrong[2][0].path = "/notes//x";
	wrong[3][0].path = "/notes/:id2";
	wrong[4][0].path = "/notes/:id/lines/:id";
	wrong[5][0].anyone = true;
	wrong[6][0].signed_in = false;
	wrong[7][0].run = NULL;
	wrong[8][0].method = GET;
	wrong[9][0].help = "No full stop";
	wrong[10][0].story = NULL;
	wrong[11][0].query = &notes_shape;
	wrong[12][0].out = &other_note_shape;
	wrong[13][0].run = NULL;
	wrong[13][0].run_desk = run_desk;
	wrong[14][0].loose = true;
	for (i = 0; i < COUNT_OF(wrong); i++) {
		const struct table one[] = {{OFFICE, "notes", wrong[i]}, {0}};

		if (router_law(one) == NULL)
			fail_msg("trespass %zu was let through", i);
	}
	const struct endpoint doubled[] = {good, good, {0}};
	const struct table same[] = {{OFFICE, "notes", doubled}, {0}};

	assert_non_null(router_law(same));
}

/* Columns that the rows do not have, a head too many, a page without a list, JSON with columns. */
static void
a_table_has_the_columns_of_its_list(void **state)
{
	static const struct columns good = {&notes_shape, "Text", "Texto", "text"}, gone = {&notes_shape, "Day", "Día", "day"},
	    heads = {&notes_shape, "Text,Day", "Texto", "text"}, flat = {&note_shape, "Text", "Texto", "text"};
	const struct columns *const wrong[] = {&gone, &heads, &flat};
	struct endpoint e[2] = {{.method = GET, .path = "/notes.csv", .signed_in = true, .file = CSV_TYPE, .columns = &good,
	    .run = run, .help = "Notes.", .story = "notes.test.mjs"}, {0}};
	const struct table one[] = {{OFFICE, "notes", e}, {0}};

	(void)state;
	assert_null(router_law(one));
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		e[0].columns = wrong[i];
		assert_non_null(router_law(one));
	}
	e[0].columns = &good;
	e[0].path = "/notes";
	assert_non_null(router_law(one));
}

static json_t *
openapi(void)
{
	struct buf b = buf_open(arena, 1024, 1 << 20);
	json_error_t why;
	json_t *doc;

	router_openapi(tables, "7", &b);
	assert_false(b.full);
	doc = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, &why);
	if (doc == NULL)
		fail_msg("%s at %d in %s", why.text, why.position, buf_str(&b).p);
	return doc;
}

static void
openapi_is_json_without_doubles_and_names_each_door(void **state)
{
	json_t *doc = openapi();
	json_t *path = json_object_get(json_object_get(doc, "paths"), "/api/office/notes/{id}/lines/{id2}");
	json_t *notes = json_object_get(json_object_get(doc, "paths"), "/api/office/notes");
	json_t *get = json_object_get(notes, "get");

	(void)state;
	assert_non_null(json_object_get(path, "delete"));
	assert_int_equal(json_array_size(json_object_get(json_object_get(path, "delete"), "parameters")), 4);
	assert_non_null(json_object_get(notes, "post"));
	assert_string_equal(json_string_value(json_array_get(json_object_get(get, "x-may"), 0)), "see_customers");
	assert_non_null(json_object_get(json_object_get(json_object_get(doc, "components"), "schemas"), "NotePage"));
	assert_null(json_object_get(json_object_get(json_object_get(doc, "components"), "schemas"), "NoteQuery"));
	json_decref(doc);
}

static void
typescript_names_each_door(void **state)
{
	struct buf b = buf_open(arena, 1024, 1 << 20);

	(void)state;
	router_typescript(tables, &b);
	assert_non_null(strstr(buf_str(&b).p, "export interface NoteQuery {\n\ttext?: string;\n}"));
	assert_non_null(strstr(buf_str(&b).p,
	    "\t\"GET /api/office/notes\": { body: null; query: NoteQuery; out: NotePage };\n"));
	assert_non_null(strstr(buf_str(&b).p, "\t\"GET /api/site/notes.csv\": { body: null; query: null; out: string };\n"));
	assert_true(strstr(buf_str(&b).p, "interface Note {") < strstr(buf_str(&b).p, "interface NotePage {"));
}

static void
the_list_says_who_may(void **state)
{
	struct buf b = buf_open(arena, 1024, 1 << 20);

	(void)state;
	router_list(tables, &b);
	assert_non_null(strstr(buf_str(&b).p, "GET    /api/office/notes\tsee_customers\tnothing -> NotePage\tNotes.\n"));
	assert_non_null(strstr(buf_str(&b).p, "DELETE /api/office/notes/:id/lines/:id2\tsigned in, half\t"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_finds_its_endpoint),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(a_wrong_method_names_the_right_ones),
		cmocka_unit_test(good_tables_obey_the_law),
		cmocka_unit_test(each_trespass_is_caught),
		cmocka_unit_test(a_table_has_the_columns_of_its_list),
		cmocka_unit_test(openapi_is_json_without_doubles_and_names_each_door),
		cmocka_unit_test(typescript_names_each_door),
		cmocka_unit_test(the_list_says_who_may),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
