#include "domain/access/credential.h"

#include "domain/access/role.h"

int64_t
credential_lock_s(uint32_t failures)
{
	int64_t wait_s;

	if (failures < FAILURES_FREE)
		return 0;
	if (failures - FAILURES_FREE >= 10) /* 2 to the tenth is past the ceiling already */
		return LOCK_MAX_S;
	wait_s = INT64_C(1) << (failures - FAILURES_FREE);
	return wait_s < LOCK_MAX_S ? wait_s : LOCK_MAX_S;
}

int64_t
credential_locked_until(uint32_t failures, int64_t now)
{
	int64_t wait_s = credential_lock_s(failures);

	return wait_s == 0 ? now : now + wait_s + 1;
}

bool
credential_spent(uint32_t failures)
{
	return failures >= FAILURES_MAX;
}

bool
door_idle(enum door d, int64_t seen_at, int64_t now)
{
	int64_t idle_s = d == DOOR_OFFICE ? IDLE_OFFICE_S : IDLE_OUTSIDE_S;

	return now - seen_at > idle_s + SEEN_EVERY_S;
}

bool
credential_works_outside(uint64_t may)
{
	return (may & MAY(MAY_WORK_STOPS)) != 0 && (may & MAY(MAY_SEE_BOARD)) == 0;
}
