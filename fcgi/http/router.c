#include "fcgi/http/router.h"

#include "domain/base/id.h"
#include "fcgi/http/reply.h"

static bool matches(const char *pattern, const struct request *r, uint64_t *id, uint64_t *id2);

enum err
router_find(const struct table *tables, const struct request *r, const struct endpoint **e,
    struct call *c, unsigned *allowed)
{
	const struct table *t;
	const struct endpoint *one;
	/* HEAD is a GET whose body nginx is not told. */
	enum method method = r->method == HEAD ? GET : r->method;

	*allowed = 0;
	for (t = tables; t->noun != NULL; t++) {
		if (t->surface != r->surface)
			continue;
		for (one = t->endpoints; one->method != 0; one++) {
			uint64_t id = 0, id2 = 0;

			if (!matches(one->path, r, &id, &id2))
				continue;
			*allowed |= 1U << one->method;
			if (one->method != method)
				continue;
			*e = one;
			c->id = id;
			c->id2 = id2;
			return OK;
		}
	}
	return E_NOT_FOUND;
}

/* matches -- "/staff/:id/disablings" against the request's segments; an id is never a literal
 * (router_law) */
static bool
matches(const char *pattern, const struct request *r, uint64_t *id, uint64_t *id2)
{
	struct str rest = str_of(pattern + 1), want;
	size_t i = 0;

	while (rest.p != NULL && rest.n > 0) {
		want = str_cut(rest, '/', &rest);
		if (i == r->segments)
			return false;
		if (str_eq(want, STR(":id"))) {
			if (!id_read(r->segment[i], id))
				return false;
		} else if (str_eq(want, STR(":id2"))) {
			if (!id_read(r->segment[i], id2))
				return false;
		} else if (!str_eq(want, r->segment[i])) {
			return false;
		}
		i++;
	}
	return i == r->segments;
}
