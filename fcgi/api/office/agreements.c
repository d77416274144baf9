/*
 * fcgi/api/office/agreements.c -- what was promised, and from when on what else.
 */
#include "domain/visits/visit.h"
#include "fcgi/acts/agreements.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err preview(struct work *w, const struct call *c);
static enum err agreements_list(struct work *w, const struct call *c);
static enum err agreement_get(struct work *w, const struct call *c);
static enum err agreement_make(struct work *w, const struct call *c);
static enum err agreement_term(struct work *w, const struct call *c);
static enum err agreement_hold(struct work *w, const struct call *c);
static enum err agreement_resume(struct work *w, const struct call *c);
static enum err agreement_end(struct work *w, const struct call *c);

#define CENTS_MAX 100000000

static const struct field term_fields[] = {
	FIELD_DAY(struct term, from_day),
	FIELD_ENUM(struct term, kind, term_kind_names),
	FIELD_MAYBE_DAY(struct term, until_day),
	FIELD_TEXT(struct term, rule, 0, 200),
	FIELD_DAY(struct term, anchor_day),
	FIELD_INT(struct term, every_days, 0, EVERY_DAYS_MAX),
	FIELD_ID(struct term, service_id),
	FIELD_MAYBE_ID(struct term, tech_id),
	FIELD_INT(struct term, seq, 0, VISIT_SEQ_MAX),
	FIELD_MAYBE_INT(struct term, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct term, to_minute, 0, 1440),
	FIELD_INT(struct term, minutes, 0, VISIT_MINUTES_MAX),
	FIELD_ENUM(struct term, rate_kind, rate_kind_names),
	FIELD_BOOL(struct term, with_chemicals),
	FIELD_INT(struct term, rate_cents, 0, CENTS_MAX),
	FIELD_ENUM(struct term, skip_policy, skip_policy_names),
	FIELD_END
};
static const struct shape term_shape = {"Term", sizeof(struct term), term_fields};

static const struct field agreement_fields[] = {
	FIELD_ID(struct agreement_terms, id),
	FIELD_ID(struct agreement_terms, customer_id),
	FIELD_ID(struct agreement_terms, property_id),
	FIELD_MAYBE_ID(struct agreement_terms, pool_id),
	FIELD_ENUM(struct agreement_terms, repeats, repeats_names),
	FIELD_DAY(struct agreement_terms, starts_day),
	FIELD_MAYBE_DAY(struct agreement_terms, ends_day),
	FIELD_MAYBE_DAY(struct agreement_terms, made_until),
	FIELD_BOOL(struct agreement_terms, closed),
	FIELD_LIST(struct agreement_terms, terms, terms_n, &term_shape, TERMS_MAX),
	FIELD_INT(struct agreement_terms, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape agreement_shape = {"Agreement", sizeof(struct agreement_terms), agreement_fields};

static const struct field agreement_page_fields[] = {
	FIELD_LIST(struct agreement_page, rows, rows_n, &agreement_shape, AGREEMENTS_MAX), FIELD_END};
static const struct shape agreement_page_shape = {"AgreementPage", sizeof(struct agreement_page),
    agreement_page_fields};

static const struct field term_wish_fields[] = {
	FIELD_MAYBE_TEXT(struct term_wish, rule, 1, 200),
	FIELD_MAYBE_DAY(struct term_wish, anchor_day),
	FIELD_MAYBE_INT(struct term_wish, every_days, 1, EVERY_DAYS_MAX),
	FIELD_ID(struct term_wish, service_id),
	FIELD_MAYBE_ID(struct term_wish, tech_id),
	FIELD_MAYBE_INT(struct term_wish, seq, 0, VISIT_SEQ_MAX),
	FIELD_MAYBE_INT(struct term_wish, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct term_wish, to_minute, 0, 1440),
	FIELD_MAYBE_INT(struct term_wish, minutes, 1, VISIT_MINUTES_MAX),
	FIELD_ENUM(struct term_wish, rate_kind, rate_kind_names),
	FIELD_BOOL(struct term_wish, with_chemicals),
	FIELD_INT(struct term_wish, rate_cents, 0, CENTS_MAX),
	FIELD_ENUM(struct term_wish, skip_policy, skip_policy_names),
	FIELD_END
};
static const struct shape term_wish_shape = {"TermWish", sizeof(struct term_wish), term_wish_fields};

static const struct field agreement_wish_fields[] = {
	FIELD_ID(struct agreement_wish, property_id),
	FIELD_MAYBE_ID(struct agreement_wish, pool_id),
	FIELD_ENUM(struct agreement_wish, repeats, repeats_names),
	FIELD_DAY(struct agreement_wish, starts_day),
	FIELD_MAYBE_DAY(struct agreement_wish, ends_day),
	FIELD_SHAPE(struct agreement_wish, term, &term_wish_shape),
	FIELD_MAYBE_BOOL(struct agreement_wish, anyway),
	FIELD_END
};
static const struct shape agreement_wish_shape = {"AgreementWish", sizeof(struct agreement_wish),
    agreement_wish_fields};

static const struct field term_change_fields[] = {
	FIELD_DAY(struct term_change, from_day),
	FIELD_SHAPE(struct term_change, term, &term_wish_shape),
	FIELD_MAYBE_BOOL(struct term_change, anyway),
	FIELD_INT(struct term_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape term_change_shape = {"TermChange", sizeof(struct term_change), term_change_fields};

static const struct field hold_fields[] = {
	FIELD_DAY(struct agreement_hold, from_day),
	FIELD_MAYBE_DAY(struct agreement_hold, until_day),
	FIELD_INT(struct agreement_hold, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape hold_shape = {"AgreementHold", sizeof(struct agreement_hold), hold_fields};

static const struct field ending_fields[] = {
	FIELD_DAY(struct agreement_ending, ends_day),
	FIELD_INT(struct agreement_ending, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape ending_shape = {"AgreementEnding", sizeof(struct agreement_ending), ending_fields};

struct agreements_query {
	uint64_t customer_id;
};
static const struct field agreements_query_fields[] = {
	FIELD_ID(struct agreements_query, customer_id), FIELD_END};
static const struct shape agreements_query_shape = {"AgreementsQuery", sizeof(struct agreements_query),
    agreements_query_fields};

struct hold_query {
	struct day from_day;
};
static const struct field hold_query_fields[] = {FIELD_DAY(struct hold_query, from_day), FIELD_END};
static const struct shape hold_query_shape = {"HoldQuery", sizeof(struct hold_query), hold_query_fields};

static const struct field preview_query_fields[] = {
	FIELD_TEXT(struct preview_query, rule, 1, 200),
	FIELD_MAYBE_DAY(struct preview_query, anchor_day),
	FIELD_DAY(struct preview_query, from),
	FIELD_END
};
static const struct shape preview_query_shape = {"PreviewQuery", sizeof(struct preview_query), preview_query_fields};
static const struct field preview_day_fields[] = {FIELD_DAY(struct preview_day, day), FIELD_END};
static const struct shape preview_day_shape = {"PreviewDay", sizeof(struct preview_day), preview_day_fields};
static const struct field preview_fields[] = {
	FIELD_LIST(struct preview, rows, rows_n, &preview_day_shape, PREVIEW_DAYS), FIELD_END};
static const struct shape preview_shape = {"Preview", sizeof(struct preview), preview_fields};

const struct endpoint office_agreements[] = {
	{GET, "/previews", .may = MAY(MAY_SEE_CUSTOMERS), .query = &preview_query_shape, .out = &preview_shape,
	    .run = preview, .help = "The next days that a rule would give.", .story = "schedule.test.mjs"},
	{GET, "/agreements", .may = MAY(MAY_SEE_CUSTOMERS), .query = &agreements_query_shape,
	    .out = &agreement_page_shape, .run = agreements_list, .help = "The agreements of a customer.",
	    .story = "schedule.test.mjs"},
	{GET, "/agreements/:id", .may = MAY(MAY_SEE_CUSTOMERS), .out = &agreement_shape, .run = agreement_get,
	    .help = "An agreement with all its terms.", .story = "schedule.test.mjs"},
	{POST, "/agreements", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &agreement_wish_shape, .out = &agreement_shape,
	    .run = agreement_make, .help = "Promise repeated work; its visits are made at once.",
	    .story = "schedule.test.mjs"},
	{PUT, "/agreements/:id/terms", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &term_change_shape,
	    .out = &agreement_shape, .run = agreement_term,
	    .help = "Other terms from a day on; visits that nobody touched follow.", .story = "schedule.test.mjs"},
	{POST, "/agreements/:id/holds", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &hold_shape, .out = &agreement_shape,
	    .run = agreement_hold, .help = "Nobody comes for a while.", .story = "schedule.test.mjs"},
	{DELETE, "/agreements/:id/holds", .may = MAY(MAY_EDIT_CUSTOMERS), .query = &hold_query_shape,
	    .out = &agreement_shape, .run = agreement_resume, .help = "Take back the hold that begins on a day.",
	    .story = "schedule.test.mjs"},
	{POST, "/agreements/:id/endings", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &ending_shape,
	    .out = &agreement_shape, .run = agreement_end, .help = "End it with a last day.",
	    .story = "schedule.test.mjs"},
	{0}
};

static enum err
preview(struct work *w, const struct call *c)
{
	struct preview out;

	TRY(act_preview(w, c->query, &out));
	return reply_shape(c, &preview_shape, &out);
}

static enum err
agreements_list(struct work *w, const struct call *c)
{
	const struct agreements_query *q = c->query;
	struct agreement_page out;

	TRY(act_agreements(w, q->customer_id, &out));
	return reply_shape(c, &agreement_page_shape, &out);
}

static enum err
agreement_get(struct work *w, const struct call *c)
{
	struct agreement_terms out;

	TRY(act_agreement_one(w, c->id, &out));
	return reply_shape(c, &agreement_shape, &out);
}

static enum err
agreement_make(struct work *w, const struct call *c)
{
	struct agreement_terms out;

	TRY(act_agreement_make(w, c->body, &out));
	return reply_created(c, &agreement_shape, &out);
}

static enum err
agreement_term(struct work *w, const struct call *c)
{
	struct agreement_terms out;

	TRY(act_agreement_term(w, c->id, c->body, &out));
	return reply_shape(c, &agreement_shape, &out);
}

static enum err
agreement_hold(struct work *w, const struct call *c)
{
	struct agreement_terms out;

	TRY(act_agreement_hold(w, c->id, c->body, &out));
	return reply_created(c, &agreement_shape, &out);
}

static enum err
agreement_resume(struct work *w, const struct call *c)
{
	const struct hold_query *q = c->query;
	struct agreement_terms out;

	TRY(act_agreement_resume(w, c->id, q->from_day, &out));
	return reply_shape(c, &agreement_shape, &out);
}

static enum err
agreement_end(struct work *w, const struct call *c)
{
	struct agreement_terms out;

	TRY(act_agreement_end(w, c->id, c->body, &out));
	return reply_created(c, &agreement_shape, &out);
}
