/*
 * domain/dispatch/alarm.h -- when a stop wants a look: how long it took against its plan, how late it will be.
 */
#ifndef DOMAIN_DISPATCH_ALARM_H
#define DOMAIN_DISPATCH_ALARM_H

#include <stdbool.h>
#include <stdint.h>

/* What a company may choose, and what holds where it has not chosen. */
#define ALARM_LATE_MIN 10 /* minutes after the window */
#define ALARM_LATE_MAX 240
#define ALARM_SLOW_PERCENT 200 /* of the planned minutes */
#define ALARM_SLOW_MAX 1000
#define ALARM_FAST_PERCENT 33
#define ALARM_FAST_MAX 95
#define ALARM_SLOW_SLACK_MIN 10 /* ten minutes more than that are nobody's business */

enum alarm_pace { ALARM_PACE_FAIR, ALARM_PACE_SLOW, ALARM_PACE_FAST };

/* alarm_pace -- planned 0: nothing was planned, so nothing is odd */
enum alarm_pace alarm_pace(uint32_t planned_min, int64_t took_min, uint32_t slow_percent, uint32_t fast_percent);

/* alarm_late -- will it begin so long after its window? */
bool alarm_late(int32_t late_s, uint32_t limit_min);

#endif
