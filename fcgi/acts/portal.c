#include "fcgi/acts/portal.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/credentials.h"

enum err
act_portal_enter(struct work *w, struct str token, struct guest *out)
{
	struct person_line *p = NULL;
	uint64_t id;
	enum err e = link_spend(w, LINK_PORTAL, token, &id);

	if (e == OK)
		e = sql_customer_person(w->db, id, w->arena, &p);
	if (e == E_INVALID || (e == OK && p == NULL)) {
		w->fault = (struct fault){OK};
		return fail(&w->fault, E_SIGNED_OUT, "token",
		    "This link does not work any more. Ask for a new one.");
	}
	TRY(e);
	*out = (struct guest){.id = p->id, .language = language_of(p->language)};
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = p->id, .language = out->language};
	return audit(w, "session.opened", "customer", p->id, str_of(w->from.agent));
}

enum err
act_portal_leave(struct work *w)
{
	return audit(w, "session.closed", "customer", w->actor.id, STR(""));
}
