/* tests/fuzz/multipart.c -- first line: the content type; the rest: the body. Parts lie in it, in
 * order. */
#include "fcgi/http/request.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str body, all = fuzz_text(data, size), type = str_cut(all, '\n', &body);
	struct part part[PARTS_MAX];
	struct fault f = {0};
	const char *end = body.p;
	size_t i, k, n = 77;

	if (multipart_parse(type, body, part, &n, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && n == 77);
		return 0;
	}
	MUST(n >= 1 && n <= PARTS_MAX);
	for (i = 0; i < n; i++) {
		MUST(part[i].name.p != NULL && str_utf8(part[i].name, NULL) && str_utf8(part[i].filename, NULL));
		MUST(fuzz_inside(part[i].data, body) && fuzz_inside(part[i].filename, body));
		MUST(part[i].data.p >= end);
		end = part[i].data.p + part[i].data.n;
		for (k = 0; k < part[i].filename.n; k++)
			MUST((unsigned char)part[i].filename.p[k] >= 0x20);
	}
	return 0;
}
