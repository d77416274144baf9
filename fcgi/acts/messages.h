/*
 * fcgi/acts/messages.h -- the outbox of words to customers: what leaves next, and what became of it.
 */
#ifndef FCGI_ACTS_MESSAGES_H
#define FCGI_ACTS_MESSAGES_H

#include "domain/messaging/spoken.h"
#include "fcgi/acts/tell_message.h"

#define MAIL_PICTURES_MAX 4
#define MAIL_PICTURES_BYTES (6 * 1024 * 1024) /* of all: many readers' servers take ten, and base64 makes it a third more */
/* A message on its way out, with all that its journey needs. */
struct lane_parcel {
	struct message_row row;
	bool again;       /* it may have left before: look before it is said once more */
	const char *never; /* of such a one: why it must not leave any more, if it has not; NULL: it may */
	int64_t later;     /* of such a one: it has to wait until then, if it has not left; 0: it has not */
	struct provider_id_row *known; /* of such a text: the provider's names of others to that number */
	size_t known_n;
	struct str from;  /* of a text: the company's number, or its messaging service */
	struct texting_account account; /* its own at the provider; empty: the house's */
	struct str company;
	struct template_twin twin; /* of a mail */
	struct str paper, paper_name;
	struct str picture[MAIL_PICTURES_MAX]; /* of a mail: of the answer, or of the visit that it reports */
	size_t pictures;
	struct str calendar;       /* of a booking: where its file is */
	struct str answer_to;   /* of a mail: where an answer comes in; empty: nowhere */
	struct str answers;     /* the Message-ID that it answers */
	struct str thread;      /* and those before that one, in brackets */
	struct str envelope;    /* where it comes back to, if it does not arrive; empty: to the house */
	struct str unsubscribe; /* of news: where one click ends them */
	struct own_sender sender; /* of a mail */
	struct str media[MESSAGE_FILES_MAX]; /* of a text: where its pictures are fetched from, for a day */
	size_t media_n;
	enum language language; /* of a call: the voice's */
	bool typed;             /* by a person: machines may answer it */
};
/* lane_may -- may it leave, if it has not? What was put off is asked again: they may have said STOP meanwhile, or it is night */
static inline bool
lane_may(const struct lane_parcel *p)
{
	return p->never == NULL && p->later == 0;
}
/* What became of it. */
struct lane_outcome {
	enum err sent; /* OK; E_INVALID: never; others: not known, or not yet */
	struct str provider_id;
	uint32_t segments;
	struct str why;
	bool stopped; /* the provider says that this number wants no more */
	bool last;    /* nobody tries again */
	bool waits;   /* it has not left, and is put off until parcel->later */
};

/*
 * act_lane_next -- the next message for that reader becomes this job's
 *
 * p  out  NULL: there is none, or not now; what had to be ordered for later is ordered
 */
must_use enum err act_lane_next(struct work *w, const struct lane_order *lane, uint64_t job_id, struct lane_parcel **p);
/* act_lane_settle -- write down what became of it, and order the next one */
must_use enum err act_lane_settle(struct work *w, const struct lane_parcel *p, uint64_t job_id, const struct lane_outcome *o);

/* ---- pictures of a text (messages_media.c) ---- */

#define MEDIA_MAX 10
/* The payload of a job "media_in": one picture that the provider keeps for us. */
struct media_order {
	uint64_t message_id;
	uint32_t number; /* of MEDIA_MAX: a place in its list of files */
	struct str url, type;
};
extern const struct shape media_order_shape;
/*
 * act_text_heard -- a text with its pictures, which jobs fetch
 *
 * media  in  at most MEDIA_MAX, in their order
 */
struct text_media {
	struct str url, type;
};
must_use enum err act_text_heard(struct work *w, const struct heard *h, const struct text_media *media, size_t n);
/* act_media_settle -- it is a photo of the thread now; bytes empty: it cannot be had, or is none, and the message says so */
must_use enum err act_media_settle(struct work *w, const struct media_order *o, struct str bytes);

/* act_media_path -- where the picture of such an address lies. Errors  E_INVALID "token" */
must_use enum err act_media_path(struct work *w, struct str token, struct str *path);

/*
 * act_message_told -- what the provider says later of a text; late, twice and unknown words change nothing
 *
 * A receipt may be faster than the answer that says what the text is called: then it is kept as a job "receipt", which comes back
 * to it until the text has its name.
 */
must_use enum err act_message_told(struct work *w, struct str provider_id, struct str word, struct str code);
/* A key that somebody pressed in a call of ours. */
struct call_pressed {
	struct str sid, to; /* the call's name there, and who was rung */
	char key;
};
struct call_answer_said {
	struct str words; /* "": good bye */
	enum language language;
	bool again;       /* it is the call itself once more */
};
/* act_call_pressed -- 9: calls to that number end, whoever asks for them; 1: the words again */
must_use enum err act_call_pressed(struct work *w, const struct call_pressed *in, struct call_answer_said *out);
/* The payload of a job "receipt". */
struct receipt_order {
	struct str provider_id, word, code;
};
extern const struct shape receipt_order_shape;
/* act_receipt_settle -- the same, later. Errors  E_AWAY no text has that name yet: come again */
must_use enum err act_receipt_settle(struct work *w, const struct receipt_order *o);

#endif
