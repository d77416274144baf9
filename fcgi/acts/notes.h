/*
 * fcgi/acts/notes.h -- what somebody wants remembered, and the company's own words on a customer.
 */
#ifndef FCGI_ACTS_NOTES_H
#define FCGI_ACTS_NOTES_H

#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define TAGS_MAX 40 /* of one customer */
#define TAG_MAX 40  /* characters */
#define NOTE_MAX 4000

struct note_new {
	enum record_kind on_kind; /* customer, property, pool or equipment */
	uint64_t on_id;
	enum audience audience;
	struct str body;
	bool pinned;
};

struct note_change {
	enum audience audience;
	struct str body;
	bool pinned;
	uint32_t version;
};

struct tag_wish {
	const struct tag_row *tags;
	size_t tags_n;
};

struct tag_list {
	struct tag_count_row *rows; /* at most 500, in the order of the alphabet */
	size_t rows_n;
};

/* Errors  E_INVALID "on_kind"; E_NOT_FOUND, E_STALE */
must_use enum err act_note_write(struct work *w, const struct note_new *in, uint64_t *id, uint64_t *customer_id);
must_use enum err act_note_change(struct work *w, uint64_t id, const struct note_change *in, uint64_t *customer_id);
/* act_note_drop -- gone, but for the log of changes */
must_use enum err act_note_drop(struct work *w, uint64_t id, uint64_t *customer_id);

/* act_tags_set -- exactly these; the same word in other letters' case is the same tag */
must_use enum err act_tags_set(struct work *w, uint64_t customer_id, const struct tag_wish *in);
/* act_tags -- all tags in use on customers, and on how many */
must_use enum err act_tags(struct work *w, struct tag_list *out);

#endif
