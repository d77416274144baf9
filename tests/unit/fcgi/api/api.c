/* tests/unit/fcgi/api/api.c -- the house's own tables obey the law, and every body's examples are
 * taken. */
#include "fcgi/api/api.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#include <jansson.h>
#include <stdalign.h>

ARENA_OF_EACH_TEST(arena)

static void
the_tables_obey_the_law(void **state)
{
	const char *wrong = router_law(api_tables);

	(void)state;
	if (wrong != NULL)
		fail_msg("%s", wrong);
}

/* What the house answers must also be what it could read: the same shapes go both ways. */
static void
every_body_takes_its_own_examples(void **state)
{
	const struct table *t;
	const struct endpoint *e;
	unsigned n, bodies = 0;

	(void)state;
	for (t = api_tables; t->noun != NULL; t++)
		for (e = t->endpoints; e->method != 0; e++)
			for (n = 0; e->body != NULL && n < SHAPE_SEEDS; n++) {
				struct buf b = buf_open(arena, 4096, 1 << 20);
				struct fault f = {0};
				void *in = arena_alloc(arena, e->body->size, alignof(max_align_t));

				shape_seed(e->body, n, &b);
				if (shape_read(e->body, buf_str(&b), arena, in, &f) != OK)
					fail_msg("%s, example %u: %s: %s", e->body->name, n, f.field, f.why);
				bodies++;
			}
	assert_true(bodies > 0);
}

/* Every address that a table names is found, as that endpoint and no other. */
static void
every_endpoint_is_found_at_its_address(void **state)
{
	const struct table *t;
	const struct endpoint *e, *found;
	unsigned allowed;

	(void)state;
	for (t = api_tables; t->noun != NULL; t++)
		for (e = t->endpoints; e->method != 0; e++) {
			struct request r = {.method = e->method, .surface = t->surface};
			struct buf b = buf_open(arena, 128, 512);
			struct call c = {0};
			const char *p = e->path;

			while (*p != '\0')
				if (*p == ':') {
					buf_add(&b, STR("0000000000abc"));
					p += strcspn(p, "/");
				} else {
					buf_char(&b, *p++);
				}
			assert_int_equal(path_split(buf_str(&b), arena, r.segment, &r.segments, NULL), OK);
			assert_int_equal(router_find(api_tables, &r, &found, &c, &allowed), OK);
			if (found != e)
				fail_msg("%s finds %s", e->path, found->path);
		}
}

static void
the_documents_are_whole(void **state)
{
	struct buf api = buf_open(arena, 65536, 4 << 20), types = buf_open(arena, 65536, 4 << 20);
	json_error_t why;
	json_t *doc;

	(void)state;
	router_openapi(api_tables, "test", &api);
	router_typescript(api_tables, &types);
	assert_false(api.full || types.full);
	doc = json_loadb(api.p, api.n, JSON_REJECT_DUPLICATES, &why);
	if (doc == NULL)
		fail_msg("%s at %d", why.text, why.position);
	json_decref(doc);
	assert_non_null(strstr(buf_str(&types).p, "export interface Api {"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tables_obey_the_law),
		cmocka_unit_test(every_body_takes_its_own_examples),
		cmocka_unit_test(every_endpoint_is_found_at_its_address),
		cmocka_unit_test(the_documents_are_whole),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
