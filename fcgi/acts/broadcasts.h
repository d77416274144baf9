/*
 * fcgi/acts/broadcasts.h -- one text to many: looked at first, with its count and price; sent in steps; called off while it runs.
 *
 * It goes to those who want news and nobody else, to each number and address once, and never to one that has said STOP: asked
 * when it is ordered and again right before each message leaves.
 */
#ifndef FCGI_ACTS_BROADCASTS_H
#define FCGI_ACTS_BROADCASTS_H

#include "fcgi/acts/tell_message.h"
#include "sql/tenant/batch.h"

#define BROADCAST_CUSTOMERS_MAX 2000  /* named in a request */
#define BROADCAST_MATCHING_MAX 50000
#define BROADCASTS_PAGE 20

/* What is said. An empty Spanish text: those readers get the English one. */
struct broadcast_words {
	bool by_sms, by_email;
	struct str sms_en, sms_es, subject_en, subject_es, mail_en, mail_es;
};
struct broadcast_wish {
	struct person_id_row *ids;
	size_t ids_n;
	struct broadcast_words words;
	bool dry;
	struct maybe_i64 expect; /* how many messages there would be, as it was shown; another number is E_STALE */
};
struct broadcast_look {
	struct maybe_u64 id;           /* absent: it was only looked at */
	uint32_t customers, reached;   /* those chosen; those of them with somebody who gets it */
	uint32_t texts, mails, stopped; /* stopped: numbers and addresses that have ended such words */
	uint32_t segments;
	int64_t price_milli;           /* as words_shown */
	struct str to, text, subject, mail; /* as the first reader would see it */
};
struct broadcast_line {
	uint64_t id;
	enum batch_state state;
	int64_t made_at;
	struct maybe_str staff_name;
	uint32_t customers, done; /* how many customers it is for; how many were seen to */
	uint32_t waiting, sent, delivered, failed, withdrawn;
	struct maybe_i64 waits_until; /* nothing that has not left will before: it is night where it goes, or enough for a day */
	struct str words;
};
struct broadcasts {
	struct broadcast_line *rows;
	size_t rows_n;
	struct maybe_u64 next;
};
struct broadcasts_query {
	struct maybe_u64 before;
};

/* Errors  E_INVALID with the field of the words, "ids" nobody gets it; E_STALE `expect` */
must_use enum err act_broadcast(struct work *w, const struct broadcast_wish *in, struct broadcast_look *out);
/* act_broadcast_try -- to whoever asks, as a customer of their name would get it. Errors  E_INVALID "phone" they have none */
must_use enum err act_broadcast_try(struct work *w, const struct broadcast_words *in, struct broadcast_look *out);
must_use enum err act_broadcasts(struct work *w, const struct broadcasts_query *q, struct broadcasts *out);
must_use enum err act_broadcast_one(struct work *w, uint64_t id, struct broadcast_line *out);
/* act_broadcast_end -- what has not left yet stays here. Errors  E_STALE it is over */
must_use enum err act_broadcast_end(struct work *w, uint64_t id, struct broadcast_line *out);

struct broadcast_ticket {
	uint64_t batch_id;
};
extern const struct shape broadcast_ticket_shape;
/* act_broadcast_step -- some customers further; the next step is ordered with it. An order for what is over ends */
must_use enum err act_broadcast_step(struct work *w, uint64_t batch_id);

#endif
