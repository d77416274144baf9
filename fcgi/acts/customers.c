/*
 * fcgi/acts/customers.c -- who is served.
 */
#include "fcgi/acts/customers.h"

#include "sql/tenant/queries/credentials.h"

enum err
act_customer_self(struct work *w, struct customer_self *out)
{
	struct person_line *row;

	TRY(sql_customer_person(w->db, w->actor.id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_SIGNED_OUT, NULL, "Please sign in.");
	*out = (struct customer_self){row->name, row->email, language_of(row->language)};
	return OK;
}
