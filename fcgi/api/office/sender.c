/*
 * fcgi/api/office/sender.c -- mails from the company's own address: what its domain must say, and what it says.
 */
#include "domain/messaging/mail.h"
#include "fcgi/acts/sender.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_sender[];

static enum err sender_get(struct work *w, const struct call *c);
static enum err sender_put(struct work *w, const struct call *c);
static enum err sender_check(struct work *w, const struct call *c);

static const struct field record_fields[] = {
	FIELD_TEXT(struct sender_record, what, 0, 8),
	FIELD_TEXT(struct sender_record, name, 0, 300),
	FIELD_TEXT(struct sender_record, value, 0, 600),
	FIELD_TEXT(struct sender_record, found, 0, 600),
	FIELD_ENUM(struct sender_record, state, record_state_names),
	FIELD_END
};
static const struct shape record_shape = {"SenderRecord", sizeof(struct sender_record), record_fields};
static const struct field sender_fields[] = {
	FIELD_TEXT(struct sender, address, 0, MAIL_ADDRESS_MAX),
	FIELD_LIST(struct sender, records, records_n, &record_shape, SENDER_RECORDS),
	FIELD_BOOL(struct sender, good),
	FIELD_MAYBE_TIME(struct sender, checked_at),
	FIELD_TEXT(struct sender, house, 0, 300),
	FIELD_INT(struct sender, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape sender_shape = {"Sender", sizeof(struct sender), sender_fields};
static const struct field set_fields[] = {FIELD_TEXT(struct sender_set, address, 0, MAIL_ADDRESS_MAX),
	FIELD_INT(struct sender_set, version, 0, INT32_MAX), FIELD_END};
static const struct shape set_shape = {"SenderSet", sizeof(struct sender_set), set_fields};

#define LOOK .may = MAY(MAY_MANAGE_COMPANY), .story = "messages.test.mjs"
const struct endpoint office_sender[] = {
	{GET, "/sender", LOOK, .out = &sender_shape, .run = sender_get, .help = "Whose address mails come from, and what its domain must say."},
	{PUT, "/sender", LOOK, .body = &set_shape, .out = &sender_shape, .run = sender_put, .help = "Mails are to come from this address."},
	{POST, "/sender/checks", LOOK, .out = &sender_shape, .run = sender_check, .help = "Ask the domain now."},
	{0}
};

static enum err
sender_get(struct work *w, const struct call *c)
{
	struct sender out;

	TRY(act_sender(w, &out));
	return reply_shape(c, &sender_shape, &out);
}

static enum err
sender_put(struct work *w, const struct call *c)
{
	TRY(act_sender_set(w, c->body));
	return sender_get(w, c);
}

static enum err
sender_check(struct work *w, const struct call *c)
{
	TRY(act_sender_check(w));
	return sender_get(w, c);
}
