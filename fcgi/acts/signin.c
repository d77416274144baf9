#include "fcgi/acts/signin.h"

#include "domain/staff/staff.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/sessions.h"
#include "tenancy/credential_proof.h"

/* Somebody who has not come from a country for so long comes from a new one. */
#define PLACES_S (90 * 86400)

static void arrive(
    struct work *w, const struct credential *c, bool second_factor, struct arrived *out);
static enum err tell_new_country(struct work *w, const struct credential *c);

enum err
act_sign_in(
    struct work *w, const struct sign_in *in, struct arrived *out, bool *nobody, bool *counted)
{
	struct proof p = {.password = in->password, .code = in->code, .field = "password"};
	struct credential *c;
	struct proven proven;
	enum err e;

	*counted = false;
	TRY(sql_credential_by_email(w->db, str_lower(w->arena, str_trim(in->email)), w->arena, &c));
	*nobody = c == NULL;
	e = proof_check(w, c, &p, &proven);
	*counted = proven.counted;
	if (e != OK) {
		/* What was typed is not written down: people type passwords into the wrong field. */
		if (proven.counted)
			TRY(audit(w, "session.refused", "staff", c == NULL ? 0 : c->id,
			    str_of(w->fault.field)));
		return e;
	}
	arrive(w, c, proven.second_factor, out);
	if (proven.recovery)
		TRY(audit(w, "second_factor.recovered", "staff", c->id, STR("")));
	TRY(audit(w, "session.opened", "staff", c->id, str_of(w->from.agent)));
	return tell_new_country(w, c);
}

static void
arrive(struct work *w, const struct credential *c, bool second_factor, struct arrived *out)
{
	*out = (struct arrived){.id = c->id, .may = proof_may(c), .second_factor = second_factor,
	    .language = language_of(c->language)};
	w->actor = (struct actor){.kind = ACTOR_STAFF,
	    .id = c->id,
	    .may = out->may,
	    .language = out->language,
	    .second_factor = second_factor};
}

/* Before the new session has its row: what is asked is where somebody was until now. */
static enum err
tell_new_country(struct work *w, const struct credential *c)
{
	struct session_places places;
	struct company_face *company;
	char time[ZONE_TIME_LETTERS + 1];

	if (w->from.country[0] == '\0')
		return OK;
	TRY(sql_session_places(w->db, ACTOR_STAFF, c->id, w->now - PLACES_S,
	    str_of(w->from.country), w->arena, &places));
	if (places.known == 0 || places.here > 0)
		return OK;
	TRY(sql_company_face(w->db, w->arena, &company));
	if (company == NULL)
		return OK;
	zone_write(w->tenant->zone, w->now, time);
	struct template_value v[] = {{STR("name"), c->name}, {STR("company"), company->name},
	    {STR("country"), str_of(w->from.country)}, {STR("time"), str_of(time)},
	    {STR("agent"), w->from.agent[0] != '\0' ? str_of(w->from.agent) : STR("-")},
	    {STR("url"), company_url(w, "forgot")}};

	return tell_mail(w, MAIL_NEW_COUNTRY, c->email, language_of(c->language), v, 6);
}

enum err
act_ticket(struct work *w, struct str ticket, struct arrived *out)
{
	struct credential c;
	uint64_t id;
	enum err e = link_spend(w, LINK_TICKET, ticket, &id);

	if (e == E_INVALID) {
		w->fault = (struct fault){OK};
		return fail(&w->fault, E_SIGNED_OUT, "ticket",
		    "This link does not work any more. Ask for a new one.");
	}
	TRY(e);
	TRY(sql_credential_for_update(w->db, id, w->arena, &c));
	if (c.state != STAFF_ACTIVE)
		return fail(&w->fault, E_SIGNED_OUT, "ticket",
		    "This link does not work any more. Ask for a new one.");
	arrive(w, &c, false, out);
	return audit(w, "session.opened", "staff", c.id, str_of(w->from.agent));
}

enum err
act_sign_out(struct work *w)
{
	return audit(w, "session.closed", w->actor.kind == ACTOR_CUSTOMER ? "customer" : "staff",
	    w->actor.id, STR(""));
}

enum err
act_step_up(struct work *w, const struct proof_in *in, bool *counted)
{
	struct proof p = {.password = in->password, .code = in->code, .field = "password"};
	struct credential c;
	struct proven proven;
	enum err e;

	*counted = false;
	TRY(sql_credential_for_update(w->db, w->actor.id, w->arena, &c));
	e = proof_check(w, &c, &p, &proven);
	*counted = proven.counted;
	if (e != OK) {
		if (proven.counted)
			TRY(audit(w, "session.refused", "staff", c.id, str_of(w->fault.field)));
		return e;
	}
	w->actor.second_factor = w->actor.second_factor || proven.second_factor;
	if (proven.recovery)
		TRY(audit(w, "second_factor.recovered", "staff", c.id, STR("")));
	return audit(w, "session.stepped_up", "staff", c.id, STR(""));
}
