/*
 * fcgi/acts/tell_proof.c -- the company's signature under a document, and the list of keys that made such.
 *
 * A key's row is written in the transaction of the first document that it signs; archived_at says until when it did.
 */
#include "fcgi/acts/tell_proof.h"

#include "fcgi/acts/tell.h"

#include "domain/base/setting.h"
#include "sql/tenant/queries/proofs.h"
#include "sql/tenant/queries/readings.h"
#include "tenancy/proofs.h"

struct key_body {
	struct str public_key; /* hex */
	int64_t from;
};
static const struct field key_body_fields[] = {
	FIELD_TEXT(struct key_body, public_key, 2 * PROOF_PUBLIC_BYTES, 2 * PROOF_PUBLIC_BYTES),
	FIELD_TIME(struct key_body, from),
	FIELD_END
};
static const struct shape key_body_shape = {"SignKeyBody", sizeof(struct key_body), key_body_fields};

static const struct field proof_policy_fields[] = {
	FIELD_BOOL(struct proof_policy, reports),
	FIELD_BOOL(struct proof_policy, place),
	FIELD_MAYBE_BOOL(struct proof_policy, pin),
	FIELD_INT(struct proof_policy, version, 0, INT32_MAX),
	FIELD_END
};
const struct shape proof_policy_shape = {"ProofPolicy", sizeof(struct proof_policy), proof_policy_fields};

static enum err begin_key(struct work *w, const struct signer *s, const struct setting_row *rows, size_t n);
static enum err key_of(struct work *w, const struct setting_row *row, struct proof_key *out);

enum err
tell_proof_policy(struct work *w, struct proof_policy *out)
{
	struct water_setting_row *row;

	*out = (struct proof_policy){.reports = true};
	TRY(sql_water_setting(w->db, SETTING_PROOF, STR(""), w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&proof_policy_shape, row->body, w->arena, out, &w->fault));
	out->version = row->version;
	return OK;
}

enum err
tell_signer(struct work *w, struct signer *out)
{
	struct setting_row *rows;
	size_t n;

	TRY(sql_sign_keys(w->db, SETTING_SIGN_KEY, w->arena, &rows, &n));
	for (int tries = 0; tries < 2; tries++) {
		struct signer s;
		size_t i = 0;

		TRY(work_signer(w, s.public_key));
		proof_kid(s.public_key, s.kid);
		while (i < n && !str_eq(rows[i].name, str_of(s.kid)))
			i++;
		if (i == n)
			TRY(begin_key(w, &s, rows, n));
		if (i == n || !rows[i].archived_at.is) {
			*out = s;
			return OK;
		}
		/* Another process has a newer data key than this one remembers. */
		work_data_key_again(w);
	}
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}

static enum err
begin_key(struct work *w, const struct signer *s, const struct setting_row *rows, size_t n)
{
	const struct key_body body = {str_hex(w->arena, s->public_key, sizeof(s->public_key)), w->now};
	struct buf b = buf_open(w->arena, 256, 1024);
	enum err e;

	for (size_t i = 0; i < n; i++)
		if (!rows[i].archived_at.is)
			TRY(sql_sign_key_end(w->db, rows[i].id, w->now, rows[i].version));
	shape_write(&key_body_shape, &body, &b);
	e = sql_sign_key_insert(w->db, work_id(w), SETTING_SIGN_KEY, str_of(s->kid), buf_str(&b));
	if (e != E_STALE)
		return e;
	/* Somebody else's first document: it is read again in a new transaction. */
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}

enum err
tell_sign(struct work *w, const struct signer *s, enum proof_kind kind, struct str bytes, struct signature *out)
{
	struct signature r = {0};

	hash64(bytes.p, bytes.n, r.hash);
	TRY(work_sign(w, s->public_key, proof_signed(kind, r.hash, w->arena), r.signature));
	*out = r;
	return OK;
}

enum err
tell_proof(struct work *w, enum proof_kind kind, struct str bytes, struct str kid, struct str signature, struct str *text)
{
	struct proof_file p = {.kind = kind, .body = bytes};
	struct proof_key *keys;
	size_t n, i = 0;

	TRY(tell_proof_keys(w, &keys, &n));
	while (i < n && !str_eq(keys[i].kid, kid))
		i++;
	if (i == n || signature.n != sizeof(p.signature))
		return fail(&w->fault, E_BUG, NULL, "A signature without its key.");
	p.key = keys[i];
	memcpy(p.signature, signature.p, sizeof(p.signature));
	proof_certify(w->house->keys, &p, w->arena);
	*text = proof_write(&p, w->arena);
	return OK;
}

enum err
tell_proof_keys(struct work *w, struct proof_key **keys, size_t *n)
{
	struct setting_row *rows;

	TRY(sql_sign_keys(w->db, SETTING_SIGN_KEY, w->arena, &rows, n));
	*keys = arena_array(w->arena, struct proof_key, *n + 1);
	for (size_t i = 0; i < *n; i++)
		TRY(key_of(w, &rows[i], &(*keys)[i]));
	return OK;
}

static enum err
key_of(struct work *w, const struct setting_row *row, struct proof_key *out)
{
	struct proof_key k = {.company = str_of(w->tenant->slug), .kid = row->name,
	    .until = row->archived_at.is ? row->archived_at.v : 0};
	struct key_body body = {0};
	size_t got;

	TRY(shape_read(&key_body_shape, row->body, w->arena, &body, &w->fault));
	k.from = body.from;
	if (!str_unhex(body.public_key, k.public_key, sizeof(k.public_key), &got) || got != sizeof(k.public_key))
		return fail(&w->fault, E_BUG, NULL, "A signature without its key.");
	*out = k;
	return OK;
}

static const struct field record_order_fields[] = {FIELD_ID(struct record_order, visit_id), FIELD_END};
const struct shape record_order_shape = {"RecordOrder", sizeof(struct record_order), record_order_fields};

enum err
tell_record(struct work *w, uint64_t visit_id)
{
	return tell(w, "record", &record_order_shape, &(struct record_order){visit_id});
}
