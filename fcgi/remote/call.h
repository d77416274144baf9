/*
 * fcgi/remote/call.h -- the one door to the outside world, and the only file that knows libcurl.
 *
 * 1. Only the job worker calls (`poold jobs`); web and auth never dial.
 * 2. Connect 3 s, all in all 30 s, certificates checked, no redirects, at most 4 MiB of answer.
 * 3. http and https, or smtp and smtps; nothing else (no file:, no gopher:).
 * 4. Where the address comes from decides where the call may go: see enum call_reach.
 */
#ifndef FCGI_REMOTE_CALL_H
#define FCGI_REMOTE_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

#define CALL_CONNECT_MS  3000
#define CALL_TOTAL_MS    30000
#define CALL_ANSWER_MAX  (4 * 1024 * 1024)
#define CALL_HEADERS_MAX 24

enum call_reach {
	CALL_OPERATOR = 1, /* an address from the house's own settings: it may be on this machine */
	CALL_PUBLIC        /* an address that a company or a provider named: public networks only */
};

/* One header. A value with CR, LF or NUL is refused. */
struct call_header {
	const char *name;
	struct str value;
};

struct call_http {
	enum call_reach reach;
	const char *method; /* "GET", "POST", ... */
	struct str url;     /* http only with CALL_OPERATOR */
	const struct call_header *header;
	size_t headers;
	struct str body; /* p == NULL: none */
	long wait_ms;    /* all in all; 0: CALL_TOTAL_MS */
	size_t most;     /* bytes of the answer; 0: CALL_ANSWER_MAX */
};

struct call_answer {
	int status;
	unsigned retry_after_s; /* of the header, 0 if absent; a date counts as absent */
	struct str body;
	struct str location; /* where it sends us; empty: nowhere. Nobody follows by itself */
};

/*
 * call_http -- one request, one answer; any status is an answer
 *
 * Errors  E_AWAY no answer in time, or one over the ceiling; E_INVALID "url" "header" unusable
 * ones; E_FORBIDDEN "url" the address is not public
 */
must_use enum err
call_http(struct arena *a, const struct call_http *c, struct call_answer *out, struct fault *f);

struct call_mail {
	const char *url;             /* "smtp://127.0.0.1:2525", "smtps://relay.example" */
	const char *user, *password; /* NULL or "" = none */
	struct str from, to;         /* the envelope: bare addresses, mail_address_valid */
	struct str head, body; /* as they go over the wire (domain/messaging/mime.h): CRLF, and no empty line between */
};

/*
 * call_mail -- hand one message to the relay, for one reader
 *
 * STARTTLS is used when offered; with a password it is required, unless the relay is this machine.
 *
 * Errors  E_INVALID "to" the relay refuses this reader for good (550, 551, 553); "header" a line of the head that is none, "from";
 *         E_AWAY everything else, the fault says the relay's code
 */
must_use enum err call_mail(struct arena *a, const struct call_mail *c, struct fault *f);

/* call_public -- is this a public unicast address, by IANA's registries of special ones? */
bool call_public(const struct sockaddr *to);

#endif
