/* tests/fuzz/cookie.c -- first line: a name; the rest: a header. What is found is a whole value of
 * that name. */
#include "fcgi/http/request.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str header, all = fuzz_text(data, size), name = str_cut(all, '\n', &header);
	struct str value = cookie_get(header, name);

	if (value.p == NULL)
		return 0;
	MUST(fuzz_inside(value, header));
	MUST(str_find(value, ';') == value.n);
	/* Right before the value stand its name and an equals sign. */
	MUST(value.p - header.p >= (ptrdiff_t)name.n + 1 && value.p[-1] == '=');
	MUST(str_eq((struct str){value.p - 1 - name.n, name.n}, name));
	return 0;
}
