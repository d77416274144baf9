/*
 * fcgi/route/main.c -- main of `poolroute`: plan a routing file, check a plan, make the synthetic city.
 *
 * A person at a terminal asks; nothing here meets a database. The planning itself is
 * domain/routing; the clock and the files stay here.
 */
#include <getopt.h>
#include <sys/stat.h>

#include "domain/base/words.h"
#include "domain/routing/solve.h"
#include "fcgi/route/check.h"
#include "fcgi/route/city.h"
#include "fcgi/route/instance.h"
#include "fcgi/route/print.h"

#define ARENA_FIRST ((size_t)1 << 20)
#define ARENA_MAX ((size_t)6 << 30)

struct budget {
	double from_s, for_s;
};

static int plan_file(const char *path, enum route_format format, double seconds, uint64_t iterations,
    uint64_t seed);
static enum err read_file(const char *path, struct arena *a, struct str *out, struct fault *f);
static double cpu_seconds(void);
static uint32_t spent(void *ctx, uint64_t iterations, int64_t best);
static int check_file(const char *path, const char *plan_path);
static int make_city(int argc, char **argv);
static int usage(FILE *to);
static int complain(const char *path, const struct fault *f);

int
main(int argc, char **argv)
{
	static const struct option options[] = {{"format", required_argument, NULL, 'f'},
	    {"seconds", required_argument, NULL, 's'}, {"iterations", required_argument, NULL, 'i'},
	    {"seed", required_argument, NULL, 'r'}, {"threads", required_argument, NULL, 't'},
	    {"objective", required_argument, NULL, 'o'}, {"help", no_argument, NULL, 'h'}, {0}};
	enum route_format format = ROUTE_AUTO;
	double seconds = 1;
	uint64_t iterations = 0, seed = 1;
	int c;

	if (argc > 1 && strcmp(argv[1], "city") == 0)
		return make_city(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "check") == 0)
		return argc == 4 ? check_file(argv[2], argv[3]) : usage(stderr);
	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (c == 'f' && !route_format_named(optarg, &format))
			return usage(stderr);
		if (c == 's' && ((seconds = strtod(optarg, NULL)) <= 0 || seconds > 86400))
			return usage(stderr);
		if (c == 'i' && (iterations = strtoull(optarg, NULL, 10)) == 0)
			return usage(stderr);
		if (c == 'r')
			seed = strtoull(optarg, NULL, 10);
		if (c == 'h')
			return usage(stdout), 0;
		if (c == '?')
			return usage(stderr);
	}
	if (optind + 1 != argc)
		return usage(stderr);
	return plan_file(argv[optind], format, seconds, iterations, seed);
}

static int
plan_file(const char *path, enum route_format format, double seconds, uint64_t iterations, uint64_t seed)
{
	struct arena *a = arena_open(ARENA_FIRST, ARENA_MAX, NULL);
	struct fault f = {0};
	struct str text;
	struct instance i;
	struct plan plan;
	struct budget budget = {cpu_seconds(), seconds};
	struct solve_options o = {.seed = seed, .iterations = iterations, .ctx = &budget,
	    .spent = iterations > 0 ? NULL : spent};
	struct buf out;

	if (read_file(path, a, &text, &f) != OK || instance_read(text, format, a, &i, &f) != OK
	    || solve(&i.problem, &o, a, &plan, &f) != OK)
		return complain(path, &f);
	out = buf_open(a, 1 << 16, (size_t)1 << 28);
	print_plan(&i, &plan, &out);
	fwrite(out.p, 1, out.n, stdout);
	arena_close(a);
	return 0;
}

/* 0: the plan holds; 1: it costs lateness, overtime, overload or leaves something out; 2: unreadable */
static int
check_file(const char *path, const char *plan_path)
{
	struct arena *a = arena_open(ARENA_FIRST, ARENA_MAX, NULL);
	struct fault f = {0};
	struct str file, plan;
	struct verdict v;
	bool holds;

	if (read_file(path, a, &file, &f) != OK || read_file(plan_path, a, &plan, &f) != OK
	    || check_plan(file, plan, a, &v, &f) != OK)
		return complain(path, &f);
	holds = v.faults == 0 && v.left_out == 0 && v.late <= 0 && v.overtime <= 0 && v.overload <= 0;
	printf("{\"holds\":%s,\"cost\":%.3f,\"late\":%.3f,\"overtime\":%.3f,\"overload\":%.3f,"
	       "\"routes\":%u,\"served\":%u,\"left_out\":%u,\"faults\":%u,\"first\":\"%s\"}\n",
	    holds ? "true" : "false", v.cost, v.late, v.overtime, v.overload, v.routes, v.served, v.left_out,
	    v.faults, v.first);
	arena_close(a);
	return holds ? 0 : 1;
}

static int
make_city(int argc, char **argv)
{
	static const struct option options[] = {{"techs", required_argument, NULL, 't'},
	    {"stops", required_argument, NULL, 's'}, {"seed", required_argument, NULL, 'r'}, {0}};
	unsigned long techs = 25, stops = 16, seed = 1;
	struct arena *a = arena_open(ARENA_FIRST, ARENA_MAX, NULL);
	struct buf out = buf_open(a, 1 << 20, (size_t)1 << 31);
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == '?')
			return usage(stderr);
		*(c == 't' ? &techs : c == 's' ? &stops : &seed) = strtoul(optarg, NULL, 10);
	}
	if (techs < 1 || techs > 200 || stops < 1 || stops > 60)
		return usage(stderr);
	city_print((unsigned)techs, (unsigned)stops, seed, a, &out);
	fwrite(out.p, 1, out.n, stdout);
	arena_close(a);
	return 0;
}

static enum err
read_file(const char *path, struct arena *a, struct str *out, struct fault *f)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	size_t room = 1 << 16, n = 0, got;
	char *p;

	if (file == NULL)
		return fail(f, E_NOT_FOUND, "file", "The file cannot be read.");
	p = arena_array(a, char, room);
	while ((got = fread(p + n, 1, room - n, file)) > 0) {
		n += got;
		if (n > ROUTE_FILE_MAX)
			return fail(f, E_INVALID, "file", "The file is larger than 256 MiB.");
		if (n == room) {
			char *more = arena_array(a, char, room * 2);

			memcpy(more, p, n);
			p = more;
			room *= 2;
		}
	}
	if (file != stdin)
		fclose(file);
	*out = (struct str){p, n};
	return OK;
}

static double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint32_t
spent(void *ctx, uint64_t iterations, int64_t best)
{
	const struct budget *b = ctx;
	double share = (cpu_seconds() - b->from_s) / b->for_s;

	(void)iterations;
	(void)best;
	return share >= 1 ? SOLVE_DONE : (uint32_t)(share * SOLVE_DONE);
}

static int
complain(const char *path, const struct fault *f)
{
	struct arena *a = arena_open(4096, 1 << 16, NULL);
	struct str text = words_fault(a, ENGLISH, f);

	fprintf(stderr, "poolroute: %s: %.*s\n", path, STR_ARG(text));
	arena_close(a);
	return 2;
}

static int
usage(FILE *to)
{
	fputs("usage: poolroute [--format auto|vroom|solomon|vrplib|pvrp] [--seconds S | --iterations N]\n"
	      "                 [--seed N] [--threads N] [--objective distance] FILE\n"
	      "       poolroute check FILE PLAN\n"
	      "       poolroute city --techs N --stops N --seed N\n", to);
	return 2;
}
