/* tests/unit/domain/reception/draft.c -- a message becomes the fields of a job, and what became one is marked. */
#include "domain/reception/draft.h"

#include <stdio.h>

#include "tests/unit/test.h"

#define TODAY 20787 /* 2026-11-30, a Monday */
#define NONE UINT32_MAX

static const struct draft_service services[] = {{1, {"Pump repair", sizeof("Pump repair") - 1}, true},
    {2, {"Weekly cleaning", sizeof("Weekly cleaning") - 1}, false}, {3, {"Cloudy water visit", sizeof("Cloudy water visit") - 1}, true}};

static const struct {
	const char *said;
	bool work;
	uint64_t service;
	uint32_t in_days, from, to;
	const char *marks; /* with a bar between */
} cases[] = {
    {"Hi it's Jean. The pool went cloudy after the storm last night and there are leaves everywhere. We have people over at 5. "
     "Can someone come this afternoon, after 1? Biscuit is out back but he's friendly.",
        true, 3, 0, 780, 960, "The pool went cloudy after the storm last night|Can someone come this afternoon|after 1"},
    {"pump is leaking, gate code ***", true, 1, NONE, NONE, NONE, "pump is leaking"},
    {"La bomba gotea. ¿Pueden venir mañana por la mañana?", true, 1, 1, 480, 720, "La bomba gotea|¿Pueden venir mañana por la mañana"},
    {"Good morning! How much do I owe?", false, 0, NONE, NONE, NONE, ""},
    {"Gracias, nos vemos a las 11", false, 0, NONE, NONE, NONE, ""},
    {"Can you come Wednesday before 10:30?", false, 0, 2, 450, 630, "Can you come Wednesday before 10:30"},
    {"The heater is broken; Monday at 3pm works", true, 1, 7, 900, 1020, "The heater is broken|Monday at 3pm works"},
    {"Quiero limpieza semanal, el viernes después de las 2", true, 2, 4, 840, 1020, "Quiero limpieza semanal|el viernes después de las 2"},
    {"the pump makes noise at 9", true, 1, NONE, NONE, NONE, "the pump makes noise at 9"},
    {"", false, 0, NONE, NONE, NONE, ""},
    {",,, . ; ? !", false, 0, NONE, NONE, NONE, ""},
    {"after 99 before 0 at 12345", false, 0, NONE, NONE, NONE, ""},
};

static void
a_message_becomes_the_fields_of_a_job(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena *a = arena_open(1 << 16, 1 << 20, NULL);
		char marks[600] = "";
		size_t at = 0;
		struct draft d;

		draft_of(str_of(cases[i].said), (struct day){TODAY}, services, 3, a, &d);
		for (size_t k = 0; k < d.marks_n; k++)
			at += (size_t)snprintf(marks + at, sizeof(marks) - at, "%s%.*s", k > 0 ? "|" : "", STR_ARG(d.marks[k]));
		if (strcmp(marks, cases[i].marks) != 0)
			print_error("%s: marks %s\n", cases[i].said, marks);
		assert_string_equal(marks, cases[i].marks);
		assert_int_equal(d.work, cases[i].work);
		assert_int_equal(d.service_id, cases[i].service);
		assert_int_equal(d.day.is ? (uint32_t)(d.day.v.n - TODAY) : NONE, cases[i].in_days);
		assert_int_equal(d.from_minute.is ? d.from_minute.v : NONE, cases[i].from);
		assert_int_equal(d.to_minute.is ? d.to_minute.v : NONE, cases[i].to);
		arena_close(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_message_becomes_the_fields_of_a_job)};

	return cmocka_run_group_tests_name("domain/reception/draft", tests, NULL, NULL);
}
