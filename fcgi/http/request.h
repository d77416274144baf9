/*
 * fcgi/http/request.h -- one request as spans into the FastCGI environment; nothing is copied.
 *
 * The parsers below know nothing of FastCGI, so that they can be fuzzed alone. Ceilings: path 512
 * bytes, 12 segments; query 2,048 bytes, 32 pairs; cookie header 4,096; body per endpoint, at most
 * 1 MiB, of an upload 13 MiB, of a mail that comes with its parts beside it 28 MiB; header values 1,024.
 */
#ifndef FCGI_HTTP_REQUEST_H
#define FCGI_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

enum method { GET = 1, HEAD, POST, PUT, PATCH, DELETE, METHODS };
enum surface { OFFICE = 1, TECH, PORTAL, SITE, AUTH, HOOK, PRIVATE, SURFACES };

#define PATH_MAX_BYTES 512
#define PATH_SEGMENTS 12
#define QUERY_PAIRS 32
#define BODY_MAX (1024 * 1024)
#define UPLOAD_MAX (13 * 1024 * 1024) /* multipart/form-data; nginx says the same (nginx/upload.inc) */
#define LETTER_POST_MAX (28 * 1024 * 1024) /* a mail in JSON, whole and in parts: twice; nginx says the same (nginx/site.conf) */
#define BODY_DEFAULT (256 * 1024)

struct pair {
	struct str name, value;
};

struct request {
	enum method method; /* 0: one that we do not know, answered 405 */
	enum surface surface;
	struct str path; /* below the surface: "/staff/0abc.../disablings" */
	struct str segment[PATH_SEGMENTS];
	size_t segments;
	struct pair query[QUERY_PAIRS];
	size_t queries;
	struct str host; /* lower case, no port */
	struct str remote_addr;
	struct str cookie, origin, fetch_site, content_type, accept_language, user_agent;
	struct str if_none_match, idempotency_key, request_id, csrf; /* csrf: X-Poolhouse */
	struct str signature; /* of a message from another program: Stripe-Signature */
	struct str sms_signature; /* of one from the provider of texts: X-Twilio-Signature */
	struct str authorization; /* of a provider that signs in (RFC 7617) */
	bool https;
	size_t content_length;
	struct str body;
};

/* How the environment is asked: FCGX_GetParam, getenv for plain CGI, or a test's table. */
typedef const char *env_fn(const char *name, void *ctx);

/*
 * request_parse -- fill r from the environment (REQUEST_METHOD, SURFACE, DOCUMENT_URI below
 * /api/<surface>, QUERY_STRING, HTTP_*, CONTENT_LENGTH, REMOTE_ADDR). The body is read afterwards
 * by the caller.
 *
 * r->path is what follows /api/<surface>; of a URI that does not begin so, what follows /api
 * ("/api/openapi.json"), else the whole ("/healthz").
 *
 * Errors  E_INVALID "path" "query" "host" "content_length" ..., E_NOT_FOUND for an unknown surface
 */
must_use enum err request_parse(env_fn *env, void *ctx, struct arena *a, struct request *r,
    struct fault *f);

/* path_split -- percent-decoded segments; refuses "." "..", NUL, '/' or '\' from an escape, bad
 * UTF-8 */
must_use enum err path_split(struct str path, struct arena *a, struct str *segment, size_t *n,
    struct fault *f);
must_use enum err query_parse(struct str q, struct arena *a, struct pair *pair, size_t *n,
    struct fault *f);
/* cookie_get -- value of the first cookie of that name, STR_NONE if absent */
struct str cookie_get(struct str header, struct str name);
struct str request_query(const struct request *r, struct str name); /* STR_NONE if absent */

/*
 * query_read -- the query string into a zeroed struct of shape->size, every field bounded
 *
 * A member that is absent stays zero (a FIELD_MAYBE_: !is), as does an empty value of anything but
 * a text. A text that needs at least one character is required. Names that the shape lacks, and
 * names given twice, are refused. Lists, sets and nested shapes do not occur (router_law).
 *
 * Errors  E_INVALID with field = the name
 */
struct shape;
must_use enum err query_read(const struct shape *s, const struct request *r, struct arena *a,
    void *out, struct fault *f);
/* query_none -- nothing is read from this address: whatever it names is refused, as query_read refuses it */
must_use enum err query_none(const struct request *r, struct arena *a, struct fault *f);

const char *method_name(enum method m);   /* "GET"; "?" if unknown */
const char *surface_name(enum surface s); /* "office", as in the path; "?" if unknown */

/* multipart (photos, files): iterates parts of a body held in memory */
struct part {
	struct str name, filename, content_type, data;
};
#define PARTS_MAX 24
must_use enum err multipart_parse(struct str content_type, struct str body, struct part *part,
    size_t *n, struct fault *f);

#endif
