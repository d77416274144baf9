/*
 * fcgi/acts/roles.h -- the built-in roles, and the company's own combinations of permissions.
 */
#ifndef FCGI_ACTS_ROLES_H
#define FCGI_ACTS_ROLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/access/role.h"
#include "tenancy/work.h"

#define ROLES_MAX 50

struct role_line {
	uint64_t id;     /* of a built-in one: its number */
	struct str name; /* of a built-in one: "read_only", ... */
	bool built_in;
	uint64_t may;
	int64_t people; /* who have it and are not disabled */
	uint32_t version;
};

struct role_page {
	struct role_line *rows; /* at most ROLES_MAX and the built-in ones */
	size_t rows_n;
};

struct role_wish {
	struct str name;
	uint64_t may;
};

struct role_change {
	struct str name;
	uint64_t may;
	uint32_t version;
};

must_use enum err act_roles(struct work *w, struct role_page *out);

/*
 * act_role_make, act_role_change -- E_INVALID "may" "name"; E_FORBIDDEN "may" more than one's own,
 * "step_up" if the role sees pay; E_LIMIT; E_STALE
 */
must_use enum err act_role_make(struct work *w, const struct role_wish *in, struct role_line *out);
must_use enum err act_role_change(struct work *w, uint64_t id, const struct role_change *in,
    struct role_line *out);

/* act_role_drop -- E_STALE: somebody still has it, be it a disabled person */
must_use enum err act_role_drop(struct work *w, uint64_t id);

#endif
