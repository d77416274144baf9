#include "fcgi/acts/guests.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/sessions.h"
#include "tenancy/credential.h"

static enum err notice(struct work *w, const struct guest_password *g, const char *what);
static enum err right_password(struct work *w, const struct guest_password *g, struct str password, bool *right);

/* Nobody costs what somebody costs: one look, one Argon2id. */
static enum err
right_password(struct work *w, const struct guest_password *g, struct str password, bool *right)
{
	struct str hash = STR_NONE;

	if (g != NULL && g->password.is)
		TRY(work_unseal(w, KEY_AUTH, "customer", "password", g->id, g->password.v, &hash));
	return password_verify(password, hash, right, &w->fault);
}

enum err
act_guest_enter(struct work *w, const struct guest_in *in, struct guest_arrived *out)
{
	struct guest_password *g;
	bool right;

	TRY(sql_customer_password_of(w->db, str_lower(w->arena, str_trim(in->email)), w->arena, &g));
	TRY(right_password(w, g, in->password, &right));
	if (!right)
		return fail(&w->fault, E_SIGNED_OUT, "password", "The e-mail address or the password is not right.");
	*out = (struct guest_arrived){.id = g->id, .language = language_of(g->language)};
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = g->id, .language = out->language};
	return audit(w, "session.opened", "customer", g->id, str_of(w->from.agent));
}

enum err
act_guest_password(struct work *w, const struct guest_new *in)
{
	const struct password_list *list;
	struct company_row company;
	struct guest_password *g;
	struct str hash, sealed;
	uint64_t changed;
	bool right = true;

	TRY(sql_customer_password(w->db, w->actor.id, w->arena, &g));
	if (g == NULL)
		return fail(&w->fault, E_SIGNED_OUT, NULL, "Please sign in.");
	if (g->password.is)
		TRY(right_password(w, g, in->current.is ? in->current.v : STR(""), &right));
	if (!right)
		return fail(&w->fault, E_SIGNED_OUT, "current", "This password is not right.");
	TRY(sql_company(w->db, w->arena, &company));
	TRY(house_passwords(w->house, &list, &w->fault));
	TRY(password_check(list, in->password, false, g->email, company.name, &w->fault));
	TRY(password_hash(in->password, w->arena, &hash, &w->fault));
	TRY(work_seal(w, KEY_AUTH, "customer", "password", g->id, hash, &sealed));
	TRY(sql_customer_password_set(w->db, g->id, (struct maybe_str){true, sealed}, &changed));
	TRY(sql_sessions_end_others(w->db, ACTOR_CUSTOMER, g->id, w->actor.session, w->now, &changed));
	TRY(notice(w, g, g->password.is ? "the password was changed" : "a password was made"));
	return audit(w, "password.set", "customer", g->id, STR(""));
}

enum err
act_guest_password_drop(struct work *w)
{
	struct guest_password *g;
	uint64_t changed;

	TRY(sql_customer_password(w->db, w->actor.id, w->arena, &g));
	if (g == NULL || !g->password.is)
		return OK;
	TRY(sql_customer_password_set(w->db, g->id, (struct maybe_str){0}, &changed));
	TRY(sql_sessions_end_others(w->db, ACTOR_CUSTOMER, g->id, w->actor.session, w->now, &changed));
	TRY(notice(w, g, "the password was taken away"));
	return audit(w, "password.dropped", "customer", g->id, STR(""));
}

/* To the account's own address: who sat down at somebody's open session cannot change it unseen. */
static enum err
notice(struct work *w, const struct guest_password *g, const char *what)
{
	const enum language l = language_of(g->language);
	char time[ZONE_TIME_LETTERS + 1];
	struct company_row company;

	if (!mail_address_valid(g->email))
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	zone_write(w->tenant->zone, w->now, time);
	const struct template_value v[] = {{STR("name"), g->name}, {STR("company"), company.name},
	    {STR("what"), str_of(words_say(l, what))}, {STR("time"), str_of(time)},
	    {STR("url"), company_url(w, "portal/")}};

	return tell_mail(w, MAIL_PORTAL_PASSWORD, g->email, l, v, sizeof(v) / sizeof(*v));
}
