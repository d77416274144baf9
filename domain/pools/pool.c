/*
 * domain/pools/pool.c -- names of what a body of water can be.
 */
#include "domain/pools/pool.h"

#include <assert.h>
#include <stddef.h>

const char *const pool_kind_names[] = {"", "pool", "spa", "fountain", "other", NULL};
const char *const volume_source_names[] = {"unknown", "measured", "calculated", "estimated", "builder", "salt_test", NULL};
const char *const pool_shape_names[] = {"unknown", "rectangle", "round", "oval", "kidney", "free", NULL};
const char *const pool_surface_names[] = {"unknown", "plaster", "pebble", "quartz", "tile", "vinyl", "fibreglass",
    "paint", "steel", "other", NULL};
const char *const pool_sanitiser_names[] = {"unknown", "chlorine", "salt", "bromine", "biguanide", "mineral", "ozone",
    "uv", "other", NULL};

static_assert(sizeof(pool_kind_names) / sizeof(char *) == POOL_KINDS + 1, "each has its name");
static_assert(sizeof(volume_source_names) / sizeof(char *) == VOLUME_SOURCES + 1, "each has its name");
static_assert(sizeof(pool_shape_names) / sizeof(char *) == POOL_SHAPES + 1, "each has its name");
static_assert(sizeof(pool_surface_names) / sizeof(char *) == POOL_SURFACES + 1, "each has its name");
static_assert(sizeof(pool_sanitiser_names) / sizeof(char *) == POOL_SANITISERS + 1, "each has its name");
