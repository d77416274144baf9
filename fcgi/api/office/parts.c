/*
 * fcgi/api/office/parts.c -- a part is missing: what may be done about it, and doing it.
 */
#include "fcgi/acts/parts.h"
#include "domain/stock/item.h"
#include "fcgi/api/office/visits.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err choices_get(struct work *w, const struct call *c);
static enum err choice_post(struct work *w, const struct call *c);

#define SECOND(s, m) FIELD_INT(s, m, -864000000, 864000000)
#define AMOUNT(s, m) FIELD_INT(s, m, INT64_C(-9007199254740991), INT64_C(9007199254740991))
static const struct field item_fields[] = {
	FIELD_ID(struct part_item, id), FIELD_TEXT(struct part_item, name, 0, 120), FIELD_END};
static const struct shape item_shape = {"PartItem", sizeof(struct part_item), item_fields};
static const struct field van_fields[] = {FIELD_ID(struct part_van, tech_id), FIELD_TEXT(struct part_van, tech, 0, 120),
	FIELD_INT(struct part_van, colour, 0, 10), AMOUNT(struct part_van, amount_x100),
	FIELD_ENUM(struct part_van, unit, item_unit_names), SECOND(struct part_van, drive_s),
	FIELD_TEXT(struct part_van, why_not, 0, 600), FIELD_END};
static const struct shape van_shape = {"PartVan", sizeof(struct part_van), van_fields};
static const struct field day_fields[] = {FIELD_DAY(struct part_day, day), FIELD_ID(struct part_day, tech_id),
	FIELD_TEXT(struct part_day, tech, 0, 120), SECOND(struct part_day, begin_s), FIELD_END};
static const struct shape day_shape = {"PartDay", sizeof(struct part_day), day_fields};
static const struct field choices_fields[] = {
	FIELD_LINES(struct part_choices, text, 0, 1000),
	FIELD_LIST(struct part_choices, items, items_n, &item_shape, PART_ITEMS_MAX),
	FIELD_MAYBE_ID(struct part_choices, item_id),
	AMOUNT(struct part_choices, warehouse_x100),
	FIELD_LIST(struct part_choices, vans, vans_n, &van_shape, PART_VANS_MAX),
	FIELD_INT(struct part_choices, fetch_minutes, 0, 1440),
	FIELD_BOOL(struct part_choices, begun),
	FIELD_LIST(struct part_choices, days, days_n, &day_shape, PART_DAYS_MAX),
	FIELD_INT(struct part_choices, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape choices_shape = {"PartChoices", sizeof(struct part_choices), choices_fields};
static const struct field query_fields[] = {FIELD_MAYBE_ID(struct part_query, item_id), FIELD_END};
static const struct shape query_shape = {"PartQuery", sizeof(struct part_query), query_fields};
static const struct field choice_fields[] = {FIELD_ENUM(struct part_choice, way, part_way_names),
	FIELD_MAYBE_ID(struct part_choice, tech_id), FIELD_MAYBE_ID(struct part_choice, item_id),
	FIELD_MAYBE_DAY(struct part_choice, day), FIELD_MAYBE_INT(struct part_choice, minutes, 5, 240),
	FIELD_INT(struct part_choice, version, 1, INT32_MAX), FIELD_END};
static const struct shape choice_shape = {"PartChoice", sizeof(struct part_choice), choice_fields};

const struct endpoint office_parts[] = {
	{GET, "/alerts/:id/parts", .may = MAY(MAY_DISPATCH), .query = &query_shape, .out = &choices_shape, .run = choices_get,
	    .help = "Who has the missing part, how long fetching it takes, and which other days there are.",
	    .story = "parts.test.mjs"},
	{POST, "/alerts/:id/parts", .may = MAY(MAY_DISPATCH), .body = &choice_shape, .out = &visit_line_shape,
	    .run = choice_post, .help = "Send the van that has it, let it be fetched, or come another day; the window follows.",
	    .story = "parts.test.mjs"},
	{0}
};

static enum err
choices_get(struct work *w, const struct call *c)
{
	struct part_choices out;

	TRY(act_part_choices(w, c->id, c->query, &out));
	return reply_shape(c, &choices_shape, &out);
}

static enum err
choice_post(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_part_choose(w, c->id, c->body, &out));
	return reply_created(c, &visit_line_shape, &out);
}
