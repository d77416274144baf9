/*
 * domain/access/role.c -- the table: which built-in role may do what, and what follows from it.
 */
#include "domain/access/role.h"

#include <assert.h>

#define SEES_EVERYTHING_OPEN \
	(MAY(MAY_SEE_CUSTOMERS) | MAY(MAY_SEE_BOARD) | MAY(MAY_SEE_BILLS) | MAY(MAY_SEE_REPORTS))

static const struct role_entry table[] = {
	{ROLE_OWNER, "owner", "Owner", MAY_ALL},
	/* The audit log is the owner's: it also shows what managers did. */
	{ROLE_MANAGER, "manager", "Manager", MAY_ALL & ~(MAY(MAY_OWN) | MAY(MAY_READ_AUDIT))},
	{ROLE_DISPATCHER, "dispatcher", "Dispatcher",
	    MAY(MAY_SEE_CUSTOMERS) | MAY(MAY_EDIT_CUSTOMERS) | MAY(MAY_SEE_CODES) | MAY(MAY_SEE_BOARD) |
	        MAY(MAY_DISPATCH) | MAY(MAY_PLAN_ROUTES) | MAY(MAY_MESSAGE) | MAY(MAY_MANAGE_STOCK)},
	{ROLE_BILLING, "billing", "Billing",
	    SEES_EVERYTHING_OPEN | MAY(MAY_EDIT_CUSTOMERS) | MAY(MAY_BILL) | MAY(MAY_TAKE_PAYMENTS) |
	        MAY(MAY_MESSAGE) | MAY(MAY_EXPORT)},
	{ROLE_TECHNICIAN, "technician", "Technician", MAY(MAY_WORK_STOPS)},
	{ROLE_READ_ONLY, "read_only", "Read only", SEES_EVERYTHING_OPEN},
};

const char *const role_names[] = {"own", "owner", "manager", "dispatcher", "billing", "technician",
    "read_only", NULL};

const char *const permission_names[] = {
	[MAY_SEE_CUSTOMERS] = "see_customers",
	[MAY_EDIT_CUSTOMERS] = "edit_customers",
	[MAY_SEE_CODES] = "see_codes",
	[MAY_SEE_BOARD] = "see_board",
	[MAY_DISPATCH] = "dispatch",
	[MAY_PLAN_ROUTES] = "plan_routes",
	[MAY_WORK_STOPS] = "work_stops",
	[MAY_SEE_BILLS] = "see_bills",
	[MAY_BILL] = "bill",
	[MAY_TAKE_PAYMENTS] = "take_payments",
	[MAY_SEE_PAY] = "see_pay",
	[MAY_RUN_PAYROLL] = "run_payroll",
	[MAY_MESSAGE] = "message",
	[MAY_MANAGE_STOCK] = "manage_stock",
	[MAY_SEE_REPORTS] = "see_reports",
	[MAY_IMPORT] = "import",
	[MAY_EXPORT] = "export",
	[MAY_MANAGE_STAFF] = "manage_staff",
	[MAY_MANAGE_COMPANY] = "manage_company",
	[MAY_READ_AUDIT] = "read_audit",
	[MAY_OWN] = "own",
	[PERMISSIONS] = NULL,
};

/* Who may change a thing must see it: the left one needs the right one. */
static const struct {
	enum permission change, see;
} implied[] = {
	{MAY_EDIT_CUSTOMERS, MAY_SEE_CUSTOMERS},
	{MAY_SEE_CODES, MAY_SEE_CUSTOMERS},
	{MAY_DISPATCH, MAY_SEE_BOARD},
	{MAY_PLAN_ROUTES, MAY_SEE_BOARD},
	{MAY_BILL, MAY_SEE_BILLS},
	{MAY_TAKE_PAYMENTS, MAY_SEE_BILLS},
	{MAY_RUN_PAYROLL, MAY_SEE_PAY},
};

static_assert(sizeof(table) / sizeof(*table) == BUILT_IN_ROLES - 1, "each built-in role has its line");

const struct role_entry *
role_entry(enum built_in_role r)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].role == r)
			return &table[i];
	return NULL;
}

const struct role_entry *
role_named(struct str name)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (str_eq(str_of(table[i].name), name))
			return &table[i];
	return NULL;
}

const char *
permission_name(enum permission p)
{
	assert((unsigned)p < PERMISSIONS);
	return permission_names[p];
}

bool
permission_named(struct str name, enum permission *out)
{
	for (unsigned p = 0; p < PERMISSIONS; p++)
		if (str_eq(str_of(permission_names[p]), name)) {
			*out = (enum permission)p;
			return true;
		}
	return false;
}

bool
role_needs_second_factor(uint64_t may)
{
	return (may & (MAY(MAY_OWN) | MAY(MAY_SEE_PAY) | MAY(MAY_RUN_PAYROLL) | MAY(MAY_SEE_BILLS) | MAY(MAY_TAKE_PAYMENTS))) != 0;
}

enum err
role_check_own(uint64_t may, struct fault *f)
{
	if (may == 0)
		return fail(f, E_INVALID, "may", "A role needs at least one permission.");
	if ((may & ~MAY_ALL) != 0)
		return fail(f, E_INVALID, "may", "This value is not valid.");
	if ((may & MAY(MAY_OWN)) != 0)
		return fail(f, E_INVALID, "may", "Only the owner's own role can own the company.");
	for (size_t i = 0; i < sizeof(implied) / sizeof(*implied); i++)
		if ((may & MAY(implied[i].change)) != 0 && (may & MAY(implied[i].see)) == 0)
			return fail(f, E_INVALID, "may",
			    "This role may change what it may not see. Add the permission to see it.");
	return OK;
}

bool
role_may_grant(uint64_t own, uint64_t given)
{
	return (given & MAY(MAY_OWN)) == 0 && (given & ~own) == 0;
}
