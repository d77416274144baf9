/*
 * fcgi/acts/doses.h -- what to pour, what was poured, and what became of the van's stock.
 */
#ifndef FCGI_ACTS_DOSES_H
#define FCGI_ACTS_DOSES_H

#include "fcgi/acts/tell_water.h"
#include "sql/tenant/water.h"
#include "tenancy/work.h"

/* Of what: the last readings, unless values are given. */
struct dose_question {
	uint64_t pool_id;
	struct water_value *values;
	size_t values_n;
};

struct dose_wish {
	struct maybe_u64 id;
	uint64_t pool_id;
	struct maybe_u64 visit_id, reading_id;
	uint64_t item_id;
	struct maybe_i64 planned_x100; /* as it was shown; absent: nothing was advised */
	int64_t given_x100;            /* 0: advised and left */
	struct maybe_str reason;
	struct maybe_i64 at;
	struct maybe_u64 place_id; /* out of whose van; absent: the warehouse; of a technician always the own one */
};

struct dose_version {
	uint32_t version;
};

/* The plan with what a reader of JSON needs: lists of what is known, rather than arrays by measure. */
struct dose_advice {
	struct fc_range fc;
	struct dose *doses;
	size_t doses_n;
	struct dose_note *notes;
	size_t notes_n;
	struct water_value *before, *after;
	size_t before_n, after_n;
	struct balance now, later;
};

/*
 * act_dose_plan -- domain/water/dose.h with this company's rules, products and this pool's readings
 *
 * mine  in  only the pools of today's and tomorrow's own stops
 * Errors  E_NOT_FOUND; E_INVALID "volume_l" unknown, "values" of no measure
 */
must_use enum err act_dose_plan(struct work *w, const struct dose_question *in, bool mine, struct dose_advice *out);

/*
 * act_dose_give -- it is in the water; the stock of the place it came from is less by it
 *
 * mine  in   a technician: the visit must be a stop of theirs of the last seven days, the place is their van
 * id    out  as sent, or a new one; the same id again changes nothing
 *
 * Errors  E_INVALID "reason" far from what was advised without saying why, or what must never meet within a day;
 *         "item_id" "visit_id" "at" "place_id"; E_STALE the id is of another pool
 */
must_use enum err act_dose_give(struct work *w, const struct dose_wish *in, bool mine, uint64_t *id);
/* act_dose_undo -- it was not poured after all: the stock has it back. Errors E_NOT_FOUND, E_STALE */
must_use enum err act_dose_undo(struct work *w, uint64_t id, uint32_t version, bool mine);

#endif
