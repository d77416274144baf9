#include "fcgi/http/router.h"

#include "fcgi/http/catalogue.h"

/* The OpenAPI 3.1 document, from the same tables that answer. */

static void write_paths(const struct table *tables, struct buf *out);
static bool
path_before(const struct table *tables, const struct table *t, const struct endpoint *e);
static void write_path(const struct table *tables, const struct table *t, const struct endpoint *e,
    struct buf *out);
static void write_operation(const struct table *t, const struct endpoint *e, struct buf *out);
static void write_operation_id(const struct table *t, const struct endpoint *e, struct buf *out);
static void write_parameters(const struct endpoint *e, struct buf *out);
static void write_query(const struct endpoint *e, bool *first, struct buf *out);
static void write_security(const struct table *t, const struct endpoint *e, struct buf *out);
static void write_body(const struct endpoint *e, struct buf *out);
static void write_responses(const struct endpoint *e, struct buf *out);
static void write_components(const struct table *tables, struct buf *out);
static void separate(bool *first, struct buf *out);

static const char components[] =
    "\"Error\":{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":"
    "\"object\","
    "\"required\":[\"code\",\"field\",\"message\",\"trace\"],\"properties\":{"
    "\"code\":{\"type\":\"string\",\"enum\":[\"invalid\",\"signed_out\",\"forbidden\",\"not_"
    "found\",\"stale\","
    "\"limit\",\"retry\",\"away\",\"bug\"]},"
    "\"field\":{\"type\":[\"string\",\"null\"]},\"message\":{\"type\":\"string\"},"
    "\"trace\":{\"type\":\"string\"}}}}}},"
    "\"responses\":{\"Error\":{\"description\":\"What went wrong, in the language of the caller\","
    "\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Error\"}}}}},"
    "\"parameters\":{"
    "\"id\":{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\","
    "\"pattern\":\"^[0-7][0-9a-hjkmnp-tv-z]{12}$\"}},"
    "\"id2\":{\"name\":\"id2\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\","
    "\"pattern\":\"^[0-7][0-9a-hjkmnp-tv-z]{12}$\"}},"
    "\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,"
    "\"description\":\"A repeat with the same key gets the first answer again, for at least 24 "
    "hours.\","
    "\"schema\":{\"type\":\"string\",\"minLength\":8,\"maxLength\":255}},"
    "\"XPoolhouse\":{\"name\":\"X-Poolhouse\",\"in\":\"header\",\"required\":true,"
    "\"description\":\"Shows that the request was made by our own page.\","
    "\"schema\":{\"type\":\"string\",\"enum\":[\"1\"]}}},"
    "\"securitySchemes\":{"
    "\"staff\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-poolhouse\"},"
    "\"customer\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-poolhouse-portal\"}}";

void
router_openapi(const struct table *tables, const char *version, struct buf *out)
{
	buf_add(out, STR("{\"openapi\":\"3.1.0\","
			 "\"jsonSchemaDialect\":\"https://json-schema.org/draft/2020-12/schema\","
			 "\"info\":{\"title\":\"Poolhouse\",\"version\":"));
	json_text(out, str_of(version));
	buf_add(out,
	    STR(",\"description\":\"What a pool service company's office, technicians and "
		"customers can ask of the house.\"},\"servers\":[{\"url\":\"/\"}],\"paths\":{"));
	write_paths(tables, out);
	buf_add(out, STR("},\"components\":{\"schemas\":{"));
	write_components(tables, out);
	buf_add(out, str_of(components));
	buf_add(out, STR("}}\n"));
}

/* The private listener is no part of the API. */
static void
write_paths(const struct table *tables, struct buf *out)
{
	const struct table *t;
	const struct endpoint *e;
	bool first = true;

	for (t = tables; t->noun != NULL; t++)
		for (e = t->endpoints; e->method != 0; e++) {
			if (t->surface == PRIVATE || path_before(tables, t, e))
				continue;
			separate(&first, out);
			write_path(tables, t, e, out);
		}
}

static bool
path_before(const struct table *tables, const struct table *t, const struct endpoint *e)
{
	const struct table *other;
	const struct endpoint *o;

	for (other = tables; other->noun != NULL; other++)
		for (o = other->endpoints; o->method != 0; o++) {
			if (o == e)
				return false;
			if (other->surface == t->surface && strcmp(o->path, e->path) == 0)
				return true;
		}
	return false;
}

static void
write_path(
    const struct table *tables, const struct table *t, const struct endpoint *e, struct buf *out)
{
	const struct table *other;
	const struct endpoint *o;
	const char *p;
	bool first = true, colon = false;

	buf_printf(out, "\"/api/%s", surface_name(t->surface));
	for (p = e->path; *p != '\0'; p++) {
		if (*p == '/' && colon)
			buf_char(out, '}');
		colon = *p == ':' || (colon && *p != '/');
		buf_char(out, *p == ':' ? '{' : *p);
	}
	buf_add(out, colon ? STR("}\":{") : STR("\":{"));
	for (other = tables; other->noun != NULL; other++)
		for (o = other->endpoints; o->method != 0; o++) {
			if (other->surface != t->surface || strcmp(o->path, e->path) != 0)
				continue;
			separate(&first, out);
			write_operation(other, o, out);
		}
	buf_char(out, '}');
}

static void
write_operation(const struct table *t, const struct endpoint *e, struct buf *out)
{
	unsigned p;
	bool first = true;

	buf_char(out, '"');
	buf_add(out, str_lower(out->a, str_of(method_name(e->method))));
	buf_add(out, STR("\":{\"operationId\":\""));
	write_operation_id(t, e, out);
	buf_add(out, STR("\",\"summary\":"));
	json_text(out, str_of(e->help));
	buf_printf(out,
	    ",\"tags\":[\"%s\"],\"x-surface\":\"%s\",\"x-who\":\"%s\",\"x-half\":%s,\"x-desk\":%s",
	    t->noun, surface_name(t->surface),
	    e->anyone      ? "anyone"
	    : e->signed_in ? "signed_in"
			   : "may",
	    e->half ? "true" : "false", e->run_desk != NULL ? "true" : "false");
	buf_add(out, STR(",\"x-may\":["));
	for (p = 0; p < PERMISSIONS; p++)
		if ((e->may & MAY(p)) != 0) {
			separate(&first, out);
			json_text(out, str_of(permission_name((enum permission)p)));
		}
	buf_add(out, STR("],\"x-story\":"));
	json_text(out, str_of(e->story));
	write_parameters(e, out);
	write_security(t, e, out);
	if (e->body != NULL || e->upload)
		write_body(e, out);
	write_responses(e, out);
	buf_char(out, '}');
}

static void
write_operation_id(const struct table *t, const struct endpoint *e, struct buf *out)
{
	const char *p;

	buf_add(out, str_lower(out->a, str_of(method_name(e->method))));
	buf_printf(out, "_%s", surface_name(t->surface));
	for (p = e->path; *p != '\0'; p++)
		if (*p != ':')
			buf_char(out, *p == '/' || *p == '-' || *p == '.' ? '_' : *p);
}

static void
write_parameters(const struct endpoint *e, struct buf *out)
{
	bool first = true;

	buf_add(out, STR(",\"parameters\":["));
	if (strstr(e->path, ":id") != NULL) {
		separate(&first, out);
		buf_add(out, STR("{\"$ref\":\"#/components/parameters/id\"}"));
	}
	if (strstr(e->path, ":id2") != NULL) {
		separate(&first, out);
		buf_add(out, STR("{\"$ref\":\"#/components/parameters/id2\"}"));
	}
	if (e->query != NULL)
		write_query(e, &first, out);
	if (e->method != GET) {
		separate(&first, out);
		buf_add(out, STR("{\"$ref\":\"#/components/parameters/XPoolhouse\"}"));
		if (!e->steps)
			buf_add(out, STR(",{\"$ref\":\"#/components/parameters/IdempotencyKey\"}"));
	}
	buf_char(out, ']');
}

static void
write_query(const struct endpoint *e, bool *first, struct buf *out)
{
	const struct field *fd;

	for (fd = e->query->fields; fd->kind != FIELD_KIND_END; fd++) {
		separate(first, out);
		buf_printf(out,
		    "{\"name\":\"%s\",\"in\":\"query\",\"required\":%s,\"schema\":", fd->name,
		    field_required(fd, SHAPE_QUERY) ? "true" : "false");
		field_schema(fd, SHAPE_QUERY, out);
		buf_char(out, '}');
	}
}

static void
write_security(const struct table *t, const struct endpoint *e, struct buf *out)
{
	if (e->anyone)
		buf_add(out, STR(",\"security\":[]"));
	else if (t->surface == PORTAL)
		buf_add(out, STR(",\"security\":[{\"customer\":[]}]"));
	else if (t->surface == AUTH && e->may == 0)
		buf_add(out, STR(",\"security\":[{\"staff\":[]},{\"customer\":[]}]"));
	else
		buf_add(out, STR(",\"security\":[{\"staff\":[]}]"));
}

static void
write_body(const struct endpoint *e, struct buf *out)
{
	static const char *const names_of_seeds[SHAPE_SEEDS] = {
	    "usual", "smallest", "largest", "foreign"};
	unsigned n;

	if (e->upload) {
		buf_add(out, STR(",\"requestBody\":{\"required\":true,\"content\":{\"multipart/form-data\":{\"schema\":"
				 "{\"type\":\"object\",\"required\":[\"file\"],\"properties\":{\"file\":{\"type\":\"string\","
				 "\"contentMediaType\":\"application/octet-stream\"}}}}}}"));
		return;
	}
	buf_printf(out,
	    ",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":"
	    "{\"$ref\":\"#/components/schemas/%s\"},\"examples\":{",
	    e->body->name);
	for (n = 0; n < SHAPE_SEEDS; n++) {
		buf_printf(out, "%s\"%s\":{\"value\":", n == 0 ? "" : ",", names_of_seeds[n]);
		shape_seed(e->body, n, out);
		buf_char(out, '}');
	}
	buf_add(out, STR("}}}}"));
}

static void
write_responses(const struct endpoint *e, struct buf *out)
{
	buf_add(out, STR(",\"responses\":{"));
	if (e->out != NULL)
		/* What a POST makes is 201; what it only works out is 200. */
		buf_printf(out,
		    "\"%s\":{\"description\":\"%s\",\"content\":{\"application/json\":{\"schema\":"
		    "{\"$ref\":\"#/components/schemas/%s\"}}}}",
		    e->method == POST ? "2XX" : "200", e->out->name, e->out->name);
	else if (e->file != NULL)
		buf_printf(out,
		    "\"200\":{\"description\":\"A file\",\"content\":{\"%s\":{\"schema\":{\"type\":"
		    "\"string\"}}}}",
		    e->file);
	else
		buf_add(out, STR("\"204\":{\"description\":\"Done\"}"));
	buf_add(out, STR(",\"default\":{\"$ref\":\"#/components/responses/Error\"}}"));
}

static void
write_components(const struct table *tables, struct buf *out)
{
	struct catalogue *c = arena_new(out->a, struct catalogue);
	size_t i;

	catalogue_fill(tables, c);
	for (i = 0; i < c->n; i++) {
		if (c->entry[i].way == SHAPE_QUERY)
			continue;
		json_text(out, str_of(c->entry[i].shape->name));
		buf_char(out, ':');
		shape_schema(c->entry[i].shape, c->entry[i].way, out);
		buf_char(out, ',');
	}
}

static void
separate(bool *first, struct buf *out)
{
	if (!*first)
		buf_char(out, ',');
	*first = false;
}
