/* tests/fuzz/phone.c -- a number as somebody types it: E.164 or a sentence why not; read again it is the same. */
#include "domain/customers/customer.h"
#include "domain/messaging/sms.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct str once, twice;
	struct fault f = {0};
	size_t digits = 0;

	if (phone_read(fuzz_text(data, size), a, &once, "phone", &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && strcmp(f.field, "phone") == 0 && f.why[0] != '\0');
		return 0;
	}
	if (once.n == 0)
		return 0;
	MUST(once.n <= PHONE_MAX && once.p[0] == '+');
	const size_t ext = str_find(once, 'x');
	for (size_t i = 1; i < once.n; i++) {
		MUST((once.p[i] >= '0' && once.p[i] <= '9') || i == ext);
		digits += i < ext;
	}
	MUST(digits >= 8 && digits <= 15 && once.p[1] != '0');
	MUST(phone_read(once, a, &twice, "phone", &f) == OK && str_eq(once, twice));
	return 0;
}
