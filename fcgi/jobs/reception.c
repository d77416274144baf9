/*
 * fcgi/jobs/reception.c -- the job "reception": a text was heard, and the receptionist answers it; a call waits for a model.
 *
 * Where the rules are at a loss a language model is asked, if there is one. Whatever comes of that, nonsense, an error or
 * nothing in time, the answer goes out: then by the rules alone.
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/model.h"

struct turn {
	struct reception_order order;
	struct reception_asking asking;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct turn *x = arena_new(w->arena, struct turn);

	*parcel = x;
	TRY(shape_read(&reception_order_shape, t->payload, w->arena, &x->order, &w->fault));
	/* Once is enough: who is done again, is done by the rules. */
	return t->tries > 1 ? OK : act_reception_ask(w, &x->order, &x->asking);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct turn *x = parcel;
	const struct model_question q = {x->asking.question, x->asking.words, x->asking.service, x->asking.services};
	struct model_answer answer;

	(void)t;
	if (x->asking.need == GUESS_NONE)
		return OK;
	x->asking.heard = model_ask(a, c, &q, &answer, f) == OK;
	x->asking.guess = answer.guess;
	x->asking.tokens = answer.tokens;
	*f = (struct fault){0};
	return OK;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct turn *x = parcel;

	(void)t;
	(void)sent;
	if (x->asking.tokens > 0)
		TRY(act_reception_cost(w, x->asking.tokens));
	return x->order.message_id.is ? act_reception(w, &x->order, &x->asking) : act_reception_believed(w, &x->order, &x->asking);
}

const struct job job_reception = {
	.kind = "reception",
	.tries = 6,
	.backoff_s = 5,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Answer a customer's text: ask, offer times, book, or hand it to a person.",
};
