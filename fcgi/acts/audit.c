/*
 * fcgi/acts/audit.c -- the log is only read here; lines are written by tell_audit.c.
 */
#include "fcgi/acts/audit.h"

#include "domain/base/csv.h"
#include "domain/base/id.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/audit.h"

static void entry_of(const struct audit_line *l, struct audit_entry *out);
static void line_write(struct buf *b, const struct audit_line *l);
static enum err walk(struct work *w, int64_t *seq, uint8_t hash[HASH_BYTES], int64_t *broken);
static bool right(struct work *w, const struct audit_line *l, int64_t seq, const uint8_t before[HASH_BYTES]);

enum err
act_audit_page(struct work *w, const struct audit_query *q, struct audit_page *out)
{
	struct audit_line *rows;
	size_t n;

	TRY(sql_audit_page(w->db, q->before.is ? q->before.v : INT64_MAX, q->q, w->arena, &rows, &n));
	*out = (struct audit_page){.rows_n = n < AUDIT_PAGE ? n : AUDIT_PAGE};
	out->rows = arena_array(w->arena, struct audit_entry, out->rows_n);
	for (size_t i = 0; i < out->rows_n; i++)
		entry_of(&rows[i], &out->rows[i]);
	if (n > AUDIT_PAGE)
		out->next = (struct maybe_i64){true, rows[AUDIT_PAGE - 1].seq};
	return OK;
}

enum err
act_audit_table(
    struct work *w, const struct audit_query *q, struct str *csv, struct maybe_i64 *next)
{
	struct buf b = buf_open(w->arena, 65536, AUDIT_EXPORT_BYTES);
	int64_t before = q->before.is ? q->before.v : INT64_MAX;
	size_t lines = 0, n;

	TRY(work_stepped_up(w));
	buf_add(&b, STR("seq,at,actor,verb,noun,object,detail,ip,country,trace,hash\r\n"));
	do {
		struct audit_line *rows;

		TRY(sql_audit_table(w->db, before, q->q, w->arena, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			size_t whole = b.n;

			line_write(&b, &rows[i]);
			if (b.full) { /* half a line is worse than none: the next table begins with it */
				b.n = whole;
				break;
			}
			before = rows[i].seq;
		}
		lines += n;
	} while (n == 1000 && lines < AUDIT_EXPORT_LINES && !b.full);
	*next = (struct maybe_i64){n == 1000 || b.full, before};
	*csv = buf_str(&b);
	return OK;
}

enum err
act_audit_verify(struct work *w, struct audit_verdict *out)
{
	uint8_t hash[HASH_BYTES] = {0};
	int64_t seq = 0, broken = 0;
	struct audit_head *head;

	TRY(walk(w, &seq, hash, &broken));
	TRY(sql_audit_head(w->db, w->arena, &head));
	/* Lines that were cut off at the end: the head remembers them. */
	if (broken == 0 && (head == NULL ? seq != 0
	                                 : (int64_t)head->value != seq ||
	                seq == 0 || !str_eq(head->hash, (struct str){(const char *)hash, HASH_BYTES})))
		broken = seq + 1;
	*out = (struct audit_verdict){.lines = seq, .whole = broken == 0, .broken_at = {broken != 0, broken}};
	return OK;
}

/* Line by line until one does not follow; memory is given back after each thousand. */
static enum err
walk(struct work *w, int64_t *seq, uint8_t hash[HASH_BYTES], int64_t *broken)
{
	struct audit_line *rows;
	size_t n;

	do {
		struct arena_mark m = arena_mark(w->arena);

		TRY(sql_audit_after(w->db, *seq, w->arena, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			if (!right(w, &rows[i], *seq, hash)) {
				*broken = *seq + 1;
				break;
			}
			*seq = rows[i].seq;
			memcpy(hash, rows[i].hash.p, HASH_BYTES);
		}
		arena_rewind(w->arena, m);
	} while (n == 1000 && *broken == 0);
	return OK;
}

static bool
right(struct work *w, const struct audit_line *l, int64_t seq, const uint8_t before[HASH_BYTES])
{
	uint8_t hash[HASH_BYTES];

	audit_line_hash(l, w->arena, hash);
	return audit_follows(l, seq, (struct str){(const char *)before, HASH_BYTES}) &&
	    str_eq(l->hash, (struct str){(const char *)hash, HASH_BYTES});
}

static void
entry_of(const struct audit_line *l, struct audit_entry *out)
{
	*out = (struct audit_entry){
	    .seq = l->seq,
	    .at = l->at,
	    .actor = l->actor_name,
	    .verb = l->verb,
	    .noun = l->noun,
	    .object_id = {l->object_id != 0, l->object_id},
	    .detail = l->detail,
	    .ip = l->ip,
	    .country = l->country,
	};
}

static void
line_write(struct buf *b, const struct audit_line *l)
{
	char id[ID_LETTERS + 1] = "", at[DAY_LETTERS + 1];
	int64_t day = l->at / 86400, s = l->at % 86400;

	if (l->object_id != 0)
		id_write(l->object_id, id);
	day_write((struct day){(int32_t)day}, at);
	buf_printf(b, "%lld,%sT%02d:%02d:%02dZ,", (long long)l->seq, at, (int)(s / 3600), (int)(s / 60 % 60),
	    (int)(s % 60));
	csv_cell(b, l->actor_name);
	buf_char(b, ',');
	csv_cell(b, l->verb);
	buf_char(b, ',');
	csv_cell(b, l->noun);
	buf_printf(b, ",%s,", id);
	csv_cell(b, l->detail);
	buf_char(b, ',');
	csv_cell(b, l->ip);
	buf_char(b, ',');
	csv_cell(b, l->country);
	buf_char(b, ',');
	csv_cell(b, l->trace);
	buf_printf(b, ",%s\r\n", str_hex(b->a, l->hash.p, l->hash.n).p);
}
