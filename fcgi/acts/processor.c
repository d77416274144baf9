/*
 * fcgi/acts/processor.c -- the company at its payment processor, the processor's messages, money back.
 */
#include "fcgi/acts/processor.h"

#include "domain/access/role.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/control/queries/accounts.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/processor.h"

#define LINK_MINUTES 4

static enum err page_of(struct work *w, const struct processor *p, struct processor_page *out);

bool
processor_possible(const struct work *w)
{
	return w->house->config->stripe_key[0] != '\0';
}

enum err
act_processor(struct work *w, struct processor_page *out)
{
	struct processor p;

	TRY(processor_read(w, &p));
	return page_of(w, &p, out);
}

static enum err
page_of(struct work *w, const struct processor *p, struct processor_page *out)
{
	*out = (struct processor_page){.possible = processor_possible(w), .asked = p->version > 0, .ready = p->cards, .banks = p->banks,
	    .missing = p->missing, .link = p->link_until > w->now ? p->link : STR(""), .checked = p->checked,
	    .unexplained_cents = p->unexplained_cents, .unexplained = p->unexplained};
	return OK;
}

enum err
act_processor_connect(struct work *w, struct processor_page *out)
{
	struct processor p;

	TRY(work_stepped_up(w));
	if (!processor_possible(w))
		return fail(&w->fault, E_INVALID, "processor", "This house has no payment provider yet. Its operator can set one up.");
	TRY(processor_read(w, &p));
	if (p.version == 0) {
		TRY(processor_keep(w, &p));
		TRY(audit(w, "processor.asked", "company", 0, STR("")));
	}
	TRY(tell(w, "processor_connect", &event_order_shape, &(struct event_order){.object = STR("")}));
	TRY(processor_read(w, &p));
	return page_of(w, &p, out);
}

enum err
act_processor_link_take(struct work *w, struct str *link)
{
	struct processor p;

	TRY(processor_read(w, &p));
	*link = p.link_until > w->now ? p.link : STR("");
	if (link->n == 0)
		return OK;
	p.link = STR("");
	p.link_until = 0;
	return processor_keep(w, &p);
}

enum err
act_processor_made(struct work *w, struct str account)
{
	struct processor p;
	struct cdb *control;
	uint64_t changed;

	TRY(processor_read(w, &p));
	if (p.account.n == 0) {
		p.account = account;
		TRY(processor_keep(w, &p));
		TRY(audit(w, "processor.made", "company", 0, account));
	}
	/* Whose messages they are. A row without its company does no harm, so it may stand before the company's own commit. */
	TRY(house_control(w->house, &control, &w->fault));
	return sql_account_put(control, p.account, w->tenant->id, &changed);
}

enum err
act_processor_linked(struct work *w, struct str link)
{
	struct processor p;

	TRY(processor_read(w, &p));
	p.link = link;
	p.link_until = w->now + LINK_MINUTES * 60;
	return processor_keep(w, &p);
}

enum err
act_processor_seen(struct work *w, struct str account, bool cards, bool banks, struct str missing)
{
	struct processor p;

	TRY(processor_read(w, &p));
	if (!str_eq(p.account, account) || (p.cards == cards && p.banks == banks && str_eq(p.missing, missing)))
		return OK;
	if (p.cards != cards)
		TRY(audit(w, cards ? "processor.ready" : "processor.stopped", "company", 0, STR("")));
	p.cards = cards;
	p.banks = banks;
	p.missing = str_sub(missing, 0, 390);
	TRY(processor_keep(w, &p));
	return tell_live(w);
}

enum err
act_provider_event(struct work *w, struct str provider, struct str event_id, struct str kind, struct str object,
    bool *fresh)
{
	const uint64_t id = work_id(w);
	enum err e = sql_provider_event_insert(w->db, id, provider, event_id, kind, object, w->now);

	*fresh = e == OK;
	if (e == E_STALE) {
		w->fault = (struct fault){0};
		return OK;
	}
	TRY(e);
	/* A company of ours as the processor's customer: our own bill. */
	return tell(w, str_starts(object, STR("cus_")) ? "subscription_look" : "payment_look", &event_order_shape,
	    &(struct event_order){.event_id = {true, id}, .object = object});
}

enum err
act_provider_event_done(struct work *w, uint64_t id)
{
	uint64_t changed;

	return sql_provider_event_done(w->db, id, w->now, &changed);
}

enum err
act_processor_facts(struct work *w, struct processor_facts *out)
{
	struct owner_mail *owner;
	struct company_row company;
	struct processor p;

	TRY(processor_read(w, &p));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_owner_mail(w->db, ROLE_OWNER, w->arena, &owner));
	*out = (struct processor_facts){p.account, company.name, owner == NULL ? STR("") : owner->email, company.country,
	    str_lower(w->arena, company.currency)};
	return OK;
}

/* ---- the office gives money back ---- */

enum err
act_payment_refund_order(struct work *w, uint64_t id, int64_t cents, struct str reason, uint32_t version)
{
	struct processed_row row;
	struct known_cents known;

	TRY(work_stepped_up(w));
	TRY(sql_processed_for_update(w->db, id, w->arena, &row));
	if (row.provider.n == 0)
		return fail(&w->fault, E_INVALID, "way", "This payment did not come through the payment provider.");
	TRY(sql_processed_known(w->db, id, ACCOUNT_CLEARING, ACCOUNT_FEES, POSTING_PAY, POSTING_RETURN, POSTING_REFUND, w->arena,
	    &known));
	if (row.state != PAYMENT_SETTLED || cents <= 0 || cents > known.held_cents - known.refunded_cents)
		return fail(&w->fault, E_INVALID, "cents", "This is more than is left of the payment.");
	/* The version the office looked at: pressed fifty times, it is one order. */
	TRY(sql_payment_touch(w->db, id, version));
	TRY(audit(w, "payment.refund_asked", "payment", id, reason));
	return tell(w, "payment_refund", &payment_order_shape, &(struct payment_order){id, cents});
}
