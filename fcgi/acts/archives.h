/*
 * fcgi/acts/archives.h -- everything of the company as one file, for its owner: tables, photos, papers.
 *
 * Asked for here, made by the operator's desk (tenancy/export_orders.h), which says how far it is; kept for a week.
 */
#ifndef FCGI_ACTS_ARCHIVES_H
#define FCGI_ACTS_ARCHIVES_H

#include "tenancy/archive.h"
#include "tenancy/work.h"

struct archive_page {
	enum archive_state state; /* 0: none was asked for */
	int64_t done, of_all, bytes;
	struct maybe_i64 asked_at, ready_at, until_at;
};
must_use enum err act_archive(struct work *w, struct archive_page *out);
/* act_archive_ask -- while one is being made, that one. Errors  E_FORBIDDEN "step_up" */
must_use enum err act_archive_ask(struct work *w, struct archive_page *out);
/* act_archive_way -- it is about to be taken: written down. Errors as act_archive_take */
must_use enum err act_archive_way(struct work *w);
/* act_archive_take -- where it lies. Errors  E_FORBIDDEN "step_up"; E_NOT_FOUND none is ready */
must_use enum err act_archive_take(struct work *w, struct str *path, struct str *name);

#endif
