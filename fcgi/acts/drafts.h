/*
 * fcgi/acts/drafts.h -- beside a conversation: what it asks for, what is good to know before it is answered, and the job that it becomes.
 *
 * A draft is read from the words each time and kept nowhere; only the job is, and the message says which one it became.
 */
#ifndef FCGI_ACTS_DRAFTS_H
#define FCGI_ACTS_DRAFTS_H

#include "domain/reception/draft.h"
#include "sql/tenant/schedule.h"
#include "tenancy/work.h"

struct draft_query {
	struct maybe_u64 message; /* that one; absent: the last one that asks for work */
};
struct draft_mark {
	struct str text;
};
struct message_draft {
	struct maybe_u64 message_id, service_id; /* no message: nothing asks for work */
	enum intent intent;
	struct maybe_day day;
	struct maybe_u32 from_minute, to_minute;
	struct str when, note;
	struct draft_mark *marks;
	size_t marks_n;
	uint32_t pictures; /* that go with it */
	struct visit_glance_row *made; /* what it became; at most one */
	size_t made_n;
};
must_use enum err act_draft(struct work *w, uint64_t conversation_id, const struct draft_query *q, struct message_draft *out);

struct glance {
	struct visit_glance_row *next, *last; /* at most one each */
	size_t next_n, last_n;
	struct maybe_i64 balance_cents; /* below zero: they have paid ahead; absent: whoever looks may not know */
	struct maybe_bool autopay;
};
/* Errors  E_NOT_FOUND */
must_use enum err act_glance(struct work *w, uint64_t customer_id, struct glance *out);

/*
 * act_draft_becomes -- a job was made of a message: its pictures go with the job, and the message says so
 *
 * Errors  E_STALE it became one before; E_INVALID "property_id" the job is another customer's
 */
must_use enum err act_draft_becomes(struct work *w, uint64_t message_id, uint64_t visit_id);

#endif
