#include "tenancy/credential_proof.h"

#include "domain/access/credential.h"
#include "domain/access/role.h"
#include "domain/staff/staff.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/links.h"
#include "tenancy/credential.h"

#define STAFF_TABLE "staff"

static enum err check_waiting(struct work *w, const struct credential *c, bool spent);
static enum err check_password(struct work *w, const struct credential *c, const struct proof *p,
    bool *right);
static enum err count_failure(struct work *w, const struct credential *c, struct proven *out);
static enum err check_code(struct work *w, const struct credential *c, struct str code, bool *right,
    int64_t *step, bool *recovery);
static enum err spend_recovery(
    struct work *w, const struct credential *c, struct str code, bool *right);
static enum err freshen(
    struct work *w, const struct credential *c, struct str password, struct str hash);

uint64_t
proof_may(const struct credential *c)
{
	const struct role_entry *built_in = role_entry((enum built_in_role)c->role);

	return built_in != NULL ? built_in->may : c->own_may;
}

enum err
proof_check(struct work *w, const struct credential *c, const struct proof *p, struct proven *out)
{
	bool right = false;

	*out = (struct proven){0};
	if (c != NULL)
		TRY(check_waiting(w, c, credential_spent(c->failures)));
	TRY(check_password(w, c, p, &right));
	if (!right) {
		TRY(count_failure(w, c, out));
		return fail(&w->fault, E_SIGNED_OUT, p->field,
		    "The e-mail address or the password is not right.");
	}
	if (p->no_code)
		return sql_credential_tried(w->db, c->id, 0, 0, c->totp_step);
	return proof_code(w, c, p->code, out);
}

enum err
proof_code(struct work *w, const struct credential *c, struct maybe_str code, struct proven *out)
{
	int64_t step = c->totp_step;
	bool right = false;

	*out = (struct proven){0};
	TRY(check_waiting(w, c, false));
	if (!c->totp_confirmed_at.is)
		return sql_credential_tried(w->db, c->id, 0, 0, step);
	if (!code.is || str_trim(code.v).n == 0)
		return fail(&w->fault, E_SIGNED_OUT, "code",
		    "Please enter the code of your authenticator.");
	TRY(check_code(w, c, str_trim(code.v), &right, &step, &out->recovery));
	if (!right) {
		TRY(count_failure(w, c, out));
		return fail(&w->fault, E_SIGNED_OUT, "code",
		    "This code is not right. A code works only once.");
	}
	out->second_factor = true;
	return sql_credential_tried(w->db, c->id, 0, 0, step);
}

static enum err
check_waiting(struct work *w, const struct credential *c, bool spent)
{
	if (c->locked_until <= w->now && !spent)
		return OK;
	if (w->fault.err == OK)
		w->fault.retry_after_s =
		    c->locked_until > w->now ? (unsigned)(c->locked_until - w->now) : LOCK_MAX_S;
	return fail(&w->fault, E_LIMIT, "password",
	    "Too many attempts. Please wait, or reset your password.");
}

/* Nobody, somebody who has not accepted yet and somebody who was disabled cost what an active person costs. */
static enum err
check_password(struct work *w, const struct credential *c, const struct proof *p, bool *right)
{
	struct str hash = STR_NONE;

	if (c != NULL && c->state == STAFF_ACTIVE && c->password.is)
		TRY(work_unseal(w, KEY_AUTH, STAFF_TABLE, "password", c->id, c->password.v, &hash));
	TRY(password_verify(p->password, hash, right, &w->fault));
	if (*right)
		TRY(freshen(w, c, p->password, hash));
	return OK;
}

/* Parameters have risen, or a new root seals: this is the one moment when the password is at hand. */
static enum err
freshen(struct work *w, const struct credential *c, struct str password, struct str hash)
{
	bool stale = password_stale(hash);
	struct str sealed;

	if (!stale && !keys_behind(w->house->keys, KEY_AUTH, 0, c->password.v))
		return OK;
	if (stale)
		TRY(password_hash(password, w->arena, &hash, &w->fault));
	TRY(work_seal(w, KEY_AUTH, STAFF_TABLE, "password", c->id, hash, &sealed));
	return sql_credential_set_password(w->db, c->id, sealed);
}

static enum err
count_failure(struct work *w, const struct credential *c, struct proven *out)
{
	uint32_t failures;

	out->counted = true;
	if (c == NULL)
		return OK;
	failures = c->failures + 1;
	return sql_credential_tried(
	    w->db, c->id, failures, credential_locked_until(failures, w->now), c->totp_step);
}

static enum err
check_code(struct work *w, const struct credential *c, struct str code, bool *right, int64_t *step,
    bool *recovery)
{
	*recovery = false;
	*right = false;
	if (code.n > 6) {
		TRY(spend_recovery(w, c, code, right));
		*recovery = *right;
		return OK;
	}
	return proof_totp(w, c, code, right, step);
}

enum err
proof_totp(struct work *w, const struct credential *c, struct str code, bool *right, int64_t *step)
{
	struct str secret;

	*right = false;
	if (!c->totp_secret.is)
		return OK;
	TRY(work_unseal(w, KEY_AUTH, STAFF_TABLE, "totp_secret", c->id, c->totp_secret.v, &secret));
	if (secret.n != TOTP_SECRET_BYTES)
		return fail(&w->fault, E_BUG, NULL, "A stored secret has the wrong length.");
	*right = totp_verify((const uint8_t *)secret.p, code, w->now, c->totp_step, step);
	return OK;
}

static enum err
spend_recovery(struct work *w, const struct credential *c, struct str code, bool *right)
{
	uint8_t hash[HASH_BYTES];
	struct str key = {(const char *)hash, HASH_BYTES};
	struct link_row *row;
	uint64_t changed;

	if (!recovery_hash(code, hash))
		return OK;
	TRY(sql_link_look(w->db, key, TOKEN_RECOVERY, w->now, w->arena, &row));
	if (row == NULL || row->actor_id != c->id)
		return OK;
	TRY(sql_link_use(w->db, key, w->now, &changed));
	*right = changed == 1;
	return OK;
}

enum err
proof_password(struct work *w, uint64_t id, struct str password, bool second_factor,
    struct str email, struct str company, struct str *sealed)
{
	const struct password_list *list;
	struct str hash;

	TRY(house_passwords(w->house, &list, &w->fault));
	TRY(password_check(list, password, second_factor, email, company, &w->fault));
	TRY(password_hash(password, w->arena, &hash, &w->fault));
	return work_seal(w, KEY_AUTH, STAFF_TABLE, "password", id, hash, sealed);
}
