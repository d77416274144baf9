/*
 * fcgi/http/reply.h -- the answer: status, headers through one setter, body through a shape.
 *
 * Here is the one table from enum err to an HTTP status. Errors look like
 *	{"error":{"code":"invalid","field":"slug","message":"...","trace":"..."}}
 * in the language of the actor, else of Accept-Language.
 */
#ifndef FCGI_HTTP_REPLY_H
#define FCGI_HTTP_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/base/words.h"
#include "fcgi/http/shape.h"

#define REPLY_HEADERS 12
#define REPLY_BODY_MAX (4 * 1024 * 1024)

struct reply {
	struct arena *arena;
	int status; /* 0 until set */
	struct {
		const char *name;
		struct str value;
	} header[REPLY_HEADERS];
	unsigned headers;
	const char *content_type;
	struct str body;
};

struct call;

/* reply_shape -- 200 with the struct as JSON and an ETag over it; as a table where the endpoint has columns */
must_use enum err reply_shape(const struct call *c, const struct shape *s, const void *out);
/* reply_created -- 201 with the struct as JSON; reply_nothing -- 204 */
must_use enum err reply_created(const struct call *c, const struct shape *s, const void *out);
must_use enum err reply_nothing(const struct call *c);
/* reply_file -- text of another type (CSV, SVG), offered as a download if filename is not NULL */
must_use enum err reply_file(const struct call *c, const char *content_type, const char *filename,
    struct str body);

/* reply_shown -- nginx carries a page of the build: "portal", "start" (nginx/own.inc) */
must_use enum err reply_shown(const struct call *c, const char *page);

/*
 * reply_carried -- nginx carries the bytes: path is below the folder of all files (nginx/files.inc)
 *
 * name  in  as it is called for the reader; any text
 */
must_use enum err reply_carried(const struct call *c, const char *content_type, bool download, struct str name,
    struct str path);
/* reply_passing -- the same of what is drawn anew under its old address: nobody keeps it */
must_use enum err reply_passing(const struct call *c, const char *content_type, struct str name, struct str path);

/*
 * reply_stream -- from here on nginx speaks: the caller listens to this company's hints (nginx/live.inc)
 *
 * channel  in  a company's slug; no client ever names one
 */
must_use enum err reply_stream(const struct call *c, struct str channel);

/*
 * reply_same -- does the caller hold this version (If-None-Match) already? Then the answer is made: 304, no body
 *
 * tag  in  with its quotes; for what has a version that is cheaper to read than the thing itself
 */
bool reply_same(const struct call *c, struct str tag);

/* reply_version -- 200 with the struct as JSON and the tag of its version: what has one is not hashed, which costs more than printing it */
must_use enum err reply_version(const struct call *c, const struct shape *s, const void *out, struct str tag);

/* reply_header -- refuses CR, LF, NUL and names that are no tokens (E_BUG) */
must_use enum err reply_header(struct reply *r, const char *name, struct str value);
/* reply_cookie -- __Host-<name>; HttpOnly, SameSite=Lax, Path=/; max_age_s 0 deletes */
must_use enum err reply_cookie(struct reply *r, const char *name, struct str value,
    int64_t max_age_s, bool secure);

int err_status(enum err e);
void reply_error(struct reply *r, enum language l, const struct fault *f, const char *trace);

/* reply_head -- the CGI header block ("Status: 200 OK\r\n...\r\n\r\n") */
struct str reply_head(const struct reply *r);
/* reply_not_modified -- turns a 200 with a matching If-None-Match into 304 */
void reply_not_modified(struct reply *r, struct str if_none_match);

#endif
