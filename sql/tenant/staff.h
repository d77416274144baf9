/*
 * sql/tenant/staff.h -- rows about people who work at the company, and the company's own roles.
 */
#ifndef SQL_TENANT_STAFF_H
#define SQL_TENANT_STAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/access/role.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/staff/staff.h"

struct staff_row {
	uint64_t id;
	struct str name, email, language;
	enum built_in_role role; /* 0: role_id names the company's own */
	struct maybe_u64 role_id;
	struct maybe_str own_name; /* of that role */
	uint64_t own_may;
	enum staff_state state;
	bool has_password, email_confirmed, second_factor;
	struct maybe_i64 last_seen_at;
	uint32_t version;
};

struct staff_id_row {
	uint64_t id;
};

struct role_row {
	uint64_t id;
	struct str name;
	uint64_t may;
	int64_t people; /* who have it and are not disabled */
	uint32_t version;
};

struct role_people_row {
	enum built_in_role role;
	int64_t people;
};

struct count_row {
	int64_t n;
};

#endif
