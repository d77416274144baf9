/*
 * fcgi/acts/tell_used.c -- what a technician did to equipment, and took out of the van, at a stop.
 */
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_water.h"

#include "domain/base/id.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/wants.h"
#include "sql/tenant/quotes.h"

static enum err equipment(struct work *w, const struct visit *v, int64_t at, const struct verb_body *b);
static enum err used(struct work *w, uint64_t id, const struct visit *v, const struct verb_body *b);
static enum err want_installed(struct work *w, uint64_t id, const struct visit *v, const struct verb_body *b);
static enum err used_told(struct work *w, const struct visit *v, struct str what);

enum err
tell_phone_used(struct work *w, uint64_t id, enum verb verb, const struct visit *v, int64_t at, const struct verb_body *b)
{
	uint64_t want;

	if (verb == VERB_EQUIPMENT)
		return equipment(w, v, at, b);
	return b->item.is && id_read(b->item.v, &want) ? want_installed(w, want, v, b) : used(w, id, v, b);
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

/* The van has less of it; what is not an item of the company's stays in the log and the record as words. */
static enum err
used(struct work *w, uint64_t id, const struct visit *v, const struct verb_body *b)
{
	struct item_row item;
	uint64_t item_id;

	if (!b->what.is || !id_read(b->what.v, &item_id))
		return OK;
	enum err e = sql_item_one(w->db, item_id, w->arena, &item);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(tell_stock(w, w->actor.id, item.id, -b->amount.v));
	TRY(tell_used_charge(w, id, v, &item, b->amount.v));
	return used_told(w, v, b->text);
}

/* A line of this job is in: its part has left the van, its price is the job's. Said twice it is once. */
static enum err
want_installed(struct work *w, uint64_t id, const struct visit *v, const struct verb_body *b)
{
	struct want_owner_row *row;
	struct item_row item;

	TRY(sql_want_for_update(w->db, id, BILL_WANTED, w->arena, &row));
	if (row == NULL || row->visit_id != v->id || row->got == GOT_INSTALLED)
		return OK;
	TRY(sql_want_got(w->db, id, GOT_INSTALLED));
	if (row->item_id != 0) {
		enum err e = sql_item_one(w->db, row->item_id, w->arena, &item);

		if (!tell_absent(w, e)) {
			int64_t amount;

			TRY(e);
			TRY(price_quantity(item.holds_x100, row->quantity_milli, &amount, &w->fault));
			TRY(tell_stock(w, w->actor.id, item.id, -amount));
		}
	}
	return used_told(w, v, b->text);
}

static enum err
used_told(struct work *w, const struct visit *v, struct str what)
{
	const struct event_value values[] = {{STR("item"), what}};

	return tell_event(w, &(struct event){.customer_id = v->customer_id, .property_id = v->property_id,
	    .pool_id = v->pool_id, .kind = EVENT_ITEM_USED, .ref_kind = RECORD_VISIT, .ref_id = v->id, .values = values,
	    .values_n = 1});
}
