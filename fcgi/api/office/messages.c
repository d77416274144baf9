/*
 * fcgi/api/office/messages.c -- the inbox: threads and what is said in them.
 */
#include "fcgi/acts/conversations.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_messages[];

static enum err inbox_get(struct work *w, const struct call *c);
static enum err counts_get(struct work *w, const struct call *c);
static enum err thread_get(struct work *w, const struct call *c);
static enum err thread_start(struct work *w, const struct call *c);
static enum err thread_say(struct work *w, const struct call *c);
static enum err thread_free(struct work *w, const struct call *c);
static enum err thread_set(struct work *w, const struct call *c);
static enum err thread_seen(struct work *w, const struct call *c);
static enum err thread_typing(struct work *w, const struct call *c);
static enum err thread_lead(struct work *w, const struct call *c);
static enum err address_lift(struct work *w, const struct call *c);
static enum err message_release(struct work *w, const struct call *c);
static enum err message_withdraw(struct work *w, const struct call *c);
static enum err code_show(struct work *w, const struct call *c);
static enum err replies_get(struct work *w, const struct call *c);
static enum err reply_add(struct work *w, const struct call *c);
static enum err reply_put(struct work *w, const struct call *c);
static enum err reply_drop(struct work *w, const struct call *c);

static const struct field line_fields[] = {
	FIELD_ID(struct conversation_line_row, id),
	FIELD_TEXT(struct conversation_line_row, name, 0, 254),
	FIELD_TEXT(struct conversation_line_row, address, 0, 254),
	FIELD_TEXT(struct conversation_line_row, language, 0, 2),
	FIELD_ENUM(struct conversation_line_row, state, conversation_state_names),
	FIELD_TEXT(struct conversation_line_row, staff, 0, 120),
	FIELD_TIME(struct conversation_line_row, snoozed_until),
	FIELD_INT(struct conversation_line_row, unread, 0, INT32_MAX),
	FIELD_TIME(struct conversation_line_row, waits_since),
	FIELD_TIME(struct conversation_line_row, last_at),
	FIELD_LINES(struct conversation_line_row, last_words, 0, 160),
	FIELD_INT(struct conversation_line_row, last_medium, 0, MEDIUMS),
	FIELD_INT(struct conversation_line_row, last_direction, 0, DIRECTIONS),
	FIELD_ENUM(struct conversation_line_row, outcome, talk_outcome_names),
	FIELD_BOOL(struct conversation_line_row, stranger),
	FIELD_BOOL(struct conversation_line_row, became_job),
	FIELD_ENUM(struct conversation_line_row, asks, intent_names),
	FIELD_TIME(struct conversation_line_row, kept_until),
	FIELD_INT(struct conversation_line_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape line_shape = {"InboxLine", sizeof(struct conversation_line_row), line_fields};
static const struct field count_fields[] = {
	FIELD_INT(struct inbox_count_row, waiting, 0, INT32_MAX),
	FIELD_INT(struct inbox_count_row, mine, 0, INT32_MAX),
	FIELD_INT(struct inbox_count_row, unread, 0, INT32_MAX),
	FIELD_TIME(struct inbox_count_row, oldest),
	FIELD_END
};
static const struct shape count_shape = {"InboxCounts", sizeof(struct inbox_count_row), count_fields};
static const struct field page_fields[] = {
	FIELD_LIST(struct inbox_page, rows, rows_n, &line_shape, INBOX_PAGE),
	FIELD_MAYBE_TIME(struct inbox_page, next),
	FIELD_SHAPE(struct inbox_page, counts, &count_shape),
	FIELD_END
};
static const struct shape page_shape = {"InboxPage", sizeof(struct inbox_page), page_fields};
static const struct field query_fields[] = {
	FIELD_TEXT(struct inbox_query, list, 0, 12),
	FIELD_TEXT(struct inbox_query, q, 0, 80),
	FIELD_MAYBE_BOOL(struct inbox_query, unread),
	FIELD_TEXT(struct inbox_query, outcome, 0, 12),
	FIELD_MAYBE_TIME(struct inbox_query, before),
	FIELD_END
};
static const struct shape query_shape = {"InboxQuery", sizeof(struct inbox_query), query_fields};

static const struct field row_fields[] = {
	FIELD_ID(struct message_line_row, id),
	FIELD_ENUM(struct message_line_row, direction, direction_names),
	FIELD_ENUM(struct message_line_row, medium, medium_names),
	FIELD_ENUM(struct message_line_row, state, message_state_names),
	FIELD_TEXT(struct message_line_row, address, 0, 254),
	FIELD_TEXT(struct message_line_row, subject, 0, 400),
	FIELD_LINES(struct message_line_row, body, 0, 4 * MESSAGE_BODY_MAX),
	FIELD_MAYBE_TEXT(struct message_line_row, staff, 0, 120),
	FIELD_ENUM(struct message_line_row, ref_kind, record_kind_names),
	FIELD_TIME(struct message_line_row, at),
	FIELD_TIME(struct message_line_row, due_at),
	FIELD_MAYBE_TIME(struct message_line_row, sent_at),
	FIELD_MAYBE_TIME(struct message_line_row, ended_at),
	FIELD_INT(struct message_line_row, segments, 0, 100),
	FIELD_TEXT(struct message_line_row, problem, 0, 200),
	FIELD_INT(struct message_line_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape row_shape = {"MessageRow", sizeof(struct message_line_row), row_fields};
static const struct field message_fields[] = {
	FIELD_SHAPE(struct thread_message, row, &row_shape),
	FIELD_TEXT(struct thread_message, occasion, 0, 20),
	FIELD_LINES(struct thread_message, quoted, 0, MESSAGE_BODY_MAX),
	FIELD_LIST(struct thread_message, files, files_n, &message_file_shape, MESSAGE_FILES_MAX),
	FIELD_BOOL(struct thread_message, code),
	FIELD_END
};
static const struct shape message_shape = {"ThreadMessage", sizeof(struct thread_message), message_fields};
static const struct field code_fields[] = {FIELD_TEXT(struct message_code, code, 1, 40), FIELD_END};
static const struct shape code_shape = {"MessageCode", sizeof(struct message_code), code_fields};
static const struct field way_fields[] = {
	FIELD_ENUM(struct thread_way, medium, medium_names),
	FIELD_TEXT(struct thread_way, address, 0, 254),
	FIELD_TEXT(struct thread_way, name, 0, 120),
	FIELD_BOOL(struct thread_way, stopped),
	FIELD_TEXT(struct thread_way, gone, 0, 200),
	FIELD_END
};
static const struct shape way_shape = {"ThreadWay", sizeof(struct thread_way), way_fields};
static const struct field kept_fields[] = {FIELD_DAY(struct thread_kept, day), FIELD_INT(struct thread_kept, minute, 0, 1440),
	FIELD_ID(struct thread_kept, tech_id), FIELD_TEXT(struct thread_kept, tech, 0, 120), FIELD_TIME(struct thread_kept, until), FIELD_END};
static const struct shape kept_shape = {"ThreadKept", sizeof(struct thread_kept), kept_fields};
static const struct field thread_fields[] = {
	FIELD_SHAPE(struct thread, row, &line_shape),
	FIELD_MAYBE_ID(struct thread, customer_id),
	FIELD_MAYBE_ID(struct thread, staff_id),
	FIELD_TEXT(struct thread, place, 0, 250),
	FIELD_TEXT(struct thread, standing, 0, 20),
	FIELD_LIST(struct thread, messages, messages_n, &message_shape, THREAD_PAGE),
	FIELD_MAYBE_ID(struct thread, next),
	FIELD_LIST(struct thread, ways, ways_n, &way_shape, THREAD_WAYS_MAX),
	FIELD_TEXT(struct thread, typing, 0, 120),
	FIELD_TEXT(struct thread, number, 0, 24),
	FIELD_LIST(struct thread, kept, kept_n, &kept_shape, 1),
	FIELD_END
};
static const struct shape thread_shape = {"Thread", sizeof(struct thread), thread_fields};
static const struct field thread_query_fields[] = {FIELD_MAYBE_ID(struct thread_query, before), FIELD_END};
static const struct shape thread_query_shape = {"ThreadQuery", sizeof(struct thread_query), thread_query_fields};

static const struct field keep_fields[] = {FIELD_ID(struct booking_keep, property_id), FIELD_ID(struct booking_keep, service_id),
	FIELD_ID(struct booking_keep, tech_id), FIELD_DAY(struct booking_keep, day), FIELD_INT(struct booking_keep, minute, 0, 1439), FIELD_END};
static const struct shape keep_shape = {"ThreadKeep", sizeof(struct booking_keep), keep_fields};
static const struct field say_fields[] = {
	FIELD_ENUM(struct thread_say, medium, medium_names),
	FIELD_TEXT(struct thread_say, address, 0, 254),
	FIELD_TEXT(struct thread_say, subject, 0, 150),
	FIELD_LINES(struct thread_say, text, 1, 4000),
	FIELD_TEXT(struct thread_say, key, 0, 64),
	FIELD_MAYBE_ID(struct thread_say, picture),
	FIELD_LIST(struct thread_say, keep, keep_n, &keep_shape, 1),
	FIELD_END
};
static const struct shape say_shape = {"ThreadSay", sizeof(struct thread_say), say_fields};
static const struct field set_fields[] = {
	FIELD_ENUM(struct thread_set, state, conversation_state_names),
	FIELD_MAYBE_ID(struct thread_set, staff_id),
	FIELD_TIME(struct thread_set, snoozed_until),
	FIELD_INT(struct thread_set, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape set_shape = {"ThreadSet", sizeof(struct thread_set), set_fields};
static const struct field lead_fields[] = {
	FIELD_TEXT(struct thread_lead, name, 0, 120), FIELD_MAYBE_ID(struct thread_lead, customer_id), FIELD_END};
static const struct shape lead_shape = {"ThreadLead", sizeof(struct thread_lead), lead_fields};
static const struct field start_fields[] = {FIELD_ID(struct thread_start, customer_id), FIELD_END};
static const struct shape start_shape = {"ThreadStart", sizeof(struct thread_start), start_fields};
struct held_in {
	uint32_t version;
};
static const struct field held_fields[] = {FIELD_INT(struct held_in, version, 1, INT32_MAX), FIELD_END};
static const struct shape held_shape = {"MessageHeld", sizeof(struct held_in), held_fields};
struct release_in {
	uint32_t version;
	struct maybe_str text;
};
static const struct field release_fields[] = {
	FIELD_INT(struct release_in, version, 1, INT32_MAX), FIELD_MAYBE_TEXT(struct release_in, text, 1, 1600), FIELD_END};
static const struct shape release_shape = {"MessageRelease", sizeof(struct release_in), release_fields};

struct lift_in {
	struct str address;
};
static const struct field lift_fields[] = {FIELD_TEXT(struct lift_in, address, 3, 254), FIELD_END};
static const struct shape lift_shape = {"AddressLift", sizeof(struct lift_in), lift_fields};

static const struct field reply_fields[] = {
	FIELD_ID(struct reply_row, id), FIELD_TEXT(struct reply_row, name, 0, 80), FIELD_LINES(struct reply_row, text, 0, 2000),
	FIELD_INT(struct reply_row, version, 1, INT32_MAX), FIELD_END};
static const struct shape reply_row_shape = {"SavedReply", sizeof(struct reply_row), reply_fields};
static const struct field replies_fields[] = {
	FIELD_LIST(struct reply_list, rows, rows_n, &reply_row_shape, REPLIES_MAX), FIELD_END};
static const struct shape replies_shape = {"SavedReplies", sizeof(struct reply_list), replies_fields};
static const struct field reply_in_fields[] = {
	FIELD_TEXT(struct reply_in, name, 1, 60), FIELD_LINES(struct reply_in, text, 1, 2000),
	FIELD_INT(struct reply_in, version, 0, INT32_MAX), FIELD_END};
static const struct shape reply_in_shape = {"SavedReplyIn", sizeof(struct reply_in), reply_in_fields};

#define STORY .story = "messages.test.mjs"
#define LOOK .may = MAY(MAY_MESSAGE)
const struct endpoint office_messages[] = {
	{GET, "/inbox", LOOK, .query = &query_shape, .out = &page_shape, .run = inbox_get,
	    .help = "Threads with customers and strangers, the last one first.", STORY},
	{GET, "/inbox/counts", LOOK, .out = &count_shape, .run = counts_get, .help = "How many wait for an answer.", STORY},
	{POST, "/threads", LOOK, .body = &start_shape, .out = &thread_shape, .run = thread_start,
	    .help = "The thread of a customer, to write first.", STORY},
	{GET, "/threads/:id", LOOK, .query = &thread_query_shape, .out = &thread_shape, .run = thread_get,
	    .help = "What was said, the last sixty words of it or those before, and how to answer.", STORY},
	{POST, "/threads/:id/messages", LOOK, .body = &say_shape, .out = &thread_shape, .run = thread_say,
	    .help = "Answer by text, mail or on the customer's pages; or note something for the office.", STORY},
	{PUT, "/threads/:id", LOOK, .body = &set_shape, .out = &thread_shape, .run = thread_set,
	    .help = "Who looks after it, until when it rests, whether it is done.", STORY},
	{DELETE, "/threads/:id/kept", LOOK, .out = &thread_shape, .run = thread_free,
	    .help = "The hour that was offered there is anybody's again.", STORY},
	{POST, "/threads/:id/looks", LOOK, .run = thread_seen, .help = "Somebody has read it.", STORY},
	{POST, "/threads/:id/typings", LOOK, .run = thread_typing, .help = "Somebody is writing an answer.", STORY},
	{POST, "/threads/:id/leads", .may = MAY(MAY_MESSAGE) | MAY(MAY_EDIT_CUSTOMERS), .body = &lead_shape, .out = &thread_shape, .run = thread_lead,
	    .help = "A stranger becomes a customer, or is one that we know.", STORY},
	{POST, "/addresses/lifts", LOOK, .body = &lift_shape, .run = address_lift,
	    .help = "Try an address again that mail came back from.", STORY},
	{POST, "/messages/:id/releases", LOOK, .body = &release_shape, .out = &thread_shape, .run = message_release,
	    .help = "Say yes to a message that waits for it, or to other words of it.", STORY},
	{POST, "/messages/:id/withdrawals", LOOK, .body = &held_shape, .out = &thread_shape, .run = message_withdraw,
	    .help = "Say no to a message that waits.", STORY},
	{POST, "/messages/:id/codes", .may = MAY(MAY_MESSAGE) | MAY(MAY_SEE_CODES), .out = &code_shape, .run = code_show,
	    .help = "Show the code of a gate that was said; who saw it is recorded.", .story = "voice.test.mjs"},
	{GET, "/saved-replies", LOOK, .out = &replies_shape, .run = replies_get, .help = "Answers that were saved.", STORY},
	{POST, "/saved-replies", LOOK, .body = &reply_in_shape, .out = &replies_shape, .run = reply_add, .help = "Save an answer.", STORY},
	{PUT, "/saved-replies/:id", LOOK, .body = &reply_in_shape, .out = &replies_shape, .run = reply_put,
	    .help = "Change a saved answer.", STORY},
	{DELETE, "/saved-replies/:id", LOOK, .query = &held_shape, .out = &replies_shape, .run = reply_drop,
	    .help = "Forget a saved answer.", STORY},
	{0}
};

static enum err
reply_thread(struct work *w, const struct call *c, uint64_t id)
{
	const struct thread_query q = {{0}};
	struct thread out;

	TRY(act_thread(w, id, &q, &out));
	return reply_shape(c, &thread_shape, &out);
}

static enum err
inbox_get(struct work *w, const struct call *c)
{
	struct inbox_page out;

	TRY(act_inbox(w, c->query, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
counts_get(struct work *w, const struct call *c)
{
	struct inbox_count_row out;

	TRY(act_inbox_counts(w, &out));
	return reply_shape(c, &count_shape, &out);
}

static enum err
thread_get(struct work *w, const struct call *c)
{
	struct thread out;

	TRY(act_thread(w, c->id, c->query, &out));
	return reply_shape(c, &thread_shape, &out);
}

static enum err
thread_start(struct work *w, const struct call *c)
{
	const struct thread_start *in = c->body;
	uint64_t id;

	TRY(act_thread_start(w, in->customer_id, &id));
	return reply_thread(w, c, id);
}

static enum err
thread_say(struct work *w, const struct call *c)
{
	TRY(act_thread_say(w, c->id, c->body));
	return reply_thread(w, c, c->id);
}

static enum err
thread_free(struct work *w, const struct call *c)
{
	TRY(act_thread_free(w, c->id));
	return reply_thread(w, c, c->id);
}

static enum err
thread_set(struct work *w, const struct call *c)
{
	TRY(act_thread_set(w, c->id, c->body));
	return reply_thread(w, c, c->id);
}

static enum err
thread_seen(struct work *w, const struct call *c)
{
	TRY(act_thread_seen(w, c->id));
	return reply_nothing(c);
}

static enum err
thread_typing(struct work *w, const struct call *c)
{
	TRY(act_thread_typing(w, c->id));
	return reply_nothing(c);
}

static enum err
thread_lead(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_thread_lead(w, c->id, c->body, &customer_id));
	return reply_thread(w, c, c->id);
}

static enum err
address_lift(struct work *w, const struct call *c)
{
	const struct lift_in *in = c->body;

	TRY(act_address_lift(w, in->address));
	return reply_nothing(c);
}

static enum err
message_release(struct work *w, const struct call *c)
{
	const struct release_in *in = c->body;
	uint64_t id;

	TRY(act_message_release(w, c->id, in->version, in->text, &id));
	return reply_thread(w, c, id);
}

static enum err
message_withdraw(struct work *w, const struct call *c)
{
	const struct held_in *in = c->body;
	uint64_t id;

	TRY(act_message_withdraw(w, c->id, in->version, &id));
	return reply_thread(w, c, id);
}

static enum err
code_show(struct work *w, const struct call *c)
{
	struct message_code out;

	TRY(act_message_code_show(w, c->id, &out));
	return reply_shape(c, &code_shape, &out);
}

static enum err
reply_list(struct work *w, const struct call *c)
{
	struct reply_list out;

	TRY(act_replies(w, &out));
	return reply_shape(c, &replies_shape, &out);
}

static enum err
replies_get(struct work *w, const struct call *c)
{
	return reply_list(w, c);
}

static enum err
reply_add(struct work *w, const struct call *c)
{
	TRY(act_reply_keep(w, 0, c->body));
	return reply_list(w, c);
}

static enum err
reply_put(struct work *w, const struct call *c)
{
	TRY(act_reply_keep(w, c->id, c->body));
	return reply_list(w, c);
}

static enum err
reply_drop(struct work *w, const struct call *c)
{
	const struct held_in *in = c->query;

	TRY(act_reply_drop(w, c->id, in->version));
	return reply_list(w, c);
}
