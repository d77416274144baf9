/*
 * domain/messaging/message.h -- what a message is: which way, by what, how far, and how far it may still come.
 *
 * One row of `message` for every word to and from a customer; rows hang on a conversation. All enums are stored: never
 * renumber, only append.
 */
#ifndef DOMAIN_MESSAGING_MESSAGE_H
#define DOMAIN_MESSAGING_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/str.h"

/* NOTED: the office among itself; it never leaves the house. */
enum direction { HEARD = 1, SAID, NOTED, DIRECTIONS };

enum medium {
	MEDIUM_SMS = 1,
	MEDIUM_EMAIL,
	MEDIUM_PORTAL,  /* the customer's pages */
	MEDIUM_BOOKING, /* the public booking page */
	MEDIUM_VOICE,   /* a call, as it was understood */
	MEDIUM_NOTE,
	MEDIUM_CALL, /* we ring, and a voice says it */
	MEDIUMS
};

enum message_state {
	MESSAGE_QUEUED = 1,
	MESSAGE_SENDING,   /* a job has it; whether the other side does is known when it answers */
	MESSAGE_SENT,      /* the other side took it */
	MESSAGE_DELIVERED, /* and says that it arrived */
	MESSAGE_FAILED,    /* `problem` says why */
	MESSAGE_HELD,      /* waits for somebody's yes */
	MESSAGE_WITHDRAWN, /* somebody said no, or what it says is not true any more */
	MESSAGE_GOT,       /* heard or noted: there is nothing to send */
	MESSAGE_STATES
};

enum conversation_state { CONVERSATION_OPEN = 1, CONVERSATION_CLOSED, CONVERSATION_STATES };

/* For shapes: index = value, "" does not exist, NULL ends. */
extern const char *const direction_names[];
extern const char *const medium_names[];
extern const char *const message_state_names[];
extern const char *const conversation_state_names[];

/*
 * message_may -- may a message go from one state to the other? What a provider says late or twice never turns it back:
 * delivered stays delivered, failed stays failed.
 */
bool message_may(enum message_state from, enum message_state to);

/* medium_leaves -- does it need a provider? What does not is said by being written. */
bool medium_leaves(enum medium m);

/* sms_state -- what a provider's word on a text or a call means: "delivered", "no-answer" ...; 0: nothing new */
enum message_state sms_state(struct str word);

#endif
