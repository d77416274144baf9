/*
 * fcgi/acts/tell_word.h -- words to our own people, wherever they are: a push, a text, a call
 */
#ifndef FCGI_ACTS_TELL_WORD_H
#define FCGI_ACTS_TELL_WORD_H

#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/* What a phone shows, and what a tap on it opens. */
struct push_word {
	struct str title, body;
	struct str path;  /* "/tech/stops/..." */
	struct str topic; /* a later word of the same topic takes its place; A-Z a-z 0-9 - _, at most 32 */
};
/* A job of kind "push": one phone. */
struct push_order {
	uint64_t device_id;
	struct str title, body, path, topic;
};
extern const struct shape push_order_shape;
/* A job of kind "sms": one number. */
struct sms_order {
	struct str to, text;
};
extern const struct shape sms_order_shape;
/* A job of kind "call": one number is rung. */
struct call_order {
	struct str to, text;
	enum language language;
};
extern const struct shape call_order_shape;
/* tell_call -- somebody of ours is rung, and hears it; nothing is written if the house rings nobody, or there is no number */
must_use enum err tell_call(struct work *w, struct str to, struct str text, enum language l);
/* tell_push -- a push to each phone of this person that takes them; *phones (may be NULL) = how many there are */
must_use enum err tell_push(struct work *w, uint64_t staff_id, const struct push_word *what, size_t *phones);
/*
 * tell_lane_take -- words to our own people go one at a time to one number: so what is found at the provider after a lost answer, and
 * has no other name of ours, can only be this one
 *
 * job_id  in   the job that wants to say something now; it keeps the lane until it is done, or parked
 * known   out  the provider's names of what was said to that number lately; *mine false: somebody is under way, come again
 *
 * tell_lane_left -- it was said: the provider's name of it is kept, and the next one may
 */
struct said_lane {
	bool mine;
	struct str *known;
	size_t known_n;
};
must_use enum err tell_lane_take(struct work *w, const char *kind, struct str to, uint64_t job_id, struct said_lane *out);
must_use enum err tell_lane_left(struct work *w, const char *kind, struct str to, uint64_t job_id, struct str sid);
#define LANE_AGAIN_S 10 /* then whoever found it taken looks again */

/*
 * tell_machine -- in case that a machine answers that call: what it is to record. Nothing happens unless tell_machine_answers says so
 * in the next minutes, when its tone was heard
 */
#define MACHINE_WAIT_S 600
struct machine_order {
	struct str call, text; /* the provider's name of the call */
	enum language language;
};
extern const struct shape machine_order_shape;
/* tell_machine_url -- where the provider says so; the number that rings, which its form has not, goes along */
struct str tell_machine_url(struct work *w, struct str from);
must_use enum err tell_machine(struct work *w, const struct machine_order *o);
must_use enum err tell_machine_answers(struct work *w, struct str call);

/* tell_sms -- a text; nothing is written if the house sends none, or the number is empty */
must_use enum err tell_sms(struct work *w, struct str to, struct str text);

#endif
