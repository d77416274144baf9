/*
 * fcgi/api/office/drafts.c -- beside a conversation: the draft of a job, what is good to know first, the job itself.
 */
#include "fcgi/acts/drafts.h"

#include "domain/base/money.h"
#include "domain/visits/visit.h"
#include "fcgi/acts/visits.h"
#include "fcgi/api/office/visits.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_drafts[];

static enum err draft_get(struct work *w, const struct call *c);
static enum err glance_get(struct work *w, const struct call *c);
static enum err job_make(struct work *w, const struct call *c);

#define MINUTES_OF_DAY 1440

static const struct field visit_fields[] = {
	FIELD_ID(struct visit_glance_row, id),
	FIELD_DAY(struct visit_glance_row, day),
	FIELD_MAYBE_INT(struct visit_glance_row, from_minute, 0, MINUTES_OF_DAY),
	FIELD_MAYBE_INT(struct visit_glance_row, to_minute, 0, MINUTES_OF_DAY),
	FIELD_MAYBE_TIME(struct visit_glance_row, started_at),
	FIELD_MAYBE_TIME(struct visit_glance_row, ended_at),
	FIELD_TEXT(struct visit_glance_row, tech, 0, 120),
	FIELD_TEXT(struct visit_glance_row, service, 0, 120),
	FIELD_END
};
static const struct shape visit_shape = {"VisitGlance", sizeof(struct visit_glance_row), visit_fields};
static const struct field mark_fields[] = {FIELD_LINES(struct draft_mark, text, 1, HEAR_MAX), FIELD_END};
static const struct shape mark_shape = {"DraftMark", sizeof(struct draft_mark), mark_fields};
static const struct field draft_fields[] = {
	FIELD_MAYBE_ID(struct message_draft, message_id),
	FIELD_MAYBE_ID(struct message_draft, service_id),
	FIELD_ENUM(struct message_draft, intent, intent_names),
	FIELD_MAYBE_DAY(struct message_draft, day),
	FIELD_MAYBE_INT(struct message_draft, from_minute, 0, MINUTES_OF_DAY),
	FIELD_MAYBE_INT(struct message_draft, to_minute, 0, MINUTES_OF_DAY),
	FIELD_LINES(struct message_draft, when, 0, HEAR_MAX),
	FIELD_LINES(struct message_draft, note, 0, 4000),
	FIELD_LIST(struct message_draft, marks, marks_n, &mark_shape, DRAFT_MARKS_MAX),
	FIELD_INT(struct message_draft, pictures, 0, 100),
	FIELD_LIST(struct message_draft, made, made_n, &visit_shape, 1),
	FIELD_END
};
static const struct shape draft_shape = {"MessageDraft", sizeof(struct message_draft), draft_fields};
static const struct field query_fields[] = {FIELD_MAYBE_ID(struct draft_query, message), FIELD_END};
static const struct shape query_shape = {"DraftQuery", sizeof(struct draft_query), query_fields};
static const struct field glance_fields[] = {
	FIELD_LIST(struct glance, next, next_n, &visit_shape, 1),
	FIELD_LIST(struct glance, last, last_n, &visit_shape, 1),
	FIELD_MAYBE_INT(struct glance, balance_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_MAYBE_BOOL(struct glance, autopay),
	FIELD_END
};
static const struct shape glance_shape = {"CustomerGlance", sizeof(struct glance), glance_fields};

#define STORY .story = "messages.test.mjs"
const struct endpoint office_drafts[] = {
	{GET, "/threads/:id/drafts", .may = MAY(MAY_MESSAGE), .query = &query_shape, .out = &draft_shape, .run = draft_get,
	    .help = "What the last words that ask for work ask for, or those of one message, as fields of a job.", STORY},
	{GET, "/customers/:id/glances", .may = MAY(MAY_SEE_CUSTOMERS), .out = &glance_shape, .run = glance_get,
	    .help = "What is good to know before a customer is answered: visits, and what is owed to whoever may see it.", STORY},
	{POST, "/messages/:id/jobs", .may = MAY(MAY_MESSAGE) | MAY(MAY_DISPATCH), .body = &visit_wish_shape, .out = &visit_line_shape,
	    .run = job_make, .help = "Make a job of a message, with its pictures. A message becomes one job.", STORY},
	{0}
};

static enum err
draft_get(struct work *w, const struct call *c)
{
	struct message_draft out;

	TRY(act_draft(w, c->id, c->query, &out));
	return reply_shape(c, &draft_shape, &out);
}

static enum err
glance_get(struct work *w, const struct call *c)
{
	struct glance out;

	TRY(act_glance(w, c->id, &out));
	return reply_shape(c, &glance_shape, &out);
}

static enum err
job_make(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_visit_make(w, c->body, VISIT_OF_MESSAGE, &out));
	TRY(act_draft_becomes(w, c->id, out.id));
	return reply_created(c, &visit_line_shape, &out);
}
