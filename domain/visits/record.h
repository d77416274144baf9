/*
 * domain/visits/record.h -- what was done at a stop, as the document that is sealed (domain/base/proof.h).
 *
 * Everything is as it was known when it was sealed. What changes afterwards makes another document, which names the
 * one that it replaces; nothing that was sealed is written over.
 */
#ifndef DOMAIN_VISITS_RECORD_H
#define DOMAIN_VISITS_RECORD_H

#include "domain/base/arena.h"
#include "domain/base/maybe.h"
#include "domain/base/proof.h"
#include "domain/visits/visit.h"

#define RECORD_BYTES_MAX 40000 /* with its frame it fits a column of the log */

struct record_value {
	struct str measure, how; /* "fc"; "exact" "below" "above" */
	int64_t x100;
};
struct record_reading {
	int64_t at;
	struct str water; /* which body of water */
	const struct record_value *values;
	size_t values_n;
};
struct record_dose {
	int64_t at;
	struct str water, item, base; /* base: ml, g, piece */
	int64_t given_x100;
};
struct record_photo {
	uint64_t id;
	int64_t at;
	struct str shows;
	struct str digest; /* hex of BLAKE2b-512 over the picture's bytes */
};
struct record_check {
	struct str item;
	bool done;
	int64_t at;
	struct str measure;       /* what the line had measured: "pressure"; "" nothing */
	struct maybe_i64 x100;    /* and what it was */
};
struct record_product {
	struct str item;
	int64_t quantity_x100;
};

struct visit_record {
	struct str company, company_address, customer, place, service, tech;
	uint64_t visit_id, customer_id;
	struct day day;
	enum visit_state state;
	struct maybe_i64 on_way_at, started_at, ended_at;
	struct str reason; /* why there was no access */
	struct maybe_i64 lat_e6, lng_e6; /* where the phone was on arrival, if the company wishes it */
	struct str signed_by;
	const struct record_reading *readings;
	size_t readings_n;
	const struct record_dose *doses;
	size_t doses_n;
	const struct record_photo *photos;
	size_t photos_n;
	const struct record_check *checks;
	size_t checks_n;
	const struct record_product *products;
	size_t products_n;
	const struct str *notes; /* to the customer */
	size_t notes_n;
};

struct sealed_visit {
	struct str record; /* of record_write */
	struct str kid;
	int64_t issued_at;
	uint64_t seq, replaces; /* replaces 0: the visit's first */
	uint8_t previous[PROOF_HASH_BYTES]; /* of the company's first one: zeroes */
};

/*
 * record_write -- the record alone, canonical; two of the same stop are equal exactly if they say the same
 *
 * Errors  E_LIMIT over RECORD_BYTES_MAX
 */
must_use enum err record_write(const struct visit_record *r, struct arena *a, struct str *out, struct fault *f);
/* record_seal -- the bytes that are signed */
struct str record_seal(const struct sealed_visit *s, struct arena *a);

#endif
