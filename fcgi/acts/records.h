/*
 * fcgi/acts/records.h -- proof of service: the record of a stop is sealed when it is over, and the customer sees it.
 */
#ifndef FCGI_ACTS_RECORDS_H
#define FCGI_ACTS_RECORDS_H

#include "domain/visits/record.h"
#include "domain/water/reading.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_proof.h"
#include "sql/tenant/proofs.h"

#define TREND_POINTS  26
#define TRENDS_MAX    24

/* One line of a picture: one measure of one water, the oldest point first. */
struct trend_point {
	int64_t at;
	int32_t x100;
	enum reading_how how;
};
struct trend {
	struct str water;
	enum measure measure;
	int32_t low_x100, high_x100; /* where it should be */
	struct trend_point *points;
	size_t points_n;
};

struct report {
	struct str company, slug, accent, language, zone, units;
	struct str record; /* canonical JSON of domain/visits/record.h */
	struct str reason; /* its reason as this reader reads it; "" it has none, or one of nobody's ready words */
	int64_t issued_at;
	struct str proof; /* the text to carry away and check */
	struct trend *trends;
	size_t trends_n;
};

/* act_trends -- how the water of all of a customer's pools went: fills units and trends alone */
must_use enum err act_trends(struct work *w, uint64_t customer_id, struct report *out);

/* What a row of the log holds of a seal; for the two files of this noun. */
struct seal_body {
	struct str kid, signature, bytes; /* signature: hex */
};
extern const struct shape seal_body_shape;
/* seal_proof -- as the text that somebody carries away */
must_use enum err seal_proof(struct work *w, const struct seal_body *s, struct str *text);

/*
 * act_record_seal -- the job: seal what is known of a stop that is over, if that is something new
 *
 * Waits for no photo: the last one that is drawn orders it again. The customer hears of the first record of a stop
 * that was done. Errors  E_RETRY
 */
must_use enum err act_record_seal(struct work *w, uint64_t visit_id);
/* act_record_brief -- what whoever comes to these people next reads of what was done there */
must_use enum err act_record_brief(struct work *w, uint64_t visit_id);

/* act_report -- by the link of the mail; act_report_photo: a photo that the sealed record names. E_INVALID "token" */
must_use enum err act_report(struct work *w, struct str token, struct report *out);
must_use enum err act_report_photo(struct work *w, struct str token, uint64_t file_id, bool small, struct str *path);
/* act_report_link -- the same link for the office, to hand on. E_NOT_FOUND nothing is sealed yet */
must_use enum err act_report_link(struct work *w, uint64_t visit_id, struct str *url);

must_use enum err act_proof_policy(struct work *w, struct proof_policy *out);
must_use enum err act_proof_policy_keep(struct work *w, const struct proof_policy *in, struct proof_policy *out);

#endif
