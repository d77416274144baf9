/*
 * fcgi/api/office/alerts.c -- what somebody should look at, and who is told of it.
 */
#include "fcgi/acts/alerts.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/api/cards.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err alerts_get(struct work *w, const struct call *c);
static enum err alert_close(struct work *w, const struct call *c);
static enum err alert_open(struct work *w, const struct call *c);
static enum err alert_answer(struct work *w, const struct call *c);
static enum err rules_get(struct work *w, const struct call *c);
static enum err rules_put(struct work *w, const struct call *c);

static const struct field alert_row_fields[] = {
	FIELD_ID(struct alert_row, id),
	FIELD_ENUM(struct alert_row, kind, alert_kind_names),
	FIELD_TEXT(struct alert_row, customer, 0, 120),
	FIELD_TEXT(struct alert_row, staff, 0, 120),
	FIELD_TIME(struct alert_row, made_at),
	FIELD_MAYBE_TIME(struct alert_row, closed_at),
	FIELD_TEXT(struct alert_row, closed_by, 0, 120),
	FIELD_INT(struct alert_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape alert_row_shape = {"AlertRow", sizeof(struct alert_row), alert_row_fields};
static const struct field alert_line_fields[] = {
	FIELD_SHAPE(struct alert_line, row, &alert_row_shape),
	FIELD_MAYBE_ID(struct alert_line, visit_id),
	FIELD_MAYBE_ID(struct alert_line, customer_id),
	FIELD_LINES(struct alert_line, text, 0, 1000),
	FIELD_LIST(struct alert_line, answers, answers_n, &alert_answer_shape, ALERT_ANSWERS_MAX),
	FIELD_END
};
static const struct shape alert_line_shape = {"AlertLine", sizeof(struct alert_line), alert_line_fields};
static const struct field alert_page_fields[] = {
	FIELD_LIST(struct alert_page, rows, rows_n, &alert_line_shape, ALERTS_MAX),
	FIELD_MAYBE_ID(struct alert_page, next),
	FIELD_END
};
const struct shape alert_page_shape = {"AlertPage", sizeof(struct alert_page), alert_page_fields};
static const struct columns alert_columns = {&alert_page_shape, "Kind,Customer,Technician,What,Since,Closed,Closed by,Answers",
	"Tipo,Cliente,Técnico,Qué,Desde,Cerrada,Cerrada por,Respuestas", "row.kind,row.customer,row.staff,text,row.made_at,row.closed_at,row.closed_by,answers"};

static const struct field alert_query_fields[] = {
	FIELD_MAYBE_BOOL(struct alert_query, closed),
	FIELD_TEXT(struct alert_query, kind, 0, 20),
	FIELD_TEXT(struct alert_query, q, 0, 80),
	FIELD_MAYBE_ID(struct alert_query, before),
	FIELD_END
};
static const struct shape alert_query_shape = {"AlertQuery", sizeof(struct alert_query), alert_query_fields};

struct seen_in {
	uint32_t version;
};
static const struct field seen_fields[] = {FIELD_INT(struct seen_in, version, 1, INT32_MAX), FIELD_END};
static const struct shape seen_shape = {"AlertSeen", sizeof(struct seen_in), seen_fields};
static const struct field answer_in_fields[] = {FIELD_LINES(struct alert_answer_in, text, 1, 1000),
	FIELD_INT(struct alert_answer_in, version, 1, INT32_MAX), FIELD_END};
static const struct shape answer_in_shape = {"AlertAnswerIn", sizeof(struct alert_answer_in), answer_in_fields};

static const struct field person_fields[] = {
	FIELD_ID(struct alert_person, id), FIELD_TEXT(struct alert_person, name, 0, 120), FIELD_END};
static const struct shape person_shape = {"AlertPerson", sizeof(struct alert_person), person_fields};
static const struct field rules_page_fields[] = {
	FIELD_LIST(struct alert_rules_page, rows, rows_n, &alert_rule_shape, ALERT_KINDS),
	FIELD_LIST(struct alert_rules_page, people, people_n, &person_shape, BOARD_TECHS_MAX),
	FIELD_BOOL(struct alert_rules_page, texts),
	FIELD_INT(struct alert_rules_page, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape rules_page_shape = {"AlertRulesPage", sizeof(struct alert_rules_page), rules_page_fields};
static const struct field rules_in_fields[] = {
	FIELD_LIST(struct alert_rules_in, rows, rows_n, &alert_rule_shape, ALERT_KINDS),
	FIELD_INT(struct alert_rules_in, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape rules_in_shape = {"AlertRulesIn", sizeof(struct alert_rules_in), rules_in_fields};

#define STORY .story = "alerts.test.mjs"
const struct endpoint office_alerts[] = {
	{GET, "/alerts", .may = MAY(MAY_SEE_BOARD), .query = &alert_query_shape, .out = &alert_page_shape, .run = alerts_get,
	    .help = "What somebody should look at now, or what was seen to, newest first.", STORY},
	{GET, "/alerts.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BOARD), .query = &alert_query_shape, .file = CSV_TYPE, .columns = &alert_columns, .run = alerts_get,
	    .help = "Alerts as their list is filtered.", .story = "exports.test.mjs"},
	{POST, "/alerts/:id/closings", .may = MAY(MAY_DISPATCH), .body = &seen_shape, .run = alert_close,
	    .help = "An alert has been seen to.", STORY},
	{POST, "/alerts/:id/openings", .may = MAY(MAY_DISPATCH), .body = &seen_shape, .run = alert_open,
	    .help = "An alert has not been seen to after all.", STORY},
	{POST, "/alerts/:id/answers", .may = MAY(MAY_DISPATCH), .body = &answer_in_shape, .out = &alert_line_shape,
	    .run = alert_answer, .help = "Answer the technician, who reads it in the app.", STORY},
	{GET, "/alert-rules", .may = MAY(MAY_SEE_BOARD), .out = &rules_page_shape, .run = rules_get,
	    .help = "What becomes an alert, from which limit on, and who is told how.", STORY},
	{PUT, "/alert-rules", .may = MAY(MAY_MANAGE_COMPANY), .body = &rules_in_shape, .out = &rules_page_shape,
	    .run = rules_put, .help = "Change what becomes an alert, and who is told how.", STORY},
	{0}
};

static enum err
alerts_get(struct work *w, const struct call *c)
{
	struct alert_page out;

	TRY(act_alerts(w, c->query, &out));
	return reply_shape(c, &alert_page_shape, &out);
}

static enum err
alert_close(struct work *w, const struct call *c)
{
	const struct seen_in *in = c->body;

	TRY(act_alert_close(w, c->id, in->version));
	return reply_nothing(c);
}

static enum err
alert_open(struct work *w, const struct call *c)
{
	const struct seen_in *in = c->body;

	TRY(act_alert_open(w, c->id, in->version));
	return reply_nothing(c);
}

static enum err
alert_answer(struct work *w, const struct call *c)
{
	struct alert_line out;

	TRY(act_alert_answer(w, c->id, c->body, &out));
	return reply_created(c, &alert_line_shape, &out);
}

static enum err
rules_get(struct work *w, const struct call *c)
{
	struct alert_rules_page out;

	TRY(act_alert_rules(w, &out));
	return reply_shape(c, &rules_page_shape, &out);
}

static enum err
rules_put(struct work *w, const struct call *c)
{
	struct alert_rules_page out;

	TRY(act_alert_rules_change(w, c->body, &out));
	return reply_shape(c, &rules_page_shape, &out);
}
