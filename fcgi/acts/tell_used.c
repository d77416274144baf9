/*
 * fcgi/acts/tell_used.c -- what a technician did to equipment, and took out of the van, at a stop.
 */
#include "fcgi/acts/tell.h"

#include "domain/base/id.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/pools.h"

static enum err equipment(struct work *w, const struct visit *v, int64_t at, const struct verb_body *b);
static enum err used(struct work *w, uint64_t id, const struct visit *v, const struct verb_body *b);

enum err
tell_phone_used(struct work *w, uint64_t id, enum verb verb, const struct visit *v, int64_t at, const struct verb_body *b)
{
	return verb == VERB_EQUIPMENT ? equipment(w, v, at, b) : used(w, id, v, b);
}

/* Its next service is counted from this day; without a piece of equipment named, the words alone are kept. */
static enum err
equipment(struct work *w, const struct visit *v, int64_t at, const struct verb_body *b)
{
	const struct day day = zone_day(w->tenant->zone, at);
	char was[DAY_LETTERS + 1] = "", is[DAY_LETTERS + 1];
	struct equipment_row row;
	uint64_t changed;

	if (!b->equipment_id.is)
		return OK;
	enum err e = sql_equipment_one(w->db, b->equipment_id.v, w->arena, &row);
	if (tell_absent(w, e) || (e == OK && row.property_id != v->property_id))
		return fail(&w->fault, E_INVALID, "body.equipment_id", "This piece of equipment is not on this property.");
	TRY(e);
	TRY(sql_equipment_serviced(w->db, row.id, day, &changed));
	if (row.serviced_day.is)
		day_write(row.serviced_day.v, was);
	day_write(day, is);
	if (!row.serviced_day.is || row.serviced_day.v.n < day.n) {
		const struct record on = {.customer_id = v->customer_id, .kind = RECORD_EQUIPMENT, .id = row.id};
		const struct field_change c = {"serviced_day", str_of(was), str_of(is), CHANGE_PLAIN};

		TRY(tell_change(w, &on, &c, 1, NULL));
	}
	const struct event_value values[] = {{STR("kind"), str_of(equipment_kind_names[row.kind])}, {STR("what"), b->text}};
	return tell_event(w, &(struct event){.customer_id = v->customer_id, .property_id = v->property_id,
	    .pool_id = row.pool_id, .kind = EVENT_EQUIPMENT_SERVICED, .ref_kind = RECORD_EQUIPMENT, .ref_id = row.id,
	    .values = values, .values_n = 2});
}

/* The van has less of it, and the next bill more; what is not an item of the company's stays in the log as words. */
static enum err
used(struct work *w, uint64_t id, const struct visit *v, const struct verb_body *b)
{
	struct item_row item;
	uint64_t what;

	if (!b->what.is || !id_read(b->what.v, &what))
		return OK;
	enum err e = sql_item_one(w->db, what, w->arena, &item);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(tell_stock(w, w->actor.id, item.id, -b->amount.v));
	TRY(tell_used_charge(w, id, v, &item, b->amount.v));
	const struct event_value values[] = {{STR("item"), b->text}};
	return tell_event(w, &(struct event){.customer_id = v->customer_id, .property_id = v->property_id,
	    .pool_id = v->pool_id, .kind = EVENT_ITEM_USED, .ref_kind = RECORD_VISIT, .ref_id = v->id, .values = values,
	    .values_n = 1});
}
