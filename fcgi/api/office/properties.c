/*
 * fcgi/api/office/properties.c -- places that are served: wishes, codes at the gate, a house that is sold.
 */
#include "fcgi/acts/properties.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/api/office/record.h"

struct code_question {
	enum code_kind kind;
};

/* To whom: a customer we have, or a new one by name. */
struct sale {
	struct maybe_u64 customer_id;
	struct str name;
	enum customer_kind kind;
	struct str email, phone;
	enum language language;
	uint32_t version;
};

static enum err property_make(struct work *w, const struct call *c);
static enum err property_put(struct work *w, const struct call *c);
static enum err property_archive(struct work *w, const struct call *c);
static enum err property_restore(struct work *w, const struct call *c);
static enum err codes_put(struct work *w, const struct call *c);
static enum err code_show(struct work *w, const struct call *c);
static enum err codes_seen(struct work *w, const struct call *c);
static enum err property_sell(struct work *w, const struct call *c);
static enum err sale_undo(struct work *w, const struct call *c);

static const struct field property_new_fields[] = {
	FIELD_ID(struct property_new, customer_id),
	FIELD_TEXT(struct property_new, street, 1, STREET_MAX),
	FIELD_TEXT(struct property_new, city, 0, CITY_MAX),
	FIELD_TEXT(struct property_new, region, 0, REGION_MAX),
	FIELD_TEXT(struct property_new, postcode, 0, POSTCODE_MAX),
	FIELD_END
};
static const struct shape property_new_shape = {"PropertyNew", sizeof(struct property_new), property_new_fields};

static const struct field wish_tech_fields[] = {FIELD_ID(struct wish_tech, staff_id), FIELD_END};
static const struct shape wish_tech_shape = {"WishTech", sizeof(struct wish_tech), wish_tech_fields};
static const struct field wish_chemical_fields[] = {
	FIELD_TEXT(struct wish_chemical, word, 1, WISH_CHEMICAL_MAX), FIELD_END};
static const struct shape wish_chemical_shape = {"WishChemical", sizeof(struct wish_chemical), wish_chemical_fields};

static const struct field property_change_fields[] = {
	FIELD_TEXT(struct property_change, name, 0, 80),
	FIELD_TEXT(struct property_change, street, 1, STREET_MAX),
	FIELD_TEXT(struct property_change, city, 0, CITY_MAX),
	FIELD_TEXT(struct property_change, region, 0, REGION_MAX),
	FIELD_TEXT(struct property_change, postcode, 0, POSTCODE_MAX),
	FIELD_MAYBE_INT(struct property_change, lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct property_change, lng_e6, -180000000, 180000000),
	FIELD_TEXT(struct property_change, key_no, 0, 24),
	FIELD_TEXT(struct property_change, dogs, 0, 160),
	FIELD_LINES(struct property_change, hazards, 0, 400),
	FIELD_LINES(struct property_change, parking, 0, 200),
	FIELD_SET(struct property_change, like_days, weekday_tags),
	FIELD_SET(struct property_change, not_days, weekday_tags),
	FIELD_MAYBE_INT(struct property_change, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct property_change, to_minute, 0, 1440),
	FIELD_BOOL(struct property_change, text_before),
	FIELD_BOOL(struct property_change, same_tech),
	FIELD_MAYBE_ID(struct property_change, usual_tech_id),
	FIELD_LIST(struct property_change, never_techs, never_n, &wish_tech_shape, WISH_TECHS_MAX),
	FIELD_LIST(struct property_change, no_chemicals, chemicals_n, &wish_chemical_shape, WISH_CHEMICALS_MAX),
	FIELD_LIST(struct property_change, own, own_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_INT(struct property_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape property_change_shape = {
	"PropertyChange", sizeof(struct property_change), property_change_fields};

static const struct field codes_change_fields[] = {
	FIELD_MAYBE_TEXT(struct codes_change, gate, 0, CODE_MAX),
	FIELD_MAYBE_TEXT(struct codes_change, lockbox, 0, CODE_MAX),
	FIELD_MAYBE_TEXT(struct codes_change, alarm, 0, CODE_MAX),
	FIELD_MAYBE_TEXT(struct codes_change, note, 0, CODE_NOTE_MAX),
	FIELD_INT(struct codes_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape codes_change_shape = {"CodesChange", sizeof(struct codes_change), codes_change_fields};

static const struct field code_question_fields[] = {
	FIELD_ENUM(struct code_question, kind, code_kind_names), FIELD_END};
static const struct shape code_question_shape = {"CodeQuestion", sizeof(struct code_question), code_question_fields};
static const struct field code_shown_fields[] = {
	FIELD_ENUM(struct code_shown, kind, code_kind_names),
	FIELD_LINES(struct code_shown, code, 1, CODE_NOTE_MAX),
	FIELD_END
};
static const struct shape code_shown_shape = {"CodeShown", sizeof(struct code_shown), code_shown_fields};

static const struct field code_seen_fields[] = {
	FIELD_ID(struct code_seen, property_id),
	FIELD_ID(struct code_seen, customer_id),
	FIELD_TEXT(struct code_seen, customer_name, 1, 120),
	FIELD_TEXT(struct code_seen, street, 0, STREET_MAX),
	FIELD_TEXT(struct code_seen, city, 0, CITY_MAX),
	FIELD_INT(struct code_seen, times, 0, INT32_MAX),
	FIELD_MAYBE_TIME(struct code_seen, last_at),
	FIELD_MAYBE_DAY(struct code_seen, last_day),
	FIELD_MAYBE_TIME(struct code_seen, changed_at),
	FIELD_BOOL(struct code_seen, done),
	FIELD_END
};
static const struct shape code_seen_shape = {"CodeSeen", sizeof(struct code_seen), code_seen_fields};
static const struct field codes_seen_fields[] = {
	FIELD_LIST(struct codes_seen, rows, rows_n, &code_seen_shape, CODES_SEEN_PAGE),
	FIELD_END
};
static const struct shape codes_seen_shape = {"CodesSeen", sizeof(struct codes_seen), codes_seen_fields};
static const struct columns code_columns = {&codes_seen_shape, "Customer,Street,City,Times shown,Last shown,Last visit,Changed,Done",
	"Cliente,Calle,Ciudad,Veces mostrado,Mostrado,Última visita,Cambiado,Hecho", "customer_name,street,city,times,last_at,last_day,changed_at,done"};

static const struct field sale_fields[] = {
	FIELD_MAYBE_ID(struct sale, customer_id),
	FIELD_TEXT(struct sale, name, 0, 120),
	FIELD_ENUM(struct sale, kind, customer_kind_names),
	FIELD_TEXT(struct sale, email, 0, 254),
	FIELD_TEXT(struct sale, phone, 0, 40),
	FIELD_ENUM(struct sale, language, language_tags),
	FIELD_INT(struct sale, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape sale_shape = {"Sale", sizeof(struct sale), sale_fields};

const struct endpoint office_properties[] = {
	{POST, "/properties", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &property_new_shape, .out = &saved_shape,
	    .run = property_make, .help = "Add a place to a customer.", .story = "customers.test.mjs"},
	{PUT, "/properties/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &property_change_shape, .out = &saved_shape,
	    .run = property_put, .help = "Change a place: address, access, wishes.", .story = "customers.test.mjs"},
	{POST, "/properties/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &record_version_shape, .out = &saved_shape,
	    .run = property_archive, .help = "Archive a place; nothing is lost.", .story = "customers.test.mjs"},
	{DELETE, "/properties/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &saved_shape, .run = property_restore,
	    .help = "Take a place out of the archive.", .story = "customers.test.mjs"},
	{PUT, "/properties/:id/codes", .may = MAY(MAY_EDIT_CUSTOMERS) | MAY(MAY_SEE_CODES),
	    .body = &codes_change_shape, .out = &saved_shape, .run = codes_put,
	    .help = "Write down or take away codes; what is absent stays.", .story = "customers.test.mjs"},
	{POST, "/properties/:id/codes", .may = MAY(MAY_SEE_CODES), .body = &code_question_shape,
	    .out = &code_shown_shape, .run = code_show, .help = "Show one code; who saw it is recorded.", .story = "customers.test.mjs"},
	{GET, "/staff/:id/codes-seen", .may = MAY(MAY_MANAGE_STAFF) | MAY(MAY_SEE_CUSTOMERS), .out = &codes_seen_shape,
	    .run = codes_seen, .help = "Places whose codes this person has seen or could have, and which of them changed since.",
	    .story = "customers.test.mjs"},
	{GET, "/staff/:id/codes-seen.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_MANAGE_STAFF) | MAY(MAY_SEE_CUSTOMERS), .file = CSV_TYPE, .columns = &code_columns, .run = codes_seen,
	    .help = "The places whose codes are to be changed; no code is in it.", .story = "exports.test.mjs"},
	{POST, "/properties/:id/sales", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &sale_shape, .out = &saved_shape,
	    .run = property_sell, .help = "The house has a new owner: service goes on with them.", .story = "customers.test.mjs"},
	{DELETE, "/sales/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &saved_shape, .run = sale_undo,
	    .help = "That was no sale: house and service are the old owner's again.", .story = "customers.test.mjs"},
	{0}
};

static enum err
property_make(struct work *w, const struct call *c)
{
	const struct property_new *in = c->body;
	uint64_t id;

	TRY(act_property_make(w, in, &id));
	return reply_made(w, c, id, in->customer_id);
}

static enum err
property_put(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_property_change(w, c->id, c->body, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
property_archive(struct work *w, const struct call *c)
{
	const struct record_version *in = c->body;
	uint64_t customer_id;

	TRY(act_property_archive(w, c->id, in->version, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
property_restore(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_property_restore(w, c->id, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
codes_put(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_property_codes_set(w, c->id, c->body, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
code_show(struct work *w, const struct call *c)
{
	const struct code_question *in = c->body;
	struct code_shown out;

	TRY(act_property_code_show(w, c->id, in->kind, &out));
	return reply_shape(c, &code_shown_shape, &out);
}

static enum err
codes_seen(struct work *w, const struct call *c)
{
	struct codes_seen out;

	TRY(act_codes_seen(w, c->id, &out));
	return reply_shape(c, &codes_seen_shape, &out);
}

/* A new owner becomes a customer in the same transaction: either both or nothing. */
static enum err
property_sell(struct work *w, const struct call *c)
{
	const struct sale *in = c->body;
	struct customer_new buyer = {.name = in->name, .kind = in->kind, .email = in->email, .phone = in->phone,
	    .language = in->language, .source = STR(""), .external_id = STR("")};
	uint64_t to = in->customer_id.v;
	struct property_sold sold;

	if (!in->customer_id.is && in->name.n == 0)
		return fail(&w->fault, E_INVALID, "name", "Say who the new owner is.");
	if (!in->customer_id.is)
		TRY(act_customer_make(w, &buyer, &to));
	TRY(act_property_sell(w, c->id, to, !in->customer_id.is, in->version, &sold));
	return reply_made(w, c, sold.sale_id, to);
}

/* Whoever was made a customer by a sale that was none is put aside, if nothing else is theirs. */
static enum err
sale_undo(struct work *w, const struct call *c)
{
	struct property_sold sold;

	TRY(act_property_sale_undo(w, c->id, &sold));
	if (sold.made)
		TRY(act_customer_put_aside(w, sold.buyer_id));
	return reply_saved(w, c, sold.property_id, sold.seller_id);
}
