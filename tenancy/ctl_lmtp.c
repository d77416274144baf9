/*
 * tenancy/ctl_lmtp.c -- poolctl lmtp: one conversation with a mail server, over standard input and output (ops/mail-in.md).
 *
 * Whoever listens starts one for each connection: systemd by a socket unit, inetd, or a test. Each reader of a mail is answered
 * apart, after the mail lies on the disk; a server that hears nothing comes again.
 */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "domain/base/words.h"
#include "domain/messaging/lmtp.h"
#include "tenancy/ctl.h"
#include "tenancy/readers.h"
#include "tenancy/spool.h"
#include "tenancy/work.h"

#define CHUNK 16384
#define ANSWERS_MAX (1024 * 1024) /* to a chunk full of the shortest commands */
#define SILENCE_MS (300 * 1000)   /* RFC 5321 4.5.3.2.7 */

static enum err lmtp(struct operator* op, struct words w);
static bool turn(struct operator* op, struct readers *r, struct lmtp *l, struct str bytes);
static void keep(struct operator* op, struct lmtp *l, struct buf *out);
static ssize_t wait_for(char *in);
static bool say(struct str s);

const struct command command_lmtp = {"lmtp", "< MAIL SERVER",
    "Take in mails for companies over a connection that speaks LMTP on standard input and output.", NEEDS_CONFIG, lmtp};

static enum err
lmtp(struct operator* op, struct words w)
{
	struct arena *a = op->proc;
	struct lmtp *l = arena_new(a, struct lmtp);
	char *room = arena_array(a, char, LETTER_RAW_MAX), *in = arena_array(a, char, CHUNK);
	struct buf hello = buf_open(a, 512, 512);
	struct readers readers;
	bool good;

	TRY(words_done(op, &w, 0));
	if (op->config->mail_in[0] == '\0')
		return fail(op->fault, E_INVALID, "mail_in", "No mails come in: mail_in is not set.");
	TRY(readers_open(op->config, &readers, op->fault));
	lmtp_open(l, str_of(op->config->mail_in), room, LETTER_RAW_MAX, &hello);
	good = say(buf_str(&hello));
	while (good && l->at != LMTP_ENDED) {
		const ssize_t n = wait_for(in);

		if (n < 0)
			(void)say(STR("421 4.4.2 Nothing was said for a while\r\n"));
		good = n > 0 && turn(op, &readers, l, (struct str){in, (size_t)n});
	}
	return OK;
}

static bool
turn(struct operator* op, struct readers *r, struct lmtp *l, struct str bytes)
{
	const struct arena_mark here = arena_mark(op->proc);
	struct buf out = buf_open(op->proc, 4096, ANSWERS_MAX);
	bool good;

	while (bytes.n > 0 && l->at != LMTP_ENDED) {
		bytes = str_sub(bytes, lmtp_take(l, bytes, op->proc, &out), bytes.n);
		if (l->whole)
			keep(op, l, &out);
		if (l->asks) {
			struct fault f = {0};

			lmtp_known(l, readers_know(r, str_of(l->to[l->to_n]), &f), &out);
		}
	}
	good = say(buf_str(&out));
	arena_rewind(op->proc, here);
	return good;
}

static void
keep(struct operator* op, struct lmtp *l, struct buf *out)
{
	enum err kept[LMTP_TO_MAX] = {OK};

	for (size_t i = 0; i < l->to_n && !l->over; i++) {
		const struct spooled m = {str_of(l->to[i]), str_of(l->from), {l->room, l->n}};
		struct fault f = {0};

		kept[i] = spool_put(op->proc, op->config, &m, &f);
		if (kept[i] != OK) {
			const struct str why = words_fault(op->proc, ENGLISH, &f);

			fprintf(stderr, "poolctl lmtp: %.*s\n", STR_ARG(why));
		}
	}
	work_wake(op->config, 0);
	lmtp_kept(l, kept, out);
}

/* -1: nothing in time; 0: the other side is gone */
static ssize_t
wait_for(char *in)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	ssize_t n;

	if (poll(&p, 1, SILENCE_MS) == 0)
		return -1;
	do
		n = read(STDIN_FILENO, in, CHUNK);
	while (n < 0 && errno == EINTR);
	return n > 0 ? n : 0;
}

static bool
say(struct str s)
{
	while (s.n > 0) {
		const ssize_t n = write(STDOUT_FILENO, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}
