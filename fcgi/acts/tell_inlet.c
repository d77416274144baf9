/*
 * fcgi/acts/tell_inlet.c -- the addresses that we give out so that an answer finds its thread and what comes back its message.
 *
 * The seal is a keyed hash of the name: who has not got such a mail of ours cannot write into a thread, nor say of an address that
 * it does not exist. After a new data key old seals are none any more; an answer then finds its writer's thread by their address.
 */
#include "fcgi/acts/tell_message.h"

static enum err seal_of(struct work *w, enum inlet inlet, uint64_t id, struct str *out);

enum err
tell_inlet(struct work *w, enum inlet inlet, uint64_t id, struct str *out)
{
	const struct str domain = str_of(w->house->config->mail_in);
	struct inlet_address i = {.inlet = inlet, .slug = str_of(w->tenant->slug), .id = id};

	*out = STR("");
	if (domain.n == 0)
		return OK;
	if (inlet == INLET_THREAD || inlet == INLET_BOUNCE)
		TRY(seal_of(w, inlet, id, &i.seal));
	*out = inlet_write(w->arena, &i, domain);
	return OK;
}

enum err
tell_inlet_good(struct work *w, const struct inlet_address *i, bool *good)
{
	struct str seal;

	*good = false;
	if ((i->inlet != INLET_THREAD && i->inlet != INLET_BOUNCE) || !str_eq(i->slug, str_of(w->tenant->slug)))
		return OK;
	TRY(seal_of(w, i->inlet, i->id, &seal));
	*good = i->seal.n == seal.n && crypto_same(i->seal.p, seal.p, seal.n);
	return OK;
}

static enum err
seal_of(struct work *w, enum inlet inlet, uint64_t id, struct str *out)
{
	const struct str what = str_printf(w->arena, "%d:%llu", (int)inlet, (unsigned long long)id);
	struct cdb *control;
	struct str index;

	TRY(house_control(w->house, &control, &w->fault));
	TRY(keys_index(w->house->keys, control, w->now, w->tenant->id, "mail.inlet", what, w->arena, &index, &w->fault));
	*out = str_sub(str_lower(w->arena, str_base32(w->arena, index.p, 6)), 0, INLET_SEAL);
	return OK;
}
