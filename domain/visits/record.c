/*
 * domain/visits/record.c -- the record in canonical JSON, keys in order.
 */
#include "domain/visits/record.h"

#include "domain/base/canon.h"

static void maybe_int(struct canon *c, const char *key, struct maybe_i64 v);
static void maybe_text(struct canon *c, const char *key, struct str v);
static void checks(struct canon *c, const struct visit_record *r);
static void doses(struct canon *c, const struct visit_record *r);
static void photos(struct canon *c, const struct visit_record *r);
static void products(struct canon *c, const struct visit_record *r);
static void readings(struct canon *c, const struct visit_record *r);

enum err
record_write(const struct visit_record *r, struct arena *a, struct str *out, struct fault *f)
{
	struct canon c = canon_open(a, RECORD_BYTES_MAX);

	canon_object(&c);
	checks(&c, r);
	canon_key(&c, "company"), canon_text(&c, r->company);
	canon_key(&c, "company_address"), canon_text(&c, r->company_address);
	canon_key(&c, "customer"), canon_text(&c, r->customer);
	canon_key(&c, "customer_id"), canon_id(&c, r->customer_id);
	canon_key(&c, "day"), canon_day(&c, r->day);
	doses(&c, r);
	maybe_int(&c, "ended_at", r->ended_at);
	maybe_int(&c, "lat_e6", r->lat_e6);
	maybe_int(&c, "lng_e6", r->lng_e6);
	canon_key(&c, "notes"), canon_list(&c);
	for (size_t i = 0; i < r->notes_n; i++)
		canon_text(&c, r->notes[i]);
	canon_end(&c);
	maybe_int(&c, "on_way_at", r->on_way_at);
	photos(&c, r);
	canon_key(&c, "place"), canon_text(&c, r->place);
	products(&c, r);
	readings(&c, r);
	maybe_text(&c, "reason", r->reason);
	canon_key(&c, "service"), canon_text(&c, r->service);
	maybe_text(&c, "signed_by", r->signed_by);
	maybe_int(&c, "started_at", r->started_at);
	canon_key(&c, "state"), canon_text(&c, str_of(visit_state_names[r->state]));
	canon_key(&c, "tech"), canon_text(&c, r->tech);
	canon_key(&c, "visit_id"), canon_id(&c, r->visit_id);
	canon_end(&c);
	if (c.b.full)
		return fail(f, E_LIMIT, NULL, "This document is too long.");
	*out = buf_str(&c.b);
	return OK;
}

struct str
record_seal(const struct sealed_visit *s, struct arena *a)
{
	struct canon c = canon_open(a, RECORD_BYTES_MAX + 1024);

	canon_object(&c);
	canon_key(&c, "issued_at"), canon_int(&c, s->issued_at);
	canon_key(&c, "kid"), canon_text(&c, s->kid);
	canon_key(&c, "previous"), canon_text(&c, str_hex(a, s->previous, sizeof(s->previous)));
	canon_key(&c, "record"), canon_raw(&c, s->record);
	if (s->replaces != 0)
		canon_key(&c, "replaces"), canon_int(&c, (int64_t)s->replaces);
	canon_key(&c, "seq"), canon_int(&c, (int64_t)s->seq);
	canon_key(&c, "v"), canon_int(&c, 1);
	canon_end(&c);
	return buf_str(&c.b);
}

static void
maybe_int(struct canon *c, const char *key, struct maybe_i64 v)
{
	if (v.is)
		canon_key(c, key), canon_int(c, v.v);
}

static void
maybe_text(struct canon *c, const char *key, struct str v)
{
	if (v.n > 0)
		canon_key(c, key), canon_text(c, v);
}

static void
checks(struct canon *c, const struct visit_record *r)
{
	canon_key(c, "checks"), canon_list(c);
	for (size_t i = 0; i < r->checks_n; i++) {
		canon_object(c);
		canon_key(c, "at"), canon_int(c, r->checks[i].at);
		canon_key(c, "done"), canon_int(c, r->checks[i].done);
		canon_key(c, "item"), canon_text(c, r->checks[i].item);
		maybe_text(c, "measure", r->checks[i].measure);
		maybe_int(c, "x100", r->checks[i].x100);
		canon_end(c);
	}
	canon_end(c);
}

static void
doses(struct canon *c, const struct visit_record *r)
{
	canon_key(c, "doses"), canon_list(c);
	for (size_t i = 0; i < r->doses_n; i++) {
		canon_object(c);
		canon_key(c, "at"), canon_int(c, r->doses[i].at);
		canon_key(c, "base"), canon_text(c, r->doses[i].base);
		canon_key(c, "given_x100"), canon_int(c, r->doses[i].given_x100);
		canon_key(c, "item"), canon_text(c, r->doses[i].item);
		canon_key(c, "water"), canon_text(c, r->doses[i].water);
		canon_end(c);
	}
	canon_end(c);
}

static void
photos(struct canon *c, const struct visit_record *r)
{
	canon_key(c, "photos"), canon_list(c);
	for (size_t i = 0; i < r->photos_n; i++) {
		canon_object(c);
		canon_key(c, "at"), canon_int(c, r->photos[i].at);
		canon_key(c, "blake2b"), canon_text(c, r->photos[i].digest);
		canon_key(c, "id"), canon_id(c, r->photos[i].id);
		canon_key(c, "shows"), canon_text(c, r->photos[i].shows);
		canon_end(c);
	}
	canon_end(c);
}

static void
products(struct canon *c, const struct visit_record *r)
{
	canon_key(c, "products"), canon_list(c);
	for (size_t i = 0; i < r->products_n; i++) {
		canon_object(c);
		canon_key(c, "item"), canon_text(c, r->products[i].item);
		canon_key(c, "quantity_x100"), canon_int(c, r->products[i].quantity_x100);
		canon_end(c);
	}
	canon_end(c);
}

static void
readings(struct canon *c, const struct visit_record *r)
{
	canon_key(c, "readings"), canon_list(c);
	for (size_t i = 0; i < r->readings_n; i++) {
		const struct record_reading *g = &r->readings[i];

		canon_object(c);
		canon_key(c, "at"), canon_int(c, g->at);
		canon_key(c, "values"), canon_list(c);
		for (size_t k = 0; k < g->values_n; k++) {
			canon_object(c);
			canon_key(c, "how"), canon_text(c, g->values[k].how);
			canon_key(c, "measure"), canon_text(c, g->values[k].measure);
			canon_key(c, "x100"), canon_int(c, g->values[k].x100);
			canon_end(c);
		}
		canon_end(c);
		canon_key(c, "water"), canon_text(c, g->water);
		canon_end(c);
	}
	canon_end(c);
}
