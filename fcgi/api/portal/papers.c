/*
 * fcgi/api/portal/papers.c -- what was signed of a bill, for whoever holds its paper; no session.
 */
#include "fcgi/acts/papers.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_papers[];

static enum err proof(struct work *w, const struct call *c);

struct paper_query {
	struct str token;
};
static const struct field paper_query_fields[] = {FIELD_TEXT(struct paper_query, token, 1, 200), FIELD_END};
static const struct shape paper_query_shape = {"PaperQuery", sizeof(struct paper_query), paper_query_fields};

static const struct field paper_proof_fields[] = {
	FIELD_TEXT(struct paper_proof, number, 1, BILL_NUMBER_MAX),
	FIELD_LINES(struct paper_proof, proof, 1, PAPER_PROOF_MAX),
	FIELD_END
};
static const struct shape paper_proof_shape = {"PaperProof", sizeof(struct paper_proof), paper_proof_fields};

const struct endpoint portal_papers[] = {
	{.method = GET, .path = "/papers", .anyone = true, .query = &paper_query_shape, .out = &paper_proof_shape, .run = proof,
	    .help = "A bill as it was signed, by the code that is printed on it.", .story = "runs.test.mjs"},
	{0},
};

static enum err
proof(struct work *w, const struct call *c)
{
	const struct paper_query *q = c->query;
	struct paper_proof out;

	TRY(act_paper_shown(w, q->token, &out));
	return reply_shape(c, &paper_proof_shape, &out);
}
