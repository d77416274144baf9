/*
 * fcgi/acts/facts_money.c -- load, decide, say: a payment that failed, a good word asked for after one, a long silence.
 */
#include "fcgi/acts/facts.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/facts.h"
#include "sql/tenant/queries/payments.h"

#define DAY_S 86400
#define PAGE 100

static enum err pleased(struct work *w, uint64_t customer_id, bool *is);
static enum err say_url(struct work *w, enum occasion o, uint64_t customer_id, struct str key, struct str url, uint64_t ref_id);

enum err
fact_decent(struct work *w, const struct fact_order *o, uint64_t customer_id, bool *is)
{
	const struct zone *zone[ZONES_OF_READER];

	TRY(tell_zones(w, customer_id, zone));
	const int64_t at = decent_at(zone, w->now);

	*is = at <= w->now;
	return *is ? OK : tell_later(w, "fact", &fact_order_shape, o, at);
}

enum err
fact_pay_failed(struct work *w, const struct fact_order *o)
{
	struct template_value v[LANGUAGES][3];
	struct payment_row pay;
	enum err e = sql_payment_one(w->db, o->id, w->arena, &pay);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (pay.state != PAYMENT_FAILED && pay.state != PAYMENT_RETURNED)
		return OK;
	for (unsigned l = 0; l < LANGUAGES; l++) {
		v[l][0] = (struct template_value){STR("sum"), money_write(w->arena, pay.cents, pay.currency, (enum language)l)};
		v[l][1] = (struct template_value){STR("reason"), pay.reason.n > 0 ? pay.reason
			: str_of(words_say((enum language)l, "the bank did not say why"))};
		v[l][2] = (struct template_value){STR("url"), company_url(w, "portal/bills")};
	}
	return tell_occasion(w, &(struct occurrence){.occasion = OCCASION_PAY_FAILED, .customer_id = pay.customer_id,
	    .key = str_printf(w->arena, "%llu", (unsigned long long)pay.id), .values = {v[ENGLISH], v[SPANISH]}, .values_n = 3,
	    .ref_kind = RECORD_PAYMENT, .ref_id = pay.id}, NULL);
}

/* Once in a period, at an hour at which one may ask, and of nobody who was not pleased. */
enum err
fact_review(struct work *w, const struct fact_order *o)
{
	struct fact_number_row said, served;
	struct payment_row pay;
	struct texting texting;
	bool decent, is_pleased;
	enum err e = sql_payment_one(w->db, o->id, w->arena, &pay);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(tell_texting(w, &texting));
	if (pay.state != PAYMENT_SETTLED || texting.review_url.n == 0)
		return OK;
	TRY(fact_decent(w, o, pay.customer_id, &decent));
	if (!decent)
		return OK;
	TRY(sql_fact_said(w->db, pay.customer_id, OCCASION_REVIEW, w->now - (int64_t)REVIEW_PERIOD_DAYS * DAY_S, MESSAGE_FAILED,
	    MESSAGE_WITHDRAWN, w->arena, &said));
	TRY(pleased(w, pay.customer_id, &is_pleased));
	/* A deposit is paid before anybody came: there is nothing to tell others of yet. */
	TRY(sql_fact_served(w->db, pay.customer_id, day_add(zone_day(w->tenant->zone, w->now), -RATING_PERIOD_DAYS), VISIT_DONE, w->arena, &served));
	if (said.number > 0 || !is_pleased || served.number == 0)
		return OK;
	/* Two payments of one hour, two workers: the key of the period lets one of them. */
	return say_url(w, OCCASION_REVIEW, pay.customer_id, str_printf(w->arena, "c%llu:%lld", (unsigned long long)pay.customer_id,
	    (long long)(w->now / ((int64_t)REVIEW_PERIOD_DAYS * DAY_S))), texting.review_url, 0);
}

/* is  out  nobody of this customer has said a bad word of a visit within a year */
static enum err
pleased(struct work *w, uint64_t customer_id, bool *is)
{
	struct fact_rating_row *rows;
	size_t n;

	*is = true;
	TRY(sql_fact_ratings(w->db, customer_id, w->now - (int64_t)RATING_PERIOD_DAYS * DAY_S, EVENT_VISIT_RATED, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct event_detail d = {0};

		TRY(shape_read(&event_detail_shape, rows[i].detail, w->arena, &d, &w->fault));
		for (size_t k = 0; k < d.rows_n; k++)
			if (str_eq(d.rows[k].name, STR("stars")) && d.rows[k].value.n == 1 && d.rows[k].value.p[0] - '0' <= RATING_LOW)
				*is = false;
	}
	return OK;
}

enum err
act_win_back(struct work *w, uint64_t after, uint64_t *next)
{
	const struct day to = day_add(zone_day(w->tenant->zone, w->now), -LOST_DAYS), from = day_add(to, -LOST_WINDOW_DAYS);
	const struct str url = company_url(w, "book");
	struct occasion_rule rule;
	struct fact_lost_row *rows;
	bool is_pleased;
	size_t n;

	*next = 0;
	TRY(tell_rule(w, OCCASION_WIN_BACK, 0, &rule));
	if (rule.sms == TELLING_OFF && rule.email == TELLING_OFF)
		return OK;
	TRY(sql_fact_lost(w->db, after, STANDING_INACTIVE, VISIT_DONE, VISIT_CANCELLED, from, to, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(pleased(w, rows[i].id, &is_pleased));
		if (is_pleased)
			TRY(say_url(w, OCCASION_WIN_BACK, rows[i].id, str_printf(w->arena, "c%llu:%d", (unsigned long long)rows[i].id,
			    (int)rows[i].day.v.n), url, 0));
	}
	*next = n == PAGE ? rows[n - 1].id : 0;
	return OK;
}

static enum err
say_url(struct work *w, enum occasion o, uint64_t customer_id, struct str key, struct str url, uint64_t ref_id)
{
	const struct template_value v[] = {{STR("url"), url}};

	return tell_occasion(w, &(struct occurrence){.occasion = o, .customer_id = customer_id, .key = key, .values = {v, v},
	    .values_n = 1, .ref_kind = ref_id != 0 ? RECORD_VISIT : 0, .ref_id = ref_id}, NULL);
}
