/*
 * tests/unit/test.h -- cmocka with its prerequisites; include it last in a unit test.
 *
 * cmocka has a macro `fail` of its own, in the way of ours: it is put back here. A test that must end
 * at once says fail_msg("...").
 */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/err.h"

#include <cmocka.h>

#undef fail
#undef fail_msg
#define fail(f, e, field, ...) fault_set((f), (e), (field), __FILE__, __LINE__, __VA_ARGS__)
#define fail_msg(...)                    \
	do {                             \
		print_error(__VA_ARGS__); \
		print_error("\n");       \
		_fail(__FILE__, __LINE__); \
	} while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof(*(array)))

#endif
