#include "fcgi/acts/platform.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "sql/control/queries/platform.h"
#include "tenancy/credential.h"

#define WAY_S 60

static enum err wrong(struct desk *d);
static enum err code_right(struct desk *d, const struct platform_row *row, struct str code, bool *right);
static struct platform_line line_of(const struct platform_company *c, int64_t now);

static enum err
wrong(struct desk *d)
{
	return fail(&d->fault, E_SIGNED_OUT, "code", "Address, key and code do not go together.");
}

enum err
act_platform_enter(struct desk *d, const struct platform_enter *in, struct str *token, struct platform_who *who)
{
	uint8_t hash[HASH_BYTES];
	struct platform_row *row;
	struct token t;
	bool right;

	TRY(sql_platform_by_email(d->control, str_lower(d->arena, str_trim(in->email)), d->arena, &row));
	if (row == NULL || row->disabled_at.is || row->key_hash.n != HASH_BYTES || !token_hash(str_trim(in->key), hash) ||
	    !same_bytes(hash, row->key_hash.p, HASH_BYTES))
		return wrong(d);
	TRY(code_right(d, row, str_trim(in->code), &right));
	if (!right)
		return wrong(d);
	token_make(&t);
	TRY(sql_platform_session_open(d->control, (struct str){(const char *)t.hash, HASH_BYTES}, row->id,
	    d->now + PLATFORM_SESSION_S));
	*token = str_copy(d->arena, str_of(t.text));
	explicit_bzero(&t, sizeof(t));
	*who = (struct platform_who){row->id, row->name, row->email};
	return OK;
}

/* A code works once; the secret is sealed anew under today's root on the way. */
static enum err
code_right(struct desk *d, const struct platform_row *row, struct str code, bool *right)
{
	const struct place at = {0, "platform_staff", "totp_secret", row->id};
	struct str secret, sealed;
	int64_t step;
	enum err e;

	*right = false;
	if (row->totp_secret.n == 0)
		return OK;
	TRY(keys_unseal(d->house->keys, NULL, d->now, KEY_AUTH, at, row->totp_secret, d->arena, &secret, &d->fault));
	if (secret.n != TOTP_SECRET_BYTES || !totp_verify((const uint8_t *)secret.p, code, d->now, row->totp_step, &step))
		return OK;
	TRY(keys_seal(d->house->keys, NULL, d->now, KEY_AUTH, at, secret, d->arena, &sealed, &d->fault));
	e = sql_platform_step(d->control, row->id, step, sealed, row->version);
	*right = e == OK;
	return e == E_STALE ? OK : e;
}

enum err
act_platform_who(struct desk *d, struct str token, struct platform_who *who)
{
	uint8_t hash[HASH_BYTES];
	struct platform_who *row = NULL;

	if (token_hash(token, hash))
		TRY(sql_platform_session_of(d->control, (struct str){(const char *)hash, HASH_BYTES}, d->now, d->arena, &row));
	if (row == NULL)
		return fail(&d->fault, E_SIGNED_OUT, NULL, "Please sign in.");
	*who = *row;
	return OK;
}

enum err
act_platform_leave(struct desk *d, struct str token)
{
	uint8_t hash[HASH_BYTES];
	uint64_t ended;

	if (!token_hash(token, hash))
		return OK;
	return sql_platform_session_end(d->control, (struct str){(const char *)hash, HASH_BYTES}, &ended);
}

enum err
act_platform_companies(struct desk *d, struct maybe_u64 before, struct str q, struct platform_list *out)
{
	struct platform_company *row;
	size_t n;

	TRY(sql_platform_companies(d->control, before.is ? before.v : UINT64_MAX, q, TENANT_LIVE, TENANT_SUSPENDED, d->arena, &row, &n));
	*out = (struct platform_list){.rows = arena_array(d->arena, struct platform_line, n + 1)};
	for (size_t i = 0; i < n && i < PLATFORM_PAGE; i++)
		out->rows[out->rows_n++] = line_of(&row[i], d->now);
	if (n > PLATFORM_PAGE)
		out->next = (struct maybe_u64){true, row[PLATFORM_PAGE - 1].id};
	return OK;
}

static struct platform_line
line_of(const struct platform_company *c, int64_t now)
{
	const struct subscription_facts f = {c->billed, c->trial_ends_at, c->paid_until, c->unpaid_since, c->ended_at};

	return (struct platform_line){.id = c->id, .slug = c->slug.is ? c->slug.v : STR(""), .name = c->name,
	    .country = c->country, .live = c->status == TENANT_LIVE, .standing = subscription_stands(&f, now, NULL),
	    .cents = c->cents, .currency = c->currency, .customers = (int64_t)c->customers, .pools = (int64_t)c->pools, .staff = (int64_t)c->staff,
	    .created_at = c->created_at, .counted_at = {c->counted_at > 0, c->counted_at},
	    .until_at = {c->until_at > now, c->until_at}};
}

enum err
act_platform_look(struct desk *d, const struct platform_who *who, uint64_t tenant_id, struct str *url)
{
	struct support_row *consent;
	const struct tenant *t;
	struct work w;
	enum err e;

	TRY(sql_support_of(d->control, tenant_id, d->arena, &consent));
	TRY(tenant_of_id(d->house->tenants, d->control, tenant_id, d->now, &t, &d->fault));
	if (t->status != TENANT_LIVE)
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	if (consent == NULL || consent->until_at <= d->now)
		return fail(&d->fault, E_FORBIDDEN, "consent", "This company does not let anybody look in now.");
	TRY(work_open(d, t, DB_WRITE, &w));
	w.actor = (struct actor){.kind = ACTOR_SUPPORT, .id = who->id, .language = d->language};
	e = link_issue(&w, LINK_SUPPORT, who->id, WAY_S, "support", url, NULL);
	if (e == OK)
		e = audit(&w, "support.opened", "company", 0, who->email);
	e = work_close(&w, e);
	if (e != OK) {
		d->fault = w.fault;
		return e;
	}
	return house_control(d->house, &d->control, &d->fault);
}
