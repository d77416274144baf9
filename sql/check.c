/*
 * sql/check.c -- is this server set up so that a promise made on it is kept? (house.md section 20)
 */
#include "sql/conn.h"

#include <mysqld_error.h>

#include "sql/stmt.h"

/* How a value is judged: equal to `want`, or a list that holds every word of `want`. */
enum rule { IS, HOLDS };

static const struct setting {
	const char *name;
	enum rule rule;
	const char *want;
} settings[] = {
    {"innodb_flush_log_at_trx_commit", IS, "1"}, /* 0 and 2 lost acknowledged commits        */
    {"sync_binlog", IS, "1"},                    /* the log of a crash agrees with the data   */
    {"innodb_doublewrite", IS, "ON"},            /* a torn page is repaired                   */
    {"innodb_snapshot_isolation", IS, "ON"},     /* second belt against lost updates          */
    {"tx_isolation", IS, "REPEATABLE-READ"},     /* what the queries were tested under        */
    {"autocommit", IS, "ON"},                    /* nothing waits in a transaction unseen     */
    {"default_storage_engine", IS, "InnoDB"},    /* a table without it has no transactions    */
    {"sql_mode", HOLDS, "STRICT_ALL_TABLES ERROR_FOR_DIVISION_BY_ZERO NO_ENGINE_SUBSTITUTION"},
    {"character_set_server", IS, "utf8mb4"}, /* every letter fits                         */
    {"default_password_lifetime", IS, "0"},  /* derived passwords do not expire           */
};
#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

static bool holds_words(struct str list, struct str words);
static bool holds(struct str list, struct str word);
static enum err check_roles(struct conn *c, struct fault *f);
static enum err ask_count(struct conn *c, struct str sql, uint64_t *out, unsigned *code);

static bool
holds(struct str list, struct str word)
{
	struct str rest = list;

	while (rest.n > 0)
		if (str_eq_nocase(str_cut(rest, ',', &rest), word))
			return true;
	return false;
}

static bool
holds_words(struct str list, struct str words)
{
	struct str rest = words;

	while (rest.n > 0)
		if (!holds(list, str_cut(rest, ' ', &rest)))
			return false;
	return true;
}

enum err
setting_check(const char *name, const char *value, struct fault *f)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];
		bool good = false;

		if (strcmp(s->name, name) != 0)
			continue;
		if (value == NULL)
			return fail(f, E_INVALID, s->name,
			    "The database server does not know %s: it must be %s.", s->name,
			    s->want);
		if (s->rule == IS)
			good = str_eq_nocase(str_of(value), str_of(s->want));
		if (s->rule == HOLDS)
			good = holds_words(str_of(value), str_of(s->want));
		if (!good)
			return fail(f, E_INVALID, s->name,
			    "The database server has %s = %s: it must be %s.", s->name, value,
			    s->want);
	}
	return OK;
}

enum err
db_check_server(struct cdb *db, struct fault *f)
{
	struct conn *c = cdb_conn(db);
	char value[512];

	for (size_t i = 0; i < SETTINGS; i++) {
		char sql[128];
		MYSQL_RES *res;
		MYSQL_ROW row;
		bool known;

		if (c->my == NULL || c->lost)
			return conn_away(c);
		snprintf(sql, sizeof(sql), "SHOW GLOBAL VARIABLES WHERE Variable_name = '%s'",
		    settings[i].name);
		c->statements++;
		if (mysql_query(c->my, sql) != 0 || (res = mysql_store_result(c->my)) == NULL)
			return conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "check");
		row = mysql_fetch_row(res);
		known = row != NULL && row[1] != NULL;
		if (known)
			snprintf(value, sizeof(value), "%s", row[1]);
		mysql_free_result(res);
		TRY(setting_check(settings[i].name, known ? value : NULL, f));
	}
	return check_roles(c, f);
}

/* One number; a refusal to show it (the account may not look there) is told by *code. */
static enum err
ask_count(struct conn *c, struct str sql, uint64_t *out, unsigned *code)
{
	MYSQL_RES *res;
	MYSQL_ROW row;

	*code = 0;
	c->statements++;
	if (mysql_real_query(c->my, sql.p, (unsigned long)sql.n) != 0 ||
	    (res = mysql_store_result(c->my)) == NULL) {
		*code = mysql_errno(c->my);
		if (*code == ER_TABLEACCESS_DENIED_ERROR)
			return OK;
		return conn_failed(c, *code, mysql_error(c->my), "check");
	}
	row = mysql_fetch_row(res);
	if (row == NULL || row[0] == NULL || !str_u64(str_of(row[0]), out))
		*out = 0;
	mysql_free_result(res);
	return OK;
}

/*
 * A role outlives mysql_change_user: with one on the server an account without rights read another
 * company's table. roles_mapping has a row for each grant of a role, the maker's own included.
 */
static enum err
check_roles(struct conn *c, struct fault *f)
{
	uint64_t n = 0;
	unsigned code;

	TRY(ask_count(c, STR("SELECT COUNT(*) FROM mysql.roles_mapping"), &n, &code));
	if (code != 0)
		TRY(ask_count(
		    c, STR("SELECT COUNT(*) FROM information_schema.applicable_roles"), &n, &code));
	if (n > 0)
		return fail(f, E_INVALID, "roles",
		    "The database server has roles: a role outlives a change of account. Drop "
		    "them.");
	return OK;
}
