#include "domain/dispatch/alarm.h"

enum alarm_pace
alarm_pace(uint32_t planned_min, int64_t took_min, uint32_t slow_percent, uint32_t fast_percent)
{
	const int64_t planned = (int64_t)planned_min;

	if (planned == 0 || took_min < 0)
		return ALARM_PACE_FAIR;
	if (took_min * 100 > planned * (int64_t)slow_percent + (int64_t)ALARM_SLOW_SLACK_MIN * 100)
		return ALARM_PACE_SLOW;
	return took_min * 100 < planned * (int64_t)fast_percent ? ALARM_PACE_FAST : ALARM_PACE_FAIR;
}

bool
alarm_late(int32_t late_s, uint32_t limit_min)
{
	return late_s > (int32_t)limit_min * 60;
}
