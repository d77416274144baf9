/*
 * fcgi/jobs/clock.h -- clockwork: when is the next "02:30" of a company, and of which local day is
 * it?
 *
 * Pure: zone and instant come in. Each local day of the company's calendar has exactly one
 * occurrence: a time that the night skips happens as much later as the clocks jump (02:30 becomes
 * 03:30), a time that comes twice happens the first time, a day that a zone leaves out (Samoa, 30
 * December 2011) has none.
 */
#ifndef FCGI_JOBS_CLOCK_H
#define FCGI_JOBS_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/day.h"

struct occurrence {
	struct day day; /* local; the other half of the job's key */
	int64_t at;     /* seconds UTC */
};

/* clock_read -- "02:30" to minutes after midnight; false if it is not a time of day */
bool clock_read(const char *at_local, unsigned *minutes);

/*
 * clock_next -- the first occurrence strictly after now
 *
 * The worker plans it ahead, as a waiting job under the key of its day; once its instant has come,
 * this answers the next day's. So a clock that is set back, a worker that asks twice and two
 * workers that ask at once all meet the same key.
 */
struct occurrence clock_next(const struct zone *z, int64_t now, unsigned minutes);

#endif
