/*
 * tests/fuzz/request.c -- a whole environment, one NAME=value per line, as the street would bring
 * it: it is understood or refused by name, and finds at most one endpoint.
 */
#include "fcgi/http/request.h"
#include "fcgi/http/router.h"
#include "tests/fuzz/fuzz.h"

#define VARIABLES 32

struct variable {
	struct str name;
	const char *value;
};

static const char *
lookup(const char *name, void *ctx)
{
	const struct variable *v;

	for (v = ctx; v->value != NULL; v++)
		if (str_eq(v->name, str_of(name)))
			return v->value;
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct str rest = fuzz_text(data, size);
	struct variable v[VARIABLES + 1] = {0};
	struct request *r = arena_new(a, struct request);
	const struct endpoint *e = NULL;
	struct call c = {0};
	struct fault f = {0};
	unsigned allowed;
	size_t i, n = 0;

	while (rest.n > 0 && n < VARIABLES) {
		struct str value, line = str_cut(rest, '\n', &rest);

		v[n].name = str_cut(line, '=', &value);
		v[n].value = str_copy(a, value).p;
		n++;
	}
	if (request_parse(lookup, v, a, r, &f) != OK) {
		MUST(f.err == E_NOT_FOUND || (f.err == E_INVALID && f.field != NULL));
		return 0;
	}
	MUST((unsigned)r->method < METHODS && r->surface >= OFFICE && r->surface < SURFACES);
	MUST(r->host.n > 0 && r->content_length <= LETTER_POST_MAX && r->cookie.n <= 4096);
	for (i = 0; i < r->host.n; i++)
		MUST(strchr("abcdefghijklmnopqrstuvwxyz0123456789.-", r->host.p[i]) != NULL);
	if (router_find(api_tables, r, &e, &c, &allowed) == OK) {
		MUST(e != NULL && (e->run == NULL) != (e->run_desk == NULL));
		MUST((strstr(e->path, ":id") != NULL) == (c.id != 0));
	}
	return 0;
}
