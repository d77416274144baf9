/*
 * tenancy/ctl.c -- main of poolctl, the operator's desk: finds the command, opens what it needs,
 * says what went wrong. Status: 0 done, 1 not done, 2 not understood.
 */
#include "tenancy/ctl.h"

#include <signal.h>

#include "domain/base/words.h"
#include "sql/control/queries/tenants.h"

static const struct command *const commands[] = {&command_init, &command_migrate, &command_spares,
    &command_tenants, &command_import, &command_keys, &command_jobs, &command_health, &command_wall,
    &command_config, &command_verify, &command_subscriptions, &command_platform, &command_numbers, &command_domains, &command_mail, &command_lmtp, &command_ledger, NULL};

/* Lists, settings and zones; the walk over companies uses the operator's own arena. */
#define PROC_FIRST (256 * 1024)
#define PROC_MAX   (64u * 1024 * 1024)

static int help(FILE *to);
static int complain(struct arena *a, const struct command *c, enum err e, const struct fault *f);
static enum err work(const struct command *c, struct arena *proc, struct fault *f, struct words w);

int
main(int argc, char **argv)
{
	struct arena *proc = arena_open(PROC_FIRST, PROC_MAX, NULL);
	struct fault f = {0};

	if (argc < 2 || strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0)
		return help(argc < 2 ? stderr : stdout);
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct command *const *c = commands; *c != NULL; c++) {
		struct words w = {argc - 2, argv + 2};
		enum err e;
		int status = 0;

		if (strcmp((*c)->name, argv[1]) != 0)
			continue;
		e = work(*c, proc, &f, w);
		if (e != OK)
			status = complain(proc, *c, e, &f);
		arena_close(proc);
		return status;
	}
	fprintf(stderr, "poolctl: there is no command \"%s\"\n\n", argv[1]);
	(void)help(stderr);
	return 2;
}

static enum err
work(const struct command *c, struct arena *proc, struct fault *f, struct words w)
{
	struct operator op = {.proc = proc, .fault = f};
	struct config config;
	enum err e;

	TRY(config_load(NULL, proc, &config, f));
	op.config = &config;
	if (c->needs == NEEDS_CONFIG)
		return c->run(&op, w);
	e = operator_open(&config, proc, f, &op);
	if (e == OK && c->needs == NEEDS_CONTROL)
		e = operator_need_control(&op);
	if (e == OK)
		e = c->run(&op, w);
	operator_close(&op);
	return e;
}

static int
help(FILE *to)
{
	fprintf(to, "poolctl -- the operator's desk of Poolhouse\n\n");
	for (const struct command *const *c = commands; *c != NULL; c++)
		fprintf(to, "  poolctl %s %s\n      %s\n", (*c)->name, (*c)->usage, (*c)->help);
	fprintf(to, "\nSettings come from the environment (POOL_...) and the file POOL_CONFIG; "
		    "see poolctl config.\n");
	return to == stdout ? 0 : 2;
}

static int
complain(struct arena *a, const struct command *c, enum err e, const struct fault *f)
{
	struct str why = words_fault(a, ENGLISH, f);

	fflush(stdout);
	fprintf(stderr, "poolctl %s: %.*s", c->name, STR_ARG(why));
	if (f->field != NULL)
		fprintf(stderr, " (%s)", f->field);
	fprintf(stderr, " [%s]\n", err_name(e));
	if (e == E_INVALID && f->field != NULL && strcmp(f->field, "words") == 0) {
		fprintf(stderr, "usage: poolctl %s %s\n", c->name, c->usage);
		return 2;
	}
	return 1;
}
