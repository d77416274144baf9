/* tests/rows/places_test.c -- addresses find their places through a geocoder that speaks both true formats, and fails. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/customers/property.h"
#include "fcgi/acts/properties.h"
#include "fcgi/acts/tell_place.h"
#include "fcgi/acts/work.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/call.h"
#include "fcgi/remote/maps.h"
#include "tests/rows/people.h"

#define CUSTOMER UINT64_C(4200000000000000001)
#define FIRST    UINT64_C(4200000000000000100)

static pid_t fake;
static char url[64];

/* tests/fakes/maps.mjs on a port of its own, which it says on its first line. */
static int
open_all(void **state)
{
	int out[2];
	FILE *said;
	unsigned port = 0;

	if (pipe(out) != 0)
		return 1;
	fake = fork();
	if (fake == 0) {
		dup2(out[1], STDOUT_FILENO);
		close(out[0]);
		execlp("node", "node", "tests/fakes/maps.mjs", "0", (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	said = fdopen(out[0], "r");
	if (said == NULL || fscanf(said, "%u", &port) != 1)
		return 1;
	snprintf(url, sizeof(url), "http://127.0.0.1:%u", port);
	return world_open(state);
}

static int
close_all(void **state)
{
	kill(fake, SIGTERM);
	waitpid(fake, NULL, 0);
	return world_close(state);
}

static struct call_answer
at_fake(struct world *t, const char *method, const char *path, struct str body)
{
	const struct call_http ask = {.reach = CALL_OPERATOR, .method = method, .url = str_printf(t->a, "%s%s", url, path),
	    .body = body};
	struct call_answer answer;
	struct fault f = {0};

	world_ok(t, &f, call_http(t->a, &ask, &answer, &f));
	return answer;
}

static void
fails(struct world *t, const char *mode, int times)
{
	(void)at_fake(t, "PUT", "/faults", str_printf(t->a, "{\"mode\":\"%s\",\"times\":%d}", mode, times));
}

static int64_t
asked(struct world *t)
{
	struct call_answer answer = at_fake(t, "GET", "/asked", STR_NONE);
	const char *at = strstr(str_copy(t->a, answer.body).p, "\"number\":");

	assert_non_null(at);
	return strtoll(at + 9, NULL, 10);
}

static void
arrange(struct world *t, const char *geocoder)
{
	t->config.geocoder = geocoder;
	t->config.geocoder_url = url;
	t->config.geocoder_per_minute = 6000;
	t->config.data_dir = t->folder;
	fails(t, "", 0);
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
}

static void
place(struct world *t, unsigned n, const char *street)
{
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '%s', 'Sacramento', 'CA', '95838')", (unsigned long long)(FIRST + n), (unsigned long long)CUSTOMER,
	    street);
}

/* One job as the worker does it: prepare, send, settle; answers how the sending went. */
static enum err
turn(struct world *t, uint64_t after, struct fault *why)
{
	const struct place_order order = {after, true};
	struct buf b = buf_open(t->a, 64, 256);
	struct ticket ticket = {.tries = 1};
	struct work w;
	void *parcel;
	enum err sent;

	shape_write(&place_order_shape, &order, &b);
	ticket.payload = buf_str(&b);
	memset(why, 0, sizeof(*why));
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_places.prepare(&w, &ticket, &parcel));
	world_ok(t, &w.fault, work_close(&w, OK));
	sent = job_places.send(t->a, &t->config, &ticket, parcel, why);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_places.settle(&w, &ticket, parcel, sent));
	world_ok(t, &w.fault, work_close(&w, OK));
	return sent;
}

static void
found(struct world *t, unsigned n, int64_t lat, int64_t lng, int source, int score)
{
	const unsigned long long id = FIRST + n;

	assert_int_equal(world_number(t, "SELECT COALESCE(lat_e6, 0) FROM property WHERE id = %llu", id), lat);
	assert_int_equal(world_number(t, "SELECT COALESCE(lng_e6, 0) FROM property WHERE id = %llu", id), lng);
	assert_int_equal(world_number(t, "SELECT place_source FROM property WHERE id = %llu", id), source);
	assert_int_equal(world_number(t, "SELECT place_score FROM property WHERE id = %llu", id), score);
}

static void
both_formats_are_spoken_and_the_confidence_is_kept(void **state)
{
	static const char *const formats[] = {"nominatim", "census"};
	struct world *t = *state;
	struct fault f;

	arrange(t, formats[0]);
	place(t, 0, "3526 High St");
	place(t, 1, "7 Nowhere Ln");
	place(t, 2, "9 Twice St");
	place(t, 10, "3536 High St");
	place(t, 11, "8 Nowhere Ln");
	place(t, 12, "10 Twice St");
	for (unsigned k = 0; k < 2; k++) {
		t->config.geocoder = formats[k];
		for (unsigned n = 0; n < 3; n++)
			assert_int_equal(turn(t, FIRST + 10 * k + n - 1, &f), OK);
		found(t, 10 * k, 38035260 + 100 * k, -121035260 - 100 * (int64_t)k, PLACE_GEOCODED, 95);
		found(t, 10 * k + 1, 0, 0, PLACE_NOWHERE, 0);
	}
	/* Of several the census is less sure; Nominatim's first is its best. */
	found(t, 2, 38000090, -121000090, PLACE_GEOCODED, 95);
	found(t, 12, 38000100, -121000100, PLACE_GEOCODED, 65);
	/* The version is as it was: nobody's open page has become stale. */
	assert_int_equal(world_number(t, "SELECT MAX(version) FROM property"), 1);
}

static void
what_is_pinned_given_archived_or_asked_before_is_not_asked(void **state)
{
	struct world *t = *state;
	struct fault f;
	int64_t before;

	arrange(t, "nominatim");
	place(t, 0, "11 Oak St");
	place(t, 1, "11 Oak St");
	place(t, 2, "12 Oak St");
	place(t, 3, "13 Oak St");
	place(t, 4, "14 Oak St");
	world_sql(t, "UPDATE property SET lat_e6 = 1, lng_e6 = 2, place_source = %d, place_score = 100 WHERE id = %llu",
	    PLACE_PINNED, (unsigned long long)(FIRST + 2));
	world_sql(t, "UPDATE property SET lat_e6 = 3, lng_e6 = 4, place_source = %d, place_score = 100 WHERE id = %llu",
	    PLACE_GIVEN, (unsigned long long)(FIRST + 3));
	world_sql(t, "UPDATE property SET archived_at = 1 WHERE id = %llu", (unsigned long long)(FIRST + 4));
	before = asked(t);
	for (unsigned n = 0; n < 5; n++)
		assert_int_equal(turn(t, FIRST + n - 1, &f), OK);
	assert_int_equal(asked(t), before + 1);
	found(t, 0, 38000110, -121000110, PLACE_GEOCODED, 95);
	found(t, 1, 38000110, -121000110, PLACE_GEOCODED, 95);
	found(t, 2, 1, 2, PLACE_PINNED, 100);
	found(t, 3, 3, 4, PLACE_GIVEN, 100);
	found(t, 4, 0, 0, PLACE_NONE, 0);
}

static void
a_geocoder_that_fails_is_asked_again_and_nothing_is_made_up(void **state)
{
	static const struct {
		const char *mode;
		enum err want;
		unsigned wait_s;
	} row[] = {{"429", E_LIMIT, 7}, {"500", E_AWAY, 0}, {"garbage", E_AWAY, 0}, {"refused", E_FORBIDDEN, 0}};
	struct world *t = *state;
	struct fault f;

	arrange(t, "nominatim");
	place(t, 0, "21 Elm St");
	place(t, 1, "22 Elm St");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		fails(t, row[i].mode, 1);
		assert_int_equal(turn(t, FIRST - 1, &f), row[i].want);
		assert_int_equal(f.retry_after_s, row[i].wait_s);
		found(t, 0, 0, 0, PLACE_NONE, 0);
	}
	/* Of another country: not the place that was meant. */
	fails(t, "wrong_country", 1);
	assert_int_equal(turn(t, FIRST, &f), OK);
	found(t, 1, 0, 0, PLACE_NOWHERE, 0);
	fails(t, "slow", 1);
	assert_int_equal(turn(t, FIRST - 1, &f), OK);
	found(t, 0, 38000210, -121000210, PLACE_GEOCODED, 95);
}

static void
an_answer_that_comes_after_a_person_is_nobodys(void **state)
{
	struct world *t = *state;
	struct ticket ticket = {.tries = 1};
	struct fault f = {0};
	struct work w;
	void *parcel;

	arrange(t, "census");
	place(t, 0, "31 Fir St");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_places.prepare(&w, &ticket, &parcel));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(job_places.send(t->a, &t->config, &ticket, parcel, &f), OK);
	world_mine(t, "UPDATE property SET street = '99 Elsewhere Rd' WHERE id = %llu", (unsigned long long)FIRST);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_places.settle(&w, &ticket, parcel, OK));
	world_ok(t, &w.fault, work_close(&w, OK));
	found(t, 0, 0, 0, PLACE_NONE, 0);
	/* All that is left goes on from there: the chain of the night has ordered its next step. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'places'"), 1);
}

static void
who_makes_a_place_orders_a_look_at_it_and_without_a_geocoder_nobody_is_asked(void **state)
{
	static const char *const setting[] = {"", "nominatim"};
	struct world *t = *state;
	uint64_t id;

	arrange(t, "");
	for (int64_t k = 0; k < 2; k++) {
		const struct property_new in = {CUSTOMER, STR("41 Ash St"), STR("Sacramento"), STR("CA"), STR("95838")};
		struct work w;

		t->config.geocoder = setting[k];
		people_enter(t, &w, OWNER, ROLE_OWNER);
		act_done(t, &w, OK, act_property_make(&w, &in, &id));
		assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'places'"), k);
	}
}

/* What somebody says of where their day starts and ends; the job that follows, and what is known then. */
static void
says(struct world *t, const char *start, const char *end, struct maybe_i64 lat, struct maybe_i64 lng, struct staff_work *out)
{
	struct work w;

	people_enter(t, &w, OWNER, ROLE_OWNER);
	world_ok(t, &w.fault, act_staff_work(&w, OWNER, out));
	const struct work_change in = {.phone = STR(""), .colour = 1, .vehicle = STR(""), .start_address = str_of(start),
	    .end_address = str_of(end), .start_lat_e6 = lat, .start_lng_e6 = lng, .version = out->version};
	act_done(t, &w, OK, act_staff_work_change(&w, OWNER, &in, out));
}

static void
home_turn(struct world *t, const char *address)
{
	const struct home_order order = {OWNER, str_of(address)};
	struct buf b = buf_open(t->a, 64, 256);
	struct ticket ticket = {.tries = 1};
	struct fault f = {0};
	struct work w;
	void *parcel;

	shape_write(&home_order_shape, &order, &b);
	ticket.payload = buf_str(&b);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_home.prepare(&w, &ticket, &parcel));
	world_ok(t, &w.fault, work_close(&w, OK));
	world_ok(t, &f, job_home.send(t->a, &t->config, &ticket, parcel, &f));
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_home.settle(&w, &ticket, parcel, OK));
	world_ok(t, &w.fault, work_close(&w, OK));
}

static void
the_start_of_a_day_is_found_by_its_address_and_a_pin_is_stronger(void **state)
{
	const struct maybe_i64 none = {0};
	struct world *t = *state;
	struct staff_work s;

	arrange(t, "nominatim");
	const int64_t before = world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'home'");
	says(t, " 51 Yard St, Sacramento ", "51 Yard St, Sacramento", none, none, &s);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'home'"), before + 1);
	assert_false(s.start_lat_e6.is);
	home_turn(t, "51 Yard St, Sacramento");
	/* Saved again as it stands, the place stays, although the page did not know it yet; nobody is asked again. */
	says(t, "51 Yard St, Sacramento", "51 Yard St, Sacramento", none, none, &s);
	assert_true(s.start_lat_e6.is && s.start_lat_e6.v == 38000510 && s.start_lng_e6.v == -121000510);
	assert_true(s.end_lat_e6.is && s.end_lat_e6.v == 38000510);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'home'"), before + 1);

	/* A pin is said: the address is its name, and an answer that comes late is nobody's. */
	says(t, "52 Yard St", "", (struct maybe_i64){true, 1}, (struct maybe_i64){true, 2}, &s);
	const int64_t asked_before = asked(t);
	home_turn(t, "52 Yard St");
	home_turn(t, "51 Yard St, Sacramento");
	assert_int_equal(asked(t), asked_before);
	says(t, "52 Yard St", "1 Nowhere", none, none, &s);
	assert_true(s.start_lat_e6.is && s.start_lat_e6.v == 1 && !s.end_lat_e6.is);
	home_turn(t, "1 Nowhere");
	says(t, "52 Yard St", "1 Nowhere", none, none, &s);
	assert_false(s.end_lat_e6.is);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(both_formats_are_spoken_and_the_confidence_is_kept),
	    world_test(what_is_pinned_given_archived_or_asked_before_is_not_asked),
	    world_test(a_geocoder_that_fails_is_asked_again_and_nothing_is_made_up),
	    world_test(an_answer_that_comes_after_a_person_is_nobodys),
	    world_test(who_makes_a_place_orders_a_look_at_it_and_without_a_geocoder_nobody_is_asked),
	    world_test(the_start_of_a_day_is_found_by_its_address_and_a_pin_is_stronger),
	};

	return cmocka_run_group_tests_name("places", tests, open_all, close_all);
}
