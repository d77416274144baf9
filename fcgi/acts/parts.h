/*
 * fcgi/acts/parts.h -- a part is missing at a stop: who has it, fetching it on the way, or another day.
 */
#ifndef FCGI_ACTS_PARTS_H
#define FCGI_ACTS_PARTS_H

#include "domain/dispatch/shift.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_van.h"
#include "sql/tenant/schedule.h"
#include "sql/tenant/water.h"
#include "tenancy/work.h"

#define PART_ITEMS_MAX 8
#define PART_VANS_MAX 3
#define PART_DAYS 5 /* looked at from tomorrow on */
#define PART_DAYS_MAX 3
#define PART_FETCH_MIN 15 /* at the supply house, where nobody said how long */

struct part_item {
	uint64_t id;
	struct str name;
};
/* Somebody else who has it, the nearest first. */
struct part_van {
	uint64_t tech_id;
	struct str tech;
	uint32_t colour;
	int64_t amount_x100;
	enum item_unit unit;
	int32_t drive_s; /* from where they are free */
	struct str why_not; /* empty: may be sent there */
};
/* Another day, and who could come. */
struct part_day {
	struct day day;
	uint64_t tech_id;
	struct str tech;
	int32_t begin_s;
};
struct part_choices {
	struct str text;
	struct part_item *items; /* of the company's own list, as far as the words fit; the first is meant */
	size_t items_n;
	struct maybe_u64 item_id;
	int64_t warehouse_x100;
	struct part_van *vans;
	size_t vans_n;
	uint32_t fetch_minutes; /* a stop at the supply house, and the way around */
	bool begun; /* the technician is there: it becomes a visit of its own */
	struct part_day *days;
	size_t days_n;
	uint32_t version; /* of the alert */
};
struct part_query {
	struct maybe_u64 item_id;
};
/* Errors  E_NOT_FOUND; E_STALE the alert was seen to; E_INVALID "id": it is about no part */
must_use enum err act_part_choices(struct work *w, uint64_t alert_id, const struct part_query *q, struct part_choices *out);

enum part_way { PART_VAN = 1, PART_FETCH, PART_DAY, PART_WAYS };
extern const char *const part_way_names[];
struct part_choice {
	enum part_way way;
	struct maybe_u64 tech_id, item_id; /* of VAN and DAY; of VAN */
	struct maybe_day day;              /* of DAY */
	struct maybe_u32 minutes;          /* of FETCH: at the supply house; absent: as the company says */
	uint32_t version;                  /* of the alert */
};
/*
 * act_part_choose -- it is done, the window that was promised follows the new time, and the alert is seen to
 *
 * FETCH puts a stop at the supply house before this one. Who is at work there already goes and comes back: their stop
 * takes so much longer.
 *
 * Errors  E_STALE somebody was faster, or the van has none any more; E_INVALID "tech_id" "day" "way"
 */
must_use enum err act_part_choose(struct work *w, uint64_t alert_id, const struct part_choice *in, struct visit_line *out);

#endif
