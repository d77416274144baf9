/*
 * domain/pools/equipment.h -- what stands beside a pool, until when it is covered, when it wants service.
 */
#ifndef DOMAIN_POOLS_EQUIPMENT_H
#define DOMAIN_POOLS_EQUIPMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"

/* Stored: never renumber, only append. */
enum equipment_kind {
	EQUIPMENT_PUMP = 1,
	EQUIPMENT_FILTER,
	EQUIPMENT_HEATER,
	EQUIPMENT_SALT_CELL,
	EQUIPMENT_CONTROLLER,
	EQUIPMENT_CLEANER,
	EQUIPMENT_FEEDER, /* of chemicals */
	EQUIPMENT_LIGHT,
	EQUIPMENT_BLOWER,
	EQUIPMENT_VALVE,
	EQUIPMENT_SKIMMER,
	EQUIPMENT_COVER,
	EQUIPMENT_OTHER,
	EQUIPMENT_KINDS
};

extern const char *const equipment_kind_names[];

/* What the rules need to know. service_every_days 0: it wants none. */
struct equipment_facts {
	struct maybe_day installed, warranty, serviced;
	uint32_t service_every_days;
};

/*
 * equipment_due -- the day on which it wants its next service
 *
 * Counts from the last service, else from the day it was installed; unknown (!is) without either.
 */
struct maybe_day equipment_due(const struct equipment_facts *e);

/* equipment_covered -- is `today` within the warranty? The last day counts; unknown is no. */
bool equipment_covered(const struct equipment_facts *e, struct day today);

#endif
