/*
 * fcgi/acts/dayseals.c -- once a night: what is new in the ledger becomes one hash, signed, chained to the night before.
 */
#include "fcgi/acts/dayseals.h"

#include "fcgi/acts/tell_proof.h"
#include "sql/tenant/queries/dayseals.h"
#include "tenancy/dayseal.h"
#include "tenancy/files.h"

static enum err begin(struct work *w, struct dayseal *s);
static bool moved(const struct dayseal *s, const struct dayseal *before);
static enum err seal(struct work *w, struct dayseal *s, const struct seal_head_row *head);
static enum err missing(struct work *w, struct dayseal_file *out);

enum err
act_dayseal(struct work *w, struct dayseal_file *out)
{
	struct seal_head_row *head;
	struct dayseal s, before;
	struct str dir;

	TRY(sql_dayseal_head_for_update(w->db, w->arena, &head));
	TRY(begin(w, &s));
	before = s;
	if (s.until_ms > s.from_ms) {
		TRY(dayseal_entries(w, &s));
		TRY(dayseal_heads(w, &s));
		if (moved(&s, &before))
			TRY(seal(w, &s, head));
	}
	TRY(files_folder(w, &dir));
	*out = (struct dayseal_file){str_printf(w->arena, "%.*s/" DAYSEAL_FILE, STR_ARG(dir)), STR("")};
	return missing(w, out);
}

/* Behind the last seal, up to midnight: works that began before it are long over. */
static enum err
begin(struct work *w, struct dayseal *s)
{
	uint8_t hash[PROOF_HASH_BYTES];
	struct proof_file p;
	struct dayseal_row *last;
	struct civil midnight;

	*s = (struct dayseal){.seq = 1, .previous = STR("")};
	TRY(sql_dayseal_last(w->db, SETTING_DAYSEAL, w->arena, &last));
	if (last != NULL) {
		TRY(proof_read(last->body, &p, &w->fault));
		if (!dayseal_read(p.body, s))
			return fail(&w->fault, E_BUG, NULL, "A seal of a night that is none.");
		hash64(p.body.p, p.body.n, hash);
		s->previous = str_hex(w->arena, hash, sizeof(hash));
		s->from_ms = s->until_ms;
		s->seq++;
	}
	day_civil(zone_day(w->tenant->zone, w->now), &midnight);
	s->until_ms = zone_instant(w->tenant->zone, &midnight) * 1000;
	return OK;
}

static bool
moved(const struct dayseal *s, const struct dayseal *before)
{
	bool any = s->entries > 0;

	for (enum dayseal_chain k = 0; k < CHAINS; k++)
		any = any || s->head[k].seq != before->head[k].seq;
	return any;
}

static enum err
seal(struct work *w, struct dayseal *s, const struct seal_head_row *head)
{
	static const char zeros[HASH_BYTES];
	struct signature signature;
	struct signer signer;
	struct str bytes, text;

	TRY(tell_signer(w, &signer));
	s->kid = str_of(signer.kid);
	s->issued_at = w->now;
	bytes = dayseal_write(s, w->arena);
	TRY(tell_sign(w, &signer, PROOF_DAY, bytes, &signature));
	TRY(tell_proof(w, PROOF_DAY, bytes, s->kid, (struct str){(const char *)signature.signature, sizeof(signature.signature)}, &text));
	TRY(sql_dayseal_insert(w->db, work_id(w), SETTING_DAYSEAL, dayseal_name(w->arena, s->seq), text));
	return head == NULL ? sql_dayseal_head_insert(w->db, (struct str){zeros, sizeof(zeros)})
	                    : sql_dayseal_head_move(w->db, s->seq, head->version);
}

static enum err
missing(struct work *w, struct dayseal_file *out)
{
	struct dayseal_row *rows;
	struct buf b;
	uint64_t kept;
	size_t n;

	TRY(dayseal_kept(w->arena, out->path.p, &kept, &w->fault));
	TRY(sql_dayseals_after(w->db, SETTING_DAYSEAL, dayseal_name(w->arena, kept), w->arena, &rows, &n));
	b = buf_open(w->arena, DAYSEAL_BYTES, (n + 1) * 2 * DAYSEAL_BYTES);
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, rows[i].body);
		buf_add(&b, STR("\n"));
	}
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "The seals of some nights do not fit.");
	out->texts = buf_str(&b);
	return OK;
}
