/*
 * tenancy/archive.h -- the archive that an owner asks for in the office: an order in the control schema, made by the operator's
 * desk (only it sees more than what a worker may), kept for a week beside the companies' files.
 */
#ifndef TENANCY_ARCHIVE_H
#define TENANCY_ARCHIVE_H

#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

/* Stored: never renumber. */
enum archive_state { ARCHIVE_ASKED = 1, ARCHIVE_WORKING, ARCHIVE_READY, ARCHIVE_FAILED, ARCHIVE_STATES };
extern const char *const archive_state_names[]; /* with NULL, by value */

#define ARCHIVE_KEPT_S (7 * 86400)

/* archive_name -- below the folder of all files: "archives/<schema>.tar" */
struct str archive_name(struct arena *a, struct str schema);

#endif
