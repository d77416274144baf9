/*
 * tests/fuzz/lmtp.c -- any bytes as a mail server: bounded, the same in one piece and in many, one answer to each reader.
 */
#include "domain/messaging/lmtp.h"
#include "tests/fuzz/fuzz.h"

#define ROOM 2000
static char room[ROOM];

/* The first byte says how large the pieces are; all = 0: in one. */
static struct str
talk(struct arena *a, struct str bytes, size_t piece, struct buf *mails)
{
	struct buf out = buf_open(a, 4096, 4 << 20);
	struct lmtp *l = arena_new(a, struct lmtp);

	lmtp_open(l, STR("in.example"), room, ROOM, &out);
	while (bytes.n > 0 && l->at != LMTP_ENDED) {
		const struct str part = str_sub(bytes, 0, piece > 0 ? piece : bytes.n);
		const size_t used = lmtp_take(l, part, a, &out);

		MUST(used > 0 && used <= part.n && (used == part.n || l->whole || l->asks || l->at == LMTP_ENDED));
		MUST(l->to_n <= LMTP_TO_MAX && l->n <= ROOM && l->line_n < LMTP_LINE_MAX);
		bytes = str_sub(bytes, used, bytes.n);
		if (l->asks) {
			MUST(l->to_n < LMTP_TO_MAX && mail_address_valid(str_of(l->to[l->to_n])));
			lmtp_known(l, l->to[l->to_n][0] == 'n' ? E_NOT_FOUND : OK, &out);
		}
		if (!l->whole)
			continue;
		const struct str mail = {l->room, l->n};
		const enum err kept[LMTP_TO_MAX] = {[1] = E_AWAY, [2] = E_INVALID};
		const size_t before = out.n, n = l->to_n;
		size_t lines = 0;

		MUST(n > 0 && mail.n <= ROOM);
		for (size_t i = 0; i < n; i++)
			MUST(mail_address_valid(str_of(l->to[i])));
		MUST(l->from[0] == '\0' || mail_address_valid(str_of(l->from)));
		buf_add(mails, mail);
		buf_printf(mails, "|%zu|%d|", n, l->over);
		lmtp_kept(l, kept, &out);
		for (size_t i = before; i < out.n; i++)
			lines += out.p[i] == '\n';
		MUST(lines == n);
	}
	MUST(!out.full);
	return buf_str(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct buf one = buf_open(a, 4096, 1 << 20), many = buf_open(a, 4096, 1 << 20);

	if (size < 1)
		return 0;
	const struct str bytes = fuzz_text(data + 1, size - 1);
	const struct str whole = talk(a, bytes, 0, &one), pieces = talk(a, bytes, 1 + data[0] % 40, &many);

	MUST(str_eq(whole, pieces));
	MUST(str_eq(buf_str(&one), buf_str(&many)));
	for (size_t i = 0; i + 1 < whole.n; i++) /* lines of ASCII, each with its end */
		MUST(((unsigned char)whole.p[i] >= ' ' && (unsigned char)whole.p[i] < 0x7f) || whole.p[i] == '\r' || (whole.p[i] == '\n' && i > 0 && whole.p[i - 1] == '\r'));
	return 0;
}
