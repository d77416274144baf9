/*
 * fcgi/api/portal/ask.c -- what a customer asks for, and says.
 */
#include "fcgi/acts/files.h"
#include "fcgi/acts/portal.h"
#include "fcgi/api/cards.h"
#include "fcgi/http/request.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_ask[];
extern const struct shape portal_visit_shape; /* visits.c */

static enum err asking(struct work *w, const struct call *c);
static enum err ask(struct work *w, const struct call *c);
static enum err rate(struct work *w, const struct call *c);
static enum err photo(struct work *w, const struct call *c);
static enum err speak(struct work *w, const struct call *c);

static const struct field place_fields[] = {
	FIELD_ID(struct portal_place, id), FIELD_TEXT(struct portal_place, street, 0, 160),
	FIELD_TEXT(struct portal_place, city, 0, 80), FIELD_END};
const struct shape portal_place_shape = {"PortalPlace", sizeof(struct portal_place), place_fields};

static const struct field service_fields[] = {
	FIELD_ID(struct portal_service, id), FIELD_TEXT(struct portal_service, name, 0, 80), FIELD_END};
static const struct shape service_shape = {"PortalService", sizeof(struct portal_service), service_fields};

static const struct field asking_fields[] = {
	FIELD_LIST(struct portal_asking, places, places_n, &portal_place_shape, 40),
	FIELD_LIST(struct portal_asking, services, services_n, &service_shape, 200),
	FIELD_DAY(struct portal_asking, first),
	FIELD_DAY(struct portal_asking, last),
	FIELD_END
};
static const struct shape asking_shape = {"PortalAsking", sizeof(struct portal_asking), asking_fields};

static const struct field ask_fields[] = {
	FIELD_ID(struct portal_ask, property_id),
	FIELD_ID(struct portal_ask, service_id),
	FIELD_DAY(struct portal_ask, day),
	FIELD_LINES(struct portal_ask, note, 0, 400),
	FIELD_END
};
static const struct shape ask_shape = {"PortalAsk", sizeof(struct portal_ask), ask_fields};

static const struct field asked_fields[] = {
	FIELD_LIST(struct portal_visits, rows, rows_n, &portal_visit_shape, 41), FIELD_END};
static const struct shape asked_shape = {"PortalAsked", sizeof(struct portal_visits), asked_fields};

struct rate_in {
	uint32_t stars;
	struct str text;
};
static const struct field rate_fields[] = {
	FIELD_INT(struct rate_in, stars, 1, 5), FIELD_LINES(struct rate_in, text, 0, 400), FIELD_END};
static const struct shape rate_shape = {"PortalRate", sizeof(struct rate_in), rate_fields};

struct speak_in {
	enum language language;
};
static const struct field speak_fields[] = {FIELD_ENUM(struct speak_in, language, language_tags), FIELD_END};
static const struct shape speak_shape = {"PortalSpeak", sizeof(struct speak_in), speak_fields};

struct photo_query {
	uint64_t visit_id;
};
static const struct field photo_query_fields[] = {FIELD_ID(struct photo_query, visit_id), FIELD_END};
static const struct shape photo_query_shape = {"PortalPhotoNew", sizeof(struct photo_query), photo_query_fields};

static const struct field photo_fields[] = {FIELD_ID(struct file_row, id), FIELD_END};
static const struct shape photo_shape = {"PortalPhotoKept", sizeof(struct file_row), photo_fields};

const struct endpoint portal_ask[] = {
	{POST, "/photos", .signed_in = true, .upload = true, .query = &photo_query_shape, .out = &photo_shape, .run = photo,
	    .help = "A photo for a visit that one asked for, while nobody has it yet.", .story = "portal.test.mjs"},
	{GET, "/asking", .signed_in = true, .out = &asking_shape, .run = asking,
	    .help = "What may be asked for, where, and on which days.", .story = "portal.test.mjs"},
	{POST, "/visits", .signed_in = true, .body = &ask_shape, .out = &asked_shape, .run = ask,
	    .help = "Ask for a visit; the company confirms it.", .story = "portal.test.mjs"},
	{POST, "/visits/:id/stars", .signed_in = true, .body = &rate_shape, .run = rate,
	    .help = "Say how a visit was, once.", .story = "portal.test.mjs"},
	{PUT, "/me", .signed_in = true, .body = &speak_shape, .run = speak,
	    .help = "In which language the company writes to them.", .story = "portal.test.mjs"},
	{0}
};

static enum err
asking(struct work *w, const struct call *c)
{
	struct portal_asking out;

	TRY(act_portal_asking(w, &out));
	return reply_shape(c, &asking_shape, &out);
}

static enum err
ask(struct work *w, const struct call *c)
{
	struct portal_visits out;

	TRY(act_portal_ask_visit(w, c->body, &out));
	return reply_created(c, &asked_shape, &out);
}

static enum err
rate(struct work *w, const struct call *c)
{
	const struct rate_in *in = c->body;

	TRY(act_portal_rate(w, c->id, in->stars, in->text));
	return reply_nothing(c);
}

static enum err
speak(struct work *w, const struct call *c)
{
	const struct speak_in *in = c->body;

	TRY(act_portal_speak(w, in->language));
	return reply_nothing(c);
}

static enum err
photo(struct work *w, const struct call *c)
{
	const struct photo_query *q = c->query;
	struct part part[PARTS_MAX];
	struct file_row out;
	size_t n;

	TRY(multipart_parse(c->request->content_type, c->request->body, part, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, STR("file"))) {
			TRY(act_photo_asked(w, w->actor.id, q->visit_id, part[i].data, &out));
			return reply_created(c, &photo_shape, &out);
		}
	return fail(&w->fault, E_INVALID, "file", "The form holds no file.");
}
