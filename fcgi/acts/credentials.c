#include "fcgi/acts/credentials.h"

#include "domain/access/role.h"
#include "domain/staff/staff.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/links.h"
#include "sql/tenant/queries/sessions.h"
#include "tenancy/credential.h"
#include "tenancy/credential_proof.h"

#define RECOVERY_S (INT64_C(10) * 365 * 86400)

static enum err dead_link(struct work *w);
static enum err company_name(struct work *w, struct str *out);
static enum err notice(
    struct work *w, enum mail_template t, const struct credential *c, const char *page);
static void become(
    struct work *w, const struct credential *c, bool second_factor, struct admitted *out);
static enum err refused(struct work *w, const struct credential *c, enum err e, bool counted);
static enum err end_sessions(struct work *w, uint64_t id, uint64_t but);
static enum err was_ours(struct work *w, struct str token, uint64_t *id);
static enum err fresh_codes(struct work *w, uint64_t id, struct recovery_codes *out);

static enum err
dead_link(struct work *w)
{
	w->fault = (struct fault){OK};
	return fail(
	    &w->fault, E_INVALID, "token", "This link does not work any more. Ask for a new one.");
}

static enum err
company_name(struct work *w, struct str *out)
{
	struct company_face *company;

	TRY(sql_company_face(w->db, w->arena, &company));
	if (company == NULL)
		return fail(&w->fault, E_BUG, NULL, "A company without a name.");
	*out = company->name;
	return OK;
}

/* What was done with somebody's account is mailed to them: they notice, if it was not them. */
static enum err
notice(struct work *w, enum mail_template t, const struct credential *c, const char *page)
{
	char time[ZONE_TIME_LETTERS + 1];
	struct str company;

	TRY(company_name(w, &company));
	zone_write(w->tenant->zone, w->now, time);
	struct template_value v[] = {{STR("name"), c->name}, {STR("company"), company},
	    {STR("time"), str_of(time)},
	    {STR("url"), company_url(w, page)}};

	return tell_mail(w, t, c->email, language_of(c->language), v, 4);
}

static void
become(struct work *w, const struct credential *c, bool second_factor, struct admitted *out)
{
	*out = (struct admitted){.id = c->id, .may = proof_may(c), .second_factor = second_factor,
	    .language = language_of(c->language)};
	w->actor = (struct actor){.kind = ACTOR_STAFF, .id = c->id, .may = out->may,
	    .second_factor = second_factor, .language = out->language};
}

static enum err
refused(struct work *w, const struct credential *c, enum err e, bool counted)
{
	if (counted)
		TRY(audit(w, "session.refused", "staff", c->id, str_of(w->fault.field)));
	return e;
}

static enum err
end_sessions(struct work *w, uint64_t id, uint64_t but)
{
	uint64_t changed;

	return sql_sessions_end_others(w->db, ACTOR_STAFF, id, but, w->now, &changed);
}

/* ---- e-mail ---- */

enum err
act_confirm_email(struct work *w, struct str token)
{
	struct credential c;
	uint64_t id, changed;
	enum err e = link_spend(w, LINK_CONFIRM_EMAIL, token, &id);

	if (e == E_INVALID) {
		TRY(was_ours(w, token, &id));
		TRY(sql_credential_for_update(w->db, id, w->arena, &c));
		return c.email_confirmed_at.is ? OK : dead_link(w);
	}
	TRY(e);
	TRY(sql_credential_for_update(w->db, id, w->arena, &c));
	TRY(sql_credential_confirm_email(w->db, id, w->now, &changed));
	TRY(link_void(w, LINK_CONFIRM_EMAIL, id));
	w->actor =
	    (struct actor){.kind = ACTOR_STAFF, .id = id, .language = language_of(c.language)};
	return changed == 0 ? OK : audit(w, "email.confirmed", "staff", id, STR(""));
}

/* Signed by us and not expired: the same person, pressing the button a second time. */
static enum err
was_ours(struct work *w, struct str token, uint64_t *id)
{
	struct cdb *control;
	struct link l;
	enum err e;

	w->fault = (struct fault){OK};
	TRY(house_control(w->house, &control, &w->fault));
	e = keys_link_read(w->house->keys, control, w->now, w->tenant->id, LINK_CONFIRM_EMAIL,
	    token, w->arena, &l, &w->fault);
	if (e == E_INVALID)
		return dead_link(w);
	*id = l.object;
	return e;
}

/* ---- passwords ---- */

enum err
act_reset(struct work *w, const struct new_password *in, struct admitted *out, bool *counted)
{
	struct proven proven = {0};
	struct credential c;
	struct str sealed, company;
	uint64_t id, changed;

	*counted = false;
	TRY(link_look(w, LINK_RESET, in->token, &id));
	TRY(sql_credential_for_update(w->db, id, w->arena, &c));
	if (c.state != STAFF_ACTIVE)
		return dead_link(w);
	if (c.totp_confirmed_at.is) {
		enum err e = proof_code(w, &c, in->code, &proven);

		*counted = proven.counted;
		if (e != OK)
			return refused(w, &c, e, proven.counted);
	}
	TRY(company_name(w, &company));
	TRY(proof_password(w, id, in->password, role_needs_second_factor(proof_may(&c)), c.email,
	    company, &sealed));
	TRY(link_spend(w, LINK_RESET, in->token, &id));
	TRY(link_void(w, LINK_RESET, id));
	TRY(sql_credential_set_password(w->db, id, sealed));
	/* Whoever reads the mails of an address has shown that it is theirs. */
	TRY(sql_credential_confirm_email(w->db, id, w->now, &changed));
	TRY(end_sessions(w, id, 0));
	become(w, &c, proven.second_factor, out);
	TRY(audit(w, "password.reset", "staff", id, STR("")));
	return notice(w, MAIL_PASSWORD_CHANGED, &c, "forgot");
}

enum err
act_change_password(struct work *w, const struct change_password *in, bool *counted)
{
	struct proof p = {.password = in->current, .field = "current", .no_code = true};
	struct str sealed, company;
	struct proven proven;
	struct credential c;
	enum err e;

	*counted = false;
	TRY(sql_credential_for_update(w->db, w->actor.id, w->arena, &c));
	e = proof_check(w, &c, &p, &proven);
	*counted = proven.counted;
	if (e != OK)
		return refused(w, &c, e, proven.counted);
	TRY(company_name(w, &company));
	TRY(proof_password(w, c.id, in->password, role_needs_second_factor(w->actor.may), c.email,
	    company, &sealed));
	TRY(sql_credential_set_password(w->db, c.id, sealed));
	TRY(link_void(w, LINK_RESET, c.id));
	TRY(end_sessions(w, c.id, w->actor.session));
	TRY(audit(w, "password.changed", "staff", c.id, STR("")));
	return notice(w, MAIL_PASSWORD_CHANGED, &c, "forgot");
}

/* ---- invitations ---- */

enum err
act_invitation_look(struct work *w, struct str token, struct invitation_card *out)
{
	const struct role_entry *built_in;
	struct credential c;
	struct str company;
	uint64_t id;

	TRY(link_look(w, LINK_INVITE, token, &id));
	TRY(sql_credential_for_update(w->db, id, w->arena, &c));
	if (c.state != STAFF_INVITED)
		return dead_link(w);
	TRY(company_name(w, &company));
	built_in = role_entry((enum built_in_role)c.role);
	*out = (struct invitation_card){
	    .company = company,
	    .email = c.email,
	    .name = c.name,
	    .role = built_in != NULL ? str_of(built_in->name) : c.own_name,
	    .needs_second_factor = role_needs_second_factor(proof_may(&c)),
	};
	return OK;
}

enum err
act_invitation_accept(struct work *w, const struct acceptance *in, struct admitted *out)
{
	struct credential c;
	struct str sealed, company;
	uint64_t id;

	TRY(link_spend(w, LINK_INVITE, in->token, &id));
	TRY(sql_credential_for_update(w->db, id, w->arena, &c));
	if (c.state != STAFF_INVITED)
		return dead_link(w);
	TRY(company_name(w, &company));
	TRY(proof_password(w, id, in->password, role_needs_second_factor(proof_may(&c)), c.email,
	    company, &sealed));
	TRY(sql_credential_accept(
	    w->db, id, in->name, str_of(language_tag(in->language)), sealed, STAFF_ACTIVE, w->now));
	TRY(link_void(w, LINK_INVITE, id));
	become(w, &c, false, out);
	out->language = in->language;
	w->actor.language = in->language;
	return audit(w, "invitation.accepted", "staff", id, STR(""));
}

/* ---- the second factor ---- */

enum err
act_totp_offer(struct work *w, struct totp_offer *out)
{
	uint8_t secret[TOTP_SECRET_BYTES];
	struct str sealed, company;
	struct credential c;

	TRY(sql_credential_for_update(w->db, w->actor.id, w->arena, &c));
	if (c.totp_confirmed_at.is) {
		/* A mailbox or a password alone must not replace the factor that was meant to stand beside them. */
		if (!w->actor.second_factor)
			return fail(&w->fault, E_FORBIDDEN, "second_factor",
			    "Please sign in with your code first.");
		TRY(work_stepped_up(w));
	}
	TRY(company_name(w, &company));
	totp_secret_make(secret);
	TRY(work_seal(w, KEY_AUTH, "staff", "totp_secret", c.id,
	    (struct str){(const char *)secret, sizeof(secret)}, &sealed));
	TRY(sql_credential_offer_totp(w->db, c.id, sealed));
	*out = (struct totp_offer){
	    .secret = str_base32(w->arena, secret, sizeof(secret)),
	    .uri = totp_uri(w->arena, company, c.email, secret),
	};
	explicit_bzero(secret, sizeof(secret));
	return audit(w, "second_factor.offered", "staff", c.id, STR(""));
}

enum err
act_totp_confirm(struct work *w, struct str code, struct recovery_codes *out)
{
	struct credential c;
	int64_t step = 0;
	bool right;

	TRY(sql_credential_for_update(w->db, w->actor.id, w->arena, &c));
	if (c.totp_confirmed_at.is || !c.totp_secret.is)
		return fail(
		    &w->fault, E_STALE, NULL, "There is no second factor waiting to be confirmed.");
	TRY(proof_totp(w, &c, str_trim(code), &right, &step));
	if (!right)
		return fail(&w->fault, E_INVALID, "code",
		    "This code is not right. A code works only once.");
	TRY(sql_credential_confirm_totp(w->db, c.id, w->now, step));
	TRY(end_sessions(w, c.id, w->actor.session));
	TRY(fresh_codes(w, c.id, out));
	TRY(audit(w, "second_factor.enrolled", "staff", c.id, STR("")));
	return notice(w, MAIL_TOTP_ON, &c, "account");
}

enum err
act_totp_remove(struct work *w, const struct removal *in, bool *counted)
{
	struct proof p = {.password = in->password, .code = {true, in->code}, .field = "password"};
	struct proven proven;
	struct credential c;
	enum err e;

	*counted = false;
	TRY(sql_credential_for_update(w->db, w->actor.id, w->arena, &c));
	if (role_needs_second_factor(w->actor.may))
		return fail(&w->fault, E_FORBIDDEN, "role", "Your role needs the second factor.");
	if (!c.totp_confirmed_at.is)
		return fail(&w->fault, E_STALE, NULL, "There is no second factor to remove.");
	e = proof_check(w, &c, &p, &proven);
	*counted = proven.counted;
	if (e != OK)
		return refused(w, &c, e, proven.counted);
	TRY(sql_credential_drop_totp(w->db, c.id));
	TRY(link_void(w, (enum link_purpose)TOKEN_RECOVERY, c.id));
	TRY(audit(w, "second_factor.removed", "staff", c.id, STR("")));
	return notice(w, MAIL_TOTP_OFF, &c, "account");
}

enum err
act_recovery_codes(struct work *w, struct recovery_codes *out)
{
	struct credential c;

	TRY(work_stepped_up(w));
	TRY(sql_credential_for_update(w->db, w->actor.id, w->arena, &c));
	if (!c.totp_confirmed_at.is)
		return fail(&w->fault, E_STALE, NULL, "Set up the second factor first.");
	TRY(fresh_codes(w, c.id, out));
	TRY(audit(w, "second_factor.codes", "staff", c.id, STR("")));
	return notice(w, MAIL_RECOVERY_CODES, &c, "account");
}

/* The old ones die in the same transaction in which the new ones are shown. */
static enum err
fresh_codes(struct work *w, uint64_t id, struct recovery_codes *out)
{
	uint64_t changed;

	TRY(sql_links_void(w->db, id, TOKEN_RECOVERY, w->now, &changed));
	out->codes = arena_array(w->arena, struct recovery_code, RECOVERY_CODES);
	out->codes_n = RECOVERY_CODES;
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		struct token t;

		recovery_make(&t);
		TRY(sql_link_insert(w->db, (struct str){(const char *)t.hash, HASH_BYTES},
		    TOKEN_RECOVERY, id, w->now + RECOVERY_S));
		out->codes[i].code = str_copy(w->arena, str_of(t.text));
		explicit_bzero(&t, sizeof(t));
	}
	return OK;
}
