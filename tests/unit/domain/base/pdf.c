/* tests/unit/domain/base/pdf.c -- what is said behind a PDF is found there again, and no other file is taken for one. */
#include "domain/base/pdf.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

/* The smallest that has what we look for: a catalog, a figure, a header of a table. */
static struct str
drawn(void)
{
	static const char *const objects[] = {"<< /Type /Catalog\n>>\n", "<< /Type /StructElem\n   /S /Figure\n>>\n",
	    "<< /Type /StructElem\n   /S /TH\n>>\n", "<< /Producer (x)\n>>\n"};
	struct buf b = buf_open(a, 1024, 65536);
	size_t at[4], table;

	buf_add(&b, STR("%PDF-1.4\n"));
	for (size_t i = 0; i < 4; i++) {
		at[i] = b.n;
		buf_printf(&b, "%zu 0 obj\n%sendobj\n", i + 1, objects[i]);
	}
	table = b.n;
	buf_add(&b, STR("xref\n0 5\n0000000000 65535 f \n"));
	for (size_t i = 0; i < 4; i++)
		buf_printf(&b, "%010zu 00000 n \n", at[i]);
	buf_printf(&b, "trailer\n<< /Size 5\n   /Root 1 0 R\n   /Info 4 0 R\n>>\nstartxref\n%zu\n%%%%EOF\n", table);
	return buf_str(&b);
}

static struct str
extended(struct str file, const struct pdf_extra *x)
{
	struct buf b = buf_open(a, 1024, 65536);

	assert_int_equal(pdf_extend(file, x, &b, NULL), OK);
	return str_printf(a, "%.*s%.*s", STR_ARG(file), STR_ARG(buf_str(&b)));
}

static bool
says(struct str text, const char *what)
{
	return memmem(text.p, text.n, what, strlen(what)) != NULL;
}

static void
language_pictures_and_headers_are_said_behind_the_file(void **state)
{
	const struct pdf_extra x = {.language = STR("es"), .figure = STR("C\xc3\xb3" "digo \xf0\x9f\x8f\x8a"), .carried_name = STR("proof.txt"),
	    .carried = STR("pool-proof-v1\n\n{\"a\":1}")};
	const struct str file = drawn(), whole = extended(file, &x);
	struct str carried;

	(void)state;
	assert_true(says(whole, "/Type /Catalog\n   /Lang (es)\n"));
	assert_true(says(whole, "/S /TH\n   /A << /O /Table /Scope /Column >>\n"));
	assert_true(says(whole, "/Alt <FEFF004300F3006400690067006F0020D83CDFCA>\n"));
	assert_true(says(whole, "/Names [ (proof.txt) 6 0 R ]") && says(whole, "trailer\n<< /Size 7\n"));
	assert_true(pdf_carried(whole, &carried) && str_eq(carried, x.carried));
	/* What was drawn is still there, byte by byte. */
	assert_memory_equal(whole.p, file.p, file.n);
}

static void
a_file_that_carries_nothing_says_so(void **state)
{
	const struct pdf_extra x = {.language = STR("en")};
	struct str carried;

	(void)state;
	assert_false(pdf_carried(extended(drawn(), &x), &carried));
	assert_false(pdf_carried(STR(""), &carried));
	assert_false(pdf_carried(STR("%PDF-1.4\n<< /Type /EmbeddedFile /Subtype /text#2Fplain /Length 999 >>\nstream\nx\nendstream"), &carried));
	assert_false(pdf_carried(STR("<< /Type /EmbeddedFile /Subtype /text#2Fplain /Length 1 >>\nstream\nx\nendstream"), &carried));
}

static void
what_is_no_pdf_is_refused_wherever_it_is_cut(void **state)
{
	const struct pdf_extra x = {.language = STR("en"), .figure = STR("x")};
	const struct str file = drawn();

	(void)state;
	for (size_t n = 0; n + 8 < file.n; n++) {
		const struct arena_mark mark = arena_mark(a);
		struct buf b = buf_open(a, 1024, 65536);
		const enum err e = pdf_extend(str_sub(file, 0, n), &x, &b, NULL);

		assert_true(e == OK || e == E_INVALID);
		arena_rewind(a, mark);
	}
	for (size_t at = 0; at < file.n; at++) { /* any byte is another: an answer, and none beyond the file */
		const struct arena_mark mark = arena_mark(a);
		struct buf b = buf_open(a, 1024, 65536);
		struct str bent = str_copy(a, file);

		((char *)(uintptr_t)bent.p)[at] ^= 5;
		assert_in_range(pdf_extend(bent, &x, &b, NULL), OK, E_INVALID);
		arena_rewind(a, mark);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(language_pictures_and_headers_are_said_behind_the_file),
		cmocka_unit_test(a_file_that_carries_nothing_says_so),
		cmocka_unit_test(what_is_no_pdf_is_refused_wherever_it_is_cut),
	};
	return cmocka_run_group_tests_name("domain/base/pdf", tests, open_arena, close_arena);
}
