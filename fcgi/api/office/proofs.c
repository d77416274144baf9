/*
 * fcgi/api/office/proofs.c -- proof of service, as the office sees it: what the company wishes, and each visit's report.
 */
#include "fcgi/acts/records.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_proofs[];

static enum err policy_get(struct work *w, const struct call *c);
static enum err policy_put(struct work *w, const struct call *c);
static enum err link_get(struct work *w, const struct call *c);

struct report_link {
	struct str url;
};
static const struct field report_link_fields[] = {FIELD_TEXT(struct report_link, url, 1, 400), FIELD_END};
static const struct shape report_link_shape = {"ReportLink", sizeof(struct report_link), report_link_fields};

const struct endpoint office_proofs[] = {
	{.method = GET, .path = "/proof-policy", .may = MAY(MAY_MANAGE_COMPANY), .out = &proof_policy_shape, .run = policy_get,
	    .help = "Who is sent visit reports, and what of a stop goes into its sealed record.", .story = "proofs.test.mjs"},
	{.method = PUT, .path = "/proof-policy", .may = MAY(MAY_MANAGE_COMPANY), .body = &proof_policy_shape,
	    .out = &proof_policy_shape, .run = policy_put, .help = "Change that.", .story = "proofs.test.mjs"},
	{.method = GET, .path = "/visits/:id/report", .may = MAY(MAY_SEE_CUSTOMERS), .out = &report_link_shape,
	    .run = link_get, .help = "The address of the customer's report of this visit, good for 28 days.",
	    .story = "proofs.test.mjs"},
	{0},
};

static enum err
policy_get(struct work *w, const struct call *c)
{
	struct proof_policy p;

	TRY(act_proof_policy(w, &p));
	return reply_shape(c, &proof_policy_shape, &p);
}

static enum err
policy_put(struct work *w, const struct call *c)
{
	struct proof_policy p;

	TRY(act_proof_policy_keep(w, c->body, &p));
	return reply_shape(c, &proof_policy_shape, &p);
}

static enum err
link_get(struct work *w, const struct call *c)
{
	struct report_link out;

	TRY(act_report_link(w, c->id, &out.url));
	return reply_shape(c, &report_link_shape, &out);
}
