/*
 * tests/rows/crowd.h -- many workers in one moment: processes with connections of their own, forked
 * from a row test; what they were told OK for is known.
 *
 * On a cluster (POOL_DB_NODES: the sockets of its nodes, with blanks between) they stand at its
 * nodes by turns, and the test's own hand at the first. A node that falls is left for the next.
 * Whoever asked it for a commit and heard nothing does not know: each act of a life claims a key in
 * its own transaction, as a request with an Idempotency-Key does, and is told by that key whether
 * it was done.
 */
#ifndef TESTS_ROWS_CROWD_H
#define TESTS_ROWS_CROWD_H

#include <stdatomic.h>

#include "tests/rows/people.h"

#define CROWD_NOW INT64_C(1781524800) /* Monday, 15 June 2026, noon in UTC */
#define CROWD_MAX 50
#define DEEDS_MAX 400000

/* What somebody was told OK for; the kinds are the test's. */
struct deed {
	unsigned kind;
	uint64_t bill_id, payment_id;
	int64_t cents;
	unsigned writer, node; /* who was told, and by which */
	uint64_t act;
	int64_t at_ms;
};

/* A worker: its chance, its node, and the deeds of the act that is under way. */
struct writer {
	unsigned n, home, node;
	uint64_t dice, act;
	bool keyed, unsure;
	struct deed deed[512], before[512];
	size_t deeds, deeds_before;
};

/* What those who stand ready are told between two shots. */
struct aim {
	uint64_t id, other;
	uint32_t version;
	struct str token; /* of the test's memory, from before they were called */
	char text[128];
};

typedef enum err (*verb)(struct work *w, struct writer *me);

/* In memory that all workers share. */
struct crowd {
	atomic_uint fine;   /* acts that were kept                             */
	atomic_uint unsure; /* commits whose answer was lost                   */
	atomic_uint done;   /* those of them that had been done                */
	atomic_bool back;   /* the node that fell is there again               */
	atomic_bool seen;   /* whoever watched has seen enough                 */
	atomic_size_t deeds_n;
	struct aim aim;
	struct deed deed[DEEDS_MAX];
};
extern struct crowd *crowd;

/* crowd_open -- the memory of n workers; crowd_close -- it is over */
void crowd_open(unsigned n);
void crowd_close(void);

/* crowd_owner -- the test's own hand: a work as the owner, at CROWD_NOW */
void crowd_owner(struct world *t, struct work *w);

/* crowd_live -- n processes live, and each of them ends well (0); meanwhile() runs in the test's
 * process and may be NULL */
void crowd_live(struct world *t, unsigned n, int (*life)(struct world *t, struct writer *me),
    void (*meanwhile)(struct world *t));

/* crowd_together -- wait for the others of a life */
void crowd_together(void);

/* crowd_act -- until it is told yes or no; deeds are written down once they are kept */
enum err crowd_act(struct world *t, struct writer *me, verb v);
void crowd_did(struct writer *me, unsigned kind, uint64_t bill_id, uint64_t payment_id, int64_t cents);
uint64_t crowd_throw(struct writer *me, uint64_t n);

/*
 * crowd_stand -- CROWD_MAX workers stand ready, their connections open; crowd_leave: they go
 * crowd_fire -- all of them do v in one moment: each has begun and looked before anybody writes.
 * Answers how many were told OK; none is told more than that it came too late.
 */
void crowd_stand(struct world *t);
unsigned crowd_fire(verb v);
void crowd_leave(void);

/* crowd_nodes -- of the cluster; 1 if there is none. crowd_nodes_agree: every table of mine is the
 * same at each */
unsigned crowd_nodes(void);
bool crowd_nodes_agree(struct world *t);

#endif
