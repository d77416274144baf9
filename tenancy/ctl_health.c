/*
 * tenancy/ctl_health.c -- poolctl health: the whole house, a line for each thing that could be
 * wrong; poolctl account-wall: proof that a company's account is refused the next company's schema.
 */
#include <errno.h>
#include <inttypes.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "domain/base/words.h"
#include "sql/control/queries/due.h"
#include "sql/control/queries/keys.h"
#include "sql/control/queries/spares.h"
#include "sql/migrations.h"
#include "sql/tenant/job.h"
#include "tenancy/crypto.h"
#include "tenancy/ctl.h"
#include "tenancy/provision.h"
#include "tenancy/work.h"

#define LAG_BAD_S 120
#define CERTIFICATE_BAD_DAYS \
	14 /* certbot renews with 30 days left: something has failed for long */

static enum err health(struct operator* op, struct words w);
static enum err wall_command(struct operator* op, struct words w);
static unsigned
say(bool good, const char *what, const char *format, ...) __attribute__((format(printf, 3, 4)));
static unsigned say_err(struct operator* op, enum err e, const char *what, const char *good);
static unsigned check_companies(struct operator* op);
static unsigned check_spares(struct operator* op);
static unsigned check_due(struct operator* op);
static unsigned check_keys(struct operator* op);
static unsigned check_login(struct operator* op);
static unsigned check_certificate(struct operator* op);
static unsigned check_socket(struct operator* op, const char *name, int type);
static enum err wall(struct operator* op, bool *tried);
static enum err peek(struct operator* op, const char *account, const char *schema, bool *seen);

const struct command command_health = {"health", "",
    "Look at the whole house: server, accounts, stock, steps, jobs, keys, processes; status 1 if "
    "anything is bad.",
    NEEDS_CONTROL, health};
const struct command command_wall = {"account-wall", "",
    "Show that one company's account is refused the next one's schema, by trying it.",
    NEEDS_CONTROL, wall_command};

static enum err
health(struct operator* op, struct words w)
{
	struct house *house;
	unsigned bad = 0;
	bool tried = false;
	enum err e;

	TRY(words_done(op, &w, 0));
	cdb_fault(op->control, op->fault);
	bad += say_err(
	    op, db_check_server(op->control, op->fault), "server", "set up safely, no roles");
	e = house_open(op->config, op->proc, &house, op->fault);
	if (e == OK) {
		struct cdb *control;

		e = house_control(house, &control, op->fault);
		house_close(house);
	}
	bad += say_err(op, e, "control account", "signs in");
	bad += check_login(op);
	e = wall(op, &tried);
	bad += say_err(op, e, "account wall",
	    tried ? "a company's account is refused another's schema"
		  : "not tried: fewer than two schemas");
	bad += check_companies(op);
	bad += check_spares(op);
	bad += check_due(op);
	bad += check_keys(op);
	bad += check_certificate(op);
	bad += check_socket(op, "web.sock", SOCK_STREAM);
	bad += check_socket(op, "auth.sock", SOCK_STREAM);
	bad += check_socket(op, "jobs.sock", SOCK_DGRAM);
	if (bad > 0)
		return fail(op->fault, E_AWAY, NULL, "%u things are bad.", bad);
	return OK;
}

static unsigned
say(bool good, const char *what, const char *format, ...)
{
	va_list args;

	printf("%-5s %-16s ", good ? "ok" : "BAD", what);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	return good ? 0 : 1;
}

static unsigned
say_err(struct operator* op, enum err e, const char *what, const char *good)
{
	unsigned bad;

	if (e == OK)
		return say(true, what, "%s", good);
	bad = say(false, what, "%s", words_fault(op->arena, ENGLISH, op->fault).p);
	*op->fault = (struct fault){0};
	return bad;
}

struct census {
	uint64_t live, suspended, claimed, behind, deleting;
	uint64_t parked;
};

static enum err
count_one(struct operator* op, const struct tenant_row *t, void *ctx)
{
	struct census *c = ctx;
	struct str *cells;
	size_t rows, cols;
	uint64_t n;

	c->live += t->status == TENANT_LIVE;
	c->suspended += t->status == TENANT_SUSPENDED;
	c->claimed += t->status == TENANT_CLAIMED;
	c->deleting += t->status == TENANT_DELETING;
	c->behind += t->step < TENANT_STEP && t->status != TENANT_DELETING;
	if (t->status != TENANT_LIVE || t->step == 0)
		return OK;
	TRY(odb_rows(op->odb,
	    str_printf(op->arena, "SELECT COUNT(*) FROM `%.*s`.job WHERE state = %d",
		STR_ARG(t->schema_name), (int)JOB_PARKED),
	    op->arena, &cells, &rows, &cols));
	if (rows == 1 && str_u64(cells[0], &n))
		c->parked += n;
	return OK;
}

static unsigned check_companies(struct operator* op)
{
	struct census c = {0};
	enum err e = ctl_walk(op, count_one, &c);
	unsigned bad = 0;

	if (e != OK)
		return say_err(op, e, "companies", "");
	say(true, "companies",
	    "%" PRIu64 " live, %" PRIu64 " suspended, %" PRIu64 " being signed up", c.live,
	    c.suspended, c.claimed);
	bad += say(c.behind == 0, "steps", "%" PRIu64 " behind step %" PRIu32 " (poolctl migrate)",
	    c.behind, TENANT_STEP);
	bad += say(c.parked == 0, "parked jobs", "%" PRIu64 " (poolctl jobs show)", c.parked);
	bad += say(c.deleting == 0, "deletions", "%" PRIu64 " begun and not finished", c.deleting);
	return bad;
}

static unsigned check_spares(struct operator* op)
{
	struct count_row n = {0};
	enum err e = sql_spares_count(op->control, TENANT_SPARE, op->arena, &n);

	if (e != OK)
		return say_err(op, e, "spares", "");
	return say(n.n * 2 >= op->config->spares, "spares", "%" PRIu64 " wait, %" PRIu32 " wanted",
	    n.n, op->config->spares);
}

static unsigned check_due(struct operator* op)
{
	struct due_row *first = NULL;
	enum err e = sql_due_first(op->control, op->arena, &first);
	int64_t now, ms, lag_s;

	if (e != OK)
		return say_err(op, e, "job lag", "");
	now_read(&now, &ms);
	lag_s = first == NULL || first->at > now ? 0 : now - first->at;
	return say(lag_s < LAG_BAD_S, "job lag", "%" PRId64 " s", lag_s);
}

/* The file was read when the desk was opened; what is left is whether anything hangs on an older
 * root. */
static unsigned check_keys(struct operator* op)
{
	uint32_t root = keys_root_version(op->keys);
	uint64_t behind = 0, tenant = 0;
	uint32_t version = 0;
	size_t n;

	do {
		struct arena_mark mark = arena_mark(op->arena);
		struct key_row *key;
		enum err e = sql_keys_after(op->control, tenant, version, op->arena, &key, &n);

		if (e != OK)
			return say_err(op, e, "keys", "");
		for (size_t i = 0; i < n; i++) {
			tenant = key[i].tenant_id;
			version = key[i].key_version;
			behind += key[i].root_version < root;
		}
		arena_rewind(op->arena, mark);
	} while (n > 0);
	return say(behind == 0, "keys",
	    "root key version %" PRIu32 ", %" PRIu64
	    " data keys under an older one (poolctl keys rotate)",
	    root, behind);
}

/* Without a coat nothing can be read: the pool login may sign in and no more. */
static unsigned check_login(struct operator* op)
{
	char account[SCHEMA_MAX + 1];
	struct str *cells;
	size_t rows = 0, cols;
	struct odb *db;
	bool none;
	enum err e;

	house_account(op->config, "login", account);
	e = provision_sign_in(op, account, NULL, &db);
	if (e != OK)
		return say_err(op, e, "pool login", "");
	e = odb_rows(db, STR("SHOW GRANTS"), op->arena, &cells, &rows, &cols);
	odb_close(db);
	if (e != OK)
		return say_err(op, e, "pool login", "");
	none = rows == 1 && str_starts(cells[0], STR("GRANT USAGE ON *.*"));
	return say(none, "pool login",
	    none ? "signs in and has no rights" : "has rights: it must have none");
}

static unsigned check_certificate(struct operator* op)
{
	struct str host = str_of(op->config->base_url), path = str_of(op->config->certificate_file);
	int64_t now, ms, until;
	enum err e;

	if (!str_starts(host, STR("https://")))
		return say(true, "certificate", "none is needed: base_url is http");
	host = str_sub(host, 8, host.n);
	host = str_sub(host, 0, str_find(host, ':'));
	if (path.n == 0)
		path = str_printf(
		    op->arena, "/etc/letsencrypt/live/%.*s/fullchain.pem", STR_ARG(host));
	e = crypto_certificate_until(path.p, &until);
	if (e != OK)
		return say(false, "certificate", "%s %s", path.p,
		    e == E_AWAY ? "cannot be read" : "is none");
	now_read(&now, &ms);
	return say(until - now >= CERTIFICATE_BAD_DAYS * 86400, "certificate",
	    "%s ends in %" PRId64 " days", path.p, (until - now) / 86400);
}

static unsigned
check_socket(struct operator* op, const char *name, int type)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	bool answers;
	int fd, n;

	if (op->config->run_dir == NULL || op->config->run_dir[0] == '\0')
		return say(true, name, "no run_dir is set: not looked at");
	n = snprintf(to.sun_path, sizeof to.sun_path, "%s/%s", op->config->run_dir, name);
	fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	answers = n > 0 && (size_t)n < sizeof to.sun_path && fd >= 0 &&
		  connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
	n = errno;
	if (fd >= 0)
		close(fd);
	return say(answers, name, "%s", answers ? "answers" : strerror(n));
}

static enum err
wall_command(struct operator* op, struct words w)
{
	bool tried;

	TRY(words_done(op, &w, 0));
	TRY(wall(op, &tried));
	printf(tried ? "a company's account reads its own schema and is refused another's\n"
		     : "not tried: there are fewer than two schemas\n");
	return OK;
}

struct pair_of {
	char schema[2][SCHEMA_MAX + 1];
	unsigned n;
};

static enum err
collect(struct operator* op, const struct tenant_row *t, void *ctx)
{
	struct pair_of *p = ctx;

	(void)op;
	if (p->n < 2 && t->status != TENANT_DELETING)
		snprintf(p->schema[p->n++], SCHEMA_MAX + 1, "%.*s", STR_ARG(t->schema_name));
	return OK;
}

/* Both ways, and each account must see its own: a wall that refuses everything proves nothing. */
static enum err
wall(struct operator* op, bool *tried)
{
	struct pair_of p = {0};
	bool seen;

	*tried = false;
	TRY(ctl_walk(op, collect, &p));
	if (p.n < 2)
		return OK;
	for (unsigned i = 0; i < 2; i++) {
		TRY(peek(op, p.schema[i], p.schema[i], &seen));
		if (!seen)
			return fail(op->fault, E_BUG, "account", "%s cannot read its own schema.",
			    p.schema[i]);
		TRY(peek(op, p.schema[i], p.schema[1 - i], &seen));
		if (seen)
			return fail(op->fault, E_BUG, "account", "%s CAN READ %s.", p.schema[i],
			    p.schema[1 - i]);
	}
	*tried = true;
	return OK;
}

static enum err
peek(struct operator* op, const char *account, const char *schema, bool *seen)
{
	struct fault refused = {0};
	struct str *cells;
	size_t rows, cols;
	struct odb *db;
	enum err e;

	TRY(provision_sign_in(op, account, account, &db));
	odb_fault(db, &refused);
	e = odb_rows(db, str_printf(op->arena, "SELECT COUNT(*) FROM `%s`.company", schema),
	    op->arena, &cells, &rows, &cols);
	odb_close(db);
	if (e == E_AWAY)
		return fail(op->fault, e, NULL, "The database does not answer.");
	*seen = e == OK;
	return OK;
}
