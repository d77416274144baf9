/*
 * sql/tenant/credential.h -- rows about who somebody is: sign-in, sessions, single-use tokens.
 */
#ifndef SQL_TENANT_CREDENTIAL_H
#define SQL_TENANT_CREDENTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/str.h"

/* A person of the company, as sign-in reads them. */
struct credential {
	uint64_t id;
	struct str name, email, language;
	uint32_t role;              /* enum built_in_role; 0: the company's own, own_may */
	uint64_t own_may;           /* 0 if the role is built in */
	struct str own_name;        /* of that role; "" if it is built in */
	uint32_t state;             /* enum staff_state */
	struct maybe_i64 email_confirmed_at;
	struct maybe_str password;  /* sealed */
	struct maybe_str totp_secret; /* sealed */
	struct maybe_i64 totp_confirmed_at;
	int64_t totp_step;
	uint32_t failures;
	int64_t locked_until;
	uint32_t version;
};

/* A live session and the person behind it, in one read. */
struct session_row {
	uint64_t id;
	uint64_t actor_id;
	uint32_t door;              /* enum surface */
	bool second_factor;
	int64_t created_at, seen_at, stepped_up_at;
	uint32_t version;
	struct str language;
	uint32_t role;            /* enum built_in_role; 0: the company's own, role_id */
	struct maybe_u64 role_id;
	struct maybe_u64 device_id; /* the phone it is signed in on, once it was heard of */
};

struct role_may {
	uint64_t may;
};

/* The same of a customer. */
struct portal_session_row {
	uint64_t id;
	uint64_t actor_id;
	int64_t seen_at;
	struct str language;
};

struct support_session_row {
	uint64_t id;
	uint64_t actor_id;
	int64_t seen_at;
};

/* Where somebody has been before. */
struct session_places {
	uint64_t known; /* sessions of the last time with a known country */
	uint64_t here;  /* of these, from this country */
};

/* In the place of an enum link_purpose: a recovery code. Stored: never renumber. */
#define TOKEN_RECOVERY 100

struct company_face {
	struct str name, language, accent;
};

struct owner_row {
	uint64_t id;
};

struct guard_row {
	uint64_t value;
};

/* A customer's own password for the portal: Argon2id text, sealed. */
struct guest_password {
	uint64_t id;
	struct str name, email, language;
	struct maybe_str password;
};

struct person_line {
	uint64_t id;
	struct str name, email, language;
};

#endif
