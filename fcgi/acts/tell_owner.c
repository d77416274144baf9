/*
 * fcgi/acts/tell_owner.c -- whose a record is: what a note, a photo or a line of the timeline hangs on.
 */
#include "fcgi/acts/tell_event.h"

#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/messages.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/visits.h"

enum err
tell_owner(struct work *w, enum record_kind kind, uint64_t id, struct event *e)
{
	struct equipment_row equipment;
	struct property_row property;
	struct conversation_row conversation;
	struct customer_row customer;
	struct pool_row pool;
	struct visit visit;

	switch (kind) {
	case RECORD_CUSTOMER:
		TRY(sql_customer_one(w->db, id, w->arena, &customer));
		e->customer_id = id;
		return OK;
	case RECORD_PROPERTY:
		TRY(sql_property_one(w->db, id, w->arena, &property));
		e->customer_id = property.customer_id;
		e->property_id = id;
		return OK;
	case RECORD_POOL:
		TRY(sql_pool_one(w->db, id, w->arena, &pool));
		e->customer_id = pool.customer_id;
		e->property_id = pool.property_id;
		e->pool_id = id;
		return OK;
	case RECORD_EQUIPMENT:
		TRY(sql_equipment_one(w->db, id, w->arena, &equipment));
		e->customer_id = equipment.customer_id;
		e->property_id = equipment.property_id;
		e->pool_id = equipment.pool_id;
		return OK;
	case RECORD_VISIT:
		TRY(sql_visit_one(w->db, id, w->arena, &visit));
		e->customer_id = visit.customer_id;
		e->property_id = visit.property_id;
		e->pool_id = visit.pool_id;
		return OK;
	case RECORD_CONVERSATION:
		TRY(sql_conversation_one(w->db, id, w->arena, &conversation));
		e->customer_id = conversation.customer_id;
		return OK;
	default:
		return fail(&w->fault, E_INVALID, "on_kind", "Nothing can be kept on this kind of record.");
	}
}
