#include "tenancy/archive.h"

#include <assert.h>

const char *const archive_state_names[] = {"none", "asked", "working", "ready", "failed", NULL};
static_assert(sizeof(archive_state_names) / sizeof(char *) == ARCHIVE_STATES + 1, "each has its name");

struct str
archive_name(struct arena *a, struct str schema)
{
	return str_printf(a, "archives/%.*s.tar", STR_ARG(schema));
}
