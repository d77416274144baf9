/*
 * fcgi/api/site/arrivals.c -- what the sign-up page asks while a stranger is typing.
 */
#include "fcgi/acts/arrivals.h"
#include "fcgi/http/limit.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint site_arrivals[];

static enum err proposal(struct desk *d, const struct call *c);
static enum err slugs(struct desk *d, const struct call *c);

struct slug_question {
	struct str name, slug;
};

static const struct field proposal_fields[] = {
	FIELD_TEXT(struct proposal, country, 2, 2),
	FIELD_TEXT(struct proposal, zone, 1, 64),
	FIELD_ENUM(struct proposal, language, language_tags),
	FIELD_TEXT(struct proposal, currency, 3, 3),
	FIELD_END
};
static const struct shape proposal_shape = {"Proposal", sizeof(struct proposal), proposal_fields};

static const struct field slug_question_fields[] = {
	FIELD_TEXT(struct slug_question, name, 0, 120),
	FIELD_TEXT(struct slug_question, slug, 0, 60),
	FIELD_END
};
static const struct shape slug_question_shape = {
	"SlugQuestion", sizeof(struct slug_question), slug_question_fields};

static const struct field slug_line_fields[] = {
	FIELD_TEXT(struct slug_line, slug, 3, SLUG_MAX),
	FIELD_END
};
static const struct shape slug_line_shape = {
    "SlugLine", sizeof(struct slug_line), slug_line_fields};

static const struct field slug_answer_fields[] = {
	FIELD_TEXT(struct slug_answer, slug, 0, 60),
	FIELD_BOOL(struct slug_answer, free),
	FIELD_MAYBE_TEXT(struct slug_answer, why, 0, 400),
	FIELD_LIST(struct slug_answer, suggestions, suggestions_n, &slug_line_shape, SLUG_SUGGESTIONS),
	FIELD_END
};
static const struct shape slug_answer_shape = {
    "SlugAnswer", sizeof(struct slug_answer), slug_answer_fields};

const struct endpoint site_arrivals[] = {
	{.method = GET, .path = "/proposal", .anyone = true, .out = &proposal_shape, .run_desk = proposal,
	    .help = "Country, time zone, language and currency that the visitor most likely wants.",
	    .story = "signup.test.mjs"},
	{.method = GET, .path = "/slugs", .anyone = true, .query = &slug_question_shape, .out = &slug_answer_shape,
	    .run_desk = slugs, .help = "Is this address free? If not, which are.", .story = "signup.test.mjs"},
	{0}
};

/* Typing asks once a letter at most; a list of all our companies must not be had by asking. */
static const struct limit limit_slugs = {
    .what = "slugs", .window_s = 3600, .per_address = 600, .per_network = 3000};

static enum err
proposal(struct desk *d, const struct call *c)
{
	struct proposal out;

	act_proposal(d, c->request->accept_language, &out);
	return reply_shape(c, &proposal_shape, &out);
}

static enum err
slugs(struct desk *d, const struct call *c)
{
	const struct slug_question *in = c->query;
	struct slug_answer out;

	TRY(limit_hit(d->house, &d->from, d->now, &limit_slugs, &d->fault));
	TRY(house_control(d->house, &d->control, &d->fault));
	TRY(act_slug_look(d, in->slug, in->name, &out));
	return reply_shape(c, &slug_answer_shape, &out);
}
