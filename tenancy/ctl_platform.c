/*
 * tenancy/ctl_platform.c -- poolctl platform: who of the platform comes in at the site's door.
 *
 * A key of 256 random bits, shown once and kept as a hash, and an authenticator's secret, kept sealed under the root's
 * auth key. Both are asked for each time; neither is ever chosen by a person.
 */
#include <inttypes.h>

#include "domain/base/id.h"
#include "domain/messaging/mail.h"
#include "sql/control/queries/platform.h"
#include "tenancy/credential.h"
#include "tenancy/ctl.h"
#include "tenancy/work.h"

static enum err platform(struct operator* op, struct words w);
static enum err list(struct operator* op, struct words w);
static enum err add(struct operator* op, struct words w);
static enum err renew(struct operator* op, struct words w);
static enum err disable(struct operator* op, struct words w);
static enum err one(struct operator* op, struct words w, struct platform_row **row);
static enum err fresh(struct operator* op, uint64_t id, struct str email, struct token *key, struct str *sealed);

#define ISSUER "Poolhouse platform"

const struct command command_platform = {"platform",
    "list | add EMAIL NAME | renew EMAIL | disable EMAIL",
    "Who of the platform may see the list of companies. add, renew: prints a key and an authenticator's secret, once.",
    NEEDS_CONTROL, platform};

static enum err
platform(struct operator* op, struct words w)
{
	static const struct {
		const char *name;
		enum err (*run)(struct operator* op, struct words w);
	} verbs[] = {{"list", list}, {"add", add}, {"renew", renew}, {"disable", disable}};
	struct words rest = {w.n - 1, w.word + 1};

	for (size_t i = 0; w.n > 0 && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, w.word[0]) == 0)
			return verbs[i].run(op, rest);
	return fail(op->fault, E_INVALID, "words", "Which of the verbs?");
}

static enum err
list(struct operator* op, struct words w)
{
	struct platform_row *row;
	size_t n;

	TRY(words_done(op, &w, 0));
	TRY(sql_platform_all(op->control, op->arena, &row, &n));
	for (size_t i = 0; i < n; i++)
		printf("%-40.*s %-8s %.*s\n", STR_ARG(row[i].email), row[i].disabled_at.is ? "disabled" : "active",
		    STR_ARG(row[i].name));
	return OK;
}

static enum err
add(struct operator* op, struct words w)
{
	struct str email, sealed;
	struct platform_row *row;
	struct token key;
	int64_t now, now_ms;
	uint64_t id;

	TRY(words_done(op, &w, 2));
	if (w.n < 2)
		return fail(op->fault, E_INVALID, "words", "Whose address, and which name?");
	email = str_lower(op->arena, str_trim(str_of(w.word[0])));
	TRY(sql_platform_by_email(op->control, email, op->arena, &row));
	if (row != NULL || !mail_address_valid(email))
		return fail(op->fault, E_INVALID, "words", "This address is none, or somebody's already: renew it.");
	now_read(&now, &now_ms);
	id = id_make(now_ms, random_u32());
	TRY(fresh(op, id, email, &key, &sealed));
	return sql_platform_insert(op->control, id, email, str_of(w.word[1]), STR("support"),
	    (struct str){(const char *)key.hash, HASH_BYTES}, sealed);
}

static enum err
renew(struct operator* op, struct words w)
{
	struct platform_row *row;
	struct str sealed;
	struct token key;
	uint64_t ended;

	TRY(one(op, w, &row));
	TRY(fresh(op, row->id, row->email, &key, &sealed));
	TRY(sql_platform_renew(op->control, row->id, (struct str){(const char *)key.hash, HASH_BYTES}, sealed,
	    (struct maybe_i64){0}, row->version));
	return sql_platform_sessions_end(op->control, row->id, &ended);
}

static enum err
disable(struct operator* op, struct words w)
{
	struct platform_row *row;
	int64_t now, now_ms;
	uint64_t ended;

	TRY(one(op, w, &row));
	now_read(&now, &now_ms);
	TRY(sql_platform_renew(op->control, row->id, STR(""), STR(""), (struct maybe_i64){true, now}, row->version));
	return sql_platform_sessions_end(op->control, row->id, &ended);
}

static enum err
one(struct operator* op, struct words w, struct platform_row **row)
{
	TRY(words_done(op, &w, 1));
	if (w.n < 1)
		return fail(op->fault, E_INVALID, "words", "Whose address?");
	TRY(sql_platform_by_email(op->control, str_lower(op->arena, str_of(w.word[0])), op->arena, row));
	return *row != NULL ? OK : fail(op->fault, E_NOT_FOUND, "words", "Nobody of the platform has this address.");
}

/* Shown once; what is kept opens nothing. */
static enum err
fresh(struct operator* op, uint64_t id, struct str email, struct token *key, struct str *sealed)
{
	const struct place at = {0, "platform_staff", "totp_secret", id};
	uint8_t secret[TOTP_SECRET_BYTES];
	int64_t now, now_ms;

	now_read(&now, &now_ms);
	token_make(key);
	totp_secret_make(secret);
	TRY(keys_seal(op->keys, NULL, now, KEY_AUTH, at, (struct str){(const char *)secret, sizeof secret}, op->arena, sealed,
	    op->fault));
	printf("key   %s\ncode  %.*s\n", key->text, STR_ARG(totp_uri(op->arena, STR(ISSUER), email, secret)));
	explicit_bzero(secret, sizeof secret);
	explicit_bzero(key->text, sizeof key->text);
	return OK;
}
