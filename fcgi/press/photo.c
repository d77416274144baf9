/*
 * fcgi/press/photo.c -- a photo is decoded, turned the right way up, made no larger than needed, and written anew. What
 * was hidden in the file, and where it was taken, is not written. The one door of libgd; file_look has bounded the
 * pixels before it sees a byte.
 */
#include <gd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/file.h"
#include "fcgi/press/press.h"

#define LARGE 2048 /* pixels of the longest side */
#define SMALL 480
#define QUALITY 84
#define QUALITY_SMALL 76

static bool taken_in(struct str *out);
static gdImagePtr decode(enum file_type t, struct str raw);
static bool drawn(gdImagePtr im, unsigned turn, const char *to_large, const char *to_small);
static gdImagePtr fitted(gdImagePtr from, uint32_t side);
static gdImagePtr turned(gdImagePtr from, unsigned turn);
static bool written(gdImagePtr im, const char *path, int quality);
static void silent(int priority, const char *format, va_list args);

int
photo_main(const char *large, const char *small)
{
	struct file_look look;
	struct str raw;
	gdImagePtr im;

	gdSetErrorMethod(silent);
	if (!taken_in(&raw))
		return PRESS_FAILED;
	if (file_look(raw, &look, NULL) != OK)
		return PRESS_DAMAGED;
	im = decode(look.type, raw);
	if (im == NULL || (uint64_t)gdImageSX(im) * (uint64_t)gdImageSY(im) > FILE_PIXELS_MAX)
		return PRESS_DAMAGED;
	return drawn(im, look.turn, large, small) ? PRESS_MADE : PRESS_FAILED;
}

static bool
taken_in(struct str *out)
{
	struct stat st;
	void *p;

	if (fstat(STDIN_FILENO, &st) != 0 || st.st_size <= 0 || st.st_size > FILE_BYTES_MAX)
		return false;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (p == MAP_FAILED)
		return false;
	*out = (struct str){p, (size_t)st.st_size};
	return true;
}

static gdImagePtr
decode(enum file_type t, struct str raw)
{
	void *p = (void *)(uintptr_t)raw.p;

	switch (t) {
	case FILE_JPEG:
		return gdImageCreateFromJpegPtrEx((int)raw.n, p, 1);
	case FILE_PNG:
		return gdImageCreateFromPngPtr((int)raw.n, p);
	case FILE_WEBP:
		return gdImageCreateFromWebpPtr((int)raw.n, p);
	default:
		return NULL;
	}
}

static bool
drawn(gdImagePtr im, unsigned turn, const char *to_large, const char *to_small)
{
	gdImagePtr large = fitted(im, LARGE), upright, small;
	struct stat st;

	gdImageDestroy(im);
	upright = large == NULL ? NULL : turned(large, turn);
	small = upright == NULL ? NULL : fitted(upright, SMALL);
	return small != NULL && written(small, to_small, QUALITY_SMALL) && written(upright, to_large, QUALITY) &&
	    stat(to_large, &st) == 0 &&
	    printf("%d %d %lld\n", gdImageSX(upright), gdImageSY(upright), (long long)st.st_size) > 0 && fflush(stdout) == 0;
}

/* On white: what is transparent would be black. */
static gdImagePtr
fitted(gdImagePtr from, uint32_t side)
{
	uint32_t width = (uint32_t)gdImageSX(from), height = (uint32_t)gdImageSY(from);
	gdImagePtr to;

	file_fit(&width, &height, side);
	to = gdImageCreateTrueColor((int)width, (int)height);
	if (to == NULL)
		return NULL;
	gdImageFilledRectangle(to, 0, 0, (int)width - 1, (int)height - 1, gdTrueColor(255, 255, 255));
	gdImageAlphaBlending(to, 1);
	gdImageCopyResampled(to, from, 0, 0, 0, 0, (int)width, (int)height, gdImageSX(from), gdImageSY(from));
	return to;
}

/* EXIF's eight ways to hold a camera; 5 to 8 lie on their side. */
static gdImagePtr
turned(gdImagePtr from, unsigned turn)
{
	int w = gdImageSX(from), h = gdImageSY(from);
	gdImagePtr to;

	if (turn <= 1)
		return from;
	to = turn >= 5 ? gdImageCreateTrueColor(h, w) : gdImageCreateTrueColor(w, h);
	for (int y = 0; to != NULL && y < h; y++)
		for (int x = 0; x < w; x++) {
			const int at[9][2] = {{x, y}, {x, y}, {w - 1 - x, y}, {w - 1 - x, h - 1 - y}, {x, h - 1 - y}, {y, x},
			    {h - 1 - y, x}, {h - 1 - y, w - 1 - x}, {y, w - 1 - x}};

			gdImageTrueColorPixel(to, at[turn][0], at[turn][1]) = gdImageTrueColorPixel(from, x, y);
		}
	return to;
}

/* Beside its place and moved, so that nobody is ever shown half a photo. */
static bool
written(gdImagePtr im, const char *path, int quality)
{
	char part[4096];
	FILE *to;
	bool ok;

	if (snprintf(part, sizeof(part), "%s.part", path) >= (int)sizeof(part))
		return false;
	to = fopen(part, "wbe");
	if (to == NULL)
		return false;
	gdImageInterlace(im, 1);
	gdImageJpeg(im, to, quality);
	ok = ferror(to) == 0 && fflush(to) == 0 && fchmod(fileno(to), 0640) == 0 && fsync(fileno(to)) == 0;
	if (fclose(to) != 0 || !ok || rename(part, path) != 0) {
		unlink(part);
		return false;
	}
	return true;
}

/* The library writes to stderr otherwise, and what it says is about somebody's photo. */
static void
silent(int priority, const char *format, va_list args)
{
	(void)priority, (void)format, (void)args;
}
