/*
 * tests/unit/fcgi/route/route.c -- files of four formats: read, planned, printed, and judged by the
 * checker.
 */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "domain/base/words.h"
#include "domain/routing/solve.h"
#include "domain/routing/walk.h"
#include "fcgi/route/check.h"
#include "fcgi/route/city.h"
#include "fcgi/route/instance.h"
#include "fcgi/route/print.h"
#include "tests/unit/test.h"

#define WINDOWS \
	"tiny\n\nVEHICLE\nNUMBER     CAPACITY\n  2         10\n\nCUSTOMER\nCUST NO.  XCOORD. " \
	"YCOORD. DEMAND READY TIME " \
	"DUE DATE SERVICE TIME\n\n"
#define TABLE ",\"matrices\":{\"car\":{\"durations\":[[0,100,200],[110,0,50],[210,60,0]]}}}"

static struct str
text_of(const char *s)
{
	return (struct str){s, strlen(s)};
}

static void
refuses(enum route_format format, const char *file, const char *why)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct instance i;
	struct fault f = {0};
	char said[300];

	assert_int_equal(instance_read(text_of(file), format, a, &i, &f), E_INVALID);
	snprintf(said, sizeof(said), "%.*s", STR_ARG(words_fault(a, ENGLISH, &f)));
	if (strstr(said, why) == NULL && strcmp(f.field, why) != 0)
		fail_msg("said \"%s\" of \"%s\", not \"%s\"", said, f.field, why);
	arena_close(a);
}

/* What the file plans to in so many rounds, and what the checker says of it. */
static struct verdict
judged(const char *file, uint64_t rounds, struct arena *a, struct instance *i, struct plan *plan,
    struct buf *out)
{
	struct solve_options o = {.seed = 1, .iterations = rounds};
	struct fault f = {0};
	struct verdict v = {0};

	*out = buf_open(a, 4096, 1 << 24);
	assert_int_equal(instance_read(text_of(file), ROUTE_AUTO, a, i, &f), OK);
	assert_int_equal(solve(&i->problem, &o, a, plan, &f), OK);
	print_plan(i, plan, out);
	assert_int_equal(check_plan(text_of(file), buf_str(out), a, &v, &f), OK);
	return v;
}

static struct verdict
verdict_of(const char *file, const char *plan)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct fault f = {0};
	struct verdict v = {0};

	assert_int_equal(check_plan(text_of(file), text_of(plan), a, &v, &f), OK);
	arena_close(a);
	return v;
}

static void
broken_files_are_refused_with_line_and_reason(void **state)
{
	(void)state;
	refuses(ROUTE_SOLOMON, "", "expected a name");
	refuses(ROUTE_SOLOMON, "name only\n", "number of vehicles");
	refuses(ROUTE_SOLOMON, WINDOWS "0 0 0 0 0 100 0\n1 1 1 1 0 100\n", "seven numbers");
	refuses(ROUTE_SOLOMON, WINDOWS "0 0 0 0 0 100 0\n1 1 1 -1 0 100 0\n", "out of bounds");
	refuses(ROUTE_VRPLIB, "NAME : x\nDIMENSION : 9999999\n", "out of bounds");
	refuses(ROUTE_VRPLIB, "NAME : x\nDIMENSION : 3\nCAPACITY : 3\nEDGE_WEIGHT_TYPE : GEO\n",
	    "EUC_2D");
	refuses(ROUTE_VRPLIB, "NAME : x\nDIMENSION : 3\nCAPACITY : 3\nDEPOT_SECTION\n1\n-1\nEOF\n",
	    "expected");
	refuses(ROUTE_PVRP, "2 1 1 1\n", "type 1");
	refuses(ROUTE_PVRP, "1 1 1 1\n0 10\n0 0 0 0 0 0 0\n1 1 1 0 1 1 2 1\n", "day sets");
	refuses(ROUTE_VROOM, "{\"jobs\":[}", "Line");
	refuses(ROUTE_VROOM, "{\"shipments\":[{}]}", "shipments");
	refuses(ROUTE_VROOM, "{\"vehicles\":[{\"id\":1,\"max_tasks\":3}]}", "max_tasks");
	refuses(ROUTE_VROOM, "{\"jobs\":[{\"id\":1,\"with\":1,\"location\":[0,0]}]}", "with");
	refuses(ROUTE_VROOM, "{\"jobs\":[{\"id\":1,\"location\":[0,91]}]}", "location");
	refuses(ROUTE_VROOM, "{\"jobs\":[{\"id\":1,\"location_index\":7}]" TABLE, "stop");
	/* JSON's values too: the line of the job, the vehicle, the member */
	refuses(ROUTE_VROOM, "{\n\"jobs\": [\n{\"id\":1,\"location\":[0,9]},\n{\"id\":2,\"location\":[0,91]}]}", "Line 4: ");
	refuses(ROUTE_VROOM, "{\"x\":{\"jobs\":\"}\"},\n\"jobs\":[{\"id\":1,\"location_index\":1},\n\n {\"id\":2,\"location_index\":7}]" TABLE, "Line 4: ");
	refuses(ROUTE_VROOM, "{\"jobs\":[],\n\"vehicles\":[\n\n{\"id\":1,\"max_tasks\":3}]}", "Line 4: ");
	refuses(ROUTE_VROOM, "{\n\n\"shipments\":[{}]}", "Line 3: ");
}

static void
a_text_file_is_planned_by_its_own_convention(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct instance i;
	struct plan plan;
	struct buf out;
	struct verdict v;

	(void)state;
	/* 1.414.. is 1.4 in DIMACS' counting: 0 -> 1 -> 0 */
	v = judged(WINDOWS "0 0 0 0 0 100 0\n1 1 1 5 10 20 3\n", 100, a, &i, &plan, &out);
	assert_true(v.faults == 0 && v.served == 1 && v.left_out == 0);
	assert_true(v.cost > 2.79 && v.cost < 2.81);
	assert_non_null(strstr(buf_str(&out).p, "\"id\":1,\"job\":1"));
	/* and 1 when rounded to the nearest, in CVRPLIB's */
	v = judged("NAME : x\nDIMENSION : 2\nCAPACITY : 3\nNODE_COORD_SECTION\n1 0 0\n2 1 "
		   "1\nDEMAND_SECTION\n1 0\n2 2\n"
		   "DEPOT_SECTION\n1\n-1\nEOF\n",
	    100, a, &i, &plan, &out);
	assert_true(v.cost > 1.99 && v.cost < 2.01);
	/* PVRP: twice on the days of one set */
	v = judged(
	    "1 1 1 2\n0 10\n0 10\n0 0 0 0 0 0 0\n1 3 4 0 1 2 1 3\n", 100, a, &i, &plan, &out);
	assert_true(v.faults == 0 && v.served == 1 && v.routes == 2);
	assert_true(v.cost > 19.99 && v.cost < 20.01);
	assert_non_null(strstr(buf_str(&out).p, "\"day\":2"));
	arena_close(a);
}

static void
the_checker_and_the_planner_agree_on_cities(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct arena *a = arena_open(1 << 20, 1 << 28, NULL);
		struct buf file = buf_open(a, 1 << 16, 1 << 26), out;
		struct city city = city_make(4, 10, seed, a);
		struct instance i;
		struct plan plan;
		struct verdict v;

		city_print(&city, &file);
		buf_char(&file, '\0');
		v = judged(file.p, 2000, a, &i, &plan, &out);
		assert_int_equal(v.faults, 0);
		assert_int_equal(v.left_out, plan.left_out);
		if (v.late <= 0 && v.overtime <= 0 && v.left_out == 0)
			assert_true(
			    v.cost > (double)plan.cost - .5 && v.cost < (double)plan.cost + .5);
		arena_close(a);
	}
}

/* Two technicians with lunch, a job for two, goods, wishes and promises. */
static const char rich[] =
    "{\"prices\":{\"usual\":10,\"prefer\":700,\"day\":5,\"promise\":90},\"vehicles\":["
    "{\"id\":7,\"start_index\":0,\"end_index\":0,\"time_window\":[0,4000],\"capacity\":[9,2],"
    "\"skills\":[1],"
    "\"breaks\":[{\"id\":1,\"service\":300,\"time_windows\":[[500,900]]}]},"
    "{\"id\":8,\"start_index\":0,\"end_index\":0,\"time_window\":[0,4000],\"capacity\":[9,2]}],"
    "\"jobs\":["
    "{\"id\":21,\"location_index\":1,\"service\":400,\"delivery\":[1,1],\"with\":22},"
    "{\"id\":22,\"location_index\":1,\"service\":400},"
    "{\"id\":23,\"location_index\":2,\"service\":100,\"usual\":8,\"usual_only\":true,\"promise\":["
    "900,1500]},"
    "{\"id\":24,\"location_index\":2,\"service\":100,\"prefer\":[1],\"time_windows\":[[0,10],[1200,"
    "1300]]}]" TABLE;

static void
lunch_twins_and_wishes_are_planned_and_judged(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct instance i;
	struct plan plan;
	struct buf out;
	struct verdict v;

	(void)state;
	v = judged(rich, 3000, a, &i, &plan, &out);
	assert_string_equal(v.first, "");
	assert_true(v.left_out == 0 && v.served == 4 && v.routes == 2);
	assert_true(v.apart <= 0 && v.late <= 0 && v.overtime <= 0 && v.overload <= 0);
	assert_int_equal(v.promises_broken, 0);
	assert_int_equal(v.wishes_missed, 0);
	assert_int_equal(v.other_tech, 0);
	assert_non_null(strstr(buf_str(&out).p, "\"type\":\"break\""));
	assert_int_equal(walk_plan(&i.problem, &plan), plan.cost);
	arena_close(a);
}

/* One van with one filter, two jobs that take one each; the supply house lies behind the first of them. */
#define SUPPLIED(more) \
	"{\"vehicles\":[{\"id\":7,\"start_index\":0,\"end_index\":0,\"time_window\":[0,4000],\"capacity\":[9,1]}],\"jobs\":[" \
	"{\"id\":21,\"location_index\":1,\"service\":10,\"delivery\":[0,1]},{\"id\":22,\"location_index\":2,\"service\":10,\"delivery\":[0,1]}]" \
	more ",\"matrices\":{\"car\":{\"durations\":[[0,100,300,150],[100,0,100,50],[300,100,0,50],[150,50,50,0]]}}}"

static void
what_a_van_lacks_is_fetched_on_the_way(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	static const char with[] = SUPPLIED(",\"supply\":{\"location_index\":3,\"service\":60}");
	struct instance i;
	struct plan plan;
	struct buf out;
	struct verdict v;

	(void)state;
	v = judged(with, 500, a, &i, &plan, &out);
	assert_string_equal(v.first, "");
	assert_true(v.overload <= 0 && v.served == 2 && v.fetches == 1);
	assert_non_null(strstr(buf_str(&out).p, "\"type\":\"supply\""));
	assert_int_equal(walk_plan(&i.problem, &plan), plan.cost);
	/* by the checker: to the house, the far job, the near one, home */
	assert_true(v.cost > 399.5 && v.cost < 400.5);
	/* nobody says where: it is lacking, and the plan is not refused */
	v = judged(SUPPLIED(""), 500, a, &i, &plan, &out);
	assert_true(v.overload > .9 && v.overload < 1.1 && v.fetches == 0 && v.served == 2);
	/* so dear that going without is cheaper */
	v = judged(SUPPLIED(",\"prices\":{\"overload\":30},\"supply\":{\"location_index\":3,\"price\":200}"), 500, a, &i, &plan, &out);
	assert_true(v.overload > .9 && v.fetches == 0);
	/* the checker: too late for one, twice, and where there is none */
	v = verdict_of(with, "{\"routes\":[{\"vehicle\":7,\"steps\":[{\"type\":\"job\",\"id\":21},{\"type\":\"job\",\"id\":22},{\"type\":\"supply\"}]}]}");
	assert_true(v.overload > .9 && v.overload < 1.1);
	v = verdict_of(with, "{\"routes\":[{\"vehicle\":7,\"steps\":[{\"type\":\"supply\"},{\"type\":\"supply\"},{\"type\":\"job\",\"id\":21}]}]}");
	assert_int_equal(v.faults, 1);
	v = verdict_of(SUPPLIED(""), "{\"routes\":[{\"vehicle\":7,\"steps\":[{\"type\":\"supply\"},{\"type\":\"job\",\"id\":21}]}]}");
	assert_int_equal(v.faults, 1);
	refuses(ROUTE_VROOM, SUPPLIED(",\"supply\":{\"service\":60}"), "supply");
	refuses(ROUTE_VROOM, SUPPLIED(",\"supply\":{\"location_index\":4}"), "supply");
	arena_close(a);
}

static void
the_checker_sees_every_fault(void **state)
{
	struct verdict v;

	(void)state;
#define JOB(id) "{\"type\":\"job\",\"id\":" #id ",\"arrival\":100,\"waiting_time\":0}"
	/* twins on one vehicle, no lunch, a job of somebody else's, one left out */
	v = verdict_of(
	    rich, "{\"routes\":[{\"vehicle\":7,\"steps\":[" JOB(21) "," JOB(22) "," JOB(23) "]}]}");
	assert_int_equal(v.faults, 3);
	assert_int_equal(v.left_out, 1);
	assert_int_equal(v.other_tech, 1);
	/* twins at different times, and only what is asked for */
	v = verdict_of(rich, "{\"routes\":[{\"vehicle\":8,\"steps\":[" JOB(24) "," JOB(
				 22) "]},{\"vehicle\":7,\"steps\":["
				     "{\"type\":\"break\"}," JOB(21) "]}]}");
	assert_int_equal(v.faults, 0);
	assert_true(v.apart > 400);
	assert_int_equal(v.wishes_missed, 1);
	/* unknown and repeated jobs, an unknown vehicle, a break that nobody has */
	v = verdict_of(rich, "{\"routes\":[{\"vehicle\":8,\"steps\":[" JOB(22) "," JOB(22) "," JOB(
				 99) ",{\"type\":\"break\"}]},{\"vehicle\":1,\"steps\":[]}]}");
	assert_true(v.faults >= 4);
	/* late, into overtime, overloaded */
	v = verdict_of("{\"vehicles\":[{\"id\":1,\"start_index\":0,\"end_index\":0,\"time_window\":"
		       "[0,300],\"capacity\":[1]}],"
		       "\"jobs\":[{\"id\":1,\"location_index\":2,\"delivery\":[3],\"time_windows\":"
		       "[[0,150]]}]" TABLE,
	    "{\"routes\":[{\"vehicle\":1,\"steps\":[" JOB(1) "]}]}");
	assert_true(v.late > 49.9 && v.late < 50.1);
	assert_true(v.overtime > 109.9 && v.overtime < 110.1);
	assert_true(v.overload > 1.9 && v.overload < 2.1);
	/* two technicians for one customer, on a day that is not its usual one */
	v = verdict_of("{\"days\":2,\"vehicles\":[{\"id\":1,\"start_index\":0,\"end_index\":0},{"
		       "\"id\":2,\"day\":1,"
		       "\"start_index\":0,\"end_index\":0}],\"jobs\":[{\"id\":1,\"location_index\":"
		       "1,\"day_sets\":[[0,1]],"
		       "\"usual_days\":[1]}]" TABLE,
	    "{\"routes\":[{\"vehicle\":1,\"steps\":[" JOB(1) "]},{\"vehicle\":2,\"steps\":[" JOB(
		1) "]}]}");
	assert_true(v.faults == 0 && v.served == 1 && v.more_techs == 1 && v.other_day == 1);
	/* a day that no set allows, and a vehicle twice on one day */
	v = verdict_of("1 1 1 2\n0 10\n0 10\n0 0 0 0 0 0 0\n1 3 4 0 1 1 1 2\n",
	    "{\"routes\":[{\"vehicle\":1,\"day\":2,\"steps\":[" JOB(
		1) "]},{\"vehicle\":1,\"day\":2,\"steps\":[]}]}");
	assert_int_equal(v.faults, 2);
	assert_int_equal(v.left_out, 1);
}

/* As its author printed it: the reference is a program beside the project. */
static void
the_city_is_the_one_of_the_reference(void **state)
{
	static const char *const places[] = {"../shared/bench", "../../shared/bench"};
	static const unsigned cities[][3] = {{5, 12, 3}, {10, 16, 1}, {12, 18, 2}};
	const char *found = NULL;

	(void)state;
	for (size_t n = 0; n < sizeof(places) / sizeof(*places); n++) {
		char path[80];

		snprintf(path, sizeof(path), "%s/poolcity.py", places[n]);
		if (access(path, R_OK) == 0)
			found = places[n];
	}
	if (found == NULL || system("python3 -c '' >/dev/null 2>&1") != 0) {
		print_message("# skipped: no poolcity.py beside the project, or no python3 to run it\n");
		skip();
	}
	for (size_t n = 0; n < sizeof(cities) / sizeof(*cities); n++) {
		struct arena *a = arena_open(1 << 22, 1 << 28, NULL);
		struct buf ours = buf_open(a, 1 << 20, 1 << 27);
		struct city city = city_make(cities[n][0], cities[n][1], cities[n][2], a);
		char command[300];
		json_t *theirs, *mine;
		FILE *f;

		snprintf(command, sizeof(command), "PYTHONPATH=%s PYTHONDONTWRITEBYTECODE=1 python3 -c \"import json, poolcity as c; "
		    "print(json.dumps(c.vroom_json(c.gen(%u, %u, %u))))\"", found, cities[n][2], cities[n][0], cities[n][1]);
		f = popen(command, "r");
		assert_non_null(f);
		theirs = json_loadf(f, 0, NULL);
		assert_int_equal(pclose(f), 0);
		city_print(&city, &ours);
		mine = json_loadb(ours.p, ours.n, 0, NULL);
		assert_non_null(theirs);
		assert_true(json_equal(json_object_get(mine, "matrices"), json_object_get(theirs, "matrices")));
		assert_true(json_equal(json_object_get(mine, "jobs"), json_object_get(theirs, "jobs")));
		assert_true(json_equal(json_object_get(mine, "vehicles"), json_object_get(theirs, "vehicles")));
		json_decref(mine);
		json_decref(theirs);
		arena_close(a);
	}
}

static void
has(json_t *o, const char *const *names)
{
	for (; *names != NULL; names++)
		if (json_object_get(o, *names) == NULL)
			fail_msg("no \"%s\"", *names);
}

/* What a program that reads VROOM's answers looks for (VROOM's docs/API.md, "Output"). */
static void
every_format_is_answered_in_the_words_of_vroom(void **state)
{
	static const char *const file[] = {
	    WINDOWS "0 0 0 0 0 100 0\n17 1 1 5 10 20 3\n",
	    "NAME : x\nDIMENSION : 2\nCAPACITY : 3\nNODE_COORD_SECTION\n1 0 0\n2 1 1\nDEMAND_SECTION\n1 0\n2 2\n"
	    "DEPOT_SECTION\n1\n-1\nEOF\n",
	    "1 1 1 2\n0 10\n0 10\n0 0 0 0 0 0 0\n17 3 4 0 1 2 1 3\n",
	    "{\"vehicles\":[{\"id\":4,\"start_index\":0,\"end_index\":0}],\"jobs\":[{\"id\":17,\"location_index\":1}]" TABLE};
	static const char *const top[] = {"code", "summary", "unassigned", "routes", NULL};
	static const char *const sums[] = {"cost", "setup", "service", "duration", "waiting_time", "priority", "violations", NULL};
	static const char *const step_words[] = {"type", "arrival", "duration", "setup", "service", "waiting_time", "violations", NULL};

	(void)state;
	for (size_t n = 0; n < sizeof(file) / sizeof(*file); n++) {
		struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
		struct instance i;
		struct plan plan;
		struct buf out;
		json_t *root, *route, *step;
		size_t r, s;
		unsigned jobs = 0;

		(void)judged(file[n], 50, a, &i, &plan, &out);
		root = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(root);
		has(root, top);
		has(json_object_get(root, "summary"), sums);
		assert_int_equal(json_integer_value(json_object_get(root, "code")), 0);
		json_array_foreach(json_object_get(root, "routes"), r, route)
		{
			has(route, sums);
			assert_true(json_is_integer(json_object_get(route, "vehicle")));
			/* PVRP says on which day */
			assert_true(n != 2 || json_integer_value(json_object_get(route, "day")) == (json_int_t)r + 1);
			json_array_foreach(json_object_get(route, "steps"), s, step)
			{
				has(step, step_words);
				/* VRPLIB numbers nodes, its solutions customers: from 1, the depot not counted */
				if (strcmp(json_string_value(json_object_get(step, "type")), "job") == 0) {
					jobs++;
					assert_int_equal(json_integer_value(json_object_get(step, "id")), n == 1 ? 1 : 17);
				}
			}
		}
		assert_int_equal(jobs, n == 2 ? 2 : 1);
		json_decref(root);
		arena_close(a);
	}
}

/* What the command prints, or how it ends: it lies beside the tests that were built with it. */
static int
command(const char *words, char *out, size_t room)
{
	char path[512], line[1024];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	FILE *f;

	assert_true(n > 0);
	path[n] = '\0';
	for (int up = 0; up < 5; up++)
		*strrchr(path, '/') = '\0';
	snprintf(path + strlen(path), sizeof(path) - strlen(path), "/poolroute");
	if (access(path, X_OK) != 0) {
		print_message("# skipped: poolroute was not built\n");
		skip();
	}
	snprintf(line, sizeof(line), "%s %s 2>/dev/null", path, words);
	f = popen(line, "r");
	assert_non_null(f);
	out[fread(out, 1, room - 1, f)] = '\0';
	return WEXITSTATUS(pclose(f));
}

static void
the_command_takes_numbers_only_and_threads_change_nothing(void **state)
{
	static const char *const wrong[] = {"--seconds nan x", "--seconds 0 x", "--seconds 1e9 x", "--iterations -5 x", "--iterations 0 x",
	    "--threads 0 x", "--threads 65 x", "--threads 2x x", "--seed one x", "--objective time x", "--format csv x", "a b", "check a",
	    "city --techs 0", "city --techs 2 --stops 61", "city --seed -1", "city more"};
	char *one = malloc(1 << 20), *two = malloc(1 << 20), city[] = "/tmp/poolroute-XXXXXX", words[200];
	int file = mkstemp(city);

	(void)state;
	for (size_t n = 0; n < sizeof(wrong) / sizeof(*wrong); n++)
		assert_int_equal(command(wrong[n], one, 1 << 20), 2);
	assert_int_equal(command("city --techs 3 --stops 8 --seed 5", one, 1 << 20), 0);
	assert_true(write(file, one, strlen(one)) == (ssize_t)strlen(one));
	snprintf(words, sizeof(words), "--iterations 2000 --seed 3 --objective distance %s", city);
	assert_int_equal(command(words, one, 1 << 20), 0);
	snprintf(words, sizeof(words), "--iterations 2000 --seed 3 --threads 2 --format vroom %s", city);
	assert_int_equal(command(words, two, 1 << 20), 0);
	assert_string_equal(one, two);
	unlink(city);
	close(file);
	free(one);
	free(two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_command_takes_numbers_only_and_threads_change_nothing),
	    cmocka_unit_test(broken_files_are_refused_with_line_and_reason),
	    cmocka_unit_test(a_text_file_is_planned_by_its_own_convention),
	    cmocka_unit_test(the_checker_and_the_planner_agree_on_cities),
	    cmocka_unit_test(lunch_twins_and_wishes_are_planned_and_judged),
	    cmocka_unit_test(the_city_is_the_one_of_the_reference),
	    cmocka_unit_test(every_format_is_answered_in_the_words_of_vroom),
	    cmocka_unit_test(what_a_van_lacks_is_fetched_on_the_way),
	    cmocka_unit_test(the_checker_sees_every_fault),
	};

	return cmocka_run_group_tests_name("fcgi/route", tests, NULL, NULL);
}
