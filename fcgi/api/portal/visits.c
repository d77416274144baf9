/*
 * fcgi/api/portal/visits.c -- what was done at the customer's pool, and what is to come.
 */
#include "domain/stock/item.h"
#include "fcgi/acts/files.h"
#include "fcgi/acts/portal.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_visits[];
extern const struct shape portal_visit_shape;

static enum err visits_list(struct work *w, const struct call *c);
static enum err visit_get(struct work *w, const struct call *c);
static enum err photo_get(struct work *w, const struct call *c);
static enum err photo_small(struct work *w, const struct call *c);

static const struct field portal_visit_fields[] = {
	FIELD_ID(struct portal_visit, id),
	FIELD_DAY(struct portal_visit, day),
	FIELD_ENUM(struct portal_visit, state, visit_state_names),
	FIELD_TEXT(struct portal_visit, service, 0, 80),
	FIELD_TEXT(struct portal_visit, street, 0, 160),
	FIELD_MAYBE_TEXT(struct portal_visit, tech, 0, 120),
	FIELD_MAYBE_INT(struct portal_visit, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct portal_visit, to_minute, 0, 1440),
	FIELD_MAYBE_TIME(struct portal_visit, on_way_at),
	FIELD_MAYBE_TIME(struct portal_visit, started_at),
	FIELD_MAYBE_TIME(struct portal_visit, ended_at),
	FIELD_TEXT(struct portal_visit, reason, 0, 80),
	FIELD_BOOL(struct portal_visit, asked),
	FIELD_END
};
const struct shape portal_visit_shape = {"PortalVisit", sizeof(struct portal_visit), portal_visit_fields};

static const struct field visits_fields[] = {
	FIELD_LIST(struct portal_visits, rows, rows_n, &portal_visit_shape, 41),
	FIELD_MAYBE_DAY(struct portal_visits, next),
	FIELD_END
};
static const struct shape visits_shape = {"PortalVisits", sizeof(struct portal_visits), visits_fields};

static const struct field reading_fields[] = {
	FIELD_TIME(struct portal_reading, at),
	FIELD_LIST(struct portal_reading, values, values_n, &water_value_shape, READING_VALUES_MAX),
	FIELD_END
};
static const struct shape reading_shape = {"PortalReading", sizeof(struct portal_reading), reading_fields};

static const struct field dose_fields[] = {
	FIELD_TEXT(struct portal_dose, item, 0, 80),
	FIELD_ENUM(struct portal_dose, unit, item_unit_names),
	FIELD_INT(struct portal_dose, holds_x100, 0, ITEM_AMOUNT_MAX),
	FIELD_INT(struct portal_dose, given_x100, 0, ITEM_AMOUNT_MAX),
	FIELD_END
};
static const struct shape dose_shape = {"PortalDose", sizeof(struct portal_dose), dose_fields};

static const struct field photo_fields[] = {
	FIELD_ID(struct portal_photo, id),
	FIELD_TEXT(struct portal_photo, name, 0, FILE_NAME_MAX),
	FIELD_INT(struct portal_photo, width, 0, 65535),
	FIELD_INT(struct portal_photo, height, 0, 65535),
	FIELD_END
};
static const struct shape photo_shape = {"PortalPhoto", sizeof(struct portal_photo), photo_fields};

static const struct field note_fields[] = {FIELD_LINES(struct portal_note, text, 0, 4000), FIELD_END};
static const struct shape note_shape = {"PortalNote", sizeof(struct portal_note), note_fields};

static const struct field visit_page_fields[] = {
	FIELD_SHAPE(struct portal_visit_page, visit, &portal_visit_shape),
	FIELD_LIST(struct portal_visit_page, readings, readings_n, &reading_shape, 40),
	FIELD_LIST(struct portal_visit_page, doses, doses_n, &dose_shape, 100),
	FIELD_LIST(struct portal_visit_page, photos, photos_n, &photo_shape, FILES_OF_RECORD),
	FIELD_LIST(struct portal_visit_page, notes, notes_n, &note_shape, 500),
	FIELD_MAYBE_TIME(struct portal_visit_page, sealed_at),
	FIELD_MAYBE_TEXT(struct portal_visit_page, report, 1, 200),
	FIELD_BOOL(struct portal_visit_page, rated),
	FIELD_END
};
static const struct shape visit_page_shape = {"PortalVisitPage", sizeof(struct portal_visit_page), visit_page_fields};

struct visits_query {
	struct maybe_day before;
};
static const struct field visits_query_fields[] = {FIELD_MAYBE_DAY(struct visits_query, before), FIELD_END};
static const struct shape visits_query_shape = {"PortalVisitsQuery", sizeof(struct visits_query), visits_query_fields};

const struct endpoint portal_visits[] = {
	{GET, "/visits", .signed_in = true, .query = &visits_query_shape, .out = &visits_shape, .run = visits_list,
	    .help = "Visits that are over, the newest first.", .story = "portal.test.mjs"},
	{GET, "/visits/:id", .signed_in = true, .out = &visit_page_shape, .run = visit_get,
	    .help = "One visit: readings, what was poured, photos, the technician's words, the way to the sealed report.", .story = "portal.test.mjs"},
	{GET, "/photos/:id", .signed_in = true, .file = "image/jpeg", .run = photo_get,
	    .help = "A photo of one of their visits.", .story = "portal.test.mjs"},
	{GET, "/photos/:id/small", .signed_in = true, .file = "image/jpeg", .run = photo_small,
	    .help = "The same in a small size.", .story = "portal.test.mjs"},
	{0}
};

static enum err
visits_list(struct work *w, const struct call *c)
{
	const struct visits_query *q = c->query;
	struct portal_visits out;

	TRY(act_portal_past(w, q->before, &out));
	return reply_shape(c, &visits_shape, &out);
}

static enum err
visit_get(struct work *w, const struct call *c)
{
	struct portal_visit_page out;

	TRY(act_portal_visit(w, c->id, &out));
	return reply_shape(c, &visit_page_shape, &out);
}

static enum err
carry(struct work *w, const struct call *c, bool small)
{
	struct file_served out;

	TRY(act_portal_photo(w, c->id));
	TRY(act_file_serve(w, c->id, small, &out));
	return reply_carried(c, "image/jpeg", false, STR("photo.jpg"), out.path);
}

static enum err
photo_get(struct work *w, const struct call *c)
{
	return carry(w, c, false);
}

static enum err
photo_small(struct work *w, const struct call *c)
{
	return carry(w, c, true);
}
