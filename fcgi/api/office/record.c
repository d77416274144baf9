/*
 * fcgi/api/office/record.c -- the shapes of the customer record: what the office sees. The portal has its own.
 */
#include "fcgi/api/office/record.h"

#include "domain/pools/volume.h"
#include "fcgi/acts/tell_event.h"

/* Members of a query's row inside a card: the name is the column's. */
#define ROW_(k, s, m) .kind = (k), .name = #m, .offset = offsetof(s, row.m)
#define ROW_ID(s, m) {ROW_(FIELD_KIND_ID, s, m)}
#define ROW_MAYBE_ID(s, m) {ROW_(FIELD_KIND_MAYBE_ID, s, m)}
#define ROW_TEXT(s, m, hi) {ROW_(FIELD_KIND_TEXT, s, m), .max = (hi)}
#define ROW_LINES(s, m, hi) {ROW_(FIELD_KIND_LINES, s, m), .max = (hi)}
#define ROW_ENUM(s, m, list) {ROW_(FIELD_KIND_ENUM, s, m), .names = (list)}
#define ROW_SET(s, m, list) {ROW_(FIELD_KIND_SET, s, m), .names = (list)}
#define ROW_BOOL(s, m) {ROW_(FIELD_KIND_BOOL, s, m)}
#define ROW_U32(s, m, hi) {ROW_(FIELD_KIND_U32, s, m), .max = (hi)}
#define ROW_MAYBE_U32(s, m, hi) {ROW_(FIELD_KIND_MAYBE_U32, s, m), .max = (hi)}
#define ROW_MAYBE_I64(s, m, lo, hi) {ROW_(FIELD_KIND_MAYBE_I64, s, m), .min = (lo), .max = (hi)}
#define ROW_TIME(s, m) {ROW_(FIELD_KIND_I64, s, m), .max = INT64_C(253402300799), .help = "seconds UTC since 1970"}
#define ROW_MAYBE_TIME(s, m) {ROW_(FIELD_KIND_MAYBE_I64, s, m), .max = INT64_C(253402300799)}
#define ROW_MAYBE_DAY(s, m) {ROW_(FIELD_KIND_MAYBE_DAY, s, m)}

const char *const weekday_tags[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL};

static const struct field record_version_fields[] = {FIELD_INT(struct record_version, version, 1, INT32_MAX), FIELD_END};
const struct shape record_version_shape = {"RecordVersion", sizeof(struct record_version), record_version_fields};

static const struct field equipment_fields[] = {
	ROW_ID(struct equipment_card, id),
	ROW_ENUM(struct equipment_card, kind, equipment_kind_names),
	ROW_TEXT(struct equipment_card, make, 60),
	ROW_TEXT(struct equipment_card, model, 60),
	ROW_TEXT(struct equipment_card, serial, 60),
	ROW_MAYBE_DAY(struct equipment_card, installed_day),
	ROW_MAYBE_DAY(struct equipment_card, warranty_day),
	ROW_U32(struct equipment_card, service_every_days, 3650),
	ROW_MAYBE_DAY(struct equipment_card, serviced_day),
	FIELD_MAYBE_DAY(struct equipment_card, due_day),
	FIELD_BOOL(struct equipment_card, covered),
	ROW_LINES(struct equipment_card, note, 400),
	ROW_MAYBE_TIME(struct equipment_card, archived_at),
	ROW_U32(struct equipment_card, version, INT32_MAX),
	FIELD_END
};
static const struct shape equipment_shape = {"Equipment", sizeof(struct equipment_card), equipment_fields};

static const struct field size_fields[] = {FIELD_INT(struct size_cm, cm, 1, 100 * SIZE_CM_MAX), FIELD_END};
static const struct shape size_shape = {"PoolSize", sizeof(struct size_cm), size_fields};

static const struct field pool_fields[] = {
	ROW_ID(struct pool_card, id),
	ROW_ENUM(struct pool_card, kind, pool_kind_names),
	ROW_TEXT(struct pool_card, name, 80),
	ROW_MAYBE_U32(struct pool_card, volume_l, VOLUME_L_MAX),
	ROW_ENUM(struct pool_card, volume_source, volume_source_names),
	ROW_ENUM(struct pool_card, shape, pool_shape_names),
	FIELD_LIST(struct pool_card, sizes_cm, sizes_n, &size_shape, VOLUME_SIZES_MAX),
	ROW_ENUM(struct pool_card, surface, pool_surface_names),
	ROW_ENUM(struct pool_card, sanitiser, pool_sanitiser_names),
	ROW_BOOL(struct pool_card, indoor),
	ROW_BOOL(struct pool_card, cover),
	ROW_TEXT(struct pool_card, fill_water, 80),
	FIELD_LIST(struct pool_card, own, own_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_LIST(struct pool_card, equipment, equipment_n, &equipment_shape, PAGE_EQUIPMENT),
	ROW_MAYBE_TIME(struct pool_card, archived_at),
	ROW_U32(struct pool_card, version, INT32_MAX),
	FIELD_END
};
static const struct shape pool_shape = {"Pool", sizeof(struct pool_card), pool_fields};

static const struct field tech_id_fields[] = {FIELD_ID(struct tech_id, staff_id), FIELD_END};
static const struct shape tech_id_shape = {"NeverTech", sizeof(struct tech_id), tech_id_fields};
static const struct field chemical_fields[] = {
	FIELD_TEXT(struct chemical_word, word, 1, WISH_CHEMICAL_MAX), FIELD_END};
static const struct shape chemical_shape = {"NoChemical", sizeof(struct chemical_word), chemical_fields};

static const struct field property_fields[] = {
	ROW_ID(struct property_card, id),
	ROW_TEXT(struct property_card, name, 80),
	ROW_TEXT(struct property_card, street, STREET_MAX),
	ROW_TEXT(struct property_card, city, CITY_MAX),
	ROW_TEXT(struct property_card, region, REGION_MAX),
	ROW_TEXT(struct property_card, postcode, POSTCODE_MAX),
	ROW_MAYBE_I64(struct property_card, lat_e6, -90000000, 90000000),
	ROW_MAYBE_I64(struct property_card, lng_e6, -180000000, 180000000),
	ROW_ENUM(struct property_card, place_source, place_source_names),
	ROW_U32(struct property_card, place_score, 100),
	ROW_BOOL(struct property_card, has_gate),
	ROW_BOOL(struct property_card, has_lockbox),
	ROW_BOOL(struct property_card, has_alarm),
	ROW_BOOL(struct property_card, has_note),
	ROW_MAYBE_TIME(struct property_card, codes_changed_at),
	ROW_TEXT(struct property_card, key_no, 24),
	ROW_TEXT(struct property_card, dogs, 160),
	ROW_LINES(struct property_card, hazards, 400),
	ROW_LINES(struct property_card, parking, 200),
	ROW_SET(struct property_card, like_days, weekday_tags),
	ROW_SET(struct property_card, not_days, weekday_tags),
	ROW_MAYBE_U32(struct property_card, from_minute, 1440),
	ROW_MAYBE_U32(struct property_card, to_minute, 1440),
	ROW_BOOL(struct property_card, text_before),
	ROW_BOOL(struct property_card, same_tech),
	ROW_MAYBE_ID(struct property_card, usual_tech_id),
	FIELD_LIST(struct property_card, never_techs, never_n, &tech_id_shape, WISH_TECHS_MAX),
	FIELD_LIST(struct property_card, no_chemicals, chemicals_n, &chemical_shape, WISH_CHEMICALS_MAX),
	FIELD_LIST(struct property_card, own, own_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_LIST(struct property_card, pools, pools_n, &pool_shape, PAGE_POOLS),
	ROW_MAYBE_TIME(struct property_card, archived_at),
	ROW_U32(struct property_card, version, INT32_MAX),
	FIELD_END
};
static const struct shape property_shape = {"Property", sizeof(struct property_card), property_fields};

static const struct field contact_fields[] = {
	FIELD_ID(struct contact_row, id),
	FIELD_TEXT(struct contact_row, name, 1, 120),
	FIELD_ENUM(struct contact_row, relation, relation_names),
	FIELD_TEXT(struct contact_row, phone, 0, PHONE_MAX),
	FIELD_TEXT(struct contact_row, email, 0, 254),
	FIELD_TEXT(struct contact_row, language, 2, 2),
	FIELD_SET(struct contact_row, by_sms, message_kind_names),
	FIELD_SET(struct contact_row, by_email, message_kind_names),
	FIELD_SET(struct contact_row, by_voice, message_kind_names),
	FIELD_INT(struct contact_row, position, 0, 1000),
	FIELD_MAYBE_TIME(struct contact_row, archived_at),
	FIELD_INT(struct contact_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape contact_shape = {"Contact", sizeof(struct contact_row), contact_fields};

static const struct field note_fields[] = {
	FIELD_ID(struct note_row, id),
	FIELD_ENUM(struct note_row, on_kind, record_kind_names),
	FIELD_ID(struct note_row, on_id),
	FIELD_ENUM(struct note_row, audience, audience_names),
	FIELD_LINES(struct note_row, body, 1, 4000),
	FIELD_BOOL(struct note_row, pinned),
	FIELD_MAYBE_TEXT(struct note_row, staff_name, 1, 120),
	FIELD_TIME(struct note_row, made_at),
	FIELD_INT(struct note_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape note_shape = {"Note", sizeof(struct note_row), note_fields};

static const struct field tag_fields[] = {FIELD_TEXT(struct tag_row, tag, 1, 40), FIELD_END};
static const struct shape tag_shape = {"Tag", sizeof(struct tag_row), tag_fields};

static const struct field agreement_line_fields[] = {
	FIELD_ID(struct agreement_line_row, id),
	FIELD_ID(struct agreement_line_row, property_id),
	FIELD_MAYBE_ID(struct agreement_line_row, pool_id),
	FIELD_DAY(struct agreement_line_row, starts_day),
	FIELD_MAYBE_DAY(struct agreement_line_row, ends_day),
	FIELD_MAYBE_TIME(struct agreement_line_row, closed_at),
	FIELD_MAYBE_TEXT(struct agreement_line_row, rule, 0, 200),
	FIELD_MAYBE_ID(struct agreement_line_row, service_id),
	FIELD_MAYBE_TEXT(struct agreement_line_row, service_name, 0, 80),
	FIELD_MAYBE_ID(struct agreement_line_row, tech_id),
	FIELD_MAYBE_TEXT(struct agreement_line_row, tech_name, 0, 120),
	FIELD_MAYBE_INT(struct agreement_line_row, rate_cents, 0, INT64_C(9007199254740991)),
	FIELD_END
};
static const struct shape agreement_line_shape = {
	"CustomerAgreement", sizeof(struct agreement_line_row), agreement_line_fields};

static const struct field customer_fields[] = {
	ROW_ID(struct customer_page, id),
	ROW_TEXT(struct customer_page, name, 120),
	ROW_ENUM(struct customer_page, kind, customer_kind_names),
	ROW_TEXT(struct customer_page, email, 254),
	FIELD_ENUM(struct customer_page, language, language_tags),
	ROW_ENUM(struct customer_page, standing, customer_standing_names),
	ROW_TEXT(struct customer_page, bill_street, STREET_MAX),
	ROW_TEXT(struct customer_page, bill_city, CITY_MAX),
	ROW_TEXT(struct customer_page, bill_region, REGION_MAX),
	ROW_TEXT(struct customer_page, bill_postcode, POSTCODE_MAX),
	ROW_TEXT(struct customer_page, source, 40),
	ROW_TEXT(struct customer_page, external_id, 64),
	FIELD_LIST(struct customer_page, own, own_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_LIST(struct customer_page, tags, tags_n, &tag_shape, PAGE_TAGS),
	FIELD_LIST(struct customer_page, contacts, contacts_n, &contact_shape, PAGE_CONTACTS),
	FIELD_LIST(struct customer_page, properties, properties_n, &property_shape, PAGE_PROPERTIES),
	FIELD_LIST(struct customer_page, notes, notes_n, &note_shape, PAGE_NOTES),
	FIELD_LIST(struct customer_page, agreements, agreements_n, &agreement_line_shape, PAGE_AGREEMENTS),
	ROW_MAYBE_ID(struct customer_page, merged_into),
	ROW_MAYBE_TIME(struct customer_page, archived_at),
	ROW_TIME(struct customer_page, created_at),
	ROW_U32(struct customer_page, version, INT32_MAX),
	FIELD_END
};
const struct shape customer_shape = {"Customer", sizeof(struct customer_page), customer_fields};

static const struct field saved_fields[] = {
	FIELD_ID(struct saved, id),
	FIELD_SHAPE(struct saved, customer, &customer_shape),
	FIELD_END
};
const struct shape saved_shape = {"Saved", sizeof(struct saved), saved_fields};

enum err
reply_saved(struct work *w, const struct call *c, uint64_t id, uint64_t customer_id)
{
	struct saved out = {.id = id};

	TRY(act_customer_page(w, customer_id, &out.customer));
	return reply_shape(c, &saved_shape, &out);
}

enum err
reply_made(struct work *w, const struct call *c, uint64_t id, uint64_t customer_id)
{
	struct saved out = {.id = id};

	TRY(act_customer_page(w, customer_id, &out.customer));
	return reply_created(c, &saved_shape, &out);
}
