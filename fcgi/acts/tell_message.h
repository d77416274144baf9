/*
 * fcgi/acts/tell_message.h -- words to and from customers: ordered here, written with the fact, carried by the job "message".
 *
 * 1. A key makes a message once, ever. 2. To one address they leave in the order in which they were ordered. 3. Whether one
 * may leave is asked right before it does (domain/messaging/going.h): nothing is said to a number that has said STOP.
 */
#ifndef FCGI_ACTS_TELL_MESSAGE_H
#define FCGI_ACTS_TELL_MESSAGE_H

#include "domain/messaging/going.h"
#include "domain/messaging/letter.h"
#include "domain/messaging/sms.h"
#include "sql/tenant/messages.h"
#include "tenancy/work.h"

#define MESSAGE_BODY_MAX 8000
#define MESSAGE_FILES_MAX 10
#define TALK_MAX 8000
#define CODE_SEALED_MAX 800
#define RATING_LOW 3 /* one to three stars: somebody should look */

/* Words with names and what they stand for: how a mail of the company's own words is kept until it is sent. */
struct mail_words {
	struct str subject, text;
	struct template_value *values;
	size_t values_n;
	struct maybe_u64 file_id; /* the paper that goes along, called {number} */
};
struct message_file {
	struct maybe_u64 id; /* none: it came with a mail and was not kept */
	struct str name, type;
};
/* What of a message is only read whole. */
struct message_more {
	struct mail_order *mail; /* at most one: a mail of a template */
	size_t mail_n;
	struct mail_words *words; /* at most one */
	size_t words_n;
	struct message_file *files;
	size_t files_n;
	struct str quoted;      /* of a mail heard: what it repeats */
	struct str provider_id; /* of a mail heard: its Message-ID; of one that answers it: the same */
	struct maybe_str thread; /* what both name besides: "<a@x> <b@y>" */
	struct maybe_str gate;   /* the codes of gates that were said: sealed, in hex; three stars stand for each */
	bool news;              /* marketing: says how to end it */
};
extern const struct shape message_more_shape, message_file_shape;

struct message_order {
	enum occasion occasion;
	enum medium medium;
	uint64_t conversation_id; /* 0: the thread of the customer, or of the address */
	uint64_t customer_id;     /* 0: a stranger */
	struct str address;       /* +16025550119, rosa@home.example; what leaves the house needs one */
	struct str name;          /* of a stranger, as far as we know it */
	enum language language;
	struct str key;           /* ASCII, at most 120; empty: every order is one of its own */
	struct str subject, text; /* what it says; a mail of a template or of words says that */
	struct mail_order *mail;
	struct mail_words *words;
	const struct message_file *files; /* pictures of a text */
	size_t files_n;
	struct str answers, thread; /* of a mail: the Message-ID that it answers, and those before it */
	bool ask;                 /* somebody of the office says yes first */
	bool trial;               /* to ourselves, to see it: nobody is to answer */
	enum record_kind ref_kind;
	uint64_t ref_id, batch_id;
	int64_t at;               /* not before; 0: now */
};

/*
 * tell_message -- order it, in this transaction; its thread is made if there is none
 *
 * id  out  0: there was one of that key. May be NULL
 *
 * Errors  E_INVALID "address" "text" "medium" (no number for texts)
 */
must_use enum err tell_message(struct work *w, const struct message_order *o, uint64_t *id);

/* A fact that customers may be told of. */
struct occurrence {
	enum occasion occasion;
	uint64_t customer_id;
	struct str key; /* of the fact: "visit:<id>:<version>"; each reader and medium adds its own */
	const struct template_value *values[LANGUAGES]; /* but for "name" and "company"; a day is written in each language */
	size_t values_n;
	enum record_kind ref_kind;
	uint64_t ref_id;
	struct maybe_u64 file_id; /* the paper that a mail takes along */
	uint64_t service_id; /* of the visit that it speaks of: its own words; 0: of none */
	int64_t at;
	bool asked;  /* somebody of the office sends it here and now, whatever the rule says */
	bool texted; /* it was said by text already: mails alone */
	bool wished; /* they want a text of it, whatever is usual */
};
/*
 * tell_occasion -- to each person of the customer who wants it, as the company's rule says: by text, by mail, after a yes
 *
 * said  out  how many messages were ordered; may be NULL
 */
must_use enum err tell_occasion(struct work *w, const struct occurrence *t, size_t *said);
/* tell_shut -- words as they are kept and shown here: no link of ours in them opens anything (domain/messaging/link.h) */
struct str tell_shut(struct work *w, struct str words);
/* tell_mailed -- the first address that gets mails of that occasion; empty: nobody of this customer wants them */
must_use enum err tell_mailed(struct work *w, enum occasion o, uint64_t customer_id, struct str *email);
/* tell_ways -- by what anybody hears of an occasion, as the company's rule says: the same for all customers, so it is read once */
struct ways {
	bool mail, sms, call;
};
must_use enum err tell_ways(struct work *w, enum occasion o, struct ways *out);
/* tell_reached -- by which of these ways the customer would hear of it now, as their people wish */
struct reached {
	bool mail, text; /* a call counts as a text: both go to the telephone */
};
must_use enum err tell_reached(struct work *w, enum occasion o, const struct ways *ways, uint64_t customer_id, struct reached *out);
/* tell_zones -- where the reader is, by their first property; the company's own clock if that is not known */
must_use enum err tell_zones(struct work *w, uint64_t customer_id, const struct zone *zone[ZONES_OF_READER]);
/* tell_topic -- which of a contact's wishes an occasion falls under: "report"; "" for what a person says */
struct str tell_topic(enum occasion o);
/*
 * tell_spoken -- a line of the timeline: something has left, did not arrive, or came in; a thread of nobody has no timeline
 *
 * as  in  EVENT_MESSAGE_SENT, _FAILED or _HEARD. What was said stays in the thread: not everybody may read that
 */
must_use enum err tell_spoken(struct work *w, const struct conversation_row *c, enum event_kind as, enum medium medium,
    enum occasion occasion);
/* What was heard. */
struct heard {
	enum medium medium;
	uint64_t customer_id; /* 0: looked for by the address */
	struct str from;      /* number or address; may be empty if the customer is known */
	struct str name, subject, body, quoted;
	struct str key;       /* the other side's name of it: a second time changes nothing */
	uint64_t conversation_id; /* 0: the thread of the customer, or of the address */
	struct str message_id, thread; /* of a mail: its Message-ID, and those that it answers in brackets */
	bool quiet;           /* a machine wrote it: nobody waits for an answer */
	bool answered;        /* the provider has answered STOP, START or HELP itself */
	const struct message_file *files;
	size_t files_n;
	enum record_kind ref_kind;
	uint64_t ref_id;
};
/*
 * tell_heard -- write it down: its thread opens again and waits; STOP and START hold from now on; a number from 1 to 5
 * answers "how was it?"
 *
 * to     out  the thread, locked in this transaction
 * fresh  out  false: we had it already, nothing was done
 * word   out  it was STOP, START or HELP; may be NULL
 */
must_use enum err tell_heard(struct work *w, const struct heard *h, struct conversation_row *to, bool *fresh,
    enum sms_word *word);

/*
 * tell_code -- the codes of gates that were said in that message, "4417, 5520"; "": none was
 * tell_gate -- they are sealed on the place, as many as it holds; a record that has one keeps it
 */
must_use enum err tell_code(struct work *w, uint64_t message_id, const struct message_more *more, struct str *code);
must_use enum err tell_gate(struct work *w, uint64_t property_id, struct str code);
/* tell_talk -- where the receptionist is; the thread is locked. Errors  E_LIMIT more than TALK_MAX */
must_use enum err tell_talk(struct work *w, uint64_t conversation_id, struct str talk, enum language l, enum talk_outcome outcome);
/*
 * tell_outcome -- how a talk ended: in the inbox, and on the timeline of a customer; outcome TALK_OPEN says nothing. The thread is locked
 */
must_use enum err tell_outcome(struct work *w, const struct conversation_row *c, enum talk_outcome outcome);

/* tell_thread -- the thread of a customer, or of the address of a stranger: locked, made if there is none */
must_use enum err tell_thread(struct work *w, uint64_t customer_id, struct str address, struct str name, enum language l,
    struct conversation_row *out);

/* tell_rating -- how a visit was: the timeline, an alert if it was not good */
must_use enum err tell_rating(struct work *w, uint64_t customer_id, uint64_t visit_id, uint32_t stars, struct str text);

/*
 * tell_inlet -- the address that answers to a thread, or what comes back of a message, come in at: the company's own, with the
 * name of it sealed. Empty if no mails come in at this house (config, mail_in)
 *
 * tell_inlet_good -- is it one that we gave out?
 */
must_use enum err tell_inlet(struct work *w, enum inlet inlet, uint64_t id, struct str *out);
must_use enum err tell_inlet_good(struct work *w, const struct inlet_address *i, bool *good);

/* message_id -- a name for the next message of a thread that is locked: greater than all before */
must_use enum err message_id(struct work *w, uint64_t conversation_id, uint64_t *id);

/* ---- what the company has chosen ---- */

struct texting {
	struct str number;     /* that texts come from and go to; empty: the company has none */
	struct str review_url; /* where customers write about it */
	struct maybe_str account, service; /* its own account at the provider (AC...) and messaging service (MG...); none: the house's */
};
extern const struct shape texting_shape, occasion_rule_kept;
must_use enum err tell_texting(struct work *w, struct texting *out);
/* The company's own account at the provider of texts and calls; empty: the house's is used. */
struct texting_account {
	struct str account, token;
};
must_use enum err tell_texting_account(struct work *w, struct texting_account *out);

/* What is kept of the company's own address (acts/sender.h). */
struct sender_kept {
	struct str address, selector, public_key;
	struct maybe_i64 checked_at;
	bool good;
	uint32_t dkim, dmarc, spf; /* enum record_state; 0: not asked yet */
	struct str dkim_found, dmarc_found, spf_found;
};
extern const struct shape sender_kept_shape;
struct own_sender {
	struct str address, domain, selector, key;
};
/* tell_sender -- as far as its domain says our key; address empty: mails come from the house */
must_use enum err tell_sender(struct work *w, struct own_sender *out);

/* The company's rule and words of one occasion; empty words: the usual ones. */
struct occasion_rule {
	enum occasion occasion;
	enum telling sms, email, call;
	struct str sms_en, sms_es, subject_en, subject_es, mail_en, mail_es, call_en, call_es;
	/* As they are kept: rules of before there were calls say nothing of them. */
	struct maybe_u32 rings;
	struct maybe_str rings_en, rings_es;
	uint32_t version; /* 0: nobody has changed it */
};
/*
 * tell_rule -- what holds: a service's own rule with its words, before the company's, before the usual
 * tell_rule_kept -- as it was written, of a service or (0) of the company; version 0: nobody wrote one
 * tell_off -- nobody is told of it: not by the company's rule, nor by that of any service
 *
 * service_id  in  of the visit that it speaks of; 0: of none
 */
must_use enum err tell_rule(struct work *w, enum occasion o, uint64_t service_id, struct occasion_rule *out);
must_use enum err tell_rule_kept(struct work *w, enum occasion o, uint64_t service_id, struct occasion_rule *out);
must_use enum err tell_off(struct work *w, enum occasion o, bool *off);

/* ---- what somebody said about being written to ---- */

struct consent_word {
	int64_t at;
	struct str what; /* "stop", "start", "news" */
	struct str how;  /* "text: ALTO", "link in a mail", "office: Ann" */
};
#define CONSENT_WORDS_MAX 20
struct consent {
	bool stopped;
	struct consent_word *words; /* the evidence, newest last */
	size_t words_n;
};
must_use enum err tell_consent(struct work *w, struct str address, struct consent *out);
/* tell_call_address -- what a wish about calls to that number hangs on: who ends calls may still want texts */
struct str tell_call_address(struct work *w, struct str number);
/* consent_gone -- why no mail goes to that address: it came back for good, or its reader called one spam; NULL: it may */
const char *consent_gone(const struct consent *c);
/* tell_mail_may -- Errors  E_FORBIDDEN "address" the same, said */
must_use enum err tell_mail_may(struct work *w, struct str address);
/* tell_consent_gone -- "bounce", "complaint"; "lift": somebody of the office wants to try again. Errors as tell_consent_say */
must_use enum err tell_consent_gone(struct work *w, struct str address, const char *what, struct str how);
/* tell_consent_say -- from now on. Errors  E_RETRY somebody else said something at the same time */
must_use enum err tell_consent_say(struct work *w, struct str address, bool stopped, struct str how);

/* A job of kind "message": the next one for that reader. */
struct lane_order {
	struct str address;
	enum medium medium;
};
extern const struct shape lane_order_shape;

#endif
