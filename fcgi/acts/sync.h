/*
 * fcgi/acts/sync.h -- the technician's phone: the verbs that it kept while it was offline.
 */
#ifndef FCGI_ACTS_SYNC_H
#define FCGI_ACTS_SYNC_H

#include "fcgi/acts/tell_day.h"
#include "sql/tenant/day.h"
#include "tenancy/work.h"

#define SYNC_VERBS_MAX 50

extern const char *const sync_answer_names[];

struct sync_verb {
	uint64_t id; /* made by the phone; the key: a second time is answered as the first was */
	uint32_t n;  /* counts per phone, without a gap */
	enum verb verb;
	struct maybe_u64 visit_id;
	int64_t at; /* as the phone's clock said */
	struct verb_body body;
};

struct sync_in {
	uint64_t device_id;
	struct str device_name;
	int64_t now; /* by the phone's clock, when this was sent: how wrong it is follows */
	struct sync_verb *verbs;
	size_t verbs_n;
};

struct sync_answered {
	uint64_t id;
	uint32_t n;
	enum sync_answer answer;
	bool again; /* it was here before; this is what became of it then */
	struct maybe_str field;
	struct str problem;
	struct card_row *stop; /* the server's copy, if it is this technician's: at most one */
	size_t stop_n;
};

struct sync_out {
	int64_t server_now;
	uint32_t last_n; /* up to here we have everything of this phone */
	struct sync_answered *answers;
	size_t answers_n; /* may be fewer than asked: send the rest again */
};

/*
 * act_sync -- each verb in order, each in a transaction of its own, each answered
 *
 * What cannot be applied is kept in the log all the same (conflict: somebody was faster; refused: it makes no
 * sense), and the phone's count moves on. After a gap nothing more is done.
 *
 * Errors  E_FORBIDDEN "device_id": of somebody else, or revoked
 */
must_use enum err act_sync(struct work *w, const struct sync_in *in, struct sync_out *out);

#endif
