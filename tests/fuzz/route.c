/*
 * tests/fuzz/route.c -- a routing file from anywhere: refused with a reason, or a problem within
 * all bounds that is planned, printed, and priced by the checker without a fault.
 */
#include "domain/routing/solve.h"
#include "fcgi/route/check.h"
#include "fcgi/route/instance.h"
#include "fcgi/route/print.h"
#include "tests/fuzz/fuzz.h"

#define STOPS_PLANNED 60 /* larger ones are read, not planned: a run must stay short */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct str text = fuzz_text(data, size);
	struct buf out = buf_open(a, 4096, (size_t)1 << 24);
	struct solve_options o = {.seed = 1, .iterations = 64};
	struct fault f = {0};
	struct instance i = {0};
	struct plan plan;
	struct verdict v;

	if (instance_read(text, ROUTE_AUTO, a, &i, &f) != OK) {
		MUST(f.err == E_INVALID && f.why != NULL && f.field != NULL);
		return 0;
	}
	MUST(problem_check(&i.problem, &f) == OK);
	if (i.problem.stops > STOPS_PLANNED || i.problem.shifts > STOPS_PLANNED)
		return 0;
	MUST(solve(&i.problem, &o, a, &plan, &f) == OK);
	MUST(plan.left_out <= i.problem.stops && plan.cost >= 0);
	print_plan(&i, &plan, &out);
	MUST(!out.full);
	/* whatever we print is a plan to the checker, which may still not read the file as
	 * leniently */
	if (check_plan(text, buf_str(&out), a, &v, &f) != OK)
		MUST(f.err == E_INVALID && strcmp(f.field, "plan") != 0);
	return 0;
}
