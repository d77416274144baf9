#include "domain/messaging/lmtp.h"

#define NOBODY "550 5.1.1 Nobody of ours has this address\r\n"

static size_t take_line(struct lmtp *l, struct str bytes, struct arena *a, struct buf *out);
static void command(struct lmtp *l, struct str line, struct arena *a, struct buf *out);
static void greeted(struct lmtp *l, struct buf *out);
static void mail_from(struct lmtp *l, struct str rest, struct buf *out);
static void rcpt_to(struct lmtp *l, struct str rest, struct arena *a, struct buf *out);
static void data(struct lmtp *l, struct buf *out);
static bool path_of(struct str rest, const char *word, struct str *address, struct str *options);
static size_t take_data(struct lmtp *l, struct str bytes);
static void keep(struct lmtp *l, char c);
static void forget(struct lmtp *l);

void
lmtp_open(struct lmtp *l, struct str domain, char *room, size_t max, struct buf *out)
{
	*l = (struct lmtp){.domain = domain, .room = room, .max = max};
	buf_printf(out, "220 %.*s LMTP\r\n", STR_ARG(domain));
}

size_t
lmtp_take(struct lmtp *l, struct str bytes, struct arena *a, struct buf *out)
{
	size_t used = 0;

	while (used < bytes.n && !l->whole && !l->asks && l->at != LMTP_ENDED) {
		const struct str rest = str_sub(bytes, used, bytes.n);

		used += l->at == LMTP_DATA ? take_data(l, rest) : take_line(l, rest, a, out);
	}
	return used;
}

/* A line ends in CR LF; a bare LF is taken too, from whoever types. */
static size_t
take_line(struct lmtp *l, struct str bytes, struct arena *a, struct buf *out)
{
	const size_t n = str_find(bytes, '\n');
	const struct str part = str_sub(bytes, 0, n);

	if (l->line_n + part.n > LMTP_LINE_MAX - 1)
		l->long_line = true;
	if (!l->long_line) {
		memcpy(l->line + l->line_n, part.p, part.n);
		l->line_n += part.n;
	}
	if (n == bytes.n)
		return n;
	struct str line = {l->line, l->line_n};
	const bool long_line = l->long_line;

	l->line_n = 0;
	l->long_line = false;
	if (str_ends(line, STR("\r")))
		line.n--;
	if (long_line)
		buf_add(out, STR("500 5.5.2 This line is too long\r\n"));
	else
		command(l, line, a, out);
	return n + 1;
}

static void
command(struct lmtp *l, struct str line, struct arena *a, struct buf *out)
{
	struct str rest, verb = str_cut(line, ' ', &rest);

	if (str_eq_nocase(verb, STR("LHLO")) && str_trim(rest).n > 0) {
		greeted(l, out);
	} else if (str_eq_nocase(verb, STR("QUIT"))) {
		l->at = LMTP_ENDED;
		buf_add(out, STR("221 2.0.0 Good bye\r\n"));
	} else if (str_eq_nocase(verb, STR("NOOP"))) {
		buf_add(out, STR("250 2.0.0 Yes\r\n"));
	} else if (str_eq_nocase(verb, STR("VRFY"))) {
		buf_add(out, STR("252 2.5.0 Send it, then we know\r\n"));
	} else if (str_eq_nocase(verb, STR("RSET"))) {
		forget(l);
		buf_add(out, STR("250 2.0.0 Forgotten\r\n"));
	} else if (str_eq_nocase(verb, STR("MAIL"))) {
		mail_from(l, rest, out);
	} else if (str_eq_nocase(verb, STR("RCPT"))) {
		rcpt_to(l, rest, a, out);
	} else if (str_eq_nocase(verb, STR("DATA"))) {
		data(l, out);
	} else {
		buf_add(out, STR("500 5.5.1 LMTP is spoken here (RFC 2033)\r\n")); /* to HELO and EHLO too: 4.1 */
	}
}

static void
greeted(struct lmtp *l, struct buf *out)
{
	forget(l);
	l->at = LMTP_GREETED;
	buf_printf(out, "250-%.*s\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 SIZE %zu\r\n", STR_ARG(l->domain), l->max);
}

static void
mail_from(struct lmtp *l, struct str rest, struct buf *out)
{
	struct str address, options, word;
	uint64_t size;

	if (l->at != LMTP_GREETED) {
		buf_add(out, STR("503 5.5.1 Not now\r\n"));
		return;
	}
	if (!path_of(rest, "FROM:", &address, &options)) {
		buf_add(out, STR("501 5.5.4 MAIL FROM:<address>\r\n"));
		return;
	}
	while (options.n > 0) {
		word = str_cut(options, ' ', &options);
		if (word.n > 5 && str_eq_nocase(str_sub(word, 0, 5), STR("SIZE=")) && str_u64(str_sub(word, 5, word.n), &size) && size > l->max) {
			buf_add(out, STR("552 5.3.4 This mail is too large\r\n"));
			return;
		}
	}
	/* What is no address that we would write to is nobody's: it is read, and not answered. */
	if (!mail_address_valid(address))
		address = STR("");
	memcpy(l->from, address.p, address.n);
	l->from[address.n] = '\0';
	l->at = LMTP_MAIL;
	buf_add(out, STR("250 2.1.0 Good\r\n"));
}

static void
rcpt_to(struct lmtp *l, struct str rest, struct arena *a, struct buf *out)
{
	struct str address, options;
	struct inlet_address inlet;

	if (l->at != LMTP_MAIL) {
		buf_add(out, STR("503 5.5.1 Not now\r\n"));
		return;
	}
	if (!path_of(rest, "TO:", &address, &options)) {
		buf_add(out, STR("501 5.5.4 RCPT TO:<address>\r\n"));
		return;
	}
	if (!mail_address_valid(address) || !inlet_read(a, address, l->domain, &inlet)) {
		buf_add(out, STR(NOBODY));
		return;
	}
	if (l->to_n == LMTP_TO_MAX) {
		buf_add(out, STR("452 4.5.3 Come again with the others\r\n"));
		return;
	}
	memcpy(l->to[l->to_n], address.p, address.n);
	l->to[l->to_n][address.n] = '\0';
	l->asks = inlet.inlet != INLET_COMPLAINTS; /* those are the house's */
	if (!l->asks)
		lmtp_known(l, OK, out);
}

void
lmtp_known(struct lmtp *l, enum err known, struct buf *out)
{
	l->asks = false;
	if (known == OK) {
		l->to_n++;
		buf_add(out, STR("250 2.1.5 Good\r\n"));
	} else {
		buf_add(out, known == E_NOT_FOUND ? STR(NOBODY) : STR("451 4.3.0 Not now, come again\r\n"));
	}
}

static void
data(struct lmtp *l, struct buf *out)
{
	if (l->at != LMTP_MAIL || l->to_n == 0) {
		buf_add(out, STR("503 5.5.1 For whom?\r\n"));
		return;
	}
	l->at = LMTP_DATA;
	l->n = 0;
	l->over = false;
	l->end = 2;
	buf_add(out, STR("354 End it with a line that is a dot\r\n"));
}

/* "FROM:<ann@home.example> SIZE=100" -> its address and what follows it */
static bool
path_of(struct str rest, const char *word, struct str *address, struct str *options)
{
	const struct str name = str_of(word);
	size_t end;

	if (!str_eq_nocase(str_sub(rest, 0, name.n), name))
		return false;
	rest = str_trim(str_sub(rest, name.n, rest.n));
	end = str_find(rest, '>');
	if (!str_starts(rest, STR("<")) || end == rest.n || end - 1 > MAIL_ADDRESS_MAX)
		return false;
	*address = str_sub(rest, 1, end - 1);
	*options = str_trim(str_sub(rest, end + 1, rest.n));
	return true;
}

/*
 * The mail as it was before it was sent: a dot that begins a line was doubled (RFC 5321 4.5.2). Only CR LF . CR LF ends it: a mail
 * that a stranger wrote may hold anything that looks a little like that.
 */
static size_t
take_data(struct lmtp *l, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i++) {
		const char c = bytes.p[i];

		if (l->end == 2 && c == '.') {
			l->end = 3;
			continue;
		}
		if (l->end == 3 && c == '\r') {
			l->end = 4;
			continue;
		}
		if (l->end == 4 && c == '\n') {
			l->whole = true;
			return i + 1;
		}
		if (l->end == 4) /* ". CR" and something else */
			keep(l, '\r');
		keep(l, c);
		l->end = c == '\r' ? 1 : c == '\n' && l->end == 1 ? 2 : 0;
	}
	return bytes.n;
}

static void
keep(struct lmtp *l, char c)
{
	if (l->n == l->max)
		l->over = true;
	else
		l->room[l->n++] = c;
}

void
lmtp_kept(struct lmtp *l, const enum err *kept, struct buf *out)
{
	for (size_t i = 0; i < l->to_n; i++) {
		if (l->over)
			buf_add(out, STR("552 5.3.4 This mail is too large\r\n"));
		else if (kept[i] == OK)
			buf_printf(out, "250 2.0.0 Kept for %s\r\n", l->to[i]);
		else if (kept[i] == E_INVALID)
			buf_add(out, STR("554 5.6.0 This mail cannot be taken\r\n"));
		else
			buf_add(out, STR("451 4.3.0 Not now, come again\r\n"));
	}
	forget(l);
	l->at = LMTP_GREETED;
}

static void
forget(struct lmtp *l)
{
	l->from[0] = '\0';
	l->to_n = l->n = 0;
	l->over = l->whole = l->asks = false;
	if (l->at == LMTP_MAIL)
		l->at = LMTP_GREETED;
}
