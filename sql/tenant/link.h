/*
 * sql/tenant/link.h -- rows of single-use links.
 */
#ifndef SQL_TENANT_LINK_H
#define SQL_TENANT_LINK_H

#include <stdint.h>

struct link_row {
	uint64_t actor_id;
};

#endif
