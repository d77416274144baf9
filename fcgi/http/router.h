/*
 * fcgi/http/router.h -- endpoints that describe themselves, and the one way through them.
 *
 * From the tables of fcgi/api come the router, the role check, bounds on input, TypeScript types,
 * OpenAPI, `poold routes`, the isolation matrix and the fuzz seeds.
 *
 * How to add one: an entry in fcgi/api/<surface>/<noun>.c; a new file's table goes into api.c's
 * list.
 */
#ifndef FCGI_HTTP_ROUTER_H
#define FCGI_HTTP_ROUTER_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/access/role.h"
#include "fcgi/http/request.h"
#include "fcgi/http/shape.h"
#include "fcgi/http/shape_csv.h"
#include "tenancy/work.h"

/* What an endpoint is called with. Borrowed; gone with the work. */
struct call {
	const struct request *request;
	uint64_t id, id2;  /* :id and :id2 of the path, 0 if it has none */
	const void *body;  /* a struct of endpoint->body's shape, NULL if none */
	const void *query; /* a struct of endpoint->query's shape, NULL if none */
	struct reply *reply;
	const struct columns *columns; /* the answer is wanted as a table: reply_shape writes it by these */
	struct work *work;             /* whose zone, money and language it is written in                 */
};

/* Who may call. Exactly one of: anyone, signed_in, may != 0. */
struct endpoint {
	enum method method; /* 0 ends a table */
	const char *path;   /* "/staff/:id/disablings" */
	uint64_t may;       /* all of these bits */
	bool anyone;        /* without a session (session is not even read) */
	bool signed_in;     /* any actor of this surface */
	bool unpaid;        /* also while the company has not paid the house (exchange.c, check_paid) */
	bool loose;         /* a GET whose reads need not be of one moment: it runs in no transaction */
	bool steps;         /* a list of deeds, each of its own transaction and known by its own id (work_step): it enters no Idempotency-Key */
	bool half;          /* also for a session that still owes its second-factor enrolment */
	const struct shape *body;  /* of the request; NULL = no body */
	const struct shape *query; /* of the query string, single values; NULL = none */
	const struct shape *out;   /* of the 200/201 answer; NULL = 204, or a file */
	const char *file;          /* content type of an answer by reply_file; NULL = none */
	const struct columns *columns; /* the list's own `run` answers as a table to take away (shape_csv.h); NULL = JSON */
	bool upload;               /* takes a form with one file (c->request->body); no shape */
	size_t body_max;           /* 0 = BODY_DEFAULT, of an upload UPLOAD_MAX */
	enum err (*run)(struct work *w, const struct call *c);      /* inside a company */
	enum err (*run_desk)(struct desk *d, const struct call *c); /* no company yet */
	const char *help;  /* one sentence; the OpenAPI summary */
	const char *story; /* the test that tells it: "people.test.mjs" */
};

struct table {
	enum surface surface;
	const char *noun; /* "staff" */
	const struct endpoint *endpoints;
};

/* The guest list: fcgi/api/api.c. Ends with noun NULL. */
extern const struct table api_tables[];

/*
 * router_find -- the endpoint of (surface, method, path)
 *
 * Errors  E_NOT_FOUND; *allowed (bits of 1 << method) is not 0 when only the method was wrong (405)
 */
must_use enum err router_find(const struct table *tables, const struct request *r,
    const struct endpoint **e, struct call *c, unsigned *allowed);

/* router_law -- the first thing that is wrong with the tables, or NULL: called at start and by a
 * test */
const char *router_law(const struct table *tables);

void router_list(const struct table *tables, struct buf *out);       /* poold routes   */
void router_typescript(const struct table *tables, struct buf *out); /* poold shapes   */
void router_openapi(const struct table *tables, const char *version, struct buf *out);

#endif
