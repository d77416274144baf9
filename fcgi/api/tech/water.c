/*
 * fcgi/api/tech/water.c -- the water of today's own stops, and the own van.
 */
#include "fcgi/api/water.h"

#include "fcgi/acts/doses.h"
#include "fcgi/acts/items.h"
#include "fcgi/acts/readings.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err water_get(struct work *w, const struct call *c);
static enum err reading_make(struct work *w, const struct call *c);
static enum err reading_put(struct work *w, const struct call *c);
static void quiet(struct reading_line *r);
static enum err plan(struct work *w, const struct call *c);
static enum err dose_make(struct work *w, const struct call *c);
static enum err dose_undo(struct work *w, const struct call *c);
static enum err van(struct work *w, const struct call *c);

struct tech_dose_made {
	uint64_t id;
};
static const struct field tech_dose_made_fields[] = {FIELD_ID(struct tech_dose_made, id), FIELD_END};
static const struct shape tech_dose_made_shape = {
	"TechDoseMade", sizeof(struct tech_dose_made), tech_dose_made_fields};

#define WORKS MAY(MAY_WORK_STOPS)
#define STORY "water.test.mjs"

const struct endpoint tech_water[] = {
	{GET, "/pools/:id/water", .may = WORKS, .out = &water_page_shape, .run = water_get,
	    .help = "The water of a pool where one has a stop today or tomorrow.", .story = STORY},
	{POST, "/readings", .may = WORKS, .body = &reading_wish_shape, .out = &reading_line_shape, .run = reading_make,
	    .help = "Write down what was read at one of one's own stops.", .story = STORY},
	{PUT, "/readings/:id", .may = WORKS, .body = &reading_edit_shape, .out = &reading_line_shape, .run = reading_put,
	    .help = "Correct what one read oneself; what it was is kept.", .story = STORY},
	{POST, "/dose-plans", .may = WORKS, .body = &dose_question_shape, .out = &dose_advice_shape, .run = plan,
	    .help = "What to pour at one of one's own stops.", .story = STORY},
	{POST, "/doses", .may = WORKS, .body = &dose_wish_shape, .out = &tech_dose_made_shape, .run = dose_make,
	    .help = "Write down what was poured at one of one's own stops; the own van has less.", .story = STORY},
	{POST, "/doses/:id/undoings", .may = WORKS, .body = &water_version_shape, .run = dose_undo,
	    .help = "It was not poured after all.", .story = STORY},
	{GET, "/van", .may = WORKS, .out = &stock_page_shape, .run = van, .help = "What is in the own van.",
	    .story = STORY},
	{0}
};

static enum err
water_get(struct work *w, const struct call *c)
{
	struct water_page *out = arena_new(w->arena, struct water_page);

	TRY(act_water_mine(w, c->id));
	TRY(act_water_page(w, c->id, out));
	for (size_t i = 0; i < out->readings_n; i++)
		quiet(&out->readings[i]);
	return reply_shape(c, &water_page_shape, out);
}

static enum err
reading_make(struct work *w, const struct call *c)
{
	struct reading_line out;
	uint64_t id;

	TRY(act_reading_put(w, c->body, READ_BY_TECH, &id));
	TRY(act_reading_line(w, id, &out));
	quiet(&out);
	return reply_created(c, &reading_line_shape, &out);
}

static enum err
reading_put(struct work *w, const struct call *c)
{
	struct reading_line out;

	TRY(act_reading_correct(w, c->id, c->body, true));
	TRY(act_reading_line(w, c->id, &out));
	quiet(&out);
	return reply_shape(c, &reading_line_shape, &out);
}

/* What speaks against a reading is a question of the office's, and no reproach. */
static void
quiet(struct reading_line *r)
{
	r->doubts = 0;
	r->doubtful = false;
}

static enum err
plan(struct work *w, const struct call *c)
{
	struct dose_advice out;

	TRY(act_dose_plan(w, c->body, true, &out));
	return reply_shape(c, &dose_advice_shape, &out);
}

static enum err
dose_make(struct work *w, const struct call *c)
{
	struct tech_dose_made out;

	TRY(act_dose_give(w, c->body, true, &out.id));
	return reply_created(c, &tech_dose_made_shape, &out);
}

static enum err
dose_undo(struct work *w, const struct call *c)
{
	const struct dose_version *in = c->body;

	TRY(act_dose_undo(w, c->id, in->version, true));
	return reply_nothing(c);
}

static enum err
van(struct work *w, const struct call *c)
{
	const struct stock_query mine = {.place_id = {true, w->actor.id}};
	struct stock_page out;

	TRY(act_stock(w, &mine, &out));
	return reply_shape(c, &stock_page_shape, &out);
}
