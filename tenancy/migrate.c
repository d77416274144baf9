/*
 * tenancy/migrate.c -- the steps of one schema. The walk over all of them is in migrate_all.c.
 */
#include "tenancy/migrate.h"

#include "sql/control/queries/tenants.h"
#include "tenancy/lease.h"
#include "tenancy/work.h"

#define LOCK_TRIES  5
#define LOCK_WAIT_S 3

/* What a step needs to know of the schema it is taken in. */
struct place_of {
	const char *schema, *account;
	bool control;
	bool fresh;        /* not one table is there: no step can have happened */
	bool keeps_record; /* table `migration` is there */
	uint32_t recorded; /* steps 1..recorded are */
};

/*
 * What the workers' control account may do. A table that is not listed: SELECT, INSERT, UPDATE,
 * DELETE. New companies, keys and clusters come from the operator alone.
 */
static const struct {
	const char *table, *rights;
} control_rights[] = {
    {"cluster", "SELECT"},
    {"tenant", "SELECT, UPDATE"},
    {"tenant_key", "SELECT"},
    {"platform_staff", "SELECT, UPDATE"},
    {"counter", "SELECT"},
};

static enum err look(struct operator* op, struct place_of *p, const struct migration *list);
static enum err step_take(struct operator* op, struct place_of *p, const struct migration *m);
static enum err step_done(struct operator* op, const struct migration *m, bool *done);
static enum err step_run(struct operator* op, const struct migration *m);
static enum err
step_grant(struct operator* op, const struct place_of *p, const struct migration *m);
static enum err
step_record(struct operator* op, struct place_of *p, const struct migration *list, uint32_t upto);
static enum err
run(struct operator* op, const char *format, ...) __attribute__((format(printf, 2, 3)));
static enum err cells_of(struct operator* op, struct str sql, struct str **cells, size_t *rows);

enum err
migrate_schema(struct operator* op, const char *schema, const char *account,
    const struct migration *list, struct migrated *out)
{
	struct place_of p = {
	    .schema = schema, .account = account, .control = list == control_migrations};
	int64_t began_ms, ended_ms, s;

	now_read(&s, &began_ms);
	TRY(odb_use(op->odb, schema));
	TRY(run(op, "SET SESSION lock_wait_timeout = %d, innodb_lock_wait_timeout = %d",
	    LOCK_WAIT_S, LOCK_WAIT_S));
	TRY(look(op, &p, list));
	out->from = p.recorded;
	for (const struct migration *m = list; m->step != 0; m++) {
		if (m->step <= p.recorded)
			continue;
		TRY(step_take(op, &p, m));
		if (m->creates && strcmp(m->table, "migration") == 0)
			p.keeps_record = true;
		/* Of a fresh schema the records are written at the end, at once: a kill before that
		 * is mended by the verify queries, as any other. */
		if (p.keeps_record && (!p.fresh || m[1].step == 0))
			TRY(step_record(op, &p, list, m->step));
	}
	now_read(&s, &ended_ms);
	out->to = p.recorded;
	out->took_ms = ended_ms - began_ms;
	return OK;
}

enum err
migrate_rights(struct operator* op, const char *schema, const char *account, const struct migration *list)
{
	const struct place_of p = {.schema = schema, .account = account, .control = list == control_migrations};
	struct str *there;
	size_t n;

	TRY(odb_use(op->odb, schema));
	TRY(cells_of(op, STR("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"), &there, &n));
	for (const struct migration *m = list; m->step != 0; m++)
		for (size_t i = 0; m->creates && i < n; i++)
			if (str_eq(there[i], str_of(m->table)))
				TRY(step_grant(op, &p, m));
	return OK;
}

enum err
migrate_control(struct operator* op, struct migrated *out)
{
	char name[SCHEMA_MAX + 1];

	house_account(op->config, "control", name);
	return migrate_schema(op, name, name, control_migrations, out);
}

enum err
migrate_tenant(struct operator* op, uint64_t id, const char *schema, struct migrated *out)
{
	TRY(migrate_schema(op, schema, schema, tenant_migrations, out));
	cdb_fault(op->control, op->fault);
	return sql_tenant_set_step(op->control, id, out->to);
}

/* What is recorded already, and that it is what this binary would have done. */
static enum err
look(struct operator* op, struct place_of *p, const struct migration *list)
{
	struct str *cells;
	size_t rows;

	TRY(cells_of(op,
	    STR("SELECT table_name = 'migration' FROM information_schema.tables "
		"WHERE table_schema = DATABASE()"),
	    &cells, &rows));
	p->fresh = rows == 0;
	p->keeps_record = false;
	for (size_t i = 0; i < rows; i++)
		p->keeps_record = p->keeps_record || str_eq(cells[i], STR("1"));
	if (!p->keeps_record)
		return OK;
	TRY(cells_of(op,
	    STR("SELECT CONCAT(step, ' ', LOWER(HEX(digest))) FROM migration ORDER BY step"),
	    &cells, &rows));
	for (size_t i = 0; i < rows && list[i].step != 0; i++) {
		const struct migration *m = &list[i];
		uint8_t digest[HASH_BYTES];
		struct str want;

		hash32(m->ddl, strlen(m->ddl), digest);
		want = str_printf(op->arena, "%u %.*s", m->step,
		    STR_ARG(str_hex(op->arena, digest, sizeof digest)));
		if (!str_eq(cells[i], want))
			return fail(op->fault, E_INVALID, "migration",
			    "Step %s was applied to %s with another text than this program has.",
			    m->name, p->schema);
		p->recorded = m->step;
	}
	/* Further steps belong to a newer program: they are additive, and none of our business. */
	return OK;
}

static enum err
step_take(struct operator* op, struct place_of *p, const struct migration *m)
{
	bool done = false;

	if (!p->fresh)
		TRY(step_done(op, m, &done));
	if (!done) {
		TRY(step_run(op, m));
		TRY(step_done(op, m, &done));
		if (!done)
			return fail(op->fault, E_BUG, "migration",
			    "Step %s ran in %s but does not verify.", m->name, p->schema);
	}
	return m->creates ? step_grant(op, p, m) : OK;
}

static enum err
step_done(struct operator* op, const struct migration *m, bool *done)
{
	struct str *cells;
	size_t rows;

	TRY(cells_of(op, str_of(m->verify), &cells, &rows));
	*done = rows == 1 && str_eq(cells[0], STR("1"));
	return OK;
}

/* A table in use delays the statement; the statement must not delay everybody behind it for long.
 */
static enum err
step_run(struct operator* op, const struct migration *m)
{
	const struct timespec pause = {.tv_nsec = 200 * 1000 * 1000};
	struct str ddl = str_of(m->ddl);
	enum err e = E_RETRY;

	if (str_starts(ddl, STR("ALTER")) && !str_ends(ddl, STR("ALGORITHM=INSTANT")))
		return fail(op->fault, E_INVALID, "migration",
		    "Step %s is not INSTANT: it would stop every company of the cluster.", m->name);
	for (int i = 0; i < LOCK_TRIES && e == E_RETRY; i++) {
		if (i > 0)
			nanosleep(&pause, NULL);
		*op->fault = (struct fault){0};
		e = odb_run(op->odb, ddl);
	}
	return e;
}

/* Rights are given table by table: what only grows can then not be changed, even by stolen SQL. */
static enum err
step_grant(struct operator* op, const struct place_of *p, const struct migration *m)
{
	const char *rights = strcmp(m->table, "migration") == 0 ? "SELECT"
			     : m->append_only                   ? "SELECT, INSERT"
								: "SELECT, INSERT, UPDATE, DELETE";
	const char *from =
	    op->config->db_socket != NULL && op->config->db_socket[0] != '\0' ? "localhost" : "%";

	for (size_t i = 0; p->control && i < sizeof control_rights / sizeof *control_rights; i++)
		if (strcmp(control_rights[i].table, m->table) == 0)
			rights = control_rights[i].rights;
	return run(op, "GRANT %s ON `%s`.`%s` TO '%s'@'%s'", rights, p->schema, m->table,
	    p->account, from);
}

/* All steps up to this one, in one statement: those before the table `migration` was there as well.
 */
static enum err
step_record(struct operator* op, struct place_of *p, const struct migration *list, uint32_t upto)
{
	struct buf sql = buf_open(op->arena, 1024, 65536);
	int64_t now, ms;
	bool first = true;

	now_read(&now, &ms);
	buf_add(&sql, STR("INSERT INTO migration (step, name, digest, applied_at) VALUES"));
	for (const struct migration *m = list; m->step != 0 && m->step <= upto; m++) {
		uint8_t digest[HASH_BYTES];

		if (m->step <= p->recorded)
			continue;
		hash32(m->ddl, strlen(m->ddl), digest);
		buf_printf(&sql, "%s (%u, '%s', x'%.*s', %lld)", first ? "" : ",", m->step, m->name,
		    STR_ARG(str_hex(op->arena, digest, sizeof digest)), (long long)now);
		first = false;
	}
	if (first)
		return OK;
	TRY(odb_run(op->odb, buf_str(&sql)));
	p->recorded = upto;
	return OK;
}

static enum err
run(struct operator* op, const char *format, ...)
{
	char text[1024];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof text)
		return fail(op->fault, E_BUG, NULL, "A statement of a migration is too long.");
	return odb_run(op->odb, (struct str){text, (size_t)n});
}

static enum err
cells_of(struct operator* op, struct str sql, struct str **cells, size_t *rows)
{
	size_t cols;

	TRY(odb_rows(op->odb, sql, op->arena, cells, rows, &cols));
	return cols == 1 ? OK : fail(op->fault, E_BUG, NULL, "A verify query answers one column.");
}
