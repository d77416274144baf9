/*
 * domain/billing/seal.c -- what stands in an issued document.
 */
#include "domain/billing/seal.h"

#include "domain/base/canon.h"

static void lines(struct canon *c, const struct sealed_bill *b);
static void moves(struct canon *c, const struct sealed_bill *b);
static void options(struct canon *c, const struct sealed_bill *b);
static void taxes(struct canon *c, const struct sealed_bill *b);
static void party(struct canon *c, const char *key, struct str address, struct str name, uint64_t id);

enum err
seal_bill(const struct sealed_bill *b, struct arena *a, struct str *bytes, struct fault *f)
{
	struct canon c = canon_open(a, SEAL_BYTES_MAX);

	canon_object(&c);
	party(&c, "company", b->company_address, b->company, 0);
	canon_key(&c, "currency"), canon_text(&c, b->currency);
	party(&c, "customer", b->customer_address, b->customer, b->customer_id);
	canon_key(&c, "day"), canon_day(&c, b->day);
	if (b->kind == BILL_QUOTE)
		canon_key(&c, "deposit_ppm"), canon_int(&c, b->deposit_ppm);
	canon_key(&c, "due"), canon_day(&c, b->due_day);
	canon_key(&c, "id"), canon_id(&c, b->id);
	canon_key(&c, "issued_at"), canon_int(&c, b->issued_at);
	canon_key(&c, "kid"), canon_text(&c, b->kid);
	canon_key(&c, "kind"), canon_text(&c, str_of(bill_kind_names[b->kind]));
	lines(&c, b);
	if (b->kind == BILL_STATEMENT)
		moves(&c, b);
	canon_key(&c, "net"), canon_int(&c, b->sums.net_cents);
	canon_key(&c, "number"), canon_text(&c, b->number);
	canon_key(&c, "opening"), canon_int(&c, b->opening_cents);
	if (b->kind == BILL_QUOTE)
		options(&c, b);
	canon_key(&c, "previous"), canon_text(&c, str_hex(a, b->previous, sizeof(b->previous)));
	canon_key(&c, "tax"), canon_int(&c, b->sums.tax_cents);
	taxes(&c, b);
	canon_key(&c, "total"), canon_int(&c, b->sums.total_cents);
	canon_key(&c, "v"), canon_int(&c, 1);
	canon_end(&c);
	if (c.b.full)
		return fail(f, E_LIMIT, NULL, "This document is too long.");
	*bytes = buf_str(&c.b);
	return OK;
}

static void
lines(struct canon *c, const struct sealed_bill *b)
{
	canon_key(c, "lines");
	canon_list(c);
	for (size_t i = 0; i < b->n; i++) {
		const struct bill_line *l = &b->line[i];

		canon_object(c);
		if (b->kind == BILL_QUOTE)
			canon_key(c, "choice"), canon_int(c, l->choice);
		canon_key(c, "day"), canon_day(c, l->day);
		canon_key(c, "id"), canon_id(c, l->id);
		canon_key(c, "kind"), canon_text(c, str_of(charge_kind_names[l->kind]));
		canon_key(c, "net"), canon_int(c, l->net_cents);
		canon_key(c, "quantity_milli"), canon_int(c, l->quantity_milli);
		canon_key(c, "tax"), canon_int(c, l->tax_cents);
		canon_key(c, "text"), canon_text(c, l->text);
		canon_key(c, "unit"), canon_int(c, l->unit_cents);
		canon_end(c);
	}
	canon_end(c);
}

static void
moves(struct canon *c, const struct sealed_bill *b)
{
	canon_key(c, "moves");
	canon_list(c);
	for (size_t i = 0; i < b->move_n; i++) {
		const struct sealed_move *m = &b->move[i];

		canon_object(c);
		canon_key(c, "cents"), canon_int(c, m->cents);
		canon_key(c, "day"), canon_day(c, m->day);
		canon_key(c, "kind"), canon_text(c, str_of(posting_kind_names[m->kind]));
		canon_key(c, "number"), canon_text(c, m->number);
		canon_key(c, "what"), canon_text(c, m->what);
		canon_end(c);
	}
	canon_end(c);
}

static void
options(struct canon *c, const struct sealed_bill *b)
{
	canon_key(c, "options");
	canon_list(c);
	for (size_t i = 0; i < b->option_n; i++) {
		canon_object(c);
		canon_key(c, "name"), canon_text(c, b->option[i].name);
		canon_key(c, "total"), canon_int(c, b->option[i].total_cents);
		canon_end(c);
	}
	canon_end(c);
}

static void
taxes(struct canon *c, const struct sealed_bill *b)
{
	canon_key(c, "taxes");
	canon_list(c);
	for (size_t i = 0; i < b->sums.tax_n; i++) {
		const struct tax_sum *t = &b->sums.tax[i];

		canon_object(c);
		canon_key(c, "base"), canon_int(c, t->base_cents);
		canon_key(c, "name"), canon_text(c, t->name);
		canon_key(c, "rate_ppm"), canon_int(c, t->rate_ppm);
		canon_key(c, "tax"), canon_int(c, t->tax_cents);
		canon_end(c);
	}
	canon_end(c);
}

static void
party(struct canon *c, const char *key, struct str address, struct str name, uint64_t id)
{
	canon_key(c, key);
	canon_object(c);
	canon_key(c, "address"), canon_text(c, address);
	if (id != 0)
		canon_key(c, "id"), canon_id(c, id);
	canon_key(c, "name"), canon_text(c, name);
	canon_end(c);
}
