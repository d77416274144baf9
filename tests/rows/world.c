/* tests/rows/world.c -- a house of its own on the row tests' server. */
#include "tests/rows/world.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/words.h"
#include "sql/migrations.h"
#include "tenancy/provision.h"

#define WORK_MAX   (64u * 1024 * 1024)
#define OTHERS_MAX 16

static struct world g;
static struct house *others[OTHERS_MAX];
static unsigned others_n, tests_n;
static char zone[16] = "America/Phoenix";

static void need(enum err e, const char *what);
static void make_folder(void);
static void make_company(uint64_t *id, const char *slug, struct tenant *out);
static void run_in(const char *schema, const char *format, va_list list);
static struct str cell_of(const char *schema, const char *format, va_list list);
static int64_t number_of(struct str s);
static struct str checksum(void);

static void
need(enum err e, const char *what)
{
	if (e == OK)
		return;
	print_error("# world: %s: %s: %.*s (%s:%d)\n", what, err_name(e),
	    STR_ARG(words_fault(g.a, ENGLISH, &g.fault)), g.fault.file ? g.fault.file : "?",
	    g.fault.line);
	abort();
}

int
world_open(void **state)
{
	char prefix[24];

	(void)state;
	if (!getenv("POOL_DB_SOCKET")) {
		print_error("# run me with `make rows`: POOL_DB_SOCKET names no server\n");
		exit(1);
	}
	make_folder();
	snprintf(prefix, sizeof(prefix), "w%d_", (int)getpid());
	setenv("POOL_DB_PREFIX", prefix, 1);
	setenv("POOL_BASE_URL", "http://localhost:8080", 1);
	g.proc = arena_open(1u << 20, WORK_MAX, NULL);
	g.a = arena_open(1u << 20, WORK_MAX, NULL);
	need(config_load(NULL, g.proc, &g.config, &g.fault), "config");
	need(operator_open(&g.config, g.proc, &g.fault, &g.op), "operator");
	need(provision_house(&g.op), "the control schema");
	need(house_open(&g.config, g.proc, &g.house, &g.fault), "the house");
	return 0;
}

static void
make_folder(void)
{
	static const char *const names[] = {"data", "run"};
	char path[96], key[65];
	FILE *out;

	snprintf(g.folder, sizeof(g.folder), "/tmp/poolhouse-rows-XXXXXX");
	if (!mkdtemp(g.folder))
		abort();
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", g.folder, names[i]);
		if (mkdir(path, 0700) != 0)
			abort();
		setenv(i == 0 ? "POOL_DATA_DIR" : "POOL_RUN_DIR", path, 1);
	}
	for (size_t i = 0; i < 64; i++)
		key[i] = "0123456789abcdef"[(i * 7 + (size_t)getpid()) % 16];
	key[64] = '\0';
	snprintf(path, sizeof(path), "%s/master.key", g.folder);
	out = fopen(path, "w");
	if (!out || fprintf(out, "%s\n", key) < 0 || fclose(out) != 0 || chmod(path, 0400) != 0)
		abort();
	setenv("POOL_MASTER_KEY_FILE", path, 1);
}

static int
remove_one(const char *path, const struct stat *s, int kind, struct FTW *at)
{
	(void)s;
	(void)kind;
	(void)at;
	return remove(path);
}

int
world_close(void **state)
{
	static const char *const accounts[] = {"control", "login"};
	char name[SCHEMA_MAX + 1];

	(void)state;
	house_close(g.house);
	for (size_t i = 0; i < COUNT_OF(accounts); i++) {
		house_account(&g.config, accounts[i], name);
		need(
		    odb_run(g.op.odb, str_printf(g.a, "DROP DATABASE IF EXISTS `%s`", name)), name);
		need(odb_run(
			 g.op.odb, str_printf(g.a, "DROP USER IF EXISTS '%s'@'localhost'", name)),
		    name);
	}
	operator_close(&g.op);
	nftw(g.folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_close(g.a);
	arena_close(g.proc);
	return 0;
}

int
world_set_up(void **state)
{
	uint64_t id;
	char slug[SLUG_MAX + 1];

	arena_reset(g.a);
	g.fault = (struct fault){0};
	g.desk = (struct desk){0};
	g.watching = g.both = false;
	snprintf(slug, sizeof(slug), "mine-%u", ++tests_n);
	make_company(&id, slug, &g.mine);
	snprintf(slug, sizeof(slug), "other-%u", tests_n);
	make_company(&id, slug, &g.other);
	*state = &g;
	return 0;
}

/* A spare that somebody has signed up for: its row says live, its company row is there. */
static void
make_company(uint64_t *id, const char *slug, struct tenant *out)
{
	const struct tenant *found;
	struct cdb *control;

	need(provision_spare(&g.op, id), "a spare");
	world_control(&g,
	    "UPDATE tenant SET slug = '%s', name = 'Blue', status = %d, country = 'US', currency = "
	    "'USD', "
	    "language = 'en', zone = '%s', claimed_at = 1700000000 WHERE id = %llu",
	    slug, (int)TENANT_LIVE, zone, (unsigned long long)*id);
	need(house_control(g.house, &control, &g.fault), "the control schema");
	need(tenant_of_id(g.house->tenants, control, *id, 1700000000, &found, &g.fault),
	    "the company");
	tenant_forget(g.house->tenants, *id);
	*out = *found;
	cdb_fault(control, NULL);
	need(odb_use(g.op.odb, out->schema), out->schema);
	need(
	    odb_run(g.op.odb,
		str_printf(g.a, "INSERT INTO company (id, name, country, zone, currency, language, created_at) "
				"VALUES (1, 'Blue', 'US', '%s', 'USD', 'en', 1700000000)", zone)),
	    "the company's row");
}

void
world_noon(void)
{
	int64_t now, ms;
	int west;

	now_read(&now, &ms);
	west = (int)(now / 3600 % 24) - 12;
	if (west == 0)
		snprintf(zone, sizeof(zone), "Etc/GMT");
	else
		snprintf(zone, sizeof(zone), "Etc/GMT%+d", west);
}

void
world_third(struct world *t)
{
	char slug[SLUG_MAX + 1];
	uint64_t id;

	snprintf(slug, sizeof(slug), "third-%u", tests_n);
	make_company(&id, slug, &t->third);
}

int
world_tear_down(void **state)
{
	struct world *t = *state;
	bool same;

	world_watch(t);
	same = t->both || str_eq(checksum(), t->before);
	for (unsigned i = 0; i < others_n; i++)
		house_close(others[i]);
	others_n = 0;
	need(provision_drop(&t->op, t->mine.schema), "drop");
	need(provision_drop(&t->op, t->other.schema), "drop");
	if (t->third.id != 0)
		need(provision_drop(&t->op, t->third.schema), "drop");
	world_control(t, "DELETE FROM tenant WHERE id IN (%llu, %llu, %llu)",
	    (unsigned long long)t->mine.id, (unsigned long long)t->other.id, (unsigned long long)t->third.id);
	t->third = (struct tenant){0};
	world_control(t, "DELETE FROM due");
	if (!same)
		print_error("# the neighbour's tables have changed\n");
	return same ? 0 : 1;
}

void
world_expect(struct world *t, const struct fault *f, enum err want, enum err got, const char *what,
    const char *file, int line)
{
	if (got == want)
		return;
	print_error("# %s: %s instead of %s: %.*s (%s:%d)\n", what, err_name(got), err_name(want),
	    STR_ARG(f ? words_fault(t->a, ENGLISH, f) : STR("")), f && f->file ? f->file : "?",
	    f ? f->line : 0);
	_fail(file, line);
}

void
world_work(struct world *t, const struct tenant *who, struct work *w)
{
	world_enter(t, who, DB_WRITE, w);
}

void
world_enter(struct world *t, const struct tenant *who, enum db_mode mode, struct work *w)
{
	int64_t now = t->desk.now;
	struct runner r = {.house = t->house, .arena = t->a};

	world_watch(t);
	runner_desk(&r, 0, &t->desk);
	if (now) {
		t->desk.now = now;
		t->desk.now_ms = now * 1000;
	}
	world_ok(t, &t->desk.fault, work_open(&t->desk, who, mode, w));
	w->actor.kind = ACTOR_SYSTEM;
	t->desk.now = now;
}

/* ---- arranging and looking ---- */

static void
run_in(const char *schema, const char *format, va_list list)
{
	char sql[8192];
	int n = vsnprintf(sql, sizeof(sql), format, list);

	assert_true(n > 0 && (size_t)n < sizeof(sql));
	g.fault = (struct fault){0};
	need(odb_use(g.op.odb, schema), schema);
	need(odb_run(g.op.odb, str_of(sql)), sql);
}

void
world_sql(struct world *t, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	run_in(t->mine.schema, format, list);
	va_end(list);
	va_start(list, format);
	run_in(t->other.schema, format, list);
	va_end(list);
}

void
world_mine(struct world *t, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	run_in(t->mine.schema, format, list);
	va_end(list);
}

void
world_control(struct world *t, const char *format, ...)
{
	char name[SCHEMA_MAX + 1];
	va_list list;

	house_account(&t->config, "control", name);
	va_start(list, format);
	run_in(name, format, list);
	va_end(list);
}

static struct str
cell_of(const char *schema, const char *format, va_list list)
{
	char sql[4096];
	int n = vsnprintf(sql, sizeof(sql), format, list);
	struct str *cell;
	size_t rows, cols;

	assert_true(n > 0 && (size_t)n < sizeof(sql));
	g.fault = (struct fault){0};
	need(odb_use(g.op.odb, schema), schema);
	need(odb_rows(g.op.odb, str_of(sql), g.a, &cell, &rows, &cols), sql);
	return rows && cols ? cell[0] : STR_NONE;
}

static int64_t
number_of(struct str s)
{
	int64_t v = -1;

	return s.p && str_i64(s, &v) ? v : -1;
}

int64_t
world_number(struct world *t, const char *format, ...)
{
	va_list list;
	struct str s;

	va_start(list, format);
	s = cell_of(t->mine.schema, format, list);
	va_end(list);
	return number_of(s);
}

int64_t
world_control_number(struct world *t, const char *format, ...)
{
	char name[SCHEMA_MAX + 1];
	va_list list;
	struct str s;

	house_account(&t->config, "control", name);
	va_start(list, format);
	s = cell_of(name, format, list);
	va_end(list);
	return number_of(s);
}

struct str
world_text(struct world *t, const char *sql)
{
	struct str *cell;
	size_t rows, cols;

	need(odb_use(t->op.odb, t->mine.schema), t->mine.schema);
	need(odb_rows(t->op.odb, str_of(sql), t->a, &cell, &rows, &cols), sql);
	return rows && cols ? cell[0] : STR_NONE;
}

void
world_watch(struct world *t)
{
	if (t->watching)
		return;
	t->watching = true;
	t->before = checksum();
}

static struct str
checksum(void)
{
	struct buf tables = buf_open(g.a, 512, 8192), all = buf_open(g.a, 1024, 65536);
	struct str *cell;
	size_t n, cols;

	need(odb_use(g.op.odb, g.other.schema), g.other.schema);
	for (const struct migration *m = tenant_migrations; m->step != 0; m++)
		if (m->creates)
			buf_printf(&tables, "%s`%s`", tables.n ? ", " : "", m->table);
	need(odb_rows(g.op.odb,
		 str_printf(g.a, "CHECKSUM TABLE %.*s EXTENDED", STR_ARG(buf_str(&tables))), g.a,
		 &cell, &n, &cols),
	    "checksum");
	for (size_t i = 0; i < n; i++)
		buf_printf(
		    &all, "%.*s=%.*s\n", STR_ARG(cell[i * cols]), STR_ARG(cell[i * cols + 1]));
	return buf_str(&all);
}

struct house *
world_house(struct world *t)
{
	struct house *h;

	assert_true(others_n < OTHERS_MAX);
	need(house_open(&t->config, t->proc, &h, &t->fault), "another house");
	others[others_n++] = h;
	return h;
}
