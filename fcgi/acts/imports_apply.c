/*
 * fcgi/acts/imports_apply.c -- the list comes in: new customers a few hundred in a statement, the others one by one.
 *
 * The number of a new customer was given in the practice, so a row that is done twice would meet its own key. It
 * is not: rows, cursor and the order for the next step are one transaction.
 */
#include "fcgi/acts/imports.h"

#include "domain/customers/gram.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "sql/tenant/queries/imports.h"

/* Rows of a step. A row's search index alone is some eighty rows of the database. */
#define STEP_ROWS 250
#define STEP_BYTES (1024 * 1024)
#define BULK_BYTES_MAX (4 * STEP_BYTES)
#define SEARCHED_MAX 4000
#define NOTE_SEARCHED 200
#define SOURCE STR("import")

/* New rows of each table, as JSON. */
struct bulk {
	struct buf customers, contacts, properties, pools, notes, tags, grams, events;
};

/* A row that waits until the new customers of its step are there. */
struct waiting {
	struct import_values v;
	struct import_state_row state;
};

struct apply {
	struct work *w;
	struct import_step *step;
	struct import_sheet sheet;
	struct bulk bulk;
	struct waiting *waiting;
	size_t waiting_n;
};

static enum err rows_skip(struct apply *a);
static enum err row_take(struct apply *a, const struct import_state_row *state);
static enum err customer_add(struct apply *a, uint64_t id, uint32_t row_n, const struct import_values *v);
static void contact_add(struct apply *a, uint64_t id, const struct import_values *v);
static enum err property_add(struct apply *a, uint64_t id, uint64_t property_id, const struct import_values *v);
static void pool_add(struct apply *a, uint64_t property_id, uint64_t pool_id, const struct import_values *v);
static void notes_add(struct apply *a, uint64_t id, uint64_t property_id, const struct import_values *v, struct buf *search);
static void note_add(struct apply *a, uint64_t id, uint64_t property_id, enum audience to, struct str body,
    struct buf *search);
static void grams_add(struct apply *a, uint64_t id, struct str words);
static void event_add(struct apply *a, uint64_t id, uint64_t property_id, uint64_t pool_id, uint32_t row_n);
static enum err bulk_write(struct apply *a);
static enum err waiting_write(struct apply *a);
static enum err leaders_find(struct apply *a, struct import_state_row **rows, size_t *n);
static enum err waiting_one(struct apply *a, const struct waiting *x, const struct import_state_row *leader,
    const struct import_here *here);
static const struct import_state_row *whose(const struct waiting *x, const struct import_state_row *leaders, size_t n);
static bool touched(const struct import_log *l, uint64_t id);
static const struct import_state_row *leader_of(const struct import_state_row *rows, size_t n, uint64_t follows);
static void begin(struct buf *b);
static void member(struct buf *b, const char *name, struct str text);

enum err
import_apply_step(struct work *w, struct import_step *s)
{
	struct apply a = {.w = w, .step = s};
	struct import_state_row *state;
	uint32_t upto = s->row.total - s->row.done < STEP_ROWS ? s->row.total : s->row.done + STEP_ROWS;
	uint32_t from = s->row.done;
	uint64_t changed;
	size_t n;
	struct buf *const all[] = {&a.bulk.customers, &a.bulk.contacts, &a.bulk.properties, &a.bulk.pools, &a.bulk.notes,
	    &a.bulk.tags, &a.bulk.grams, &a.bulk.events};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		*all[i] = buf_open(w->arena, 32 * 1024, BULK_BYTES_MAX);
	a.waiting = arena_array(w->arena, struct waiting, STEP_ROWS);
	TRY(import_sheet_open(w, s->row.id, &s->order, &a.sheet));
	TRY(rows_skip(&a));
	TRY(sql_import_states(w->db, s->row.id, s->row.done, upto, w->arena, &state, &n));
	if (n != upto - s->row.done)
		return fail(&w->fault, E_BUG, NULL, "Rows of an import are missing.");
	for (size_t i = 0; i < n && a.bulk.notes.n < STEP_BYTES; i++)
		TRY(row_take(&a, &state[i]));
	TRY(bulk_write(&a));
	TRY(waiting_write(&a));
	TRY(sql_import_rows_settle(w->db, s->row.id, from, s->row.done, ROW_CHANGE, ROW_DONE, &changed));
	return sql_import_rows_settle(w->db, s->row.id, from, s->row.done, ROW_CREATE, ROW_MADE, &changed);
}

/* To the cursor; what is passed over leaves nothing in memory. */
static enum err
rows_skip(struct apply *a)
{
	struct arena_mark mark = arena_mark(a->w->arena);
	struct table_row row;
	bool more = true;

	for (uint32_t i = 0; i < a->step->row.done && more; i++) {
		TRY(table_next(&a->sheet.table, a->w->arena, &row, &more, &a->w->fault));
		arena_rewind(a->w->arena, mark);
	}
	return OK;
}

static enum err
row_take(struct apply *a, const struct import_state_row *state)
{
	struct fault f = {0};
	struct import_values v;
	struct table_row row;
	bool whole;

	TRY(import_row_next(a->w, &a->sheet, &row, &v, &whole, &f));
	a->step->row.done = state->n;
	if (!whole)
		return OK;
	if (state->state == ROW_CHANGE || (state->state == ROW_CREATE && (state->record_id & IMPORT_FOLLOWS) != 0)) {
		a->waiting[a->waiting_n++] = (struct waiting){v, *state};
		return OK;
	}
	return state->state == ROW_CREATE ? customer_add(a, state->record_id, state->n, &v) : OK;
}

static enum err
customer_add(struct apply *a, uint64_t id, uint32_t row_n, const struct import_values *v)
{
	struct buf search = buf_open(a->w->arena, 512, SEARCHED_MAX * 4), *b = &a->bulk.customers;
	uint64_t property_id = v->street.n > 0 ? import_id(a->step) : 0;
	uint64_t pool_id = v->pool && property_id != 0 ? import_id(a->step) : 0;

	begin(b);
	buf_printf(b, "\"id\":%llu,\"kind\":%u", (unsigned long long)id, (unsigned)v->kind);
	member(b, "name", v->name);
	member(b, "email", v->email);
	member(b, "bs", v->bill_street);
	member(b, "bc", v->bill_city);
	member(b, "br", v->bill_region);
	member(b, "bp", v->bill_postcode);
	member(b, "x", v->external_id);
	buf_char(b, '}');
	contact_add(a, id, v);
	if (property_id != 0)
		TRY(property_add(a, id, property_id, v));
	if (pool_id != 0)
		pool_add(a, property_id, pool_id, v);
	/* The same words as search_words of sql/tenant/queries/search.sql finds. */
	buf_printf(&search, "%.*s %.*s %.*s %.*s %.*s %.*s %.*s %.*s %.*s", STR_ARG(v->name), STR_ARG(v->email),
	    STR_ARG(v->external_id), STR_ARG(v->street), STR_ARG(v->city), STR_ARG(v->postcode), STR_ARG(v->dogs),
	    STR_ARG(v->contact), STR_ARG(v->phone));
	for (size_t i = 0; i < v->tags; i++) {
		begin(&a->bulk.tags);
		buf_printf(&a->bulk.tags, "\"c\":%llu", (unsigned long long)id);
		member(&a->bulk.tags, "tag", v->tag[i]);
		buf_char(&a->bulk.tags, '}');
		buf_printf(&search, " %.*s", STR_ARG(v->tag[i]));
	}
	notes_add(a, id, property_id, v, &search);
	grams_add(a, id, buf_str(&search));
	event_add(a, id, property_id, pool_id, row_n);
	return OK;
}

static void
contact_add(struct apply *a, uint64_t id, const struct import_values *v)
{
	struct buf *b = &a->bulk.contacts;
	uint64_t by_sms, by_email;

	if (v->phone.n + v->email.n == 0)
		return;
	contact_defaults(RELATION_OWNER, v->phone.n > 0, v->email.n > 0, &by_sms, &by_email);
	begin(b);
	buf_printf(b, "\"id\":%llu,\"c\":%llu,\"s\":%llu,\"e\":%llu", (unsigned long long)import_id(a->step),
	    (unsigned long long)id, (unsigned long long)by_sms, (unsigned long long)by_email);
	member(b, "name", v->contact);
	member(b, "phone", v->phone);
	member(b, "email", v->email);
	buf_char(b, '}');
}

static enum err
property_add(struct apply *a, uint64_t id, uint64_t property_id, const struct import_values *v)
{
	struct buf *b = &a->bulk.properties;
	struct str sealed = STR("");

	if (v->gate_code.n > 0) {
		TRY(work_seal(a->w, KEY_GATE, "property", "gate_code", property_id, v->gate_code, &sealed));
		sealed = str_hex(a->w->arena, sealed.p, sealed.n);
	}
	begin(b);
	buf_printf(b, "\"id\":%llu,\"c\":%llu", (unsigned long long)property_id, (unsigned long long)id);
	member(b, "street", v->street);
	member(b, "city", v->city);
	member(b, "region", v->region);
	member(b, "postcode", v->postcode);
	member(b, "gate", sealed);
	member(b, "dogs", v->dogs);
	if (v->lat_e6.is)
		buf_printf(b, ",\"lat\":%lld,\"lng\":%lld", (long long)v->lat_e6.v, (long long)v->lng_e6.v);
	buf_printf(b, ",\"ps\":%u,\"sc\":%u}", (unsigned)(v->lat_e6.is ? PLACE_GIVEN : PLACE_NONE), v->lat_e6.is ? 100U : 0U);
	return OK;
}

static void
pool_add(struct apply *a, uint64_t property_id, uint64_t pool_id, const struct import_values *v)
{
	struct buf *b = &a->bulk.pools;

	begin(b);
	buf_printf(b, "\"id\":%llu,\"p\":%llu,\"kind\":%u,\"s\":%u,\"z\":%u,\"ls\":%u", (unsigned long long)pool_id,
	    (unsigned long long)property_id, (unsigned)v->pool_kind, (unsigned)v->surface, (unsigned)v->sanitiser,
	    (unsigned)(v->volume_l.is ? VOLUME_ESTIMATED : VOLUME_UNKNOWN));
	if (v->volume_l.is)
		buf_printf(b, ",\"l\":%u", v->volume_l.v);
	buf_char(b, '}');
}

static void
notes_add(struct apply *a, uint64_t id, uint64_t property_id, const struct import_values *v, struct buf *search)
{
	note_add(a, id, property_id, AUDIENCE_TECHNICIANS, v->note_technicians, search);
	note_add(a, id, 0, AUDIENCE_OFFICE, v->note_office, search);
	note_add(a, id, 0, AUDIENCE_OFFICE,
	    order_rest(v, a->step->order.language == SPANISH, str_of(a->w->tenant->currency), a->w->arena), search);
}

static void
note_add(struct apply *a, uint64_t id, uint64_t property_id, enum audience to, struct str body, struct buf *search)
{
	struct buf *b = &a->bulk.notes;

	if (body.n == 0)
		return;
	begin(b);
	buf_printf(b, "\"id\":%llu,\"c\":%llu,\"k\":%u,\"o\":%llu,\"a\":%u", (unsigned long long)import_id(a->step),
	    (unsigned long long)id, (unsigned)(property_id != 0 ? RECORD_PROPERTY : RECORD_CUSTOMER),
	    (unsigned long long)(property_id != 0 ? property_id : id), (unsigned)to);
	member(b, "body", body);
	buf_char(b, '}');
	buf_char(search, ' ');
	buf_add(search, audit_cut(a->w->arena, body, NOTE_SEARCHED));
}

static void
grams_add(struct apply *a, uint64_t id, struct str words)
{
	struct buf *b = &a->bulk.grams;
	size_t n;
	uint16_t *gram = grams_of(words, false, a->w->arena, &n);

	begin(b);
	buf_printf(b, "\"c\":%llu,\"g\":", (unsigned long long)id);
	buf_add(b, grams_json(gram, n, a->w->arena));
	buf_char(b, '}');
}

static void
event_add(struct apply *a, uint64_t id, uint64_t property_id, uint64_t pool_id, uint32_t row_n)
{
	struct buf *b = &a->bulk.events;
	const struct event_value said[] = {{STR("file"), audit_cut(a->w->arena, a->step->order.name, EVENT_VALUE_MAX)},
	    {STR("row"), str_printf(a->w->arena, "%u", row_n)}};
	const struct event_detail d = {said, 2};

	begin(b);
	buf_printf(b, "\"id\":%llu,\"c\":%llu,\"p\":%llu,\"o\":%llu,\"d\":", (unsigned long long)import_id(a->step),
	    (unsigned long long)id, (unsigned long long)property_id, (unsigned long long)pool_id);
	shape_write(&event_detail_shape, &d, b);
	buf_char(b, '}');
}

/* Each table in one statement; an empty list is not sent. */
static enum err
bulk_write(struct apply *a)
{
	struct work *w = a->w;
	struct bulk *k = &a->bulk;
	struct str language = str_of(language_tag(a->step->order.language)), who;
	uint64_t made;
	struct buf *const all[] = {&k->customers, &k->contacts, &k->properties, &k->pools, &k->notes, &k->tags, &k->grams,
	    &k->events};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i]->n > 0)
			buf_char(all[i], ']');
		if (all[i]->full)
			return fail(&w->fault, E_BUG, NULL, "A step of an import does not fit.");
	}
	if (k->customers.n == 0)
		return OK;
	TRY(tell_actor(w, &who));
	TRY(sql_made_customers(w->db, buf_str(&k->customers), STANDING_LEAD, language, SOURCE, w->now, &made));
	if (k->contacts.n > 0)
		TRY(sql_made_contacts(w->db, buf_str(&k->contacts), RELATION_OWNER, language, &made));
	if (k->properties.n > 0)
		TRY(sql_made_properties(w->db, buf_str(&k->properties), w->now, &made));
	if (k->pools.n > 0)
		TRY(sql_made_pools(w->db, buf_str(&k->pools), &made));
	if (k->notes.n > 0)
		TRY(sql_made_notes(w->db, buf_str(&k->notes), a->step->row.staff_id, w->now, &made));
	if (k->tags.n > 0)
		TRY(sql_made_tags(w->db, buf_str(&k->tags), RECORD_CUSTOMER, &made));
	TRY(sql_made_grams(w->db, buf_str(&k->grams), &made));
	return sql_made_events(w->db, buf_str(&k->events), w->now, EVENT_CUSTOMER_IMPORTED, w->actor.kind, w->actor.id, who,
	    RECORD_BATCH, a->step->row.id, &made);
}

/* Somebody who was here, or who came with another row. */
static enum err
waiting_write(struct apply *a)
{
	struct import_log *l = &a->step->log;
	struct import_state_row *leaders;
	struct import_here here;
	uint64_t ids[STEP_ROWS];
	size_t n, ids_n = 0;

	*l = (struct import_log){buf_open(a->w->arena, 32 * 1024, BULK_BYTES_MAX), buf_open(a->w->arena, 32 * 1024, BULK_BYTES_MAX),
	    arena_array(a->w->arena, uint64_t, STEP_ROWS), 0};
	TRY(leaders_find(a, &leaders, &n));
	for (size_t i = 0; i < a->waiting_n; i++) {
		const struct import_state_row *who = whose(&a->waiting[i], leaders, n);

		if (who == NULL)
			return fail(&a->w->fault, E_BUG, NULL, "A row of an import follows one that is not there.");
		ids[ids_n++] = who->record_id;
	}
	TRY(import_here_load(a->w, ids, ids_n, &here));
	for (size_t i = 0; i < a->waiting_n; i++)
		TRY(waiting_one(a, &a->waiting[i], whose(&a->waiting[i], leaders, n), &here));
	return import_log_write(a->w, a->step);
}

/* NULL: it follows a row that is not there. */
static const struct import_state_row *
whose(const struct waiting *x, const struct import_state_row *leaders, size_t n)
{
	return (x->state.record_id & IMPORT_FOLLOWS) == 0 ? &x->state : leader_of(leaders, n, x->state.record_id);
}

/* Of a row that was left out, or that nobody has answered, those who follow it share the fate. Plain changes are settled together. */
static enum err
waiting_one(struct apply *a, const struct waiting *x, const struct import_state_row *leader, const struct import_here *here)
{
	const bool left = leader->state == ROW_SKIP || leader->state == ROW_ASK;
	struct import_changes changes;
	uint64_t changed;

	if (!left) {
		const struct import_person *p = import_here_find(here, leader->record_id);
		struct import_here again = {0};

		/* Another row of this step was there before: as it left them. */
		if (touched(&a->step->log, leader->record_id)) {
			TRY(import_here_load(a->w, &leader->record_id, 1, &again));
			p = import_here_find(&again, leader->record_id);
		}
		a->step->at = x->state.n;
		if (p != NULL)
			TRY(import_merge(a->w, a->step, p, &x->v, true, &changes));
	}
	if ((x->state.record_id & IMPORT_FOLLOWS) == 0)
		return OK;
	return sql_import_row_settle(a->w->db, a->step->row.id, x->state.n, left ? leader->state : ROW_DONE, leader->record_id,
	    &changed);
}

static bool
touched(const struct import_log *l, uint64_t id)
{
	for (size_t i = 0; i < l->touched_n; i++)
		if (l->touched[i] == id)
			return true;
	return false;
}

static enum err
leaders_find(struct apply *a, struct import_state_row **rows, size_t *n)
{
	struct buf list = buf_open(a->w->arena, 1024, 64 * 1024);

	for (size_t i = 0; i < a->waiting_n; i++)
		if ((a->waiting[i].state.record_id & IMPORT_FOLLOWS) != 0)
			buf_printf(&list, "%s%llu", list.n > 0 ? "," : "[",
			    (unsigned long long)(a->waiting[i].state.record_id & ~IMPORT_FOLLOWS));
	*n = 0;
	*rows = NULL;
	if (list.n == 0)
		return OK;
	buf_char(&list, ']');
	return sql_import_states_of(a->w->db, a->step->row.id, buf_str(&list), a->w->arena, rows, n);
}

static const struct import_state_row *
leader_of(const struct import_state_row *rows, size_t n, uint64_t follows)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].n == (follows & ~IMPORT_FOLLOWS))
			return &rows[i];
	return NULL;
}

static void
begin(struct buf *b)
{
	buf_add(b, b->n > 0 ? STR(",{") : STR("[{"));
}

static void
member(struct buf *b, const char *name, struct str text)
{
	buf_printf(b, ",\"%s\":", name);
	json_text(b, text);
}
