#include "fcgi/http/router.h"
#include "fcgi/http/catalogue.h"

#include "domain/base/id.h"

/* What must be true of the tables before the first request: said at start, and by a test. */

#define LAW_MAX 400

/* What one walk through the tables has seen. */
struct seen {
	const struct shape *shape[CATALOGUE_MAX];
	size_t shapes;
	struct buf out;
};

static const char *endpoint_law(const struct table *t, const struct endpoint *e);
static const char *path_law(const char *path);
static const char *caller_law(const struct table *t, const struct endpoint *e);
static const char *query_law(const struct shape *s);
static const char *shapes_law(struct seen *seen, const struct endpoint *e);
static const char *unique_law(struct seen *seen, const struct shape *s);
static bool same_door(const struct table *tables, const struct table *t, const struct endpoint *e);

const char *
router_law(const struct table *tables)
{
	/* The answer outlives the arena it was found with. */
	static char text[LAW_MAX + 1];
	struct arena *a = arena_open(65536, 1024 * 1024, NULL);
	struct seen *seen = arena_new(a, struct seen);
	const struct table *t;
	const struct endpoint *e;
	const char *wrong = NULL;

	seen->out = buf_open(a, LAW_MAX, LAW_MAX);
	for (t = tables; t->noun != NULL && wrong == NULL; t++)
		for (e = t->endpoints; e->method != 0 && wrong == NULL; e++) {
			wrong = endpoint_law(t, e);
			if (wrong == NULL && same_door(tables, t, e))
				wrong = "the same method and path twice";
			if (wrong == NULL)
				wrong = shapes_law(seen, e);
			if (wrong != NULL)
				snprintf(text, sizeof(text), "%s %s %s: %s",
				    surface_name(t->surface), method_name(e->method),
				    e->path == NULL ? "?" : e->path, wrong);
		}
	arena_close(a);
	return wrong == NULL ? NULL : text;
}

static const char *
endpoint_law(const struct table *t, const struct endpoint *e)
{
	struct str help = str_of(e->help), story = str_of(e->story);
	const char *wrong;

	if ((unsigned)t->surface == 0 || t->surface >= SURFACES)
		return "the surface is unknown";
	if ((unsigned)e->method >= METHODS || e->method == HEAD)
		return "the method is unknown, or HEAD, which comes with GET";
	wrong = path_law(e->path);
	if (wrong == NULL)
		wrong = caller_law(t, e);
	if (wrong != NULL)
		return wrong;
	if ((e->run == NULL) == (e->run_desk == NULL))
		return "either run or run_desk";
	if (e->method == GET && e->body != NULL)
		return "GET has no body";
	if (e->loose && (e->method != GET || e->run == NULL))
		return "loose is a reader in a company";
	if (e->out != NULL && e->file != NULL)
		return "either a shape or a file comes out";
	if (e->columns != NULL && (e->file == NULL || strcmp(e->file, CSV_TYPE) != 0 || !str_ends(str_of(e->path), STR(".csv"))))
		return "columns are of a file of CSV";
	wrong = e->columns == NULL ? NULL : columns_law(e->columns);
	if (wrong != NULL)
		return wrong;
	if (e->upload && (e->method == GET || e->body != NULL))
		return "an upload is a form, so neither GET nor a shape";
	/* A hook without a shape takes what a provider sends whole: a mail, in a form of its own. */
	const bool whole = e->run_desk != NULL && e->anyone && e->body == NULL;

	if (e->body_max > (whole ? LETTER_POST_MAX : e->upload ? UPLOAD_MAX : BODY_MAX))
		return "body_max is over the ceiling";
	if (!str_ends(help, STR(".")))
		return "help is one sentence, with its full stop";
	if (!str_ends(story, STR(".mjs")))
		return "story names the test that tells it";
	return e->query == NULL ? NULL : query_law(e->query);
}

static const char *
path_law(const char *path)
{
	struct str rest, one;
	unsigned ids = 0, segments = 0;
	uint64_t id;

	if (path == NULL || path[0] != '/' || strlen(path) > PATH_MAX_BYTES / 2)
		return "the path begins with / and is short";
	rest = str_of(path + 1);
	while (rest.p != NULL && rest.n > 0) {
		size_t i;

		one = str_cut(rest, '/', &rest);
		segments++;
		if (one.n == 0 || segments > PATH_SEGMENTS)
			return "an empty segment, or too many";
		if (one.p[0] == ':') {
			if (!str_eq(one, ids == 0 ? STR(":id") : STR(":id2")) || ++ids > 2)
				return "a path names :id, then :id2";
			continue;
		}
		for (i = 0; i < one.n; i++)
			if ((one.p[i] < 'a' || one.p[i] > 'z') && one.p[i] != '-' &&
			    one.p[i] != '.')
				return "a segment is lower case letters, - and .";
		if (id_read(one, &id))
			return "a segment that could be an id";
	}
	return NULL;
}

static const char *
caller_law(const struct table *t, const struct endpoint *e)
{
	if ((e->may != 0) + e->anyone + e->signed_in != 1)
		return "exactly one of anyone, signed_in, may";
	if ((e->may & ~MAY_ALL) != 0)
		return "may has unknown bits";
	if (e->may != 0 && t->surface != OFFICE && t->surface != TECH && t->surface != AUTH)
		return "permissions are of staff";
	if (e->half && e->anyone)
		return "half is said of those who are signed in";
	if (e->run_desk != NULL && !e->anyone)
		return "at the desk nobody is signed in";
	return NULL;
}

static const char *
query_law(const struct shape *s)
{
	const struct field *fd;

	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++)
		if (fd->kind == FIELD_KIND_SHAPE || fd->kind == FIELD_KIND_LIST ||
		    fd->kind == FIELD_KIND_SET || fd->kind == FIELD_KIND_STORED)
			return "a query holds single values";
	return NULL;
}

static const char *
shapes_law(struct seen *seen, const struct endpoint *e)
{
	const struct shape *three[3] = {e->body, e->query, e->out};
	const char *wrong = NULL;
	unsigned i;

	for (i = 0; i < 3 && wrong == NULL; i++) {
		if (three[i] == NULL)
			continue;
		wrong = shape_law(three[i], &seen->out);
		if (wrong == NULL)
			wrong = unique_law(seen, three[i]);
	}
	return wrong;
}

/* Two shapes of one name would be one TypeScript interface, and one of them wrong. */
static const char *
unique_law(struct seen *seen, const struct shape *s)
{
	const struct field *fd;
	const char *wrong;
	size_t i;

	for (i = 0; i < seen->shapes; i++) {
		if (seen->shape[i] == s)
			return NULL;
		if (strcmp(seen->shape[i]->name, s->name) == 0) {
			buf_printf(&seen->out, "two shapes are called %s", s->name);
			return buf_str(&seen->out).p;
		}
	}
	if (seen->shapes == CATALOGUE_MAX)
		return "too many shapes: raise CATALOGUE_MAX";
	seen->shape[seen->shapes++] = s;
	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++) {
		wrong = fd->shape == NULL ? NULL : unique_law(seen, fd->shape);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

static bool
same_door(const struct table *tables, const struct table *t, const struct endpoint *e)
{
	const struct table *other;
	const struct endpoint *o;

	for (other = tables; other->noun != NULL; other++) {
		if (other->surface != t->surface)
			continue;
		for (o = other->endpoints; o->method != 0; o++)
			if (o != e && o->method == e->method && o->path != NULL &&
			    strcmp(o->path, e->path) == 0)
				return true;
	}
	return false;
}
