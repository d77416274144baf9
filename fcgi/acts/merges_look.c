/*
 * fcgi/acts/merges_look.c -- what a merge would do, and what it moves.
 */
#include "fcgi/acts/merges.h"

#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/merges.h"

/* Pools and equipment go with their property. */
const struct merge_mover merge_movers[MERGE_MOVERS] = {
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

static void fields_look(struct work *w, struct merging *m, struct merge *out);
static enum err moves_look(struct work *w, const struct merging *m, struct merge *out);

enum err
merge_look(struct work *w, uint64_t keep_id, uint64_t lose_id, struct merging *m, struct merge *out)
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
	TRY(sql_merge_money(w->db, merge_owners(w, m), w->arena, &money));
	TRY(merge_money_may(w, &money));
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
enum err
merge_own(struct work *w, const struct merging *m, struct own_value **all, size_t *n)
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
	if (*n == k_n || m->keep.own.n + m->lose.own.n > MERGE_OWN_MAX)
		*n = 0;
	return OK;
}

/* Whose ids move; *same: contacts of the same name, telephone and e-mail, certificates of the same name are there already. */
enum err
merge_moving(struct work *w, const struct merging *m, const struct merge_mover *v, struct person_id_row **rows, size_t *n, uint32_t *same)
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
	for (size_t i = 0; i < MERGE_MOVERS; i++) {
		struct person_id_row *ids;
		uint32_t same;
		size_t n;

		TRY(merge_moving(w, m, &merge_movers[i], &ids, &n, &same));
		if (n + same > 0)
			out->moves[out->moves_n++] = (struct merge_move){merge_movers[i].kind, (uint32_t)n, same};
	}
	TRY(sql_merge_pools(w->db, m->lose.id, w->arena, &pools));
	if (pools.number > 0)
		out->moves[out->moves_n++] = (struct merge_move){RECORD_POOL, (uint32_t)pools.number, 0};
	return OK;
}

/* The ledger is for those who write bills. */
enum err
merge_money_may(struct work *w, const struct merge_money_row *money)
{
	if (money->bills + money->payments == 0 || (w->actor.may & MAY(MAY_BILL)) != 0)
		return OK;
	return fail(&w->fault, E_INVALID, "other_id",
	    "Bills or payments are written in the name of this record. Somebody who writes bills can merge it.");
}

/* The other, and whom it had taken in: "[1,2]". */
struct str
merge_owners(struct work *w, const struct merging *m)
{
	return m->lose_took.n > 2
	    ? str_printf(w->arena, "[%llu,%.*s", (unsigned long long)m->lose.id, (int)m->lose_took.n - 1, m->lose_took.p + 1)
	    : str_printf(w->arena, "[%llu]", (unsigned long long)m->lose.id);
}
