/*
 * tests/laws/endpoints.c -- the guest list of the API: who may call, help, and a story that tells it.
 */
#include "fcgi/http/router.h"
#include "tests/unit/test.h"

#define STORY_MAX (256u * 1024)

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_open(1u << 20, 64u << 20, NULL);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void
the_tables_keep_the_law_of_the_router(void **state)
{
	const char *wrong = router_law(api_tables);

	(void)state;
	if (wrong != NULL)
		fail_msg("# %s", wrong);
}

static struct str
story_of(const char *name)
{
	static const char *const folders[] = {"tests/house", "tests/browser"};
	char *text = arena_array(arena, char, STORY_MAX + 1);
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(folders) && n == 0; i++) {
		FILE *f = fopen(str_printf(arena, "%s/%s", folders[i], name).p, "r");

		if (f == NULL)
			continue;
		n = fread(text, 1, STORY_MAX, f);
		fclose(f);
	}
	return n == 0 ? STR_NONE : (struct str){text, n};
}

/* What is wrong with the endpoint's story: it is not there, or a word of the path does not occur in it. */
static struct str
judge_story(const struct endpoint *e)
{
	struct str story = story_of(e->story), rest = str_of(e->path + 1);

	if (story.n == 0)
		return str_printf(arena, "there is no story tests/house/%s", e->story);
	while (rest.n > 0) {
		struct str word = str_cut(rest, '/', &rest);

		if (word.n > 0 && word.p[0] != ':' && strstr(story.p, str_copy(arena, word).p) == NULL)
			return str_printf(arena, "%s does not tell of \"%.*s\"", e->story, STR_ARG(word));
	}
	return STR_NONE;
}

static void
every_endpoint_has_a_story_that_tells_it(void **state)
{
	unsigned wrong = 0, seen = 0;

	(void)state;
	for (const struct table *t = api_tables; t->noun != NULL; t++)
		for (const struct endpoint *e = t->endpoints; e->method != 0; e++) {
			/* A story is a quarter of a megabyte, and there are hundreds of endpoints. */
			const struct arena_mark m = arena_mark(arena);
			struct str why = judge_story(e);

			seen++;
			if (why.n == 0) {
				arena_rewind(arena, m);
				continue;
			}
			wrong++;
			print_error("# %s %s %s: %.*s\n", surface_name(t->surface), method_name(e->method),
			    e->path, STR_ARG(why));
		}
	assert_true(seen > 0);
	assert_int_equal(wrong, 0);
}

static void
a_story_that_is_missing_or_silent_is_seen(void **state)
{
	const struct endpoint none = {.path = "/staff", .story = "nobody.test.mjs"};
	const struct endpoint silent = {.path = "/staff/:id/beheadings", .story = "people.test.mjs"};
	const struct endpoint good = {.path = "/staff/:id/disablings", .story = "people.test.mjs"};

	(void)state;
	assert_non_null(strstr(judge_story(&none).p, "there is no story"));
	assert_non_null(strstr(judge_story(&silent).p, "beheadings"));
	assert_int_equal(judge_story(&good).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_tables_keep_the_law_of_the_router),
	    cmocka_unit_test(every_endpoint_has_a_story_that_tells_it),
	    cmocka_unit_test(a_story_that_is_missing_or_silent_is_seen),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
