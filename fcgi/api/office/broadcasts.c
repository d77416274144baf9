/*
 * fcgi/api/office/broadcasts.c -- one text to many: looked at, tried, sent, watched, called off.
 */
#include "fcgi/acts/broadcasts.h"

#include "fcgi/acts/search.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_broadcasts[];

static enum err make(struct work *w, const struct call *c);
static enum err matching(struct work *w, const struct call *c);
static enum err try_it(struct work *w, const struct call *c);
static enum err list(struct work *w, const struct call *c);
static enum err one(struct work *w, const struct call *c);
static enum err end(struct work *w, const struct call *c);

static const struct field words_fields[] = {
	FIELD_BOOL(struct broadcast_words, by_sms),
	FIELD_BOOL(struct broadcast_words, by_email),
	FIELD_LINES(struct broadcast_words, sms_en, 0, WORDS_SMS_MAX),
	FIELD_LINES(struct broadcast_words, sms_es, 0, WORDS_SMS_MAX),
	FIELD_TEXT(struct broadcast_words, subject_en, 0, WORDS_SUBJECT_MAX),
	FIELD_TEXT(struct broadcast_words, subject_es, 0, WORDS_SUBJECT_MAX),
	FIELD_LINES(struct broadcast_words, mail_en, 0, WORDS_MAIL_MAX),
	FIELD_LINES(struct broadcast_words, mail_es, 0, WORDS_MAIL_MAX),
	FIELD_END
};
static const struct shape words_shape = {"BroadcastWords", sizeof(struct broadcast_words), words_fields};
static const struct field wish_fields[] = {
	FIELD_LIST(struct broadcast_wish, ids, ids_n, &customer_id_shape, BROADCAST_CUSTOMERS_MAX),
	FIELD_SHAPE(struct broadcast_wish, words, &words_shape),
	FIELD_BOOL(struct broadcast_wish, dry),
	FIELD_MAYBE_INT(struct broadcast_wish, expect, 0, INT32_MAX),
	FIELD_END
};
static const struct shape wish_shape = {"BroadcastWish", sizeof(struct broadcast_wish), wish_fields};
static const struct field matching_fields[] = {
	FIELD_SHAPE(struct broadcast_wish, words, &words_shape),
	FIELD_BOOL(struct broadcast_wish, dry),
	FIELD_MAYBE_INT(struct broadcast_wish, expect, 0, INT32_MAX),
	FIELD_END
};
static const struct shape matching_shape = {"BroadcastMatching", sizeof(struct broadcast_wish), matching_fields};
static const struct field look_fields[] = {
	FIELD_MAYBE_ID(struct broadcast_look, id),
	FIELD_INT(struct broadcast_look, customers, 0, INT32_MAX),
	FIELD_INT(struct broadcast_look, reached, 0, INT32_MAX),
	FIELD_INT(struct broadcast_look, texts, 0, INT32_MAX),
	FIELD_INT(struct broadcast_look, mails, 0, INT32_MAX),
	FIELD_INT(struct broadcast_look, stopped, 0, INT32_MAX),
	FIELD_INT(struct broadcast_look, segments, 0, INT32_MAX),
	FIELD_INT(struct broadcast_look, price_milli, 0, INT64_C(1000000000000)),
	FIELD_TEXT(struct broadcast_look, to, 0, 120),
	FIELD_LINES(struct broadcast_look, text, 0, 4 * WORDS_SMS_MAX),
	FIELD_TEXT(struct broadcast_look, subject, 0, 400),
	FIELD_LINES(struct broadcast_look, mail, 0, TEMPLATE_BODY_BYTES),
	FIELD_END
};
static const struct shape look_shape = {"BroadcastLook", sizeof(struct broadcast_look), look_fields};
static const char *const state_names[] = {"", "", "", "running", "done", "", "ended", NULL};
static const struct field line_fields[] = {
	FIELD_ID(struct broadcast_line, id),
	FIELD_ENUM(struct broadcast_line, state, state_names),
	FIELD_TIME(struct broadcast_line, made_at),
	FIELD_MAYBE_TEXT(struct broadcast_line, staff_name, 0, 120),
	FIELD_INT(struct broadcast_line, customers, 0, INT32_MAX),
	FIELD_INT(struct broadcast_line, done, 0, INT32_MAX),
	FIELD_INT(struct broadcast_line, waiting, 0, INT32_MAX),
	FIELD_INT(struct broadcast_line, sent, 0, INT32_MAX),
	FIELD_INT(struct broadcast_line, delivered, 0, INT32_MAX),
	FIELD_INT(struct broadcast_line, failed, 0, INT32_MAX),
	FIELD_INT(struct broadcast_line, withdrawn, 0, INT32_MAX),
	FIELD_MAYBE_TIME(struct broadcast_line, waits_until),
	FIELD_LINES(struct broadcast_line, words, 0, 700),
	FIELD_END
};
static const struct shape line_shape = {"BroadcastLine", sizeof(struct broadcast_line), line_fields};
static const struct field list_fields[] = {
	FIELD_LIST(struct broadcasts, rows, rows_n, &line_shape, BROADCASTS_PAGE), FIELD_MAYBE_ID(struct broadcasts, next), FIELD_END};
static const struct shape list_shape = {"Broadcasts", sizeof(struct broadcasts), list_fields};
static const struct field query_fields[] = {FIELD_MAYBE_ID(struct broadcasts_query, before), FIELD_END};
static const struct shape query_shape = {"BroadcastsQuery", sizeof(struct broadcasts_query), query_fields};

#define MAY_SEND (MAY(MAY_MESSAGE) | MAY(MAY_SEE_CUSTOMERS))
#define STORY .story = "messages.test.mjs"
const struct endpoint office_broadcasts[] = {
	{GET, "/broadcasts", .may = MAY(MAY_MESSAGE), .query = &query_shape, .out = &list_shape, .run = list,
	    .help = "The last texts to many, and how far each is.", STORY},
	{POST, "/broadcasts", .may = MAY_SEND, .body = &wish_shape, .out = &look_shape, .run = make,
	    .help = "One text to these customers; dry: only look at how many, what it costs and how it reads.", STORY},
	{POST, "/broadcasts/matching", .may = MAY_SEND, .query = &customers_filter_shape, .body = &matching_shape, .out = &look_shape,
	    .run = matching, .help = "One text to everybody who matches; dry: only look.", STORY},
	{POST, "/broadcast-tests", .may = MAY(MAY_MESSAGE), .body = &words_shape, .out = &look_shape, .run = try_it,
	    .help = "The same words to whoever asks, and to nobody else.", STORY},
	{GET, "/broadcasts/:id", .may = MAY(MAY_MESSAGE), .out = &line_shape, .run = one, .help = "How far a text to many is.", STORY},
	{DELETE, "/broadcasts/:id", .may = MAY(MAY_MESSAGE), .out = &line_shape, .run = end,
	    .help = "Call it off: what has not left yet stays here.", STORY},
	{0}
};

static enum err
make(struct work *w, const struct call *c)
{
	struct broadcast_look out;

	TRY(act_broadcast(w, c->body, &out));
	return reply_created(c, &look_shape, &out);
}

static enum err
matching(struct work *w, const struct call *c)
{
	struct broadcast_wish wish = *(const struct broadcast_wish *)c->body;
	struct broadcast_look out;

	TRY(act_customers_matching(w, c->query, 0, BROADCAST_MATCHING_MAX, &wish.ids, &wish.ids_n));
	TRY(act_broadcast(w, &wish, &out));
	return reply_created(c, &look_shape, &out);
}

static enum err
try_it(struct work *w, const struct call *c)
{
	struct broadcast_look out;

	TRY(act_broadcast_try(w, c->body, &out));
	return reply_created(c, &look_shape, &out);
}

static enum err
list(struct work *w, const struct call *c)
{
	struct broadcasts out;

	TRY(act_broadcasts(w, c->query, &out));
	return reply_shape(c, &list_shape, &out);
}

static enum err
one(struct work *w, const struct call *c)
{
	struct broadcast_line out;

	TRY(act_broadcast_one(w, c->id, &out));
	return reply_shape(c, &line_shape, &out);
}

static enum err
end(struct work *w, const struct call *c)
{
	struct broadcast_line out;

	TRY(act_broadcast_end(w, c->id, &out));
	return reply_shape(c, &line_shape, &out);
}
