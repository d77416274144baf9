#include "domain/visits/checklist.h"

bool
line_due(uint32_t every_days, struct maybe_day done, struct day visit)
{
	return every_days == 0 || !done.is || visit.n - done.v.n >= (int32_t)every_days;
}

bool
line_asked(struct maybe_day asked, struct maybe_day done, struct day visit)
{
	return asked.is && asked.v.n <= visit.n && (!done.is || done.v.n < asked.v.n);
}
