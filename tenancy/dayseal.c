/*
 * tenancy/dayseal.c -- the bytes of a night's seal, what they are made of, and the comparison with what stands there now.
 */
#include "tenancy/dayseal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/canon.h"
#include "sql/tenant/queries/audit.h"
#include "sql/tenant/queries/dayseals.h"

#define FIRST_LINE "pool-proof-v1\n"
#define ID_MS_BITS 21
#define TAIL_BYTES (4 * DAYSEAL_BYTES)
#define SAY_FILE "The file cannot be kept right now. Please try again in a moment."

static const struct {
	const char *hash, *seq;
	enum bill_kind kind; /* 0: the audit log */
} chains[CHAINS] = {
	[CHAIN_AUDIT] = {"audit_hash", "audit_seq", 0},
	[CHAIN_INVOICE] = {"invoice_hash", "invoice_seq", BILL_INVOICE},
	[CHAIN_QUOTE] = {"quote_hash", "quote_seq", BILL_QUOTE},
	[CHAIN_STATEMENT] = {"statement_hash", "statement_seq", BILL_STATEMENT},
};

/* What a comparison has come to. */
struct walk {
	struct work *w;
	struct dayseal night; /* the one that is looked at */
	struct str previous;  /* hash of the one before */
	struct chain_head at[CHAINS];
	struct dayseal_sum *sum;
};

typedef void (*each_entry)(const struct dayseal_entry *e, void *ctx);

static void head_write(struct canon *c, const struct dayseal *s, enum dayseal_chain k);
static enum err walk_entries(struct work *w, uint64_t from, uint64_t until, each_entry each, void *ctx);
static void add(const struct dayseal_entry *e, void *ctx);
static void gather(const struct dayseal_entry *e, void *ctx);
static bool tail(struct arena *a, int fd, off_t size, uint64_t *seq, off_t *whole);
static enum err one_night(struct walk *k, struct str text);
static enum err same_entries(struct walk *k);
static enum err same_documents(struct walk *k, enum dayseal_chain c);
static enum err same_lines(struct walk *k);
static enum err same_here(struct walk *k, struct str last);
static enum err not_sealed(struct walk *k);

struct str
dayseal_write(const struct dayseal *s, struct arena *a)
{
	struct canon c = canon_open(a, DAYSEAL_BYTES);

	canon_object(&c);
	head_write(&c, s, CHAIN_AUDIT);
	canon_key(&c, "entries"), canon_int(&c, (int64_t)s->entries);
	canon_key(&c, "from"), canon_int(&c, s->from_ms);
	head_write(&c, s, CHAIN_INVOICE);
	canon_key(&c, "issued_at"), canon_int(&c, s->issued_at);
	canon_key(&c, "kid"), canon_text(&c, s->kid);
	canon_key(&c, "previous"), canon_text(&c, s->previous);
	head_write(&c, s, CHAIN_QUOTE);
	canon_key(&c, "root"), canon_text(&c, s->root);
	canon_key(&c, "seq"), canon_int(&c, (int64_t)s->seq);
	head_write(&c, s, CHAIN_STATEMENT);
	canon_key(&c, "until"), canon_int(&c, s->until_ms);
	canon_end(&c);
	return buf_str(&c.b);
}

static void
head_write(struct canon *c, const struct dayseal *s, enum dayseal_chain k)
{
	canon_key(c, chains[k].hash), canon_text(c, s->head[k].hash);
	canon_key(c, chains[k].seq), canon_int(c, (int64_t)s->head[k].seq);
}

bool
dayseal_read(struct str body, struct dayseal *out)
{
	struct dayseal s = {0};
	int64_t seq, entries, n;

	if (!canon_find_int(body, "seq", &seq) || !canon_find_int(body, "entries", &entries) || seq < 1 || entries < 0 ||
	    !canon_find_int(body, "from", &s.from_ms) || !canon_find_int(body, "until", &s.until_ms) ||
	    !canon_find_int(body, "issued_at", &s.issued_at) || !canon_find_text(body, "root", &s.root) ||
	    !canon_find_text(body, "kid", &s.kid) || !canon_find_text(body, "previous", &s.previous) || s.from_ms < 0 ||
	    s.until_ms <= s.from_ms)
		return false;
	s.seq = (uint64_t)seq;
	s.entries = (uint64_t)entries;
	for (enum dayseal_chain k = 0; k < CHAINS; k++) {
		if (!canon_find_text(body, chains[k].hash, &s.head[k].hash) || !canon_find_int(body, chains[k].seq, &n) || n < 0)
			return false;
		s.head[k].seq = (uint64_t)n;
	}
	*out = s;
	return true;
}

struct str
dayseal_name(struct arena *a, uint64_t seq)
{
	return str_printf(a, "%010llu", (unsigned long long)seq);
}

void
dayseal_leaf(const struct dayseal_entry *e, uint8_t out[HASH_BYTES])
{
	char text[256];
	const int n = snprintf(text, sizeof(text), "%llu|%u|%u|%lld|%d|%u|%llu|%llu|%llu|%lld|%u|%llu",
	    (unsigned long long)e->posting_id, e->side, (unsigned)e->kind, (long long)e->at, (int)e->day.n, (unsigned)e->account,
	    (unsigned long long)e->customer_id, (unsigned long long)e->bill_id, (unsigned long long)e->payment_id,
	    (long long)e->cents, e->actor_kind, (unsigned long long)e->actor_id);

	merkle_leaf(text, (size_t)n, out);
}

/* ---- what stands in the database ---- */

static enum err
walk_entries(struct work *w, uint64_t from, uint64_t until, each_entry each, void *ctx)
{
	uint32_t side = 0;

	for (;;) {
		const struct arena_mark mark = arena_mark(w->arena);
		struct dayseal_entry *rows;
		size_t n;

		TRY(sql_dayseal_entries(w->db, from, side, until, w->arena, &rows, &n));
		for (size_t i = 0; i < n; i++)
			each(&rows[i], ctx);
		if (n > 0) {
			from = rows[n - 1].posting_id;
			side = rows[n - 1].side + 1;
		}
		arena_rewind(w->arena, mark);
		if (n == 0)
			return OK;
	}
}

static void
add(const struct dayseal_entry *e, void *ctx)
{
	uint8_t leaf[HASH_BYTES];

	dayseal_leaf(e, leaf);
	merkle_add(ctx, leaf);
}

enum err
dayseal_entries(struct work *w, struct dayseal *s)
{
	struct merkle m = {0};
	uint8_t root[HASH_BYTES];

	TRY(walk_entries(w, (uint64_t)s->from_ms << ID_MS_BITS, (uint64_t)s->until_ms << ID_MS_BITS, add, &m));
	merkle_root(&m, root);
	s->entries = m.n;
	s->root = str_hex(w->arena, root, sizeof(root));
	return OK;
}

enum err
dayseal_heads(struct work *w, struct dayseal *s)
{
	struct audit_head *audit;

	TRY(sql_audit_head(w->db, w->arena, &audit));
	s->head[CHAIN_AUDIT] = audit == NULL ? (struct chain_head){0, STR("")}
	    : (struct chain_head){audit->value, str_hex(w->arena, audit->hash.p, audit->hash.n)};
	for (enum dayseal_chain k = CHAIN_INVOICE; k < CHAINS; k++) {
		struct dayseal_document *d;

		TRY(sql_document_head(w->db, chains[k].kind, w->arena, &d));
		s->head[k] = d == NULL ? (struct chain_head){0, STR("")}
		    : (struct chain_head){d->seq, str_hex(w->arena, d->hash.p, d->hash.n)};
	}
	return OK;
}

struct gathering {
	uint64_t posting_id, n;
	uint8_t (*leaf)[HASH_BYTES];
	uint64_t most;
	struct dayseal_way *ways;
	size_t found;
};

static void
gather(const struct dayseal_entry *e, void *ctx)
{
	struct gathering *g = ctx;

	if (e->posting_id == g->posting_id && g->found < DAYSEAL_SIDES_MAX) {
		g->ways[g->found].entry = *e;
		g->ways[g->found++].path.at = g->n;
	}
	if (g->n < g->most)
		dayseal_leaf(e, g->leaf[g->n]);
	g->n++;
}

enum err
dayseal_posting(struct work *w, const struct dayseal *s, uint64_t posting_id, struct dayseal_way **ways, size_t *n)
{
	struct gathering g = {.posting_id = posting_id, .most = s->entries};

	g.leaf = (uint8_t(*)[HASH_BYTES])arena_array(w->arena, uint8_t, (s->entries + 1) * HASH_BYTES);
	g.ways = arena_array(w->arena, struct dayseal_way, DAYSEAL_SIDES_MAX);
	TRY(walk_entries(w, (uint64_t)s->from_ms << ID_MS_BITS, (uint64_t)s->until_ms << ID_MS_BITS, gather, &g));
	if (g.n != s->entries || g.found == 0)
		return fail(&w->fault, E_NOT_FOUND, "posting", "There is nothing here.");
	for (size_t i = 0; i < g.found; i++)
		merkle_path((const uint8_t(*)[HASH_BYTES])g.leaf, g.n, g.ways[i].path.at, &g.ways[i].path);
	*ways = g.ways;
	*n = g.found;
	return OK;
}

/* ---- the file ---- */

bool
dayseal_next(struct str *rest, struct str *text)
{
	static const char next[] = "\n" FIRST_LINE;
	const char *at;

	if (rest->n == 0)
		return false;
	at = memmem(rest->p, rest->n, next, sizeof(next) - 1);
	*text = at != NULL ? str_sub(*rest, 0, (size_t)(at - rest->p)) : *rest;
	*rest = at != NULL ? str_sub(*rest, (size_t)(at - rest->p) + 1, rest->n) : STR("");
	if (at == NULL && text->p[text->n - 1] == '\n')
		text->n--;
	return true;
}

/* The last whole text within the file's end; *whole: how long the file is with it. */
static bool
tail(struct arena *a, int fd, off_t size, uint64_t *seq, off_t *whole)
{
	const off_t from = size > TAIL_BYTES ? size - TAIL_BYTES : 0;
	char *p = arena_array(a, char, TAIL_BYTES + 1);
	const ssize_t got = pread(fd, p, (size_t)(size - from), from);
	struct str rest, text;

	*seq = 0;
	*whole = 0;
	if (got != size - from)
		return false;
	rest = (struct str){p, (size_t)got};
	for (bool first = from > 0; dayseal_next(&rest, &text); first = false) {
		struct proof_file proof;
		struct dayseal s;

		if (first || text.p + text.n >= p + got || text.p[text.n] != '\n' || proof_read(text, &proof, NULL) != OK ||
		    !dayseal_read(proof.body, &s))
			continue;
		*seq = s.seq;
		*whole = from + (text.p + text.n + 1 - p);
	}
	return true;
}

enum err
dayseal_kept(struct arena *a, const char *path, uint64_t *seq, struct fault *f)
{
	const int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	off_t whole;
	bool good;

	*seq = 0;
	if (fd < 0)
		return OK;
	good = fstat(fd, &st) == 0 && tail(a, fd, st.st_size, seq, &whole);
	/* Half a text has never been a seal: its row writes it again. Where no whole one is near, nobody cuts. */
	if (good && *seq > 0 && whole < st.st_size)
		good = ftruncate(fd, whole) == 0 && fsync(fd) == 0;
	close(fd);
	return good ? OK : fail(f, E_AWAY, "file", SAY_FILE);
}

enum err
dayseal_keep(struct arena *a, const char *path, struct str texts, struct fault *f)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0640);
	bool good = fd >= 0;

	(void)a;
	while (good && texts.n > 0) {
		const ssize_t n = write(fd, texts.p, texts.n);

		good = n > 0;
		texts = good ? str_sub(texts, (size_t)n, texts.n) : texts;
	}
	good = good && fsync(fd) == 0;
	if (fd >= 0 && close(fd) != 0)
		good = false;
	return good ? OK : fail(f, E_AWAY, "file", SAY_FILE);
}

/* ---- the comparison ---- */

enum err
dayseal_compare(struct work *w, struct str file, struct dayseal_sum *sum)
{
	struct walk k = {.w = w, .sum = sum};
	struct str text, last = STR("");

	*sum = (struct dayseal_sum){0};
	for (enum dayseal_chain c = 0; c < CHAINS; c++)
		k.at[c].hash = STR("");
	k.previous = STR("");
	while (dayseal_next(&file, &text)) {
		TRY(one_night(&k, text));
		last = text;
	}
	return same_here(&k, last);
}

static enum err
one_night(struct walk *k, struct str text)
{
	const int64_t before_ms = k->night.until_ms;
	const uint64_t before = k->night.seq;
	struct work *w = k->w;
	uint8_t hash[PROOF_HASH_BYTES];
	struct proof_file p;

	k->night.seq = before + 1;
	if (proof_read(text, &p, NULL) != OK || proof_verify_here(&p, w->house->keys, w->arena, NULL) != OK || p.kind != PROOF_DAY ||
	    !dayseal_read(p.body, &k->night) || k->night.seq != before + 1 || k->night.from_ms != before_ms ||
	    (before > 0 && !str_eq(k->night.previous, k->previous))) {
		k->night.seq = before + 1;
		return fail(&w->fault, E_INVALID, "seal", "Night %lld: the seal is not the one that was made, or one before it is missing.",
		    (long long)before + 1);
	}
	hash64(p.body.p, p.body.n, hash);
	k->previous = str_hex(w->arena, hash, sizeof(hash));
	TRY(same_entries(k));
	for (enum dayseal_chain c = CHAIN_INVOICE; c < CHAINS; c++)
		TRY(same_documents(k, c));
	TRY(same_lines(k));
	k->sum->nights++;
	k->sum->until_ms = k->night.until_ms;
	return OK;
}

static enum err
same_entries(struct walk *k)
{
	struct dayseal now = {.from_ms = k->night.from_ms, .until_ms = k->night.until_ms};

	TRY(dayseal_entries(k->w, &now));
	if (now.entries != k->night.entries || !str_eq(now.root, k->night.root))
		return fail(&k->w->fault, E_INVALID, "entries", "Night %lld: the entries of the ledger are not those that were sealed.",
		    (long long)k->night.seq);
	k->sum->entries += now.entries;
	return OK;
}

/* Each document's bytes have their hash, and name the hash of the one before; the last is the one that was sealed. */
static enum err
same_documents(struct walk *k, enum dayseal_chain c)
{
	const struct chain_head to = k->night.head[c];
	char before[2 * PROOF_HASH_BYTES + 1];
	struct chain_head *at = &k->at[c];
	struct work *w = k->w;
	size_t n = 1;

	while (at->seq < to.seq && n > 0) {
		const struct arena_mark mark = arena_mark(w->arena);
		struct dayseal_document *d;

		TRY(sql_documents_between(w->db, chains[c].kind, at->seq, to.seq, w->arena, &d, &n));
		for (size_t i = 0; i < n; i++) {
			struct str previous, hash;
			uint8_t is[PROOF_HASH_BYTES];

			hash64(d[i].body.p, d[i].body.n, is);
			hash = str_hex(w->arena, is, sizeof(is));
			if (d[i].seq != at->seq + 1 || d[i].hash.n != sizeof(is) || memcmp(d[i].hash.p, is, sizeof(is)) != 0 ||
			    !canon_find_text(d[i].body, "previous", &previous) || (at->seq > 0 && !str_eq(previous, at->hash)))
				return not_sealed(k);
			memcpy(before, hash.p, hash.n);
			*at = (struct chain_head){d[i].seq, {before, hash.n}};
			k->sum->documents++;
		}
		arena_rewind(w->arena, mark);
	}
	if (at->seq != to.seq || !str_eq(at->hash, to.hash))
		return not_sealed(k);
	at->hash = to.hash; /* the same letters, and they stay */
	return OK;
}

static enum err
not_sealed(struct walk *k)
{
	return fail(&k->w->fault, E_INVALID, "documents", "Night %lld: the documents are not those that were sealed.",
	    (long long)k->night.seq);
}

static enum err
same_lines(struct walk *k)
{
	const struct chain_head to = k->night.head[CHAIN_AUDIT];
	struct chain_head *at = &k->at[CHAIN_AUDIT];
	char before[HASH_BYTES] = {0};
	struct work *w = k->w;
	bool good = true;
	size_t n = 1, got;

	if (at->seq > 0 && !str_unhex(at->hash, before, sizeof(before), &got))
		good = false;
	while (good && at->seq < to.seq && n > 0) {
		const struct arena_mark mark = arena_mark(w->arena);
		struct audit_line *l;

		TRY(sql_audit_after(w->db, (int64_t)at->seq, w->arena, &l, &n));
		for (size_t i = 0; good && i < n && at->seq < to.seq; i++) {
			const struct str bytes = audit_bytes(&l[i], w->arena);
			uint8_t is[HASH_BYTES];

			hash32(bytes.p, bytes.n, is);
			good = audit_follows(&l[i], (int64_t)at->seq, (struct str){before, sizeof(before)}) && l[i].hash.n == sizeof(is) &&
			    memcmp(l[i].hash.p, is, sizeof(is)) == 0;
			memcpy(before, is, sizeof(before));
			at->seq++;
			k->sum->lines++;
		}
		arena_rewind(w->arena, mark);
	}
	good = good && at->seq == to.seq && (to.seq == 0 || str_eq(str_hex(w->arena, before, sizeof(before)), to.hash));
	at->hash = to.hash;
	return good ? OK
	            : fail(&w->fault, E_INVALID, "audit", "Night %lld: the audit log is not the one that was sealed.", (long long)k->night.seq);
}

/* The database's own seals end where the file ends, or later. */
static enum err
same_here(struct walk *k, struct str last)
{
	struct dayseal_row *row = NULL, *rows;
	struct work *w = k->w;
	size_t n;

	if (k->sum->nights == 0)
		return fail(&w->fault, E_NOT_FOUND, "seal", "There is nothing here.");
	TRY(sql_dayseals_after(w->db, SETTING_DAYSEAL, dayseal_name(w->arena, k->night.seq - 1), w->arena, &rows, &n));
	if (n > 0 && str_eq(rows[0].name, dayseal_name(w->arena, k->night.seq)))
		row = &rows[0];
	if (row == NULL || !str_eq(row->body, last))
		return fail(&w->fault, E_INVALID, "seal", "The database has other seals than the file, or fewer.");
	return OK;
}
