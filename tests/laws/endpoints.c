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

/* Lists of the office that have no table of their own name: where it is, or why there is none. */
static const struct {
	const char *path, *instead; /* "/debts.csv", or a sentence */
} without[] = {
	{"/ageing", "/debts.csv"},
	{"/agreements/:id/visits", "/visits.csv"},
	{"/customers/:id/bills", "/bills.csv"},
	{"/price-plans", "A form: what was changed at once lately, with the way back; items are taken away with their prices."},
	{"/bills/:id", "One document: taken away as its paper."},
	{"/customers/:id/upcoming", "What the next bill would say: true for a moment."},
	{"/quotes/:id", "One document: taken away as its paper."},
	{"/visits/:id/job", "One job and what it wants: on its bill, which is taken away."},
	{"/customers/:id/quotes", "/bills.csv"},
	{"/customers/:id/methods", "A form of one customer: a card or account a row, and what they allow."},
	{"/imports/:id/rows", "/imports/:id/problems.csv"},
	{"/technicians", "/staff.csv"},
	{"/visit-loads", "/visits.csv"},
	{"/previews", "The days that a rule would have, while it is typed."},
	{"/alert-rules", "A form of the settings: a switch a row."},
	{"/occasions", "A form of the settings: a switch a row."},
	{"/saved-replies", "The choices of a menu."},
	{"/broadcasts", "What was said goes out with the company's archive."},
	{"/inbox", "A queue of what waits; what was said goes out with the company's archive."},
	{"/route-offers", "An answer that is true for a moment."},
	{"/views", "The filters of one reader."},
	{"/sessions", "Where one reader is signed in."},
	{"/staff/:id/phones", "Where one person is signed in; that a phone was revoked is in the audit log, which is taken away."},
	{"/tags", "The choices of a filter; customers are taken away with their tags."},
	{"/cities", "The choices of a filter; places are taken away with all they have."},
	{"/files", "Pictures and papers, each taken by itself."},
	{"/customers/:id/files", "Pictures and papers, each taken by itself."},
	{"/customers/chosen", "Ids alone, for a change to many."},
	{"/edits/:id", "What was refused of one change: some lines beneath it, each with a link."},
	{"/board-heads", "A day of the board, folded up."},
	{"/visits/:id/offers", "An answer that is true for a moment."},
	{"/imports/:id/columns", "A form: what each column of a file is taken for."},
	{"/visits/:id/log", "What happened to one visit: in the timeline of its place, which is taken away."},
};

static const struct endpoint *
office_door(const struct table *tables, struct str path)
{
	for (const struct table *t = tables; t->noun != NULL; t++)
		for (const struct endpoint *e = t->endpoints; e->method != 0; e++)
			if (t->surface == OFFICE && e->method == GET && str_eq(str_of(e->path), path))
				return e;
	return NULL;
}

static bool
is_list(const struct endpoint *e)
{
	if (e->method != GET || e->out == NULL)
		return false;
	for (const struct field *fd = e->out->fields; fd->kind != FIELD_KIND_END; fd++)
		if (fd->kind == FIELD_KIND_LIST && (strcmp(fd->name, "rows") == 0 || strcmp(fd->name, "lines") == 0))
			return true;
	return false;
}

static bool
is_table(const struct table *tables, struct str path)
{
	const struct endpoint *e = office_door(tables, path);

	return e != NULL && e->file != NULL && str_starts(str_of(e->file), STR("text/csv"));
}

/* What is wrong with a list of the office: nobody can take it away, and nobody says why. */
static struct str
judge_list(const struct table *tables, const struct endpoint *e)
{
	if (!is_list(e) || is_table(tables, str_printf(arena, "%s.csv", e->path)))
		return STR_NONE;
	for (size_t i = 0; i < COUNT_OF(without); i++)
		if (strcmp(without[i].path, e->path) == 0)
			return without[i].instead[0] != '/' || is_table(tables, str_of(without[i].instead)) ? STR_NONE
			    : str_printf(arena, "there is no table %s", without[i].instead);
	return STR("a list that cannot be taken away as CSV: give it .csv, or a reason in tests/laws/endpoints.c");
}

static void
every_list_of_the_office_is_taken_away_or_says_why_not(void **state)
{
	unsigned wrong = 0, seen = 0;

	(void)state;
	for (const struct table *t = api_tables; t->noun != NULL; t++)
		for (const struct endpoint *e = t->endpoints; e->method != 0; e++) {
			struct str why = t->surface == OFFICE ? judge_list(api_tables, e) : STR_NONE;

			seen += t->surface == OFFICE && is_list(e);
			wrong += why.n > 0;
			if (why.n > 0)
				print_error("# %s: %.*s\n", e->path, STR_ARG(why));
		}
	assert_true(seen > 20);
	assert_int_equal(wrong, 0);
}

static void
no_reason_stands_for_a_list_that_is_gone_or_has_a_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(without); i++) {
		const struct endpoint *e = office_door(api_tables, str_of(without[i].path));

		if (e == NULL || !is_list(e) || is_table(api_tables, str_printf(arena, "%s.csv", without[i].path)))
			fail_msg("# %s needs no reason", without[i].path);
	}
}

static void
a_list_that_nobody_can_take_away_is_seen(void **state)
{
	static const struct field row[] = {{.kind = FIELD_KIND_BOOL, .name = "is"}, FIELD_END};
	static const struct shape line = {"Line", 8, row};
	static const struct field rows[] = {{.kind = FIELD_KIND_LIST, .name = "rows", .shape = &line}, FIELD_END};
	static const struct shape page = {"Page", 16, rows};
	static const struct endpoint doors[] = {
		{GET, "/beheadings", .out = &page}, {GET, "/sales", .out = &page}, {GET, "/sales.csv", .file = "text/csv"}, {0}};
	static const struct table tables[] = {{OFFICE, "doors", doors}, {0}};

	(void)state;
	assert_true(judge_list(tables, &doors[0]).n > 0);
	assert_int_equal(judge_list(tables, &doors[1]).n, 0);
	assert_int_equal(judge_list(tables, &doors[2]).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_tables_keep_the_law_of_the_router),
	    cmocka_unit_test(every_endpoint_has_a_story_that_tells_it),
	    cmocka_unit_test(a_story_that_is_missing_or_silent_is_seen),
	    cmocka_unit_test(every_list_of_the_office_is_taken_away_or_says_why_not),
	    cmocka_unit_test(no_reason_stands_for_a_list_that_is_gone_or_has_a_table),
	    cmocka_unit_test(a_list_that_nobody_can_take_away_is_seen),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
