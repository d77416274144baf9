#include "fcgi/remote/names.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#define ANSWER_MAX 8192
#define TEXT_MAX 4096

static bool served_by(struct arena *a, struct __res_state *s, struct str server);
static struct str one_text(struct arena *a, const unsigned char *p, size_t n);

enum err
names_txt(struct arena *a, const struct config *c, struct str name, struct str txt[NAMES_TXT_MAX], size_t *n, struct fault *f)
{
	unsigned char *answer = arena_alloc(a, ANSWER_MAX, 1);
	struct __res_state *s = arena_new(a, struct __res_state);
	ns_msg m;
	int got;

	*n = 0;
	if (name.n == 0 || name.n > 250)
		return fail(f, E_INVALID, "name", "This is not a domain.");
	if (res_ninit(s) != 0)
		return fail(f, E_AWAY, NULL, "The domain name system does not answer.");
	s->retrans = 2;
	s->retry = 2;
	if (c->name_server[0] != '\0' && !served_by(a, s, str_of(c->name_server))) {
		res_nclose(s);
		return fail(f, E_BUG, "name_server", "This is not a domain.");
	}
	got = res_nquery(s, str_copy(a, name).p, ns_c_in, ns_t_txt, answer, ANSWER_MAX);
	const int why = s->res_h_errno;

	res_nclose(s);
	if (got < 0)
		return why == HOST_NOT_FOUND || why == NO_DATA ? OK : fail(f, E_AWAY, NULL, "The domain name system does not answer.");
	if (got > ANSWER_MAX || ns_initparse(answer, got, &m) != 0)
		return fail(f, E_AWAY, NULL, "The domain name system does not answer.");
	for (int i = 0; i < ns_msg_count(m, ns_s_an) && *n < NAMES_TXT_MAX; i++) {
		ns_rr rr;

		if (ns_parserr(&m, ns_s_an, i, &rr) == 0 && ns_rr_type(rr) == ns_t_txt)
			txt[(*n)++] = one_text(a, ns_rr_rdata(rr), ns_rr_rdlen(rr));
	}
	return OK;
}

/* "127.0.0.1:5353": the house's own, or a test's. */
static bool
served_by(struct arena *a, struct __res_state *s, struct str server)
{
	struct str number, host = str_cut(server, ':', &number);
	uint64_t port = 53;

	if (number.n > 0 && (!str_u64(number, &port) || port == 0 || port > 65535))
		return false;
	s->nscount = 1;
	s->nsaddr_list[0] = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	return inet_pton(AF_INET, str_copy(a, host).p, &s->nsaddr_list[0].sin_addr) == 1;
}

static struct str
one_text(struct arena *a, const unsigned char *p, size_t n)
{
	struct buf b = buf_open(a, 256, TEXT_MAX);

	for (size_t i = 0; i < n;) {
		const size_t len = p[i++];

		for (size_t k = 0; k < len && i < n; k++, i++)
			buf_char(&b, p[i] >= ' ' && p[i] <= '~' ? (char)p[i] : '?');
	}
	return buf_str(&b);
}
