/*
 * fcgi/api/office/subscriptions.c -- what the company pays the house, and whether it did. Open to
 * whoever owes, too.
 */
#include "fcgi/acts/subscriptions.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "domain/base/money.h"

extern const struct endpoint office_subscriptions[];

static enum err get(struct work *w, const struct call *c);
static enum err open(struct work *w, const struct call *c);
static enum err link(struct work *w, const struct call *c);

static const struct field bill_fields[] = {FIELD_TEXT(struct subscription_bill_row, number, 0, 40),
    FIELD_INT(struct subscription_bill_row, cents, -CENTS_MAX, CENTS_MAX),
    FIELD_TEXT(struct subscription_bill_row, currency, 0, 3),
    FIELD_ENUM(struct subscription_bill_row, state, subscription_bill_state_names),
    FIELD_TIME(struct subscription_bill_row, made_at),
    FIELD_TEXT(struct subscription_bill_row, url, 0, 500), FIELD_END};
static const struct shape bill_shape = {
    "SubscriptionBill", sizeof(struct subscription_bill_row), bill_fields};

static const struct field page_fields[] = {
    FIELD_ENUM(struct subscription_page, standing, subscription_standing_names),
    FIELD_BOOL(struct subscription_page, possible),
    FIELD_BOOL(struct subscription_page, subscribed),
    FIELD_INT(struct subscription_page, cents, 0, CENTS_MAX),
    FIELD_TEXT(struct subscription_page, currency, 3, 3),
    FIELD_MAYBE_TIME(struct subscription_page, trial_ends_at),
    FIELD_MAYBE_TIME(struct subscription_page, paid_until),
    FIELD_MAYBE_TIME(struct subscription_page, ends_at),
    FIELD_MAYBE_TIME(struct subscription_page, step_at),
    FIELD_LIST(struct subscription_page, bills, bills_n, &bill_shape, 60), FIELD_END};
static const struct shape page_shape = {
    "Subscription", sizeof(struct subscription_page), page_fields};

struct link_out {
	struct str url; /* "" while it is not made yet */
};
static const struct field link_fields[] = {FIELD_TEXT(struct link_out, url, 0, 2000), FIELD_END};
static const struct shape link_shape = {"SubscriptionLink", sizeof(struct link_out), link_fields};

#define STORY "subscriptions.test.mjs"
const struct endpoint office_subscriptions[] = {
    {GET, "/subscription", .may = MAY(MAY_MANAGE_COMPANY), .unpaid = true, .out = &page_shape,
	.run = get, .help = "What the company pays for Poolhouse, how it stands, and its bills.",
	.story = STORY},
    {POST, "/subscription/pages", .may = MAY(MAY_MANAGE_COMPANY), .unpaid = true, .run = open,
	.help =
	    "Order a way to the payment provider's page: to subscribe, or to change card and end.",
	.story = STORY},
    {POST, "/subscription/links", .may = MAY(MAY_MANAGE_COMPANY), .unpaid = true,
	.out = &link_shape, .run = link, .help = "That way, once.", .story = STORY},
    {0}};

static enum err
get(struct work *w, const struct call *c)
{
	struct subscription_page out;

	TRY(act_subscription(w, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
open(struct work *w, const struct call *c)
{
	TRY(act_subscription_open(w));
	return reply_nothing(c);
}

static enum err
link(struct work *w, const struct call *c)
{
	struct link_out out;

	TRY(act_subscription_link_take(w, &out.url));
	return reply_created(c, &link_shape, &out);
}
