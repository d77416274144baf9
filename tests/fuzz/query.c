/* tests/fuzz/query.c -- a query string becomes at most 32 pairs of text, and passes a shape or
 * names a field. */
#include "fcgi/http/request.h"
#include "fcgi/http/shape.h"
#include "tests/fuzz/fuzz.h"

struct search {
	struct str q;
	uint64_t after;
	int64_t at;
	bool all;
	struct day day;
	struct maybe_u64 before;
	struct maybe_str zone;
};
static const struct field search_fields[] = {
	FIELD_TEXT(struct search, q, 0, 40),
	FIELD_ID(struct search, after),
	FIELD_TIME(struct search, at),
	FIELD_BOOL(struct search, all),
	FIELD_DAY(struct search, day),
	FIELD_MAYBE_ID(struct search, before),
	FIELD_MAYBE_TEXT(struct search, zone, 1, 20),
	FIELD_END,
};
static const struct shape search_shape = {"Search", sizeof(struct search), search_fields};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct request r = {0};
	struct fault f = {0};
	struct search s;
	size_t i, chars;

	if (query_parse(fuzz_text(data, size), a, r.query, &r.queries, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && r.queries == 0);
		return 0;
	}
	MUST(r.queries <= QUERY_PAIRS);
	for (i = 0; i < r.queries; i++) {
		MUST(str_utf8(r.query[i].name, NULL) && str_utf8(r.query[i].value, NULL));
		MUST(str_find(r.query[i].value, '\0') == r.query[i].value.n);
	}
	if (query_read(&search_shape, &r, a, &s, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && f.field[0] != '\0');
		return 0;
	}
	MUST(str_utf8(s.q, &chars) && chars <= 40 && s.at >= 0);
	MUST(!s.zone.is || (str_utf8(s.zone.v, &chars) && chars >= 1 && chars <= 20));
	return 0;
}
