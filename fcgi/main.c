/*
 * fcgi/main.c -- poold web|auth|jobs, poold routes|shapes|openapi|version; plain CGI when a web
 * server starts it for one request (REQUEST_METHOD is set and POOL_RUN_DIR is not).
 */
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include "fcgi/api/api.h"
#include "fcgi/http/metrics.h"
#include "fcgi/jobs/jobs.h"
#include "tenancy/log.h"
#include "fcgi/master.h"
#include "fcgi/http/version.h"
#include "sql/migrations.h"
#include "tenancy/config.h"
#include "tenancy/credential.h"
#include "tenancy/lease.h"

#define PROC_FIRST (256 * 1024)
#define PROC_CEILING (64 * 1024 * 1024)
#define PRINT_CEILING (4 * 1024 * 1024)
#define DATABASE_WAIT_S 20
#define LARGE_BLOCK (128 * 1024)

enum kind { KIND_WEB, KIND_AUTH, KIND_JOBS, KINDS };

static const struct {
	const char *name, *socket;
	int backlog; /* auth: whoever is the 21st does not wait for a password's 70 ms */
	enum api_process api;
} kinds[KINDS] = {
	[KIND_WEB] = {"web", "web.sock", 1024, API_WEB},
	[KIND_AUTH] = {"auth", "auth.sock", 20, API_AUTH},
	[KIND_JOBS] = {"jobs", NULL, 0, 0},
};

/* What a worker is given by its master. */
struct service {
	enum kind kind;
	struct config config;
	struct arena *proc;
	struct password_list *passwords; /* read by the master, shared by its workers; poold auth alone */
};

static void give_back_memory(void);
static int usage(void);
static int print(const char *what);
static int say_version(void);
static int run(enum kind k, bool check_only);
static bool is_cgi(void);
static int run_cgi(void);
static bool settings(struct service *s);
static bool law_obeyed(void);
static bool database_in_order(struct service *s, unsigned wait_s);
static int work(int listen_fd, void *ctx);
static bool say_fault(struct arena *a, const struct fault *f);

int
main(int argc, char **argv)
{
	unsigned k;

	give_back_memory();
	if ((argc == 1 || (argc == 2 && strcmp(argv[1], "web") == 0)) && is_cgi())
		return run_cgi();
	if (argc < 2 || argc > 3 || (argc == 3 && strcmp(argv[2], "--check") != 0))
		return usage();
	for (k = 0; k < KINDS; k++)
		if (strcmp(argv[1], kinds[k].name) == 0)
			return run((enum kind)k, argc == 3);
	if (strcmp(argv[1], "version") == 0)
		return say_version();
	return print(argv[1]);
}

/*
 * One large piece of work must not stay in a worker's size for ever. By itself the library learns from each large block
 * that is freed to keep the next ones.
 */
static void
give_back_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
	mallopt(M_TRIM_THRESHOLD, LARGE_BLOCK);
}

static int
usage(void)
{
	fputs("usage: poold web|auth|jobs [--check]\n"
	      "       poold routes|shapes|openapi|version\n", stderr);
	return 2;
}

static int
say_version(void)
{
	printf("poolhouse %s (control schema %u, company schema %u)\n", POOL_VERSION, CONTROL_STEP,
	    TENANT_STEP);
	return 0;
}

static int
print(const char *what)
{
	struct arena *a = arena_open(PROC_FIRST, PROC_CEILING, NULL);
	struct buf b = buf_open(a, 65536, PRINT_CEILING);
	bool known = true, written;
	struct str text;

	if (strcmp(what, "routes") == 0)
		router_list(api_tables, &b);
	else if (strcmp(what, "shapes") == 0)
		router_typescript(api_tables, &b);
	else if (strcmp(what, "openapi") == 0)
		router_openapi(api_tables, POOL_VERSION, &b);
	else
		known = false;
	if (!known || !law_obeyed()) {
		arena_close(a);
		return known ? 1 : usage();
	}
	text = buf_str(&b);
	written = fwrite(text.p, 1, text.n, stdout) == text.n && fflush(stdout) == 0 && !b.full;
	arena_close(a);
	return written ? 0 : 1;
}

static bool
law_obeyed(void)
{
	const char *wrong = router_law(api_tables);

	if (wrong != NULL)
		fprintf(stderr, "poold: %s\n", wrong);
	return wrong == NULL;
}

static bool
say_fault(struct arena *a, const struct fault *f)
{
	struct str text = words_fault(a, ENGLISH, f);

	fprintf(stderr, "poold: %s%s%.*s\n", f->field == NULL ? "" : f->field,
	    f->field == NULL ? "" : ": ", STR_ARG(text));
	return false;
}

static bool
settings(struct service *s)
{
	struct fault f = {0};

	s->proc = arena_open(PROC_FIRST, PROC_CEILING, NULL);
	if (config_load(NULL, s->proc, &s->config, &f) != OK)
		return say_fault(s->proc, &f);
	return law_obeyed();
}

/*
 * Asked once by the master, on a connection that no worker inherits: a server that is set up
 * unsafely is refused before anybody is served. One that is away is waited for, then served
 * without: 503, and ready as soon as it is back.
 */
static bool
database_in_order(struct service *s, unsigned wait_s)
{
	struct arena *a = arena_open(PROC_FIRST, PROC_CEILING, NULL);
	struct fault f = {0};
	struct house *h = NULL;
	bool good;
	unsigned i;

	good = house_open(&s->config, a, &h, &f) == OK || say_fault(a, &f);
	/* A list of common passwords that cannot be read is said now, not at the first sign-up. */
	if (good && s->kind == KIND_AUTH)
		good = password_list_load(s->config.password_list, s->proc, &s->passwords, &f) == OK ||
		       say_fault(a, &f);
	for (i = 0; good && h->control == NULL && i < wait_s; i++) {
		struct cdb *db;
		enum err e;

		sleep(1);
		f = (struct fault){0};
		e = house_control(h, &db, &f);
		if (e != OK && e != E_AWAY && e != E_RETRY)
			good = say_fault(a, &f);
	}
	if (h != NULL) {
		if (good && h->control == NULL)
			log_note(kinds[s->kind].name, "the database does not answer yet", wait_s);
		house_close(h);
	}
	arena_close(a);
	return good;
}

static int
run(enum kind k, bool check_only)
{
	struct service s = {.kind = k};
	char program[PATH_MAX], socket[200];
	struct master_plan plan = {
	    .kind = kinds[k].name, .backlog = kinds[k].backlog, .work = work, .ctx = &s};
	ssize_t n;

	if (!settings(&s) || !database_in_order(&s, check_only ? 0 : DATABASE_WAIT_S))
		return 1;
	if (check_only)
		return 0;
	n = readlink("/proc/self/exe", program, sizeof(program) - 1);
	if (n <= 0 || s.config.run_dir[0] == '\0') {
		fputs("poold: run_dir is not set\n", stderr);
		return 1;
	}
	program[n] = '\0';
	plan.program = program;
	plan.workers = k == KIND_WEB ? s.config.web_workers :
	    k == KIND_AUTH	     ? s.config.auth_workers :
				       s.config.jobs_workers;
	if (kinds[k].socket != NULL) {
		snprintf(socket, sizeof(socket), "%s/%s", s.config.run_dir, kinds[k].socket);
		plan.socket = socket;
	}
	metrics_open(s.config.run_dir, plan.kind);
	return master_run(&plan);
}

/* work -- a worker's whole life; it opens its own connections, nothing of the master's is shared
 * but figures */
static int
work(int listen_fd, void *ctx)
{
	struct service *s = ctx;
	struct fault f = {0};
	struct house *h;
	int code;

	if (house_open(&s->config, s->proc, &h, &f) != OK)
		return say_fault(s->proc, &f) ? 0 : 1;
	h->passwords = s->passwords;
	code = s->kind == KIND_JOBS ? jobs_main(h) : api_serve(h, kinds[s->kind].api, listen_fd);
	house_close(h);
	return code;
}

static bool
is_cgi(void)
{
	const char *run_dir = getenv("POOL_RUN_DIR");

	return getenv("REQUEST_METHOD") != NULL && (run_dir == NULL || run_dir[0] == '\0');
}

static int
run_cgi(void)
{
	struct service s = {.kind = KIND_WEB};
	struct fault f = {0};
	struct house *h;
	int code;

	if (!settings(&s))
		return 1;
	if (house_open(&s.config, s.proc, &h, &f) != OK)
		return say_fault(s.proc, &f) ? 0 : 1;
	code = api_cgi(h);
	house_close(h);
	arena_close(s.proc);
	return code;
}
