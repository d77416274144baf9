/*
 * fcgi/api/office/occasions.c -- the table of rules: what is said to customers when, and how it looks.
 */
#include "fcgi/acts/occasions.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_occasions[];

static enum err occasions_get(struct work *w, const struct call *c);
static enum err occasion_put(struct work *w, const struct call *c);
static enum err occasion_drop(struct work *w, const struct call *c);
static enum err words_look(struct work *w, const struct call *c);
static enum err review_put(struct work *w, const struct call *c);

static const struct field rule_fields[] = {
	FIELD_ENUM(struct occasion_rule, occasion, occasion_names),
	FIELD_ENUM(struct occasion_rule, sms, telling_names),
	FIELD_ENUM(struct occasion_rule, email, telling_names),
	FIELD_ENUM(struct occasion_rule, call, telling_names),
	FIELD_LINES(struct occasion_rule, sms_en, 0, WORDS_SMS_MAX),
	FIELD_LINES(struct occasion_rule, sms_es, 0, WORDS_SMS_MAX),
	FIELD_TEXT(struct occasion_rule, subject_en, 0, WORDS_SUBJECT_MAX),
	FIELD_TEXT(struct occasion_rule, subject_es, 0, WORDS_SUBJECT_MAX),
	FIELD_LINES(struct occasion_rule, mail_en, 0, WORDS_MAIL_MAX),
	FIELD_LINES(struct occasion_rule, mail_es, 0, WORDS_MAIL_MAX),
	FIELD_TEXT(struct occasion_rule, call_en, 0, WORDS_CALL_MAX),
	FIELD_TEXT(struct occasion_rule, call_es, 0, WORDS_CALL_MAX),
	FIELD_INT(struct occasion_rule, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape rule_shape = {"OccasionRule", sizeof(struct occasion_rule), rule_fields};
static const struct field name_fields[] = {FIELD_TEXT(struct occasion_name, name, 1, 32), FIELD_END};
static const struct shape name_shape = {"OccasionName", sizeof(struct occasion_name), name_fields};
static const struct field line_fields[] = {
	FIELD_SHAPE(struct occasion_line, rule, &rule_shape),
	FIELD_BOOL(struct occasion_line, marketing),
	FIELD_BOOL(struct occasion_line, quiet),
	FIELD_BOOL(struct occasion_line, rings),
	FIELD_BOOL(struct occasion_line, own),
	FIELD_LINES(struct occasion_line, usual_sms_en, 0, WORDS_SMS_MAX),
	FIELD_LINES(struct occasion_line, usual_sms_es, 0, WORDS_SMS_MAX),
	FIELD_TEXT(struct occasion_line, usual_subject_en, 0, WORDS_SUBJECT_MAX),
	FIELD_TEXT(struct occasion_line, usual_subject_es, 0, WORDS_SUBJECT_MAX),
	FIELD_LINES(struct occasion_line, usual_mail_en, 0, WORDS_MAIL_MAX),
	FIELD_LINES(struct occasion_line, usual_mail_es, 0, WORDS_MAIL_MAX),
	FIELD_TEXT(struct occasion_line, usual_call_en, 0, WORDS_CALL_MAX),
	FIELD_TEXT(struct occasion_line, usual_call_es, 0, WORDS_CALL_MAX),
	FIELD_LIST(struct occasion_line, names, names_n, &name_shape, TEMPLATE_VALUES_MAX),
	FIELD_END
};
static const struct shape line_shape = {"OccasionLine", sizeof(struct occasion_line), line_fields};
static const struct field page_fields[] = {
	FIELD_LIST(struct occasion_page, rows, rows_n, &line_shape, OCCASIONS),
	FIELD_TEXT(struct occasion_page, number, 0, 24),
	FIELD_TEXT(struct occasion_page, review_url, 0, 300),
	FIELD_END
};
static const struct shape page_shape = {"OccasionPage", sizeof(struct occasion_page), page_fields};

static const struct field query_fields[] = {FIELD_MAYBE_ID(struct occasion_query, service_id), FIELD_END};
static const struct shape query_shape = {"OccasionQuery", sizeof(struct occasion_query), query_fields};
static const struct field drop_fields[] = {FIELD_ID(struct occasion_drop, service_id),
	FIELD_ENUM(struct occasion_drop, occasion, occasion_names), FIELD_INT(struct occasion_drop, version, 1, INT32_MAX), FIELD_END};
static const struct shape drop_shape = {"OccasionDrop", sizeof(struct occasion_drop), drop_fields};
static const struct field try_fields[] = {
	FIELD_ENUM(struct words_try, occasion, occasion_names),
	FIELD_ENUM(struct words_try, medium, medium_names),
	FIELD_ENUM(struct words_try, language, language_tags),
	FIELD_TEXT(struct words_try, subject, 0, WORDS_SUBJECT_MAX),
	FIELD_LINES(struct words_try, text, 0, WORDS_MAIL_MAX),
	FIELD_MAYBE_ID(struct words_try, customer_id),
	FIELD_END
};
static const struct shape try_shape = {"WordsTry", sizeof(struct words_try), try_fields};
static const struct field shown_fields[] = {
	FIELD_TEXT(struct words_shown, to, 0, 120),
	FIELD_TEXT(struct words_shown, subject, 0, 400),
	FIELD_LINES(struct words_shown, text, 0, TEMPLATE_BODY_BYTES),
	FIELD_INT(struct words_shown, letters, 0, 100000),
	FIELD_INT(struct words_shown, segments, 0, 1000),
	FIELD_BOOL(struct words_shown, wide),
	FIELD_TEXT(struct words_shown, first_wide, 0, 4),
	FIELD_LINES(struct words_shown, narrow, 0, 4 * WORDS_SMS_MAX),
	FIELD_INT(struct words_shown, price_milli, 0, 10000000),
	FIELD_END
};
static const struct shape shown_shape = {"WordsShown", sizeof(struct words_shown), shown_fields};
struct review_in {
	struct str url;
};
static const struct field review_fields[] = {FIELD_TEXT(struct review_in, url, 0, 300), FIELD_END};
static const struct shape review_shape = {"ReviewPage", sizeof(struct review_in), review_fields};

#define STORY .story = "messages.test.mjs"
const struct endpoint office_occasions[] = {
	{GET, "/occasions", .may = MAY(MAY_MESSAGE), .query = &query_shape, .out = &page_shape, .run = occasions_get,
	    .help = "What is said to customers when, by what, in which words.", STORY},
	{PUT, "/occasions", .may = MAY(MAY_MANAGE_COMPANY), .query = &query_shape, .body = &rule_shape, .out = &page_shape,
	    .run = occasion_put,
	    .help = "Change one occasion: off, on or after a yes, and its words; of all visits, or of those of one service.", STORY},
	{DELETE, "/occasions", .may = MAY(MAY_MANAGE_COMPANY), .query = &drop_shape, .out = &page_shape, .run = occasion_drop,
	    .help = "A service says again what the company says.", STORY},
	{POST, "/occasion-looks", .may = MAY(MAY_MESSAGE), .body = &try_shape, .out = &shown_shape, .run = words_look,
	    .help = "How words look with the name of a customer, and what a text of them costs.", STORY},
	{PUT, "/review-page", .may = MAY(MAY_MANAGE_COMPANY), .body = &review_shape, .out = &page_shape, .run = review_put,
	    .help = "Where customers write about the company.", STORY},
	{0}
};

static enum err
occasions_get(struct work *w, const struct call *c)
{
	struct occasion_page out;

	TRY(act_occasions(w, c->query, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
occasion_put(struct work *w, const struct call *c)
{
	struct occasion_page out;

	TRY(act_occasion_keep(w, c->query, c->body, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
occasion_drop(struct work *w, const struct call *c)
{
	struct occasion_page out;

	TRY(act_occasion_drop(w, c->query, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
words_look(struct work *w, const struct call *c)
{
	struct words_shown out;

	TRY(act_words_try(w, c->body, &out));
	return reply_shape(c, &shown_shape, &out);
}

static enum err
review_put(struct work *w, const struct call *c)
{
	const struct review_in *in = c->body;
	struct occasion_page out;

	TRY(act_review_url(w, in->url, &out));
	return reply_shape(c, &page_shape, &out);
}
