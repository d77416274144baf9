/*
 * fcgi/acts/tell_water.h -- water: readings and doses as they are stored, judged and told; what was
 * poured leaves the van
 */
#ifndef FCGI_ACTS_TELL_WATER_H
#define FCGI_ACTS_TELL_WATER_H

#include "domain/visits/visit.h"
#include "domain/water/dose.h"
#include "domain/water/history.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/water.h"
#include "tenancy/work.h"

/* One value as it is sent and stored. */
struct water_value {
	enum measure measure;
	int32_t x100;
	enum reading_how how;
};
/* A measure that the company names itself. */
struct own_measure {
	enum measure measure;
	struct str name, unit;
	uint32_t decimals;
};
/* How the company sees water. version 0: nobody has said anything yet, and all is as usual. */
struct water_policy {
	enum fc_school school;
	enum balance_method method;
	enum water_units units;
	enum test_kit kit;
	int32_t fill_ch, fill_cya, fill_salt, fill_tds;
	struct measure_rule *rules;
	size_t rules_n;
	struct own_measure *own;
	size_t own_n;
	uint32_t version;
};
/* What one pool wants otherwise. */
struct pool_rules {
	struct measure_rule *rules;
	size_t rules_n;
	uint32_t version;
};
/* The rows as stored, newest first, and as domain/water reads them, oldest first. */
struct water_past {
	struct reading_row *readings;
	size_t readings_n;
	struct dose_row *doses;
	size_t doses_n;
	struct past *past;
	size_t past_n;
};
#define POOL_RULES_MAX 30
extern const struct shape measure_rule_shape, water_value_shape, own_measure_shape;

must_use enum err tell_policy(struct work *w, struct water_policy *out);
/* tell_unwanted -- is this product not wanted at a place? stored: its list of words */
bool tell_unwanted(struct work *w, struct str stored, struct str product, enum chemical c);
must_use enum err tell_pool_rules(struct work *w, uint64_t pool_id, struct pool_rules *out);
/* tell_policy_keep -- pool_id 0: of the company. Errors  E_STALE somebody else did; E_INVALID "rules" too long */
must_use enum err tell_policy_keep(struct work *w, uint64_t pool_id, const struct water_policy *p);
must_use enum err tell_past(struct work *w, const struct water_pool_row *pool, int64_t before, struct water_past *out);
/* tell_values -- the text of a reading's column, and the way back */
must_use enum err tell_values(struct work *w, const struct water_value *v, size_t n, struct str *body);
must_use enum err tell_values_read(struct work *w, struct str body, struct water_value **v, size_t *n);
/* tell_value_in -- "fc 1.5" as that language calls it, "Cloro libre 1.5"; what has no name there stays as it is */
struct str tell_value_in(struct work *w, enum language in, struct str kept);
/* tell_values_say -- "FC 1.5, pH 7.8": for the timeline and the log of changes */
struct str tell_values_say(struct work *w, const struct water_value *v, size_t n);
/* tell_value_beyond -- "pH 8.9 (7.2–7.8)": what was read, and its limits; tell_value_in says it in a language */
struct str tell_value_beyond(struct work *w, const struct water_value *v, const struct band *limits);
/* tell_values_told -- "Free chlorine 1.5, pH 7.8": for customers, in their words; empty: nothing that they would know */
struct str tell_values_told(struct work *w, enum language in, const struct water_value *v, size_t n);
/*
 * tell_water_visit -- may a reading or dose of this pool say it was of this visit?
 *
 * mine  in  it must be a stop of whoever does this work, not more than a week ago (phones without signal)
 *
 * Errors  E_INVALID "visit_id"; E_NOT_FOUND with `mine`: not their stop, or no visit named
 */
must_use enum err tell_water_visit(struct work *w, const struct water_pool_row *pool, struct maybe_u64 visit_id,
    bool mine);
/* tell_judge -- the text of a reading's column, and what speaks against it (bits of enum doubt). Errors as tell_values */
must_use enum err tell_judge(struct work *w, const struct water_pool_row *pool, const struct water_value *v, size_t n,
    int64_t at, uint32_t took_s, struct str *body, uint64_t *doubts);
/* tell_amount_say -- hundredths of an item's base, in the signs that both languages write: "104 fl oz", "2.5 lb", "3 l", "2" */
struct str tell_amount_say(struct work *w, const struct item_row *item, int64_t amount_x100, enum water_units u);
/*
 * tell_dose_marks -- what speaks against that dose (bits of enum dose_mark), by those of the same water around it
 *
 * met  out  NULL, or the one of them that it must never have met
 */
uint64_t tell_dose_marks(const struct dose_row *d, const struct dose_row *all, size_t n, uint32_t volume_l,
    const struct dose_row **met);
/* tell_poured -- a line of the timeline: EVENT_DOSE_GIVEN or _UNDONE; and what it costs follows (tell_dose_charge) */
must_use enum err tell_poured(struct work *w, const struct water_pool_row *pool, uint64_t id, enum event_kind kind,
    const struct item_row *item, int64_t given_x100);
/*
 * tell_phone_water -- a verb READING or DOSE of a phone, of a stop of whoever does this work, becomes what the office sees
 *
 * id     in   of the verb: the set of readings (its first verb's id) or the dose gets it
 * device in   whose verb it is: what another phone of theirs read later stands
 * b      in   pool_id (absent: the visit's); READING: what = name of a measure, amount = hundredths, unit "<" or ">" if
 *             beyond; DOSE: what = id of an item, amount = hundredths of its base, planned likewise, reason;
 *             `replaces`: the dose of that verb was not poured
 *
 * What names no measure and no item stays in the log alone. Errors  E_INVALID "body.amount" nobody has ever read that; E_STALE
 */
must_use enum err tell_phone_water(struct work *w, uint64_t id, uint64_t device_id, enum verb verb, const struct visit *v, int64_t at,
    const struct verb_body *b);
/*
 * tell_phone_say -- what such a verb said, in the reader's words: "Free chlorine 1.5", "Muriatic acid 31.45%, 8 fl oz"; "" for any
 * other verb, for what names nothing, and for a number that was refused because nobody ever reads it; u: the company's (tell_policy)
 */
must_use enum err tell_phone_say(struct work *w, enum water_units u, enum verb verb, const struct verb_body *b, struct str *out);
/* tell_phone_used -- a verb EQUIPMENT or USED. Errors  E_INVALID "body.equipment_id" it stands elsewhere */
must_use enum err tell_phone_used(struct work *w, uint64_t id, enum verb verb, const struct visit *v, int64_t at,
    const struct verb_body *b);
/* tell_stock -- so much more (or less) of it is there; it may fall below 0: what was poured was poured */
must_use enum err tell_stock(struct work *w, uint64_t place_id, uint64_t item_id, int64_t delta_x100);

#endif
