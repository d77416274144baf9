/*
 * tests/unit/arena.h -- an arena that is opened before each test, or each group of them, and closed behind it:
 *
 *	ARENA_OF_EACH_TEST(a)
 *	cmocka_unit_test_setup_teardown(a_test, open_arena, close_arena)
 */
#ifndef TESTS_UNIT_ARENA_H
#define TESTS_UNIT_ARENA_H

#include "domain/base/arena.h"

#define TEST_ARENA_FIRST 65536
#define TEST_ARENA_CEILING (64 << 20)

#define ARENA_OF_EACH_TEST(name)                                                    \
	static struct arena *name;                                                  \
	static int open_arena(void **state)                                         \
	{                                                                           \
		(void)state;                                                        \
		(name) = arena_open(TEST_ARENA_FIRST, TEST_ARENA_CEILING, NULL);    \
		return 0;                                                           \
	}                                                                           \
	static int close_arena(void **state)                                        \
	{                                                                           \
		(void)state;                                                        \
		arena_close(name);                                                  \
		return 0;                                                           \
	}

#endif
