/*
 * fcgi/acts/shifts.h -- mass shift: storm, holiday, sick technician. Looked at first, done as one, undone as one.
 */
#ifndef FCGI_ACTS_SHIFTS_H
#define FCGI_ACTS_SHIFTS_H

#include "sql/tenant/schedule.h"
#include "tenancy/work.h"

#define SHIFT_MAX 2000
#define SHIFT_DAYS_MAX 14 /* taken along at once */
#define SHIFT_BY_MAX 30   /* days that they go */
#define SHIFT_LOADS_MAX 4000

struct shift_wish {
	struct day from_day, to_day;             /* both counted: whose visits */
	struct maybe_u64 tech_id;                /* absent: everybody's */
	int32_t by_days;                         /* 0: the same day */
	struct maybe_u64 to_tech_id;             /* absent: they keep their own */
	struct maybe_bool anyway;                /* those too that go against a wish, hours or skills */
	bool dry;                                /* only look */
};

struct shift_visit {
	uint64_t visit_id, customer_id;
	struct day day, to_day;
	struct maybe_u64 tech_id, to_tech_id;
	bool moves;
	struct str problem; /* why it stays, or what it goes against; "" none */
};

struct shift_load {
	struct day day;
	struct maybe_u64 tech_id;
	int64_t visits_before, visits_after, minutes_before, minutes_after;
};

struct shift {
	struct maybe_u64 batch_id; /* absent: nothing was written */
	uint32_t moved, stayed;
	struct shift_visit *rows;
	size_t rows_n;
	struct shift_load *loads; /* of the days and people concerned */
	size_t loads_n;
};

struct shift_undo {
	uint32_t undone, left; /* left: changed by somebody since */
};

/*
 * act_shift -- Errors  E_INVALID "to_day" "by_days" "to_tech_id"; E_LIMIT more than SHIFT_MAX visits
 * act_shift_undo -- what nobody touched since goes back. Errors  E_NOT_FOUND; E_STALE undone already
 */
must_use enum err act_shift(struct work *w, const struct shift_wish *in, struct shift *out);
must_use enum err act_shift_undo(struct work *w, uint64_t batch_id, struct shift_undo *out);

#endif
