/*
 * fcgi/acts/staff.h -- people who work here: invite, change, disable, hand over, and oneself.
 *
 * The rules who may do what to whom are domain/staff's. Each act writes its line into the audit log.
 */
#ifndef FCGI_ACTS_STAFF_H
#define FCGI_ACTS_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/access/role.h"
#include "domain/base/maybe.h"
#include "domain/base/words.h"
#include "domain/staff/staff.h"
#include "tenancy/work.h"

#define STAFF_PAGE 100
#define INVITATION_TTL_S (7 * 86400)

struct staff_line {
	uint64_t id;
	struct str name, email;
	enum built_in_role role; /* 0 "own": role_id says which */
	struct maybe_u64 role_id;
	struct str role_name; /* in the reader's language */
	enum language language;
	enum staff_state state;
	bool second_factor;
	struct maybe_i64 last_seen_at;
	uint32_t version;
};

struct staff_page {
	struct staff_line *rows; /* at most STAFF_PAGE */
	size_t rows_n;
	struct maybe_u64 next; /* goes into `after` */
};

struct staff_query {
	struct str q;
	enum staff_state state; /* 0 = all */
	struct maybe_u64 after;
};

struct invite {
	struct str name, email;
	enum built_in_role role;
	struct maybe_u64 role_id;
	enum language language;
};

struct staff_change {
	struct str name;
	enum built_in_role role;
	struct maybe_u64 role_id;
	struct maybe_str language; /* tag; absent: as it is */
	uint32_t version;
};

/* Oneself. */
struct self {
	uint64_t id;
	struct str name, email;
	enum language language;
	enum built_in_role role;
	struct str role_name;
	uint64_t may;
	bool owes_second_factor, second_factor, email_confirmed;
	bool support; /* somebody of the platform, who looks in */
	uint32_t version;
};

struct self_change {
	struct str name;
	enum language language;
	uint32_t version;
};

must_use enum err act_staff_page(struct work *w, const struct staff_query *q, struct staff_page *out);
must_use enum err act_staff_one(struct work *w, uint64_t id, struct staff_line *out);

/*
 * act_staff_invite -- a row, and a mail with a link that is good for INVITATION_TTL_S
 *
 * Errors  E_INVALID "email" "role" "role_id"; E_FORBIDDEN "email" "role" "step_up"
 */
must_use enum err act_staff_invite(struct work *w, const struct invite *in, struct staff_line *out);
/* act_staff_invite_again -- a new link; the one before is worth nothing from then on */
must_use enum err act_staff_invite_again(struct work *w, uint64_t id);

/* Errors  E_FORBIDDEN "role" "step_up"; E_INVALID "role_id" "language"; E_STALE */
must_use enum err act_staff_change(struct work *w, uint64_t id, const struct staff_change *in,
    struct staff_line *out);

/* act_staff_disable -- every session and every open link of theirs is dead at once */
must_use enum err act_staff_disable(struct work *w, uint64_t id, uint32_t version);
/* act_staff_enable -- active again, or invited if they never chose a password */
must_use enum err act_staff_enable(struct work *w, uint64_t id);

/* act_ownership_give -- the company has a new owner, the old one becomes a manager. E_FORBIDDEN "step_up" */
must_use enum err act_ownership_give(struct work *w, uint64_t to);

must_use enum err act_self(struct work *w, struct self *out);
must_use enum err act_self_change(struct work *w, const struct self_change *in, struct self *out);

#endif
