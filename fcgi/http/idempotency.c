#include "fcgi/http/idempotency.h"

#include "sql/tenant/queries/idempotency.h"
#include "tenancy/keys.h"

#define STORED_MAX (REPLY_BODY_MAX + 65536)

static enum err check_key(struct str key, struct fault *f);
static void hash_request(const struct work *w, const struct request *r, struct idempotency *key);
static enum err replay(struct work *w, const struct idempotency *key, struct reply *reply);
static struct str pack(struct arena *a, const struct reply *reply);
static bool unpack(struct str stored, struct arena *a, struct reply *reply);
static uint64_t row_of(const struct idempotency *key);
static struct str hash_str(const uint8_t hash[HASH_BYTES]);

enum err
idempotency_claim(struct work *w, const struct request *r, struct reply *reply,
    struct idempotency *key, bool *replayed)
{
	enum err e;

	*key = (struct idempotency){.is = false};
	*replayed = false;
	if (r->idempotency_key.n == 0 || r->method == GET || r->method == HEAD)
		return OK;
	TRY(check_key(r->idempotency_key, &w->fault));
	key->is = true;
	hash_request(w, r, key);
	e = sql_idempotency_claim(w->db, hash_str(key->key_hash), hash_str(key->body_hash), w->now);
	if (e == OK)
		return OK;
	if (e == E_RETRY || e == E_STALE)
		w->fault = (struct fault){0};
	if (e == E_RETRY)
		return fail(&w->fault, E_STALE, "idempotency_key",
		    "The same request is still under way. Please wait a moment.");
	if (e != E_STALE)
		return e;
	TRY(replay(w, key, reply));
	*replayed = true;
	return OK;
}

static enum err
check_key(struct str key, struct fault *f)
{
	size_t i;

	for (i = 0; i < key.n; i++)
		if (key.p[i] < '!' || key.p[i] > '~')
			return fail(f, E_INVALID, "idempotency_key",
			    "Contains characters that are not allowed.");
	if (key.n < IDEMPOTENCY_KEY_MIN)
		return fail(f, E_INVALID, "idempotency_key", "Must be at least %lld characters.",
		    (long long)IDEMPOTENCY_KEY_MIN);
	if (key.n > IDEMPOTENCY_KEY_MAX)
		return fail(f, E_INVALID, "idempotency_key", "Must be at most %lld characters.",
		    (long long)IDEMPOTENCY_KEY_MAX);
	return OK;
}

/* Each part with its length before it: no two requests read the same. */
static void
hash_request(const struct work *w, const struct request *r, struct idempotency *key)
{
	struct buf b = buf_open(w->arena, 1024, 8192);

	buf_printf(&b, "%u %llu %s %s ", (unsigned)w->actor.kind, (unsigned long long)w->actor.id,
	    surface_name(r->surface), method_name(r->method));
	buf_printf(&b, "%zu ", r->path.n);
	buf_add(&b, r->path);
	buf_add(&b, r->idempotency_key);
	hash32(b.p, b.n, key->key_hash);
	hash32(r->body.n > 0 ? r->body.p : "", r->body.n, key->body_hash);
}

static enum err
replay(struct work *w, const struct idempotency *key, struct reply *reply)
{
	struct idempotency_row *row;
	struct str stored;

	TRY(sql_idempotency_of_key(w->db, hash_str(key->key_hash), w->arena, &row));
	/* Committed after this transaction began to read: begin again and see it. */
	if (row == NULL || row->status == 0)
		return E_RETRY;
	if (!str_eq(row->body_hash, hash_str(key->body_hash)))
		return fail(&w->fault, E_STALE, "idempotency_key",
		    "This key was used for another request before.");
	TRY(work_unseal(w, KEY_FIELDS, "idempotency", "answer", row_of(key), row->answer, &stored));
	if (!unpack(stored, w->arena, reply))
		return fail(&w->fault, E_BUG, NULL, "A stored answer cannot be read.");
	reply->status = (int)row->status;
	return reply_header(reply, "Idempotency-Replayed", STR("true"));
}

enum err
idempotency_keep(struct work *w, const struct reply *reply, const struct idempotency *key)
{
	struct str sealed;
	uint64_t changed;

	if (!key->is)
		return OK;
	if (reply->status >= 400)
		return sql_idempotency_forget(w->db, hash_str(key->key_hash), &changed);
	TRY(work_seal(
	    w, KEY_FIELDS, "idempotency", "answer", row_of(key), pack(w->arena, reply), &sealed));
	return sql_idempotency_keep(
	    w->db, hash_str(key->key_hash), (uint32_t)reply->status, sealed);
}

/* The place that the seal is bound to: a row has no number, its key's first bytes serve. */
static uint64_t
row_of(const struct idempotency *key)
{
	uint64_t row;

	memcpy(&row, key->key_hash, sizeof(row));
	return row;
}

static struct str
hash_str(const uint8_t hash[HASH_BYTES])
{
	return (struct str){(const char *)hash, HASH_BYTES};
}

/* pack -- content type, headers, an empty line, the body; the one setter lets no line end into a
 * header */
static struct str
pack(struct arena *a, const struct reply *reply)
{
	struct buf b = buf_open(a, reply->body.n + 512, STORED_MAX);
	unsigned i;

	buf_add(&b, str_of(reply->content_type));
	buf_char(&b, '\n');
	for (i = 0; i < reply->headers; i++) {
		buf_add(&b, str_of(reply->header[i].name));
		buf_char(&b, ':');
		buf_add(&b, reply->header[i].value);
		buf_char(&b, '\n');
	}
	buf_char(&b, '\n');
	buf_add(&b, reply->body);
	return buf_str(&b);
}

static bool
unpack(struct str stored, struct arena *a, struct reply *reply)
{
	struct str line = str_cut(stored, '\n', &stored), value;
	unsigned n = 0;

	reply->content_type = line.n == 0 ? NULL : str_copy(a, line).p;
	for (line = str_cut(stored, '\n', &stored); line.n > 0;
	     line = str_cut(stored, '\n', &stored)) {
		line = str_cut(line, ':', &value);
		if (n == REPLY_HEADERS || value.p == NULL)
			return false;
		reply->header[n].name = str_copy(a, line).p;
		reply->header[n].value = value;
		n++;
	}
	reply->headers = n;
	reply->body = stored;
	return true;
}
