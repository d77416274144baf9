/* tests/unit/fcgi/jobs/queue.c -- what an error means for a job, how long it waits, what a list may
 * say. */
#include "fcgi/jobs/queue.h"
#include "fcgi/jobs/runner.h"
#include "tests/unit/test.h"

static void
an_error_decides_the_fate_of_its_job(void **state)
{
	static const struct {
		enum err e;
		enum fate fate;
	} rows[] = {{OK, FATE_DONE}, {E_INVALID, FATE_PARK}, {E_SIGNED_OUT, FATE_PARK},
	    {E_FORBIDDEN, FATE_PARK}, {E_NOT_FOUND, FATE_DROP}, {E_STALE, FATE_DROP},
	    {E_LIMIT, FATE_LATER}, {E_RETRY, FATE_SOON}, {E_AWAY, FATE_LATER}, {E_BUG, FATE_PARK}};

	(void)state;
	assert_int_equal(COUNT_OF(rows), ERR_COUNT);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(queue_fate(rows[i].e), rows[i].fate);
}

static void
each_pause_is_twice_the_last_and_at_most_a_day(void **state)
{
	uint64_t full = 30;

	(void)state;
	for (uint32_t tries = 1; tries <= 100; tries++) {
		/* random % (half + 1) reaches both ends. */
		uint32_t least = queue_delay_s(30, tries, 0, 0);

		assert_int_equal(least, full - full / 2);
		assert_int_equal(queue_delay_s(30, tries, 0, (uint32_t)(full / 2)), full);
		full = full * 2 > QUEUE_DELAY_MAX_S ? QUEUE_DELAY_MAX_S : full * 2;
	}
}

static void
a_pause_never_leaves_its_upper_half(void **state)
{
	uint32_t random = 1;

	(void)state;
	for (unsigned i = 0; i < 100000; i++) {
		uint32_t s = queue_delay_s(60, 4, 0, random);

		assert_in_range(s, 240, 480);
		random = random * 1664525 + 1013904223;
	}
	assert_in_range(queue_delay_s(0, 1, 0, UINT32_MAX), 1, 1);
	assert_in_range(queue_delay_s(UINT32_MAX, UINT32_MAX, 0, UINT32_MAX), QUEUE_DELAY_MAX_S / 2,
	    QUEUE_DELAY_MAX_S);
}

static void
what_the_other_side_asks_for_is_waited(void **state)
{
	(void)state;
	assert_int_equal(queue_delay_s(30, 1, 900, 7), 900);
	assert_in_range(queue_delay_s(30, 1, 3, 7), 15, 30);
	assert_int_equal(queue_delay_s(30, 1, 10 * 86400, 7), QUEUE_DELAY_MAX_S);
}

static enum err
run(struct work *w, const struct ticket *t)
{
	(void)w;
	(void)t;
	return OK;
}

static void
the_list_of_jobs_is_whole(void **state)
{
	(void)state;
	assert_null(job_law(job_list));
	assert_non_null(job_named(job_list, STR("mail")));
	assert_null(job_named(job_list, STR("mai")));
}

static void
a_job_that_makes_no_sense_is_refused(void **state)
{
	const struct job good = {
	    .kind = "x", .tries = 5, .backoff_s = 1, .at_local = "02:30", .run = run, .help = "X."};
	struct job bad[8];
	const struct job *twice[] = {&good, &good, NULL};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		bad[i] = good;
	bad[0].kind = "";
	bad[1].tries = 0;
	bad[2].backoff_s = 0;
	bad[3].at_local = "25:00";
	bad[4].run = NULL;
	bad[5].help = NULL;
	bad[6].kind = "a_kind_of_more_than_thirty_two_letters";
	bad[7].tries = 101;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		const struct job *list[] = {&bad[i], NULL};

		assert_non_null(job_law(list));
	}
	assert_non_null(job_law(twice));
	assert_null(job_law(&twice[1]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_error_decides_the_fate_of_its_job),
	    cmocka_unit_test(each_pause_is_twice_the_last_and_at_most_a_day),
	    cmocka_unit_test(a_pause_never_leaves_its_upper_half),
	    cmocka_unit_test(what_the_other_side_asks_for_is_waited),
	    cmocka_unit_test(the_list_of_jobs_is_whole),
	    cmocka_unit_test(a_job_that_makes_no_sense_is_refused),
	};

	return cmocka_run_group_tests_name("fcgi/jobs/queue", tests, NULL, NULL);
}
