/*
 * tests/rows/transfer_test.c -- a company out, in again as another one, and gone.
 */
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/control/queries/tenants.h"
#include "sql/tenant/credential.h"
#include "tenancy/export.h"
#include "tenancy/provision.h"
#include "tenancy/rotate.h"
#include "tenancy/tar.h"
#include "tests/rows/world.h"

static struct str
ask(struct world *t, const char *schema, const char *sql)
{
	struct str *cell;
	size_t rows, cols;

	t->fault = (struct fault){0};
	world_ok(t, &t->fault, odb_use(t->op.odb, schema));
	world_ok(t, &t->fault, odb_rows(t->op.odb, str_of(sql), t->a, &cell, &rows, &cols));
	return rows > 0 ? cell[0] : STR_NONE;
}

static struct str
seal(struct world *t, enum key_purpose p, const char *table, const char *column, uint64_t row,
    const char *plain)
{
	struct place at = {t->mine.id, table, column, row};
	struct cdb *control;
	struct str sealed;

	world_ok(t, &t->fault, house_control(t->house, &control, &t->fault));
	world_ok(t, &t->fault,
	    keys_seal(t->house->keys, control, 1700000000, p, at, str_of(plain), t->a, &sealed,
		&t->fault));
	return str_hex(t->a, sealed.p, sealed.n);
}

static struct str
unseal(struct world *t, enum key_purpose p, uint64_t tenant, const char *schema, const char *table,
    const char *column, uint64_t row)
{
	struct place at = {tenant, table, column, row};
	char sql[256];
	struct cdb *control;
	struct str plain;

	snprintf(sql, sizeof sql, "SELECT %s FROM %s WHERE id = %" PRIu64, column, table, row);
	world_ok(t, &t->fault, house_control(t->house, &control, &t->fault));
	keys_forget(t->house->keys, tenant);
	world_ok(t, &t->fault,
	    keys_unseal(t->house->keys, control, 1700000000, p, at, ask(t, schema, sql), t->a,
		&plain, &t->fault));
	return plain;
}

/* Everything that could go wrong in a text, more rows than a page, keys of two columns, all kinds
 * of sealing. */
static void
furnish(struct world *t)
{
	world_mine(t,
	    "INSERT INTO staff (id, name, email, language, role, state, created_at, password, "
	    "totp_secret) "
	    "VALUES (7, '=HYPERLINK(\"x\")', 'a@b.example', 'en', 1, 2, 1700000000, x'%.*s', "
	    "x'%.*s'), "
	    "(8, 'O\\'Neil, \"Bo\"\\\\\\n2nd line\\r\\t', 'o@b.example', 'es', 5, 1, 1700000000, "
	    "NULL, NULL)",
	    STR_ARG(seal(t, KEY_AUTH, "staff", "password", 7, "$argon2id$of-seven")),
	    STR_ARG(seal(t, KEY_AUTH, "staff", "totp_secret", 7, "twenty bytes of seed")));
	world_mine(t, "INSERT INTO customer (id, name, email, language, created_at) "
		      "SELECT seq, CONCAT('Cu\xc3\xb1"
		      "a ', seq), CONCAT(seq, '@c.example'), 'es', 1700000000 FROM seq_1_to_1203");
	world_mine(t,
	    "INSERT INTO gram (gram, customer_id) SELECT seq DIV 7, seq MOD 7 FROM seq_1_to_2000");
	world_mine(t,
	    "INSERT INTO property (id, customer_id, street, city, region, postcode, gate_code) "
	    "VALUES (9, 1, '1 Main', 'Mesa', 'AZ', '85201', x'%.*s')",
	    STR_ARG(seal(t, KEY_GATE, "property", "gate_code", 9, "#4711")));
	world_mine(t,
	    "INSERT INTO token (hash, purpose, actor_id, expires_at, used_at) VALUES "
	    "(REPEAT('r', 32), %d, 7, 1900000000, NULL), (REPEAT('u', 32), %d, 7, 1900000000, 1), "
	    "(REPEAT('i', 32), %d, 8, 1900000000, NULL)",
	    TOKEN_RECOVERY, TOKEN_RECOVERY, (int)LINK_INVITE);
	world_mine(t, "INSERT INTO session (id, token_hash, actor_kind, actor_id, door, "
		      "second_factor, created_at, "
		      "seen_at, stepped_up_at, expires_at, ip, country, agent) "
		      "VALUES (1, REPEAT('s', 32), 1, 7, 1, 1, 1, 1, 1, 1, '', '', '')");
}

static struct tenant_row
row_of(struct world *t, uint64_t id)
{
	struct tenant_row *row = NULL;

	cdb_fault(t->op.control, &t->fault);
	world_ok(t, &t->fault, sql_tenant_by_id(t->op.control, id, t->a, &row));
	assert_non_null(row);
	return *row;
}

static const char *
archive(struct world *t)
{
	return str_printf(t->a, "%s/%s.tar", t->folder, t->mine.slug).p;
}

static const char *
take_out(struct world *t)
{
	struct tenant_row row = row_of(t, t->mine.id);

	world_ok(t, &t->fault, export_company(&t->op, &row, archive(t)));
	return archive(t);
}

/* One member of the archive, whole. */
static struct str
member(struct world *t, const char *name)
{
	struct tar_in in;
	struct str s = STR_NONE;

	assert_true(tar_open(&in, archive(t)));
	while (tar_next(&in) == TAR_MEMBER) {
		if (strcmp(in.name, name) == 0) {
			char *p = arena_array(t->a, char, (size_t)in.size + 1);

			s = (struct str){p, tar_read(&in, p, (size_t)in.size)};
			break;
		}
	}
	tar_shut(&in);
	assert_non_null(s.p);
	return s;
}

static void
drop_company(struct world *t, uint64_t id)
{
	char schema[SCHEMA_MAX + 1];

	provision_schema_name(&t->config, id, schema);
	world_ok(t, &t->fault, provision_drop(&t->op, schema));
	world_control(t, "DELETE FROM tenant WHERE id = %llu", (unsigned long long)id);
}

static void
an_exported_company_comes_back_whole(void **state)
{
	static const char *const same[] = {"SELECT CONCAT(COUNT(*), '-', SUM(CRC32(CONCAT(id, "
					   "name, email, language, created_at)))) FROM customer",
	    "SELECT CONCAT(COUNT(*), '-', SUM(CRC32(CONCAT(gram, '.', customer_id)))) FROM gram",
	    "SELECT GROUP_CONCAT(id, HEX(name), email, role, state ORDER BY id) FROM staff",
	    "SELECT GROUP_CONCAT(id, street, version ORDER BY id) FROM property",
	    "SELECT CONCAT(name, zone, created_at) FROM company"};
	struct world *t = *state;
	char schema[SCHEMA_MAX + 1];
	uint64_t id;

	furnish(t);
	world_ok(t, &t->fault, export_import(&t->op, take_out(t), STR("second-home"), &id));
	provision_schema_name(&t->config, id, schema);
	for (size_t i = 0; i < COUNT_OF(same); i++)
		assert_string_equal(ask(t, schema, same[i]).p, ask(t, t->mine.schema, same[i]).p);
	/* Sealed anew, at home in the new company and nowhere else. */
	assert_string_equal(
	    unseal(t, KEY_AUTH, id, schema, "staff", "password", 7).p, "$argon2id$of-seven");
	assert_string_equal(
	    unseal(t, KEY_AUTH, id, schema, "staff", "totp_secret", 7).p, "twenty bytes of seed");
	assert_string_equal(unseal(t, KEY_GATE, id, schema, "property", "gate_code", 9).p, "#4711");
	/* Of the tokens only the recovery code that is still good; of the moment nothing. */
	assert_string_equal(
	    ask(t, schema, "SELECT GROUP_CONCAT(SUBSTRING(hash, 1, 1)) FROM token").p, "r");
	assert_string_equal(ask(t, schema, "SELECT COUNT(*) FROM session").p, "0");
	struct tenant_row row = row_of(t, id);
	assert_int_equal(row.status, TENANT_LIVE);
	assert_true(str_eq(row.zone, STR("America/Phoenix")));
	drop_company(t, id);
}

static void
nothing_a_person_reads_proves_who_somebody_is(void **state)
{
	struct world *t = *state;
	struct str csv, sql, gate;

	furnish(t);
	(void)take_out(t);
	csv = member(t, "csv/staff.csv");
	sql = member(t, "sql/staff.sql");
	assert_null(memmem(csv.p, csv.n, "argon2", 6));
	assert_null(memmem(sql.p, sql.n, "argon2", 6));
	assert_null(memmem(csv.p, csv.n, "password", 8));
	assert_null(memmem(member(t, "sealed.bin").p, member(t, "sealed.bin").n, "argon2", 6));
	/* A spreadsheet takes a name for a name, and the owner can read the gate's code. */
	assert_non_null(strstr(csv.p, "\"'=HYPERLINK(\"\"x\"\")\""));
	gate = member(t, "csv/property.csv");
	assert_non_null(memmem(gate.p, gate.n, "#4711", 5));
	assert_non_null(memmem(member(t, "csv/company.csv").p, member(t, "csv/company.csv").n,
	    "2023-11-14T22:13:20Z", 20));
	struct stat st;
	assert_int_equal(stat(archive(t), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* Wherever the archive was cut or altered: an error, and no company. */
static void
a_damaged_archive_makes_no_company(void **state)
{
	struct world *t = *state;
	struct stat st;
	uint64_t id;

	furnish(t);
	assert_int_equal(stat(take_out(t), &st), 0);
	for (int i = 1; i <= 6; i++) {
		assert_int_equal(truncate(archive(t), st.st_size * (7 - i) / 7), 0);
		t->fault = (struct fault){0};
		world_err(t, &t->fault, E_INVALID,
		    export_import(&t->op, archive(t), STR("half-home"), &id));
		assert_string_equal(t->fault.field, "archive");
	}
	assert_int_equal(
	    world_control_number(t, "SELECT COUNT(*) FROM tenant WHERE slug = 'half-home'"), 0);
}

/* An archive is only text: whoever wrote it may have had other tables in mind. */
static void
an_archive_cannot_reach_past_its_company(void **state)
{
	static const char *const lines[] = {
	    "INSERT INTO `role` (`id`, `name`, `may`) SELECT id, name, 0 FROM %s.staff;\n",
	    "INSERT INTO `role` (`id`, `name`, `may`) VALUES (1, 'x', 0); DELETE FROM role);\n",
	    "INSERT INTO `role` (`id`, `name`, `may`) VALUES (1, (SELECT name FROM %s.company), "
	    "0);\n",
	    "DELETE FROM %s.company;\n", "INSERT INTO `staff` (`id`) VALUES (1);\n",
	    "INSERT INTO `role` (`id`, `name`, `may`) VALUES (1, LOAD_FILE('/etc/passwd'), 0);\n"};
	struct world *t = *state;
	uint64_t id;

	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct str text = str_of(lines[i]), cut, rest;
		struct tar_out out;

		cut = str_cut(text, '%', &rest);
		if (rest.p != NULL) /* "%s": the neighbour's schema */
			text = str_printf(t->a, "%.*s%s%.*s", STR_ARG(cut), t->other.schema,
			    STR_ARG(str_sub(rest, 1, rest.n)));
		assert_true(tar_create(&out, archive(t)));
		tar_member(&out, "sql/company.sql", 1);
		tar_write(
		    &out, STR("INSERT INTO `company` (`id`, `name`, `country`, `zone`, `currency`, "
			      "`language`, "
			      "`created_at`) VALUES (1, 'E', 'US', 'UTC', 'USD', 'en', 1);\n"));
		tar_member_end(&out);
		tar_member(&out, "sql/role.sql", 1);
		tar_write(&out, text);
		tar_member_end(&out);
		tar_member(&out, "sealed.bin", 1);
		tar_member_end(&out);
		tar_member(&out, "manifest.txt", 1);
		tar_write(&out, STR("format 1\nstep 1\ncompany 1\nrows.company 1\nrows.role 1\n"));
		tar_member_end(&out);
		assert_true(tar_close(&out));
		t->fault = (struct fault){0};
		assert_int_not_equal(export_import(&t->op, archive(t), STR("evil-home"), &id), OK);
	}
	assert_int_equal(
	    world_control_number(t, "SELECT COUNT(*) FROM tenant WHERE slug = 'evil-home'"), 0);
}

/* Killed after the rows, before it went live: the same command finishes. */
static void
an_import_that_was_killed_goes_on(void **state)
{
	struct world *t = *state;
	uint64_t first, again;

	furnish(t);
	world_ok(t, &t->fault, export_import(&t->op, take_out(t), STR("third-home"), &first));
	world_control(t, "UPDATE tenant SET status = %d, name = '' WHERE id = %llu",
	    (int)TENANT_CLAIMED, (unsigned long long)first);
	world_ok(t, &t->fault, export_import(&t->op, archive(t), STR("third-home"), &again));
	assert_int_equal(again, first);
	assert_int_equal(row_of(t, first).status, TENANT_LIVE);
	t->fault = (struct fault){0};
	world_err(
	    t, &t->fault, E_INVALID, export_import(&t->op, archive(t), STR("third-home"), &again));
	assert_string_equal(t->fault.field, "slug");
	drop_company(t, first);
}

static void
a_deleted_company_is_gone_and_its_number_stays_taken(void **state)
{
	struct world *t = *state;
	char password[DB_PASSWORD_LETTERS + 1];
	struct tenant_row row;
	struct fault f = {0};
	struct db_login l;
	struct odb *db;
	struct work w;

	furnish(t);
	/* A worker wears the coat while it happens. */
	world_enter(t, &t->mine, DB_WRITE, &w);
	row = row_of(t, t->mine.id);
	world_ok(t, &t->fault, export_delete(&t->op, &row));
	assert_int_not_equal(work_close(&w, OK), OK);
	row = row_of(t, t->mine.id);
	assert_int_equal(row.status, TENANT_GONE);
	assert_false(row.slug.is);
	assert_int_equal(row.name.n, 0);
	assert_int_equal(
	    world_control_number(t, "SELECT COUNT(*) FROM tenant_key WHERE tenant_id = %llu",
		(unsigned long long)t->mine.id),
	    0);
	keys_db_password(t->house->keys, t->mine.schema, password);
	l = house_login(&t->config, t->mine.schema, password, NULL);
	assert_int_equal(odb_open(&l, &db, &f), E_AWAY);
	t->desk = (struct desk){.arena = t->a, .house = t->house};
	world_err(t, &t->desk.fault, E_NOT_FOUND, work_open(&t->desk, &t->mine, DB_READ_ONLY, &w));
	world_control(t, "CREATE DATABASE %s", t->mine.schema); /* for the tear-down */
}

/* Killed after any of its steps: the same command goes on. */
static void
a_delete_that_was_killed_goes_on(void **state)
{
	struct world *t = *state;
	struct tenant_row row;

	world_watch(t);
	world_control(t, "UPDATE tenant SET status = %d WHERE id = %llu", (int)TENANT_DELETING,
	    (unsigned long long)t->mine.id);
	world_control(
	    t, "DELETE FROM tenant_key WHERE tenant_id = %llu", (unsigned long long)t->mine.id);
	world_control(t, "DROP USER '%s'@'localhost'", t->mine.schema);
	row = row_of(t, t->mine.id);
	world_ok(t, &t->fault, export_delete(&t->op, &row));
	assert_int_equal(row_of(t, t->mine.id).status, TENANT_GONE);
	world_control(t, "CREATE DATABASE %s", t->mine.schema);
}

/* A data key is replaced: all that was sealed with the old one opens, and is sealed with the new
 * one. */
static void
what_is_sealed_follows_its_key(void **state)
{
	struct world *t = *state;
	struct str wrapped;
	uint64_t changed;

	furnish(t);
	world_ok(t, &t->fault, keys_make(t->op.keys, t->mine.id, 2, t->a, &wrapped, &t->fault));
	world_control(t,
	    "INSERT INTO tenant_key (tenant_id, key_version, root_version, wrapped, made_at) "
	    "VALUES (%llu, 2, 1, x'%.*s', 1)",
	    (unsigned long long)t->mine.id, STR_ARG(str_hex(t->a, wrapped.p, wrapped.n)));
	keys_forget(t->op.keys, t->mine.id);
	struct tenant_row row = row_of(t, t->mine.id);
	world_ok(t, &t->fault, rotate_values(&t->op, &row, false, &changed));
	assert_int_equal(changed, 1);
	assert_int_equal(keys_version(ask(t, t->mine.schema, "SELECT gate_code FROM property")), 2);
	assert_string_equal(
	    unseal(t, KEY_GATE, t->mine.id, t->mine.schema, "property", "gate_code", 9).p, "#4711");
	world_ok(t, &t->fault, rotate_values(&t->op, &row, false, &changed));
	assert_int_equal(changed, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(an_exported_company_comes_back_whole),
	    world_test(nothing_a_person_reads_proves_who_somebody_is),
	    world_test(a_damaged_archive_makes_no_company),
	    world_test(an_archive_cannot_reach_past_its_company),
	    world_test(an_import_that_was_killed_goes_on),
	    world_test(a_deleted_company_is_gone_and_its_number_stays_taken),
	    world_test(a_delete_that_was_killed_goes_on),
	    world_test(what_is_sealed_follows_its_key),
	};

	return world_run("tenancy/transfer", tests);
}
