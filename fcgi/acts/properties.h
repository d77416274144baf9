/*
 * fcgi/acts/properties.h -- places that are served: change, codes at the gate, sell the house.
 */
#ifndef FCGI_ACTS_PROPERTIES_H
#define FCGI_ACTS_PROPERTIES_H

#include "domain/customers/field.h"
#include "domain/customers/property.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define PROPERTIES_MAX 200 /* of one customer */
#define CODES_SEEN_PAGE 1000
#define CODES_REACH_DAYS 365 /* how long ago a visit still counts as a chance to look */

struct property_new {
	uint64_t customer_id;
	struct str street, city, region, postcode;
};

struct wish_tech {
	uint64_t staff_id;
};

struct wish_chemical {
	struct str word;
};

struct property_change {
	struct str name, street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6; /* both as they were sent, or other ones: pinned by hand */
	struct str key_no, dogs, hazards, parking;
	uint64_t like_days, not_days;
	struct maybe_u32 from_minute, to_minute;
	bool text_before, same_tech;
	struct maybe_u64 usual_tech_id;
	const struct wish_tech *never_techs;
	size_t never_n;
	const struct wish_chemical *no_chemicals;
	size_t chemicals_n;
	const struct own_value *own;
	size_t own_n;
	uint32_t version;
};

/* A code that is absent stays; an empty one is taken away. */
struct codes_change {
	struct maybe_str gate, lockbox, alarm, note;
	uint32_t version;
};

struct code_shown {
	enum code_kind kind;
	struct str code;
};

/* A place whose codes somebody has seen, or could have. */
struct code_seen {
	uint64_t property_id, customer_id;
	struct str customer_name, street, city;
	int64_t times;              /* looked at them; 0: was only sent there */
	struct maybe_i64 last_at;   /* the last look */
	struct maybe_day last_day;  /* the last visit, or one to come */
	struct maybe_i64 changed_at;
	bool done;                  /* changed since */
};

struct codes_seen {
	struct code_seen *rows; /* at most CODES_SEEN_PAGE, what is to be changed first */
	size_t rows_n;
};

/* Each answers whose record it wrote on. Errors E_NOT_FOUND, E_STALE besides those named. */

/* Errors  E_LIMIT "customer_id": PROPERTIES_MAX are there */
must_use enum err act_property_make(struct work *w, const struct property_new *in, uint64_t *id);
/* Errors  those of place_after, wishes_check and own_check; E_INVALID "never_techs" "usual_tech_id" nobody here */
must_use enum err act_property_change(struct work *w, uint64_t id, const struct property_change *in,
    uint64_t *customer_id);
/* act_property_archive -- E_INVALID "agreements" while one is open */
must_use enum err act_property_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id);
must_use enum err act_property_restore(struct work *w, uint64_t id, uint64_t *customer_id);

/* act_property_codes_set -- sealed to this property; the log says only that they changed */
must_use enum err act_property_codes_set(struct work *w, uint64_t id, const struct codes_change *in,
    uint64_t *customer_id);

/* act_property_code_show -- one code, and who saw it in the audit log and the timeline. E_NOT_FOUND: there is none */
must_use enum err act_property_code_show(struct work *w, uint64_t id, enum code_kind kind, struct code_shown *out);

/* act_codes_seen -- what should be changed when that person leaves, and what of it has been */
must_use enum err act_codes_seen(struct work *w, uint64_t staff_id, struct codes_seen *out);

/*
 * act_property_sell -- the house has a new owner, who is a customer already
 *
 * Pools, equipment, the notes and files on them, open agreements and visits to come go on with the new
 * customer; money, messages, contacts and what was done stay with the old one. A monthly rate that is shared by days or
 * stops is cut: the old owner's agreement ends the day before, the new one's begins, and each pays their part.
 *
 * made    in   the new owner's record was made for this sale: taking it back puts the record aside
 * out     out  the sale, by which it is taken back
 * Errors  E_INVALID "customer_id": the same, archived or nobody
 */
struct property_sold {
	uint64_t sale_id, property_id, seller_id, buyer_id;
	bool made;
};
must_use enum err act_property_sell(struct work *w, uint64_t id, uint64_t customer_id, bool made, uint32_t version,
    struct property_sold *out);

/*
 * act_property_sale_undo -- that was no sale: everything of the house from that day on is the old owner's again
 *
 * What was done, noted and photographed since goes back too. An agreement that was cut is whole again, unless somebody
 * changed its terms since: then its second half passes to the old owner as it is.
 *
 * Errors  E_NOT_FOUND; E_STALE undone already, or the house has another owner by now; E_INVALID the new owner was
 *         billed for the house since, or the old one is archived
 */
must_use enum err act_property_sale_undo(struct work *w, uint64_t sale_id, struct property_sold *out);

#endif
