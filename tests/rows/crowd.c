/* tests/rows/crowd.c -- workers as processes, their gate, and the nodes they stand at. */
#include "tests/rows/crowd.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sql/tenant/queries/idempotency.h"
#include "sql/tenant/queries/processor.h"

#define TRIES     2000
#define NODES_MAX 8
#define LIFE_S \
	(getenv("LONG") != NULL \
		? 240 \
		: 90) /* somebody who dies before the gate holds nobody for ever */

/* The crowd as the test sees it, and what only this file does. */
static struct ground {
	struct crowd crowd;
	pthread_barrier_t gate;         /* the workers'              */
	pthread_barrier_t first, after; /* theirs, and the test's    */
	verb verb;
	atomic_uint odd;
} * ground;
struct crowd *crowd;

static struct {
	const char *socket[NODES_MAX];
	unsigned n;
} nodes;
static pid_t standing[CROWD_MAX];
static unsigned size;

static void barrier(pthread_barrier_t *b, unsigned n);
static void find_nodes(void);
static pid_t work_on(struct world *t, unsigned n, int (*life)(struct world *t, struct writer *me));
static void go(struct world *t, struct writer *me, unsigned node);
static enum err enter(struct world *t, struct work *w, const struct writer *me);
static enum err attempt(struct work *w, struct writer *me, verb v);
static enum err claim(struct work *w, const struct writer *me);
static int stand(struct world *t, struct writer *me);
static enum err look(struct work *w, struct writer *me);
static struct odb *operator_at(struct world *t, unsigned node);
static struct str tables_at(struct world *t, unsigned node);

static void
barrier(pthread_barrier_t *b, unsigned n)
{
	pthread_barrierattr_t attr;

	assert_int_equal(pthread_barrierattr_init(&attr), 0);
	assert_int_equal(pthread_barrierattr_setpshared(&attr, PTHREAD_PROCESS_SHARED), 0);
	assert_int_equal(pthread_barrier_init(b, &attr, n), 0);
}

void
crowd_open(unsigned n)
{
	ground =
	    mmap(NULL, sizeof(*ground), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(ground != MAP_FAILED);
	assert_true(n > 0 && n <= CROWD_MAX);
	size = n;
	barrier(&ground->gate, n);
	barrier(&ground->first, n + 1);
	barrier(&ground->after, n + 1);
	crowd = &ground->crowd;
	find_nodes();
}

void
crowd_close(void)
{
	munmap(ground, sizeof(*ground));
	ground = NULL;
	crowd = NULL;
}

static void
find_nodes(void)
{
	static char text[1024];
	const char *all = getenv("POOL_DB_NODES");
	char *rest = text, *one;

	nodes.n = 0;
	snprintf(text, sizeof(text), "%s", all != NULL ? all : "");
	while ((one = strsep(&rest, " ")) != NULL && nodes.n < NODES_MAX)
		if (one[0] != '\0')
			nodes.socket[nodes.n++] = one;
}

unsigned
crowd_nodes(void)
{
	return nodes.n > 0 ? nodes.n : 1;
}

/* ---- a work ---- */

static enum err
enter(struct world *t, struct work *w, const struct writer *me)
{
	struct runner r = {.house = t->house, .arena = t->a};

	runner_desk(&r, 0, &t->desk);
	t->desk.now = CROWD_NOW;
	t->desk.now_ms = CROWD_NOW * 1000 + (me != NULL ? me->n : 0);
	TRY(work_open(&t->desk, &t->mine, DB_WRITE, w));
	w->actor = (struct actor){.kind = ACTOR_STAFF,
	    .id = OWNER,
	    .may = role_entry(ROLE_OWNER)->may,
	    .session = OWNER + 500,
	    .stepped_up_at = CROWD_NOW,
	    .second_factor = true};
	return OK;
}

void
crowd_owner(struct world *t, struct work *w)
{
	world_watch(t);
	world_ok(t, &t->desk.fault, enter(t, w, NULL));
}

uint64_t
crowd_throw(struct writer *me, uint64_t n)
{
	me->dice ^= me->dice << 13;
	me->dice ^= me->dice >> 7;
	me->dice ^= me->dice << 17;
	return me->dice % n;
}

void
crowd_did(struct writer *me, unsigned kind, uint64_t bill_id, uint64_t payment_id, int64_t cents)
{
	if (me->deeds < COUNT_OF(me->deed))
		me->deed[me->deeds++] = (struct deed){kind, bill_id, payment_id, cents, 0, 0, 0, 0};
}

enum err
crowd_act(struct world *t, struct writer *me, verb v)
{
	enum err e = E_RETRY;

	if (me->node != me->home && atomic_load(&crowd->back))
		go(t, me, me->home);
	me->act++;
	me->unsure = false;
	for (unsigned n = 0; e == E_RETRY && n < TRIES; n++) {
		struct arena_mark here = arena_mark(t->a);
		struct work w;

		e = enter(t, &w, me);
		if (e == OK)
			e = attempt(&w, me, v);
		if (e == E_AWAY && nodes.n > 1) {
			go(t, me, (me->node + 1) % nodes.n);
			e = E_RETRY;
		}
		if (e == E_RETRY)
			arena_rewind(t->a, here);
	}
	for (size_t i = 0; e == OK && i < me->deeds; i++) {
		const size_t at = atomic_fetch_add(&crowd->deeds_n, 1);

		int64_t s, ms;

		now_read(&s, &ms);
		if (at < DEEDS_MAX) {
			crowd->deed[at] = me->deed[i];
			crowd->deed[at].writer = me->n;
			crowd->deed[at].node = me->node;
			crowd->deed[at].act = me->act;
			crowd->deed[at].at_ms = ms;
		}
	}
	return e;
}

/* A commit without an answer is not repeated: its key is there, or nothing of it is. */
static enum err
attempt(struct work *w, struct writer *me, verb v)
{
	enum err e = me->keyed && nodes.n > 1 ? claim(w, me) : OK;

	if (e == E_STALE) {
		if (work_close(w, e) != E_STALE || !me->unsure)
			return E_BUG;
		atomic_fetch_add(&crowd->done, 1);
		memcpy(me->deed, me->before, sizeof(me->deed));
		me->deeds = me->deeds_before;
		return OK;
	}
	me->deeds = 0;
	if (e == OK)
		e = v(w, me);
	if (e != OK)
		return work_close(w, e);
	e = work_close(w, OK);
	if (e != E_AWAY)
		return e;
	if (me->unsure) /* twice would need two sets of deeds: two nodes do not fall here */
		return E_BUG;
	me->unsure = true;
	atomic_fetch_add(&crowd->unsure, 1);
	memcpy(me->before, me->deed, sizeof(me->deed));
	me->deeds_before = me->deeds;
	return e;
}

static enum err
claim(struct work *w, const struct writer *me)
{
	char key[33];

	snprintf(key, sizeof(key), "%08u%024llu", me->n, (unsigned long long)me->act);
	return sql_idempotency_claim(w->db, (struct str){key, 32}, (struct str){key, 32}, w->now);
}

/* ---- nodes ---- */

/* From node to node until one of them serves: while the cluster counts its members none does. */
static void
go(struct world *t, struct writer *me, unsigned node)
{
	if (t->house != NULL) {
		house_close(t->house);
		usleep(20000);
	}
	if (nodes.n > 0)
		t->config.db_socket = nodes.socket[node];
	me->node = node;
	if (house_open(&t->config, t->proc, &t->house, &t->fault) != OK)
		_exit(3);
}

/* One that was cut off for a moment is waited for; wsrep_sync_wait lets it hear everything before
 * it answers. */
static struct odb *
operator_at(struct world *t, unsigned node)
{
	struct db_login login =
	    house_login(&t->config, t->config.db_operator, NULL, t->mine.schema);
	enum err e = E_AWAY;
	struct odb *db = NULL;

	login.socket = nodes.socket[node];
	for (unsigned waits = 0; e != OK && waits < 600; waits++) {
		struct fault f = {0};
		struct str *cell;
		size_t n, cols;

		e = odb_open(&login, &db, &f);
		if (e == OK) {
			e = odb_rows(
			    db, STR("SELECT COUNT(*) FROM company"), t->a, &cell, &n, &cols);
			if (e != OK)
				odb_close(db);
		}
		if (e != OK)
			usleep(100000);
	}
	assert_int_equal(e, OK);
	return db;
}

/* Its tables as one text. */
static struct str
tables_at(struct world *t, unsigned node)
{
	struct buf tables = buf_open(t->a, 512, 8192), all = buf_open(t->a, 1024, 65536);
	struct odb *db = operator_at(t, node);
	struct fault f = {0};
	struct str *cell;
	size_t n, cols;

	odb_fault(db, &f);
	world_ok(t, &f,
	    odb_rows(db,
		STR("SELECT table_name FROM information_schema.tables WHERE table_schema = "
		    "DATABASE() ORDER BY 1"),
		t->a, &cell, &n, &cols));
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++)
		buf_printf(&tables, "%s`%.*s`", i > 0 ? ", " : "", STR_ARG(cell[i]));
	world_ok(t, &f,
	    odb_rows(db,
		str_printf(t->a, "CHECKSUM TABLE %.*s EXTENDED", STR_ARG(buf_str(&tables))), t->a,
		&cell, &n, &cols));
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++)
		buf_printf(
		    &all, "%.*s=%.*s\n", STR_ARG(cell[i * cols]), STR_ARG(cell[i * cols + 1]));
	odb_close(db);
	return buf_str(&all);
}

bool
crowd_nodes_agree(struct world *t)
{
	struct str first;

	if (nodes.n < 2)
		return true;
	first = tables_at(t, 0);
	for (unsigned i = 1; i < nodes.n; i++)
		if (!str_eq(tables_at(t, i), first))
			return false;
	return true;
}

/* ---- processes ---- */

static pid_t
work_on(struct world *t, unsigned n, int (*life)(struct world *t, struct writer *me))
{
	const pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		struct writer me = {.n = n,
		    .home = n % crowd_nodes(),
		    .dice = UINT64_C(88172645463325252) + n * 7919};

		(void)alarm((unsigned)LIFE_S);
		t->house = NULL; /* the test's own connections are left alone */
		go(t, &me, me.home);
		_exit(life(t, &me));
	}
	return child;
}

static void
ended_well(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

void
crowd_live(struct world *t, unsigned n, int (*life)(struct world *t, struct writer *me),
    void (*meanwhile)(struct world *t))
{
	assert_true(n <= size);
	world_watch(t); /* by the operator's connection, which children must leave alone */
	for (unsigned i = 0; i < n; i++)
		standing[i] = work_on(t, i, life);
	if (meanwhile != NULL)
		meanwhile(t);
	for (unsigned i = 0; i < n; i++)
		ended_well(standing[i]);
}

void
crowd_together(void)
{
	(void)pthread_barrier_wait(&ground->gate);
}

/* ---- in one moment ---- */

static bool looked; /* in this process, in this shot */

/* Everybody has looked before anybody writes: their snapshots are of the moment before. */
static enum err
look(struct work *w, struct writer *me)
{
	struct cents_row none;

	if (!looked) {
		TRY(sql_processed_count(w->db, OWNER, w->arena, &none));
		looked = true;
		crowd_together();
	}
	return ground->verb(w, me);
}

static int
stand(struct world *t, struct writer *me)
{
	struct work w;

	/* The first work of a process opens its connections: none of that is part of the moment. */
	if (enter(t, &w, me) != OK || work_close(&w, OK) != OK)
		return 2;
	for (;;) {
		const struct arena_mark here = arena_mark(t->a);
		enum err e;

		(void)pthread_barrier_wait(&ground->first);
		if (ground->verb == NULL)
			return 0;
		looked = false;
		e = crowd_act(t, me, look);
		if (e == OK)
			atomic_fetch_add(&crowd->fine, 1);
		else if (e != E_RETRY && e != E_INVALID && e != E_STALE && e != E_NOT_FOUND &&
			 e != E_FORBIDDEN && e != E_SIGNED_OUT)
			atomic_fetch_add(&ground->odd, 1);
		arena_rewind(t->a, here);
		(void)pthread_barrier_wait(&ground->after);
	}
}

void
crowd_stand(struct world *t)
{
	world_watch(t);
	for (unsigned i = 0; i < size; i++)
		standing[i] = work_on(t, i, stand);
}

unsigned
crowd_fire(verb v)
{
	(void)alarm(
	    60); /* one who died is missed at the gate: this program must not wait for ever */
	crowd->fine = 0;
	ground->verb = v;
	(void)pthread_barrier_wait(&ground->first);
	(void)pthread_barrier_wait(&ground->after);
	(void)alarm(0);
	assert_int_equal(ground->odd, 0);
	return crowd->fine;
}

void
crowd_leave(void)
{
	ground->verb = NULL;
	(void)pthread_barrier_wait(&ground->first);
	for (unsigned i = 0; i < size; i++)
		ended_well(standing[i]);
}
