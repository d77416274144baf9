#include "fcgi/acts/portal.h"

#include "domain/billing/ledger.h"
#include "domain/visits/reason.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_link.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/doses.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/portal.h"
#include "sql/tenant/queries/proofs.h"

static enum err nothing(struct work *w);
static void reasons(struct work *w, struct portal_visit *v, size_t n);
static enum err sets(struct work *w, uint64_t visit_id, struct portal_visit_page *out);
static enum err doses(struct work *w, uint64_t visit_id, struct portal_visit_page *out);
static enum err notes(struct work *w, uint64_t visit_id, struct portal_visit_page *out);
static enum err sealed(struct work *w, uint64_t visit_id, struct portal_visit_page *out);
static enum err photos(struct work *w, uint64_t visit_id, struct portal_visit_page *out);

enum err
act_portal_enter(struct work *w, struct str token, struct guest *out)
{
	struct person_line *p = NULL;
	uint64_t id;
	enum err e = link_spend(w, LINK_PORTAL, token, &id);

	if (e == OK)
		e = sql_customer_person(w->db, id, w->arena, &p);
	if (e == E_INVALID || (e == OK && p == NULL)) {
		w->fault = (struct fault){OK};
		return fail(&w->fault, E_SIGNED_OUT, "token",
		    "This link does not work any more. Ask for a new one.");
	}
	TRY(e);
	*out = (struct guest){.id = p->id, .language = language_of(p->language)};
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = p->id, .language = out->language};
	return audit(w, "session.opened", "customer", p->id, str_of(w->from.agent));
}

struct str
portal_address(struct work *w, struct str text)
{
	struct fault unsaid = {OK};
	struct str phone;

	if (str_find(text, '@') == text.n && phone_read(text, w->arena, &phone, "address", &unsaid) == OK)
		return phone;
	return str_lower(w->arena, str_trim(text));
}

enum err
act_portal_code(struct work *w, struct str address, struct str code, struct guest *out)
{
	const struct str to = portal_address(w, address);
	struct person_line *p;
	size_t n;
	enum err e;

	/* Whoever is nobody costs the same: one look by the address, one by the code. */
	if (str_find(to, '@') < to.n)
		TRY(sql_customers_by_email(w->db, to, w->arena, &p, &n));
	else
		TRY(sql_customers_by_phone(w->db, to, RELATION_OWNER, RELATION_AGENT, RELATION_BILLING, w->arena, &p, &n));
	e = code_spend(w, n > 0 ? p[0].id : 0, code);
	if (e == E_INVALID) {
		w->fault = (struct fault){OK};
		return fail(&w->fault, E_SIGNED_OUT, "code", "This code does not work. Ask for a new one.");
	}
	TRY(e);
	*out = (struct guest){.id = p[0].id, .language = language_of(p[0].language)};
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = p[0].id, .language = out->language};
	return audit(w, "session.opened", "customer", p[0].id, str_of(w->from.agent));
}

enum err
act_portal_leave(struct work *w)
{
	return audit(w, "session.closed", "customer", w->actor.id, STR(""));
}

enum err
act_portal_accounts(struct work *w, struct portal_accounts *out)
{
	struct person_line *self, *person;
	size_t n;

	TRY(sql_customer_person(w->db, w->actor.id, w->arena, &self));
	if (self == NULL)
		return fail(&w->fault, E_SIGNED_OUT, NULL, "Please sign in.");
	TRY(sql_customers_by_email(w->db, self->email, w->arena, &person, &n));
	out->rows = arena_array(w->arena, struct portal_account, n + 1);
	out->rows_n = n;
	for (size_t i = 0; i < n; i++) {
		struct portal_street *at;

		TRY(sql_portal_street(w->db, person[i].id, w->arena, &at));
		out->rows[i] = (struct portal_account){.id = person[i].id, .name = person[i].name,
		    .street = at == NULL ? STR("") : at->street, .here = person[i].id == w->actor.id};
	}
	return OK;
}

enum err
act_portal_switch(struct work *w, uint64_t customer_id, struct guest *out)
{
	struct person_line *self, *other;

	TRY(sql_customer_person(w->db, w->actor.id, w->arena, &self));
	TRY(sql_customer_person(w->db, customer_id, w->arena, &other));
	if (self == NULL || other == NULL || self->email.n == 0 || !str_eq_nocase(self->email, other->email))
		return nothing(w);
	*out = (struct guest){.id = other->id, .language = language_of(other->language)};
	w->actor.id = other->id;
	w->actor.language = out->language;
	return audit(w, "session.opened", "customer", other->id, str_of(w->from.agent));
}

enum err
act_portal_next(struct work *w, struct portal_visits *out)
{
	*out = (struct portal_visits){0};
	TRY(sql_portal_visits_next(w->db, w->actor.id, zone_day(w->tenant->zone, w->now), VISIT_SCHEDULED, VISIT_STARTED,
	    VISIT_ON_WAY, VISIT_OF_BOOKING, VISIT_SCHEDULED, w->arena, &out->rows, &out->rows_n));
	reasons(w, out->rows, out->rows_n);
	return OK;
}

enum err
act_portal_past(struct work *w, struct maybe_day before, struct portal_visits *out)
{
	const struct day from = before.is ? before.v : zone_day(w->tenant->zone, w->now);

	*out = (struct portal_visits){0};
	TRY(sql_portal_visits_past(w->db, w->actor.id, from, VISIT_DONE, VISIT_SKIPPED, VISIT_NO_ACCESS, VISIT_OF_BOOKING, VISIT_SCHEDULED, w->arena,
	    &out->rows, &out->rows_n));
	reasons(w, out->rows, out->rows_n);
	/* A page ends where a day ends: the cursor is a day, and a customer has few visits on one. */
	if (out->rows_n <= PORTAL_VISITS_PAGE)
		return OK;
	for (size_t i = PORTAL_VISITS_PAGE; i < out->rows_n; i++)
		if (out->rows[i].day.n < out->rows[i - 1].day.n) {
			out->next = (struct maybe_day){true, out->rows[i].day};
			out->rows_n = i;
		}
	return OK;
}

/* Whoever could not do it tapped why in their own language. */
static void
reasons(struct work *w, struct portal_visit *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		v[i].reason = reason_say(v[i].reason, w->actor.language);
}

enum err
act_portal_visit(struct work *w, uint64_t id, struct portal_visit_page *out)
{
	*out = (struct portal_visit_page){0};
	TRY(sql_portal_visit_one(w->db, id, VISIT_OF_BOOKING, VISIT_SCHEDULED, w->arena, &out->visit));
	if (out->visit.customer_id != w->actor.id)
		return nothing(w);
	reasons(w, &out->visit, 1);
	TRY(portal_rated(w, id, &out->rated));
	TRY(sets(w, id, out));
	TRY(doses(w, id, out));
	TRY(notes(w, id, out));
	TRY(sealed(w, id, out));
	return photos(w, id, out);
}

static enum err
notes(struct work *w, uint64_t visit_id, struct portal_visit_page *out)
{
	struct str *text;

	TRY(tell_notes_to_customer(w, visit_id, &text, &out->notes_n));
	out->notes = arena_array(w->arena, struct portal_note, out->notes_n);
	for (size_t i = 0; i < out->notes_n; i++)
		out->notes[i].text = text[i];
	return OK;
}

/* Whoever is in may open the report as whoever was mailed it: by its link. */
static enum err
sealed(struct work *w, uint64_t visit_id, struct portal_visit_page *out)
{
	struct visit_seal_row *row;
	struct str url;

	TRY(sql_visit_seal_last(w->db, visit_id, w->arena, &row));
	if (row == NULL)
		return OK;
	out->sealed_at = (struct maybe_i64){true, row->server_at};
	out->report.is = true;
	TRY(link_show(w, LINK_REPORT, visit_id, REPORT_LINK_S, "portal/report", &url));
	(void)str_cut(url, '#', &out->report.v);
	return OK;
}

static enum err
sets(struct work *w, uint64_t visit_id, struct portal_visit_page *out)
{
	struct reading_row *row;

	TRY(sql_portal_readings(w->db, visit_id, w->arena, &row, &out->readings_n));
	out->readings = arena_array(w->arena, struct portal_reading, out->readings_n + 1);
	for (size_t i = 0; i < out->readings_n; i++) {
		out->readings[i].at = row[i].at;
		TRY(tell_values_read(w, row[i].body, &out->readings[i].values, &out->readings[i].values_n));
	}
	return OK;
}

static enum err
doses(struct work *w, uint64_t visit_id, struct portal_visit_page *out)
{
	struct dose_row *row;
	size_t n;

	TRY(sql_doses_of_visit(w->db, visit_id, w->arena, &row, &n));
	out->doses = arena_array(w->arena, struct portal_dose, n + 1);
	for (size_t i = 0; i < n; i++)
		if (!row[i].undone_at.is && row[i].given_x100 > 0)
			out->doses[out->doses_n++] = (struct portal_dose){row[i].item, row[i].unit, row[i].holds_x100,
			    row[i].given_x100};
	return OK;
}

static enum err
photos(struct work *w, uint64_t visit_id, struct portal_visit_page *out)
{
	struct file_row *row;
	size_t n;

	TRY(sql_files_of_record(w->db, RECORD_VISIT, visit_id, w->arena, &row, &n));
	out->photos = arena_array(w->arena, struct portal_photo, n + 1);
	for (size_t i = 0; i < n; i++)
		if (row[i].state == FILE_READY && row[i].width > 0)
			out->photos[out->photos_n++] = (struct portal_photo){row[i].id, row[i].name, row[i].width, row[i].height};
	return OK;
}

enum err
act_portal_photo(struct work *w, uint64_t id)
{
	struct portal_visit visit;
	struct file_row row;
	bool shown;

	TRY(sql_file_one(w->db, id, w->arena, &row));
	if (row.on_kind == RECORD_CONVERSATION && !row.archived_at.is) {
		TRY(portal_shown(w, &row, &shown));
		return shown ? OK : nothing(w);
	}
	if (row.on_kind != RECORD_VISIT || row.archived_at.is)
		return nothing(w);
	TRY(sql_portal_visit_one(w->db, row.on_id, VISIT_OF_BOOKING, VISIT_SCHEDULED, w->arena, &visit));
	return visit.customer_id == w->actor.id ? OK : nothing(w);
}

enum err
act_portal_bill(struct work *w, uint64_t id)
{
	struct bill_row row;
	bool theirs;

	TRY(sql_bill_one(w->db, id, w->arena, &row));
	TRY(tell_theirs(w, row.customer_id, w->actor.id, &theirs));
	return theirs && row.state != BILL_DRAFT ? OK : nothing(w);
}

enum err
act_portal_applied(struct work *w, struct portal_applications *out)
{
	*out = (struct portal_applications){0};
	return sql_portal_applied(w->db, w->actor.id, ACCOUNT_RECEIVABLE, w->arena, &out->rows, &out->rows_n);
}

static enum err
nothing(struct work *w)
{
	return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
}
