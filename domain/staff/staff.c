/*
 * domain/staff/staff.c -- the rules among people of one company, as sentences.
 */
#include "domain/staff/staff.h"

#include <stddef.h>

const char *const staff_state_names[] = {"", "invited", "active", "disabled", NULL};

static bool owns(const struct standing *s);
static enum err manages(const struct standing *by, struct fault *f);
static enum err reaches(const struct standing *by, const struct standing *target, struct fault *f);
static enum err grants(const struct standing *by, uint64_t given, struct fault *f);

enum err
staff_may_invite(const struct standing *by, uint64_t given, struct fault *f)
{
	TRY(manages(by, f));
	/* Else a stranger could sign up with somebody's address and send mail in their name. */
	if (!by->email_confirmed)
		return fail(f, E_FORBIDDEN, "email", "Confirm your own e-mail address before you invite others.");
	return grants(by, given, f);
}

enum err
staff_may_invite_again(const struct standing *by, const struct standing *target, struct fault *f)
{
	TRY(reaches(by, target, f));
	if (!by->email_confirmed)
		return fail(f, E_FORBIDDEN, "email", "Confirm your own e-mail address before you invite others.");
	if (target->state != STAFF_INVITED)
		return fail(f, E_STALE, NULL, "This invitation is no longer open.");
	return OK;
}

enum err
staff_may_rename(const struct standing *by, const struct standing *target, struct fault *f)
{
	if (by->id == target->id)
		return manages(by, f);
	return reaches(by, target, f);
}

enum err
staff_may_change_role(const struct standing *by, const struct standing *target, uint64_t given,
    struct fault *f)
{
	TRY(manages(by, f));
	if (owns(target))
		return fail(f, E_FORBIDDEN, "role", "The owner's role changes only by handing the company over.");
	if (by->id == target->id)
		return fail(f, E_FORBIDDEN, "role", "Nobody changes their own role.");
	TRY(reaches(by, target, f));
	return grants(by, given, f);
}

enum err
staff_may_disable(const struct standing *by, const struct standing *target, struct fault *f)
{
	TRY(manages(by, f));
	if (owns(target))
		return fail(f, E_FORBIDDEN, NULL, "The owner cannot be disabled. Hand the company over first.");
	if (by->id == target->id)
		return fail(f, E_FORBIDDEN, NULL, "Nobody disables themselves.");
	TRY(reaches(by, target, f));
	if (target->state == STAFF_DISABLED)
		return fail(f, E_STALE, NULL, "This person is disabled already.");
	return OK;
}

enum err
staff_may_enable(const struct standing *by, const struct standing *target, struct fault *f)
{
	TRY(reaches(by, target, f));
	if (target->state != STAFF_DISABLED)
		return fail(f, E_STALE, NULL, "This person is not disabled.");
	return OK;
}

enum err
staff_may_receive(const struct standing *by, const struct standing *target, struct fault *f)
{
	if (!owns(by))
		return fail(f, E_FORBIDDEN, NULL, "Only the owner hands the company over.");
	if (by->id == target->id)
		return fail(f, E_INVALID, "staff_id", "The company is yours already.");
	if (target->state != STAFF_ACTIVE || !target->email_confirmed)
		return fail(f, E_INVALID, "staff_id", "Only somebody who has signed in can become the owner.");
	return OK;
}

static bool
owns(const struct standing *s)
{
	return (s->may & MAY(MAY_OWN)) != 0;
}

static enum err
manages(const struct standing *by, struct fault *f)
{
	if (by->state != STAFF_ACTIVE || (by->may & MAY(MAY_MANAGE_STAFF)) == 0)
		return fail(f, E_FORBIDDEN, NULL, "You may not do this.");
	return OK;
}

static enum err
reaches(const struct standing *by, const struct standing *target, struct fault *f)
{
	TRY(manages(by, f));
	if ((target->may & ~by->may) != 0)
		return fail(f, E_FORBIDDEN, NULL, "This person may do more than you. Ask the owner.");
	return OK;
}

static enum err
grants(const struct standing *by, uint64_t given, struct fault *f)
{
	if (!role_may_grant(by->may, given))
		return fail(f, E_FORBIDDEN, "role", "Nobody can give others more than they may do themselves.");
	return OK;
}

bool
staff_drives(enum built_in_role role, uint64_t own_may, uint32_t colour)
{
	const struct role_entry *entry = role_entry(role);

	/* Owner and manager may do everything; they are in the plan once they have a colour. */
	return colour > 0 || (((entry != NULL ? entry->may : own_may) & MAY(MAY_WORK_STOPS)) != 0 && role != ROLE_OWNER &&
	    role != ROLE_MANAGER);
}
