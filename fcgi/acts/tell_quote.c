/*
 * fcgi/acts/tell_quote.c -- what stands in bill.quote, and the link of an offer.
 */
#include "fcgi/acts/tell_quote.h"

#include "domain/billing/quote.h"
#include "fcgi/acts/tell_link.h"

#define QUOTE_LINK_S (INT64_C(60) * 86400) /* after its last day, to read what was said */

static const struct field option_fields[] = {
	FIELD_TEXT(struct quote_option, name, 0, 80),
	FIELD_LINES(struct quote_option, text, 0, 400),
	FIELD_INT(struct quote_option, net_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_INT(struct quote_option, tax_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_INT(struct quote_option, total_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_INT(struct quote_option, deposit_cents, 0, CENTS_MAX),
	FIELD_END
};
const struct shape quote_option_shape = {"QuoteOption", sizeof(struct quote_option), option_fields};
static const struct field photo_fields[] = {FIELD_ID(struct quote_photo, id), FIELD_END};
const struct shape quote_photo_shape = {"QuotePhoto", sizeof(struct quote_photo), photo_fields};
static const struct field word_fields[] = {
	FIELD_BOOL(struct quote_word, office),
	FIELD_TEXT(struct quote_word, by, 0, 120),
	FIELD_LINES(struct quote_word, text, 0, 1000),
	FIELD_TIME(struct quote_word, at),
	FIELD_END
};
const struct shape quote_word_shape = {"QuoteWord", sizeof(struct quote_word), word_fields};
static const struct field body_fields[] = {
	FIELD_ID(struct quote_body, service_id),
	FIELD_INT(struct quote_body, deposit_ppm, 0, QUOTE_DEPOSIT_MAX),
	FIELD_LIST(struct quote_body, options, options_n, &quote_option_shape, QUOTE_OPTIONS_MAX),
	FIELD_LIST(struct quote_body, photos, photos_n, &quote_photo_shape, QUOTE_PHOTOS_MAX),
	FIELD_LIST(struct quote_body, words, words_n, &quote_word_shape, QUOTE_WORDS_MAX),
	FIELD_INT(struct quote_body, picked, 0, QUOTE_OPTIONS_MAX),
	FIELD_TEXT(struct quote_body, answered_by, 0, 120),
	FIELD_MAYBE_ID(struct quote_body, deposit_id),
	FIELD_END
};
const struct shape quote_body_shape = {"QuoteBody", sizeof(struct quote_body), body_fields};

enum err
quote_body_read(struct work *w, struct str stored, struct quote_body *out)
{
	*out = (struct quote_body){.answered_by = STR("")};
	return shape_read(&quote_body_shape, stored, w->arena, out, &w->fault);
}

enum err
quote_body_write(struct work *w, const struct quote_body *b, struct str *stored)
{
	struct buf text = buf_open(w->arena, 1024, QUOTE_BYTES_MAX);

	shape_write(&quote_body_shape, b, &text);
	*stored = buf_str(&text);
	return text.full ? fail(&w->fault, E_LIMIT, "text", "That is enough said.") : OK;
}

struct str
quote_number(struct work *w, struct maybe_u64 seq)
{
	char number[BILL_NUMBER_MAX + 1] = "";

	if (seq.is)
		bill_number(BILL_QUOTE, seq.v, number);
	return str_copy(w->arena, str_of(number));
}

enum err
quote_link(struct work *w, uint64_t id, struct day last, struct str *url)
{
	const int64_t until = (int64_t)(last.n - zone_day(w->tenant->zone, w->now).n + 1) * 86400 + QUOTE_LINK_S;

	return link_show(w, LINK_QUOTE, id, until > QUOTE_LINK_S ? until : QUOTE_LINK_S, "portal/quote", url);
}
