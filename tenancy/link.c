#include "tenancy/link.h"

#include "sql/tenant/queries/tokens.h"

static enum err read_link(struct work *w, enum link_purpose p, struct str token, struct link *out);
static struct str nonce_hash(const struct link *l, uint8_t hash[HASH_BYTES]);
static enum err used_up(struct work *w);
static struct cdb *control_of(const struct work *w);

enum err
link_make(struct work *w, enum link_purpose p, uint64_t object, int64_t lasts_s, const char *page,
    struct str *url, struct str *token)
{
	struct link l = {.tenant = w->tenant->id, .purpose = p, .object = object, .expires_at = w->now + lasts_s};
	uint8_t hash[HASH_BYTES];
	struct str text;

	TRY(keys_link_write(w->house->keys, control_of(w), w->now, &l, w->arena, &text, &w->fault));
	TRY(sql_token_insert(w->db, nonce_hash(&l, hash), (uint32_t)p, object, l.expires_at));
	*url = str_printf(w->arena, "%.*s#%.*s",
	    STR_ARG(company_url(w->house->config, w->arena, str_of(w->tenant->slug), page)), STR_ARG(text));
	if (token != NULL)
		*token = text;
	return OK;
}

enum err
link_take(struct work *w, enum link_purpose p, struct str token, uint64_t *object)
{
	uint8_t hash[HASH_BYTES];
	struct token_row *row;
	struct link l;

	TRY(read_link(w, p, token, &l));
	TRY(sql_token_for_update(w->db, nonce_hash(&l, hash), w->arena, &row));
	if (row == NULL || row->used_at.is || row->purpose != (uint32_t)p || row->actor_id != l.object)
		return used_up(w);
	TRY(sql_token_use(w->db, nonce_hash(&l, hash), w->now, row->version));
	*object = l.object;
	return OK;
}

enum err
link_look(struct work *w, enum link_purpose p, struct str token, uint64_t *object)
{
	uint8_t hash[HASH_BYTES];
	struct token_row *row;
	struct link l;

	TRY(read_link(w, p, token, &l));
	TRY(sql_token_look(w->db, nonce_hash(&l, hash), w->arena, &row));
	if (row == NULL || row->used_at.is || row->purpose != (uint32_t)p || row->actor_id != l.object)
		return used_up(w);
	*object = l.object;
	return OK;
}

enum err
link_was_ours(struct work *w, enum link_purpose p, struct str token, uint64_t *object)
{
	struct link l;

	TRY(read_link(w, p, token, &l));
	*object = l.object;
	return OK;
}

enum err
link_revoke(struct work *w, enum link_purpose p, uint64_t object)
{
	uint64_t changed;

	return sql_tokens_revoke(w->db, object, (uint32_t)p, &changed);
}

struct str
company_url(const struct config *c, struct arena *a, struct str slug, const char *page)
{
	struct str base = str_of(c->base_url);
	size_t scheme = str_starts(base, STR("https://")) ? 8 : 7;

	return str_printf(a, "%.*s%.*s.%.*s%s", (int)scheme, base.p, STR_ARG(slug),
	    STR_ARG(str_sub(base, scheme, base.n)), page);
}

static enum err
read_link(struct work *w, enum link_purpose p, struct str token, struct link *out)
{
	return keys_link_read(w->house->keys, control_of(w), w->now, w->tenant->id, p, token, w->arena, out,
	    &w->fault);
}

/* The nonce alone would do; the purpose beside it keeps two kinds of links apart even if a nonce repeats. */
static struct str
nonce_hash(const struct link *l, uint8_t hash[HASH_BYTES])
{
	uint8_t bytes[1 + LINK_NONCE_BYTES];

	bytes[0] = (uint8_t)l->purpose;
	memcpy(bytes + 1, l->nonce, sizeof(l->nonce));
	hash32(bytes, sizeof(bytes), hash);
	return (struct str){(const char *)hash, HASH_BYTES};
}

static enum err
used_up(struct work *w)
{
	return fail(&w->fault, E_INVALID, "link", "This link is no longer valid. Please ask for a new one.");
}

/* Only asked when a data key is not in the cache; a handle that was lost meanwhile answers E_AWAY there. */
static struct cdb *
control_of(const struct work *w)
{
	return w->house->control;
}
