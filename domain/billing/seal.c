/*
 * domain/billing/seal.c -- canonical bytes.
 */
#include "domain/billing/seal.h"

#include <assert.h>
#include <string.h>

#include "domain/base/id.h"

static void open_with(struct canon *c, char opens, char closes);
static void before_value(struct canon *c);
static void id_text(struct canon *c, uint64_t id);
static void day_text(struct canon *c, struct day d);
static void lines(struct canon *c, const struct sealed_bill *b);
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
	canon_key(&c, "day"), day_text(&c, b->day);
	canon_key(&c, "due"), day_text(&c, b->due_day);
	canon_key(&c, "id"), id_text(&c, b->id);
	canon_key(&c, "issued_at"), canon_int(&c, b->issued_at);
	canon_key(&c, "kid"), canon_text(&c, b->kid);
	canon_key(&c, "kind"), canon_text(&c, str_of(bill_kind_names[b->kind]));
	lines(&c, b);
	canon_key(&c, "net"), canon_int(&c, b->sums.net_cents);
	canon_key(&c, "number"), canon_text(&c, b->number);
	canon_key(&c, "opening"), canon_int(&c, b->opening_cents);
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

struct canon
canon_open(struct arena *a, size_t max)
{
	return (struct canon){.b = buf_open(a, 4096, max)};
}

void
canon_object(struct canon *c)
{
	open_with(c, '{', '}');
}

void
canon_list(struct canon *c)
{
	open_with(c, '[', ']');
}

void
canon_end(struct canon *c)
{
	assert(c->depth > 0 && !c->at[c->depth - 1].keyed);
	buf_char(&c->b, c->at[--c->depth].closes);
}

void
canon_key(struct canon *c, const char *key)
{
	assert(c->depth > 0 && c->at[c->depth - 1].closes == '}' && !c->at[c->depth - 1].keyed);
	assert(c->at[c->depth - 1].last == NULL || strcmp(c->at[c->depth - 1].last, key) < 0);
	if (c->at[c->depth - 1].any)
		buf_char(&c->b, ',');
	buf_char(&c->b, '"');
	buf_add(&c->b, str_of(key));
	buf_add(&c->b, STR("\":"));
	c->at[c->depth - 1].last = key;
	c->at[c->depth - 1].any = c->at[c->depth - 1].keyed = true;
}

void
canon_text(struct canon *c, struct str s)
{
	static const char *const named[] = {['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
	    ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\"};

	before_value(c);
	buf_char(&c->b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if (ch < sizeof(named) / sizeof(*named) && named[ch] != NULL)
			buf_add(&c->b, str_of(named[ch]));
		else if (ch < 0x20)
			buf_printf(&c->b, "\\u%04x", ch);
		else
			buf_char(&c->b, (char)ch);
	}
	buf_char(&c->b, '"');
}

void
canon_int(struct canon *c, int64_t v)
{
	before_value(c);
	buf_i64(&c->b, v);
}

static void
open_with(struct canon *c, char opens, char closes)
{
	before_value(c);
	assert(c->depth < CANON_DEPTH_MAX);
	buf_char(&c->b, opens);
	memset(&c->at[c->depth], 0, sizeof(c->at[c->depth]));
	c->at[c->depth++].closes = closes;
}

static void
before_value(struct canon *c)
{
	if (c->depth == 0)
		return;
	if (c->at[c->depth - 1].closes == '}') {
		assert(c->at[c->depth - 1].keyed);
		c->at[c->depth - 1].keyed = false;
		return;
	}
	if (c->at[c->depth - 1].any)
		buf_char(&c->b, ',');
	c->at[c->depth - 1].any = true;
}

/* A number of 64 bits is no number of JSON's: as everywhere in the house, a name in 13 letters. */
static void
id_text(struct canon *c, uint64_t id)
{
	char text[ID_LETTERS + 1];

	id_write(id, text);
	canon_text(c, str_of(text));
}

static void
day_text(struct canon *c, struct day d)
{
	char text[DAY_LETTERS + 1];

	day_write(d, text);
	canon_text(c, str_of(text));
}

static void
lines(struct canon *c, const struct sealed_bill *b)
{
	canon_key(c, "lines");
	canon_list(c);
	for (size_t i = 0; i < b->n; i++) {
		const struct bill_line *l = &b->line[i];

		canon_object(c);
		canon_key(c, "day"), day_text(c, l->day);
		canon_key(c, "id"), id_text(c, l->id);
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
		canon_key(c, "id"), id_text(c, id);
	canon_key(c, "name"), canon_text(c, name);
	canon_end(c);
}
