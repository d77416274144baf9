#include "fcgi/http/catalogue.h"

static void enter(struct catalogue *c, const struct shape *s, enum shape_way way);

void
catalogue_fill(const struct table *tables, struct catalogue *c)
{
	const struct table *t;
	const struct endpoint *e;

	c->n = 0;
	for (t = tables; t->noun != NULL; t++)
		for (e = t->endpoints; e->method != 0; e++) {
			if (e->body != NULL)
				enter(c, e->body, SHAPE_IN);
			if (e->query != NULL)
				enter(c, e->query, SHAPE_QUERY);
			if (e->out != NULL)
				enter(c, e->out, SHAPE_OUT);
		}
}

static void
enter(struct catalogue *c, const struct shape *s, enum shape_way way)
{
	const struct field *fd;
	size_t i;

	for (fd = s->fields; fd->kind != FIELD_KIND_END; fd++)
		if (fd->shape != NULL)
			enter(c, fd->shape, way);
	for (i = 0; i < c->n; i++)
		if (c->entry[i].shape == s) {
			if (way == SHAPE_IN)
				c->entry[i].way = way;
			return;
		}
	if (c->n < CATALOGUE_MAX) {
		c->entry[c->n].shape = s;
		c->entry[c->n].way = way;
		c->n++;
	}
}
