#include "fcgi/acts/signup.h"

#include "domain/base/country.h"
#include "domain/staff/staff.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "sql/tenant/queries/credentials.h"
#include "tenancy/claim.h"
#include "tenancy/credential.h"
#include "tenancy/credential_proof.h"

#define TICKET_S (15 * 60)
#define CONFIRM_HOURS 48

static enum err check(struct desk *d, const struct sign_up *in);
static enum err found(struct desk *d, const struct sign_up *in, const struct claim *c,
    struct str hash, struct signed_up *out);
static enum err found_inside(struct work *w, const struct sign_up *in, const struct claim *c,
    struct str hash, struct signed_up *out);
static enum err first_rows(struct work *w, const struct sign_up *in, struct str hash);
static enum err ask_to_confirm(struct work *w, const struct sign_up *in, uint64_t owner);
static struct str email_of(struct desk *d, const struct sign_up *in);

enum err
act_sign_up(struct desk *d, const struct sign_up *in, struct str key, struct str body,
    struct signed_up *out)
{
	struct str hash = STR_NONE;
	struct claim c;
	bool begun;

	TRY(check(d, in));
	TRY(claim_find(d, key, body, &c, &begun));
	if (!begun || !c.done)
		TRY(password_hash(in->password, d->arena, &hash, &d->fault));
	if (!begun) {
		struct claim_wish wish = {.slug = in->slug,
		    .name = in->company,
		    .country = in->country,
		    .zone = in->zone,
		    .currency = str_of(country_entry(in->country).currency),
		    .language = str_of(language_tag(in->language))};

		TRY(claim_take(d, &wish, key, body, &c));
	}
	TRY(found(d, in, &c, hash, out));
	return c.done ? OK : claim_finish(d, c.tenant);
}

/* Everything that can be wrong is said before anything is taken. The password is judged last: it is typed last. */
static enum err
check(struct desk *d, const struct sign_up *in)
{
	const struct password_list *list;
	const struct zone *zone;

	TRY(tenant_slug_check(in->slug, &d->fault));
	if (!mail_address_valid(email_of(d, in)))
		return fail(&d->fault, E_INVALID, "email", "This is not an e-mail address.");
	if (!country_valid(in->country))
		return fail(&d->fault, E_INVALID, "country", "We do not know this country.");
	TRY(config_zone(d->house->config, in->zone, &zone, &d->fault));
	TRY(house_passwords(d->house, &list, &d->fault));
	/* The owner will enrol a second factor before anything else works. */
	return password_check(list, in->password, true, email_of(d, in), in->company, &d->fault);
}

static struct str
email_of(struct desk *d, const struct sign_up *in)
{
	return str_lower(d->arena, str_trim(in->email));
}

static enum err
found(struct desk *d, const struct sign_up *in, const struct claim *c, struct str hash,
    struct signed_up *out)
{
	const struct tenant *t;
	struct work w;
	enum err e;

	TRY(tenant_of_id(d->house->tenants, d->control, c->tenant, d->now, &t, &d->fault));
	TRY(work_open(d, t, DB_WRITE, &w));
	e = work_close(&w, found_inside(&w, in, c, hash, out));
	if (e != OK) {
		d->fault = w.fault;
		return e;
	}
	/* The work inside may have found the handle lost and replaced it. */
	return house_control(d->house, &d->control, &d->fault);
}

static enum err
found_inside(struct work *w, const struct sign_up *in, const struct claim *c, struct str hash,
    struct signed_up *out)
{
	struct company_face *company;
	struct owner_row *owner;

	w->actor.language = in->language;
	if (!c->done)
		TRY(claim_enter(w, c));
	TRY(sql_company_face(w->db, w->arena, &company));
	if (company == NULL)
		TRY(first_rows(w, in, hash));
	TRY(sql_credential_owner(w->db, ROLE_OWNER, w->arena, &owner));
	if (owner == NULL)
		return fail(&w->fault, E_BUG, NULL, "A company without an owner.");
	return link_issue(w, LINK_TICKET, owner->id, TICKET_S, "welcome", &out->url, &out->ticket);
}

static enum err
first_rows(struct work *w, const struct sign_up *in, struct str hash)
{
	struct country country = country_entry(in->country);
	struct str email = str_lower(w->arena, str_trim(in->email)), sealed;
	uint64_t owner = work_id(w);

	TRY(sql_company_insert(w->db, in->company, in->country, in->zone, str_of(country.currency),
	    str_of(language_tag(in->language)), country.week_starts, w->now));
	TRY(work_seal(w, KEY_AUTH, "staff", "password", owner, hash, &sealed));
	TRY(sql_credential_insert_owner(w->db, owner, in->owner, email,
	    str_of(language_tag(in->language)), ROLE_OWNER, STAFF_ACTIVE, sealed, w->now));
	w->actor = (struct actor){.kind = ACTOR_STAFF, .id = owner, .language = in->language};
	TRY(audit(w, "company.founded", "company", 0, in->company));
	return ask_to_confirm(w, in, owner);
}

static enum err
ask_to_confirm(struct work *w, const struct sign_up *in, uint64_t owner)
{
	struct str url;

	TRY(link_issue(w, LINK_CONFIRM_EMAIL, owner, CONFIRM_HOURS * 3600, "confirm", &url, NULL));
	struct template_value v[] = {{STR("name"), in->owner}, {STR("company"), in->company},
	    {STR("url"), url}, {STR("hours"), str_printf(w->arena, "%d", CONFIRM_HOURS)}};

	return tell_mail(
	    w, MAIL_CONFIRM_EMAIL, str_lower(w->arena, str_trim(in->email)), in->language, v, 4);
}
