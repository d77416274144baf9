/*
 * fcgi/acts/imports_undo.c -- taking an import back, as a whole.
 *
 * Customers whom it made go away with all that came with them, unless somebody has worked on them since: then
 * they stay and are counted. What it changed is put back where it still is as the import left it.
 */
#include "fcgi/acts/imports.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_search.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/imports.h"
#include "sql/tenant/queries/notes.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/properties.h"

#define STEP_ROWS 250
#define STEP_CHANGED 60

static enum err made_undo(struct work *w, struct import_step *s, uint32_t upto);
static enum err made_drop(struct work *w, struct str ids);
static enum err changed_undo(struct work *w, struct import_step *s, uint32_t *upto);
static enum err record_undo(struct work *w, struct import_step *s, uint64_t customer_id);
static enum err change_undo(struct work *w, struct import_step *s, const struct import_change_row *c,
    struct customer_row *customer, bool *own);
static enum err unmade(struct work *w, struct import_step *s, const struct import_change_row *c);
static enum err contact_undo(struct work *w, const struct import_change_row *c);
static enum err property_undo(struct work *w, const struct import_change_row *c);
static enum err pool_undo(struct work *w, const struct import_change_row *c);
static bool back(struct str *is, const struct import_change_row *c, const char *field);
static unsigned named(const char *const *list, struct str name);

enum err
import_undo_step(struct work *w, struct import_step *s)
{
	uint32_t upto = s->row.total - s->row.done < STEP_ROWS ? s->row.total : s->row.done + STEP_ROWS;

	/* Changes first: rows that followed a new customer find it still there. */
	TRY(changed_undo(w, s, &upto));
	TRY(made_undo(w, s, upto));
	s->row.done = upto;
	return OK;
}

static enum err
made_undo(struct work *w, struct import_step *s, uint32_t upto)
{
	struct buf ids = buf_open(w->arena, 8192, 64 * 1024);
	struct import_made_row *row;
	uint64_t changed;
	size_t n;

	TRY(sql_import_made(w->db, s->row.id, ROW_MADE, s->row.done, upto, RECORD_BATCH, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++)
		if (row[i].touched) {
			s->order.kept++;
			TRY(sql_import_row_settle(w->db, s->row.id, row[i].n, ROW_KEPT, row[i].record_id, &changed));
		} else {
			s->order.removed++;
			buf_printf(&ids, "%s%llu", ids.n > 0 ? "," : "[", (unsigned long long)row[i].record_id);
		}
	if (ids.n > 0) {
		buf_char(&ids, ']');
		TRY(made_drop(w, buf_str(&ids)));
	}
	return sql_import_rows_settle(w->db, s->row.id, s->row.done, upto, ROW_MADE, ROW_UNDONE, &changed);
}

/* From the leaves to the root. */
static enum err
made_drop(struct work *w, struct str ids)
{
	uint64_t gone;

	TRY(sql_unmake_grams(w->db, ids, &gone));
	TRY(sql_unmake_tags(w->db, ids, RECORD_CUSTOMER, &gone));
	TRY(sql_unmake_notes(w->db, ids, &gone));
	TRY(sql_unmake_contacts(w->db, ids, &gone));
	TRY(sql_unmake_pools(w->db, ids, &gone));
	TRY(sql_unmake_properties(w->db, ids, &gone));
	return sql_unmake_customers(w->db, ids, &gone);
}

/* At most STEP_CHANGED records in a step; *upto comes down to the last row that was looked at. */
static enum err
changed_undo(struct work *w, struct import_step *s, uint32_t *upto)
{
	struct import_state_row *row;
	unsigned records = 0;
	uint64_t changed;
	size_t n;

	TRY(sql_import_states(w->db, s->row.id, s->row.done, *upto, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(w->arena);

		if (row[i].state != ROW_DONE)
			continue;
		if (records++ == STEP_CHANGED) {
			*upto = row[i].n - 1;
			return OK;
		}
		TRY(record_undo(w, s, row[i].record_id));
		TRY(sql_import_row_settle(w->db, s->row.id, row[i].n, ROW_UNDONE, row[i].record_id, &changed));
		arena_rewind(w->arena, mark);
	}
	return OK;
}

/* The last change first. A record that was taken away since has nothing to be put back. */
static enum err
record_undo(struct work *w, struct import_step *s, uint64_t customer_id)
{
	struct customer_row customer;
	struct import_change_row *c;
	bool own = false; /* something of the customer's own row is put back */
	size_t n;
	enum err e = sql_customer_one(w->db, customer_id, w->arena, &customer);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(sql_import_changes(w->db, s->row.id, customer_id, w->arena, &c, &n));
	for (size_t i = 0; i < n; i++)
		TRY(change_undo(w, s, &c[i], &customer, &own));
	if (n == 0)
		return OK;
	if (own)
		TRY(sql_customer_change(w->db, customer_id, customer.name, customer.kind, customer.email, customer.language,
		    customer.bill_street, customer.bill_city, customer.bill_region, customer.bill_postcode, customer.source,
		    customer.external_id, customer.own, customer.version));
	const struct event_value said[] = {{STR("file"), s->order.name}};
	const struct event e2 = {.customer_id = customer_id, .kind = EVENT_BULK_UNDONE, .ref_kind = RECORD_BATCH,
	    .ref_id = s->row.id, .values = said, .values_n = 1};
	TRY(tell_event(w, &e2));
	return tell_search(w, customer_id);
}

static enum err
change_undo(struct work *w, struct import_step *s, const struct import_change_row *c, struct customer_row *customer,
    bool *own)
{
	uint64_t gone;

	if (str_eq(c->field, STR("made")))
		return unmade(w, s, c);
	if (str_eq(c->field, STR("tag")))
		return sql_tag_drop(w->db, RECORD_CUSTOMER, c->became, c->on_id, &gone);
	switch (c->on_kind) {
	case RECORD_CUSTOMER:
		*own |= back(&customer->name, c, "name") || back(&customer->email, c, "email") ||
		    back(&customer->external_id, c, "external_id") || back(&customer->bill_street, c, "bill_street") ||
		    back(&customer->bill_city, c, "bill_city") || back(&customer->bill_region, c, "bill_region") ||
		    back(&customer->bill_postcode, c, "bill_postcode");
		return OK;
	case RECORD_CONTACT:
		return contact_undo(w, c);
	case RECORD_PROPERTY:
		return property_undo(w, c);
	case RECORD_POOL:
		return pool_undo(w, c);
	default:
		return OK;
	}
}

static enum err
unmade(struct work *w, struct import_step *s, const struct import_change_row *c)
{
	uint64_t gone = 1;

	if (c->on_kind == RECORD_PROPERTY)
		TRY(sql_unmake_property(w->db, c->on_id, s->row.id, RECORD_PROPERTY, &gone));
	else if (c->on_kind == RECORD_POOL)
		TRY(sql_unmake_pool(w->db, c->on_id, s->row.id, RECORD_POOL, &gone));
	else if (c->on_kind == RECORD_CONTACT)
		TRY(sql_unmake_contact(w->db, c->on_id, s->row.id, RECORD_CONTACT, &gone));
	else if (c->on_kind == RECORD_NOTE)
		TRY(sql_unmake_note(w->db, c->on_id, s->row.id, RECORD_NOTE, &gone));
	return OK;
}

static enum err
contact_undo(struct work *w, const struct import_change_row *c)
{
	struct contact_row row;
	enum err e = sql_contact_one(w->db, c->on_id, w->arena, &row);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (!back(&row.phone, c, "phone") && !back(&row.email, c, "email"))
		return OK;
	return sql_contact_change(w->db, row.id, row.name, row.relation, row.phone, row.email, row.language, row.by_sms,
	    row.by_email, row.position, row.version);
}

static enum err
property_undo(struct work *w, const struct import_change_row *c)
{
	struct property_row p;
	uint64_t gone;
	enum err e = sql_property_one(w->db, c->on_id, w->arena, &p);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (str_eq(c->field, STR("gate_code")))
		return sql_unmake_gate_code(w->db, p.id, c->at, &gone);
	if (str_eq(c->field, STR("place")) && p.place_source == PLACE_GIVEN) {
		/* A geocoder finds it again, if it had. */
		p.lat_e6 = p.lng_e6 = (struct maybe_i64){0};
		p.place_source = PLACE_NONE;
		p.place_score = 0;
	} else if (!back(&p.city, c, "city") && !back(&p.region, c, "region") && !back(&p.postcode, c, "postcode") &&
	    !back(&p.dogs, c, "dogs")) {
		return OK;
	}
	return sql_import_property_change(w->db, p.id, p.city, p.region, p.postcode, p.dogs, p.lat_e6, p.lng_e6,
	    p.place_source, p.place_score, p.version);
}

static enum err
pool_undo(struct work *w, const struct import_change_row *c)
{
	struct pool_row b;
	struct str volume, source, surface, sanitiser;
	uint64_t l;
	enum err e = sql_pool_one(w->db, c->on_id, w->arena, &b);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	volume = b.volume_l.is ? str_printf(w->arena, "%u", b.volume_l.v) : STR("");
	source = str_of(volume_source_names[b.volume_source]);
	surface = b.surface == SURFACE_UNKNOWN ? STR("") : str_of(pool_surface_names[b.surface]);
	sanitiser = b.sanitiser == SANITISER_UNKNOWN ? STR("") : str_of(pool_sanitiser_names[b.sanitiser]);
	if (back(&volume, c, "volume_l"))
		b.volume_l = (struct maybe_u32){str_u64(volume, &l) && l <= UINT32_MAX, volume.n > 0 ? (uint32_t)l : 0};
	else if (back(&source, c, "volume_source"))
		b.volume_source = (enum volume_source)named(volume_source_names, source);
	else if (back(&surface, c, "surface"))
		b.surface = (enum pool_surface)named(pool_surface_names, surface);
	else if (back(&sanitiser, c, "sanitiser"))
		b.sanitiser = (enum pool_sanitiser)named(pool_sanitiser_names, sanitiser);
	else
		return OK;
	return sql_pool_change(w->db, b.id, b.kind, b.name, b.volume_l, b.volume_source, b.shape, b.sizes_cm, b.surface,
	    b.sanitiser, b.indoor, b.cover, b.fill_water, b.own, b.version);
}

/* Only what is still as the import left it; a newer hand wins. */
static bool
back(struct str *is, const struct import_change_row *c, const char *field)
{
	if (!str_eq(c->field, str_of(field)) || !str_eq(*is, c->became))
		return false;
	*is = c->was;
	return true;
}

static unsigned
named(const char *const *list, struct str name)
{
	for (unsigned i = 0; list[i] != NULL; i++)
		if (list[i][0] != '\0' && str_eq(str_of(list[i]), name))
			return i;
	return 0;
}
