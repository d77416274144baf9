/*
 * tenancy/ctl_house.c -- commands about the house as a whole: init, migrate, spares, config.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "domain/base/words.h"
#include "tenancy/export_orders.h"
#include "tenancy/ctl.h"
#include "tenancy/migrate.h"
#include "tenancy/provision.h"

#define SPARES_AT_INIT 2 /* enough for the first sign-ups while the stock is being made */
#define WATCH_EVERY_MS 2000

static enum err init(struct operator* op, struct words w);
static enum err migrate(struct operator* op, struct words w);
static enum err spares(struct operator* op, struct words w);
static enum err watch(struct operator* op, uint32_t keep);
static enum err watch_again(struct operator* op);
static enum err config(struct operator* op, struct words w);

const struct command command_init = {"init", "",
    "Make the control schema and the accounts of the house, bring all schemas up to date; safe to "
    "repeat.",
    NEEDS_SERVER, init};
const struct command command_migrate = {"migrate", "[--all | --tenant SLUG]",
    "Bring schemas to the step this program needs: a canary first, then a few at a time; resumes.",
    NEEDS_CONTROL, migrate};
const struct command command_spares = {"spares", "[--keep N] [--watch]",
    "Make ready schemas until N wait (setting: spares), finishing half-made ones; --watch keeps "
    "doing so, and makes the archives that owners ask for.",
    NEEDS_CONTROL, spares};
const struct command command_config = {"config", "[check]",
    "Print every setting with its value; secrets as ***. check: read the settings and say if they "
    "are whole.",
    NEEDS_CONFIG, config};

static enum err
init(struct operator* op, struct words w)
{
	unsigned made = 0, accounts = 0;

	TRY(words_done(op, &w, 0));
	TRY(provision_house(op));
	printf("control schema and accounts: ready\n");
	TRY(db_check_server(op->control, op->fault));
	TRY(migrate_all(op));
	TRY(provision_accounts(op, &accounts));
	if (accounts > 0)
		printf("accounts made for schemas that came without: %u\n", accounts);
	TRY(provision_stock(op,
	    op->config->spares < SPARES_AT_INIT ? op->config->spares : SPARES_AT_INIT,
	    PROVISION_WAIT_S, &made));
	printf("spare schemas made: %u\n", made);
	return OK;
}

static enum err
migrate(struct operator* op, struct words w)
{
	const char *slug = words_value(&w, "--tenant");
	bool all = words_flag(&w, "--all");
	struct tenant_row t;
	struct migrated m;

	TRY(words_done(op, &w, 0));
	if (slug == NULL)
		return migrate_all(op);
	if (all)
		return fail(op->fault, E_INVALID, "words", "Either --all or --tenant.");
	TRY(ctl_tenant(op, slug, &t));
	TRY(migrate_tenant(op, t.id, str_copy(op->arena, t.schema_name).p, &m));
	printf("%s: step %u -> %u in %lld ms\n", slug, m.from, m.to, (long long)m.took_ms);
	return OK;
}

static enum err
spares(struct operator* op, struct words w)
{
	const char *text = words_value(&w, "--keep");
	bool stay = words_flag(&w, "--watch");
	uint64_t keep = op->config->spares;
	unsigned made;

	if (text != NULL)
		TRY(words_number(op, text, SPARES_MAX, &keep));
	TRY(words_done(op, &w, 0));
	if (stay)
		return watch(op, (uint32_t)keep);
	TRY(provision_stock(op, (uint32_t)keep, PROVISION_WAIT_S, &made));
	printf("spare schemas made: %u\n", made);
	return OK;
}

/*
 * Until SIGTERM or SIGINT. SIGHUP begins afresh with today's program, settings and root keys, as it
 * does for poold. A database that is away ends it: whoever started us starts us again, with fresh
 * connections.
 */
static enum err
watch(struct operator* op, uint32_t keep)
{
	struct pollfd p = {.events = POLLIN};
	struct signalfd_siginfo got = {0};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	p.fd = signalfd(-1, &set, SFD_CLOEXEC);
	if (p.fd < 0)
		return fail(
		    op->fault, E_AWAY, NULL, "Signals cannot be watched: %s.", strerror(errno));
	do {
		struct arena_mark mark = arena_mark(op->arena);
		unsigned made = 0;
		enum err e = provision_stock(op, keep, 0, &made);

		if (made > 0)
			printf("spare schemas made: %u, %u wait\n", made, keep);
		if (e == E_LIMIT) /* another poolctl is at it: its work is ours */
			*op->fault = (struct fault){0};
		else if (e != OK)
			return e;
		TRY(archives_make(op));
		arena_rewind(op->arena, mark);
	} while (poll(&p, 1, WATCH_EVERY_MS) == 0);
	if (read(p.fd, &got, sizeof got) != sizeof got || got.ssi_signo != SIGHUP)
		return OK;
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	return watch_again(op);
}

/* The same command in the same process; every descriptor of ours closes by itself. */
static enum err watch_again(struct operator* op)
{
	char text[4096], *word[32];
	FILE *f = fopen("/proc/self/cmdline", "rbe");
	size_t n = f == NULL ? 0 : fread(text, 1, sizeof text - 1, f);
	int words = 0;

	if (f != NULL)
		fclose(f);
	text[n] = '\0';
	for (size_t i = 0; i < n && words < 31; i += strlen(text + i) + 1)
		word[words++] = text + i;
	word[words] = NULL;
	fflush(stdout);
	if (words > 0)
		execv(strchr(word[0], '/') != NULL ? word[0] : "/proc/self/exe", word);
	return fail(
	    op->fault, E_AWAY, NULL, "This program cannot begin afresh: %s.", strerror(errno));
}

static enum err
config(struct operator* op, struct words w)
{
	struct arena *a = arena_open(16384, 256 * 1024, NULL);
	struct buf out = buf_open(a, 4096, 65536);
	bool check = w.n == 1 && strcmp(w.word[0], "check") == 0;

	TRY(words_done(op, &w, 1));
	if (w.n == 1 && !check)
		return fail(op->fault, E_INVALID, "words", "What is meant by %s?", w.word[0]);
	config_print(op->config, &out);
	printf("%.*s", STR_ARG(buf_str(&out)));
	if (check) {
		struct keys *keys;

		TRY(keys_open(op->config, a, &keys, op->fault));
		printf("the settings are whole; root key version %u\n", keys_root_version(keys));
	}
	arena_close(a);
	return OK;
}
