/*
 * tenancy/provision.c -- schemas and accounts: made, mended, dropped. DDL as text stands only here
 * and in the migrations; every name in it is built from the configured prefix and a number.
 */
#include "tenancy/provision.h"

#include <unistd.h>

#include "sql/control/queries/keys.h"
#include "sql/control/queries/spares.h"
#include "sql/control/queries/tenants.h"
#include "tenancy/lease.h"
#include "tenancy/migrate.h"
#include "tenancy/work.h"

#define CLUSTER_FIRST 1
#define CLUSTER_OPEN  1
#define TEXT_MAX      2048

static enum err
run(struct operator* op, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool name_ours(const struct config *c, const char *name);
static const char *account_from(const struct config *c);
static enum err spare_finish(struct operator* op, uint64_t id);
static enum err spare_enter(struct operator* op, uint64_t id, const char *schema, uint32_t step);
static enum err next_number(struct operator* op, uint64_t *id);
static enum err has_company(struct operator* op, const char *schema, bool *has);

void
provision_schema_name(const struct config *c, uint64_t id, char out[SCHEMA_MAX + 1])
{
	char name[24];

	snprintf(name, sizeof name, "t%06llu", (unsigned long long)id);
	house_account(c, name, out);
}

enum err provision_house(struct operator* op)
{
	const struct config *c = op->config;
	char control[SCHEMA_MAX + 1], login[SCHEMA_MAX + 1];
	struct migrated m;
	uint64_t changed;

	house_account(c, "control", control);
	house_account(c, "login", login);
	if (!name_ours(c, control))
		return fail(op->fault, E_INVALID, "db_prefix",
		    "The prefix of schemas is 2 to 24 small letters, digits and _, a letter first, "
		    "_ last.");
	TRY(run(op,
	    "CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
	    control));
	TRY(provision_account(op, control, false));
	TRY(provision_account(op, login, false));
	TRY(migrate_control(op, &m));
	/* The start-up check wants to see that no role exists: names only, no secrets. */
	TRY(run(op, "GRANT SELECT ON mysql.roles_mapping TO '%s'@'%s'", control, account_from(c)));
	if (op->control == NULL) {
		const char *password = c->db_operator_password;
		struct db_login l = house_login(c, c->db_operator,
		    password != NULL && password[0] != '\0' ? password : NULL, control);

		TRY(cdb_open(&l, &op->control, op->fault));
	}
	cdb_fault(op->control, op->fault);
	return sql_cluster_insert(
	    op->control, CLUSTER_FIRST, STR("first"), str_of(c->db_socket), CLUSTER_OPEN, &changed);
}

enum err
provision_spare(struct operator* op, uint64_t *id)
{
	TRY(operator_need_control(op));
	TRY(next_number(op, id));
	return spare_finish(op, *id);
}

enum err
provision_mend(struct operator* op, unsigned *mended)
{
	char control[SCHEMA_MAX + 1];
	struct str pattern, *name;
	size_t rows, cols;

	*mended = 0;
	TRY(operator_need_control(op));
	house_account(op->config, "control", control);
	/* An equality or prefix on the schema's name keeps this question cheap with thousands of
	 * schemas. */
	pattern = str_printf(op->arena,
	    "SELECT s.schema_name FROM information_schema.schemata s "
	    "LEFT JOIN `%s`.tenant t ON t.schema_name = s.schema_name "
	    "WHERE s.schema_name REGEXP '^%st[0-9]{6,}$' AND t.id IS NULL ORDER BY s.schema_name",
	    control, op->config->db_prefix);
	TRY(odb_rows(op->odb, pattern, op->arena, &name, &rows, &cols));
	for (size_t i = 0; i < rows; i++) {
		struct str digits = str_sub(name[i], strlen(op->config->db_prefix) + 1, name[i].n);
		uint64_t id, changed;
		bool has;

		if (!str_u64(digits, &id))
			continue;
		TRY(has_company(op, name[i].p, &has));
		if (has) {
			fprintf(stderr,
			    "%s holds a company, but the control schema does not know it: "
			    "left alone\n",
			    name[i].p);
			continue;
		}
		cdb_fault(op->control, op->fault);
		TRY(sql_house_counter_set(op->control, STR("tenant"), id, &changed));
		TRY(spare_finish(op, id));
		++*mended;
	}
	return OK;
}

enum err
provision_stock(struct operator* op, uint32_t keep, unsigned wait_s, unsigned *made)
{
	struct count_row count;
	enum err e;
	int lock;

	TRY(operator_need_control(op));
	TRY(operator_lock(op, PROVISION_LOCK, wait_s, &lock));
	e = provision_mend(op, made);
	while (e == OK) {
		struct arena_mark mark = arena_mark(op->arena);
		uint64_t id;

		cdb_fault(op->control, op->fault);
		e = sql_spares_count(op->control, TENANT_SPARE, op->arena, &count);
		if (e == OK && (count.n >= keep || count.n >= SPARES_MAX))
			break;
		if (e == OK)
			e = provision_spare(op, &id);
		if (e == OK)
			++*made;
		arena_rewind(op->arena, mark);
	}
	close(lock);
	return e;
}

enum err
provision_account(struct operator* op, const char *account, bool both)
{
	const char *from = account_from(op->config);
	char how[512], password[DB_PASSWORD_LETTERS + 1];
	size_t n = 0;
	enum err e;

	if (!name_ours(op->config, account))
		return fail(op->fault, E_BUG, NULL, "%s is not an account of this house.", account);
	for (unsigned i = 0;
	     (i == 0 || both) && keys_db_password_before(op->keys, i, account, password); i++)
		n += (size_t)snprintf(how + n, sizeof how - n,
		    "%s mysql_native_password USING PASSWORD('%s')", i == 0 ? "" : " OR", password);
	e = run(op, "CREATE USER IF NOT EXISTS '%s'@'%s' IDENTIFIED VIA%s", account, from, how);
	/* The account may be there from before, with the password of another root. */
	if (e == OK)
		e = run(op, "ALTER USER '%s'@'%s' IDENTIFIED VIA%s", account, from, how);
	explicit_bzero(how, sizeof how);
	explicit_bzero(password, sizeof password);
	return e;
}

enum err
provision_accounts(struct operator* op, unsigned *made)
{
	char control[SCHEMA_MAX + 1];
	struct str *schema;
	size_t n, cols;

	*made = 0;
	TRY(operator_need_control(op));
	house_account(op->config, "control", control);
	TRY(odb_rows(op->odb,
	    str_printf(op->arena,
	        "SELECT s.name FROM (SELECT '%s' AS name UNION ALL SELECT schema_name FROM `%s`.tenant WHERE status <> %d) s "
	        "LEFT JOIN (SELECT DISTINCT CONVERT(User USING utf8mb4) AS name FROM mysql.tables_priv) p "
	        "ON p.name = CONVERT(s.name USING utf8mb4) WHERE p.name IS NULL",
	        control, control, TENANT_GONE),
	    op->arena, &schema, &n, &cols));
	for (size_t i = 0; i < n; i++) {
		const bool house = str_eq(schema[i], str_of(control));

		TRY(provision_account(op, schema[i].p, !house));
		TRY(migrate_rights(op, schema[i].p, schema[i].p, house ? control_migrations : tenant_migrations));
		++*made;
	}
	return OK;
}

enum err
provision_sign_in(struct operator* op, const char *account, const char *schema, struct odb **db)
{
	char password[DB_PASSWORD_LETTERS + 1];
	enum err e = E_AWAY;

	for (unsigned n = 0; e != OK && keys_db_password_before(op->keys, n, account, password);
	     n++) {
		struct db_login l = house_login(op->config, account, password, schema);

		*op->fault = (struct fault){0};
		e = odb_open(&l, db, op->fault);
		explicit_bzero(password, sizeof password);
	}
	return e;
}

enum err
provision_drop(struct operator* op, const char *schema)
{
	if (!name_ours(op->config, schema))
		return fail(op->fault, E_BUG, NULL, "%s is not a schema of this house.", schema);
	/* The account first: from then on nobody gets in; then whoever was in already. */
	TRY(run(op, "DROP USER IF EXISTS '%s'@'%s'", schema, account_from(op->config)));
	TRY(run(op, "KILL CONNECTION USER '%s'@'%s'", schema, account_from(op->config)));
	return run(op, "DROP DATABASE IF EXISTS `%s`", schema);
}

/* Everything a spare needs; each part may be there already. */
static enum err
spare_finish(struct operator* op, uint64_t id)
{
	char schema[SCHEMA_MAX + 1];
	struct migrated m;

	provision_schema_name(op->config, id, schema);
	TRY(run(op,
	    "CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
	    schema));
	TRY(provision_account(op, schema, true));
	TRY(migrate_schema(op, schema, schema, tenant_migrations, &m));
	return spare_enter(op, id, schema, m.to);
}

/* The data key and the row that makes it a spare: both or neither. */
static enum err
spare_enter(struct operator* op, uint64_t id, const char *schema, uint32_t step)
{
	struct cdb *db = op->control;
	struct maybe_str no_slug = {0};
	struct maybe_i64 unclaimed = {0};
	struct str wrapped;
	int64_t now, ms;
	enum err e;

	now_read(&now, &ms);
	cdb_fault(db, op->fault);
	TRY(keys_make(op->keys, id, 1, op->arena, &wrapped, op->fault));
	TRY(cdb_begin(db, DB_WRITE));
	e = sql_key_insert(db, id, 1, keys_root_version(op->keys), wrapped, now);
	if (e == OK)
		e = sql_tenant_insert(db, id, no_slug, STR(""), str_of(schema), TENANT_SPARE, step,
		    CLUSTER_FIRST, STR("trial"), STR("US"), STR("UTC"), STR("USD"), STR("en"), now,
		    unclaimed);
	if (e != OK) {
		cdb_rollback(db);
		return e;
	}
	return cdb_commit(db);
}

/* The number is spent at once: a maker that dies leaves a gap or a schema to mend, never a number
 * twice. */
static enum err
next_number(struct operator* op, uint64_t *id)
{
	struct count_row *row = NULL;
	uint64_t changed;
	enum err e;

	cdb_fault(op->control, op->fault);
	TRY(cdb_begin(op->control, DB_WRITE));
	e = sql_house_counter_bump(op->control, STR("tenant"), &changed);
	if (e == OK)
		e = sql_house_counter(op->control, STR("tenant"), op->arena, &row);
	if (e == OK && row == NULL)
		e = fail(op->fault, E_BUG, NULL, "The counter of companies is not there.");
	if (e != OK) {
		cdb_rollback(op->control);
		return e;
	}
	*id = row->n;
	return cdb_commit(op->control);
}

static enum err
has_company(struct operator* op, const char *schema, bool *has)
{
	struct str sql, *cells;
	size_t rows, cols;

	sql = str_printf(op->arena,
	    "SELECT 1 FROM information_schema.tables "
	    "WHERE table_schema = '%s' AND table_name = 'company'",
	    schema);
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	*has = false;
	if (rows == 0)
		return OK;
	sql = str_printf(op->arena, "SELECT 1 FROM `%s`.company LIMIT 1", schema);
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	*has = rows > 0;
	return OK;
}

/* Small letters, digits and _ after our prefix: nothing that could end a quoted name. */
static bool
name_ours(const struct config *c, const char *name)
{
	size_t prefix = strlen(c->db_prefix), n = strlen(name);

	if (prefix < 2 || prefix > 24 || c->db_prefix[prefix - 1] != '_' || c->db_prefix[0] < 'a' ||
	    c->db_prefix[0] > 'z' || n <= prefix || n > SCHEMA_MAX ||
	    memcmp(name, c->db_prefix, prefix) != 0)
		return false;
	return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

/* Over a unix socket every account is a local one. */
static const char *
account_from(const struct config *c)
{
	return c->db_socket != NULL && c->db_socket[0] != '\0' ? "localhost" : "%";
}

static enum err
run(struct operator* op, const char *format, ...)
{
	char text[TEXT_MAX];
	va_list args;
	enum err e;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof text)
		return fail(op->fault, E_BUG, NULL, "A statement about an account is too long.");
	e = odb_run(op->odb, (struct str){text, (size_t)n});
	explicit_bzero(text, sizeof text);
	return e;
}
