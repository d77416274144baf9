/*
 * domain/base/proof.c -- the text of a proof, strictly: one way to write it, so no byte is free to change.
 */
#include "domain/base/proof.h"

#include <string.h>

#include "domain/base/canon.h"

#define FIRST_LINE "pool-proof-v1"

const char *const proof_kind_names[] = {"", "visit", "bill", "day", NULL};
static const char *const context[] = {"", "pool/visit/v1", "pool/document/v1", "pool/day/v1"};
#define KEY_CONTEXT "pool/key/v1"

static bool line_of(struct str *rest, const char *name, struct str *value);
static bool bytes_of(struct str *rest, const char *name, uint8_t *out, size_t n);
static bool time_of(struct str *rest, const char *name, int64_t *out);
static bool kind_of(struct str name, enum proof_kind *out);

struct str
proof_signed(enum proof_kind kind, const uint8_t hash[PROOF_HASH_BYTES], struct arena *a)
{
	const size_t n = strlen(context[kind]) + 1;
	char *p = arena_array(a, char, n + PROOF_HASH_BYTES);

	memcpy(p, context[kind], n);
	memcpy(p + n, hash, PROOF_HASH_BYTES);
	return (struct str){p, n + PROOF_HASH_BYTES};
}

struct str
proof_certified(const struct proof_key *k, struct arena *a)
{
	struct canon c = canon_open(a, 1024);

	buf_add(&c.b, (struct str){KEY_CONTEXT, sizeof(KEY_CONTEXT)}); /* its NUL too */
	canon_object(&c);
	canon_key(&c, "company"), canon_text(&c, k->company);
	canon_key(&c, "from"), canon_int(&c, k->from);
	canon_key(&c, "kid"), canon_text(&c, k->kid);
	canon_key(&c, "public"), canon_text(&c, str_hex(a, k->public_key, sizeof(k->public_key)));
	canon_key(&c, "until"), canon_int(&c, k->until);
	canon_end(&c);
	return buf_str(&c.b);
}

struct str
proof_write(const struct proof_file *p, struct arena *a)
{
	struct buf b = buf_open(a, p->body.n + 2048, PROOF_TEXT_MAX);

	buf_printf(&b, FIRST_LINE "\nkind: %s\ncompany: %.*s\nkid: %.*s\npublic: %.*s\nfrom: %lld\nuntil: %lld\n",
	    proof_kind_names[p->kind], STR_ARG(p->key.company), STR_ARG(p->key.kid),
	    STR_ARG(str_hex(a, p->key.public_key, sizeof(p->key.public_key))), (long long)p->key.from,
	    (long long)p->key.until);
	buf_printf(&b, "house: %.*s\n", STR_ARG(str_hex(a, p->house, sizeof(p->house))));
	buf_printf(&b, "certificate: %.*s\n", STR_ARG(str_hex(a, p->certificate, sizeof(p->certificate))));
	buf_printf(&b, "signature: %.*s\n\n", STR_ARG(str_hex(a, p->signature, sizeof(p->signature))));
	buf_add(&b, p->body);
	return buf_str(&b);
}

enum err
proof_read(struct str text, struct proof_file *p, struct fault *f)
{
	struct str rest, kind, kid, first = str_cut(text, '\n', &rest);
	struct proof_file r = {.kind = PROOF_VISIT};
	int64_t at;

	if (!str_eq(first, STR(FIRST_LINE)) || !line_of(&rest, "kind", &kind) || !kind_of(kind, &r.kind) ||
	    !line_of(&rest, "company", &r.key.company) || r.key.company.n > PROOF_COMPANY_MAX ||
	    !line_of(&rest, "kid", &r.key.kid) || r.key.kid.n != PROOF_KID_LETTERS ||
	    !bytes_of(&rest, "public", r.key.public_key, sizeof(r.key.public_key)) ||
	    !time_of(&rest, "from", &r.key.from) || !time_of(&rest, "until", &r.key.until) ||
	    !bytes_of(&rest, "house", r.house, sizeof(r.house)) ||
	    !bytes_of(&rest, "certificate", r.certificate, sizeof(r.certificate)) ||
	    !bytes_of(&rest, "signature", r.signature, sizeof(r.signature)) || rest.n < 2 || rest.p[0] != '\n' ||
	    rest.n - 1 > PROOF_BODY_MAX)
		return fail(f, E_INVALID, "proof", "This is not a sealed document of Poolhouse.");
	r.body = str_sub(rest, 1, rest.n - 1);
	if (!canon_find_text(r.body, "kid", &kid) || !str_eq(kid, r.key.kid))
		return fail(f, E_INVALID, "kid", "This document names another key than the one it comes with.");
	if (!canon_find_int(r.body, "issued_at", &at) || at < r.key.from || (r.key.until != 0 && at > r.key.until))
		return fail(f, E_INVALID, "issued_at", "The key of this document was not in use at its time.");
	*p = r;
	return OK;
}

static bool
line_of(struct str *rest, const char *name, struct str *value)
{
	struct str line = str_cut(*rest, '\n', rest), v, key = str_cut(line, ':', &v);

	if (rest->p == NULL || v.n < 2 || v.p[0] != ' ' || !str_eq(key, str_of(name)))
		return false;
	*value = str_sub(v, 1, v.n - 1);
	return true;
}

static bool
bytes_of(struct str *rest, const char *name, uint8_t *out, size_t n)
{
	struct str value;
	size_t got;

	if (!line_of(rest, name, &value) || value.n != 2 * n)
		return false;
	return str_unhex(value, out, n, &got) && got == n;
}

static bool
time_of(struct str *rest, const char *name, int64_t *out)
{
	struct str value;

	return line_of(rest, name, &value) && value.n <= 12 && (value.n == 1 || value.p[0] != '0') &&
	    value.p[0] >= '0' && value.p[0] <= '9' && str_i64(value, out);
}

static bool
kind_of(struct str name, enum proof_kind *out)
{
	for (enum proof_kind k = PROOF_VISIT; k < PROOF_KINDS; k++)
		if (str_eq(name, str_of(proof_kind_names[k]))) {
			*out = k;
			return true;
		}
	return false;
}
