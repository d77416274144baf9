/*
 * domain/access/role.h -- who may do what: one list of permissions, one table of built-in roles.
 *
 * A permission is a bit. A role is a set of bits. A company may add roles of its own (rows of `role`);
 * the six built-in ones are code and cannot be edited.
 */
#ifndef DOMAIN_ACCESS_ROLE_H
#define DOMAIN_ACCESS_ROLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/str.h"

/* Stored as a set of bits in `role.may`: never renumber, only append. */
enum permission {
	MAY_SEE_CUSTOMERS = 0, /* names, addresses, pools, history                     */
	MAY_EDIT_CUSTOMERS,
	MAY_SEE_CODES,      /* gate codes, alarms: each look is recorded              */
	MAY_SEE_BOARD,
	MAY_DISPATCH,       /* assign, move, skip, cancel                             */
	MAY_PLAN_ROUTES,
	MAY_WORK_STOPS,     /* the technician's app: own stops                        */
	MAY_SEE_BILLS,
	MAY_BILL,           /* rates, invoices, statements, credits                   */
	MAY_TAKE_PAYMENTS,  /* payments, refunds, payout details                      */
	MAY_SEE_PAY,
	MAY_RUN_PAYROLL,
	MAY_MESSAGE,        /* read and answer customers                              */
	MAY_MANAGE_STOCK,
	MAY_SEE_REPORTS,
	MAY_IMPORT,
	MAY_EXPORT,
	MAY_MANAGE_STAFF,   /* invite, change role, disable; never the owner          */
	MAY_MANAGE_COMPANY, /* settings, brand, integrations, roles                   */
	MAY_READ_AUDIT,
	MAY_OWN,            /* hand over ownership, close the company                 */
	PERMISSIONS
};

#define MAY(p) (UINT64_C(1) << (p))
#define MAY_ALL ((UINT64_C(1) << PERMISSIONS) - 1)
/* Who hands one of these out shows the password again first. */
#define MAY_PAY (MAY(MAY_SEE_PAY) | MAY(MAY_RUN_PAYROLL))

enum built_in_role {
	ROLE_OWNER = 1,
	ROLE_MANAGER,
	ROLE_DISPATCHER,
	ROLE_BILLING,
	ROLE_TECHNICIAN,
	ROLE_READ_ONLY,
	BUILT_IN_ROLES
};

/* One line of the table; `name` is what JSON and the database say: "owner", "read_only", ... */
struct role_entry {
	enum built_in_role role;
	const char *name;
	const char *label; /* for people, in English: a key of words_say */
	uint64_t may;
};

const struct role_entry *role_entry(enum built_in_role r); /* NULL if there is none */
const struct role_entry *role_named(struct str name);      /* NULL if there is none */

/* Names for shapes: index = value, NULL ends. role_names[0] is "own": a role the company made itself. */
extern const char *const role_names[];
extern const char *const permission_names[];

/* permission_name -- "see_customers", ...; permission_named is the way back, false if unknown */
const char *permission_name(enum permission p);
bool permission_named(struct str name, enum permission *out);

/* Does somebody with these permissions need a second factor? The owner, and all who see pay or payments. */
bool role_needs_second_factor(uint64_t may);

/*
 * role_check_own -- may a company make this combination? Never MAY_OWN; what edits implies what sees
 *
 * Errors  E_INVALID "may"
 */
must_use enum err role_check_own(uint64_t may, struct fault *f);

/* role_may_grant -- nobody hands out more than they have: is `given` a subset of `own`, without MAY_OWN? */
bool role_may_grant(uint64_t own, uint64_t given);

#endif
