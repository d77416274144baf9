/*
 * fcgi/acts/tell_quote.h -- what an offer says beside its lines, and the link by which it is answered.
 */
#ifndef FCGI_ACTS_TELL_QUOTE_H
#define FCGI_ACTS_TELL_QUOTE_H

#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/quotes.h"

#define QUOTE_PHOTOS_MAX 8
#define QUOTE_WORDS_MAX 40
#define QUOTE_BYTES_MAX 60000

/* Each with everything that belongs to it; an offer without options has one, without a name. */
struct quote_option {
	struct str name, text;
	int64_t net_cents, tax_cents, total_cents, deposit_cents;
};
struct quote_photo {
	uint64_t id;
};
/* What was asked and answered. */
struct quote_word {
	bool office;
	struct str by, text;
	int64_t at;
};

/* What stands in bill.quote. */
struct quote_body {
	uint64_t service_id;
	uint32_t deposit_ppm;
	struct quote_option *options;
	size_t options_n;
	struct quote_photo *photos;
	size_t photos_n;
	struct quote_word *words;
	size_t words_n;
	uint32_t picked;        /* 1..options_n once it is approved; 0: nothing yet */
	struct str answered_by; /* who put their name under it */
	struct maybe_u64 deposit_id; /* the invoice of the deposit */
};

extern const struct shape quote_option_shape, quote_photo_shape, quote_word_shape, quote_body_shape;
must_use enum err quote_body_read(struct work *w, struct str stored, struct quote_body *out);
must_use enum err quote_body_write(struct work *w, const struct quote_body *b, struct str *stored);

/* quote_number -- "Q-000012"; empty while a draft */
struct str quote_number(struct work *w, struct maybe_u64 seq);
/* quote_link -- where whoever has it reads, asks and answers: until some weeks after its last day */
must_use enum err quote_link(struct work *w, uint64_t id, struct day last, struct str *url);

#endif
