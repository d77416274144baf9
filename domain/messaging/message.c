#include "domain/messaging/message.h"

const char *const direction_names[] = {"", "heard", "said", "noted", NULL};
const char *const medium_names[] = {"", "sms", "email", "portal", "booking", "voice", "note", "call", NULL};
const char *const message_state_names[] = {
	"", "queued", "sending", "sent", "delivered", "failed", "held", "withdrawn", "got", NULL};
const char *const conversation_state_names[] = {"", "open", "closed", NULL};

bool
message_may(enum message_state from, enum message_state to)
{
	static const unsigned next[MESSAGE_STATES] = {
		[MESSAGE_QUEUED] = 1U << MESSAGE_SENDING | 1U << MESSAGE_FAILED | 1U << MESSAGE_HELD | 1U << MESSAGE_WITHDRAWN,
		[MESSAGE_SENDING] = 1U << MESSAGE_SENT | 1U << MESSAGE_DELIVERED | 1U << MESSAGE_FAILED | 1U << MESSAGE_QUEUED,
		[MESSAGE_SENT] = 1U << MESSAGE_DELIVERED | 1U << MESSAGE_FAILED,
		[MESSAGE_HELD] = 1U << MESSAGE_QUEUED | 1U << MESSAGE_WITHDRAWN,
	};

	return from < MESSAGE_STATES && to < MESSAGE_STATES && (next[from] & 1U << to) != 0;
}

bool
medium_leaves(enum medium m)
{
	return m == MEDIUM_SMS || m == MEDIUM_EMAIL || m == MEDIUM_CALL;
}

enum message_state
sms_state(struct str word)
{
	static const struct {
		const char *word;
		enum message_state state;
	} known[] = {{"sent", MESSAGE_SENT}, {"delivered", MESSAGE_DELIVERED}, {"read", MESSAGE_DELIVERED},
		{"undelivered", MESSAGE_FAILED}, {"failed", MESSAGE_FAILED}, {"canceled", MESSAGE_FAILED},
		{"completed", MESSAGE_DELIVERED}, {"busy", MESSAGE_FAILED}, {"no-answer", MESSAGE_FAILED}};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq(word, str_of(known[i].word)))
			return known[i].state;
	return 0;
}
