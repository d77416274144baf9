/*
 * fcgi/api/office/pools.c -- bodies of water and what stands beside them.
 */
#include "fcgi/acts/pools.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/api/office/record.h"

static enum err pool_make(struct work *w, const struct call *c);
static enum err pool_put(struct work *w, const struct call *c);
static enum err pool_archive(struct work *w, const struct call *c);
static enum err pool_restore(struct work *w, const struct call *c);
static enum err equipment_make(struct work *w, const struct call *c);
static enum err equipment_put(struct work *w, const struct call *c);
static enum err equipment_archive(struct work *w, const struct call *c);
static enum err equipment_restore(struct work *w, const struct call *c);
static enum err volume(struct work *w, const struct call *c);

static const struct field pool_new_fields[] = {
	FIELD_ID(struct pool_new, property_id),
	FIELD_ENUM(struct pool_new, kind, pool_kind_names),
	FIELD_TEXT(struct pool_new, name, 0, 80),
	FIELD_END
};
static const struct shape pool_new_shape = {"PoolNew", sizeof(struct pool_new), pool_new_fields};

static const struct field pool_size_fields[] = {
	FIELD_INT(struct pool_size, cm, 1, 100 * SIZE_CM_MAX), FIELD_END};
static const struct shape pool_size_shape = {"SizeCm", sizeof(struct pool_size), pool_size_fields};

static const struct field pool_change_fields[] = {
	FIELD_ENUM(struct pool_change, kind, pool_kind_names),
	FIELD_TEXT(struct pool_change, name, 0, 80),
	FIELD_MAYBE_INT(struct pool_change, volume_l, 1, VOLUME_L_MAX),
	FIELD_ENUM(struct pool_change, volume_source, volume_source_names),
	FIELD_ENUM(struct pool_change, shape, pool_shape_names),
	FIELD_LIST(struct pool_change, sizes_cm, sizes_n, &pool_size_shape, VOLUME_SIZES_MAX),
	FIELD_ENUM(struct pool_change, surface, pool_surface_names),
	FIELD_ENUM(struct pool_change, sanitiser, pool_sanitiser_names),
	FIELD_BOOL(struct pool_change, indoor),
	FIELD_BOOL(struct pool_change, cover),
	FIELD_TEXT(struct pool_change, fill_water, 0, 80),
	FIELD_LIST(struct pool_change, own, own_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_INT(struct pool_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape pool_change_shape = {"PoolChange", sizeof(struct pool_change), pool_change_fields};

#define EQUIPMENT_FIELDS                                            \
	FIELD_ENUM(struct equipment_wish, kind, equipment_kind_names),  \
	FIELD_TEXT(struct equipment_wish, make, 0, 60),                 \
	FIELD_TEXT(struct equipment_wish, model, 0, 60),                \
	FIELD_TEXT(struct equipment_wish, serial, 0, 60),               \
	FIELD_MAYBE_DAY(struct equipment_wish, installed_day),          \
	FIELD_MAYBE_DAY(struct equipment_wish, warranty_day),           \
	FIELD_INT(struct equipment_wish, service_every_days, 0, 3650),  \
	FIELD_MAYBE_DAY(struct equipment_wish, serviced_day),           \
	FIELD_LINES(struct equipment_wish, note, 0, 400)
static const struct field equipment_new_fields[] = {
	FIELD_ID(struct equipment_wish, pool_id),
	EQUIPMENT_FIELDS,
	FIELD_END
};
static const struct shape equipment_new_shape = {
	"EquipmentNew", sizeof(struct equipment_wish), equipment_new_fields};
static const struct field equipment_change_fields[] = {
	EQUIPMENT_FIELDS,
	FIELD_INT(struct equipment_wish, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape equipment_change_shape = {
	"EquipmentChange", sizeof(struct equipment_wish), equipment_change_fields};

static const struct field volume_question_fields[] = {
	FIELD_ENUM(struct volume_question, shape, pool_shape_names),
	FIELD_LIST(struct volume_question, sizes_cm, sizes_n, &pool_size_shape, VOLUME_SIZES_MAX),
	FIELD_END
};
static const struct shape volume_question_shape = {
	"VolumeQuestion", sizeof(struct volume_question), volume_question_fields};
static const struct field volume_answer_fields[] = {
	FIELD_INT(struct volume_answer, volume_l, 0, VOLUME_L_MAX),
	FIELD_INT(struct volume_answer, us_gallons, 0, VOLUME_L_MAX),
	FIELD_END
};
static const struct shape volume_answer_shape = {
	"VolumeAnswer", sizeof(struct volume_answer), volume_answer_fields};

const struct endpoint office_pools[] = {
	{POST, "/pools", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &pool_new_shape, .out = &saved_shape,
	    .run = pool_make, .help = "Add a body of water to a place.", .story = "customers.test.mjs"},
	{PUT, "/pools/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &pool_change_shape, .out = &saved_shape,
	    .run = pool_put, .help = "Change what a pool is made of.", .story = "customers.test.mjs"},
	{POST, "/pools/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &record_version_shape, .out = &saved_shape,
	    .run = pool_archive, .help = "Archive a body of water; nothing is lost.", .story = "customers.test.mjs"},
	{DELETE, "/pools/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &saved_shape, .run = pool_restore,
	    .help = "Take a body of water out of the archive.", .story = "customers.test.mjs"},
	{POST, "/equipment", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &equipment_new_shape, .out = &saved_shape,
	    .run = equipment_make, .help = "Write down what stands beside a pool.", .story = "customers.test.mjs"},
	{PUT, "/equipment/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &equipment_change_shape, .out = &saved_shape,
	    .run = equipment_put, .help = "Change what is known of a piece of equipment.", .story = "customers.test.mjs"},
	{POST, "/equipment/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &record_version_shape, .out = &saved_shape,
	    .run = equipment_archive, .help = "Archive a piece of equipment; nothing is lost.", .story = "customers.test.mjs"},
	{DELETE, "/equipment/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &saved_shape, .run = equipment_restore,
	    .help = "Take a piece of equipment out of the archive.", .story = "customers.test.mjs"},
	{POST, "/volumes", .may = MAY(MAY_SEE_CUSTOMERS), .body = &volume_question_shape,
	    .out = &volume_answer_shape, .run = volume, .help = "How much water a pool of these sizes holds.", .story = "customers.test.mjs"},
	{0}
};

static enum err
pool_make(struct work *w, const struct call *c)
{
	uint64_t id, customer_id;

	TRY(act_pool_make(w, c->body, &id, &customer_id));
	return reply_made(w, c, id, customer_id);
}

static enum err
pool_put(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_pool_change(w, c->id, c->body, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
pool_archive(struct work *w, const struct call *c)
{
	const struct record_version *in = c->body;
	uint64_t customer_id;

	TRY(act_pool_archive(w, c->id, in->version, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
pool_restore(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_pool_restore(w, c->id, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
equipment_make(struct work *w, const struct call *c)
{
	uint64_t id, customer_id;

	TRY(act_equipment_make(w, c->body, &id, &customer_id));
	return reply_made(w, c, id, customer_id);
}

static enum err
equipment_put(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_equipment_change(w, c->id, c->body, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
equipment_archive(struct work *w, const struct call *c)
{
	const struct record_version *in = c->body;
	uint64_t customer_id;

	TRY(act_equipment_archive(w, c->id, in->version, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
equipment_restore(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_equipment_restore(w, c->id, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
volume(struct work *w, const struct call *c)
{
	struct volume_answer out;

	TRY(act_volume(w, c->body, &out));
	return reply_shape(c, &volume_answer_shape, &out);
}
