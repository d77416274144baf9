/*
 * tests/bench/routing_sets.c -- gaps to the best known values: routing_sets DIR KEPT SEEDS EVERY
 * SET:SECONDS...
 *
 * Each plan's gap is appended to the file KEPT and not planned again: what was stopped goes on, and a run with more
 * seeds or instances plans only what is new.
 *
 * One thread, CPU seconds from before the file is read. Every plan is printed as the command prints
 * it and priced by the checker; a plan that breaks anything counts as a gap of 100 %. With EVERY =
 * n only each n-th instance of a set is planned (the quick mode). Anchors and goals are figures
 * recorded elsewhere.
 */
#include <stdlib.h>

#include "domain/routing/solve.h"
#include "fcgi/route/check.h"
#include "fcgi/route/instance.h"
#include "fcgi/route/print.h"
#include "tests/bench/routing.h"

#define SAMPLES_MAX 1024
#define KEPT_MAX    16384

struct sample {
	char name[32];
	double gap;
};

/* A plan of an earlier run, or of this one. */
struct kept {
	char set[32], name[32];
	double seconds, gap;
	int seed;
};
struct ledger {
	struct kept *row;
	size_t rows;
	FILE *more;
};

/* What others reached, and what we want, in % of the best known. */
struct anchor {
	const char *set;
	double seconds;
	const char *goal;
	double base, moonshot;
	const char *others;
};

static const struct anchor anchors[] = {
    {"solomon", 1, "R1", 0.40, 0.15, "HGS-VRPTW 0.29, PyVRP 0.14 0.80, VROOM -x5 1.61 in 3.95 s"},
    {"homberger_200", 1, "R2", 1.0, 0.6,
	"PyVRP 0.14 1.99, HGS-VRPTW 3.58, VROOM -x5 3.23 in 18 s (other instances)"},
    {"homberger_200", 10, "R3", 0.6, 0.30, "HGS-VRPTW 0.49, PyVRP 0.14 0.88 (6 other instances)"},
    {"homberger_400", 1, "R4a", 2.6, 1.8, "PyVRP 0.14 6.31, HGS-VRPTW 9.91 (4 other instances)"},
    {"homberger_400", 10, "R4b", 1.4, 0.8, "PyVRP 0.14 1.79, HGS-VRPTW 2.57 (4 other instances)"},
    {"x_small", 1, "R5a", 0.4, 0.2, "HGS-CVRP 0.40, PyVRP 0.14 1.72 (5 other instances, n <= 200)"},
    {"x_large", 1, "R5b", 1.6, 1.0,
	"HGS-CVRP 2.51, PyVRP 0.14 3.54 (4 other instances, n 247-401)"},
    {"x_small", 10, "-", 0, 0, "HGS-CVRP 0.04, PyVRP 0.14 1.13 (2 other instances)"},
    {"x_large", 10, "-", 0, 0, "HGS-CVRP 0.87, PyVRP 0.14 1.35 (4 other instances)"},
    {"pvrp", 10, "R9", 0.9, 0.3, "Cordeau's tabu 0.92 (41 instances)"},
};

static bool wanted(const char *set, const char *row_set, const char *name);
static bool find_file(const char *dir, const char *set, const char *name, char *path, size_t room);
static struct ledger open_ledger(const char *path, struct arena *a);
static double gap_of(struct ledger *kept, const char *set, const char *name, const char *path, double best, double seconds,
    int seed);
static double plan_gap(const char *path, double best, double seconds, uint64_t seed);
static void report(const char *set, double seconds, struct sample *s, size_t n, unsigned seeds, unsigned every);

int
main(int argc, char **argv)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct sample *sample = arena_array(a, struct sample, SAMPLES_MAX);
	char path[512];
	struct str table, row, rest;

	struct ledger kept;

	if (argc < 6)
		return 2;
	snprintf(path, sizeof(path), "%s/best_known.csv", argv[1]);
	if (!bench_file(path, a, &table)) {
		printf("skipped: no instances at %s\n", argv[1]);
		return 0;
	}
	kept = open_ledger(argv[2], a);
	for (int k = 5; k < argc; k++) {
		const char *colon = strchr(argv[k], ':');
		char set[32];
		double seconds = colon != NULL ? strtod(colon + 1, NULL) : 1;
		size_t n = 0, nth = 0;

		snprintf(set, sizeof(set), "%.*s", (int)strcspn(argv[k], ":"), argv[k]);
		for (rest = table; rest.n > 0;) {
			struct str after, row_set, name, value;
			char row_name[32], set_name[32];

			row = str_cut(rest, '\n', &rest);
			row_set = str_cut(row, ',', &after);
			name = str_cut(after, ',', &after);
			value = str_cut(after, ',', &after);
			snprintf(row_name, sizeof(row_name), "%.*s", STR_ARG(name));
			snprintf(set_name, sizeof(set_name), "%.*s", STR_ARG(row_set));
			if (!wanted(set, set_name, row_name) ||
			    nth++ % strtoul(argv[4], NULL, 10) != 0 ||
			    !find_file(argv[1], set_name, row_name, path, sizeof(path)))
				continue;
			for (int seed = 1; seed <= strtol(argv[3], NULL, 10) && n < SAMPLES_MAX;
			     seed++) {
				char number[32];

				snprintf(number, sizeof(number), "%.*s", STR_ARG(value));
				snprintf(sample[n].name, sizeof(sample[n].name), "%s", row_name);
				sample[n++].gap =
				    gap_of(&kept, set, row_name, path, strtod(number, NULL), seconds, seed);
			}
		}
		report(set, seconds, sample, n, (unsigned)strtoul(argv[3], NULL, 10), (unsigned)strtoul(argv[4], NULL, 10));
	}
	arena_close(a);
	return 0;
}

/* x_small and x_large are the two halves of x that the anchors were measured on. */
static bool
wanted(const char *set, const char *row_set, const char *name)
{
	long n = strncmp(name, "X-n", 3) == 0 ? strtol(name + 3, NULL, 10) : 0;

	if (strcmp(set, "x_small") == 0)
		return strcmp(row_set, "x") == 0 && n <= 200;
	if (strcmp(set, "x_large") == 0)
		return strcmp(row_set, "x") == 0 && n > 200;
	return strcmp(set, row_set) == 0;
}

static bool
find_file(const char *dir, const char *set, const char *name, char *path, size_t room)
{
	static const char *const ends[] = {"", ".txt", ".vrp"};

	for (int e = 0; e < 3; e++) {
		FILE *f;

		snprintf(path, room, "%s/%s/%s%s", dir, set, name, ends[e]);
		f = fopen(path, "rb");
		if (f != NULL) {
			fclose(f);
			return true;
		}
	}
	return false;
}

static struct ledger
open_ledger(const char *path, struct arena *a)
{
	struct ledger l = {.row = arena_array(a, struct kept, KEPT_MAX)};
	char line[160];

	l.more = fopen(path, "a+");
	if (l.more == NULL)
		abort();
	rewind(l.more);
	while (l.rows < KEPT_MAX && fgets(line, sizeof(line), l.more) != NULL) {
		struct kept *k = &l.row[l.rows];

		if (sscanf(line, "%31[^,],%lf,%d,%31[^,],%lf", k->set, &k->seconds, &k->seed, k->name, &k->gap) == 5)
			l.rows++;
	}
	return l;
}

static double
gap_of(struct ledger *kept, const char *set, const char *name, const char *path, double best, double seconds, int seed)
{
	double gap;

	for (size_t i = 0; i < kept->rows; i++) {
		const struct kept *k = &kept->row[i];

		if (strcmp(k->set, set) == 0 && strcmp(k->name, name) == 0 && k->seed == seed &&
		    k->seconds <= seconds && k->seconds >= seconds)
			return k->gap;
	}
	gap = plan_gap(path, best, seconds, (uint64_t)seed);
	fprintf(kept->more, "%s,%g,%d,%s,%.4f\n", set, seconds, seed, name, gap);
	fflush(kept->more);
	return gap;
}

static double
plan_gap(const char *path, double best, double seconds, uint64_t seed)
{
	struct arena *a = arena_open(1 << 24, (size_t)3 << 30, NULL);
	struct bench_budget budget = {.from_s = bench_cpu(), .for_s = seconds};
	struct solve_options o = {.seed = seed, .spent = bench_spent, .ctx = &budget};
	struct buf out = buf_open(a, 1 << 16, (size_t)1 << 28);
	struct fault f = {0};
	struct instance i;
	struct plan plan;
	struct verdict v = {0};
	struct str text;
	double gap = 100;

	if (bench_file(path, a, &text) && instance_read(text, ROUTE_AUTO, a, &i, &f) == OK &&
	    solve(&i.problem, &o, a, &plan, &f) == OK) {
		print_plan(&i, &plan, &out);
		if (check_plan(text, buf_str(&out), a, &v, &f) == OK && v.faults == 0 &&
		    v.left_out == 0 && v.late <= 0 && v.overtime <= 0 && v.overload <= 0)
			gap = 100 * (v.cost / best - 1);
	}
	arena_close(a);
	return gap;
}

static void
report(const char *set, double seconds, struct sample *s, size_t n, unsigned seeds, unsigned every)
{
	char some[32] = "";
	double sum = 0;
	size_t worst = 0, broken = 0, better = 0;

	for (size_t i = 0; i < n; i++) {
		sum += s[i].gap;
		worst = s[i].gap > s[worst].gap ? i : worst;
		broken += s[i].gap >= 100;
		better += s[i].gap < -0.0005;
	}
	if (n == 0) {
		printf("%-14s %4.0f s  skipped: no instances\n", set, seconds);
		return;
	}
	if (every > 1)
		snprintf(some, sizeof(some), ", each %u. instance", every);
	printf("%-14s %4.0f s  %3zu plans (%u seeds%s)  average %6.3f %%  worst %6.3f %% (%s)", set,
	    seconds, n, seeds, some, sum / (double)n, s[worst].gap, s[worst].name);
	if (broken + better > 0)
		printf("  [%zu not feasible, %zu below the best known]", broken, better);
	printf("\n");
	for (size_t k = 0; k < sizeof(anchors) / sizeof(*anchors); k++) {
		const struct anchor *x = &anchors[k];

		if (strcmp(x->set, set) != 0 || x->seconds < seconds || x->seconds > seconds)
			continue;
		if (x->base > 0)
			printf("    %s: at most %.2f %% %s, %.2f %% %s\n", x->goal, x->base,
			    sum / (double)n <= x->base ? "reached" : "NOT reached", x->moonshot,
			    sum / (double)n <= x->moonshot ? "reached" : "not reached");
		printf("    recorded: %s\n", x->others);
	}
	fflush(stdout);
}
