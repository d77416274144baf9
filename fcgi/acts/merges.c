/*
 * fcgi/acts/merges.c -- load, decide, save, tell: two records become one.
 */
#include "fcgi/acts/merges.h"

#include "domain/base/id.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/merges.h"
#include "sql/tenant/queries/notes.h"
#include "sql/tenant/queries/search.h"

#define IDS_PART 2000 /* ids of one part: they fit its cells */
#define CELLS_MAX 60000
#define LIKE_TEXT_MAX 1200 /* of one customer; what is behind is not compared */
#define OWN_MAX 25000 /* of the column `own`, so that both fit a part's cells; longer ones are left as they are */

typedef enum err ids_fn(struct tdb *db, uint64_t customer_id, struct arena *a, struct person_id_row **rows, size_t *n);
typedef enum err give_fn(struct tdb *db, struct str ids, uint64_t giver, uint64_t taker, uint64_t *changed);

/* What hangs on a customer by its own customer_id. Pools and equipment go with their property. */
static const struct mover {
	enum record_kind kind;
	ids_fn *ids;
	give_fn *give;
} movers[] = {
	{RECORD_PROPERTY, sql_merge_properties, sql_merge_give_properties},
	{RECORD_CONTACT, NULL, sql_merge_give_contacts} /* moving: those who are there already stay */,
	{RECORD_NOTE, sql_merge_notes, sql_merge_give_notes},
	{RECORD_FILE, sql_merge_files, sql_merge_give_files},
	{RECORD_AGREEMENT, sql_merge_agreements, sql_merge_give_agreements},
	{RECORD_VISIT, sql_merge_visits, sql_merge_give_visits},
	{RECORD_BILL, sql_merge_charges, sql_merge_give_charges},
	{RECORD_METHOD, sql_merge_methods, sql_merge_give_methods},
	{RECORD_RULE, NULL, sql_merge_give_rules} /* moving: where both have it, the one who stays keeps theirs */,
	{RECORD_CONVERSATION, sql_merge_conversations, sql_merge_give_conversations},
};
#define MOVERS (sizeof(movers) / sizeof(*movers))

/* A part of the batch: what moved, or one field that was filled, or one tag that was added. */
struct merge_part {
	enum record_kind kind; /* none: a field */
	struct str ids;        /* "[1,2]" of what moved */
	struct str field, was, became;
};
static const struct field merge_part_fields[] = {
	FIELD_ENUM(struct merge_part, kind, record_kind_names),
	FIELD_TEXT(struct merge_part, ids, 0, CELLS_MAX),
	FIELD_TEXT(struct merge_part, field, 0, 40),
	FIELD_TEXT(struct merge_part, was, 0, OWN_MAX),
	FIELD_TEXT(struct merge_part, became, 0, OWN_MAX),
	FIELD_END
};
static const struct shape merge_part_shape = {"MergePart", sizeof(struct merge_part), merge_part_fields};

/* What the list of big acts reads too (edits.c): the words, and who. */
struct merge_body {
	struct str what, value;
};
static const struct field merge_body_fields[] = {
	FIELD_TEXT(struct merge_body, what, 1, 20),
	FIELD_TEXT(struct merge_body, value, 0, 300),
	FIELD_END
};
static const struct shape merge_body_shape = {"MergeBody", sizeof(struct merge_body), merge_body_fields};

/* Both rows, what the one becomes, and the batch under way. */
struct merging {
	struct customer_row keep, lose, is;
	struct str keep_took, lose_took;
	uint64_t batch;
	uint32_t parts;
};

static enum err look(struct work *w, uint64_t keep_id, uint64_t lose_id, struct merging *m, struct merge *out);
static void fields_look(struct work *w, struct merging *m, struct merge *out);
static enum err own_joined(struct work *w, const struct merging *m, struct own_value **all, size_t *n);
static enum err moving(struct work *w, const struct merging *m, const struct mover *v, struct person_id_row **rows, size_t *n,
    uint32_t *same);
static enum err moves_look(struct work *w, const struct merging *m, struct merge *out);
static enum err apply(struct work *w, struct merging *m, const struct merge *seen);
static enum err keep_save(struct work *w, const struct customer_row *c, struct str took);
static enum err move(struct work *w, struct merging *m, const struct mover *v);
static enum err tags_move(struct work *w, struct merging *m);
static enum err money_may(struct work *w, const struct merge_money_row *money);
static enum err money_move(struct work *w, const struct merging *m, uint64_t from, uint64_t to);
static struct str owners_of(struct work *w, const struct merging *m);
static enum err part_write(struct work *w, struct merging *m, const struct merge_part *p);
static enum err told(struct work *w, const struct merging *m, const struct merge *seen);
static enum err give_back(struct work *w, const struct merge_part *p, struct merging *m, struct merge_undo *out);
static struct str ids_text(struct work *w, const struct person_id_row *rows, size_t n);
static struct str took_with(struct work *w, const struct merging *m);
static struct str took_without(struct work *w, const struct merging *m);
static bool two_ids(struct str text, uint64_t out[2]);
static bool took_holds(struct str took, uint64_t id);
static struct str apart_name(struct work *w, uint64_t a, uint64_t b);
static enum err facts_read(struct work *w, struct like_facts **facts, size_t *n);
static void listed(struct buf *b, char between, struct str text);

enum err
act_duplicates(struct work *w, size_t max, struct duplicates *out)
{
	struct like_facts *f;
	struct apart_row *apart;
	struct like_pair *pair;
	struct buf ids = buf_open(w->arena, 4096, 2 + max * 2 * 21);
	struct customer_line_row *lines;
	size_t facts, apart_n, pairs, lines_n, shown = 0;

	TRY(facts_read(w, &f, &facts));
	pair = like_pairs(f, facts, w->arena, &pairs);
	TRY(sql_aparts(w->db, SETTING_APART, w->arena, &apart, &apart_n));
	*out = (struct duplicates){.rows = arena_array(w->arena, struct duplicate, max)};
	for (size_t i = 0; i < pairs; i++) {
		struct str name = apart_n == 0 ? STR("") : apart_name(w, pair[i].a, pair[i].b);
		size_t k = 0;

		while (k < apart_n && !str_eq(apart[k].name, name))
			k++;
		if (k < apart_n)
			continue;
		out->total++;
		if (shown < max)
			pair[shown++] = pair[i];
	}
	for (size_t i = 0; i < shown; i++)
		buf_printf(&ids, "%c%llu,%llu", i == 0 ? '[' : ',', (unsigned long long)pair[i].a, (unsigned long long)pair[i].b);
	buf_add(&ids, shown == 0 ? STR("[]") : STR("]"));
	TRY(sql_customer_lines(w->db, buf_str(&ids), RECORD_CUSTOMER, w->arena, &lines, &lines_n));
	if (lines_n != 2 * shown)
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	for (size_t i = 0; i < shown; i++)
		out->rows[out->rows_n++] = (struct duplicate){lines[2 * i], lines[2 * i + 1], pair[i].why};
	return OK;
}

/* Three lists in one order, walked side by side. */
static enum err
facts_read(struct work *w, struct like_facts **facts, size_t *n)
{
	struct likeness_contact_row *who;
	struct likeness_place_row *place;
	struct likeness_row *row;
	size_t who_n, place_n, k = 0, p = 0;

	TRY(sql_likeness_customers(w->db, STANDING_ARCHIVED, w->arena, &row, n));
	TRY(sql_likeness_contacts(w->db, w->arena, &who, &who_n));
	TRY(sql_likeness_places(w->db, w->arena, &place, &place_n));
	*facts = arena_array(w->arena, struct like_facts, *n);
	for (size_t i = 0; i < *n; i++) {
		struct buf phones = buf_open(w->arena, 32, LIKE_TEXT_MAX), emails = buf_open(w->arena, 64, LIKE_TEXT_MAX);
		struct buf addresses = buf_open(w->arena, 64, LIKE_TEXT_MAX);
		struct str city = STR("");

		buf_add(&emails, row[i].email);
		for (; k < who_n && who[k].customer_id <= row[i].id; k++)
			if (who[k].customer_id == row[i].id) {
				listed(&phones, ' ', who[k].phone);
				if (!str_eq_nocase(who[k].email, row[i].email))
					listed(&emails, ' ', who[k].email);
			}
		for (; p < place_n && place[p].customer_id <= row[i].id; p++)
			if (place[p].customer_id == row[i].id) {
				city = addresses.n == 0 ? place[p].city : city;
				listed(&addresses, '\n', str_printf(w->arena, "%.*s|%.*s", STR_ARG(place[p].street), STR_ARG(place[p].postcode)));
			}
		(*facts)[i] = (struct like_facts){row[i].id, row[i].name, city, buf_str(&phones), buf_str(&emails), buf_str(&addresses)};
	}
	return OK;
}

/* Whole or not at all: half a number would be like another's half. */
static void
listed(struct buf *b, char between, struct str text)
{
	if (text.n == 0 || b->n + 1 + text.n > LIKE_TEXT_MAX)
		return;
	if (b->n > 0)
		buf_char(b, between);
	buf_add(b, text);
}

enum err
act_apart(struct work *w, const struct apart_wish *in, bool together)
{
	struct str name = apart_name(w, in->a, in->b);
	struct customer_row a, b;
	struct apart_row *rows;
	uint64_t changed;
	size_t n;

	TRY(sql_customer_one(w->db, in->a, w->arena, &a));
	TRY(sql_customer_one(w->db, in->b, w->arena, &b));
	TRY(sql_apart_drop(w->db, SETTING_APART, name, &changed));
	if (together)
		return OK;
	TRY(sql_aparts(w->db, SETTING_APART, w->arena, &rows, &n));
	if (n >= APARTS_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "At most %d pairs are kept apart.", APARTS_MAX);
	return sql_apart_insert(w->db, work_id(w), SETTING_APART, name);
}

enum err
act_merge(struct work *w, uint64_t keep_id, const struct merge_wish *in, struct merge *out)
{
	struct merging m = {0};

	TRY(look(w, keep_id, in->other_id, &m, out));
	if (in->dry)
		return OK;
	TRY(apply(w, &m, out));
	out->batch_id = (struct maybe_u64){true, m.batch};
	return OK;
}

static enum err
look(struct work *w, uint64_t keep_id, uint64_t lose_id, struct merging *m, struct merge *out)
{
	struct merge_money_row money;
	struct took_row took;

	if (keep_id == lose_id)
		return fail(&w->fault, E_INVALID, "other_id", "Choose another customer.");
	TRY(sql_customer_one(w->db, keep_id, w->arena, &m->keep));
	TRY(sql_customer_one(w->db, lose_id, w->arena, &m->lose));
	if (m->keep.merged_into.is || m->lose.merged_into.is)
		return fail(&w->fault, E_INVALID, "other_id", "This record went into another. Undo the merge instead.");
	TRY(sql_merge_took(w->db, keep_id, w->arena, &took));
	m->keep_took = took.took;
	TRY(sql_merge_took(w->db, lose_id, w->arena, &took));
	m->lose_took = took.took;
	TRY(sql_merge_money(w->db, owners_of(w, m), w->arena, &money));
	TRY(money_may(w, &money));
	*out = (struct merge){.keep_id = keep_id, .lose_id = lose_id, .keep_name = m->keep.name, .lose_name = m->lose.name,
	    .bills = (uint32_t)money.bills, .payments = (uint32_t)money.payments};
	fields_look(w, m, out);
	return moves_look(w, m, out);
}

/* The one who stays keeps its own words; an address is filled as a whole, or it would be nobody's. */
static void
fields_look(struct work *w, struct merging *m, struct merge *out)
{
	const struct customer_row *k = &m->keep, *l = &m->lose;
	struct customer_row *is = &m->is;
	const bool bare = k->bill_street.n + k->bill_city.n + k->bill_region.n + k->bill_postcode.n == 0;

	*is = *k;
	is->email = k->email.n > 0 ? k->email : l->email;
	is->source = k->source.n > 0 ? k->source : l->source;
	is->external_id = k->external_id.n > 0 ? k->external_id : l->external_id;
	is->bill_street = bare ? l->bill_street : k->bill_street;
	is->bill_city = bare ? l->bill_city : k->bill_city;
	is->bill_region = bare ? l->bill_region : k->bill_region;
	is->bill_postcode = bare ? l->bill_postcode : k->bill_postcode;
	const struct merge_field all[] = {
		{STR("name"), k->name, l->name, k->name},
		{STR("kind"), str_of(customer_kind_names[k->kind]), str_of(customer_kind_names[l->kind]), str_of(customer_kind_names[k->kind])},
		{STR("email"), k->email, l->email, is->email},
		{STR("language"), k->language, l->language, k->language},
		{STR("bill_street"), k->bill_street, l->bill_street, is->bill_street},
		{STR("bill_city"), k->bill_city, l->bill_city, is->bill_city},
		{STR("bill_region"), k->bill_region, l->bill_region, is->bill_region},
		{STR("bill_postcode"), k->bill_postcode, l->bill_postcode, is->bill_postcode},
		{STR("source"), k->source, l->source, is->source},
		{STR("external_id"), k->external_id, l->external_id, is->external_id},
	};
	out->fields = arena_array(w->arena, struct merge_field, MERGE_FIELDS_MAX);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i].keep.n + all[i].lose.n > 0)
			out->fields[out->fields_n++] = all[i];
}

/* The company's own fields: what the one has no value of comes from the other. *n = 0: nothing does. */
static enum err
own_joined(struct work *w, const struct merging *m, struct own_value **all, size_t *n)
{
	const struct own_value *k, *l;
	size_t k_n, l_n;

	TRY(own_read(w, m->keep.own, &k, &k_n));
	TRY(own_read(w, m->lose.own, &l, &l_n));
	*all = arena_array(w->arena, struct own_value, k_n + l_n);
	*n = 0;
	for (size_t i = 0; i < k_n; i++)
		(*all)[(*n)++] = k[i];
	for (size_t i = 0; i < l_n && *n < OWN_FIELDS_MAX; i++) {
		size_t j = 0;

		while (j < k_n && k[j].field_id != l[i].field_id)
			j++;
		if (j == k_n)
			(*all)[(*n)++] = l[i];
	}
	if (*n == k_n || m->keep.own.n + m->lose.own.n > OWN_MAX)
		*n = 0;
	return OK;
}

/* Whose ids move; *same: contacts of the same name, telephone and e-mail, certificates of the same name are there already. */
static enum err
moving(struct work *w, const struct merging *m, const struct mover *v, struct person_id_row **rows, size_t *n, uint32_t *same)
{
	struct contact_row *here, *there;
	size_t here_n, there_n;

	*same = 0;
	if (v->kind == RECORD_RULE) {
		struct number_row both;

		TRY(sql_merge_rules_same(w->db, m->lose.id, m->keep.id, SETTING_EXEMPTION, SETTING_BILLING, w->arena, &both));
		*same = (uint32_t)both.number;
		return sql_merge_rules(w->db, m->lose.id, m->keep.id, SETTING_EXEMPTION, SETTING_BILLING, w->arena, rows, n);
	}
	if (v->ids != NULL)
		return v->ids(w->db, m->lose.id, w->arena, rows, n);
	TRY(sql_contacts_of(w->db, m->keep.id, w->arena, &here, &here_n));
	TRY(sql_contacts_of(w->db, m->lose.id, w->arena, &there, &there_n));
	*rows = arena_array(w->arena, struct person_id_row, there_n);
	*n = 0;
	for (size_t i = 0; i < there_n; i++) {
		size_t j = 0;

		while (j < here_n && (!str_eq(here[j].phone, there[i].phone) || !str_eq_nocase(here[j].email, there[i].email) ||
		    !str_eq(like_name(here[j].name, w->arena), like_name(there[i].name, w->arena))))
			j++;
		if (j < here_n)
			++*same;
		else
			(*rows)[(*n)++] = (struct person_id_row){there[i].id};
	}
	return OK;
}

static enum err
moves_look(struct work *w, const struct merging *m, struct merge *out)
{
	struct number_row pools;

	out->moves = arena_array(w->arena, struct merge_move, MERGE_MOVES_MAX);
	for (size_t i = 0; i < MOVERS; i++) {
		struct person_id_row *ids;
		uint32_t same;
		size_t n;

		TRY(moving(w, m, &movers[i], &ids, &n, &same));
		if (n + same > 0)
			out->moves[out->moves_n++] = (struct merge_move){movers[i].kind, (uint32_t)n, same};
	}
	TRY(sql_merge_pools(w->db, m->lose.id, w->arena, &pools));
	if (pools.number > 0)
		out->moves[out->moves_n++] = (struct merge_move){RECORD_POOL, (uint32_t)pools.number, 0};
	return OK;
}

static enum err
apply(struct work *w, struct merging *m, const struct merge *seen)
{
	const struct merge_body body = {STR("merge"), str_printf(w->arena, "%.*s → %.*s", STR_ARG(m->lose.name), STR_ARG(m->keep.name))};
	struct buf b = buf_open(w->arena, 256, 4096);
	struct own_value *own;
	size_t own_n;

	m->batch = work_id(w);
	shape_write(&merge_body_shape, &body, &b);
	TRY(sql_batch_insert(w->db, m->batch, BATCH_MERGE, BATCH_DONE, w->actor.id, w->now, 1, 1,
	    (struct maybe_i64){true, w->now}, buf_str(&b)));
	/* The first part says who went where, and since when they were archived before. */
	TRY(part_write(w, m, &(struct merge_part){.ids = str_printf(w->arena, "[%llu,%llu]", (unsigned long long)m->keep.id,
	    (unsigned long long)m->lose.id), .field = STR("merged_into"),
	    .was = m->lose.archived_at.is ? str_printf(w->arena, "%lld", (long long)m->lose.archived_at.v) : STR("")}));
	for (size_t i = 0; i < MOVERS; i++)
		TRY(move(w, m, &movers[i]));
	TRY(tags_move(w, m));
	TRY(money_move(w, m, m->lose.id, m->keep.id));
	TRY(own_joined(w, m, &own, &own_n));
	if (own_n > 0) {
		const struct record on = {m->keep.id, RECORD_CUSTOMER, m->keep.id, m->batch};

		TRY(own_write(w, &on, m->keep.own, own, own_n, &m->is.own));
		TRY(part_write(w, m, &(struct merge_part){.field = STR("own"), .was = m->keep.own, .became = m->is.own}));
	}
	for (size_t i = 0; i < seen->fields_n; i++)
		if (!str_eq(seen->fields[i].keep, seen->fields[i].becomes))
			TRY(part_write(w, m, &(struct merge_part){.field = seen->fields[i].field, .was = seen->fields[i].keep,
			    .became = seen->fields[i].becomes}));
	TRY(keep_save(w, &m->is, took_with(w, m)));
	TRY(sql_merge_lose(w->db, m->lose.id, (struct maybe_u64){true, m->keep.id}, (struct maybe_i64){true, w->now}, m->lose.version));
	return told(w, m, seen);
}

static enum err
keep_save(struct work *w, const struct customer_row *c, struct str took)
{
	return sql_merge_keep(w->db, c->id, c->email, c->bill_street, c->bill_city, c->bill_region, c->bill_postcode,
	    c->source, c->external_id, c->own, took, c->version);
}

static enum err
move(struct work *w, struct merging *m, const struct mover *v)
{
	struct person_id_row *rows;
	uint32_t same;
	size_t n;

	TRY(moving(w, m, v, &rows, &n, &same));
	for (size_t from = 0; from < n; from += IDS_PART) {
		const struct merge_part p = {.kind = v->kind, .ids = ids_text(w, rows + from, n - from < IDS_PART ? n - from : IDS_PART)};
		uint64_t changed;

		TRY(v->give(w->db, p.ids, m->lose.id, m->keep.id, &changed));
		TRY(part_write(w, m, &p));
	}
	return OK;
}

/* The ledger is for those who write bills. */
static enum err
money_may(struct work *w, const struct merge_money_row *money)
{
	if (money->bills + money->payments == 0 || (w->actor.may & MAY(MAY_BILL)) != 0)
		return OK;
	return fail(&w->fault, E_INVALID, "other_id",
	    "Bills or payments are written in the name of this record. Somebody who writes bills can merge it.");
}

/*
 * What is open of the other's bills and free of its payments passes from one account to the other. The same both ways:
 * what was paid in between by the one who stays stays paid, and only the rest goes back.
 */
static enum err
money_move(struct work *w, const struct merging *m, uint64_t from, uint64_t to)
{
	const struct str owners = owners_of(w, m);
	struct balance_row *open, *held;
	size_t open_n, held_n;
	struct billing b;
	uint64_t touched;

	TRY(sql_merge_touch_bills(w->db, owners, &touched));
	TRY(sql_merge_touch_payments(w->db, owners, &touched));
	TRY(sql_merge_open_bills(w->db, from, owners, ACCOUNT_RECEIVABLE, w->arena, &open, &open_n));
	TRY(sql_merge_free_payments(w->db, from, owners, ACCOUNT_UNAPPLIED, w->arena, &held, &held_n));
	if (open_n + held_n == 0)
		return OK;
	TRY(billing_read(w, &b));
	for (size_t i = 0; i < open_n + held_n; i++) {
		const bool bill = i < open_n;
		const struct balance_row *r = bill ? &open[i] : &held[i - open_n];
		struct posting p;

		TRY(posting_transfer(bill ? ACCOUNT_RECEIVABLE : ACCOUNT_UNAPPLIED, r->id, from, to, r->cents,
		    zone_day(w->tenant->zone, w->now), &p, &w->fault));
		TRY(tell_posting(w, &b, &p));
	}
	return OK;
}

/* The other, and whom it had taken in: "[1,2]". */
static struct str
owners_of(struct work *w, const struct merging *m)
{
	return m->lose_took.n > 2
	    ? str_printf(w->arena, "[%llu,%.*s", (unsigned long long)m->lose.id, (int)m->lose_took.n - 1, m->lose_took.p + 1)
	    : str_printf(w->arena, "[%llu]", (unsigned long long)m->lose.id);
}

/* Their tags are added; the other keeps its own, nobody sees them there. */
static enum err
tags_move(struct work *w, struct merging *m)
{
	struct tag_row *here, *there;
	size_t here_n, there_n;
	uint64_t changed;

	TRY(sql_tags_of(w->db, RECORD_CUSTOMER, m->keep.id, w->arena, &here, &here_n));
	TRY(sql_tags_of(w->db, RECORD_CUSTOMER, m->lose.id, w->arena, &there, &there_n));
	for (size_t i = 0; i < there_n; i++) {
		size_t j = 0;

		while (j < here_n && !str_eq_nocase(here[j].tag, there[i].tag))
			j++;
		if (j < here_n)
			continue;
		TRY(sql_tag_insert(w->db, RECORD_CUSTOMER, there[i].tag, m->keep.id, &changed));
		TRY(part_write(w, m, &(struct merge_part){.field = STR("tag"), .became = there[i].tag}));
	}
	return OK;
}

static enum err
part_write(struct work *w, struct merging *m, const struct merge_part *p)
{
	struct buf b = buf_open(w->arena, 256, CELLS_MAX);

	shape_write(&merge_part_shape, p, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A part of a merge does not fit.");
	return sql_batch_part_insert(w->db, m->batch, ++m->parts, ROW_DONE, m->lose.id, buf_str(&b));
}

static enum err
told(struct work *w, const struct merging *m, const struct merge *seen)
{
	const struct record on = {m->keep.id, RECORD_CUSTOMER, m->keep.id, m->batch};
	const struct event_value v[] = {{STR("name"), m->lose.name}};
	struct field_change *c = arena_array(w->arena, struct field_change, seen->fields_n);

	for (size_t i = 0; i < seen->fields_n; i++)
		c[i] = (struct field_change){seen->fields[i].field.p, seen->fields[i].keep, seen->fields[i].becomes, CHANGE_PLAIN};
	TRY(tell_change(w, &on, c, seen->fields_n, NULL));
	TRY(tell_event(w, &(struct event){.customer_id = m->keep.id, .kind = EVENT_CUSTOMERS_MERGED, .ref_kind = RECORD_BATCH,
	    .ref_id = m->batch, .values = v, .values_n = 1}));
	TRY(tell_standing(w, m->lose.id));
	TRY(tell_standing(w, m->keep.id));
	return audit(w, "customers.merged", "customer", m->keep.id, m->lose.name);
}

enum err
act_merge_undo(struct work *w, uint64_t batch_id, struct merge_undo *out)
{
	struct batch_part_row *rows;
	struct merge_part first;
	struct merging m = {.batch = batch_id};
	struct merge_money_row money;
	struct batch_row b;
	struct took_row took;
	struct maybe_i64 archived = {0};
	uint64_t ids[2];
	size_t n;

	TRY(sql_batch_for_update(w->db, batch_id, BATCH_MERGE, w->arena, &b));
	if (b.undone_at.is)
		return fail(&w->fault, E_STALE, NULL, "This was undone already.");
	TRY(sql_batch_parts(w->db, batch_id, ROW_DONE, w->arena, &rows, &n));
	if (n == 0)
		return fail(&w->fault, E_BUG, NULL, "A merge without parts.");
	TRY(shape_read(&merge_part_shape, rows[0].cells, w->arena, &first, &w->fault));
	if (!two_ids(first.ids, ids))
		return fail(&w->fault, E_BUG, NULL, "A merge without parts.");
	archived.is = str_i64(first.was, &archived.v);
	TRY(sql_customer_one(w->db, ids[0], w->arena, &m.keep));
	TRY(sql_customer_one(w->db, ids[1], w->arena, &m.lose));
	if (m.keep.merged_into.is || !m.lose.merged_into.is || m.lose.merged_into.v != m.keep.id)
		return fail(&w->fault, E_STALE, NULL, "This record went into another since. Undo that first.");
	TRY(sql_merge_took(w->db, m.keep.id, w->arena, &took));
	m.keep_took = took.took;
	TRY(sql_merge_took(w->db, m.lose.id, w->arena, &took));
	m.lose_took = took.took;
	m.is = m.keep;
	TRY(sql_merge_money(w->db, owners_of(w, &m), w->arena, &money));
	TRY(money_may(w, &money));
	*out = (struct merge_undo){.keep_id = m.keep.id, .lose_id = m.lose.id};
	for (size_t i = 1; i < n; i++) {
		struct merge_part p;

		TRY(shape_read(&merge_part_shape, rows[i].cells, w->arena, &p, &w->fault));
		TRY(give_back(w, &p, &m, out));
	}
	TRY(money_move(w, &m, m.keep.id, m.lose.id));
	TRY(keep_save(w, &m.is, took_without(w, &m)));
	TRY(sql_merge_lose(w->db, m.lose.id, (struct maybe_u64){0}, archived, m.lose.version));
	TRY(sql_batch_undone(w->db, batch_id, BATCH_UNDONE, out->left, w->now));
	const struct event_value v[] = {{STR("name"), m.lose.name}};
	TRY(tell_event(w, &(struct event){.customer_id = m.keep.id, .kind = EVENT_MERGE_UNDONE, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = m.lose.id, .values = v, .values_n = 1}));
	TRY(tell_search(w, m.lose.id));
	TRY(tell_brief(w, m.lose.id));
	TRY(tell_standing(w, m.lose.id));
	TRY(tell_standing(w, m.keep.id));
	return audit(w, "customers.merge_undone", "customer", m.keep.id, m.lose.name);
}

/* What moved on since, and a field that is not as the merge left it, stay. */
static enum err
give_back(struct work *w, const struct merge_part *p, struct merging *m, struct merge_undo *out)
{
	const struct {
		const char *field;
		struct str *at;
	} fields[] = {{"email", &m->is.email}, {"bill_street", &m->is.bill_street}, {"bill_city", &m->is.bill_city},
	    {"bill_region", &m->is.bill_region}, {"bill_postcode", &m->is.bill_postcode}, {"source", &m->is.source},
	    {"external_id", &m->is.external_id}, {"own", &m->is.own}};
	const struct record on = {m->keep.id, RECORD_CUSTOMER, m->keep.id, m->batch};
	uint64_t changed = 0;

	for (size_t i = 0; i < MOVERS; i++)
		if (p->kind == movers[i].kind) {
			uint32_t number = 1;

			for (size_t k = 0; k < p->ids.n; k++)
				number += p->ids.p[k] == ',';
			TRY(movers[i].give(w->db, p->ids, m->keep.id, m->lose.id, &changed));
			out->undone += (uint32_t)changed;
			out->left += number - (uint32_t)changed;
			return OK;
		}
	if (str_eq(p->field, STR("tag"))) {
		TRY(sql_tag_drop(w->db, RECORD_CUSTOMER, p->became, m->keep.id, &changed));
		out->undone += changed > 0;
		out->left += changed == 0;
		return OK;
	}
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (str_eq(p->field, str_of(fields[i].field))) {
			const bool as_left = str_eq(*fields[i].at, p->became);
			const struct field_change c[] = {{fields[i].field, p->became, p->was,
			    str_eq(p->field, STR("own")) ? CHANGE_TOLD : CHANGE_PLAIN}};

			out->undone += as_left;
			out->left += !as_left;
			if (!as_left)
				return OK;
			*fields[i].at = p->was;
			return tell_change(w, &on, c, 1, NULL);
		}
	return fail(&w->fault, E_BUG, NULL, "A part of a merge does not fit.");
}

static struct str
ids_text(struct work *w, const struct person_id_row *rows, size_t n)
{
	struct buf b = buf_open(w->arena, 64 + n * 21, 64 + n * 21);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)rows[i].id);
	buf_add(&b, n == 0 ? STR("[]") : STR("]"));
	return buf_str(&b);
}

/* "[1,2]" */
static bool
two_ids(struct str text, uint64_t out[2])
{
	struct str second, first = str_cut(str_sub(text, 1, text.n < 2 ? 0 : text.n - 2), ',', &second);

	return str_u64(first, &out[0]) && str_u64(second, &out[1]);
}

/* The one, and whom the one had taken in already. */
static struct str
took_with(struct work *w, const struct merging *m)
{
	struct buf b = buf_open(w->arena, 256, CELLS_MAX);

	buf_printf(&b, "[%llu", (unsigned long long)m->lose.id);
	for (unsigned i = 0; i < 2; i++) {
		struct str list = i == 0 ? m->keep_took : m->lose_took;

		if (list.n > 2)
			buf_printf(&b, ",%.*s", (int)list.n - 2, list.p + 1);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

static struct str
took_without(struct work *w, const struct merging *m)
{
	struct buf b = buf_open(w->arena, 256, CELLS_MAX);
	struct str rest = str_sub(m->keep_took, 1, m->keep_took.n < 2 ? 0 : m->keep_took.n - 2);

	while (rest.n > 0) {
		struct str one = str_cut(rest, ',', &rest);
		uint64_t id = 0;

		if (str_u64(one, &id) && id != m->lose.id && !took_holds(m->lose_took, id))
			buf_printf(&b, "%c%.*s", b.n == 0 ? '[' : ',', STR_ARG(one));
	}
	buf_add(&b, b.n == 0 ? STR("[]") : STR("]"));
	return buf_str(&b);
}

static bool
took_holds(struct str took, uint64_t id)
{
	struct str rest = str_sub(took, 1, took.n < 2 ? 0 : took.n - 2);

	while (rest.n > 0) {
		uint64_t one = 0;

		if (str_u64(str_cut(rest, ',', &rest), &one) && one == id)
			return true;
	}
	return false;
}

/* The smaller id first. */
static struct str
apart_name(struct work *w, uint64_t a, uint64_t b)
{
	char x[ID_LETTERS + 1], y[ID_LETTERS + 1];

	id_write(a < b ? a : b, x);
	id_write(a < b ? b : a, y);
	return str_printf(w->arena, "%s-%s", x, y);
}
