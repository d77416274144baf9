/*
 * fcgi/route/main.c -- main of `poolroute`: plan a routing file, check a plan, make the synthetic
 * city.
 *
 * A person at a terminal asks; nothing here meets a database. The planning itself is
 * domain/routing; the clock and the files stay here.
 */
#include <getopt.h>
#include <pthread.h>
#include <sys/stat.h>

#include "domain/base/words.h"
#include "domain/routing/solve.h"
#include "fcgi/route/check.h"
#include "fcgi/route/city.h"
#include "fcgi/route/instance.h"
#include "fcgi/route/print.h"

#define ARENA_FIRST ((size_t)1 << 20)
#define ARENA_MAX   ((size_t)6 << 30)

#define THREADS_MAX    64
#define ITERATIONS_MAX (UINT64_C(1) << 40)

struct budget {
	double from_s, for_s;
	unsigned threads;
};

/* Tasks of the solver, taken in turn by the threads. */
struct crew {
	solve_task_fn *task;
	void *arg;
	uint32_t tasks, next;
};

struct wish {
	enum route_format format;
	double seconds;
	uint64_t iterations, seed, threads;
};

static int plan_file(const char *path, const struct wish *wish);
static void run_threads(void *ctx, solve_task_fn *task, void *arg, uint32_t n);
static void *take_tasks(void *crew);
static double clock_seconds(clockid_t clock);
static enum err read_file(const char *path, struct arena *a, struct str *out, struct fault *f);
static uint32_t spent(void *ctx, uint64_t iterations, int64_t best);
static int check_file(const char *path, const char *plan_path);
static int make_city(int argc, char **argv);
static bool seconds_of(const char *text, double *out);
static bool number_of(const char *text, uint64_t least, uint64_t most, uint64_t *out);
static int usage(FILE *to);
static int complain(const char *path, const struct fault *f);

int
main(int argc, char **argv)
{
	static const struct option options[] = {{"format", required_argument, NULL, 'f'},
	    {"seconds", required_argument, NULL, 's'}, {"iterations", required_argument, NULL, 'i'},
	    {"seed", required_argument, NULL, 'r'}, {"threads", required_argument, NULL, 't'},
	    {"objective", required_argument, NULL, 'o'}, {"help", no_argument, NULL, 'h'}, {0}};
	struct wish wish = {ROUTE_AUTO, 1, 0, 1, 1};
	int c;

	if (argc > 1 && strcmp(argv[1], "city") == 0)
		return make_city(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "check") == 0)
		return argc == 4 ? check_file(argv[2], argv[3]) : usage(stderr);
	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (c == 'f' && !route_format_named(optarg, &wish.format))
			return usage(stderr);
		if (c == 's' && !seconds_of(optarg, &wish.seconds))
			return usage(stderr);
		if (c == 'i' && !number_of(optarg, 1, ITERATIONS_MAX, &wish.iterations))
			return usage(stderr);
		if (c == 'r' && !number_of(optarg, 0, UINT64_MAX, &wish.seed))
			return usage(stderr);
		if (c == 't' && !number_of(optarg, 1, THREADS_MAX, &wish.threads))
			return usage(stderr);
		/* distances are what the three text formats have, and what is minimised */
		if (c == 'o' && strcmp(optarg, "distance") != 0)
			return usage(stderr);
		if (c == 'h')
			return usage(stdout), 0;
		if (c == '?')
			return usage(stderr);
	}
	if (optind + 1 != argc)
		return usage(stderr);
	return plan_file(argv[optind], &wish);
}

static int
plan_file(const char *path, const struct wish *wish)
{
	struct arena *a = arena_open(ARENA_FIRST, ARENA_MAX, NULL);
	struct fault f = {0};
	struct str text;
	struct instance i;
	struct plan plan;
	/* one thread is measured by its own time, several by the time that passes */
	struct budget budget = {
	    clock_seconds(wish->threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID),
	    wish->seconds, (unsigned)wish->threads};
	struct solve_options o = {.seed = wish->seed,
	    .iterations = wish->iterations,
	    .ctx = &budget,
	    .spent = wish->iterations > 0 ? NULL : spent,
	    .run = wish->threads > 1 ? run_threads : NULL,
	    .threads = (uint32_t)wish->threads};
	struct buf out;

	if (read_file(path, a, &text, &f) != OK ||
	    instance_read(text, wish->format, a, &i, &f) != OK ||
	    solve(&i.problem, &o, a, &plan, &f) != OK)
		return complain(path, &f);
	out = buf_open(a, 1 << 16, (size_t)1 << 28);
	print_plan(&i, &plan, &out);
	fwrite(out.p, 1, out.n, stdout);
	arena_close(a);
	return 0;
}

/* 0: the plan holds; 1: it costs lateness, overtime, overload or leaves something out; 2:
 * unreadable */
static int
check_file(const char *path, const char *plan_path)
{
	struct arena *a = arena_open(ARENA_FIRST, ARENA_MAX, NULL);
	struct fault f = {0};
	struct str file, plan;
	struct verdict v;
	bool holds;

	if (read_file(path, a, &file, &f) != OK || read_file(plan_path, a, &plan, &f) != OK ||
	    check_plan(file, plan, a, &v, &f) != OK)
		return complain(path, &f);
	holds =
	    v.faults == 0 && v.left_out == 0 && v.late <= 0 && v.overtime <= 0 && v.overload <= 0;
	printf("{\"holds\":%s,\"cost\":%.3f,\"late\":%.3f,\"overtime\":%.3f,\"overload\":%.3f,"
	       "\"routes\":%u,\"served\":%u,\"left_out\":%u,\"faults\":%u,\"first\":\"%s\"}\n",
	    holds ? "true" : "false", v.cost, v.late, v.overtime, v.overload, v.routes, v.served,
	    v.left_out, v.faults, v.first);
	arena_close(a);
	return holds ? 0 : 1;
}

static int
make_city(int argc, char **argv)
{
	static const struct option options[] = {{"techs", required_argument, NULL, 't'},
	    {"stops", required_argument, NULL, 's'}, {"seed", required_argument, NULL, 'r'}, {0}};
	uint64_t techs = 25, stops = 16, seed = 1;
	struct arena *a = arena_open(ARENA_FIRST, ARENA_MAX, NULL);
	struct buf out = buf_open(a, 1 << 20, (size_t)1 << 31);
	struct city city;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == '?' || (c == 't' && !number_of(optarg, 1, 200, &techs)) || (c == 's' && !number_of(optarg, 1, 60, &stops)) ||
		    (c == 'r' && !number_of(optarg, 0, UINT64_MAX, &seed)))
			return usage(stderr);
	}
	if (optind != argc)
		return usage(stderr);
	city = city_make((unsigned)techs, (unsigned)stops, seed, a);
	city_print(&city, &out);
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
clock_seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint32_t
spent(void *ctx, uint64_t iterations, int64_t best)
{
	const struct budget *b = ctx;
	double now_s = clock_seconds(b->threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID);
	double share = (now_s - b->from_s) / b->for_s;

	(void)iterations;
	(void)best;
	return share >= 1 ? SOLVE_DONE : (uint32_t)(share * SOLVE_DONE);
}

static void
run_threads(void *ctx, solve_task_fn *task, void *arg, uint32_t n)
{
	const struct budget *b = ctx;
	struct crew crew = {task, arg, n, 0};
	pthread_t thread[THREADS_MAX];
	unsigned started = 0;

	while (started + 1 < b->threads && started + 1 < n &&
	       pthread_create(&thread[started], NULL, take_tasks, &crew) == 0)
		started++;
	take_tasks(&crew);
	for (unsigned t = 0; t < started; t++)
		pthread_join(thread[t], NULL);
}

static void *
take_tasks(void *arg)
{
	struct crew *crew = arg;
	uint32_t i;

	while ((i = __atomic_fetch_add(&crew->next, 1, __ATOMIC_RELAXED)) < crew->tasks)
		crew->task(crew->arg, i);
	return NULL;
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

/* Above zero, up to a day; "nan" is no time. */
static bool
seconds_of(const char *text, double *out)
{
	char *end = NULL;

	*out = strtod(text, &end);
	return *end == '\0' && *out > 0 && *out <= 86400;
}

static bool
number_of(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
	return str_u64(str_of(text), out) && *out >= least && *out <= most;
}

static int
usage(FILE *to)
{
	fputs("usage: poolroute [--format auto|vroom|solomon|vrplib|pvrp] [--seconds S | "
	      "--iterations N]\n"
	      "                 [--seed N] [--threads N] [--objective distance] FILE\n"
	      "       poolroute check FILE PLAN\n"
	      "       poolroute city --techs N --stops N --seed N\n",
	    to);
	return 2;
}
