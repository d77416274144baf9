/*
 * tenancy/import.c -- an archive becomes a new company. What an archive says is not believed: its
 * statements run under the new company's own account, which can reach nothing else.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/control/queries/spares.h"
#include "sql/control/queries/tenants.h"
#include "sql/migrations.h"
#include "sql/tenant/credential.h"
#include "tenancy/export.h"
#include "tenancy/provision.h"
#include "tenancy/sealed.h"
#include "tenancy/tar.h"
#include "tenancy/work.h"

#define LINE_FIRST 65536

struct counted {
	struct str table;
	uint64_t said, found;
};

/* One import under way. */
struct in {
	struct operator* op;
	struct tar_in tar;
	struct odb *db; /* as the new company's account */
	int64_t now;
	uint64_t id;  /* of the new company */
	uint64_t old; /* its number when it was exported */
	char schema[SCHEMA_MAX + 1];
	struct counted table[EXPORT_TABLES_MAX];
	size_t tables;
	struct buf line;
};

static enum err broken(struct in *in, const char *what);
static enum err manifest(struct in *in);
static enum err manifest_line(struct in *in, struct str key, struct str value, unsigned *seen);
static enum err place(struct in *in, struct str slug);
static enum err fresh(struct operator* op, struct str slug, uint64_t *id);
static enum err fill(struct in *in, bool *there);
static enum err load(struct in *in);
static enum err load_table(struct in *in, struct counted *c);
static struct counted *counted_of(struct in *in, struct str name);
static enum err seal_fields(struct in *in);
static enum err secrets(struct in *in);
static enum err secret(struct in *in, struct str line);
static enum err recovery_code(struct in *in, struct str rest);
static enum err unpack(struct in *in);
static enum err unpack_one(struct in *in, const char *path);
static enum err facts(struct in *in);
static enum err go_live(struct in *in);

enum err
export_import(struct operator* op, const char *path, struct str slug, uint64_t *id)
{
	struct in in = {.op = op};
	struct fault undo = {0};
	bool there = false;
	enum err e;
	int64_t ms;

	TRY(tenant_slug_check(slug, op->fault));
	now_read(&in.now, &ms);
	in.line = buf_open(op->arena, LINE_FIRST, EXPORT_LINE_MAX);
	if (!tar_open(&in.tar, path))
		return fail(op->fault, E_INVALID, "archive", "%s cannot be read: %s.", path,
		    strerror(errno));
	e = manifest(&in);
	if (e == OK)
		e = place(&in, slug);
	if (e != OK) {
		tar_shut(&in.tar);
		return e;
	}
	e = fill(&in, &there);
	if (e != OK && !there) {
		/* Nothing was committed: the schema is empty and may serve somebody else. */
		cdb_fault(op->control, &undo);
		if (sql_claim_undo(op->control, in.id, TENANT_CLAIMED, TENANT_SPARE) != OK)
			fprintf(stderr, "%s stays claimed: poolctl tenants delete\n", in.schema);
	}
	if (e == OK)
		e = unpack(&in);
	if (e == OK)
		e = facts(&in);
	if (e == OK)
		e = go_live(&in);
	odb_close(in.db);
	tar_shut(&in.tar);
	*id = in.id;
	return e;
}

static enum err
broken(struct in *in, const char *what)
{
	return fail(
	    in->op->fault, E_INVALID, "archive", "This archive cannot be restored: %s.", what);
}

/* ---- the manifest, before anything is made ---- */

static enum err
manifest(struct in *in)
{
	unsigned seen = 0;
	enum tar_step s;

	while ((s = tar_next(&in->tar)) == TAR_MEMBER && strcmp(in->tar.name, "manifest.txt") != 0)
		continue;
	if (s != TAR_MEMBER)
		return broken(
		    in, s == TAR_END ? "it has no manifest" : "it is damaged or cut short");
	while (tar_line(&in->tar, &in->line)) {
		struct str value, line = str_copy(in->op->arena, buf_str(&in->line));
		struct str key = str_cut(line, ' ', &value);

		TRY(manifest_line(in, key, value, &seen));
	}
	if (seen != 7)
		return broken(in, "its manifest is not whole");
	return tar_rewind(&in->tar) ? OK : broken(in, "it cannot be read twice");
}

static enum err
manifest_line(struct in *in, struct str key, struct str value, unsigned *seen)
{
	uint64_t n = 0;

	if (str_eq(key, STR("format"))) {
		*seen |= 1;
		if (!str_u64(value, &n) || n != EXPORT_FORMAT)
			return broken(in, "it has another format");
	} else if (str_eq(key, STR("step"))) {
		*seen |= 2;
		if (!str_u64(value, &n) || n > TENANT_STEP)
			return broken(in, "it was made by a newer program");
	} else if (str_eq(key, STR("company"))) {
		*seen |= 4;
		if (!str_u64(value, &in->old))
			return broken(in, "its manifest is not whole");
	} else if (str_starts(key, STR("rows."))) {
		struct str table = str_sub(key, 5, key.n);

		if (!str_u64(value, &n) || in->tables == EXPORT_TABLES_MAX ||
		    export_leaves_out(table))
			return broken(in, "its manifest is not whole");
		in->table[in->tables++] = (struct counted){.table = table, .said = n};
	}
	return OK;
}

/* ---- where it goes ---- */

/* A schema of our own: the one that an earlier, killed import has under this slug, else a new one.
 */
static enum err
place(struct in *in, struct str slug)
{
	struct operator* op = in->op;
	struct tenant_row *row = NULL;

	cdb_fault(op->control, op->fault);
	TRY(sql_tenant_by_slug(op->control, slug, op->arena, &row));
	if (row != NULL && (row->status != TENANT_CLAIMED || row->claimed_at.is))
		return fail(op->fault, E_INVALID, "slug", "This address is taken.");
	if (row != NULL) {
		in->id = row->id;
	} else {
		TRY(fresh(op, slug, &in->id));
	}
	provision_schema_name(op->config, in->id, in->schema);
	return OK;
}

/* Under the makers' lock, and claimed before it is let go: nobody signs up into it. */
static enum err
fresh(struct operator* op, struct str slug, uint64_t *id)
{
	enum err e;
	int lock;

	TRY(operator_lock(op, PROVISION_LOCK, PROVISION_WAIT_S, &lock));
	e = provision_spare(op, id);
	cdb_fault(op->control, op->fault);
	if (e == OK)
		e = sql_spare_claim_for_import(
		    op->control, *id, TENANT_SPARE, TENANT_CLAIMED, slug);
	close(lock);
	return e;
}

/* there: the company's row is committed, now or by an earlier import */
static enum err
fill(struct in *in, bool *there)
{
	struct str *cells;
	size_t rows, cols;
	enum err e;

	TRY(provision_sign_in(in->op, in->schema, in->schema, &in->db));
	TRY(odb_rows(in->db, STR("SELECT 1 FROM company"), in->op->arena, &cells, &rows, &cols));
	if (rows > 0) {
		*there = true;
		return OK;
	}
	TRY(odb_run(in->db, STR("START TRANSACTION")));
	e = load(in);
	if (e == OK)
		e = seal_fields(in);
	if (e == OK)
		e = odb_run(in->db, STR("COMMIT"));
	*there = e == OK;
	if (e != OK) {
		odb_close(in->db); /* the server rolls back */
		in->db = NULL;
	}
	return e;
}

/* ---- the rows ---- */

static enum err
load(struct in *in)
{
	bool opened = false;
	enum tar_step s;

	while ((s = tar_next(&in->tar)) == TAR_MEMBER) {
		struct str name = str_of(in->tar.name);

		if (str_starts(name, STR("sql/"))) {
			struct counted *c = counted_of(in, name);

			if (c == NULL)
				return broken(in, "a table is not in its manifest");
			TRY(load_table(in, c));
		} else if (str_eq(name, STR("sealed.bin"))) {
			TRY(secrets(in));
			opened = true;
		}
	}
	if (s != TAR_END || !opened)
		return broken(in, "it is damaged or cut short");
	for (size_t i = 0; i < in->tables; i++)
		if (in->table[i].said != in->table[i].found)
			return broken(in, "a table has not the rows that its manifest says");
	struct counted *company = counted_of(in, STR("sql/company.sql"));
	return company != NULL && company->found == 1 ? OK : broken(in, "it has no company");
}

static struct counted *
counted_of(struct in *in, struct str name)
{
	for (size_t i = 0; i < in->tables; i++) {
		struct str t = in->table[i].table;

		if (name.n == t.n + 8 && str_eq(str_sub(name, 4, t.n), t) &&
		    str_ends(name, STR(".sql")))
			return &in->table[i];
	}
	return NULL;
}

static enum err
load_table(struct in *in, struct counted *c)
{
	struct str begin = str_printf(in->op->arena, "INSERT INTO `%.*s` (", STR_ARG(c->table));

	while (tar_line(&in->tar, &in->line)) {
		struct str line = buf_str(&in->line);

		if (in->line.full || !str_starts(line, begin) || !str_ends(line, STR(");")))
			return broken(in, "a line of a table is no row");
		line.n--;
		TRY(odb_run(in->db, line));
		c->found++;
	}
	return in->tar.left == 0 ? OK : broken(in, "it is damaged or cut short");
}

/* ---- sealed values ---- */

/* Fields that a person may read stand in plain text in the archive: sealed here, before the commit.
 */
static enum err
seal_fields(struct in *in)
{
	struct operator* op = in->op;
	struct arena *a = op->arena;

	for (const struct sealed_column *c = sealed_columns; c->table != NULL; c++) {
		struct str *cells, sealed;
		size_t rows, cols;

		if (c->secret || export_leaves_out(str_of(c->table)))
			continue;
		TRY(odb_rows(in->db,
		    str_printf(a, "SELECT %s, %s FROM %s WHERE %s IS NOT NULL AND %s <> ''", c->id,
			c->column, c->table, c->column, c->column),
		    a, &cells, &rows, &cols));
		for (size_t i = 0; i < rows; i++) {
			struct place at = {in->id, c->table, c->column, 0};

			if (!str_u64(cells[2 * i], &at.row))
				return broken(in, "a sealed field has no number");
			TRY(keys_seal(op->keys, op->control, in->now, c->purpose, at,
			    cells[2 * i + 1], a, &sealed, op->fault));
			TRY(odb_run(
			    in->db, str_printf(a, "UPDATE %s SET %s = x'%.*s' WHERE %s = %" PRIu64,
					c->table, c->column,
					STR_ARG(str_hex(a, sealed.p, sealed.n)), c->id, at.row)));
		}
	}
	return OK;
}

/* Made by another house, or altered: the company is restored all the same, its people choose new
 * passwords. */
static enum err
secrets(struct in *in)
{
	struct operator* op = in->op;
	struct fault closed = {0};
	struct str sealed, plain, line;
	char *bytes;

	if (in->tar.size > EXPORT_SECRETS_MAX + SEAL_OVERHEAD)
		return broken(in, "its secrets are too long");
	bytes = arena_array(op->arena, char, (size_t)in->tar.size + 1);
	sealed = (struct str){bytes, tar_read(&in->tar, bytes, (size_t)in->tar.size)};
	if (keys_unseal(op->keys, op->control, in->now, KEY_AUTH, EXPORT_PLACE(in->old), sealed,
		op->arena, &plain, &closed) != OK) {
		fprintf(stderr, "sealed.bin does not open in this house: everybody has to choose a "
				"new password\n");
		return OK;
	}
	while (plain.n > 0) {
		line = str_cut(plain, '\n', &plain);
		if (line.n > 0)
			TRY(secret(in, line));
	}
	return OK;
}

static enum err
secret(struct in *in, struct str line)
{
	struct operator* op = in->op;
	struct arena *a = op->arena;
	struct str column, row, hex, table = str_cut(line, ' ', &column);
	const struct sealed_column *c;
	struct str sealed;
	char *plain;
	size_t n;

	if (str_eq(table, STR("recovery")))
		return recovery_code(in, column);
	column = str_cut(column, ' ', &row);
	row = str_cut(row, ' ', &hex);
	c = sealed_column_of(table, column);
	plain = arena_array(a, char, hex.n / 2 + 1);
	struct place at = {in->id, NULL, NULL, 0};
	if (c == NULL || !str_u64(row, &at.row) || !str_unhex(hex, plain, hex.n / 2, &n))
		return broken(in, "its secrets are not whole");
	if (export_leaves_out(table))
		return OK;
	at.table = c->table;
	at.column = c->column;
	TRY(keys_seal(op->keys, op->control, in->now, c->purpose, at, (struct str){plain, n}, a,
	    &sealed, op->fault));
	explicit_bzero(plain, n);
	return odb_run(
	    in->db, str_printf(a, "UPDATE %s SET %s = x'%.*s' WHERE %s = %" PRIu64, c->table,
			c->column, STR_ARG(str_hex(a, sealed.p, sealed.n)), c->id, at.row));
}

static enum err
recovery_code(struct in *in, struct str rest)
{
	struct str who, until, hash = str_cut(rest, ' ', &who);
	uint64_t actor, expires;
	uint8_t raw[HASH_BYTES];
	size_t n;

	who = str_cut(who, ' ', &until);
	if (!str_unhex(hash, raw, sizeof raw, &n) || n != sizeof raw || !str_u64(who, &actor) ||
	    !str_u64(until, &expires))
		return broken(in, "its secrets are not whole");
	return odb_run(in->db, str_printf(in->op->arena,
				   "INSERT INTO token (hash, purpose, actor_id, expires_at) "
				   "VALUES (x'%.*s', %d, %" PRIu64 ", %" PRIu64 ")",
				   STR_ARG(hash), TOKEN_RECOVERY, actor, expires));
}

/* ---- files, and alive ---- */

static enum err
unpack(struct in *in)
{
	struct str home = export_files_dir(in->op, str_of(in->schema));
	enum tar_step s;

	if (!tar_rewind(&in->tar))
		return broken(in, "it cannot be read twice");
	while ((s = tar_next(&in->tar)) == TAR_MEMBER) {
		struct arena_mark mark = arena_mark(in->op->arena);

		if (str_starts(str_of(in->tar.name), STR("files/")))
			TRY(unpack_one(in,
			    str_printf(in->op->arena, "%.*s/%s", STR_ARG(home), in->tar.name + 6)
				.p));
		arena_rewind(in->op->arena, mark);
	}
	return s == TAR_END ? OK : broken(in, "it is damaged or cut short");
}

/* The name was judged by the reader of the archive: it cannot leave its folder. */
static enum err
unpack_one(struct in *in, const char *path)
{
	char *copy = arena_array(in->op->arena, char, strlen(path) + 1), piece[65536];
	FILE *f = NULL;
	size_t n;
	int fd;

	memcpy(copy, path, strlen(path) + 1);
	for (char *p = copy + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		/* The company's programs write here too: they are of the same group. */
		if (mkdir(copy, 0770) != 0 ? errno != EEXIST : chmod(copy, 0770) != 0)
			return fail(in->op->fault, E_AWAY, "files", "%s cannot be made: %s.", copy,
			    strerror(errno));
		*p = '/';
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640);
	if (fd >= 0 && fchmod(fd, 0640) == 0)
		f = fdopen(fd, "wb");
	if (f == NULL)
		return fail(in->op->fault, E_AWAY, "files", "%s cannot be written: %s.", path,
		    strerror(errno));
	while ((n = tar_read(&in->tar, piece, sizeof piece)) > 0)
		if (fwrite(piece, 1, n, f) != n)
			break;
	if (fclose(f) != 0 || in->tar.left > 0)
		return fail(in->op->fault, E_AWAY, "files", "%s cannot be written: %s.", path,
		    strerror(errno));
	return OK;
}

/* The control schema's copy of what the company's own row says. */
static enum err
facts(struct in *in)
{
	struct operator* op = in->op;
	const struct zone *zone;
	struct str *c;
	size_t rows, cols;

	TRY(odb_rows(in->db,
	    STR("SELECT name, country, zone, currency, language FROM company WHERE id = 1"),
	    op->arena, &c, &rows, &cols));
	if (rows != 1)
		return broken(in, "it has no company");
	TRY(config_zone(op->config, c[2], &zone, op->fault));
	cdb_fault(op->control, op->fault);
	return sql_tenant_set_facts(op->control, in->id, c[0], c[1], c[2], c[3], c[4]);
}

static enum err
go_live(struct in *in)
{
	cdb_fault(in->op->control, in->op->fault);
	return sql_claim_finish(in->op->control, in->id, TENANT_CLAIMED, TENANT_LIVE);
}
