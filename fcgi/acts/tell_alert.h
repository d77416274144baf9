/*
 * fcgi/acts/tell_alert.h -- alerts: that somebody should look, by the rules of the company
 */
#ifndef FCGI_ACTS_TELL_ALERT_H
#define FCGI_ACTS_TELL_ALERT_H

#include "domain/visits/visit.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/day.h"
#include "tenancy/work.h"

/* tell_alert -- somebody should look; of one kind, but ALERT_DOSE, a visit has one open alert. text: plain words of a person, or "" */
must_use enum err tell_alert(struct work *w, enum alert_kind kind, const struct visit *v, uint64_t staff_id, struct str text);
/* tell_alert_customer -- the same about a customer, however many are open: each says something of its own */
must_use enum err tell_alert_customer(struct work *w, enum alert_kind kind, uint64_t customer_id, struct str text);
extern const char *const alert_kind_names[];
/* alert_says -- what it is, in a few words */
const char *alert_says(enum alert_kind k, enum language l);
/* tell_alert_text -- what it says, as it is kept, in that language; what a person typed stays as it was typed */
struct str tell_alert_text(struct work *w, enum language l, enum alert_kind k, struct str kept);
/* What an alert says, and what was said to it. */
struct alert_answer {
	struct str text, by;
	int64_t at;
};
#define ALERT_ANSWERS_MAX 12
struct alert_body {
	struct str text;
	struct alert_answer *answers;
	size_t answers_n;
};
extern const struct shape alert_answer_shape, alert_rule_shape;
must_use enum err tell_alert_body(struct work *w, const struct alert_body *body, struct str *stored);
must_use enum err tell_alert_body_read(struct work *w, struct str stored, struct alert_body *out);
/* The company's rule for one kind of alert. */
struct alert_reader {
	uint64_t id;
};
#define ALERT_READERS_MAX 20
struct alert_rule {
	enum alert_kind kind;
	bool on;
	struct maybe_u32 limit; /* of LATE: minutes; of SLOW and FAST: percent of the plan */
	bool by_mail, by_sms, by_push;
	struct maybe_bool by_call; /* rules of before there were calls say nothing */
	struct alert_reader *persons; /* who is told, beside the list that all see */
	size_t persons_n;
};
struct alert_rules {
	struct alert_rule *rows; /* rows[kind - 1] */
	size_t rows_n;
	uint64_t id; /* 0: nobody has said anything yet */
	uint32_t version;
};
must_use enum err tell_alert_rules(struct work *w, struct alert_rules *out);
must_use enum err tell_alert_rules_keep(struct work *w, const struct alert_rules *r);
/* alert_limit -- the usual limit of that kind, 0: it has none; most (may be NULL): the highest */
uint32_t alert_limit(enum alert_kind k, uint32_t *most);
/* tell_watch -- look at who runs late at that instant (the job "late"); once in its five minutes */
must_use enum err tell_watch(struct work *w, int64_t at);

#endif
