/*
 * tests/unit/tenancy/tar.c -- the archive's format: what we write we read, others read it too, and
 * what could leave its folder is refused.
 */
#include "tenancy/tar.h"

#include <unistd.h>

#include "tests/unit/test.h"

static char folder[] = "/tmp/poolhouse-tar-XXXXXX";
static char path[64], other[64];

static int
open_folder(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/a.tar", folder);
	snprintf(other, sizeof other, "%s/b.tar", folder);
	return 0;
}

static int
close_folder(void **state)
{
	(void)state;
	unlink(path);
	unlink(other);
	return rmdir(folder);
}

static void
member(struct tar_out *t, const char *name, const char *text)
{
	tar_member(t, name, 1700000000);
	tar_write(t, str_of(text));
	tar_member_end(t);
}

static void
what_was_written_is_read_back(void **state)
{
	static const char longest[] =
	    "files/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbb"
	    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/c.jpg";
	struct arena *a = arena_open(65536, 1024 * 1024, NULL);
	struct buf line = buf_open(a, 64, 1000);
	struct tar_out out;
	struct tar_in in;
	char five[5];

	(void)state;
	assert_true(tar_create(&out, path));
	member(&out, "one.txt", "first\n\nthird");
	member(&out, "empty", "");
	tar_member(&out, longest, 0);
	for (int i = 0; i < 1000; i++)
		tar_write(&out, STR("0123456789"));
	tar_member_end(&out);
	assert_true(tar_close(&out));

	assert_true(tar_open(&in, path));
	for (int round = 0; round < 2; round++) {
		assert_int_equal(tar_next(&in), TAR_MEMBER);
		assert_string_equal(in.name, "one.txt");
		assert_true(tar_line(&in, &line) && str_eq(buf_str(&line), STR("first")));
		assert_true(tar_line(&in, &line) && str_eq(buf_str(&line), STR("")));
		assert_true(tar_line(&in, &line) && str_eq(buf_str(&line), STR("third")));
		assert_false(tar_line(&in, &line));
		assert_int_equal(tar_next(&in), TAR_MEMBER);
		assert_int_equal(in.size, 0);
		assert_int_equal(tar_next(&in), TAR_MEMBER);
		assert_string_equal(in.name, longest);
		assert_int_equal(in.size, 10000);
		assert_int_equal(tar_read(&in, five, sizeof five), 5);
		/* What is left of it is skipped. */
		assert_int_equal(tar_next(&in), TAR_END);
		assert_true(tar_rewind(&in));
	}
	tar_shut(&in);
	arena_close(a);
}

static void
a_cut_archive_is_damaged_at_any_length(void **state)
{
	struct tar_out out;
	struct tar_in in;
	off_t whole;

	(void)state;
	assert_true(tar_create(&out, path));
	member(&out, "a", "some text");
	member(&out, "b", "more of it");
	assert_true(tar_close(&out));
	FILE *f = fopen(path, "rb+");
	assert_non_null(f);
	fseeko(f, 0, SEEK_END);
	whole = ftello(f);
	assert_int_equal(whole, 2 * 1024 + 1024);
	/* The end is one block of zeros: from there on nothing is missed. */
	for (off_t n = 2 * 1024 + 511; n >= 0; n -= 37) {
		enum tar_step s;

		assert_int_equal(ftruncate(fileno(f), n), 0);
		assert_true(tar_open(&in, path));
		while ((s = tar_next(&in)) == TAR_MEMBER)
			continue;
		assert_int_equal(s, TAR_BAD);
		tar_shut(&in);
	}
	fclose(f);
}

/* One header of our own making around a name and a type that our writer would not write. */
static enum tar_step
read_one(const char *name, char type)
{
	unsigned char h[512] = {0};
	static const char zeros[1024];
	unsigned sum = 0;
	struct tar_in in;
	enum tar_step s;
	FILE *f = fopen(other, "wb");

	memcpy(h, name, strlen(name) < 100 ? strlen(name) : 100);
	memcpy(h + 100, "0000644", 8);
	memcpy(h + 124, "00000000000", 12);
	memcpy(h + 136, "00000000000", 12);
	memset(h + 148, ' ', 8);
	h[156] = (unsigned char)type;
	memcpy(h + 257, "ustar\00000", 8);
	for (size_t i = 0; i < sizeof h; i++)
		sum += h[i];
	snprintf((char *)h + 148, 8, "%06o", sum);
	assert_non_null(f);
	fwrite(h, 1, sizeof h, f);
	fwrite(zeros, 1, sizeof zeros, f);
	fclose(f);
	assert_true(tar_open(&in, other));
	s = tar_next(&in);
	tar_shut(&in);
	return s;
}

static void
names_that_leave_the_folder_are_refused(void **state)
{
	static const char *const bad[] = {"/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/",
	    "a/.hidden", ".x", "a\\b", "a b", "-\n", "caf\xc3\xa9"};

	(void)state;
	assert_int_equal(read_one("files/2026/a-b_c.1.jpg", '0'), TAR_MEMBER);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (read_one(bad[i], '0') != TAR_BAD)
			fail_msg("%s is taken", bad[i]);
	for (const char *type = "12346gxL"; *type != '\0'; type++)
		if (read_one("a", *type) != TAR_BAD)
			fail_msg("type %c is taken", *type);
	/* A folder of its own is nothing to read: what follows it is. */
	assert_int_equal(read_one("folder/", '5'), TAR_END);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_written_is_read_back),
	    cmocka_unit_test(a_cut_archive_is_damaged_at_any_length),
	    cmocka_unit_test(names_that_leave_the_folder_are_refused),
	};

	return cmocka_run_group_tests_name("tenancy/tar", tests, open_folder, close_folder);
}
