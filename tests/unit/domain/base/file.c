/* tests/unit/domain/base/file.c -- what a file is, by its head alone. */
#include "domain/base/file.h"

#include "tests/unit/test.h"

static enum err
look(const char *bytes, size_t n, struct file_look *out)
{
	struct fault f = {0};

	*out = (struct file_look){0};
	return file_look((struct str){bytes, n}, out, &f);
}
#define LOOK(bytes, out) look(bytes, sizeof(bytes) - 1, out)

#define JPEG_HEAD "\xff\xd8\xff\xe0\x00\x04\x00\x00"
#define JPEG_FRAME "\xff\xc2\x00\x11\x08\x01\x90\x02\x58\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01"

static void
a_jpeg_tells_its_size_before_its_picture(void **state)
{
	struct file_look l;

	(void)state;
	assert_int_equal(LOOK(JPEG_HEAD JPEG_FRAME, &l), OK);
	assert_int_equal(l.type, FILE_JPEG);
	assert_int_equal(l.width, 600);
	assert_int_equal(l.height, 400);
	assert_int_equal(l.turn, 1);
	assert_false(l.taken_is);
	/* a scan before the frame, a segment over the end, no frame at all, no pixels */
	assert_int_equal(LOOK(JPEG_HEAD "\xff\xda\x00\x02" JPEG_FRAME, &l), E_INVALID);
	assert_int_equal(LOOK("\xff\xd8\xff\xe0\xff\xff\x00", &l), E_INVALID);
	assert_int_equal(LOOK(JPEG_HEAD, &l), E_INVALID);
	assert_int_equal(LOOK("\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x02\x58\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01", &l), E_INVALID);
	assert_int_equal(LOOK("\xff\xd8\xff\xc4\x00\x02\xff\xff\xff\xff\xc0\x00\x0b\x08\x00\x07\x00\x09\x01\x01\x11\x00", &l), OK);
	assert_int_equal(l.width, 9);
}

static void
exif_tells_which_way_is_up_and_when(void **state)
{
	struct file_look l;

	(void)state;
	assert_int_equal(LOOK("\xff\xd8\xff\xe1\x00\x50"
	                      "Exif\0\0II*\0\x08\0\0\0"
	                      "\x02\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0"
	                      "\x69\x87\x04\0\x01\0\0\0\x22\0\0\0"
	                      "\x01\0\x03\x90\x02\0\x14\0\0\0\x30\0\0\0"
	                      "2026:11:21 14:05:09\0"
	                      "\0\0\0\0" JPEG_FRAME, &l), OK);
	assert_int_equal(l.turn, 8);
	assert_true(l.taken_is);
	assert_int_equal(l.taken.year, 2026);
	assert_int_equal(l.taken.mday, 21);
	assert_int_equal(l.taken.second, 9);
	/* a folder that leads to itself, one beyond the end, a day that does not exist: passed over */
	assert_int_equal(LOOK("\xff\xd8\xff\xe1\x00\x2a"
	                      "Exif\0\0MM\0*\0\0\0\x08"
	                      "\x00\x02\x87\x69\0\x04\0\0\0\x01\0\0\0\x08"
	                      "\x01\x12\0\x03\0\0\0\x01\0\x63\0\0" JPEG_FRAME, &l), OK);
	assert_int_equal(l.turn, 1);
	assert_false(l.taken_is);
}

static void
png_and_webp_tell_theirs(void **state)
{
	struct file_look l;

	(void)state;
	assert_int_equal(LOOK("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0\0\0\0\0", &l), OK);
	assert_int_equal(l.type, FILE_PNG);
	assert_int_equal(l.width, 640);
	assert_int_equal(l.height, 480);
	assert_int_equal(LOOK("\x89PNG\r\n\x1a\n\0\0\0\x0dtEXt\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0\0\0\0\0", &l), E_INVALID);
	assert_int_equal(LOOK("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\x30\0\0\x9d\x01\x2a\x80\x02\xe0\x01", &l), OK);
	assert_int_equal(l.width, 640);
	assert_int_equal(l.height, 480);
	assert_int_equal(LOOK("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x00\0\0\0\x7f\x02\x00\xdf\x01\x00", &l), OK);
	assert_int_equal(l.height, 480);
	/* an animation is no photo */
	assert_int_equal(LOOK("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x7f\x02\x00\xdf\x01\x00", &l), E_INVALID);
}

static void
a_bomb_is_refused_by_what_it_promises(void **state)
{
	struct file_look l;

	(void)state;
	assert_int_equal(LOOK("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\x7f\xff\xff\xff\0\0\0\x01\x08\x02\0\0\0\0\0\0\0", &l), E_INVALID);
	assert_int_equal(LOOK("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x1f\x40\0\0\x1f\x40\x08\x02\0\0\0\0\0\0\0", &l), E_INVALID);
	assert_int_equal(LOOK("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0", &l), E_INVALID);
}

static void
what_nobody_keeps_is_refused(void **state)
{
	struct file_look l;

	(void)state;
	assert_int_equal(LOOK("", &l), E_INVALID);
	assert_int_equal(LOOK("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", &l), E_INVALID);
	assert_int_equal(LOOK("GIF89a", &l), E_INVALID);
	assert_int_equal(LOOK("%PDF-1.7\n", &l), OK);
	assert_string_equal(file_mime(l.type), "application/pdf");
	assert_string_equal(file_mime(FILE_JPEG), "image/jpeg");
}

static void
a_photo_is_made_smaller_and_never_larger(void **state)
{
	uint32_t w = 4000, h = 3000;

	(void)state;
	file_fit(&w, &h, 2048);
	assert_int_equal(w, 2048);
	assert_int_equal(h, 1536);
	file_fit(&w, &h, 4096);
	assert_int_equal(w, 2048);
	w = 16000, h = 2;
	file_fit(&w, &h, 480);
	assert_int_equal(h, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_jpeg_tells_its_size_before_its_picture),
		cmocka_unit_test(exif_tells_which_way_is_up_and_when),
		cmocka_unit_test(png_and_webp_tell_theirs),
		cmocka_unit_test(a_bomb_is_refused_by_what_it_promises),
		cmocka_unit_test(what_nobody_keeps_is_refused),
		cmocka_unit_test(a_photo_is_made_smaller_and_never_larger),
	};

	return cmocka_run_group_tests_name("domain/base/file", tests, NULL, NULL);
}
