/*
 * domain/reception/draft.h -- what a message asks for, as a job that somebody may make of it.
 *
 * Rules alone, those of hear.h, clause by clause. A draft books nothing and promises nothing: a person looks, changes, says yes.
 */
#ifndef DOMAIN_RECEPTION_DRAFT_H
#define DOMAIN_RECEPTION_DRAFT_H

#include "domain/reception/hear.h"

#define DRAFT_MARKS_MAX 6

struct draft_service {
	uint64_t id;
	struct str name;
	bool job; /* done once; else a level of regular care */
};

struct draft {
	enum intent intent;
	bool work;           /* somebody should come: a first visit, a repair, danger */
	uint64_t service_id; /* 0: none of them is meant */
	struct maybe_day day;
	struct maybe_u32 from_minute, to_minute; /* both or none */
	struct str when;     /* the words that say it; "" nothing was said */
	struct str *marks;   /* the clauses of the message that became fields, in its own letters; in their order */
	size_t marks_n;
};

/*
 * draft_of -- never fails: what is not understood stays empty
 *
 * said   in   at most HEAR_MAX bytes are listened to
 * today  in   of the company
 * a      in   the marks live here; their letters are borrowed from `said`
 */
void draft_of(struct str said, struct day today, const struct draft_service *s, size_t n, struct arena *a, struct draft *out);

#endif
