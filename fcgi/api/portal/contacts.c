/*
 * fcgi/api/portal/contacts.c -- the people of a customer's own account: how they are reached, and what they want to hear of.
 */
#include "domain/messaging/mail.h"
#include "fcgi/acts/contacts.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_contacts[];

static enum err list(struct work *w, const struct call *c);
static enum err make(struct work *w, const struct call *c);
static enum err change(struct work *w, const struct call *c);
static enum err answer(struct work *w, const struct call *c);

static const struct field contact_fields[] = {
	FIELD_ID(struct contact_row, id),
	FIELD_TEXT(struct contact_row, name, 0, 120),
	FIELD_TEXT(struct contact_row, phone, 0, 40),
	FIELD_TEXT(struct contact_row, email, 0, 254),
	FIELD_TEXT(struct contact_row, language, 0, 2),
	FIELD_SET(struct contact_row, by_sms, message_kind_names),
	FIELD_SET(struct contact_row, by_email, message_kind_names),
	FIELD_SET(struct contact_row, by_voice, message_kind_names),
	FIELD_INT(struct contact_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape contact_shape = {"PortalContact", sizeof(struct contact_row), contact_fields};

static const struct field contacts_fields[] = {
	FIELD_LIST(struct own_contacts, rows, rows_n, &contact_shape, CONTACTS_MAX), FIELD_END};
static const struct shape contacts_shape = {"PortalContacts", sizeof(struct own_contacts), contacts_fields};

#define WISH_FIELDS                                               \
	FIELD_TEXT(struct contact_wish, name, 1, 120),                \
	FIELD_TEXT(struct contact_wish, phone, 0, 40),                \
	FIELD_TEXT(struct contact_wish, email, 0, 254),               \
	FIELD_ENUM(struct contact_wish, language, language_tags),     \
	FIELD_SET(struct contact_wish, by_sms, message_kind_names),   \
	FIELD_SET(struct contact_wish, by_email, message_kind_names), \
	FIELD_SET(struct contact_wish, by_voice, message_kind_names)
static const struct field new_fields[] = {WISH_FIELDS, FIELD_END};
static const struct shape new_shape = {"PortalContactNew", sizeof(struct contact_wish), new_fields};
static const struct field change_fields[] = {WISH_FIELDS, FIELD_INT(struct contact_wish, version, 1, INT32_MAX), FIELD_END};
static const struct shape change_shape = {"PortalContactChange", sizeof(struct contact_wish), change_fields};

#define STORY "portal.test.mjs"
const struct endpoint portal_contacts[] = {
	{GET, "/contacts", .signed_in = true, .out = &contacts_shape, .run = list,
	    .help = "The people of one's own account, and which messages each receives.", .story = STORY},
	{POST, "/contacts", .signed_in = true, .body = &new_shape, .out = &contacts_shape, .run = make,
	    .help = "Add a person to one's own account.", .story = STORY},
	{PUT, "/contacts/:id", .signed_in = true, .body = &change_shape, .out = &contacts_shape, .run = change,
	    .help = "Change how a person of one's own account is reached, and what they want to hear of.", .story = STORY},
	{0}
};

static enum err
answer(struct work *w, const struct call *c)
{
	struct own_contacts out;

	TRY(act_contacts_own(w, w->actor.id, &out));
	return reply_shape(c, &contacts_shape, &out);
}

static enum err
list(struct work *w, const struct call *c)
{
	return answer(w, c);
}

static enum err
make(struct work *w, const struct call *c)
{
	TRY(act_contact_own_make(w, w->actor.id, c->body));
	return answer(w, c);
}

static enum err
change(struct work *w, const struct call *c)
{
	TRY(act_contact_own_change(w, w->actor.id, c->id, c->body));
	return answer(w, c);
}
