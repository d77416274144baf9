/* tests/rows/photos_test.c -- from what came in to what is shown, whatever dies in between; and what nobody speaks of. */
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "fcgi/acts/files.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/jobs/list.h"
#include "sql/tenant/job.h"
#include "tenancy/files.h"
#include "tests/rows/people.h"

#define ROSA UINT64_C(4000000000000001001)
#define ID(x) ((unsigned long long)(x))

/* Two by one: red, blue. */
static const unsigned char png[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
    0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b, 0x40, 0xe8, 0xdd, 0x00, 0x00, 0x00,
    0x0f, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xc0, 0xc0, 0xf0, 0x1f, 0x00, 0x07, 0x00,
    0x01, 0xff, 0x7e, 0x08, 0xb1, 0xd0, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

static void
enter(struct world *t, struct work *w)
{
	people_enter(t, w, MANAGER, ROLE_MANAGER);
}

static uint64_t
sent(struct world *t)
{
	const struct file_new in = {.on_kind = RECORD_CUSTOMER, .on_id = ROSA, .name = STR("The filter")};
	struct file_row row;
	struct work w;

	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'es', 1)", ID(ROSA));
	enter(t, &w);
	act_done(t, &w, OK, act_file_add(&w, &in, STR("x.png"), (struct str){(const char *)png, sizeof(png)}, &row));
	assert_int_equal(row.state, FILE_RAW);
	return row.id;
}

/* All that is due, done by a worker of this process. */
static void
work_off(struct world *t)
{
	static const struct job *const list[] = {&job_photo, NULL};
	struct runner r = {.house = world_house(t), .arena = arena_open(1 << 20, 64 << 20, NULL), .list = list, .quiet = true};
	bool did = true;

	while (did)
		world_ok(t, &t->fault, runner_one(&r, &t->mine, &did));
	arena_close(r.arena);
}

static void
again(struct world *t, uint64_t id)
{
	struct work w;

	enter(t, &w);
	act_done(t, &w, OK, tell(&w, "photo", &photo_order_shape, &(struct photo_order){id}));
}

static bool
there(struct world *t, uint64_t id, const char *ending, struct str *path)
{
	struct stat st;
	struct work w;

	enter(t, &w);
	*path = str_copy(t->a, files_path(&w, id, ending));
	act_done(t, &w, OK, OK);
	return stat(path->p, &st) == 0;
}

static int64_t
state(struct world *t, uint64_t id)
{
	return world_number(t, "SELECT state FROM file WHERE id = %llu", ID(id));
}

static void
a_photo_that_was_drawn_by_somebody_who_died_is_found_made(void **state_)
{
	struct world *t = *state_;
	uint64_t id = sent(t);
	struct str path;

	assert_true(there(t, id, FILE_ENDING_RAW, &path));
	work_off(t);
	assert_int_equal(state(t, id), FILE_READY);
	assert_int_equal(world_number(t, "SELECT width * 10 + height FROM file WHERE id = %llu", ID(id)), 21);
	assert_false(there(t, id, FILE_ENDING_RAW, &path));
	assert_true(there(t, id, FILE_ENDING_PHOTO, &path) && there(t, id, FILE_ENDING_SMALL, &path));
	/* The settling was lost with its worker: the raw file is gone, the photo is there. */
	world_mine(t, "UPDATE file SET state = 1, width = 0 WHERE id = %llu", ID(id));
	again(t, id);
	work_off(t);
	assert_int_equal(state(t, id), FILE_READY);
	assert_int_equal(world_number(t, "SELECT width FROM file WHERE id = %llu", ID(id)), 2);
	/* Neither is there: it can never become a photo, and says so. */
	assert_true(there(t, id, FILE_ENDING_SMALL, &path));
	unlink(path.p);
	world_mine(t, "UPDATE file SET state = 1 WHERE id = %llu", ID(id));
	again(t, id);
	work_off(t);
	assert_int_equal(state(t, id), FILE_REFUSED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'photo' AND state <> %d", JOB_DONE), 0);
}

static void
what_no_row_speaks_of_is_taken_away_after_a_day(void **state_)
{
	struct world *t = *state_;
	uint64_t id = sent(t), orphan = id + 1, young = id + 2;
	const uint64_t ids[] = {id, orphan, young};
	const struct utimbuf old = {1, 1};
	struct ticket ticket = {0};
	struct str path;
	struct work w;

	for (size_t i = 0; i < 3; i++) {
		enter(t, &w);
		act_done(t, &w, OK, files_keep(&w, ids[i], FILE_ENDING_PAPER, STR("%PDF-1.4")));
		there(t, ids[i], FILE_ENDING_PAPER, &path);
		if (i < 2)
			assert_int_equal(utime(path.p, &old), 0);
	}
	world_work(t, &t->mine, &w);
	act_done(t, &w, OK, job_photo_sweep.run(&w, &ticket));
	assert_true(there(t, id, FILE_ENDING_PAPER, &path));
	assert_false(there(t, orphan, FILE_ENDING_PAPER, &path));
	assert_true(there(t, young, FILE_ENDING_PAPER, &path));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_photo_that_was_drawn_by_somebody_who_died_is_found_made),
		world_test(what_no_row_speaks_of_is_taken_away_after_a_day),
	};

	return world_run("fcgi/jobs/photos", tests);
}
