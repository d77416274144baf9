/*
 * tests/bench/nowall.c -- poold without a wall between companies, to be measured against (wall.mjs): never a product.
 *
 * Linked into poold with -Wl,--wrap: no source of the product differs. Each connection signs in once with an account that may read and
 * write every schema; a change of coat is a USE from then on. What differs is therefore what the wall costs, and nothing else:
 *
 * - the account stays, so its session's settings do: the SET behind a change is neither sent nor answered.
 * - statements die at the change here as there (one that is kept across USE reads the schema it was prepared in). A change of account
 *   ends them by itself; here they are closed as cheaply as it can be done, all in one write before the USE, with no answer.
 * - the connection is made to say that it is signed in as the company, because the lease asks it (tdb_wears).
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

my_bool __real_mysql_change_user(MYSQL *my, const char *user, const char *password, const char *schema);
my_bool __wrap_mysql_change_user(MYSQL *my, const char *user, const char *password, const char *schema);
int __real_mysql_real_query(MYSQL *my, const char *sql, unsigned long n);
int __wrap_mysql_real_query(MYSQL *my, const char *sql, unsigned long n);

#define ACCOUNT "nowall"
#define PACKET 9 /* three bytes of length, a number, the command, the statement's four */
#define COM_CLOSE 0x19

static MYSQL *settled; /* it has changed by USE: its session is as it was */

/* As the library marks them behind a change of account: whoever closes one of them sends nothing. */
static int
close_statements(MYSQL *my)
{
	unsigned char all[64 * PACKET], *p = all;
	LIST *l;

	for (l = my->stmts; l != NULL && p + PACKET <= all + sizeof all; l = l->next) {
		MYSQL_STMT *st = l->data;
		unsigned long id = st->stmt_id;
		const unsigned char packet[PACKET] = {5, 0, 0, 0, COM_CLOSE, (unsigned char)id, (unsigned char)(id >> 8),
		    (unsigned char)(id >> 16), (unsigned char)(id >> 24)};

		memcpy(p, packet, PACKET);
		p += PACKET;
		st->mysql = NULL;
	}
	my->stmts = NULL;
	return p == all || write(mysql_get_socket(my), all, (size_t)(p - all)) == p - all;
}

static void
says(MYSQL *my, const char *user)
{
	free(my->user);
	my->user = strdup(user);
}

my_bool
__wrap_mysql_change_user(MYSQL *my, const char *user, const char *password, const char *schema)
{
	const size_t n = strlen(my->user);

	(void)password;
	settled = NULL;
	if (n >= 5 && strcmp(my->user + n - 5, "login") == 0) {
		const my_bool refused = __real_mysql_change_user(my, ACCOUNT, getenv("NOWALL_PASSWORD"), schema);

		says(my, user);
		return refused;
	}
	if (!close_statements(my) || mysql_select_db(my, schema) != 0)
		return 1;
	says(my, user);
	settled = my;
	return 0;
}

int
__wrap_mysql_real_query(MYSQL *my, const char *sql, unsigned long n)
{
	if (my != settled || n <= 4 || memcmp(sql, "SET ", 4) != 0)
		return __real_mysql_real_query(my, sql, n);
	settled = NULL;
	my->field_count = 0;
	return 0;
}
