/*
 * domain/visits/checklist.h -- when a line of a checklist appears: each time, or when it is due again.
 */
#ifndef DOMAIN_VISITS_CHECKLIST_H
#define DOMAIN_VISITS_CHECKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

#define CHECKLIST_MAX 60

struct check_line {
	struct str text;
	bool photo, required;
	struct str reading;          /* which value is to be measured; "" none */
	struct maybe_u32 every_days; /* the line appears when it is due; absent: each time */
};
struct check_lines {
	struct check_line *rows;
	size_t rows_n;
};

/*
 * line_due -- does it stand on the list of a visit of that day?
 *
 * every_days  in  0: on each list
 * done        in  the day of an earlier visit on which it was last done, if ever
 *
 * Never done, it is due at once; not done when it was due, it stays until it is.
 */
bool line_due(uint32_t every_days, struct maybe_day done, struct day visit);
/* line_asked -- the same of a line that a rule asks for: `asked` is the last day not after the visit that it gave */
bool line_asked(struct maybe_day asked, struct maybe_day done, struct day visit);

#endif
