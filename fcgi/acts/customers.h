/*
 * fcgi/acts/customers.h -- who is served: the whole record of an account, and what changes its own row.
 *
 * Whoever writes on the record gets the whole page back (act_customer_page), so the acts on properties,
 * pools, contacts and notes answer only whose record they wrote on.
 */
#ifndef FCGI_ACTS_CUSTOMERS_H
#define FCGI_ACTS_CUSTOMERS_H

#include "domain/base/words.h"
#include "domain/customers/field.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

/* What a customer sees of themselves in the portal. */
struct customer_self {
	struct str name, email;
	enum language language;
	bool password; /* they have made one */
};

struct size_cm {
	int32_t cm;
};

struct tech_id {
	uint64_t staff_id;
};

struct chemical_word {
	struct str word;
};

/* Ceilings of one page; making more than half of them is refused, so that nothing is ever hidden. */
#define PAGE_PROPERTIES 250
#define PAGE_POOLS 600
#define PAGE_EQUIPMENT 2000
#define PAGE_CONTACTS 250
#define PAGE_NOTES 200 /* pinned ones first, then the newest */
#define PAGE_TAGS 100
#define PAGE_AGREEMENTS 200

struct equipment_card {
	struct equipment_row row;
	struct maybe_day due_day; /* of the next service */
	bool covered;             /* by its warranty, today */
};

struct pool_card {
	struct pool_row row;
	struct size_cm *sizes_cm;
	size_t sizes_n;
	const struct own_value *own;
	size_t own_n;
	struct equipment_card *equipment;
	size_t equipment_n;
};

struct property_card {
	struct property_row row;
	struct tech_id *never_techs;
	size_t never_n;
	struct chemical_word *no_chemicals;
	size_t chemicals_n;
	const struct own_value *own;
	size_t own_n;
	struct pool_card *pools;
	size_t pools_n;
};

struct customer_page {
	struct customer_row row;
	enum language language;
	const struct own_value *own;
	size_t own_n;
	struct tag_row *tags;
	size_t tags_n;
	struct contact_row *contacts;
	size_t contacts_n;
	struct property_card *properties;
	size_t properties_n;
	struct note_row *notes;
	size_t notes_n;
	struct agreement_line_row *agreements;
	size_t agreements_n;
};

struct customer_new {
	struct str name;
	enum customer_kind kind;
	struct str email, phone;
	enum language language;
	struct str source, external_id;
	/* With a street, their first property too; and a pool on it. */
	struct str street, city, region, postcode;
	bool with_pool;
};

struct customer_change {
	struct str name;
	enum customer_kind kind;
	struct str email;
	enum language language;
	struct str bill_street, bill_city, bill_region, bill_postcode, source, external_id;
	const struct own_value *own;
	size_t own_n;
	uint32_t version;
};

/* act_customer_self -- of the actor, who is a customer; E_SIGNED_OUT if they are no longer served here */
must_use enum err act_customer_self(struct work *w, struct customer_self *out);

/* act_customer_page -- the whole record in at most ten queries, however much hangs on it. E_NOT_FOUND */
must_use enum err act_customer_page(struct work *w, uint64_t id, struct customer_page *out);

/*
 * act_customer_make -- a customer, with an owner contact if there is a telephone or an e-mail
 *
 * Errors  E_INVALID "email" "phone" "name"
 */
must_use enum err act_customer_make(struct work *w, const struct customer_new *in, uint64_t *id);

/* Errors  E_NOT_FOUND; E_STALE; E_INVALID "email" "own" */
must_use enum err act_customer_change(struct work *w, uint64_t id, const struct customer_change *in);

/* act_customer_archive -- served no more; the portal closes. E_INVALID "agreements" while one is open */
must_use enum err act_customer_archive(struct work *w, uint64_t id, uint32_t version);
/* act_customer_put_aside -- archive whoever has neither place nor agreement ; of anybody else nothing changes */
must_use enum err act_customer_put_aside(struct work *w, uint64_t id);
must_use enum err act_customer_restore(struct work *w, uint64_t id);

/*
 * act_standings -- look at the next STANDINGS_BATCH customers and set right whose standing time has changed
 *
 * Agreements begin and end without anybody doing anything on that day.
 *
 * after    in   the last customer of the batch before, 0 to begin
 * next     out  !is: that was the last batch
 * changed  out  how many stood wrongly
 */
#define STANDINGS_BATCH 500
must_use enum err act_standings(struct work *w, uint64_t after, struct maybe_u64 *next, size_t *changed);

#endif
