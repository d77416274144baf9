/*
 * fcgi/acts/alerts.h -- what somebody should look at: the list, who is told of what, and answers to technicians.
 */
#ifndef FCGI_ACTS_ALERTS_H
#define FCGI_ACTS_ALERTS_H

#include "fcgi/acts/tell_alert.h"
#include "sql/tenant/day.h"
#include "tenancy/work.h"

#define ALERTS_MAX 100
#define ALERT_PERSONS_MAX 20

struct alert_query {
	struct maybe_bool closed; /* those that were seen to; absent: those that were not */
	struct str kind, q;
	struct maybe_u64 before; /* of `next` */
};
struct alert_line {
	struct alert_row row;
	struct maybe_u64 visit_id, customer_id;
	struct str text;
	struct alert_answer *answers;
	size_t answers_n;
};
struct alert_page {
	struct alert_line *rows;
	size_t rows_n;
	struct maybe_u64 next;
};
/* act_alerts -- newest first. Errors  E_INVALID "kind" */
must_use enum err act_alerts(struct work *w, const struct alert_query *q, struct alert_page *out);
/* act_alert_close -- seen to; act_alert_open: not, after all. Errors  E_STALE */
must_use enum err act_alert_close(struct work *w, uint64_t id, uint32_t version);
must_use enum err act_alert_open(struct work *w, uint64_t id, uint32_t version);

struct alert_answer_in {
	struct str text;
	uint32_t version;
};
/* act_alert_answer -- the technician reads it in the app, and is pushed to. Errors  E_STALE; E_INVALID "text": of nobody */
must_use enum err act_alert_answer(struct work *w, uint64_t id, const struct alert_answer_in *in, struct alert_line *out);
/* act_alert_reports -- what the actor has reported, with what the office said to it, newest first */
must_use enum err act_alert_reports(struct work *w, struct alert_page *out);

struct alert_person {
	uint64_t id;
	struct str name;
};
struct alert_rules_page {
	struct alert_rule *rows; /* one for each kind, in its order */
	size_t rows_n;
	struct alert_person *people; /* who can be told */
	size_t people_n;
	bool texts;                  /* can the house send texts? */
	uint32_t version;            /* 0: nobody has said anything yet */
};
must_use enum err act_alert_rules(struct work *w, struct alert_rules_page *out);
struct alert_rules_in {
	struct alert_rule *rows;
	size_t rows_n;
	uint32_t version;
};
/* Errors  E_STALE; E_INVALID "limit" "persons" */
must_use enum err act_alert_rules_change(struct work *w, const struct alert_rules_in *in, struct alert_rules_page *out);

/*
 * act_late -- who will miss which window, by the board's own times: alerts are made, and those that came right closed
 *
 * again  out  when to look again; 0: there is nothing left to watch today
 */
must_use enum err act_late(struct work *w, int64_t *again);

#endif
