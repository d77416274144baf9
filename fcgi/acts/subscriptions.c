#include "fcgi/acts/subscriptions.h"

#include "domain/access/role.h"
#include "domain/base/setting.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "fcgi/acts/tell_pay.h"
#include "sql/control/queries/subscriptions.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/processor.h"

#define LINK_MINUTES   4
#define BODY_BYTES_MAX 4000
#define ENDING_S       (7 * 86400) /* so long before a trial ends its end is told */

/* What the company's own schema keeps of it. */
struct kept {
	struct str link;
	int64_t link_until;
	uint32_t
	    told;    /* the standing that the owner knows of: enum subscription_standing; 0 none */
	bool ending; /* ... and that the trial ends */
	uint32_t version;
	uint64_t id;
};
static const struct field kept_fields[] = {FIELD_TEXT(struct kept, link, 0, 2000),
    FIELD_TIME(struct kept, link_until), FIELD_INT(struct kept, told, 0, STANDS_COUNT),
    FIELD_BOOL(struct kept, ending), FIELD_END};
static const struct shape kept_shape = {"SubscriptionKept", sizeof(struct kept), kept_fields};

static enum err kept_read(struct work *w, struct kept *out);
static enum err kept_write(struct work *w, const struct kept *k);
static enum err row_of(struct work *w, struct subscription_row **out);
static struct subscription_facts facts_of(const struct subscription_row *row);
static struct maybe_i64 maybe(int64_t at);
static enum err tell_standing_of_plan(struct work *w, const struct subscription_row *row);
static enum err tell_owner_of_plan(struct work *w, const char *what, int64_t at);
static enum err overtaken(struct work *w, enum err e);

enum err
act_subscription(struct work *w, struct subscription_page *out)
{
	struct subscription_row *row;
	struct cdb *control;
	struct subscription_facts f;
	int64_t step;

	TRY(row_of(w, &row));
	f = facts_of(row);
	*out = (struct subscription_page){.standing = subscription_stands(&f, w->now, &step),
	    .currency = str_of(w->tenant->currency)};
	if (row == NULL)
		return OK;
	out->possible = w->house->config->stripe_key[0] != '\0';
	out->subscribed = row->reference.is && row->reference.v.n > 0 &&
			  (row->ended_at == 0 || row->ended_at > w->now);
	out->cents = row->cents;
	out->currency = row->currency;
	out->trial_ends_at = maybe(row->trial_ends_at);
	out->paid_until = maybe(row->paid_until);
	out->ends_at = maybe(row->ended_at);
	out->step_at = maybe(step);
	TRY(house_control(w->house, &control, &w->fault));
	return sql_subscription_bills_of(
	    control, w->tenant->id, w->arena, &out->bills, &out->bills_n);
}

enum err
act_subscription_open(struct work *w)
{
	struct subscription_row *row;

	TRY(row_of(w, &row));
	if (row == NULL)
		return fail(&w->fault, E_INVALID, "subscription",
		    "This house asks nothing of your company.");
	if (w->house->config->stripe_key[0] == '\0')
		return fail(&w->fault, E_INVALID, "subscription",
		    "This house has no payment provider yet. Its operator can set one up.");
	return tell(
	    w, "subscription_page", &event_order_shape, &(struct event_order){.object = STR("")});
}

enum err
act_subscription_link_take(struct work *w, struct str *link)
{
	struct kept k;

	TRY(kept_read(w, &k));
	*link = k.link_until > w->now ? k.link : STR("");
	if (link->n == 0)
		return OK;
	k.link = STR("");
	k.link_until = 0;
	return kept_write(w, &k);
}

/* ---- for jobs ---- */

enum err
act_subscription_facts(struct work *w, struct subscription_facts_read *out)
{
	struct subscription_row *row;
	struct owner_mail *owner;
	struct company_row company;

	*out = (struct subscription_facts_read){.customer = STR("")};
	TRY(row_of(w, &row));
	if (row == NULL)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_owner_mail(w->db, ROLE_OWNER, w->arena, &owner));
	*out = (struct subscription_facts_read){.billed = true,
	    .customer = row->customer.is ? row->customer.v : STR(""),
	    .subscribed = row->reference.is && row->reference.v.n > 0 &&
			  (row->ended_at == 0 || row->ended_at > w->now),
	    .name = company.name,
	    .email = owner == NULL ? STR("") : owner->email,
	    .language = owner == NULL ? ENGLISH : language_of(owner->language),
	    .currency = row->currency,
	    .cents = row->cents,
	    .first_at = row->trial_ends_at > w->now ? row->trial_ends_at : 0,
	    .version = row->version};
	return OK;
}

enum err
act_subscription_known(
    struct work *w, const struct subscription_facts_read *asked, struct str customer)
{
	struct cdb *control;

	if (str_eq(asked->customer, customer) || customer.n == 0)
		return OK;
	TRY(house_control(w->house, &control, &w->fault));
	return overtaken(w, sql_subscription_customer_set(control, w->tenant->id,
				(struct maybe_str){true, customer}, asked->version));
}

enum err
act_subscription_linked(struct work *w, struct str link)
{
	struct kept k;

	TRY(kept_read(w, &k));
	k.link = link;
	k.link_until = w->now + LINK_MINUTES * 60;
	return kept_write(w, &k);
}

enum err
act_subscription_seen(struct work *w, const struct subscription_facts_read *asked,
    const struct subscription_seen *seen)
{
	struct subscription_row *row;
	struct cdb *control;
	uint64_t changed;

	TRY(house_control(w->house, &control, &w->fault));
	for (size_t i = 0; i < seen->bills_n; i++) {
		const struct subscription_bill_row *b = &seen->bills[i];

		TRY(sql_subscription_bill_put(control, b->id, w->tenant->id, b->number, b->cents,
		    b->currency, b->state, b->made_at, b->url, &changed));
	}
	TRY(row_of(w, &row));
	if (row == NULL)
		return OK;
	if (seen->reference.n > 0 &&
	    (row->paid_until != seen->paid_until || row->unpaid_since != seen->unpaid_since ||
		row->ended_at != seen->ended_at || !row->reference.is ||
		!str_eq(row->reference.v, seen->reference)))
		TRY(overtaken(w, sql_subscription_save(control, w->tenant->id, seen->paid_until,
				     seen->unpaid_since, seen->ended_at,
				     (struct maybe_str){true, seen->reference}, asked->version)));
	tenant_forget(w->house->tenants, w->tenant->id);
	TRY(row_of(w, &row));
	return row == NULL ? OK : tell_standing_of_plan(w, row);
}

/* The control schema is written outside of the company's transaction: whoever comes second asks the
 * processor again. */
static enum err
overtaken(struct work *w, enum err e)
{
	if (e != E_STALE)
		return e;
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}

/* Each step is told once: in the log of the company, and to its owner where it matters. */
static enum err
tell_standing_of_plan(struct work *w, const struct subscription_row *row)
{
	static const char *const what[STANDS_COUNT] = {
	    [STANDS_GOOD] = "Everything is paid. Thank you.",
	    [STANDS_GRACE] =
		"A payment for Poolhouse is missing. Everything works on until the day below.",
	    [STANDS_READ_ONLY] = "A payment for Poolhouse is missing. Your company can be read, "
				 "but not changed, until it is paid.",
	    [STANDS_SUSPENDED] = "A payment for Poolhouse is missing. Your company is closed until "
				 "it is paid; its data can be taken away.",
	};
	const struct subscription_facts f = facts_of(row);
	int64_t step;
	const enum subscription_standing is = subscription_stands(&f, w->now, &step);
	struct kept k;

	TRY(kept_read(w, &k));
	if (is == STANDS_TRIAL && !k.ending && step > 0 && step - w->now < ENDING_S) {
		k.ending = true;
		k.told = is;
		TRY(kept_write(w, &k));
		return tell_owner_of_plan(w,
		    "The free time of your company ends. Subscribe to go on without a break.",
		    step);
	}
	if (k.told == (uint32_t)is)
		return OK;
	const bool news = is >= STANDS_GRACE || (is == STANDS_GOOD && k.told >= STANDS_GRACE);

	k.told = (uint32_t)is;
	TRY(kept_write(w, &k));
	TRY(audit(w, "subscription.stands", "company", 0, str_of(subscription_standing_names[is])));
	TRY(tell_live(w));
	return news ? tell_owner_of_plan(w, what[is], step > 0 ? step : w->now) : OK;
}

static enum err
tell_owner_of_plan(struct work *w, const char *what, int64_t at)
{
	struct company_face *company;
	struct owner_mail *owner;
	enum language l;

	TRY(sql_owner_mail(w->db, ROLE_OWNER, w->arena, &owner));
	TRY(sql_company_face(w->db, w->arena, &company));
	if (owner == NULL || company == NULL)
		return OK;
	l = language_of(owner->language);
	const struct template_value v[] = {{STR("name"), owner->name},
	    {STR("company"), company->name}, {STR("what"), str_of(words_say(l, what))},
	    {STR("day"), words_day(w->arena, zone_day(w->tenant->zone, at), l)},
	    {STR("url"), company_url(w, "subscription")}};

	return tell_mail(w, MAIL_SUBSCRIPTION, owner->email, l, v, sizeof(v) / sizeof(v[0]));
}

static enum err
row_of(struct work *w, struct subscription_row **out)
{
	struct cdb *control;

	TRY(house_control(w->house, &control, &w->fault));
	return sql_subscription_of(control, w->tenant->id, w->arena, out);
}

static struct subscription_facts
facts_of(const struct subscription_row *row)
{
	if (row == NULL)
		return (struct subscription_facts){.billed = false};
	return (struct subscription_facts){
	    true, row->trial_ends_at, row->paid_until, row->unpaid_since, row->ended_at};
}

static struct maybe_i64
maybe(int64_t at)
{
	return (struct maybe_i64){at > 0, at};
}

static enum err
kept_read(struct work *w, struct kept *out)
{
	struct setting_row *row;

	*out = (struct kept){.link = STR("")};
	TRY(sql_billing_one(w->db, SETTING_SUBSCRIPTION, 0, w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&kept_shape, row->body, w->arena, out, &w->fault));
	out->id = row->id;
	out->version = row->version;
	return OK;
}

static enum err
kept_write(struct work *w, const struct kept *k)
{
	struct buf b = buf_open(w->arena, 512, BODY_BYTES_MAX);

	shape_write(&kept_shape, k, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "What is kept of a subscription does not fit.");
	if (k->id == 0)
		return sql_billing_put(
		    w->db, work_id(w), SETTING_SUBSCRIPTION, 0, STR(""), buf_str(&b));
	return sql_billing_change(w->db, k->id, buf_str(&b), k->version);
}
