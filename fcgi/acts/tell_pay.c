/*
 * fcgi/acts/tell_pay.c -- the JSON of a payment's wishes and of the company's account at its processor.
 */
#include "fcgi/acts/tell_pay.h"

#include "domain/base/setting.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/jobs.h"

#define WANTS_BYTES_MAX 16384
#define BODY_BYTES_MAX 4000

static const struct field want_row_fields[] = {
	FIELD_ID(struct want_row, bill_id), FIELD_INT(struct want_row, cents, 0, CENTS_MAX), FIELD_END};
static const struct shape want_row_shape = {"PayWant", sizeof(struct want_row), want_row_fields};

static const struct field pay_wants_fields[] = {
	FIELD_LIST(struct pay_wants, rows, rows_n, &want_row_shape, WANT_ROWS_MAX),
	FIELD_MAYBE_TEXT(struct pay_wants, url, 0, 4000),
	FIELD_MAYBE_TEXT(struct pay_wants, page, 0, 80),
	FIELD_MAYBE_TIME(struct pay_wants, page_until),
	FIELD_MAYBE_BOOL(struct pay_wants, keep),
	FIELD_MAYBE_BOOL(struct pay_wants, autopay),
	FIELD_MAYBE_BOOL(struct pay_wants, thin),
	FIELD_MAYBE_INT(struct pay_wants, news_ms, 0, INT64_C(9007199254740991)),
	FIELD_MAYBE_INT(struct pay_wants, tries, 0, 100),
	FIELD_MAYBE_TEXT(struct pay_wants, consent, 0, 4000),
	FIELD_MAYBE_INT(struct pay_wants, surcharge, 0, CENTS_MAX),
	FIELD_MAYBE_BOOL(struct pay_wants, asks),
	FIELD_MAYBE_TEXT(struct pay_wants, card, 0, 80),
	FIELD_MAYBE_TEXT(struct pay_wants, card_customer, 0, 80),
	FIELD_MAYBE_TEXT(struct pay_wants, card_name, 0, 24),
	FIELD_MAYBE_TEXT(struct pay_wants, card_last4, 0, 4),
	FIELD_MAYBE_TEXT(struct pay_wants, funding, 0, 12),
	FIELD_MAYBE_BOOL(struct pay_wants, card_is_bank),
	FIELD_MAYBE_BOOL(struct pay_wants, agreed),
	FIELD_MAYBE_BOOL(struct pay_wants, present),
	FIELD_END
};
static const struct shape pay_wants_shape = {"PayWants", sizeof(struct pay_wants), pay_wants_fields};

static const struct field processor_fields[] = {
	FIELD_TEXT(struct processor, account, 0, 80),
	FIELD_BOOL(struct processor, cards),
	FIELD_BOOL(struct processor, banks),
	FIELD_TEXT(struct processor, missing, 0, 400),
	FIELD_TEXT(struct processor, link, 0, 1000),
	FIELD_TIME(struct processor, link_until),
	FIELD_MAYBE_DAY(struct processor, checked),
	FIELD_INT(struct processor, unexplained_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_TEXT(struct processor, unexplained, 0, 400),
	FIELD_END
};
static const struct shape processor_shape = {"ProcessorKept", sizeof(struct processor), processor_fields};

static const struct field payment_order_fields[] = {
	FIELD_ID(struct payment_order, payment_id), FIELD_INT(struct payment_order, cents, 0, CENTS_MAX), FIELD_END};
const struct shape payment_order_shape = {"PaymentOrder", sizeof(struct payment_order), payment_order_fields};

static const struct field event_order_fields[] = {
	FIELD_MAYBE_ID(struct event_order, event_id), FIELD_TEXT(struct event_order, object, 0, 80),
	FIELD_MAYBE_BOOL(struct event_order, ends), FIELD_END};
const struct shape event_order_shape = {"EventOrder", sizeof(struct event_order), event_order_fields};

static const struct field method_order_fields[] = {
	FIELD_ID(struct method_order, customer_id), FIELD_MAYBE_ID(struct method_order, method_id),
	FIELD_TEXT(struct method_order, provider_id, 0, 80), FIELD_END};
const struct shape method_order_shape = {"MethodOrder", sizeof(struct method_order), method_order_fields};

enum err
processor_read(struct work *w, struct processor *out)
{
	struct setting_row *row;

	*out = (struct processor){.account = STR(""), .missing = STR(""), .link = STR(""), .unexplained = STR("")};
	TRY(sql_billing_one(w->db, SETTING_PROCESSOR, 0, w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&processor_shape, row->body, w->arena, out, &w->fault));
	out->version = row->version;
	return OK;
}

enum err
processor_keep(struct work *w, const struct processor *p)
{
	struct buf b = buf_open(w->arena, 512, BODY_BYTES_MAX);
	struct setting_row *row;

	shape_write(&processor_shape, p, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "The company's account does not fit.");
	TRY(sql_billing_one(w->db, SETTING_PROCESSOR, 0, w->arena, &row));
	if (row == NULL)
		return sql_billing_put(w->db, work_id(w), SETTING_PROCESSOR, 0, STR(""), buf_str(&b));
	return sql_billing_change(w->db, row->id, buf_str(&b), p->version);
}

enum err
pay_wants_read(struct work *w, struct str stored, struct pay_wants *out)
{
	*out = (struct pay_wants){0};
	return shape_read(&pay_wants_shape, stored, w->arena, out, &w->fault);
}

enum err
pay_wants_write(struct work *w, const struct pay_wants *in, struct str *stored)
{
	struct buf b = buf_open(w->arena, 512, WANTS_BYTES_MAX);

	shape_write(&pay_wants_shape, in, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A payment's wishes do not fit.");
	*stored = buf_str(&b);
	return OK;
}

enum err
tell_at(struct work *w, const char *kind, struct str key, int64_t at, const struct shape *s, const void *payload)
{
	struct buf b = buf_open(w->arena, 512, BODY_BYTES_MAX);
	const uint64_t id = work_id(w);
	struct str sealed;
	uint64_t changed;

	shape_write(s, payload, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A job's payload does not fit.");
	TRY(work_seal(w, KEY_FIELDS, "job", "payload", id, buf_str(&b), &sealed));
	w->told = true;
	return sql_job_insert_once(w->db, id, str_of(kind), key, JOB_WAITING, at, sealed, w->now, &changed);
}

enum err
tell_card_dropped(struct work *w, uint64_t customer_id, const struct pay_wants *wants)
{
	if (!wants->card.is || wants->keep.v)
		return OK;
	return tell(w, "method_drop", &method_order_shape, &(struct method_order){customer_id, {0}, wants->card.v});
}
