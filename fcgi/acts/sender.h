/*
 * fcgi/acts/sender.h -- the company's own address: mails come from hello@desertblue.example instead of the house's.
 *
 * That a domain is the company's is proven by its name server saying our key (DKIM). Asked by a job, when somebody wants to know and
 * each night; as long as it does not, or not any more, mails come from the house's address as before.
 */
#ifndef FCGI_ACTS_SENDER_H
#define FCGI_ACTS_SENDER_H

#include "fcgi/acts/tell_message.h"

/* What a name server says. */
enum record_state { RECORD_STATE_ASKED = 1, RECORD_STATE_GOOD, RECORD_STATE_MISSING, RECORD_STATE_WRONG, RECORD_STATES };
extern const char *const record_state_names[];

struct sender_record {
	struct str what; /* "dkim", "dmarc", "spf" */
	struct str name, value; /* as it must be; of "spf": of the house's own envelope, which is the operator's */
	struct str found;       /* what is there instead; "" */
	enum record_state state;
};
#define SENDER_RECORDS 3
struct sender {
	struct str address; /* "" until somebody gives one */
	struct sender_record *records;
	size_t records_n;
	bool good;           /* mails come from it */
	struct maybe_i64 checked_at;
	struct str house;    /* where they come from else */
	uint32_t version;
};
struct sender_set {
	struct str address; /* "": the house's again */
	uint32_t version;   /* 0: none was kept yet */
};

must_use enum err act_sender(struct work *w, struct sender *out);
/* act_sender_set -- a new domain gets a new key. Errors  E_INVALID "address"; E_STALE */
must_use enum err act_sender_set(struct work *w, const struct sender_set *in);
/* act_sender_check -- a job asks now. Errors  E_NOT_FOUND there is none */
must_use enum err act_sender_check(struct work *w);

/* For the job: which names; what was found. */
struct sender_ask {
	struct str name[SENDER_RECORDS], public_key; /* name[0].n 0: nothing to ask */
};
struct sender_found {
	struct str found[SENDER_RECORDS];
	enum record_state state[SENDER_RECORDS];
};
must_use enum err act_sender_ask(struct work *w, struct sender_ask *out);
must_use enum err act_sender_found(struct work *w, const struct sender_found *f);

#endif
