/*
 * fcgi/acts/views.h -- lists of customers that somebody saved: their own, or for everybody.
 */
#ifndef FCGI_ACTS_VIEWS_H
#define FCGI_ACTS_VIEWS_H

#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define VIEWS_MAX 40 /* of a person; and as many of everybody's */

/* What a list is filtered by, as it was when it was saved: the words of the address. Empty: no matter. */
struct view_filter {
	struct str q, standing, kind, language, tag, city, lacking, sort;
	struct maybe_u64 tech_id;
};

struct view {
	uint64_t id;
	struct str name;
	bool shared; /* everybody's */
	uint32_t position;
	struct view_filter filter;
	uint32_t version;
};

struct views {
	struct view *rows;
	size_t rows_n;
};

struct view_new {
	struct str name;
	bool shared;
	uint32_t position;
	struct view_filter filter;
};

struct view_change {
	struct str name;
	uint32_t position;
	struct view_filter filter;
	uint32_t version;
};

extern const struct shape view_filter_shape;

/*
 * Somebody else's own view does not exist. What is everybody's is changed only by who may edit customers.
 *
 * Errors  E_NOT_FOUND; E_STALE; E_FORBIDDEN; E_INVALID "name" taken; E_LIMIT
 */
must_use enum err act_views(struct work *w, struct views *out);
must_use enum err act_view_save(struct work *w, const struct view_new *in, struct view *out);
must_use enum err act_view_change(struct work *w, uint64_t id, const struct view_change *in, struct view *out);
must_use enum err act_view_drop(struct work *w, uint64_t id);

#endif
