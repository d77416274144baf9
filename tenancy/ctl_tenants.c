/*
 * tenancy/ctl_tenants.c -- poolctl tenants: what the house knows of its companies, and their life.
 */
#include <inttypes.h>
#include <unistd.h>

#include "sql/control/queries/keys.h"
#include "sql/control/queries/tenants.h"
#include "sql/migrations.h"
#include "tenancy/ctl.h"
#include "tenancy/export.h"
#include "tenancy/migrate.h"

static enum err tenants(struct operator* op, struct words w);
static enum err list(struct operator* op, struct words w);
static enum err show(struct operator* op, struct words w);
static enum err suspend(struct operator* op, struct words w);
static enum err resume(struct operator* op, struct words w);
static enum err bring(struct operator* op, struct words w);
static enum err take_out(struct operator* op, struct words w);
static enum err drop(struct operator* op, struct words w);
static enum err import(struct operator* op, struct words w);
static enum err
change(struct operator* op, struct words w, enum tenant_status from, enum tenant_status to);

const struct command command_tenants = {"tenants",
    "list [--spares] | show SLUG | suspend SLUG | resume SLUG | migrate SLUG | export SLUG [FILE] "
    "| "
    "delete SLUG --yes",
    "The companies of this house. delete shreds the keys, drops schema and account, keeps a "
    "tombstone.",
    NEEDS_CONTROL, tenants};
const struct command command_import = {"import", "FILE --slug SLUG",
    "Restore an exported company as a new one, under a new address and a new data key.",
    NEEDS_CONTROL, import};

static enum err
tenants(struct operator* op, struct words w)
{
	static const struct {
		const char *name;
		enum err (*run)(struct operator* op, struct words w);
	} verbs[] = {{"list", list}, {"show", show}, {"suspend", suspend}, {"resume", resume},
	    {"migrate", bring}, {"export", take_out}, {"delete", drop}};
	struct words rest = {w.n - 1, w.word + 1};

	for (size_t i = 0; w.n > 0 && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, w.word[0]) == 0)
			return verbs[i].run(op, rest);
	return fail(op->fault, E_INVALID, "words", "Which of the verbs?");
}

static struct str
slug_of(const struct tenant_row *t)
{
	return t->slug.is ? t->slug.v : STR("-");
}

struct listing {
	bool spares;
};

static enum err
list_one(struct operator* op, const struct tenant_row *t, void *ctx)
{
	const struct listing *l = ctx;

	(void)op;
	if (t->status == TENANT_SPARE && !l->spares)
		return OK;
	printf("%-6" PRIu64 " %-40.*s %-10s %4" PRIu32 " %-10.*s %-2.*s %.*s\n", t->id,
	    STR_ARG(slug_of(t)), tenant_status_name((enum tenant_status)t->status), t->step,
	    STR_ARG(t->plan), STR_ARG(t->country), STR_ARG(t->name));
	return OK;
}

static enum err
list(struct operator* op, struct words w)
{
	struct listing l = {.spares = words_flag(&w, "--spares")};

	TRY(words_done(op, &w, 0));
	printf("%-6s %-40s %-10s %4s %-10s %-2s %s\n", "number", "slug", "status", "step", "plan",
	    "in", "name");
	return ctl_walk(op, list_one, &l);
}

static void
show_time(const char *what, int64_t at)
{
	char day[DAY_LETTERS + 1];
	int minute = (int)(at % 86400 / 60);

	day_write((struct day){(int32_t)(at / 86400)}, day);
	printf("%-9s %s %02d:%02d UTC\n", what, day, minute / 60, minute % 60);
}

static enum err
show(struct operator* op, struct words w)
{
	struct key_row *keys;
	struct tenant_row t;
	size_t n;

	TRY(words_done(op, &w, 1));
	TRY(ctl_tenant(op, w.n > 0 ? w.word[0] : NULL, &t));
	TRY(sql_keys_of_tenant(op->control, t.id, op->arena, &keys, &n));
	printf("number    %" PRIu64 "\n", t.id);
	printf("slug      %.*s\n", STR_ARG(slug_of(&t)));
	printf("name      %.*s\n", STR_ARG(t.name));
	printf("status    %s\n", tenant_status_name((enum tenant_status)t.status));
	printf("schema    %.*s on cluster %" PRIu32 "\n", STR_ARG(t.schema_name), t.cluster_id);
	printf("step      %" PRIu32 " of %" PRIu32 "\n", t.step, TENANT_STEP);
	printf("plan      %.*s\n", STR_ARG(t.plan));
	printf("place     %.*s, %.*s, %.*s, %.*s\n", STR_ARG(t.country), STR_ARG(t.zone),
	    STR_ARG(t.currency), STR_ARG(t.language));
	show_time("made at", t.created_at);
	if (t.claimed_at.is)
		show_time("claimed", t.claimed_at.v);
	for (size_t i = 0; i < n; i++)
		printf("key       version %" PRIu32 " under root %" PRIu32 "\n",
		    keys[i].key_version, keys[i].root_version);
	return OK;
}

static enum err
suspend(struct operator* op, struct words w)
{
	return change(op, w, TENANT_LIVE, TENANT_SUSPENDED);
}

static enum err
resume(struct operator* op, struct words w)
{
	return change(op, w, TENANT_SUSPENDED, TENANT_LIVE);
}

/* Workers notice within the 30 seconds of their cache; those that refuse it already, within 2. */
static enum err
change(struct operator* op, struct words w, enum tenant_status from, enum tenant_status to)
{
	struct tenant_row t;

	TRY(words_done(op, &w, 1));
	TRY(ctl_tenant(op, w.n > 0 ? w.word[0] : NULL, &t));
	if (t.status == (uint32_t)to) {
		printf("%s is %s already\n", w.word[0], tenant_status_name(to));
		return OK;
	}
	if (t.status != (uint32_t)from)
		return fail(op->fault, E_INVALID, "status", "%s is %s, not %s.", w.word[0],
		    tenant_status_name((enum tenant_status)t.status), tenant_status_name(from));
	TRY(sql_tenant_set_status(op->control, t.id, to, t.version));
	printf("%s is %s\n", w.word[0], tenant_status_name(to));
	return OK;
}

static enum err
bring(struct operator* op, struct words w)
{
	struct tenant_row t;
	struct migrated m;

	TRY(words_done(op, &w, 1));
	TRY(ctl_tenant(op, w.n > 0 ? w.word[0] : NULL, &t));
	TRY(migrate_tenant(op, t.id, str_copy(op->arena, t.schema_name).p, &m));
	printf("%s: step %" PRIu32 " -> %" PRIu32 " in %lld ms\n", w.word[0], m.from, m.to,
	    (long long)m.took_ms);
	return OK;
}

static enum err
take_out(struct operator* op, struct words w)
{
	struct tenant_row t;
	struct str file;

	TRY(words_done(op, &w, 2));
	TRY(ctl_tenant(op, w.n > 0 ? w.word[0] : NULL, &t));
	file = w.n > 1 ? str_of(w.word[1])
		       : str_printf(op->arena, "%s-%" PRIu64 ".tar", w.word[0], t.id);
	TRY(export_company(op, &t, file.p));
	printf("%s\n", file.p);
	return OK;
}

static enum err
drop(struct operator* op, struct words w)
{
	bool sure = words_flag(&w, "--yes");
	struct tenant_row t;

	TRY(words_done(op, &w, 1));
	TRY(ctl_tenant(op, w.n > 0 ? w.word[0] : NULL, &t));
	if (!sure)
		return fail(op->fault, E_INVALID, "words",
		    "This cannot be undone. Export the company first, then add --yes.");
	TRY(export_delete(op, &t));
	printf("%s is gone: keys shredded, schema and account dropped\n", w.word[0]);
	return OK;
}

static enum err
import(struct operator* op, struct words w)
{
	const char *slug = words_value(&w, "--slug");
	uint64_t id;

	TRY(words_done(op, &w, 1));
	if (w.n < 1 || slug == NULL)
		return fail(op->fault, E_INVALID, "words", "Which archive, and which new address?");
	TRY(export_import(op, w.word[0], str_of(slug), &id));
	printf("%s is company #%" PRIu64 "\n", slug, id);
	return OK;
}
