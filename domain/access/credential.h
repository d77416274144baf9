/*
 * domain/access/credential.h -- the rules of proving who one is: waiting after failures, doors.
 */
#ifndef DOMAIN_ACCESS_CREDENTIAL_H
#define DOMAIN_ACCESS_CREDENTIAL_H

#include <stdbool.h>
#include <stdint.h>

/* Five failures in a row are free; then 1, 2, 4, ... s up to 15 min; at 100 only a reset helps. */
#define FAILURES_FREE 5
#define FAILURES_MAX 100
#define LOCK_MAX_S 900

/* credential_lock_s -- how long to wait after so many failures in a row; 0 = not at all */
int64_t credential_lock_s(uint32_t failures);

/*
 * credential_locked_until -- the second from which the next try counts, after this many failures, the last
 * of them in second `now`. Seconds are whole: one more, so that nobody waits less than they were told.
 */
int64_t credential_locked_until(uint32_t failures, int64_t now);

/* credential_spent -- so many failures that only a new password opens the account */
bool credential_spent(uint32_t failures);

/* Where a session came in. Stored in session.door: never renumber; the same numbers as enum surface. */
enum door { DOOR_OFFICE = 1, DOOR_TECH, DOOR_PORTAL };

/* How long a session may be idle. A row is marked as seen once a minute: that minute is added. */
#define SEEN_EVERY_S 60
#define IDLE_OFFICE_S (30 * 60)
#define IDLE_OUTSIDE_S (12 * 3600) /* technicians and customers: a working day */

/* door_idle -- is a session of this door, last marked at seen_at, over by now? */
bool door_idle(enum door d, int64_t seen_at, int64_t now);

/* credential_works_outside -- does this person's day begin at the technicians' door? */
bool credential_works_outside(uint64_t may);

#endif
