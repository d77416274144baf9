/*
 * fcgi/api/office/customers.c -- an account: the whole page, and its own row.
 */
#include "fcgi/api/office/record.h"
#include "fcgi/acts/notes.h"
#include "fcgi/acts/tell_event.h"

static enum err customer_get(struct work *w, const struct call *c);
static enum err customer_make(struct work *w, const struct call *c);
static enum err customer_put(struct work *w, const struct call *c);
static enum err customer_archive(struct work *w, const struct call *c);
static enum err customer_restore(struct work *w, const struct call *c);
static enum err tags_put(struct work *w, const struct call *c);
static enum err tags_list(struct work *w, const struct call *c);

static const struct field customer_new_fields[] = {
	FIELD_TEXT(struct customer_new, name, 1, 120),
	FIELD_ENUM(struct customer_new, kind, customer_kind_names),
	FIELD_TEXT(struct customer_new, email, 0, 254),
	FIELD_TEXT(struct customer_new, phone, 0, 40),
	FIELD_ENUM(struct customer_new, language, language_tags),
	FIELD_TEXT(struct customer_new, source, 0, 40),
	FIELD_TEXT(struct customer_new, external_id, 0, 64),
	FIELD_TEXT(struct customer_new, street, 0, STREET_MAX),
	FIELD_TEXT(struct customer_new, city, 0, CITY_MAX),
	FIELD_TEXT(struct customer_new, region, 0, REGION_MAX),
	FIELD_TEXT(struct customer_new, postcode, 0, POSTCODE_MAX),
	FIELD_BOOL(struct customer_new, with_pool),
	FIELD_END
};
static const struct shape customer_new_shape = {"CustomerNew", sizeof(struct customer_new), customer_new_fields};

static const struct field customer_change_fields[] = {
	FIELD_TEXT(struct customer_change, name, 1, 120),
	FIELD_ENUM(struct customer_change, kind, customer_kind_names),
	FIELD_TEXT(struct customer_change, email, 0, 254),
	FIELD_ENUM(struct customer_change, language, language_tags),
	FIELD_TEXT(struct customer_change, bill_street, 0, STREET_MAX),
	FIELD_TEXT(struct customer_change, bill_city, 0, CITY_MAX),
	FIELD_TEXT(struct customer_change, bill_region, 0, REGION_MAX),
	FIELD_TEXT(struct customer_change, bill_postcode, 0, POSTCODE_MAX),
	FIELD_TEXT(struct customer_change, source, 0, 40),
	FIELD_TEXT(struct customer_change, external_id, 0, 64),
	FIELD_LIST(struct customer_change, own, own_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_INT(struct customer_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape customer_change_shape = {
	"CustomerChange", sizeof(struct customer_change), customer_change_fields};

static const struct field tag_word_fields[] = {FIELD_TEXT(struct tag_row, tag, 1, TAG_MAX), FIELD_END};
static const struct shape tag_word_shape = {"TagWord", sizeof(struct tag_row), tag_word_fields};
static const struct field tag_wish_fields[] = {
	FIELD_LIST(struct tag_wish, tags, tags_n, &tag_word_shape, TAGS_MAX),
	FIELD_END
};
static const struct shape tag_wish_shape = {"TagWish", sizeof(struct tag_wish), tag_wish_fields};

static const struct field tag_count_fields[] = {
	FIELD_TEXT(struct tag_count_row, tag, 1, TAG_MAX),
	FIELD_INT(struct tag_count_row, customers, 0, INT32_MAX),
	FIELD_END
};
static const struct shape tag_count_shape = {"TagCount", sizeof(struct tag_count_row), tag_count_fields};
static const struct field tag_list_fields[] = {
	FIELD_LIST(struct tag_list, rows, rows_n, &tag_count_shape, 500),
	FIELD_END
};
static const struct shape tag_list_shape = {"TagList", sizeof(struct tag_list), tag_list_fields};

const struct endpoint office_customers[] = {
	{POST, "/customers", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &customer_new_shape, .out = &saved_shape,
	    .run = customer_make, .help = "Take on a customer.", .story = "customers.test.mjs"},
	{GET, "/customers/:id", .may = MAY(MAY_SEE_CUSTOMERS), .out = &customer_shape, .run = customer_get,
	    .help = "The whole record of a customer: places, pools, equipment, people, notes.", .story = "customers.test.mjs"},
	{PUT, "/customers/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &customer_change_shape, .out = &saved_shape,
	    .run = customer_put, .help = "Change a customer's own row.", .story = "customers.test.mjs"},
	{POST, "/customers/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &record_version_shape, .out = &saved_shape,
	    .run = customer_archive, .help = "Archive a customer; nothing is lost.", .story = "customers.test.mjs"},
	{DELETE, "/customers/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &saved_shape, .run = customer_restore,
	    .help = "Take a customer out of the archive.", .story = "customers.test.mjs"},
	{PUT, "/customers/:id/tags", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &tag_wish_shape, .out = &saved_shape,
	    .run = tags_put, .help = "Give a customer exactly these tags.", .story = "customers.test.mjs"},
	{GET, "/tags", .may = MAY(MAY_SEE_CUSTOMERS), .out = &tag_list_shape, .run = tags_list,
	    .help = "All tags in use, and on how many customers.", .story = "customers.test.mjs"},
	{0}
};

static enum err
customer_get(struct work *w, const struct call *c)
{
	struct customer_page out;

	TRY(act_customer_page(w, c->id, &out));
	return reply_shape(c, &customer_shape, &out);
}

static enum err
customer_make(struct work *w, const struct call *c)
{
	uint64_t id;

	TRY(act_customer_make(w, c->body, &id));
	return reply_made(w, c, id, id);
}

static enum err
customer_put(struct work *w, const struct call *c)
{
	TRY(act_customer_change(w, c->id, c->body));
	return reply_saved(w, c, c->id, c->id);
}

static enum err
customer_archive(struct work *w, const struct call *c)
{
	const struct record_version *in = c->body;

	TRY(act_customer_archive(w, c->id, in->version));
	return reply_saved(w, c, c->id, c->id);
}

static enum err
customer_restore(struct work *w, const struct call *c)
{
	TRY(act_customer_restore(w, c->id));
	return reply_saved(w, c, c->id, c->id);
}

static enum err
tags_put(struct work *w, const struct call *c)
{
	TRY(act_tags_set(w, c->id, c->body));
	return reply_saved(w, c, c->id, c->id);
}

static enum err
tags_list(struct work *w, const struct call *c)
{
	struct tag_list out;

	TRY(act_tags(w, &out));
	return reply_shape(c, &tag_list_shape, &out);
}
