/*
 * fcgi/acts/portal_talk.c -- what a customer and the office write to each other on the customer's own pages.
 *
 * The thread is the customer's one thread; of it only what was said on these pages is shown here: a text to a spouse's telephone
 * or a note of the office is none of theirs.
 */
#include "fcgi/acts/portal.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/messages.h"

#define HOUR_S 3600
#define OF_AN_HOUR 20

enum err
act_portal_talk(struct work *w, struct portal_talk *out)
{
	const struct str who = str_printf(w->arena, "c:%llu", (unsigned long long)w->actor.id);
	struct conversation_row *c;

	*out = (struct portal_talk){0};
	TRY(sql_conversation_of_who(w->db, who, w->arena, &c));
	if (c == NULL)
		return OK;
	TRY(sql_portal_words(w->db, c->id, MEDIUM_PORTAL, NOTED, HEARD, w->arena, &out->rows, &out->rows_n));
	for (size_t i = 0; i < out->rows_n / 2; i++) {
		const struct portal_word_row row = out->rows[i];

		out->rows[i] = out->rows[out->rows_n - 1 - i];
		out->rows[out->rows_n - 1 - i] = row;
	}
	return OK;
}

enum err
act_portal_say(struct work *w, struct str text, struct str key)
{
	struct customer_row customer;
	struct conversation_row c;
	struct said_row said;
	bool fresh;

	TRY(sql_customer_one(w->db, w->actor.id, w->arena, &customer));
	TRY(tell_thread(w, customer.id, STR(""), customer.name, language_of(customer.language), &c));
	TRY(sql_portal_words_since(w->db, c.id, MEDIUM_PORTAL, HEARD, w->now - HOUR_S, w->arena, &said));
	if (said.number >= OF_AN_HOUR) {
		w->fault.retry_after_s = HOUR_S / 4;
		return fail(&w->fault, E_LIMIT, "text", "That is enough said.");
	}
	return tell_heard(w, &(struct heard){.medium = MEDIUM_PORTAL, .customer_id = customer.id, .conversation_id = c.id, .body = text,
	    .key = str_printf(w->arena, "portal:%llu:%.*s", (unsigned long long)customer.id, STR_ARG(key))}, &c, &fresh, NULL);
}
