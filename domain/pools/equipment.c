/*
 * domain/pools/equipment.c -- warranty and service of what stands beside a pool.
 */
#include "domain/pools/equipment.h"

#include <assert.h>
#include <stddef.h>

const char *const equipment_kind_names[] = {"", "pump", "filter", "heater", "salt_cell", "controller", "cleaner",
    "feeder", "light", "blower", "valve", "skimmer", "cover", "other", NULL};

static_assert(sizeof(equipment_kind_names) / sizeof(char *) == EQUIPMENT_KINDS + 1, "each has its name");

struct maybe_day
equipment_due(const struct equipment_facts *e)
{
	struct maybe_day from = e->serviced.is ? e->serviced : e->installed;

	if (e->service_every_days == 0 || !from.is)
		return (struct maybe_day){0};
	return (struct maybe_day){true, day_add(from.v, (int32_t)e->service_every_days)};
}

bool
equipment_covered(const struct equipment_facts *e, struct day today)
{
	return e->warranty.is && today.n <= e->warranty.v.n;
}
