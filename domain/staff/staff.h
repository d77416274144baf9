/*
 * domain/staff/staff.h -- people who work at a company: their states, and who may do what to whom.
 *
 * 1. There is exactly one owner; the owner is never disabled or demoted but by handing over.
 * 2. Nobody grants more than they have, and nobody touches somebody who has more.
 * 3. Nobody changes their own role or disables themselves.
 */
#ifndef DOMAIN_STAFF_STAFF_H
#define DOMAIN_STAFF_STAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/access/role.h"
#include "domain/base/err.h"

/* Stored: never renumber. */
enum staff_state {
	STAFF_INVITED = 1, /* has a row and a link, no password yet       */
	STAFF_ACTIVE,
	STAFF_DISABLED,    /* signs in nowhere; what they did keeps a name */
	STAFF_STATES
};

/* For shapes: index = value, "" does not exist, NULL ends. */
extern const char *const staff_state_names[];

/* What the rules need to know of a person. */
struct standing {
	uint64_t id;
	uint64_t may; /* of their role, built-in or own */
	enum staff_state state;
	bool email_confirmed;
};

/*
 * Each rule answers OK or says who must not:
 *
 * by      in  who asks: active, of this company
 * target  in  to whom
 * given   in  permissions of the role that would be given
 *
 * Errors  E_FORBIDDEN with the sentence why (field "email": confirm your own address first;
 *         "role": more than you have); E_STALE: they are not in the state for it any more
 */
must_use enum err staff_may_invite(const struct standing *by, uint64_t given, struct fault *f);
must_use enum err staff_may_invite_again(const struct standing *by, const struct standing *target,
    struct fault *f);
must_use enum err staff_may_rename(const struct standing *by, const struct standing *target,
    struct fault *f);
must_use enum err staff_may_change_role(const struct standing *by, const struct standing *target,
    uint64_t given, struct fault *f);
must_use enum err staff_may_disable(const struct standing *by, const struct standing *target,
    struct fault *f);
must_use enum err staff_may_enable(const struct standing *by, const struct standing *target,
    struct fault *f);
/* staff_may_receive -- may the company be handed over to them? The owner then becomes a manager. */
must_use enum err staff_may_receive(const struct standing *by, const struct standing *target,
    struct fault *f);

/* staff_drives -- is this person one of the technicians of the plan? own_may: of the company's own role, if it is one */
bool staff_drives(enum built_in_role role, uint64_t own_may, uint32_t colour);

#endif
