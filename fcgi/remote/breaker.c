#include "fcgi/remote/breaker.h"

unsigned
breaker_wait_s(const struct breaker *b, int64_t now_us)
{
	if (now_us >= b->until_us)
		return 0;
	return (unsigned)((b->until_us - now_us + 999999) / 1000000);
}

void
breaker_note(struct breaker *b, int64_t from_us, int64_t now_us, enum err e)
{
	if (e == E_AWAY && now_us - from_us >= BREAKER_SLOW_US)
		b->until_us = now_us + BREAKER_PAUSE_US;
	else
		b->until_us = 0;
}
