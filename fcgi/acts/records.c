/*
 * fcgi/acts/records.c -- the record of a stop: gathered from what is known, sealed, and told to the customer.
 *
 * 1. The row 'proof.visit' of `counter` is locked before anything is read: seals have no gap and no fork.
 * 2. A seal is a row of the log (device 0) that is never written over; a later one names the one it replaces.
 */
#include "fcgi/acts/records.h"

#include "domain/base/canon.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/acts/tell_water.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/proofs.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/visits.h"

static const struct field seal_body_fields[] = {
	FIELD_TEXT(struct seal_body, kid, PROOF_KID_LETTERS, PROOF_KID_LETTERS),
	FIELD_TEXT(struct seal_body, signature, 2 * PROOF_SIGNATURE_BYTES, 2 * PROOF_SIGNATURE_BYTES),
	FIELD_LINES(struct seal_body, bytes, 2, RECORD_BYTES_MAX + 1024),
	FIELD_END
};
const struct shape seal_body_shape = {"SealBody", sizeof(struct seal_body), seal_body_fields};
#define SEAL_ROW_MAX 65000 /* of a TEXT column */

static enum err gather(struct work *w, const struct visit *v, const struct record_source *s,
    const struct proof_policy *p, struct visit_record *r, bool *waits);
static enum err readings_of(struct work *w, uint64_t visit_id, struct visit_record *r);
static enum err doses_of(struct work *w, uint64_t visit_id, struct visit_record *r);
static enum err photos_of(struct work *w, uint64_t visit_id, struct visit_record *r, bool *waits);
static enum err said(struct work *w, uint64_t visit_id, const struct proof_policy *p, struct visit_record *r);
static enum err chain(struct work *w, const struct visit *v, struct str record, const struct visit_seal_row *last,
    uint64_t seq);
static enum err tell_customer(struct work *w, const struct visit *v, const struct record_source *s,
    const struct visit_record *r);
static struct str place_of(struct work *w, const struct record_source *s);
static struct str water_of(struct str name, enum pool_kind kind);

enum err
act_record_seal(struct work *w, uint64_t visit_id)
{
	struct visit_seal_row *last;
	struct seal_head_row *head;
	struct proof_policy policy;
	struct record_source source;
	struct visit_record r;
	struct str record, before;
	struct visit v;
	bool waits = false;
	static const char zeros[32];

	TRY(sql_seal_head_for_update(w->db, w->arena, &head));
	enum err e = sql_visit_one(w->db, visit_id, w->arena, &v);
	if (tell_absent(w, e) || (e == OK && v.state != VISIT_DONE && v.state != VISIT_NO_ACCESS))
		return OK;
	TRY(e);
	TRY(act_proof_policy(w, &policy));
	TRY(sql_record_source(w->db, visit_id, w->arena, &source));
	TRY(gather(w, &v, &source, &policy, &r, &waits));
	if (waits)
		return OK;
	TRY(record_write(&r, w->arena, &record, &w->fault));
	TRY(sql_visit_seal_last(w->db, visit_id, w->arena, &last));
	if (last != NULL) {
		struct seal_body body = {0};

		TRY(shape_read(&seal_body_shape, last->body, w->arena, &body, &w->fault));
		if (canon_find(body.bytes, "record", &before) && str_eq(before, record))
			return OK;
	}
	TRY(chain(w, &v, record, last, head == NULL ? 1 : head->value + 1));
	if (head == NULL)
		TRY(sql_seal_head_insert(w->db, (struct str){zeros, sizeof(zeros)}));
	else
		TRY(sql_seal_head_move(w->db, head->value + 1, head->version));
	return last == NULL && v.state == VISIT_DONE && policy.reports ? tell_customer(w, &v, &source, &r) : OK;
}

enum err
act_record_brief(struct work *w, uint64_t visit_id)
{
	struct visit v;
	enum err e = sql_visit_one(w->db, visit_id, w->arena, &v);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	return tell_brief_after(w, &v);
}

static enum err
chain(struct work *w, const struct visit *v, struct str record, const struct visit_seal_row *last, uint64_t seq)
{
	struct sealed_visit sealed = {.record = record, .issued_at = w->now, .seq = seq, .replaces = last == NULL ? 0 : last->seq};
	struct buf row = buf_open(w->arena, 4096, SEAL_ROW_MAX);
	struct visit_seal_row *before = NULL;
	struct seal_body body = {0};
	struct signature signature;
	struct signer signer;

	if (seq > 1)
		TRY(sql_visit_seal_at(w->db, (uint32_t)(seq - 1), w->arena, &before));
	if (before != NULL) {
		TRY(shape_read(&seal_body_shape, before->body, w->arena, &body, &w->fault));
		hash64(body.bytes.p, body.bytes.n, sealed.previous);
	}
	TRY(tell_signer(w, &signer));
	sealed.kid = str_of(signer.kid);
	body = (struct seal_body){.kid = sealed.kid, .bytes = record_seal(&sealed, w->arena)};
	TRY(tell_sign(w, &signer, PROOF_VISIT, body.bytes, &signature));
	body.signature = str_hex(w->arena, signature.signature, sizeof(signature.signature));
	shape_write(&seal_body_shape, &body, &row);
	if (row.full)
		return fail(&w->fault, E_LIMIT, NULL, "This document is too long.");
	return sql_log_insert(w->db, work_id(w), v->id, VERB_SEALED, SYNC_APPLIED, ACTOR_SYSTEM, 0, (struct maybe_u64){true, 0},
	    (struct maybe_u32){true, (uint32_t)seq}, w->now, 0, w->now, v->version, 0, STR(""), buf_str(&row));
}

enum err
seal_proof(struct work *w, const struct seal_body *s, struct str *text)
{
	uint8_t signature[PROOF_SIGNATURE_BYTES];
	size_t n;

	if (!str_unhex(s->signature, signature, sizeof(signature), &n))
		return fail(&w->fault, E_BUG, NULL, "A signature without its key.");
	return tell_proof(w, PROOF_VISIT, s->bytes, s->kid, (struct str){(const char *)signature, n}, text);
}

/* waits: a photo is still being drawn, and will order this again. */
static enum err
gather(struct work *w, const struct visit *v, const struct record_source *s, const struct proof_policy *p,
    struct visit_record *r, bool *waits)
{
	struct company_row company;

	TRY(sql_company(w->db, w->arena, &company));
	*r = (struct visit_record){.company = company.name,
	    .company_address = str_trim(str_printf(w->arena, "%.*s, %.*s %.*s %.*s", STR_ARG(company.street),
	        STR_ARG(company.city), STR_ARG(company.region), STR_ARG(company.postcode))),
	    .customer = s->customer, .place = place_of(w, s), .service = s->service,
	    .tech = s->tech.is ? s->tech.v : STR(""), .visit_id = v->id, .customer_id = v->customer_id, .day = v->day,
	    .state = v->state, .on_way_at = v->on_way_at, .started_at = v->started_at, .ended_at = v->ended_at,
	    .reason = v->skip_reason, .signed_by = STR("")};
	TRY(readings_of(w, v->id, r));
	TRY(doses_of(w, v->id, r));
	TRY(photos_of(w, v->id, r, waits));
	return said(w, v->id, p, r);
}

static struct str
place_of(struct work *w, const struct record_source *s)
{
	return str_trim(str_printf(w->arena, "%.*s, %.*s %.*s %.*s", STR_ARG(s->street), STR_ARG(s->city),
	    STR_ARG(s->region), STR_ARG(s->postcode)));
}

static struct str
water_of(struct str name, enum pool_kind kind)
{
	return name.n > 0 ? name : str_of(pool_kind_names[kind]);
}

static enum err
readings_of(struct work *w, uint64_t visit_id, struct visit_record *r)
{
	struct record_reading_row *rows;
	struct record_reading *out;
	size_t n;

	TRY(sql_record_readings(w->db, visit_id, w->arena, &rows, &n));
	out = arena_array(w->arena, struct record_reading, n);
	for (size_t i = 0; i < n; i++) {
		struct record_value *to;
		struct water_value *v;
		size_t vn;

		TRY(tell_values_read(w, rows[i].body, &v, &vn));
		to = arena_array(w->arena, struct record_value, vn);
		for (size_t k = 0; k < vn; k++)
			to[k] = (struct record_value){str_of(measure_names[v[k].measure]), str_of(reading_how_names[v[k].how]),
			    v[k].x100};
		out[i] = (struct record_reading){rows[i].at, water_of(rows[i].pool, rows[i].kind), to, vn};
	}
	r->readings = out;
	r->readings_n = n;
	return OK;
}

static enum err
doses_of(struct work *w, uint64_t visit_id, struct visit_record *r)
{
	struct record_dose_row *rows;
	struct record_dose *out;
	size_t n;

	TRY(sql_record_doses(w->db, visit_id, w->arena, &rows, &n));
	out = arena_array(w->arena, struct record_dose, n);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct record_dose){rows[i].at, water_of(rows[i].pool, rows[i].kind), rows[i].item,
		    str_of(item_base_names[item_base_of(rows[i].unit)]), rows[i].given_x100};
	r->doses = out;
	r->doses_n = n;
	return OK;
}

static enum err
photos_of(struct work *w, uint64_t visit_id, struct visit_record *r, bool *waits)
{
	struct record_photo_row *rows;
	struct record_photo *out;
	size_t n;

	TRY(sql_record_photos(w->db, RECORD_VISIT, visit_id, w->arena, &rows, &n));
	out = arena_array(w->arena, struct record_photo, n);
	for (size_t i = 0; i < n; i++) {
		*waits = *waits || rows[i].state == FILE_RAW;
		if (rows[i].state == FILE_READY && rows[i].digest.is)
			out[r->photos_n++] = (struct record_photo){rows[i].id, rows[i].at, rows[i].name, rows[i].digest.v};
	}
	r->photos = out;
	return OK;
}

/* What people tapped: the last word on each line of the checklist, notes to the customer, the name under it. */
static enum err
said(struct work *w, uint64_t visit_id, const struct proof_policy *p, struct visit_record *r)
{
	struct record_product *products;
	struct record_check *checks;
	struct log_row *rows;
	struct str *notes;
	size_t n;

	TRY(sql_log_of_visit(w->db, visit_id, w->arena, &rows, &n));
	checks = arena_array(w->arena, struct record_check, n);
	products = arena_array(w->arena, struct record_product, n);
	for (size_t i = 0; i < n; i++) {
		const int64_t at = rows[i].device_at + rows[i].skew_s;
		struct verb_body b = {0};
		size_t k = 0;

		if (rows[i].answer != SYNC_APPLIED || rows[i].body.n == 0 || !verb_of_phone(rows[i].verb))
			continue;
		TRY(shape_read(&verb_body_shape, rows[i].body, w->arena, &b, &w->fault));
		if (rows[i].verb == VERB_CHECK && b.item.is) {
			while (k < r->checks_n && !str_eq(checks[k].item, b.item.v))
				k++;
			checks[k] = (struct record_check){b.item.v, !b.done.is || b.done.v, at,
			    b.amount.is && b.what.is ? b.what.v : STR(""), {b.amount.is && b.what.is, b.amount.v}};
			r->checks_n += k == r->checks_n;
		} else if (rows[i].verb == VERB_USED && b.text.n > 0) {
			products[r->products_n++] = (struct record_product){b.text, b.amount.is ? b.amount.v : 100};
		} else if (rows[i].verb == VERB_ARRIVE && p->place) {
			r->lat_e6 = b.lat_e6;
			r->lng_e6 = b.lng_e6;
		} else if (rows[i].verb == VERB_SIGNED) {
			r->signed_by = b.text;
		}
	}
	r->checks = checks;
	r->products = products;
	TRY(tell_notes_to_customer(w, visit_id, &notes, &r->notes_n));
	r->notes = notes;
	return OK;
}

static enum err
tell_customer(struct work *w, const struct visit *v, const struct record_source *s, const struct visit_record *r)
{
	struct template_value said[LANGUAGES][6];
	struct water_value *values = NULL;
	struct record_reading_row *rows;
	struct str url;
	size_t n, values_n = 0;

	TRY(sql_record_readings(w->db, v->id, w->arena, &rows, &n));
	if (n > 0)
		TRY(tell_values_read(w, rows[0].body, &values, &values_n));
	TRY(link_show(w, LINK_REPORT, v->id, REPORT_LINK_S, "portal/report", &url));
	for (unsigned l = 0; l < LANGUAGES; l++) {
		const enum language in = (enum language)l;
		struct str water = tell_values_told(w, in, values, values_n);

		if (water.n == 0)
			water = tell_values_say(w, values, values_n);
		said[l][0] = (struct template_value){STR("service"), r->service};
		said[l][1] = (struct template_value){STR("place"), s->street};
		said[l][2] = (struct template_value){STR("day"), words_day(w->arena, v->day, in)};
		said[l][3] = (struct template_value){STR("tech"), r->tech.n > 0 ? r->tech : r->company};
		said[l][4] = (struct template_value){STR("water"), water.n > 0 ? water : str_of(words_say(in, "no readings were taken"))};
		said[l][5] = (struct template_value){STR("url"), url};
	}
	return tell_occasion(w, &(struct occurrence){.occasion = OCCASION_REPORT, .customer_id = v->customer_id,
	    .key = str_printf(w->arena, "%llu", (unsigned long long)v->id), .values = {said[ENGLISH], said[SPANISH]}, .values_n = 6,
	    .ref_kind = RECORD_VISIT, .ref_id = v->id, .service_id = v->service_id}, NULL);
}
