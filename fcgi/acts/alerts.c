/*
 * fcgi/acts/alerts.c -- load, decide, save, tell: what somebody should look at.
 */
#include "fcgi/acts/alerts.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_message.h"

#include "domain/base/id.h"
#include "domain/dispatch/alarm.h"
#include "domain/staff/staff.h"
#include "fcgi/acts/tell_water.h"
#include "fcgi/acts/tell_word.h"
#include "sql/tenant/queries/alerts.h"
#include "sql/tenant/queries/facts.h"
#include "sql/tenant/queries/work.h"

#define LOOK_AGAIN_S 300
#define REPORTS_S (30 * 86400) /* so long a technician reads what was said */

static enum err kind_of(struct work *w, struct str name, uint32_t *kind);
static enum err line_of(struct work *w, const struct alert_row *row, struct alert_line *out);
static enum err one(struct work *w, uint64_t id, struct alert_row *out);
static enum err customer_told(struct work *w, uint64_t visit_id, struct day today, int32_t begin_s);
static enum err settle_late(struct work *w, const struct board_lane *lanes, size_t n, uint32_t limit_min);

enum err
act_alerts(struct work *w, const struct alert_query *q, struct alert_page *out)
{
	const bool closed = q->closed.is && q->closed.v;
	struct alert_row *rows;
	uint32_t kind;
	size_t n;

	TRY(kind_of(w, q->kind, &kind));
	if (closed)
		TRY(sql_alerts_closed(w->db, kind, q->q, q->before.is ? q->before.v : INT64_MAX, w->arena, &rows, &n));
	else
		TRY(sql_alerts_open(w->db, kind, q->q, q->before.is ? q->before.v : INT64_MAX, w->arena, &rows, &n));
	*out = (struct alert_page){arena_array(w->arena, struct alert_line, n), n < ALERTS_MAX ? n : ALERTS_MAX,
	    {n > ALERTS_MAX, n > ALERTS_MAX ? rows[ALERTS_MAX - 1].id : 0}};
	for (size_t i = 0; i < out->rows_n; i++)
		TRY(line_of(w, &rows[i], &out->rows[i]));
	return OK;
}

enum err
act_alert_close(struct work *w, uint64_t id, uint32_t version)
{
	TRY(sql_alert_close(w->db, id, (struct maybe_i64){true, w->now}, w->actor.id, version));
	return tell_live(w);
}

enum err
act_alert_open(struct work *w, uint64_t id, uint32_t version)
{
	TRY(sql_alert_close(w->db, id, (struct maybe_i64){0}, 0, version));
	return tell_live(w);
}

enum err
act_alert_answer(struct work *w, uint64_t id, const struct alert_answer_in *in, struct alert_line *out)
{
	struct alert_answer *all;
	struct alert_body body;
	struct alert_row row;
	struct worker_row to;
	struct str stored;

	TRY(one(w, id, &row));
	if (row.staff_id == 0)
		return fail(&w->fault, E_INVALID, "text", "There is nobody to answer.");
	TRY(sql_worker_one(w->db, row.staff_id, w->arena, &to));
	TRY(tell_alert_body_read(w, row.body, &body));
	if (body.answers_n == ALERT_ANSWERS_MAX)
		return fail(&w->fault, E_LIMIT, "text", "That is enough said.");
	all = arena_array(w->arena, struct alert_answer, body.answers_n + 1);
	if (body.answers_n > 0)
		memcpy(all, body.answers, body.answers_n * sizeof(*all));
	all[body.answers_n] = (struct alert_answer){.text = in->text, .at = w->now};
	TRY(tell_actor(w, &all[body.answers_n].by));
	body.answers = all;
	body.answers_n++;
	TRY(tell_alert_body(w, &body, &stored));
	TRY(sql_alert_body(w->db, id, stored, in->version));
	TRY(tell_push(w, row.staff_id, &(struct push_word){
	    .title = str_of(words_say(language_of(to.language), "The office has answered")), .body = in->text,
	    .path = STR("/tech/messages"), .topic = STR("answer")}, NULL));
	TRY(tell_live(w));
	TRY(one(w, id, &row));
	return line_of(w, &row, out);
}

/* What they said themselves, and what the office answered them about anything else. */
enum err
act_alert_reports(struct work *w, struct alert_page *out)
{
	struct alert_row *rows;
	size_t n;

	TRY(sql_alerts_of_tech(w->db, w->actor.id, id_make((w->now - REPORTS_S) * 1000, 0), w->arena, &rows, &n));
	*out = (struct alert_page){.rows = arena_array(w->arena, struct alert_line, n), .rows_n = n};
	for (size_t i = 0; i < n; i++)
		TRY(line_of(w, &rows[i], &out->rows[i]));
	return OK;
}

enum err
act_alert_rules(struct work *w, struct alert_rules_page *out)
{
	struct alert_rules rules;
	struct worker_row *people;
	size_t n;

	TRY(tell_alert_rules(w, &rules));
	TRY(sql_workers(w->db, STAFF_DISABLED, w->arena, &people, &n));
	*out = (struct alert_rules_page){.rows = rules.rows, .rows_n = rules.rows_n, .version = rules.version,
	    .people = arena_array(w->arena, struct alert_person, n),
	    .texts = w->house->config->sms_url != NULL && *w->house->config->sms_url != '\0'};
	for (size_t i = 0; i < n && out->people_n < BOARD_TECHS_MAX; i++)
		if (people[i].state == STAFF_ACTIVE)
			out->people[out->people_n++] = (struct alert_person){people[i].id, people[i].name};
	return OK;
}

enum err
act_alert_rules_change(struct work *w, const struct alert_rules_in *in, struct alert_rules_page *out)
{
	struct alert_rules rules;

	TRY(tell_alert_rules(w, &rules));
	if (rules.version != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	for (size_t i = 0; i < in->rows_n; i++) {
		const struct alert_rule *r = &in->rows[i];
		struct alert_reader_row *to;
		uint32_t most;

		if (alert_limit(r->kind, &most) == 0 ? r->limit.is : !r->limit.is || r->limit.v > most)
			return fail(&w->fault, E_INVALID, "limit", "Must be between %lld and %lld.", 0LL, (long long)most);
		for (size_t k = 0; k < r->persons_n; k++) {
			TRY(sql_alert_reader(w->db, r->persons[k].id, w->arena, &to));
			if (to == NULL || to->state != STAFF_ACTIVE)
				return fail(&w->fault, E_INVALID, "persons", "This person does not work here.");
		}
		rules.rows[r->kind - 1] = *r;
	}
	TRY(tell_alert_rules_keep(w, &rules));
	TRY(audit(w, "alerts.rules_changed", "setting", 0, STR("")));
	return act_alert_rules(w, out);
}

enum err
act_late(struct work *w, int64_t *again)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct alert_rules rules;
	struct board_lane *lanes;
	bool watch = false;
	size_t n;

	*again = 0;
	TRY(tell_alert_rules(w, &rules));
	const struct alert_rule *r = &rules.rows[ALERT_LATE - 1];
	const uint32_t limit = r->limit.is ? r->limit.v : ALARM_LATE_MIN;
	bool silent;

	TRY(tell_off(w, OCCASION_LATE, &silent));
	if (!r->on && silent)
		return OK;
	TRY(tell_board(w, today, (struct maybe_u64){0}, &lanes, &n, NULL, NULL));
	TRY(settle_late(w, lanes, n, limit));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < lanes[i].lane.stops; k++) {
			const struct board_row *s = &lanes[i].rows[k];
			const struct visit v = {.id = s->id, .customer_id = s->customer_id};

			if ((s->state != VISIT_SCHEDULED && s->state != VISIT_ON_WAY) || !s->to_minute.is)
				continue;
			watch = true;
			if (!alarm_late(lanes[i].times[k].late_s, limit))
				continue;
			TRY(tell_alert(w, ALERT_LATE, &v, lanes[i].tech_id,
			    str_printf(w->arena, "%d min", (lanes[i].times[k].late_s + 59) / 60)));
			TRY(customer_told(w, s->id, today, lanes[i].times[k].begin_s));
		}
	if (watch)
		*again = w->now + LOOK_AGAIN_S;
	return OK;
}

/* Of a delay, and again as soon as the window that they know will not hold either. */
static enum err
customer_told(struct work *w, uint64_t visit_id, struct day today, int32_t begin_s)
{
	struct fact_number_row last;

	TRY(sql_late_told(w->db, visit_id, OCCASION_LATE, MESSAGE_FAILED, w->arena, &last));
	if (fact_late_told(last.number, today, begin_s))
		return OK;
	return tell_fact(w, &(struct fact_order){.occasion = OCCASION_LATE, .id = visit_id, .cause = fact_late(today, begin_s)}, w->now);
}

/* Those that will be in time after all, are begun, or were moved: seen to. */
static enum err
settle_late(struct work *w, const struct board_lane *lanes, size_t n, uint32_t limit_min)
{
	struct alert_id_row *open;
	uint64_t changed;
	size_t open_n;

	TRY(sql_alerts_late(w->db, ALERT_LATE, w->arena, &open, &open_n));
	for (size_t a = 0; a < open_n; a++) {
		bool still = false;

		for (size_t i = 0; i < n && !still; i++)
			for (size_t k = 0; k < lanes[i].lane.stops && !still; k++)
				still = lanes[i].rows[k].id == open[a].id && !visit_over(lanes[i].rows[k].state) &&
				    lanes[i].rows[k].state != VISIT_STARTED && alarm_late(lanes[i].times[k].late_s, limit_min);
		if (!still)
			TRY(sql_alerts_close_of_visit(w->db, open[a].id, ALERT_LATE, w->now, &changed));
	}
	return open_n > 0 ? tell_live(w) : OK;
}

static enum err
kind_of(struct work *w, struct str name, uint32_t *kind)
{
	*kind = 0;
	if (name.n == 0)
		return OK;
	for (unsigned k = 1; k < ALERT_KINDS; k++)
		if (str_eq(name, str_of(alert_kind_names[k]))) {
			*kind = k;
			return OK;
		}
	return fail(&w->fault, E_INVALID, "kind", "This value is not valid.");
}

static enum err
line_of(struct work *w, const struct alert_row *row, struct alert_line *out)
{
	struct alert_body body;

	TRY(tell_alert_body_read(w, row->body, &body));
	*out = (struct alert_line){*row, {row->visit_id != 0, row->visit_id}, {row->customer_id != 0, row->customer_id},
	    tell_alert_text(w, w->actor.language, row->kind, body.text), body.answers, body.answers_n};
	return OK;
}

static enum err
one(struct work *w, uint64_t id, struct alert_row *out)
{
	struct alert_row *row;

	TRY(sql_alert_one(w->db, id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	*out = *row;
	return OK;
}
