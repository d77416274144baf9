/*
 * fcgi/acts/tell_alert.c -- somebody should look: the alert, and those who are told of it as the company wishes.
 */
#include "fcgi/acts/tell_alert.h"

#include "domain/messaging/template.h"
#include "fcgi/acts/tell.h"

#include "domain/base/setting.h"
#include "domain/dispatch/alarm.h"
#include "domain/staff/staff.h"
#include "domain/visits/reason.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "fcgi/acts/tell_water.h"
#include "fcgi/acts/tell_word.h"
#include "sql/tenant/queries/alerts.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/routes.h"

#define BODY_MAX_BYTES 30000

const char *const alert_kind_names[] = {"", "undelivered", "late", "no_access", "missing_part", "reassign", "flag",
	"conflict", "problem", "follow_up", "water", "slow", "fast", "rating", "quote", "caller", "address", "dose", "locked", NULL};

static const struct field answer_fields[] = {FIELD_LINES(struct alert_answer, text, 0, 1000),
	FIELD_TEXT(struct alert_answer, by, 0, 120), FIELD_TIME(struct alert_answer, at), FIELD_END};
const struct shape alert_answer_shape = {"AlertAnswer", sizeof(struct alert_answer), answer_fields};
static const struct field body_fields[] = {FIELD_LINES(struct alert_body, text, 0, 1000),
	FIELD_LIST(struct alert_body, answers, answers_n, &alert_answer_shape, ALERT_ANSWERS_MAX), FIELD_END};
static const struct shape body_shape = {"AlertBody", sizeof(struct alert_body), body_fields};
/* Those of before there were answers. */
static const struct field text_fields[] = {FIELD_LINES(struct alert_body, text, 0, 1000), FIELD_END};
static const struct shape text_shape = {"AlertText", sizeof(struct alert_body), text_fields};

static const struct field person_fields[] = {FIELD_ID(struct alert_reader, id), FIELD_END};
static const struct shape person_shape = {"AlertReader", sizeof(struct alert_reader), person_fields};
static const struct field rule_fields[] = {FIELD_ENUM(struct alert_rule, kind, alert_kind_names),
	FIELD_BOOL(struct alert_rule, on), FIELD_MAYBE_INT(struct alert_rule, limit, 0, 1000),
	FIELD_BOOL(struct alert_rule, by_mail), FIELD_BOOL(struct alert_rule, by_sms), FIELD_BOOL(struct alert_rule, by_push),
	FIELD_MAYBE_BOOL(struct alert_rule, by_call),
	FIELD_LIST(struct alert_rule, persons, persons_n, &person_shape, ALERT_READERS_MAX), FIELD_END};
const struct shape alert_rule_shape = {"AlertRule", sizeof(struct alert_rule), rule_fields};
static const struct field rules_fields[] = {
	FIELD_LIST(struct alert_rules, rows, rows_n, &alert_rule_shape, ALERT_KINDS), FIELD_END};
static const struct shape rules_shape = {"AlertRules", sizeof(struct alert_rules), rules_fields};

static struct str one_line(struct arena *a, struct str s);
static struct str lines_cut(struct arena *a, struct str s);
static enum err send_out(struct work *w, const struct alert_rule *r, const struct visit *v, uint64_t customer_id, uint64_t staff_id,
    struct str text);
static enum err send_one(struct work *w, const struct alert_rule *r, const struct alert_reader_row *to,
    const struct company_row *company, struct str about, struct str text);

enum err
tell_alert(struct work *w, enum alert_kind kind, const struct visit *v, uint64_t staff_id, struct str text)
{
	const struct alert_body body = {.text = lines_cut(w->arena, text)};
	struct alert_id_row *there = NULL;
	struct alert_rules rules;
	struct str stored;

	/* Two doses of one stop are two alerts. */
	if (v != NULL && kind != ALERT_DOSE)
		TRY(sql_alert_of_visit(w->db, v->id, kind, w->arena, &there));
	else if (kind == ALERT_UNDELIVERED)
		TRY(sql_alert_of_staff(w->db, staff_id, kind, w->arena, &there));
	if (there != NULL)
		return OK;
	TRY(tell_alert_rules(w, &rules));
	if (!rules.rows[kind - 1].on)
		return OK;
	TRY(tell_live(w));
	TRY(tell_alert_body(w, &body, &stored));
	TRY(sql_alert_insert(w->db, work_id(w), kind, v != NULL ? v->id : 0, v != NULL ? v->customer_id : 0, staff_id, w->now,
	    stored));
	return send_out(w, &rules.rows[kind - 1], v, 0, staff_id, body.text);
}

enum err
tell_alert_customer(struct work *w, enum alert_kind kind, uint64_t customer_id, struct str text)
{
	const struct alert_body body = {.text = lines_cut(w->arena, text)};
	struct alert_rules rules;
	struct str stored;

	TRY(tell_alert_rules(w, &rules));
	if (!rules.rows[kind - 1].on)
		return OK;
	TRY(tell_live(w));
	TRY(tell_alert_body(w, &body, &stored));
	TRY(sql_alert_insert(w->db, work_id(w), kind, 0, customer_id, 0, w->now, stored));
	return send_out(w, &rules.rows[kind - 1], NULL, customer_id, 0, body.text);
}

enum err
tell_alert_body(struct work *w, const struct alert_body *body, struct str *stored)
{
	struct buf b = buf_open(w->arena, 512, BODY_MAX_BYTES);

	shape_write(&body_shape, body, &b);
	*stored = buf_str(&b);
	return b.full ? fail(&w->fault, E_LIMIT, "text", "That is enough said.") : OK;
}

enum err
tell_alert_body_read(struct work *w, struct str stored, struct alert_body *out)
{
	const struct shape *s = str_ends(stored, STR("\"}")) ? &text_shape : &body_shape;

	*out = (struct alert_body){.text = STR("")};
	return shape_read(s, stored, w->arena, out, &w->fault);
}

enum err
tell_alert_rules(struct work *w, struct alert_rules *out)
{
	struct route_setting_row *row;
	struct alert_rules kept = {0};

	*out = (struct alert_rules){.rows = arena_array(w->arena, struct alert_rule, ALERT_KINDS - 1), .rows_n = ALERT_KINDS - 1};
	for (unsigned k = 1; k < ALERT_KINDS; k++)
		out->rows[k - 1] = (struct alert_rule){.kind = (enum alert_kind)k, .on = true,
		    .limit = {alert_limit((enum alert_kind)k, NULL) > 0, alert_limit((enum alert_kind)k, NULL)}};
	TRY(sql_route_setting(w->db, SETTING_ALERTS, w->arena, &row));
	if (row == NULL)
		return OK;
	out->id = row->id;
	out->version = row->version;
	TRY(shape_read(&rules_shape, row->body, w->arena, &kept, &w->fault));
	for (size_t i = 0; i < kept.rows_n; i++)
		if (kept.rows[i].kind >= 1 && kept.rows[i].kind < ALERT_KINDS)
			out->rows[kept.rows[i].kind - 1] = kept.rows[i];
	return OK;
}

enum err
tell_alert_rules_keep(struct work *w, const struct alert_rules *r)
{
	struct buf b = buf_open(w->arena, 2048, BODY_MAX_BYTES);

	shape_write(&rules_shape, r, &b);
	if (b.full)
		return fail(&w->fault, E_LIMIT, "persons", "That is enough said.");
	if (r->id != 0)
		return sql_route_setting_change(w->db, r->id, buf_str(&b), r->version);
	return sql_route_setting_insert(w->db, work_id(w), SETTING_ALERTS, STR("alerts"), buf_str(&b));
}

uint32_t
alert_limit(enum alert_kind k, uint32_t *most)
{
	const uint32_t max = k == ALERT_LATE ? ALARM_LATE_MAX : k == ALERT_SLOW ? ALARM_SLOW_MAX : ALARM_FAST_MAX;

	if (most != NULL)
		*most = max;
	return k == ALERT_LATE ? ALARM_LATE_MIN : k == ALERT_SLOW ? ALARM_SLOW_PERCENT : k == ALERT_FAST ? ALARM_FAST_PERCENT : 0;
}

const char *
alert_says(enum alert_kind k, enum language l)
{
	static const char *const says[] = {"", "Not on the phone", "Running late", "No access", "A part is missing",
	    "Somebody else is needed", "The technician has a question", "Done by somebody who had it no more",
	    "A problem with the app or the process", "Wants a return", "Water out of range", "Took much longer",
	    "Was very short", "A customer was not pleased",
	    "A quote was answered", "A caller wants a person", "An e-mail address does not work", "What was poured",
	    "Wrong PINs on a phone"};

	return words_say(l, says[k]);
}

struct str
tell_alert_text(struct work *w, enum language l, enum alert_kind k, struct str kept)
{
	const char *gap;

	switch (k) {
	case ALERT_WATER:
		return tell_value_in(w, l, kept);
	case ALERT_SLOW:
	case ALERT_FAST:
	case ALERT_CONFLICT:
	case ALERT_DOSE:
		return tell_why_in(w, l, kept);
	case ALERT_QUOTE: /* behind an empty line stand the customer's own words */
		gap = memmem(kept.p, kept.n, "\n\n", 2);
		if (gap == NULL)
			return tell_why_in(w, l, kept);
		const size_t n = (size_t)(gap - kept.p);
		return str_printf(w->arena, "%.*s: %.*s", STR_ARG(tell_why_in(w, l, str_sub(kept, 0, n))),
		    STR_ARG(str_sub(kept, n + 2, kept.n)));
	default:
		return reason_say(kept, l);
	}
}

/* At most 600 letters; lines stay lines. */
static struct str
lines_cut(struct arena *a, struct str s)
{
	const struct str cut = audit_cut(a, s, 600);
	char *p = (char *)(uintptr_t)cut.p; /* our own copy, byte for byte */

	for (size_t i = 0; i < cut.n; i++)
		if (s.p[i] == '\n')
			p[i] = '\n';
	return cut;
}

static enum err
send_out(struct work *w, const struct alert_rule *r, const struct visit *v, uint64_t customer_id, uint64_t staff_id, struct str text)
{
	struct alert_reader_row *about = NULL, *to;
	struct company_row company;
	struct brief_source place = {.customer = STR("")};
	struct str name;

	if (r->persons_n == 0 || (!r->by_mail && !r->by_sms && !r->by_push && !(r->by_call.is && r->by_call.v)))
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_alert_reader(w->db, staff_id, w->arena, &about));
	if (v != NULL)
		TRY(sql_brief_source(w->db, v->id, w->arena, &place));
	if (customer_id != 0) {
		struct customer_row customer;

		TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
		place.customer = customer.name;
	}
	name = place.customer.n > 0 && about != NULL
		   ? str_printf(w->arena, "%.*s (%.*s)", STR_ARG(place.customer), STR_ARG(about->name))
	       : about != NULL ? about->name
			       : place.customer;
	for (size_t i = 0; i < r->persons_n; i++) {
		TRY(sql_alert_reader(w->db, r->persons[i].id, w->arena, &to));
		if (to != NULL && to->state == STAFF_ACTIVE)
			TRY(send_one(w, r, to, &company, name, text));
	}
	return OK;
}

static enum err
send_one(struct work *w, const struct alert_rule *r, const struct alert_reader_row *to, const struct company_row *company,
    struct str about, struct str text)
{
	const enum language l = language_of(to->language);

	text = tell_alert_text(w, l, r->kind, text);
	const struct str what = str_of(alert_says(r->kind, l)), url = company_url(w, "alerts");
	const struct str said = str_printf(w->arena, "%.*s%s%.*s", STR_ARG(about), about.n > 0 && text.n > 0 ? ": " : "",
	    STR_ARG(text));
	const struct template_value v[] = {{STR("name"), to->name}, {STR("company"), company->name}, {STR("what"), what},
	    {STR("about"), audit_cut(w->arena, one_line(w->arena, said), 110)}, {STR("url"), url}};

	if (r->by_push)
		TRY(tell_push(w, to->id, &(struct push_word){.title = what, .body = said, .path = STR("/alerts"), .topic = STR("")}, NULL));
	if (r->by_sms)
		TRY(tell_sms(w, to->phone, str_printf(w->arena, "%.*s: %.*s. %.*s %.*s", STR_ARG(company->name), STR_ARG(what),
		    STR_ARG(said), STR_ARG(url))));
	if (r->by_call.is && r->by_call.v)
		TRY(tell_call(w, to->phone, str_printf(w->arena, "%.*s: %.*s. %.*s", STR_ARG(company->name), STR_ARG(what), STR_ARG(said)), l));
	return r->by_mail ? tell_mail(w, MAIL_ALERT, to->email, l, v, sizeof(v) / sizeof(v[0])) : OK;
}

static struct str
one_line(struct arena *a, struct str s)
{
	char *p = arena_array(a, char, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] == '\n' ? ' ' : s.p[i];
	return (struct str){p, s.n};
}
