/*
 * fcgi/remote/model.h -- one question to a language model, in OpenAI's format: POST <model_url>/chat/completions.
 *
 * What comes back is a belief of what a caller meant (domain/reception/guess.h), nothing that anybody acts upon.
 */
#ifndef FCGI_REMOTE_MODEL_H
#define FCGI_REMOTE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/reception/talk.h"
#include "tenancy/config.h"

/* model_on -- is there one? */
bool model_on(const struct config *c);

struct model_question {
	struct str question; /* guess_question */
	struct str words;    /* of the caller, guess_words */
	const uint64_t *service; /* what the numbers of the list stand for */
	size_t services;
};
struct model_answer {
	struct guess guess;
	uint32_t tokens; /* that it cost; what it does not say is taken to be much */
};
/*
 * model_ask -- waits at most model_wait_ms; who did not answer in time is not asked for half a minute
 *
 * Errors  E_AWAY no answer, or one that makes no sense; E_LIMIT; E_FORBIDDEN our account. out->tokens is said in each case
 */
must_use enum err model_ask(struct arena *a, const struct config *c, const struct model_question *q, struct model_answer *out,
    struct fault *f);
/* model_read -- the text that it answered with. False: no object of ours; for the tests */
bool model_read(struct str text, const struct model_question *q, struct arena *a, struct guess *out);

#endif
