/*
 * fcgi/api/office/contacts.c -- the people of an account.
 */
#include "fcgi/acts/contacts.h"
#include "fcgi/api/office/record.h"

static enum err contact_make(struct work *w, const struct call *c);
static enum err contact_put(struct work *w, const struct call *c);
static enum err contact_archive(struct work *w, const struct call *c);
static enum err contact_restore(struct work *w, const struct call *c);

#define CONTACT_FIELDS                                             \
	FIELD_TEXT(struct contact_wish, name, 1, 120),                 \
	FIELD_ENUM(struct contact_wish, relation, relation_names),     \
	FIELD_TEXT(struct contact_wish, phone, 0, 40),                 \
	FIELD_TEXT(struct contact_wish, email, 0, 254),                \
	FIELD_ENUM(struct contact_wish, language, language_tags),      \
	FIELD_SET(struct contact_wish, by_sms, message_kind_names),    \
	FIELD_SET(struct contact_wish, by_email, message_kind_names),  \
	FIELD_SET(struct contact_wish, by_voice, message_kind_names),  \
	FIELD_INT(struct contact_wish, position, 0, 1000)
static const struct field contact_new_fields[] = {
	FIELD_ID(struct contact_wish, customer_id),
	CONTACT_FIELDS,
	FIELD_END
};
static const struct shape contact_new_shape = {"ContactNew", sizeof(struct contact_wish), contact_new_fields};
static const struct field contact_change_fields[] = {
	CONTACT_FIELDS,
	FIELD_INT(struct contact_wish, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape contact_change_shape = {
	"ContactChange", sizeof(struct contact_wish), contact_change_fields};

const struct endpoint office_contacts[] = {
	{POST, "/contacts", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &contact_new_shape, .out = &saved_shape,
	    .run = contact_make, .help = "Add a person to a customer's account.", .story = "customers.test.mjs"},
	{PUT, "/contacts/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &contact_change_shape, .out = &saved_shape,
	    .run = contact_put, .help = "Change a person, and which messages they receive.", .story = "customers.test.mjs"},
	{POST, "/contacts/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &record_version_shape, .out = &saved_shape,
	    .run = contact_archive, .help = "Archive a person of an account; nothing is lost.", .story = "customers.test.mjs"},
	{DELETE, "/contacts/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &saved_shape, .run = contact_restore,
	    .help = "Take a person of an account out of the archive.", .story = "customers.test.mjs"},
	{0}
};

static enum err
contact_make(struct work *w, const struct call *c)
{
	const struct contact_wish *in = c->body;
	uint64_t id;

	TRY(act_contact_make(w, in, &id));
	return reply_made(w, c, id, in->customer_id);
}

static enum err
contact_put(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_contact_change(w, c->id, c->body, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
contact_archive(struct work *w, const struct call *c)
{
	const struct record_version *in = c->body;
	uint64_t customer_id;

	TRY(act_contact_archive(w, c->id, in->version, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
contact_restore(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_contact_restore(w, c->id, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}
