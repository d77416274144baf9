/*
 * fcgi/api/portal/quotes.c -- an offer, for whoever has its link; and the links of the customer who is signed in.
 *
 * The shapes leave out what was written for the office: which items, what they cost us, what job they are.
 */
#include "fcgi/acts/quotes.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_quotes[];

static enum err mine(struct work *w, const struct call *c);
static enum err offer(struct work *w, const struct call *c);
static enum err answer(struct work *w, const struct call *c);
static enum err ask(struct work *w, const struct call *c);
static enum err photo(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)
#define TOKEN_MAX 200

static const struct field line_fields[] = {
	FIELD_INT(struct charge_row, choice, 0, QUOTE_OPTIONS_MAX),
	FIELD_TEXT(struct charge_row, text, 0, BILL_TEXT_MAX),
	FIELD_INT(struct charge_row, quantity_milli, -1000000000, 1000000000),
	CENTS(struct charge_row, unit_cents),
	CENTS(struct charge_row, net_cents),
	FIELD_END
};
static const struct shape line_shape = {"OfferLine", sizeof(struct charge_row), line_fields};
static const struct field offer_fields[] = {
	FIELD_ENUM(struct quote_page, state, bill_state_names),
	FIELD_BOOL(struct quote_page, over),
	FIELD_TEXT(struct quote_page, number, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct quote_page, customer, 0, 120),
	FIELD_TEXT(struct quote_page, place, 0, 160),
	FIELD_TEXT(struct quote_page, currency, 3, 3),
	FIELD_TEXT(struct quote_page, title, 0, 120),
	FIELD_LINES(struct quote_page, note, 0, 2000),
	FIELD_DAY(struct quote_page, day),
	FIELD_DAY(struct quote_page, due_day),
	FIELD_BOOL(struct quote_page, choosing),
	FIELD_LIST(struct quote_page, options, options_n, &quote_option_shape, QUOTE_OPTIONS_MAX),
	FIELD_LIST(struct quote_page, lines, lines_n, &line_shape, 1001),
	FIELD_LIST(struct quote_page, photos, photos_n, &quote_photo_shape, QUOTE_PHOTOS_MAX),
	FIELD_LIST(struct quote_page, words, words_n, &quote_word_shape, QUOTE_WORDS_MAX),
	FIELD_INT(struct quote_page, picked, 0, QUOTE_OPTIONS_MAX),
	FIELD_TEXT(struct quote_page, answered_by, 0, 120),
	FIELD_MAYBE_TIME(struct quote_page, ended_at),
	FIELD_END
};
static const struct shape offer_shape = {"Offer", sizeof(struct quote_page), offer_fields};

static const struct field card_fields[] = {
	FIELD_ENUM(struct quote_card, state, bill_state_names),
	FIELD_BOOL(struct quote_card, over),
	FIELD_TEXT(struct quote_card, number, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct quote_card, currency, 3, 3),
	FIELD_TEXT(struct quote_card, title, 0, 120),
	FIELD_DAY(struct quote_card, due_day),
	CENTS(struct quote_card, least_cents),
	CENTS(struct quote_card, most_cents),
	FIELD_TEXT(struct quote_card, token, 0, TOKEN_MAX),
	FIELD_END
};
static const struct shape card_shape = {"OfferCard", sizeof(struct quote_card), card_fields};
static const struct field list_fields[] = {
	FIELD_LIST(struct quote_list, rows, rows_n, &card_shape, QUOTES_PAGE), FIELD_END};
static const struct shape list_shape = {"OfferList", sizeof(struct quote_list), list_fields};

struct offer_query {
	struct str token;
};
static const struct field query_fields[] = {FIELD_TEXT(struct offer_query, token, 1, TOKEN_MAX), FIELD_END};
static const struct shape query_shape = {"OfferQuery", sizeof(struct offer_query), query_fields};
struct offer_photo_query {
	struct str token;
	bool small;
};
static const struct field photo_query_fields[] = {FIELD_TEXT(struct offer_photo_query, token, 1, TOKEN_MAX),
	FIELD_BOOL(struct offer_photo_query, small), FIELD_END};
static const struct shape photo_query_shape = {"OfferPhotoQuery", sizeof(struct offer_photo_query), photo_query_fields};
struct offer_answer {
	struct str token;
	enum quote_says says;
	uint32_t choice;
	struct str name, text;
};
static const struct field answer_fields[] = {
	FIELD_TEXT(struct offer_answer, token, 1, TOKEN_MAX),
	FIELD_ENUM(struct offer_answer, says, quote_says_names),
	FIELD_INT(struct offer_answer, choice, 0, QUOTE_OPTIONS_MAX),
	FIELD_TEXT(struct offer_answer, name, 1, 120),
	FIELD_LINES(struct offer_answer, text, 0, 600),
	FIELD_END
};
static const struct shape answer_shape = {"OfferAnswer", sizeof(struct offer_answer), answer_fields};
struct offer_ask {
	struct str token, text;
};
static const struct field ask_fields[] = {FIELD_TEXT(struct offer_ask, token, 1, TOKEN_MAX),
	FIELD_LINES(struct offer_ask, text, 1, 1000), FIELD_END};
static const struct shape ask_shape = {"OfferAsk", sizeof(struct offer_ask), ask_fields};

#define STORY "quotes.test.mjs"
const struct endpoint portal_quotes[] = {
	{GET, "/offers", .signed_in = true, .out = &list_shape, .run = mine,
	    .help = "The customer's offers, each with the token of its link.", .story = STORY},
	{GET, "/offer", .anyone = true, .query = &query_shape, .out = &offer_shape, .run = offer,
	    .help = "One offer, by the link that was mailed.", .story = STORY},
	{POST, "/offer/answers", .anyone = true, .body = &answer_shape, .out = &offer_shape, .run = answer,
	    .help = "Approve or decline an offer; the same answer again changes nothing.", .story = STORY},
	{POST, "/offer/words", .anyone = true, .body = &ask_shape, .out = &offer_shape, .run = ask,
	    .help = "Ask the company something about an offer.", .story = STORY},
	{GET, "/offer/photos/:id", .anyone = true, .query = &photo_query_shape, .file = "image/jpeg", .run = photo,
	    .help = "A photo of an offer.", .story = STORY},
	{0}
};

static enum err
mine(struct work *w, const struct call *c)
{
	struct quote_list out;

	TRY(act_quotes_mine(w, &out));
	return reply_shape(c, &list_shape, &out);
}

static enum err
offer(struct work *w, const struct call *c)
{
	const struct offer_query *q = c->query;
	struct quote_page out;

	TRY(act_quote_shown(w, q->token, &out));
	return reply_shape(c, &offer_shape, &out);
}

static enum err
answer(struct work *w, const struct call *c)
{
	const struct offer_answer *in = c->body;
	const struct quote_answer said = {in->says, in->choice, in->name, in->text};
	struct quote_page out;

	TRY(act_quote_answered(w, in->token, &said, &out));
	return reply_created(c, &offer_shape, &out);
}

static enum err
ask(struct work *w, const struct call *c)
{
	const struct offer_ask *in = c->body;
	struct quote_page out;

	TRY(act_quote_ask(w, in->token, in->text, &out));
	return reply_created(c, &offer_shape, &out);
}

static enum err
photo(struct work *w, const struct call *c)
{
	const struct offer_photo_query *q = c->query;
	struct str path;

	TRY(act_quote_photo(w, q->token, c->id, q->small, &path));
	return reply_carried(c, "image/jpeg", false, STR("photo.jpg"), path);
}
