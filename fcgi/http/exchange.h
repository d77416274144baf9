/*
 * fcgi/http/exchange.h -- one request through the house, from the environment to the answer's
 * bytes.
 *
 *   parse -> route -> desk or company -> lease and transaction -> session -> role -> input -> key
 *   -> endpoint -> commit (E_RETRY: roll back, rewind, again in line, 8 times at most) -> answer
 *
 * Knows nothing of FastCGI: the accept loop, plain CGI, the fuzzer and the tests each bring a
 * source.
 */
#ifndef FCGI_HTTP_EXCHANGE_H
#define FCGI_HTTP_EXCHANGE_H

#include "fcgi/http/router.h"
#include "fcgi/http/session.h"
#include "tenancy/lease.h"

/* With the pauses between them a quarter of a second at most; the patience is for waits on locks. */
#define EXCHANGE_ATTEMPTS    8
#define EXCHANGE_PATIENCE_US 10000000

/* What a worker has for all its requests. */
struct server {
	const struct table *tables;
	struct house *house;
	struct geo *geo;      /* NULL: no databases of addresses */
	struct arena *arena;  /* of one request at a time */
	struct str site_host; /* of config->base_url */
	unsigned surfaces;    /* bits of 1 << surface that this kind of process serves */
	uint64_t works;       /* requests answered so far */
	enum err (*looked)(struct work *w, struct str path); /* writes down that somebody of the platform looked */
};

/* Where a request comes from. read_body answers how many bytes it got: fewer than n means the
 * end. */
struct source {
	env_fn *env;
	size_t (*read_body)(void *ctx, char *to, size_t n);
	void *ctx;
};

/* What goes out: head ends with an empty line; body is empty for HEAD, 204 and 304. In the
 * arena. */
struct answer {
	struct str head, body;
	int status;
};

/* server_open -- fills all but tables and surfaces; arena is the request's own, house lives
 * longer */
void server_open(struct server *s, struct house *house, struct arena *arena);

/*
 * exchange -- answer one request; never fails, says what went wrong in the answer
 *
 * The arena is reset first, so that the answer stays until the next call. The line in the log and
 * the figures are written here: the work is committed by then, whatever becomes of the visitor.
 */
void exchange(struct server *s, const struct source *from, struct answer *out);

#endif
