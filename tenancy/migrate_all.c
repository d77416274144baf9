/*
 * tenancy/migrate_all.c -- the walk over all companies: a canary, then a few processes at a time.
 *
 * Each process has connections of its own and takes the next company from a shared number, so that
 * a slow one holds up nobody. Lines of progress come back through a pipe.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/base/words.h"
#include "sql/control/queries/tenants.h"
#include "tenancy/lease.h"
#include "tenancy/migrate.h"

#define LINE_MAX_BYTES 400 /* below PIPE_BUF: lines of several processes do not mix */

struct one {
	uint64_t id;
	uint32_t status;
	char schema[SCHEMA_MAX + 1], label[SLUG_MAX + 1];
};

struct list {
	struct one *one;
	size_t n;
};

/* Shared by the processes of one walk. */
struct shared {
	atomic_uint next;
	atomic_bool stop; /* one has failed: begin no further company */
};

static enum err list_behind(struct operator* op, struct list *l);
static void canary_first(struct list *l);
static enum err fan_out(struct operator* op, const struct list *l);
static int walk(const struct config *c, const struct list *l, struct shared *s, int to);
static bool bring(struct operator* op, const struct list *l, size_t i, int to);

enum err migrate_all(struct operator* op)
{
	struct migrated control;
	struct list l;
	enum err e;
	int lock;

	TRY(operator_need_control(op));
	TRY(operator_lock(op, "migrate", 0, &lock));
	e = migrate_control(op, &control);
	if (e == OK && control.to != control.from)
		printf("control schema: step %u -> %u\n", control.from, control.to);
	if (e == OK)
		e = list_behind(op, &l);
	if (e == OK && l.n == 0)
		printf("every company is at step %u\n", TENANT_STEP);
	if (e == OK && l.n > 0) {
		canary_first(&l);
		printf("%zu to bring to step %u; first %s\n", l.n, TENANT_STEP, l.one[0].label);
		fflush(stdout);
		if (!bring(op, &l, 0, STDOUT_FILENO))
			e = fail(op->fault, E_BUG, "migration",
			    "The first company failed: no other was begun.");
		else if (l.n > 1)
			e = fan_out(op, &l);
	}
	close(lock);
	return e;
}

static enum err
list_behind(struct operator* op, struct list *l)
{
	uint64_t after = 0;
	size_t n;

	l->one = arena_array(op->proc, struct one, MIGRATE_TENANTS_MAX);
	l->n = 0;
	do {
		struct arena_mark mark = arena_mark(op->arena);
		struct tenant_row *rows;

		cdb_fault(op->control, op->fault);
		TRY(sql_tenants_after(op->control, after, op->arena, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			struct one *o = &l->one[l->n];

			after = rows[i].id;
			if (rows[i].step >= TENANT_STEP || rows[i].status == TENANT_GONE ||
			    rows[i].status == TENANT_DELETING)
				continue;
			if (l->n == MIGRATE_TENANTS_MAX)
				return fail(op->fault, E_LIMIT, "migration",
				    "More than %d companies on one cluster.", MIGRATE_TENANTS_MAX);
			o->id = rows[i].id;
			o->status = rows[i].status;
			snprintf(o->schema, sizeof o->schema, "%.*s", STR_ARG(rows[i].schema_name));
			if (rows[i].slug.is)
				snprintf(
				    o->label, sizeof o->label, "%.*s", STR_ARG(rows[i].slug.v));
			else
				snprintf(o->label, sizeof o->label, "spare #%llu",
				    (unsigned long long)o->id);
			l->n++;
		}
		arena_rewind(op->arena, mark);
	} while (n > 0);
	return OK;
}

/* Nobody works in a spare: what fails there has hurt nobody. */
static void
canary_first(struct list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->one[i].status == TENANT_SPARE) {
			struct one o = l->one[i];

			l->one[i] = l->one[0];
			l->one[0] = o;
			return;
		}
	}
}

static enum err
fan_out(struct operator* op, const struct list *l)
{
	struct shared *s =
	    mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char line[LINE_MAX_BYTES];
	bool whole = true;
	int ends[2], status;
	ssize_t n;

	if (s == MAP_FAILED || pipe2(ends, O_CLOEXEC) != 0)
		return fail(
		    op->fault, E_AWAY, NULL, "No processes can be started: %s.", strerror(errno));
	atomic_init(&s->next, 1);
	atomic_init(&s->stop, false);
	fflush(stdout);
	for (int i = 0; i < MIGRATE_AT_ONCE; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			close(ends[0]);
			_exit(walk(op->config, l, s, ends[1]));
		}
		whole = whole && pid > 0;
	}
	close(ends[1]);
	while ((n = read(ends[0], line, sizeof line)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			fwrite(line, 1, (size_t)n, stdout);
	close(ends[0]);
	for (int i = 0; i < MIGRATE_AT_ONCE; i++)
		if (wait(&status) > 0 && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
			whole = false;
	munmap(s, sizeof *s);
	if (!whole)
		return fail(op->fault, E_AWAY, "migration",
		    "Not every company was brought forward. Run this again: it goes on where it "
		    "stopped.");
	printf("every company is at step %u\n", TENANT_STEP);
	return OK;
}

/* One process of the walk. The parent's connections are not ours: nothing of them is touched. */
static int
walk(const struct config *c, const struct list *l, struct shared *s, int to)
{
	struct arena *proc = arena_open(64 * 1024, 16 * 1024 * 1024, NULL);
	struct fault f = {0};
	struct operator op;
	size_t i;

	if (operator_open(c, proc, &f, &op) != OK)
		return 1;
	while (!atomic_load(&s->stop) && (i = atomic_fetch_add(&s->next, 1)) < l->n) {
		struct arena_mark mark = arena_mark(op.arena);

		f = (struct fault){0};
		if (!bring(&op, l, i, to)) {
			atomic_store(&s->stop, true);
			return 1;
		}
		arena_rewind(op.arena, mark);
	}
	operator_close(&op);
	return 0;
}

static bool
bring(struct operator* op, const struct list *l, size_t i, int to)
{
	const struct one *o = &l->one[i];
	char line[LINE_MAX_BYTES];
	struct migrated m = {0};
	enum err e = migrate_tenant(op, o->id, o->schema, &m);
	int n;

	if (e == OK)
		n = snprintf(line, sizeof line, "%5zu of %zu  %-40s %u -> %u  %lld ms\n", i + 1,
		    l->n, o->label, m.from, m.to, (long long)m.took_ms);
	else
		n = snprintf(line, sizeof line, "%5zu of %zu  %-40s FAILED: %.200s\n", i + 1, l->n,
		    o->label, words_fault(op->arena, ENGLISH, op->fault).p);
	if (n > 0)
		(void)!write(to, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
	return e == OK;
}
