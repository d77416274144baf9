#include "fcgi/http/router.h"

#include "fcgi/http/catalogue.h"

/* `poold routes` and `poold shapes`: the tables for people and for TypeScript. */

static void list_who(const struct endpoint *e, struct buf *out);
static void api_path(const struct table *t, const struct endpoint *e, struct buf *out);
static void type_endpoint(const struct table *t, const struct endpoint *e, struct buf *out);

void
router_list(const struct table *tables, struct buf *out)
{
	const struct table *t;
	const struct endpoint *e;

	for (t = tables; t->noun != NULL; t++)
		for (e = t->endpoints; e->method != 0; e++) {
			buf_printf(out, "%-6s ", method_name(e->method));
			api_path(t, e, out);
			buf_char(out, '\t');
			list_who(e, out);
			buf_printf(out, "\t%s -> %s\t%s\n",
			    e->body == NULL ? "nothing" : e->body->name,
			    e->out != NULL    ? e->out->name
			    : e->file != NULL ? e->file
					      : "nothing",
			    e->help);
		}
}

static void
api_path(const struct table *t, const struct endpoint *e, struct buf *out)
{
	if (t->surface != PRIVATE)
		buf_printf(out, "/api/%s", surface_name(t->surface));
	buf_add(out, str_of(e->path));
}

static void
list_who(const struct endpoint *e, struct buf *out)
{
	bool first = true;
	unsigned p;

	if (e->anyone)
		buf_add(out, e->run_desk != NULL ? STR("anyone, no company") : STR("anyone"));
	if (e->signed_in)
		buf_add(out, STR("signed in"));
	for (p = 0; p < PERMISSIONS; p++) {
		if ((e->may & MAY(p)) == 0)
			continue;
		if (!first)
			buf_char(out, '+');
		first = false;
		buf_add(out, str_of(permission_name((enum permission)p)));
	}
	if (e->half)
		buf_add(out, STR(", half"));
}

void
router_typescript(const struct table *tables, struct buf *out)
{
	struct arena *a = arena_open(65536, 1024 * 1024, NULL);
	struct catalogue *c = arena_new(a, struct catalogue);
	const struct table *t;
	const struct endpoint *e;
	size_t i;

	buf_add(out,
	    STR("// Written by `poold shapes` from the tables of the server. Do not edit.\n\n"));
	catalogue_fill(tables, c);
	for (i = 0; i < c->n; i++) {
		shape_typescript(c->entry[i].shape, c->entry[i].way, out);
		buf_char(out, '\n');
	}
	buf_add(out, STR("export interface ApiError {\n\terror: {\n\t\tcode: "));
	for (i = E_INVALID; i < ERR_COUNT; i++)
		buf_printf(out, "%s\"%s\"", i == E_INVALID ? "" : " | ", err_name((enum err)i));
	buf_add(out, STR(";\n\t\tfield: string | null;\n\t\tmessage: string;\n\t\ttrace: string;\n"
			 "\t};\n}\n\n/** What each address takes and answers. */\nexport interface "
			 "Api {\n"));
	for (t = tables; t->noun != NULL; t++)
		for (e = t->endpoints; e->method != 0; e++)
			if (t->surface != PRIVATE)
				type_endpoint(t, e, out);
	buf_add(out, STR("}\n"));
	arena_close(a);
}

static void
type_endpoint(const struct table *t, const struct endpoint *e, struct buf *out)
{
	buf_printf(out, "\t/** %s */\n\t\"%s ", e->help, method_name(e->method));
	api_path(t, e, out);
	buf_printf(out, "\": { body: %s; query: %s; out: %s };\n",
	    e->upload ? "FormData" : e->body == NULL ? "null" : e->body->name, e->query == NULL ? "null" : e->query->name,
	    e->out != NULL    ? e->out->name
	    : e->file != NULL ? "string"
			      : "null");
}
