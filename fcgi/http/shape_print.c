#include "fcgi/http/shape.h"

#include "fcgi/http/shape_check.h"

/* What a shape is, told to TypeScript and to OpenAPI (JSON Schema 2020-12). */

static void type_of(const struct field *fd, struct buf *out);
static void type_names(const struct field *fd, struct buf *out);
static void schema_type(const struct field *fd, const char *type, struct buf *out);
static void schema_number(const struct field *fd, struct buf *out);
static void schema_text(const struct field *fd, enum shape_way way, struct buf *out);
static void schema_list(const struct field *fd, enum shape_way way, struct buf *out);
static void schema_names(const struct field *fd, struct buf *out);
static void schema_required(const struct shape *s, enum shape_way way, struct buf *out);
static void schema_ref(const struct shape *s, struct buf *out);

void
shape_typescript(const struct shape *s, enum shape_way way, struct buf *out)
{
	const struct field *fd;

	buf_printf(out, "export interface %s {\n", s->name);
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		if (fd->help != NULL)
			buf_printf(out, "\t/** %s */\n", fd->help);
		buf_printf(out, "\t%s%s: ", fd->name, field_required(fd, way) ? "" : "?");
		type_of(fd, out);
		buf_add(out, field_may_miss(fd) ? STR(" | null;\n") : STR(";\n"));
	}
	buf_add(out, STR("}\n"));
}

bool
field_required(const struct field *fd, enum shape_way way)
{
	bool text = fd->kind == FIELD_KIND_TEXT || fd->kind == FIELD_KIND_LINES ||
	    fd->kind == FIELD_KIND_SECRET;

	if (way == SHAPE_QUERY)
		return (text && fd->min > 0) || fd->kind == FIELD_KIND_ID;
	return way == SHAPE_OUT || !field_may_miss(fd);
}

static void
type_of(const struct field *fd, struct buf *out)
{
	switch (fd->kind) {
	case FIELD_KIND_BOOL:
	case FIELD_KIND_MAYBE_BOOL:
		buf_add(out, STR("boolean"));
		break;
	case FIELD_KIND_I32:
	case FIELD_KIND_U32:
	case FIELD_KIND_I64:
	case FIELD_KIND_MAYBE_I64:
	case FIELD_KIND_MAYBE_U32:
		buf_add(out, STR("number"));
		break;
	case FIELD_KIND_ENUM:
		type_names(fd, out);
		break;
	case FIELD_KIND_SET:
		buf_char(out, '(');
		type_names(fd, out);
		buf_add(out, STR(")[]"));
		break;
	case FIELD_KIND_SHAPE:
	case FIELD_KIND_STORED:
		buf_add(out, str_of(fd->shape->name));
		break;
	case FIELD_KIND_LIST:
		buf_printf(out, "%s[]", fd->shape->name);
		break;
	default:
		buf_add(out, STR("string"));
	}
}

static void
type_names(const struct field *fd, struct buf *out)
{
	bool first = true;
	unsigned i;

	for (i = 0; fd->names[i] != NULL; i++) {
		if (fd->names[i][0] == '\0')
			continue;
		if (!first)
			buf_add(out, STR(" | "));
		first = false;
		json_text(out, str_of(fd->names[i]));
	}
}

void
shape_schema(const struct shape *s, enum shape_way way, struct buf *out)
{
	const struct field *fd;

	buf_add(out, STR("{\"type\":\"object\",\"properties\":{"));
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		if (fd != s->fields)
			buf_char(out, ',');
		json_text(out, str_of(fd->name));
		buf_char(out, ':');
		field_schema(fd, way, out);
	}
	buf_char(out, '}');
	schema_required(s, way, out);
	/* A reader of our answers must let new members pass; we do not let unknown ones in. */
	if (way == SHAPE_IN)
		buf_add(out, STR(",\"additionalProperties\":false"));
	buf_char(out, '}');
}

static void
schema_required(const struct shape *s, enum shape_way way, struct buf *out)
{
	const struct field *fd;
	bool first = true;

	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		if (!field_required(fd, way))
			continue;
		buf_add(out, first ? STR(",\"required\":[") : STR(","));
		first = false;
		json_text(out, str_of(fd->name));
	}
	if (!first)
		buf_char(out, ']');
}

void
field_schema(const struct field *fd, enum shape_way way, struct buf *out)
{
	buf_char(out, '{');
	switch (fd->kind) {
	case FIELD_KIND_BOOL:
	case FIELD_KIND_MAYBE_BOOL:
		schema_type(fd, "boolean", out);
		break;
	case FIELD_KIND_I32:
	case FIELD_KIND_U32:
	case FIELD_KIND_I64:
	case FIELD_KIND_MAYBE_I64:
	case FIELD_KIND_MAYBE_U32:
		schema_number(fd, out);
		break;
	case FIELD_KIND_ID:
	case FIELD_KIND_MAYBE_ID:
		schema_type(fd, "string", out);
		buf_add(out, STR(",\"pattern\":\"^[0-7][0-9a-hjkmnp-tv-z]{12}$\""));
		break;
	case FIELD_KIND_ENUM:
		schema_names(fd, out);
		break;
	case FIELD_KIND_SET:
		buf_add(out, STR("\"type\":\"array\",\"items\":{"));
		schema_names(fd, out);
		buf_char(out, '}');
		break;
	case FIELD_KIND_DAY:
	case FIELD_KIND_MAYBE_DAY:
		schema_type(fd, "string", out);
		buf_add(out, STR(",\"format\":\"date\""));
		break;
	case FIELD_KIND_SHAPE:
	case FIELD_KIND_STORED:
		schema_ref(fd->shape, out);
		break;
	case FIELD_KIND_LIST:
		schema_list(fd, way, out);
		break;
	default:
		schema_text(fd, way, out);
	}
	if (fd->help != NULL) {
		buf_add(out, STR(",\"description\":"));
		json_text(out, str_of(fd->help));
	}
	buf_char(out, '}');
}

static void
schema_type(const struct field *fd, const char *type, struct buf *out)
{
	buf_printf(out, field_may_miss(fd) ? "\"type\":[\"%s\",\"null\"]" : "\"type\":\"%s\"", type);
}

static void
schema_number(const struct field *fd, struct buf *out)
{
	schema_type(fd, "integer", out);
	buf_printf(
	    out, ",\"minimum\":%lld,\"maximum\":%lld", (long long)fd->min, (long long)fd->max);
}

static void
schema_text(const struct field *fd, enum shape_way way, struct buf *out)
{
	schema_type(fd, "string", out);
	/* Rows written under older bounds still go out, so only input promises a length. */
	if (way != SHAPE_OUT)
		buf_printf(out, ",\"minLength\":%lld,\"maxLength\":%lld", (long long)fd->min,
		    (long long)fd->max);
}

static void
schema_list(const struct field *fd, enum shape_way way, struct buf *out)
{
	buf_add(out, STR("\"type\":\"array\","));
	if (way != SHAPE_OUT)
		buf_printf(out, "\"maxItems\":%lld,", (long long)fd->max);
	buf_add(out, STR("\"items\":{"));
	schema_ref(fd->shape, out);
	buf_char(out, '}');
}

static void
schema_names(const struct field *fd, struct buf *out)
{
	bool first = true;
	unsigned i;

	buf_add(out, STR("\"type\":\"string\",\"enum\":["));
	for (i = 0; fd->names[i] != NULL; i++) {
		if (fd->names[i][0] == '\0')
			continue;
		if (!first)
			buf_char(out, ',');
		first = false;
		json_text(out, str_of(fd->names[i]));
	}
	buf_char(out, ']');
}

static void
schema_ref(const struct shape *s, struct buf *out)
{
	buf_printf(out, "\"$ref\":\"#/components/schemas/%s\"", s->name);
}
