#include "tenancy/readers.h"

#include "domain/messaging/letter.h"
#include "tenancy/work.h"

#define SAY_NOBODY "No company lives at this address."

enum err
readers_open(const struct config *c, struct readers *r, struct fault *f)
{
	r->arena = arena_open(64 * 1024, 1024 * 1024, NULL);
	return house_open(c, arena_open(256 * 1024, 16 * 1024 * 1024, NULL), &r->house, f);
}

enum err
readers_know(struct readers *r, struct str address, struct fault *f)
{
	const struct config *c = r->house->config;
	struct inlet_address inlet;
	const struct tenant *t;
	struct cdb *control;
	int64_t s, ms;
	enum err e;

	arena_reset(r->arena);
	if (!inlet_read(r->arena, address, str_of(c->mail_in), &inlet))
		return fail(f, E_NOT_FOUND, "to", SAY_NOBODY);
	if (inlet.inlet == INLET_COMPLAINTS)
		return OK;
	now_read(&s, &ms);
	e = house_control(r->house, &control, f);
	if (e == OK)
		e = tenant_of_slug(r->house->tenants, control, inlet.slug, s, &t, f);
	if (r->house->control != NULL)
		cdb_fault(r->house->control, NULL);
	return e == OK || e == E_NOT_FOUND ? e : fail(f, E_AWAY, NULL, "Nobody can say now whose address this is.");
}
