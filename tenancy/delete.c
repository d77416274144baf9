/*
 * tenancy/delete.c -- a company's end. The keys go first: whatever a later step or an old backup
 * leaves behind, nobody can read its secrets any more.
 */
#include <errno.h>
#include <ftw.h>
#include <unistd.h>

#include "sql/control/queries/accounts.h"
#include "sql/control/queries/archives.h"
#include "sql/control/queries/due.h"
#include "sql/control/queries/keys.h"
#include "sql/control/queries/platform.h"
#include "sql/control/queries/subscriptions.h"
#include "sql/control/queries/tenants.h"
#include "tenancy/archive.h"
#include "tenancy/export.h"
#include "tenancy/files.h"
#include "tenancy/provision.h"

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where);
static enum err remove_files(struct operator* op, struct str schema);

enum err
export_delete(struct operator* op, const struct tenant_row *t)
{
	uint32_t version = t->version;
	uint64_t rows;

	cdb_fault(op->control, op->fault);
	if (t->status != TENANT_DELETING) {
		TRY(sql_tenant_set_status(op->control, t->id, TENANT_DELETING, version));
		version++;
	}
	TRY(sql_keys_shred(op->control, t->id, &rows));
	keys_forget(op->keys, t->id);
	TRY(provision_drop(op, str_copy(op->arena, t->schema_name).p));
	TRY(remove_files(op, t->schema_name));
	TRY(sql_hosts_drop(op->control, t->id, &rows));
	TRY(sql_accounts_drop(op->control, t->id, &rows));
	TRY(sql_subscription_drop(op->control, t->id, &rows));
	TRY(sql_support_drop(op->control, t->id, &rows));
	TRY(sql_size_drop(op->control, t->id, &rows));
	TRY(sql_archive_drop(op->control, t->id, &rows));
	(void)unlink(files_dir(op->arena, op->config, archive_name(op->arena, t->schema_name)).p);
	TRY(sql_due_forget(op->control, t->id, &rows));
	TRY(sql_signups_drop(op->control, t->id, &rows));
	return sql_tenant_set_gone(op->control, t->id, TENANT_GONE, version);
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

/* Depth first, links not followed. */
static enum err
remove_files(struct operator* op, struct str schema)
{
	struct str dir = export_files_dir(op, schema);

	if (nftw(dir.p, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
		return fail(op->fault, E_AWAY, "files", "%s cannot be removed: %s.", dir.p,
		    strerror(errno));
	return OK;
}
