/* tests/fuzz/record.c -- what people type into a record: a telephone number is E.164 and stays what it is, lists in one
 * column are read as they were written or refused, values of own fields never pass their type by accident. */
#include "domain/base/list.h"
#include "domain/customers/customer.h"
#include "domain/customers/field.h"
#include "tests/fuzz/fuzz.h"

#define MOST 8

static void
phone(struct arena *a, struct str s)
{
	struct str out = STR_NONE, again = STR_NONE;
	struct fault f = {0};

	if (phone_read(s, a, &out, "phone", &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && out.p == NULL);
		return;
	}
	MUST(out.n <= PHONE_MAX);
	MUST(out.n == 0 || out.p[0] == '+');
	MUST(phone_read(out, a, &again, "phone", &f) == OK && str_eq(out, again));
}

static void
lists(struct arena *a, struct str s)
{
	uint64_t id[MOST], id2[MOST];
	int32_t number[MOST], number2[MOST];
	struct str word[MOST], word2[MOST];
	size_t n = 99, m = 99;

	if (list_read_ids(s, id, MOST, &n)) {
		MUST(n <= MOST && list_read_ids(list_write_ids(a, id, n), id2, MOST, &m) && n == m);
		MUST(memcmp(id, id2, n * sizeof(*id)) == 0);
	}
	if (list_read_numbers(s, number, MOST, &n)) {
		MUST(n <= MOST && list_read_numbers(list_write_numbers(a, number, n), number2, MOST, &m) && n == m);
		MUST(memcmp(number, number2, n * sizeof(*number)) == 0);
	}
	if (list_read_words(s, word, MOST, &n)) {
		MUST(n <= MOST && list_read_words(list_write_words(a, word, n), word2, MOST, &m) && n == m);
		for (size_t i = 0; i < n; i++)
			MUST(str_eq(word[i], word2[i]));
	}
}

static void
own(struct str s)
{
	static const struct own_field fields[] = {{1, RECORD_POOL, FIELD_TYPE_NUMBER, NULL, 0},
	    {2, RECORD_POOL, FIELD_TYPE_DAY, NULL, 0}, {3, RECORD_POOL, FIELD_TYPE_YES_NO, NULL, 0}};

	for (uint64_t i = 1; i <= 3; i++) {
		const struct own_value v = {i, s};
		bool good = own_check(fields, 3, RECORD_POOL, &v, 1, NULL) == OK;

		MUST(!good || s.n <= 17);
		for (size_t k = 0; good && i == 1 && k < s.n; k++)
			MUST((s.p[k] >= '0' && s.p[k] <= '9') || s.p[k] == '.' || (k == 0 && s.p[k] == '-'));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct str s = fuzz_text(data, size);

	phone(a, s);
	lists(a, s);
	own(s);
	return 0;
}
