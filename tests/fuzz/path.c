/* tests/fuzz/path.c -- no path climbs, hides a slash or is decoded into something that is no
 * text. */
#include "fcgi/http/request.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str segment[PATH_SEGMENTS], path = fuzz_text(data, size);
	struct fault f = {0};
	size_t i, k, n = 77;
	enum err e = path_split(path, fuzz_arena(), segment, &n, &f);

	if (e != OK) {
		MUST(e == E_INVALID && n == 77 && f.field != NULL);
		return 0;
	}
	MUST(path.n <= PATH_MAX_BYTES && n <= PATH_SEGMENTS);
	for (i = 0; i < n; i++) {
		MUST(segment[i].n > 0 && str_utf8(segment[i], NULL));
		MUST(!str_eq(segment[i], STR(".")) && !str_eq(segment[i], STR("..")));
		for (k = 0; k < segment[i].n; k++)
			MUST((unsigned char)segment[i].p[k] >= 0x20 && segment[i].p[k] != '/' &&
			    segment[i].p[k] != '\\' && segment[i].p[k] != 0x7f);
	}
	return 0;
}
