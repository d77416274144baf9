/*
 * fcgi/acts/proofs.c -- a document is judged by its own bytes and the house's key; no row is read for it.
 */
#include "fcgi/acts/proofs.h"

#include "domain/base/canon.h"
#include "fcgi/acts/tell_proof.h"
#include "sql/tenant/queries/dayseals.h"
#include "tenancy/dayseal.h"

static enum err sealed(struct work *w, struct proof_keys *out);

enum err
act_proof_check(struct work *w, struct str text, struct proof_verdict *out)
{
	struct fault why = {0};
	struct proof_file p;
	int64_t at = 0;
	enum err e = proof_read(text, &p, &why);

	if (e == OK)
		e = proof_verify_here(&p, w->house->keys, w->arena, &why);
	if (e == OK && !str_eq(p.key.company, str_of(w->tenant->slug)))
		e = fail(&why, E_INVALID, "company", "This document was sealed by another company.");
	*out = (struct proof_verdict){.valid = e == OK, .why = STR("")};
	if (e != OK) {
		out->why = words_fault(w->arena, w->actor.language, &why);
		return OK;
	}
	(void)canon_find_int(p.body, "issued_at", &at);
	out->kind = (struct maybe_str){true, str_of(proof_kind_names[p.kind])};
	out->company = (struct maybe_str){true, p.key.company};
	out->kid = (struct maybe_str){true, p.key.kid};
	out->body = (struct maybe_str){true, p.body};
	out->issued_at = (struct maybe_i64){true, at};
	return OK;
}

enum err
act_proof_keys(struct work *w, struct proof_keys *out)
{
	struct proof_key *keys;
	struct proof_file p = {0};

	*out = (struct proof_keys){0};
	TRY(tell_proof_keys(w, &keys, &out->keys_n));
	out->company = str_of(w->tenant->slug);
	(void)keys_house(w->house->keys, 0, p.house);
	out->house = str_hex(w->arena, p.house, sizeof(p.house));
	out->keys = arena_array(w->arena, struct proof_key_line, out->keys_n + 1);
	for (size_t i = 0; i < out->keys_n; i++) {
		p.key = keys[i];
		proof_certify(w->house->keys, &p, w->arena);
		out->keys[i] = (struct proof_key_line){keys[i].kid,
		    str_hex(w->arena, keys[i].public_key, sizeof(keys[i].public_key)),
		    str_hex(w->arena, p.certificate, sizeof(p.certificate)), keys[i].from,
		    {keys[i].until != 0, keys[i].until}};
	}
	return sealed(w, out);
}

static enum err
sealed(struct work *w, struct proof_keys *out)
{
	uint8_t hash[PROOF_HASH_BYTES];
	struct dayseal_row *row;
	struct proof_file p;
	struct dayseal s;

	TRY(sql_dayseal_last(w->db, SETTING_DAYSEAL, w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(proof_read(row->body, &p, &w->fault));
	if (!dayseal_read(p.body, &s))
		return fail(&w->fault, E_BUG, NULL, "A seal of a night that is none.");
	hash64(p.body.p, p.body.n, hash);
	out->sealed_nights = (struct maybe_i64){true, (int64_t)s.seq};
	out->sealed_at = (struct maybe_i64){true, s.issued_at};
	out->sealed_hash = (struct maybe_str){true, str_hex(w->arena, hash, sizeof(hash))};
	return OK;
}
