/*
 * fcgi/acts/billing.h -- how the company bills, what it taxes, who owes how long, and money that slips away.
 */
#ifndef FCGI_ACTS_BILLING_H
#define FCGI_ACTS_BILLING_H

#include "fcgi/acts/tell_bill.h"

#define OWED_MAX 20000
#define LEAKS_MAX 500

/* A rule of tax, or a certificate of a customer's, as the office writes it. */
struct tax_line_wish {
	struct str name, code, area;
	uint32_t rate_ppm;
	struct day from_day;
	struct maybe_day until_day;
};
struct tax_rule_line {
	uint64_t id;
	struct str name, code, area;
	uint32_t rate_ppm;
	struct day from_day;
	struct maybe_day until_day;
};
struct tax_rule_page {
	struct tax_rule_line *rows;
	size_t rows_n;
};
struct exemption_wish {
	struct str certificate, area;
	struct day from_day;
	struct maybe_day until_day;
};
struct exemption_line {
	uint64_t id;
	struct str certificate, area;
	struct day from_day;
	struct maybe_day until_day;
};
struct exemption_page {
	struct exemption_line *rows;
	size_t rows_n;
};

/* One customer's debts by age. */
struct ageing_line {
	uint64_t customer_id;
	struct str customer;
	int64_t current_cents, days_30_cents, days_60_cents, days_90_cents, older_cents, total_cents;
};
struct ageing_page {
	struct day as_of;
	struct ageing_line *rows;
	size_t rows_n;
	struct ageing_line total;
};
struct ageing_query {
	struct maybe_day as_of;
};

enum leak_kind { LEAK_NOT_BILLED = 1, LEAK_NOT_COMPLETED, LEAK_NOT_APPLIED, LEAK_DOSED, LEAK_INSTALLED, LEAK_KINDS };
extern const char *const leak_kind_names[];
struct leak_line {
	enum leak_kind kind;
	uint64_t id, customer_id; /* id: of the visit, the payment, the dose or the verb that used it */
	struct str customer, what;
	struct day day;
	int64_t cents;
};
struct leak_page {
	struct leak_line *rows;
	size_t rows_n;
};
struct leak_query {
	struct day from, to;
};

must_use enum err act_billing(struct work *w, struct billing *out);
/* act_billing_change -- E_INVALID "closed_until": a period never opens again; E_STALE */
must_use enum err act_billing_change(struct work *w, const struct billing *in, struct billing *out);

must_use enum err act_tax_rules(struct work *w, struct tax_rule_page *out);
must_use enum err act_tax_rule_make(struct work *w, const struct tax_line_wish *in, struct tax_rule_page *out);
/* act_tax_rule_end -- the rule holds up to and with that day; what was taxed stays */
must_use enum err act_tax_rule_end(struct work *w, uint64_t id, struct day until, struct tax_rule_page *out);
must_use enum err act_exemptions(struct work *w, uint64_t customer_id, struct exemption_page *out);
must_use enum err act_exemption_make(struct work *w, uint64_t customer_id, const struct exemption_wish *in,
    struct exemption_page *out);

/* act_exemption_end -- it holds up to and with that day; what was billed stays */
must_use enum err act_exemption_end(struct work *w, uint64_t customer_id, uint64_t id, struct day until,
    struct exemption_page *out);

/* act_own_billing, _change -- what holds for one customer instead of the company's rules. Errors  E_STALE */
must_use enum err act_own_billing(struct work *w, uint64_t customer_id, struct own_billing *out);
must_use enum err act_own_billing_change(struct work *w, uint64_t customer_id, const struct own_billing *in,
    struct own_billing *out);

/* Where what is taxed: cities with their area, services with their code. Both are names of the company's own. */
struct tax_place_page {
	struct tax_city_row *cities;
	size_t cities_n;
	struct tax_service_row *services;
	size_t services_n;
};
struct tax_city_wish {
	struct str city, region, tax_area;
};
struct tax_service_wish {
	struct str tax_code;
};
must_use enum err act_tax_places(struct work *w, struct tax_place_page *out);
/* act_tax_city -- every place of that city lies in that area from now on; what is upcoming already keeps its own */
must_use enum err act_tax_city(struct work *w, const struct tax_city_wish *in, struct tax_place_page *out);
must_use enum err act_tax_service(struct work *w, uint64_t id, const struct tax_service_wish *in,
    struct tax_place_page *out);

/*
 * act_dunning -- one step of the night: reminders and late fees of at most 200 late documents behind `after`
 *
 * next  out  the last of them, if there may be more. Twice a night changes nothing: a document counts its reminders,
 *            a fee has its key.
 */
must_use enum err act_dunning(struct work *w, uint64_t after, struct maybe_u64 *next);

must_use enum err act_ageing(struct work *w, const struct ageing_query *q, struct ageing_page *out);
must_use enum err act_leaks(struct work *w, const struct leak_query *q, struct leak_page *out);
/*
 * act_leak_mend -- the remedy, by what leaked: the charge of a visit or a dose is upcoming now; an upcoming line of work
 * that was not done is dropped; a free payment pays the oldest bills
 *
 * Errors  E_STALE it is not so any more; E_INVALID "kind": a bill has taken the line, take that back first
 */
struct leak_mending {
	enum leak_kind kind;
};
must_use enum err act_leak_mend(struct work *w, uint64_t id, const struct leak_mending *in, struct leak_page *out);

#endif
