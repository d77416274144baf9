/*
 * sql/tenant/messages.h -- rows of conversations and of what is said in them.
 */
#ifndef SQL_TENANT_MESSAGES_H
#define SQL_TENANT_MESSAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/customers/customer.h"
#include "domain/messaging/message.h"
#include "domain/messaging/occasion.h"
#include "domain/reception/talk.h"

struct conversation_row {
	uint64_t id;
	struct str who;
	uint64_t customer_id;
	struct str address, name, language;
	enum conversation_state state;
	uint64_t staff_id;
	int64_t snoozed_until;
	uint32_t unread;
	int64_t waits_since, last_at;
	struct str last_words;
	enum medium last_medium;
	enum direction last_direction;
	uint64_t typing_id;
	int64_t typing_at;
	struct str talk;
	uint32_t version;
};

struct conversation_id_row {
	uint64_t id;
};

/* A line of the inbox. */
struct conversation_line_row {
	uint64_t id, customer_id;
	struct str name, address, language;
	enum conversation_state state;
	uint64_t staff_id;
	struct str staff;
	int64_t snoozed_until;
	uint32_t unread;
	int64_t waits_since, last_at;
	struct str last_words;
	enum medium last_medium;
	enum direction last_direction;
	enum talk_outcome outcome; /* of the last talk with the receptionist */
	enum record_kind last_ref; /* what its last message is about, or became */
	uint32_t version;
	bool stranger;
	/* Found by the act: 0 in the row. */
	bool became_job;
	enum intent asks;
	int64_t kept_until; /* 0: no hour is kept */
};

struct inbox_count_row {
	int64_t waiting, mine, unread, oldest;
};

struct message_row {
	uint64_t id, conversation_id;
	enum direction direction;
	enum medium medium;
	enum occasion occasion;
	enum message_state state;
	struct str address, subject, body, more;
	uint32_t actor_kind;
	uint64_t actor_id;
	enum record_kind ref_kind;
	uint64_t ref_id, batch_id;
	int64_t at, due_at;
	uint64_t job_id;
	int64_t claimed_at;
	struct maybe_i64 sent_at, ended_at;
	struct maybe_str provider_id;
	uint32_t segments;
	struct str problem;
	uint32_t version;
};

/* A message of a thread, with who said it. */
struct message_line_row {
	uint64_t id;
	enum direction direction;
	enum medium medium;
	enum occasion occasion;
	enum message_state state;
	struct str address, subject, body, more;
	struct maybe_str staff;
	enum record_kind ref_kind;
	uint64_t ref_id;
	int64_t at, due_at;
	struct maybe_i64 sent_at, ended_at;
	uint32_t segments;
	struct str problem;
	uint32_t version;
};

/* Whose number or address it is. */
struct known_row {
	uint64_t customer_id;
	struct str name, language;
};

struct provider_id_row {
	struct maybe_str provider_id;
};

struct said_row {
	int64_t number;
};

/* Where somebody is reached: the region of their first property. */
struct region_row {
	struct str region;
};

/* A word on the customer's pages. */
struct portal_word_row {
	uint64_t id;
	enum direction direction;
	struct str body, more, staff; /* staff: the first name of who answered; "" */
	int64_t at;
	bool own; /* the customer wrote it */
};

struct chosen_row {
	uint64_t id;
	struct str body;
	uint32_t version;
};

struct chosen_secret_row {
	uint64_t id;
	struct maybe_str secret; /* sealed */
};

struct reply_name_row {
	struct str name;
};

struct thread_place_row {
	struct str name;
};

struct saved_row {
	uint64_t id;
	struct str name, body;
	uint32_t version;
};

#endif
