/*
 * fcgi/acts/tell_link.c -- links that are sent to people and work once.
 *
 * The signature says that a link is ours; the row, found by the hash of its nonce, that it is still open.
 * The token travels behind '#', so that no server log and no referrer carries it.
 */
#include "fcgi/acts/tell_link.h"

#include "fcgi/acts/tell.h"

#include "sql/tenant/queries/links.h"

static enum err code_hash(struct work *w, uint64_t actor, struct str code, uint8_t hash[HASH_BYTES]);
static enum err open_row(struct work *w, enum link_purpose p, struct str token, uint8_t hash[HASH_BYTES],
    uint64_t *actor);
static enum err refuse(struct work *w);

struct str
company_url(struct work *w, const char *page)
{
	return company_page(w, domain_has(str_of(page)) ? str_of(w->tenant->domain) : STR(""), page);
}

struct str
company_page(struct work *w, struct str domain, const char *page)
{
	struct str host, port, scheme = str_cut(str_of(w->house->config->base_url), ':', &host);

	host = str_sub(host, 2, host.n); /* behind "//" */
	if (domain.n == 0)
		return str_printf(w->arena, "%.*s://%s.%.*s/%s", STR_ARG(scheme), w->tenant->slug, STR_ARG(host), page);
	(void)str_cut(host, ':', &port);
	return str_printf(w->arena, "%.*s://%.*s%s%.*s/%s", STR_ARG(scheme), STR_ARG(domain), port.n > 0 ? ":" : "", STR_ARG(port), page);
}

enum err
link_issue(struct work *w, enum link_purpose p, uint64_t actor, int64_t ttl_s, const char *page,
    struct str *url, struct str *token)
{
	struct link l = {.tenant = w->tenant->id, .purpose = p, .object = actor, .expires_at = w->now + ttl_s};
	uint8_t hash[HASH_BYTES];
	struct cdb *control;
	struct str text;

	TRY(house_control(w->house, &control, &w->fault));
	TRY(keys_link_write(w->house->keys, control, w->now, &l, w->arena, &text, &w->fault));
	hash32(l.nonce, sizeof(l.nonce), hash);
	TRY(sql_link_insert(w->db, (struct str){(const char *)hash, HASH_BYTES}, p, actor, l.expires_at));
	*url = str_printf(w->arena, "%s#%.*s",
	    company_url(w, page).p, STR_ARG(text));
	if (token != NULL)
		*token = text;
	return OK;
}

enum err
link_look(struct work *w, enum link_purpose p, struct str token, uint64_t *actor)
{
	uint8_t hash[HASH_BYTES];

	return open_row(w, p, token, hash, actor);
}

enum err
link_spend(struct work *w, enum link_purpose p, struct str token, uint64_t *actor)
{
	uint8_t hash[HASH_BYTES];
	uint64_t changed;

	TRY(open_row(w, p, token, hash, actor));
	TRY(sql_link_use(w->db, (struct str){(const char *)hash, HASH_BYTES}, w->now, &changed));
	/* Two at once: the second finds it used. */
	return changed == 1 ? OK : refuse(w);
}

enum err
link_show(struct work *w, enum link_purpose p, uint64_t object, int64_t ttl_s, const char *page, struct str *url)
{
	struct link l = {.tenant = w->tenant->id, .purpose = p, .object = object, .expires_at = w->now + ttl_s};
	struct cdb *control;
	struct str text;

	TRY(house_control(w->house, &control, &w->fault));
	TRY(keys_link_write(w->house->keys, control, w->now, &l, w->arena, &text, &w->fault));
	*url = str_printf(w->arena, "%s#%.*s",
	    company_url(w, page).p, STR_ARG(text));
	return OK;
}

enum err
link_shown(struct work *w, enum link_purpose p, struct str token, uint64_t *object)
{
	struct fault not_told = {0};
	struct cdb *control;
	struct link l;

	TRY(house_control(w->house, &control, &w->fault));
	enum err e = keys_link_read(w->house->keys, control, w->now, w->tenant->id, p, token, w->arena, &l, &not_told);
	if (e == E_INVALID)
		return refuse(w);
	if (e != OK)
		return fail(&w->fault, e, NULL, "The house cannot answer right now. Please try again in a moment.");
	*object = l.object;
	return OK;
}

enum err
link_void(struct work *w, enum link_purpose p, uint64_t actor)
{
	uint64_t changed;

	return sql_links_void(w->db, actor, p, w->now, &changed);
}

enum err
code_issue(struct work *w, uint64_t actor, int64_t ttl_s, char code[CODE_DIGITS + 1])
{
	uint8_t hash[HASH_BYTES];

	(void)snprintf(code, CODE_DIGITS + 1, "%06u", random_u32() % 1000000);
	TRY(link_void(w, LINK_CODE, actor));
	TRY(code_hash(w, actor, str_of(code), hash));
	return sql_link_insert(w->db, (struct str){(const char *)hash, HASH_BYTES}, LINK_CODE, actor, w->now + ttl_s);
}

enum err
code_spend(struct work *w, uint64_t actor, struct str code)
{
	uint8_t hash[HASH_BYTES];
	struct link_row *row;
	uint64_t changed = 0;

	TRY(code_hash(w, actor, code, hash));
	TRY(sql_link_look(w->db, (struct str){(const char *)hash, HASH_BYTES}, LINK_CODE, w->now, w->arena, &row));
	if (row != NULL && row->actor_id == actor && actor != 0)
		TRY(sql_link_use(w->db, (struct str){(const char *)hash, HASH_BYTES}, w->now, &changed));
	return changed == 1 ? OK
			    : fail(&w->fault, E_INVALID, "code", "This code does not work. Ask for a new one.");
}

/* Six digits alone are a short list: the row is found by a keyed hash, so that a stolen table opens nothing. */
static enum err
code_hash(struct work *w, uint64_t actor, struct str code, uint8_t hash[HASH_BYTES])
{
	struct str said = str_printf(w->arena, "%llu:%.*s", (unsigned long long)actor, STR_ARG(code)), index;
	struct cdb *control;

	TRY(house_control(w->house, &control, &w->fault));
	TRY(keys_index(w->house->keys, control, w->now, w->tenant->id, "token.code", said, w->arena, &index, &w->fault));
	hash32(index.p, index.n, hash);
	return OK;
}

static enum err
open_row(struct work *w, enum link_purpose p, struct str token, uint8_t hash[HASH_BYTES], uint64_t *actor)
{
	struct fault not_told = {0}; /* which of the reasons it was is not for the visitor */
	struct link_row *row;
	struct cdb *control;
	struct link l;

	TRY(house_control(w->house, &control, &w->fault));
	enum err e = keys_link_read(w->house->keys, control, w->now, w->tenant->id, p, token, w->arena, &l,
	    &not_told);
	if (e == E_INVALID)
		return refuse(w);
	if (e != OK)
		return fail(&w->fault, e, NULL, "The house cannot answer right now. Please try again in a moment.");
	hash32(l.nonce, sizeof(l.nonce), hash);
	TRY(sql_link_look(w->db, (struct str){(const char *)hash, HASH_BYTES}, p, w->now, w->arena, &row));
	if (row == NULL || row->actor_id != l.object)
		return refuse(w);
	*actor = row->actor_id;
	return OK;
}

static enum err
refuse(struct work *w)
{
	return fail(&w->fault, E_INVALID, "token", "This link does not work any more. Ask for a new one.");
}
