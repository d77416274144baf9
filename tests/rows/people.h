/*
 * tests/rows/people.h -- the people of a company for row tests: the same rows, with the same ids, at the
 * neighbour's.
 */
#ifndef TESTS_ROWS_PEOPLE_H
#define TESTS_ROWS_PEOPLE_H

#include "domain/access/role.h"
#include "domain/staff/staff.h"
#include "tests/rows/world.h"

#define OWNER   UINT64_C(4000000000000000001)
#define MANAGER UINT64_C(4000000000000000002)
#define TECH    UINT64_C(4000000000000000003)
#define INVITED UINT64_C(4000000000000000004)

/* people_arrange -- an owner, a manager and a technician who have signed in, and one who is invited */
static inline void
people_arrange(struct world *t)
{
	world_sql(t,
	    "INSERT INTO staff (id, name, email, language, role, state, email_confirmed_at, password, created_at) "
	    "VALUES (%llu, 'Olga Owner', 'olga@blue.example', 'en', %d, %d, 1, 'sealed', 1),"
	    "(%llu, 'Max Manager', 'max@blue.example', 'es', %d, %d, 1, 'sealed', 1),"
	    "(%llu, 'Tom Tech', 'tom@blue.example', 'en', %d, %d, 1, 'sealed', 1),"
	    "(%llu, 'Ina Invited', 'ina@blue.example', 'en', %d, %d, NULL, NULL, 1)",
	    (unsigned long long)OWNER, ROLE_OWNER, STAFF_ACTIVE, (unsigned long long)MANAGER, ROLE_MANAGER,
	    STAFF_ACTIVE, (unsigned long long)TECH, ROLE_TECHNICIAN, STAFF_ACTIVE, (unsigned long long)INVITED,
	    ROLE_TECHNICIAN, STAFF_INVITED);
}

/* people_enter -- a work as that person, who has just shown the password */
static inline void
people_enter(struct world *t, struct work *w, uint64_t id, enum built_in_role role)
{
	world_work(t, &t->mine, w);
	w->actor = (struct actor){.kind = ACTOR_STAFF, .id = id, .may = role_entry(role)->may, .session = id + 500,
	    .stepped_up_at = w->now, .second_factor = true};
}

/* An act is done and its work closed with what it answered. */
#define act_done(t, w, want, act) \
	world_expect((t), &(w)->fault, (want), work_close((w), (act)), #act, __FILE__, __LINE__)

#endif
