/*
 * fcgi/api/office/doses.c -- what to pour, and what was poured, as the office writes it.
 */
#include "fcgi/acts/doses.h"

#include "fcgi/api/water.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err plan(struct work *w, const struct call *c);
static enum err dose_make(struct work *w, const struct call *c);
static enum err dose_undo(struct work *w, const struct call *c);

struct dose_made {
	uint64_t id;
};
static const struct field dose_made_fields[] = {FIELD_ID(struct dose_made, id), FIELD_END};
static const struct shape dose_made_shape = {"DoseMade", sizeof(struct dose_made), dose_made_fields};

#define EDITS (MAY(MAY_SEE_CUSTOMERS) | MAY(MAY_EDIT_CUSTOMERS))

const struct endpoint office_doses[] = {
	{POST, "/dose-plans", .may = MAY(MAY_SEE_CUSTOMERS), .body = &dose_question_shape, .out = &dose_advice_shape,
	    .run = plan, .help = "What to pour: from the last readings of a pool, or from values given here.",
	    .story = "water.test.mjs"},
	{POST, "/doses", .may = EDITS, .body = &dose_wish_shape, .out = &dose_made_shape, .run = dose_make,
	    .help = "Write down what was poured.", .story = "water.test.mjs"},
	{POST, "/doses/:id/undoings", .may = EDITS, .body = &water_version_shape, .run = dose_undo,
	    .help = "It was not poured after all: the stock has it back.", .story = "water.test.mjs"},
	{0}
};

static enum err
plan(struct work *w, const struct call *c)
{
	struct dose_advice out;

	TRY(act_dose_plan(w, c->body, false, &out));
	return reply_shape(c, &dose_advice_shape, &out);
}

static enum err
dose_make(struct work *w, const struct call *c)
{
	struct dose_made out;

	TRY(act_dose_give(w, c->body, false, &out.id));
	return reply_created(c, &dose_made_shape, &out);
}

static enum err
dose_undo(struct work *w, const struct call *c)
{
	const struct dose_version *in = c->body;

	TRY(act_dose_undo(w, c->id, in->version, false));
	return reply_nothing(c);
}
