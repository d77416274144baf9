#include "fcgi/remote/call.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <unistd.h>

#include "domain/messaging/mail.h"

/* What the callbacks of one call share. */
struct talk {
	CURL *curl;
	struct curl_slist *headers;
	enum call_reach reach;
	bool refused; /* open_socket said no */
	struct buf answer;
	char error[CURL_ERROR_SIZE];
};

/* What of a mail was not sent yet. */
struct upload {
	struct str head, body;
	unsigned part; /* 0 the head, 1 the empty line, 2 the body */
	size_t at;
};

static enum err talk_open(struct talk *t, struct arena *a, enum call_reach reach, const char *url,
    const char *protocols, struct fault *f);
static enum err add_headers(
    struct talk *t, struct arena *a, const struct call_header *h, size_t n, struct fault *f);
static bool one_header(struct str value);
static void talk_close(struct talk *t);
static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to);
static size_t take(char *p, size_t size, size_t n, void *ctx);
static enum err http_failed(const struct talk *t, CURLcode code, struct fault *f);
static bool head_whole(struct str head);
static size_t give(char *p, size_t size, size_t n, void *ctx);
static bool must_encrypt(const struct call_mail *c);
static enum err mail_failed(const struct talk *t, CURLcode code, struct fault *f);

#define SAY_OPEN "The call could not be set up."

enum err
call_http(struct arena *a, const struct call_http *c, struct call_answer *out, struct fault *f)
{
	struct talk t = {0};
	CURLcode code;
	curl_off_t wait_s = 0;
	char *location = NULL;
	long status = 0;
	enum err e = talk_open(&t, a, c->reach, str_copy(a, c->url).p,
	    c->reach == CALL_OPERATOR ? "http,https" : "https", f);

	if (e == OK)
		e = add_headers(&t, a, c->header, c->headers, f);
	if (e != OK)
		goto out;
	if (c->most > 0)
		t.answer = buf_open(a, 64 * 1024, c->most);
	curl_easy_setopt(t.curl, CURLOPT_CUSTOMREQUEST, c->method);
	if (c->wait_ms > 0)
		curl_easy_setopt(t.curl, CURLOPT_TIMEOUT_MS, c->wait_ms);
	if (c->body.p) {
		curl_easy_setopt(t.curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)c->body.n);
		curl_easy_setopt(t.curl, CURLOPT_POSTFIELDS, c->body.p);
	}
	code = curl_easy_perform(t.curl);
	if (code != CURLE_OK) {
		e = http_failed(&t, code, f);
		goto out;
	}
	curl_easy_getinfo(t.curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t.curl, CURLINFO_RETRY_AFTER, &wait_s);
	curl_easy_getinfo(t.curl, CURLINFO_REDIRECT_URL, &location);
	out->status = (int)status;
	out->retry_after_s = wait_s > 0 && wait_s <= 86400 ? (unsigned)wait_s : 0;
	out->body = buf_str(&t.answer);
	out->location = location != NULL ? str_copy(a, str_of(location)) : STR("");
out:
	talk_close(&t);
	return e;
}

static enum err
talk_open(struct talk *t, struct arena *a, enum call_reach reach, const char *url,
    const char *protocols, struct fault *f)
{
	t->curl = curl_easy_init();
	t->reach = reach;
	t->answer = buf_open(a, 4096, CALL_ANSWER_MAX);
	if (!t->curl)
		return fail(f, E_AWAY, NULL, SAY_OPEN);
	if (curl_easy_setopt(t->curl, CURLOPT_URL, url) != CURLE_OK ||
	    curl_easy_setopt(t->curl, CURLOPT_PROTOCOLS_STR, protocols) != CURLE_OK)
		return fail(f, E_AWAY, NULL, SAY_OPEN);
	curl_easy_setopt(t->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CALL_CONNECT_MS);
	curl_easy_setopt(t->curl, CURLOPT_TIMEOUT_MS, (long)CALL_TOTAL_MS);
	curl_easy_setopt(t->curl, CURLOPT_FOLLOWLOCATION, 0L);
	/* Without a proxy from the environment: the address that was checked is the one that is
	 * called. */
	curl_easy_setopt(t->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(t->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(t->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->curl, CURLOPT_ERRORBUFFER, t->error);
	curl_easy_setopt(t->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(t->curl, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(t->curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(t->curl, CURLOPT_WRITEDATA, t);
	return OK;
}

static enum err
add_headers(struct talk *t, struct arena *a, const struct call_header *h, size_t n, struct fault *f)
{
	if (n > CALL_HEADERS_MAX)
		return fail(f, E_INVALID, "header", "There are too many headers.");
	for (size_t i = 0; i < n; i++) {
		struct curl_slist *longer;

		if (!one_header(h[i].value))
			return fail(f, E_INVALID, "header", "A header cannot hold this value.");
		longer = curl_slist_append(
		    t->headers, str_printf(a, "%s: %.*s", h[i].name, STR_ARG(h[i].value)).p);
		if (!longer)
			return fail(f, E_AWAY, NULL, SAY_OPEN);
		t->headers = longer;
	}
	curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, t->headers);
	return OK;
}

static bool
one_header(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return false;
	return true;
}

static void
talk_close(struct talk *t)
{
	curl_easy_cleanup(t->curl);
	curl_slist_free_all(t->headers);
}

/* The one place where every outgoing connection passes: the rules on where a call may go stand
 * here. */
static curl_socket_t
open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct talk *t = ctx;

	(void)purpose;
	if (t->reach != CALL_OPERATOR && !call_public(&to->addr)) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t
take(char *p, size_t size, size_t n, void *ctx)
{
	struct talk *t = ctx;

	buf_add(&t->answer, (struct str){p, size * n});
	return t->answer.full ? 0 : size * n;
}

static enum err
http_failed(const struct talk *t, CURLcode code, struct fault *f)
{
	if (t->refused)
		return fail(f, E_FORBIDDEN, "url", "This address is not a public one.");
	if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
		return fail(f, E_INVALID, "url", "This is not a web address.");
	if (t->answer.full)
		return fail(f, E_AWAY, NULL, "The answer is too large.");
	return fail(f, E_AWAY, NULL, "No answer: %s", curl_easy_strerror(code));
}

enum err
call_mail(struct arena *a, const struct call_mail *c, struct fault *f)
{
	struct talk t = {0};
	struct upload up = {.head = c->head, .body = c->body};
	struct curl_slist *to = NULL;
	CURLcode code;
	enum err e = talk_open(&t, a, CALL_OPERATOR, c->url, "smtp,smtps", f);

	if (e == OK && !mail_address_valid(c->from))
		e = fail(f, E_INVALID, "from", "This is not an e-mail address.");
	if (e == OK && !mail_address_valid(c->to))
		e = fail(f, E_INVALID, "to", "This is not an e-mail address.");
	if (e == OK && !head_whole(c->head))
		e = fail(f, E_INVALID, "header", "A header cannot hold this value.");
	if (e != OK)
		goto out;
	to = curl_slist_append(NULL, str_copy(a, c->to).p);
	if (!to) {
		e = fail(f, E_AWAY, NULL, SAY_OPEN);
		goto out;
	}
	curl_easy_setopt(t.curl, CURLOPT_MAIL_FROM, str_copy(a, c->from).p);
	curl_easy_setopt(t.curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(t.curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(t.curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(t.curl, CURLOPT_READDATA, &up);
	curl_easy_setopt(
	    t.curl, CURLOPT_USE_SSL, (long)(must_encrypt(c) ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	if (c->user && *c->user) {
		curl_easy_setopt(t.curl, CURLOPT_USERNAME, c->user);
		curl_easy_setopt(t.curl, CURLOPT_PASSWORD, c->password ? c->password : "");
	}
	code = curl_easy_perform(t.curl);
	if (code != CURLE_OK)
		e = mail_failed(&t, code, f);
out:
	talk_close(&t);
	curl_slist_free_all(to);
	return e;
}

/* Each line has a name, or goes on with the one before; no control character but what ends it. */
static bool
head_whole(struct str head)
{
	bool first = true;

	while (head.n > 0) {
		const char *end = memmem(head.p, head.n, "\r\n", 2);
		struct str line, name, value;

		if (end == NULL)
			return false;
		line = str_sub(head, 0, (size_t)(end - head.p));
		head = str_sub(head, line.n + 2, head.n);
		name = str_cut(line, ':', &value);
		for (size_t i = 0; i < line.n; i++)
			if ((unsigned char)line.p[i] < ' ' || line.p[i] == 0x7f)
				return false;
		if (line.n == 0 || (line.p[0] == ' ' ? first : value.p == NULL || name.n == 0 || str_find(name, ' ') < name.n))
			return false;
		first = false;
	}
	return !first;
}

static size_t
give(char *p, size_t size, size_t n, void *ctx)
{
	static const struct str between = {"\r\n", 2};
	struct upload *up = ctx;
	size_t room = size * n, done = 0;

	while (room > done && up->part < 3) {
		const struct str from = up->part == 0 ? up->head : up->part == 1 ? between : up->body;
		const struct str rest = str_sub(from, up->at, room - done);

		if (rest.n == 0) {
			up->part++;
			up->at = 0;
			continue;
		}
		memcpy(p + done, rest.p, rest.n);
		done += rest.n;
		up->at += rest.n;
	}
	return done;
}

/* A password never goes over a network in the clear, whatever somebody in the middle says he
 * offers. */
static bool
must_encrypt(const struct call_mail *c)
{
	struct str url = str_of(c->url);

	return c->user && *c->user && !str_starts(url, STR("smtp://127.0.0.1")) &&
	       !str_starts(url, STR("smtp://localhost")) && !str_starts(url, STR("smtp://[::1]"));
}

/*
 * 550, 551 and 553 speak of this reader: repeating changes nothing. Other refusals (552 too much,
 * 554 policy, 530 and 535 sign-in, 4xx) speak of us, the relay or today: they are tried again.
 */
static enum err
mail_failed(const struct talk *t, CURLcode code, struct fault *f)
{
	long said = 0;

	curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &said);
	if (said == 550 || said == 551 || said == 553)
		return fail(
		    f, E_INVALID, "to", "The mail relay refuses this address: %d", (int)said);
	if (said >= 400)
		return fail(f, E_AWAY, NULL, "The mail relay answers %d.", (int)said);
	return fail(
	    f, E_AWAY, NULL, "The mail relay does not answer: %s", curl_easy_strerror(code));
}

struct net4 {
	uint32_t net;
	unsigned bits;
};

bool
call_public(const struct sockaddr *to)
{
	/* IANA special-purpose registry: everything not globally reachable, and multicast. */
	static const struct net4 special[] = {{0x00000000, 8}, {0x0a000000, 8}, {0x64400000, 10},
	    {0x7f000000, 8}, {0xa9fe0000, 16}, {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24},
	    {0xc0586300, 24}, {0xc0a80000, 16}, {0xc6120000, 15}, {0xc6336400, 24},
	    {0xcb007100, 24}, {0xe0000000, 4}, {0xf0000000, 4}};

	if (to->sa_family == AF_INET) {
		struct sockaddr_in in;
		uint32_t ip;

		memcpy(&in, to, sizeof(in));
		ip = ntohl(in.sin_addr.s_addr);
		for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
			if ((ip ^ special[i].net) >> (32 - special[i].bits) == 0)
				return false;
		return true;
	}
	if (to->sa_family == AF_INET6) {
		struct sockaddr_in6 in;
		const uint8_t *b = in.sin6_addr.s6_addr;

		memcpy(&in, to, sizeof(in));
		/* 2000::/3 without what carries an IPv4 address inside (Teredo, 6to4) or is
		 * documentation. */
		if ((b[0] & 0xe0) != 0x20 || (b[0] == 0x20 && b[1] == 0x02))
			return false;
		if (b[0] == 0x20 && b[1] == 0x01 && (b[2] < 0x02 || (b[2] == 0x0d && b[3] == 0xb8)))
			return false;
		return !(b[0] == 0x3f && b[1] == 0xff && b[2] < 0x10);
	}
	return false;
}
