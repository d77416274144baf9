/*
 * fcgi/acts/pools.c -- load, decide, save, tell: bodies of water and what stands beside them.
 */
#include "fcgi/acts/pools.h"

#include "domain/base/list.h"
#include "fcgi/acts/tell_event.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/properties.h"

static struct event pool_event(const struct pool_row *row, enum event_kind kind);
static struct event equipment_event(const struct equipment_row *row, enum event_kind kind);
static enum err volume_decide(struct work *w, const struct pool_change *in, const int32_t *cm,
    struct maybe_u32 *volume_l);
static struct str name_at(const char *const *list, unsigned i);
static struct str day_text(struct work *w, struct maybe_day d);

enum err
act_volume(struct work *w, const struct volume_question *in, struct volume_answer *out)
{
	int32_t cm[VOLUME_SIZES_MAX];

	for (size_t i = 0; i < in->sizes_n && i < VOLUME_SIZES_MAX; i++)
		cm[i] = in->sizes_cm[i].cm;
	TRY(volume_of(in->shape, cm, in->sizes_n, &out->volume_l, &w->fault));
	out->us_gallons = volume_us_gallons(out->volume_l);
	return OK;
}

enum err
act_pool_make(struct work *w, const struct pool_new *in, uint64_t *id, uint64_t *customer_id)
{
	struct property_row property;
	struct number_row already;
	struct pool_row row = {.id = work_id(w), .property_id = in->property_id};

	TRY(sql_property_one(w->db, in->property_id, w->arena, &property));
	TRY(sql_pools_number(w->db, in->property_id, w->arena, &already));
	if (already.number >= POOLS_MAX)
		return fail(&w->fault, E_LIMIT, "property_id", "This customer has as many of these as one can have.");
	row.customer_id = property.customer_id;
	TRY(sql_pool_insert(w->db, row.id, in->property_id, in->kind, in->name));
	const struct event_value v[] = {{STR("kind"), name_at(pool_kind_names, in->kind)}, {STR("name"), in->name}};
	struct event e = pool_event(&row, EVENT_POOL_MADE);
	e.values = v;
	e.values_n = 2;
	*id = row.id;
	*customer_id = row.customer_id;
	return tell_event(w, &e);
}

enum err
act_pool_change(struct work *w, uint64_t id, const struct pool_change *in, uint64_t *customer_id)
{
	int32_t cm[VOLUME_SIZES_MAX];
	struct maybe_u32 volume_l;
	struct pool_row was;
	struct str own;

	for (size_t i = 0; i < in->sizes_n && i < VOLUME_SIZES_MAX; i++)
		cm[i] = in->sizes_cm[i].cm;
	TRY(sql_pool_one(w->db, id, w->arena, &was));
	TRY(volume_decide(w, in, cm, &volume_l));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_POOL, .id = id};
	struct str sizes = list_write_numbers(w->arena, cm, in->sizes_n);
	TRY(own_write(w, &on, was.own, in->own, in->own_n, &own));
	TRY(sql_pool_change(w->db, id, in->kind, in->name, volume_l, in->volume_source, in->shape, sizes, in->surface,
	    in->sanitiser, in->indoor, in->cover, in->fill_water, own, in->version));
	const struct field_change c[] = {
		{"kind", name_at(pool_kind_names, was.kind), name_at(pool_kind_names, in->kind), CHANGE_PLAIN},
		{"name", was.name, in->name, CHANGE_PLAIN},
		{"volume_l", str_printf(w->arena, "%u", was.volume_l.v), str_printf(w->arena, "%u", volume_l.v), CHANGE_PLAIN},
		{"volume_source", name_at(volume_source_names, was.volume_source),
		    name_at(volume_source_names, in->volume_source), CHANGE_PLAIN},
		{"shape", name_at(pool_shape_names, was.shape), name_at(pool_shape_names, in->shape), CHANGE_PLAIN},
		{"sizes_cm", was.sizes_cm, sizes, CHANGE_PLAIN},
		{"surface", name_at(pool_surface_names, was.surface), name_at(pool_surface_names, in->surface), CHANGE_PLAIN},
		{"sanitiser", name_at(pool_sanitiser_names, was.sanitiser), name_at(pool_sanitiser_names, in->sanitiser),
		    CHANGE_PLAIN},
		{"indoor", was.indoor ? STR("yes") : STR("no"), in->indoor ? STR("yes") : STR("no"), CHANGE_PLAIN},
		{"cover", was.cover ? STR("yes") : STR("no"), in->cover ? STR("yes") : STR("no"), CHANGE_PLAIN},
		{"fill_water", was.fill_water, in->fill_water, CHANGE_PLAIN},
		{"own", was.own, own, CHANGE_TOLD},
	};
	const struct event e = pool_event(&was, EVENT_POOL_CHANGED);
	*customer_id = was.customer_id;
	return tell_edit(w, &on, &e, c, sizeof(c) / sizeof(*c));
}

/* A calculated volume is calculated here, whatever was sent: so its provenance is true. */
static enum err
volume_decide(struct work *w, const struct pool_change *in, const int32_t *cm, struct maybe_u32 *volume_l)
{
	if (in->volume_source == VOLUME_CALCULATED) {
		volume_l->is = true;
		return volume_of(in->shape, cm, in->sizes_n, &volume_l->v, &w->fault);
	}
	if (in->volume_l.is != (in->volume_source != VOLUME_UNKNOWN))
		return fail(&w->fault, E_INVALID, "volume_l", "A volume needs to say how it is known.");
	*volume_l = in->volume_l;
	return OK;
}

enum err
act_pool_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id)
{
	struct pool_row row;

	TRY(sql_pool_one(w->db, id, w->arena, &row));
	TRY(sql_pool_archive(w->db, id, (struct maybe_i64){true, w->now}, version));
	const struct event e = pool_event(&row, EVENT_POOL_ARCHIVED);
	*customer_id = row.customer_id;
	return tell_event(w, &e);
}

enum err
act_pool_restore(struct work *w, uint64_t id, uint64_t *customer_id)
{
	struct pool_row row;

	TRY(sql_pool_one(w->db, id, w->arena, &row));
	*customer_id = row.customer_id;
	if (!row.archived_at.is)
		return OK;
	TRY(sql_pool_archive(w->db, id, (struct maybe_i64){0}, row.version));
	const struct event e = pool_event(&row, EVENT_POOL_RESTORED);
	return tell_event(w, &e);
}

enum err
act_equipment_make(struct work *w, const struct equipment_wish *in, uint64_t *id, uint64_t *customer_id)
{
	struct number_row already;
	struct pool_row pool;
	struct equipment_row row = {.id = work_id(w), .pool_id = in->pool_id};

	TRY(sql_pool_one(w->db, in->pool_id, w->arena, &pool));
	TRY(sql_equipment_number(w->db, in->pool_id, w->arena, &already));
	if (already.number >= POOL_EQUIPMENT_MAX)
		return fail(&w->fault, E_LIMIT, "pool_id", "This pool has as many of these as one can have.");
	TRY(sql_equipment_insert(w->db, row.id, in->pool_id, in->kind, in->make, in->model, in->serial,
	    in->installed_day, in->warranty_day, in->service_every_days, in->serviced_day, in->note));
	row.property_id = pool.property_id;
	row.customer_id = pool.customer_id;
	const struct event_value v[] = {{STR("kind"), name_at(equipment_kind_names, in->kind)}, {STR("make"), in->make},
	    {STR("model"), in->model}};
	struct event e = equipment_event(&row, EVENT_EQUIPMENT_MADE);
	e.values = v;
	e.values_n = 3;
	*id = row.id;
	*customer_id = row.customer_id;
	return tell_event(w, &e);
}

enum err
act_equipment_change(struct work *w, uint64_t id, const struct equipment_wish *in, uint64_t *customer_id)
{
	struct equipment_row was;

	TRY(sql_equipment_one(w->db, id, w->arena, &was));
	TRY(sql_equipment_change(w->db, id, in->kind, in->make, in->model, in->serial, in->installed_day,
	    in->warranty_day, in->service_every_days, in->serviced_day, in->note, in->version));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_EQUIPMENT, .id = id};
	const struct event_value v[] = {{STR("kind"), name_at(equipment_kind_names, in->kind)}};
	struct event e = equipment_event(&was, EVENT_EQUIPMENT_CHANGED);
	e.values = v;
	e.values_n = 1;
	const struct field_change c[] = {
		{"kind", name_at(equipment_kind_names, was.kind), name_at(equipment_kind_names, in->kind), CHANGE_PLAIN},
		{"make", was.make, in->make, CHANGE_PLAIN},
		{"model", was.model, in->model, CHANGE_PLAIN},
		{"serial", was.serial, in->serial, CHANGE_PLAIN},
		{"installed_day", day_text(w, was.installed_day), day_text(w, in->installed_day), CHANGE_PLAIN},
		{"warranty_day", day_text(w, was.warranty_day), day_text(w, in->warranty_day), CHANGE_PLAIN},
		{"service_every_days", str_printf(w->arena, "%u", was.service_every_days),
		    str_printf(w->arena, "%u", in->service_every_days), CHANGE_PLAIN},
		{"serviced_day", day_text(w, was.serviced_day), day_text(w, in->serviced_day), CHANGE_PLAIN},
		{"note", was.note, in->note, CHANGE_PLAIN},
	};
	*customer_id = was.customer_id;
	return tell_edit(w, &on, &e, c, sizeof(c) / sizeof(*c));
}

enum err
act_equipment_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id)
{
	struct equipment_row row;

	TRY(sql_equipment_one(w->db, id, w->arena, &row));
	TRY(sql_equipment_archive(w->db, id, (struct maybe_i64){true, w->now}, version));
	const struct event e = equipment_event(&row, EVENT_EQUIPMENT_ARCHIVED);
	*customer_id = row.customer_id;
	return tell_event(w, &e);
}

enum err
act_equipment_restore(struct work *w, uint64_t id, uint64_t *customer_id)
{
	struct equipment_row row;

	TRY(sql_equipment_one(w->db, id, w->arena, &row));
	*customer_id = row.customer_id;
	if (!row.archived_at.is)
		return OK;
	TRY(sql_equipment_archive(w->db, id, (struct maybe_i64){0}, row.version));
	const struct event e = equipment_event(&row, EVENT_EQUIPMENT_RESTORED);
	return tell_event(w, &e);
}

static struct event
pool_event(const struct pool_row *row, enum event_kind kind)
{
	return (struct event){.customer_id = row->customer_id, .property_id = row->property_id, .pool_id = row->id,
	    .kind = kind, .ref_kind = RECORD_POOL, .ref_id = row->id};
}

static struct event
equipment_event(const struct equipment_row *row, enum event_kind kind)
{
	return (struct event){.customer_id = row->customer_id, .property_id = row->property_id,
	    .pool_id = row->pool_id, .kind = kind, .ref_kind = RECORD_EQUIPMENT, .ref_id = row->id};
}

static struct str
name_at(const char *const *list, unsigned i)
{
	for (unsigned at = 0; list[at] != NULL; at++)
		if (at == i)
			return str_of(list[at]);
	return STR("");
}

static struct str
day_text(struct work *w, struct maybe_day d)
{
	char text[DAY_LETTERS + 1];

	if (!d.is)
		return STR("");
	day_write(d.v, text);
	return str_copy(w->arena, str_of(text));
}
