/*
 * domain/pools/pool.h -- a body of water: what it is made of. Volumes: volume.h; what stands beside it:
 * equipment.h. All enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_POOLS_POOL_H
#define DOMAIN_POOLS_POOL_H

enum pool_kind { POOL_POOL = 1, POOL_SPA, POOL_FOUNTAIN, POOL_OTHER, POOL_KINDS };

/* How we know the volume. */
enum volume_source {
	VOLUME_UNKNOWN = 0,
	VOLUME_MEASURED,   /* by a meter while it was filled */
	VOLUME_CALCULATED, /* from its sizes, by volume_of */
	VOLUME_ESTIMATED,
	VOLUME_BUILDER,    /* the builder or owner said so */
	VOLUME_SALT_TEST,  /* from how much salt changed the reading */
	VOLUME_SOURCES
};

enum pool_shape { POOL_SHAPELESS = 0, POOL_RECTANGLE, POOL_ROUND, POOL_OVAL, POOL_KIDNEY, POOL_FREEFORM,
	POOL_SHAPES };

enum pool_surface {
	SURFACE_UNKNOWN = 0,
	SURFACE_PLASTER,
	SURFACE_PEBBLE,
	SURFACE_QUARTZ,
	SURFACE_TILE,
	SURFACE_VINYL,
	SURFACE_FIBREGLASS,
	SURFACE_PAINT,
	SURFACE_STEEL,
	SURFACE_OTHER,
	POOL_SURFACES
};

enum pool_sanitiser {
	SANITISER_UNKNOWN = 0,
	SANITISER_CHLORINE,
	SANITISER_SALT, /* chlorine made from salt */
	SANITISER_BROMINE,
	SANITISER_BIGUANIDE,
	SANITISER_MINERAL,
	SANITISER_OZONE,
	SANITISER_UV,
	SANITISER_OTHER,
	POOL_SANITISERS
};

/* For shapes: index = value, "" does not exist, NULL ends; [0] of the last four is "unknown". */
extern const char *const pool_kind_names[];
extern const char *const volume_source_names[];
extern const char *const pool_shape_names[];
extern const char *const pool_surface_names[];
extern const char *const pool_sanitiser_names[];

#endif
