/*
 * fcgi/route/check.h -- an independent judge of plans: its own reading of the files, its own
 * arithmetic.
 *
 * Shares no code with instance.h, print.h or domain/routing: a mistake there must not hide here.
 * Distances are doubles under each format's published convention; VROOM's tables are integers.
 */
#ifndef FCGI_ROUTE_CHECK_H
#define FCGI_ROUTE_CHECK_H

#include "domain/base/err.h"
#include "domain/base/str.h"

struct verdict {
	double cost;           /* in the file's own units */
	double late, overtime; /* seconds, or units of the file */
	double overload;
	unsigned fetches; /* ways by the supply house */
	double drive,
	    paid; /* seconds; paid from leaving, just in time for the first job, to coming back */
	double paid_cv; /* standard deviation / mean of paid time over technicians (JSON alone) */
	double paid_max, paid_min;
	double apart; /* seconds between the beginnings of jobs that belong together */
	unsigned other_tech, other_day, promises_broken, wishes_missed;
	unsigned more_techs; /* technicians beyond the first of each job, summed */
	unsigned on_time;    /* jobs begun inside a window */
	unsigned routes, served, left_out;
	unsigned
	    faults; /* twice served, unknown ids, missing skills, wrong days, too many vehicles */
	char first[160]; /* the first fault in words */
};

/*
 * check_plan -- price and verify a plan (VROOM's output format) of a file in any of the four
 * formats
 *
 * Errors  E_INVALID "file" or "plan": not readable as what it should be
 */
must_use enum err
check_plan(struct str file, struct str plan, struct arena *a, struct verdict *out, struct fault *f);

#endif
