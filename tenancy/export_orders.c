#include "tenancy/export_orders.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/control/queries/archives.h"
#include "sql/control/queries/tenants.h"
#include "tenancy/archive.h"
#include "tenancy/export.h"
#include "tenancy/files.h"
#include "tenancy/log.h"
#include "tenancy/work.h"

#define AT_ONCE   20
#define TOLD_EACH 50 /* tables and files between two words of how far it is */

/* One under way. */
struct making {
	struct operator *op;
	struct archive_row row;
	int64_t all;
};

static enum err make_one(struct operator* op, const struct archive_row *row);
static enum err make_file(struct making *m, const struct tenant_row *t, int64_t *bytes);
static void how_far(void *ctx, int64_t done, int64_t all);
static enum err take_old(struct operator* op, int64_t now);
static struct str path_of(struct operator* op, struct str schema);

enum err
archives_make(struct operator* op)
{
	int64_t now, now_ms;

	now_read(&now, &now_ms);
	for (unsigned i = 0; i < AT_ONCE; i++) {
		struct archive_row *row;

		TRY(sql_archive_next(op->control, ARCHIVE_ASKED, ARCHIVE_WORKING, op->arena, &row));
		if (row == NULL)
			break;
		TRY(make_one(op, row));
	}
	return take_old(op, now);
}

static enum err
make_one(struct operator* op, const struct archive_row *row)
{
	struct making m = {.op = op, .row = *row};
	struct tenant_row *t;
	int64_t now, now_ms, bytes = 0;
	uint64_t changed;
	enum err e;

	TRY(sql_tenant_by_id(op->control, row->tenant_id, op->arena, &t));
	if (t == NULL || (t->status != TENANT_LIVE && t->status != TENANT_SUSPENDED))
		return sql_archive_drop(op->control, row->tenant_id, &changed);
	how_far(&m, 0, 0);
	e = make_file(&m, t, &bytes);
	if (e != OK)
		log_note("archive", words_fault(op->arena, ENGLISH, op->fault).p, (int64_t)row->tenant_id);
	*op->fault = (struct fault){0};
	now_read(&now, &now_ms);
	return sql_archive_move(op->control, row->tenant_id, e == OK ? ARCHIVE_READY : ARCHIVE_FAILED, m.all, m.all, bytes, now,
	    row->asked_at, &changed);
}

/* As photos are: readable by nginx's group, by nobody else. */
static enum err
make_file(struct making *m, const struct tenant_row *t, int64_t *bytes)
{
	struct operator *op = m->op;
	struct str path = path_of(op, t->schema_name), folder = files_dir(op->arena, op->config, STR("archives"));
	struct str files = files_dir(op->arena, op->config, STR(""));
	struct stat st;

	if ((mkdir(files.p, 0770) != 0 && errno != EEXIST) || (mkdir(folder.p, 0750) != 0 && errno != EEXIST) ||
	    chmod(folder.p, 0750) != 0)
		return fail(op->fault, E_AWAY, "archive", "%s cannot be written: %s.", folder.p, strerror(errno));
	TRY(export_company_told(op, t, path.p, how_far, m));
	if (chmod(path.p, 0640) != 0 || stat(path.p, &st) != 0)
		return fail(op->fault, E_AWAY, "archive", "%s cannot be read: %s.", path.p, strerror(errno));
	*bytes = st.st_size;
	return OK;
}

/* What is not told in time is told by the next word: nothing hangs on it. */
static void
how_far(void *ctx, int64_t done, int64_t all)
{
	struct making *m = ctx;
	uint64_t changed;

	m->all = all;
	if (done % TOLD_EACH != 0 && done != all)
		return;
	(void)!sql_archive_move(m->op->control, m->row.tenant_id, ARCHIVE_WORKING, done, all, 0, 0, m->row.asked_at, &changed);
}

static enum err
take_old(struct operator* op, int64_t now)
{
	struct archive_row *row;
	size_t n;

	TRY(sql_archive_old(op->control, ARCHIVE_READY, now - ARCHIVE_KEPT_S, op->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		struct tenant_row *t;
		uint64_t changed;

		TRY(sql_tenant_by_id(op->control, row[i].tenant_id, op->arena, &t));
		if (t != NULL)
			(void)unlink(path_of(op, t->schema_name).p);
		TRY(sql_archive_drop(op->control, row[i].tenant_id, &changed));
	}
	return OK;
}

static struct str
path_of(struct operator* op, struct str schema)
{
	return files_dir(op->arena, op->config, archive_name(op->arena, schema));
}
