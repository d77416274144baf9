/*
 * domain/access/audit.c -- canonical bytes of a line of the audit log.
 */
#include "domain/access/audit.h"

#define BYTES_MAX 8192

static void number(struct buf *b, uint64_t v);
static void text(struct buf *b, struct str s);

struct str
audit_bytes(const struct audit_line *l, struct arena *a)
{
	struct buf b = buf_open(a, 512, BYTES_MAX);

	buf_add(&b, STR("audit1:"));
	number(&b, (uint64_t)l->seq);
	number(&b, (uint64_t)l->at);
	number(&b, l->actor_kind);
	number(&b, l->actor_id);
	text(&b, l->actor_name);
	text(&b, l->verb);
	text(&b, l->noun);
	number(&b, l->object_id);
	text(&b, l->detail);
	text(&b, l->ip);
	text(&b, l->country);
	text(&b, l->trace);
	text(&b, l->prev_hash);
	return buf_str(&b);
}

bool
audit_follows(const struct audit_line *l, int64_t seq, struct str hash)
{
	return l->seq == seq + 1 && str_eq(l->prev_hash, hash);
}

struct str
audit_cut(struct arena *a, struct str s, size_t max)
{
	struct str kept = str_copy(a, s);
	char *p = (char *)(uintptr_t)kept.p; /* our own copy */
	size_t n = 0, chars = 0;

	for (; n < kept.n; n++) {
		unsigned char c = (unsigned char)p[n];

		if ((c & 0xc0) != 0x80 && chars++ == max)
			break;
		if (c < 0x20 || c == 0x7f)
			p[n] = ' ';
	}
	return (struct str){p, n};
}

static void
number(struct buf *b, uint64_t v)
{
	buf_u64(b, v);
	buf_char(b, ',');
}

static void
text(struct buf *b, struct str s)
{
	number(b, s.n);
	buf_add(b, s);
}
