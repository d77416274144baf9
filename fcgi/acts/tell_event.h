/*
 * fcgi/acts/tell_event.h -- the timeline of a customer's record: what happened, what an edit changed,
 * and the company's own fields
 */
#ifndef FCGI_ACTS_TELL_EVENT_H
#define FCGI_ACTS_TELL_EVENT_H

#include "domain/customers/customer.h"
#include "domain/customers/field.h"
#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/* Which record, of which customer; batch_id 0: by hand. */
struct record {
	uint64_t customer_id;
	enum record_kind kind;
	uint64_t id, batch_id;
};

/* One value that a sentence of the timeline names. Never a secret. */
struct event_value {
	struct str name, value;
};
#define EVENT_VALUES_MAX 6
#define EVENT_VALUE_MAX 80 /* characters; longer ones are cut */

/* One line of the timeline. property_id, pool_id: 0 if it is about none; ref: what it leads to. */
struct event {
	uint64_t customer_id, property_id, pool_id;
	enum event_kind kind;
	enum record_kind ref_kind;
	uint64_t ref_id;
	const struct event_value *values;
	size_t values_n;
	int64_t at; /* when it was; 0: now */
};

/*
 * tell_owner -- whose record that is, and at which property and pool: fills these three of e
 *
 * Errors  E_NOT_FOUND; E_INVALID "on_kind" nothing hangs on that kind
 */
must_use enum err tell_owner(struct work *w, enum record_kind kind, uint64_t id, struct event *e);

/* tell_event -- write a line of the timeline, in this transaction, by the actor of this work */
must_use enum err tell_event(struct work *w, const struct event *e);
/* event_detail_shape -- what `event.detail` holds: {"rows":[{"name":...,"value":...}]}, struct event_detail */
struct event_detail {
	const struct event_value *rows;
	size_t rows_n;
};
extern const struct shape event_value_shape, event_detail_shape;

/* How a change is written: both texts; of a sealed one only that it changed; not at all, because it is already. */
enum change_how { CHANGE_PLAIN = 0, CHANGE_SEALED, CHANGE_TOLD };

/* One field: what it was and what it became. */
struct field_change {
	const char *field; /* ASCII, at most 40 */
	struct str was, became;
	enum change_how how;
};
#define CHANGE_TEXT_MAX 2000 /* characters; longer ones are cut */

/* tell_change -- one line for each of the n fields that differs; *changed (may be NULL) = how many did */
must_use enum err tell_change(struct work *w, const struct record *on, const struct field_change *c, size_t n,
    size_t *changed);

/*
 * tell_edit -- what an edit says: its changes, and one line of the timeline with the value "fields" (their
 * names with commas between) behind the event's own values. Nothing differs, nothing is said.
 */
must_use enum err tell_edit(struct work *w, const struct record *on, const struct event *e,
    const struct field_change *c, size_t n);

/* own_fields -- all of the company's own fields, in its order; archived ones too */
must_use enum err own_fields(struct work *w, const struct own_field **fields, size_t *n);

/* own_read -- the values in a column `own`; a text that we did not write is E_BUG */
must_use enum err own_read(struct work *w, struct str stored, const struct own_value **values, size_t *n);

/*
 * own_write -- check values against the company's fields, tell what changed, and give the text for the column
 *
 * on   in   the record they stand on; was: its column as it is now
 * Errors  those of own_check
 */
must_use enum err own_write(struct work *w, const struct record *on, struct str was, const struct own_value *values,
    size_t n, struct str *stored);
extern const struct shape own_value_shape, own_option_shape;

/* field_body_shape -- what `setting.body` of a field holds */
struct field_body {
	enum record_kind on;
	enum field_type type;
	const struct own_option *options;
	size_t options_n;
};
extern const struct shape field_body_shape;

/*
 * tell_standing -- derive the customer's standing from the facts as they are in this transaction
 *
 * To be called last by every act that archives a customer, makes or ends an agreement, gives it a
 * technician or takes it away. A customer who does not exist is no failure.
 */
must_use enum err tell_standing(struct work *w, uint64_t customer_id);

#endif
