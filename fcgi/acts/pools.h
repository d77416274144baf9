/*
 * fcgi/acts/pools.h -- bodies of water and what stands beside them.
 */
#ifndef FCGI_ACTS_POOLS_H
#define FCGI_ACTS_POOLS_H

#include "domain/customers/field.h"
#include "domain/pools/volume.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define POOLS_MAX 500          /* of one customer */
#define POOL_EQUIPMENT_MAX 60  /* of one pool */

struct pool_new {
	uint64_t property_id;
	enum pool_kind kind;
	struct str name;
};

struct pool_size {
	int32_t cm;
};

struct pool_change {
	enum pool_kind kind;
	struct str name;
	struct maybe_u32 volume_l; /* ignored if volume_source says "calculated" */
	enum volume_source volume_source;
	enum pool_shape shape;
	const struct pool_size *sizes_cm;
	size_t sizes_n;
	enum pool_surface surface;
	enum pool_sanitiser sanitiser;
	bool indoor, cover;
	struct str fill_water;
	const struct own_value *own;
	size_t own_n;
	uint32_t version;
};

/* Of a new one (pool_id) and of a change (version); the other is 0. */
struct equipment_wish {
	uint64_t pool_id;
	enum equipment_kind kind;
	struct str make, model, serial;
	struct maybe_day installed_day, warranty_day;
	uint32_t service_every_days;
	struct maybe_day serviced_day;
	struct str note;
	uint32_t version;
};

struct volume_question {
	enum pool_shape shape;
	const struct pool_size *sizes_cm;
	size_t sizes_n;
};

struct volume_answer {
	uint32_t volume_l, us_gallons;
};

/* act_volume -- the calculator alone. Errors those of volume_of */
must_use enum err act_volume(struct work *w, const struct volume_question *in, struct volume_answer *out);

/* Each answers whose record it wrote on. Errors E_NOT_FOUND, E_STALE besides those named. */

/* Errors  E_LIMIT "property_id" */
must_use enum err act_pool_make(struct work *w, const struct pool_new *in, uint64_t *id, uint64_t *customer_id);
/* Errors  those of volume_of and own_check; E_INVALID "volume_l": a source without a volume, or the other way */
must_use enum err act_pool_change(struct work *w, uint64_t id, const struct pool_change *in, uint64_t *customer_id);
must_use enum err act_pool_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id);
must_use enum err act_pool_restore(struct work *w, uint64_t id, uint64_t *customer_id);

/* Errors  E_LIMIT "pool_id" */
must_use enum err act_equipment_make(struct work *w, const struct equipment_wish *in, uint64_t *id,
    uint64_t *customer_id);
must_use enum err act_equipment_change(struct work *w, uint64_t id, const struct equipment_wish *in,
    uint64_t *customer_id);
must_use enum err act_equipment_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id);
must_use enum err act_equipment_restore(struct work *w, uint64_t id, uint64_t *customer_id);

#endif
