/*
 * tenancy/operator.c -- opening and closing the operator's desk.
 */
#include "tenancy/operator.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tenancy/lease.h"

/* One company's export is streamed; lists of companies and rows of one table are what is held. */
#define LOCK_LOOKS_S         20 /* looks a second while waiting for a lock */
#define OPERATOR_ARENA_FIRST (256 * 1024)
#define OPERATOR_ARENA_MAX   (256u * 1024 * 1024)

enum err
operator_open(const struct config *c, struct arena *proc, struct fault *f, struct operator* op)
{
	const char *password = c->db_operator_password;
	struct db_login login = house_login(
	    c, c->db_operator, password != NULL && password[0] != '\0' ? password : NULL, NULL);
	char schema[SCHEMA_MAX + 1];
	struct str sql, *cells;
	size_t rows, cols;

	db_library_open();
	*op = (struct operator){.config = c, .proc = proc, .fault = f};
	op->arena = arena_open(OPERATOR_ARENA_FIRST, OPERATOR_ARENA_MAX, NULL);
	TRY(keys_open(c, proc, &op->keys, f));
	TRY(odb_open(&login, &op->odb, f));
	house_account(c, "control", schema);
	sql = str_printf(op->arena,
	    "SELECT 1 FROM information_schema.tables WHERE table_schema = %.*s "
	    "AND table_name = 'tenant'",
	    STR_ARG(odb_quote(op->odb, op->arena, str_of(schema))));
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	if (rows == 0)
		return OK;
	login.schema = schema;
	return cdb_open(&login, &op->control, f);
}

void operator_close(struct operator* op)
{
	odb_close(op->odb);
	cdb_close(op->control);
	if (op->arena != NULL)
		arena_close(op->arena);
	op->odb = NULL;
	op->control = NULL;
	op->arena = NULL;
}

enum err operator_need_control(struct operator* op)
{
	if (op->control == NULL)
		return fail(op->fault, E_INVALID, "database",
		    "There is no control schema on this server yet: run poolctl init.");
	return OK;
}

enum err
operator_lock(struct operator* op, const char *name, unsigned wait_s, int *fd)
{
	const char *dir = op->config->data_dir;
	struct str path = str_printf(op->arena, "%s/%s.lock", dir, name);
	const struct timespec pause = {.tv_nsec = 1000000000 / LOCK_LOOKS_S};
	int n;

	if (mkdir(dir, 0750) != 0 && errno != EEXIST)
		return fail(
		    op->fault, E_AWAY, "data_dir", "%s cannot be made: %s.", dir, strerror(errno));
	n = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (n < 0)
		return fail(op->fault, E_AWAY, "data_dir", "%s cannot be written: %s.", path.p,
		    strerror(errno));
	for (unsigned looks = wait_s * LOCK_LOOKS_S; looks > 0 && flock(n, LOCK_EX | LOCK_NB) != 0;
	     looks--)
		nanosleep(&pause, NULL);
	if (flock(n, LOCK_EX | LOCK_NB) != 0) {
		close(n);
		return fail(op->fault, E_LIMIT, NULL,
		    "Another poolctl is doing this at the moment (%s).", path.p);
	}
	*fd = n;
	return OK;
}
