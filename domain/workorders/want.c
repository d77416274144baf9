/*
 * domain/workorders/want.c -- which step may follow which on the way of a part.
 */
#include "domain/workorders/want.h"

#include <assert.h>

const char *const got_names[] = {"nothing", "needed", "bought", "on_van", "installed", NULL};
const char *const visit_free_names[] = {"charged", "warranty", "go_back", NULL};
static_assert(sizeof(got_names) / sizeof(char *) == GOTS + 1, "each has its name");
static_assert(sizeof(visit_free_names) / sizeof(char *) == FREES + 1, "each has its name");

enum err
want_may(enum got from, enum got to, struct fault *f)
{
	if (from == GOT_NOT || to == GOT_NOT)
		return fail(f, E_INVALID, "got", "This value is not valid.");
	if (from == GOT_INSTALLED)
		return fail(f, E_STALE, NULL, "This is installed already.");
	return OK;
}
