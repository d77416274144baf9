/*
 * fcgi/acts/bookings_guess.c -- when a language model is asked about what a caller said, and what that may cost a company in a day.
 *
 * Counted before it is asked, in the transaction that decides it: a job that is done again is counted again, never less.
 */
#include "fcgi/acts/bookings.h"

#include "domain/base/setting.h"
#include "sql/tenant/queries/messages.h"

#define BODY_BYTES 200

/* What a day has cost. */
struct used {
	struct day day;
	uint32_t questions;
	int64_t tokens;
};
static const struct field used_fields[] = {FIELD_DAY(struct used, day), FIELD_INT(struct used, questions, 0, INT32_MAX),
	FIELD_INT(struct used, tokens, 0, INT64_C(1) << 52), FIELD_END};
static const struct shape used_shape = {"ModelUsed", sizeof(struct used), used_fields};

static enum err used_of(struct work *w, struct chosen_row *row, struct used *out);
static enum err used_add(struct work *w, uint32_t questions, uint32_t tokens);
static enum err call_open(struct work *w, const struct reception_order *o, struct reception *r, bool *go);

enum err
act_reception_ask(struct work *w, const struct reception_order *o, struct reception_asking *out)
{
	struct reception r = {0};
	struct message_row m;
	struct str words;
	bool go, may = false;

	*out = (struct reception_asking){0};
	if (o->message_id.is)
		TRY(reception_text(w, o, &r, &m, &go));
	else
		TRY(call_open(w, o, &r, &go));
	if (!go || !r.settings.model)
		return OK;
	words = o->message_id.is ? m.body : r.pending[0].words;
	TRY(reception_facts(w, &r, o->message_id.is ? TALK_TEXT : TALK_VOICE));
	out->need = guess_needed(&r.talk, &r.facts, words, w->arena);
	if (out->need != GUESS_NONE)
		TRY(reception_may_ask(w, &r, &may));
	if (!may) {
		out->need = GUESS_NONE;
		return OK;
	}
	out->question = guess_question(&r.talk, &r.facts, w->arena);
	out->words = guess_words(words, w->arena);
	out->turn = r.talk.turns;
	out->service = arena_array(w->arena, uint64_t, r.facts.services_n);
	for (; out->services < r.facts.services_n; out->services++)
		out->service[out->services] = r.facts.services[out->services].id;
	return used_add(w, 1, 0);
}

/* A call that waits for an answer. */
static enum err
call_open(struct work *w, const struct reception_order *o, struct reception *r, bool *go)
{
	struct conversation_row *c;

	*go = false;
	TRY(bookings_settings(w, &r->settings));
	TRY(sql_conversation_for_update(w->db, o->conversation_id, w->arena, &c));
	if (c == NULL || !r->settings.reception)
		return OK;
	r->c = *c;
	r->call = STR("");
	TRY(reception_read(w, r));
	*go = r->pending_n > 0 && !r->pending[0].answered;
	return OK;
}

enum err
act_reception_believed(struct work *w, const struct reception_order *o, const struct reception_asking *x)
{
	struct reception r = {0};
	bool go;

	TRY(call_open(w, o, &r, &go));
	/* Waited for too long, hung up, or the talk has gone on. */
	if (!go || (x->need != GUESS_NONE && r.pending[0].turn != x->turn))
		return OK;
	TRY(reception_facts(w, &r, TALK_VOICE));
	r.pending[0].answered = true;
	if (x->heard) {
		struct guess *g = arena_new(w->arena, struct guess);

		*g = x->guess;
		guess_check(g, &r.talk, &r.facts, r.pending[0].words, w->arena);
		g->courtesy = STR("");
		r.pending[0].guess = g;
		r.pending[0].guess_n = 1;
	}
	return reception_keep(w, &r);
}

enum err
act_reception_cost(struct work *w, uint32_t tokens)
{
	return used_add(w, 0, tokens);
}

enum err
reception_may_ask(struct work *w, const struct reception *r, bool *may)
{
	const struct config *c = w->house->config;
	struct chosen_row *row;
	struct used used;

	*may = false;
	if (!r->settings.model || c->model_url == NULL || *c->model_url == '\0' || *c->model_name == '\0')
		return OK;
	TRY(sql_chosen_of(w->db, SETTING_MODEL, STR(""), w->arena, &row));
	TRY(used_of(w, row, &used));
	*may = used.questions < c->model_day_questions && used.tokens < (int64_t)c->model_day_tokens;
	return OK;
}

enum err
reception_used(struct work *w, uint32_t *questions)
{
	struct chosen_row *row;
	struct used used;

	TRY(sql_chosen_of(w->db, SETTING_MODEL, STR(""), w->arena, &row));
	TRY(used_of(w, row, &used));
	*questions = used.questions;
	return OK;
}

/* Of today, where the company is; another day's is none. */
static enum err
used_of(struct work *w, struct chosen_row *row, struct used *out)
{
	const struct used none = {.day = zone_day(w->tenant->zone, w->now)};

	*out = none;
	if (row != NULL)
		TRY(shape_read(&used_shape, row->body, w->arena, out, &w->fault));
	if (out->day.n != none.day.n)
		*out = none;
	return OK;
}

static enum err
used_add(struct work *w, uint32_t questions, uint32_t tokens)
{
	struct buf b = buf_open(w->arena, BODY_BYTES, BODY_BYTES);
	struct chosen_row *row;
	struct used used;
	enum err e;

	TRY(sql_chosen_for_update(w->db, SETTING_MODEL, STR(""), w->arena, &row));
	TRY(used_of(w, row, &used));
	used.questions += questions;
	used.tokens += tokens;
	shape_write(&used_shape, &used, &b);
	if (row != NULL)
		return sql_chosen_change(w->db, row->id, buf_str(&b), row->version);
	e = sql_chosen_insert(w->db, work_id(w), SETTING_MODEL, STR(""), buf_str(&b));
	if (e != E_STALE)
		return e;
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}
