/*
 * fcgi/acts/conversations.h -- the inbox: threads, what is said in them, who looks after them; saved answers.
 */
#ifndef FCGI_ACTS_CONVERSATIONS_H
#define FCGI_ACTS_CONVERSATIONS_H

#include "domain/reception/draft.h"
#include "fcgi/acts/tell_hold.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/record.h"

#define INBOX_PAGE 50
#define THREAD_PAGE 60
#define REPLIES_MAX 100
#define TYPING_S 8 /* somebody is writing as long as the page says so every few seconds */

enum inbox_list { INBOX_OPEN = 1, INBOX_MINE, INBOX_SNOOZED, INBOX_CLOSED, INBOX_ALL, INBOX_LISTS };
extern const char *const inbox_list_names[];

struct inbox_query {
	struct str list; /* of inbox_list_names; empty: open */
	struct str q;
	struct maybe_bool unread;
	struct str outcome;      /* of talk_outcome_names: threads whose last talk ended so; empty: all */
	struct maybe_i64 before; /* last_at of the last line seen */
};
struct inbox_page {
	struct conversation_line_row *rows;
	size_t rows_n;
	struct maybe_i64 next;
	struct inbox_count_row counts;
};

struct thread_message {
	struct message_line_row row;
	struct str occasion; /* what it was sent for; "" of what was heard */
	struct str quoted;
	struct message_file *files;
	size_t files_n;
	bool code; /* of a gate: three stars stand for it, and it can be shown */
};
struct message_code {
	struct str code;
};
struct thread_query {
	struct maybe_u64 before;
};
/* A way to answer. */
struct thread_way {
	enum medium medium;
	struct str address, name;
	bool stopped;
	struct str gone; /* why no mail goes there; empty: it does */
};
#define THREAD_WAYS_MAX 12
/* The hour that was offered and is kept. */
struct thread_kept {
	struct day day;
	uint32_t minute;
	uint64_t tech_id;
	struct str tech;
	int64_t until;
};
struct thread {
	struct conversation_line_row row;
	struct maybe_u64 customer_id, staff_id;
	struct str place, standing;
	struct thread_message *messages; /* oldest first */
	size_t messages_n;
	struct maybe_u64 next;
	struct thread_way *ways;
	size_t ways_n;
	struct str typing; /* who else is writing an answer; empty: nobody */
	struct str number; /* the company's, for texts; empty: it has none */
	struct thread_kept *kept; /* at most one */
	size_t kept_n;
};

struct thread_say {
	struct maybe_u64 picture; /* of a text: a photo that was put on this thread before */
	enum medium medium; /* sms, email, portal or note */
	struct str address; /* one of the ways; empty: where they wrote from last */
	struct str subject, text;
	struct str key; /* the page's own: what is sent twice is said once */
	struct booking_keep *keep; /* the hour that is offered with it; at most one */
	size_t keep_n;
};
struct thread_set {
	enum conversation_state state;
	struct maybe_u64 staff_id;
	int64_t snoozed_until;
	uint32_t version;
};
struct thread_lead {
	struct str name;
	struct maybe_u64 customer_id; /* it is somebody we know */
};
struct thread_start {
	uint64_t customer_id;
};
struct reply_row {
	uint64_t id;
	struct str name, text;
	uint32_t version;
};
struct reply_list {
	struct reply_row *rows;
	size_t rows_n;
};
struct reply_in {
	struct str name, text;
	uint32_t version; /* 0: a new one */
};

must_use enum err act_inbox(struct work *w, const struct inbox_query *q, struct inbox_page *out);
must_use enum err act_inbox_counts(struct work *w, struct inbox_count_row *out);
must_use enum err act_thread(struct work *w, uint64_t id, const struct thread_query *q, struct thread *out);
/* act_thread_start -- the thread of a customer, to write first */
must_use enum err act_thread_start(struct work *w, uint64_t customer_id, uint64_t *id);
/* Errors  E_INVALID "address" "text" "medium"; E_FORBIDDEN "address" they have said STOP */
must_use enum err act_thread_say(struct work *w, uint64_t id, const struct thread_say *in);
/* act_address_lift -- somebody wants to try an address again that mail came back from. Errors  E_INVALID "address" it was not */
must_use enum err act_address_lift(struct work *w, struct str address);
must_use enum err act_thread_set(struct work *w, uint64_t id, const struct thread_set *in);
/* act_thread_free -- the hour that was offered is anybody's again */
must_use enum err act_thread_free(struct work *w, uint64_t id);
must_use enum err act_thread_seen(struct work *w, uint64_t id);
must_use enum err act_thread_typing(struct work *w, uint64_t id);
/* act_thread_lead -- a stranger becomes a customer with that number or address; or is one that we know */
must_use enum err act_thread_lead(struct work *w, uint64_t id, const struct thread_lead *in, uint64_t *customer_id);
/* act_message_code_show -- the code of a gate that was said; who saw it in the audit log and the timeline. E_NOT_FOUND: none was */
must_use enum err act_message_code_show(struct work *w, uint64_t id, struct message_code *out);
/*
 * act_message_release, act_message_withdraw -- somebody says yes or no to a message that waits for it
 *
 * text  in  a text message in other words: its links, which nobody is shown, are those that it had
 *
 * Errors  E_STALE; E_INVALID "text" empty, too long, or not of a text message
 */
must_use enum err act_message_release(struct work *w, uint64_t id, uint32_t version, struct maybe_str text, uint64_t *conversation_id);
must_use enum err act_message_withdraw(struct work *w, uint64_t id, uint32_t version, uint64_t *conversation_id);

must_use enum err act_replies(struct work *w, struct reply_list *out);
must_use enum err act_reply_keep(struct work *w, uint64_t id, const struct reply_in *in);
must_use enum err act_reply_drop(struct work *w, uint64_t id, uint32_t version);

#endif
