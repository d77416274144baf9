/*
 * tests/rows/world.h -- a whole house for row tests of acts and jobs: config, keys, leases, two
 * companies.
 *
 * Where harness.h gives bare handles, this gives what a request or a job has. Each test gets two
 * fresh, live companies, `mine` and the neighbour `other`; whatever world_sql arranges stands in
 * both, with the same ids. Tear-down asserts that the neighbour has not changed since world_watch
 * (the first work opened calls it).
 */
#ifndef TESTS_ROWS_WORLD_H
#define TESTS_ROWS_WORLD_H

#include "fcgi/jobs/runner.h"
#include "tenancy/operator.h"
#include "tenancy/work.h"
#include "tests/unit/test.h"

struct world {
	struct config config;
	struct arena *proc;
	struct arena *a;     /* of one test */
	struct house *house; /* as a worker holds it */
	struct operator op;
	struct fault fault;
	struct tenant mine, other;
	struct tenant third; /* only after world_third */
	struct desk desk; /* of world_work */
	struct str before;
	bool watching;
	bool both; /* the test is about both companies: the neighbour may change */
	char folder[64];
};

#define world_test(fn)         cmocka_unit_test_setup_teardown(fn, world_set_up, world_tear_down)
#define world_run(name, tests) cmocka_run_group_tests_name(name, tests, world_open, world_close)
int world_open(void **state);
int world_close(void **state);
int world_set_up(void **state);
int world_tear_down(void **state);

/* Run an expression that answers enum err; end the test with the fault if the answer is another. */
#define world_ok(t, f, expr) world_expect((t), (f), OK, (expr), #expr, __FILE__, __LINE__)
#define world_err(t, f, want, expr) \
	world_expect((t), (f), (want), (expr), #expr, __FILE__, __LINE__)
void world_expect(struct world *t, const struct fault *f, enum err want, enum err got,
    const char *what, const char *file, int line);

/* world_enter -- enter a company as a worker at t->desk.now (0 = the clock's); close it with
 * work_close */
void world_enter(struct world *t, const struct tenant *who, enum db_mode mode, struct work *w);
void world_work(struct world *t, const struct tenant *who, struct work *w);

/* world_sql -- one statement as the operator, in mine AND in other */
void world_sql(struct world *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void world_mine(struct world *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void world_control(struct world *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void world_watch(struct world *t);

/* world_number -- one value of mine; world_control_number, of the control schema. NULL or no row is
 * -1. */
int64_t
world_number(struct world *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
int64_t world_control_number(struct world *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str world_text(struct world *t, const char *sql);

/* world_noon -- before world_run: companies live where it is noon just now, and no clockwork strikes while a worker of theirs is watched */
void world_noon(void);

/* world_third -- a third company, for what two cannot show: `third`, until the end of the test */
void world_third(struct world *t);

/* world_house -- another worker's house: its own connections */
struct house *world_house(struct world *t);

#endif
