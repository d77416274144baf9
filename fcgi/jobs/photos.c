/*
 * fcgi/jobs/photos.c -- the job "photo": what came in is decoded, turned the right way up, made no larger than
 * needed, and written anew. What was hidden in the file, and where it was taken, is not written. The one door
 * of libgd; file_look has bounded the pixels before it sees a byte.
 *
 * Done outside of any transaction. The raw file goes last: whoever dies before has lost nothing, whoever dies
 * behind it finds the photo made.
 */
#include <dirent.h>
#include <fcntl.h>
#include <gd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/acts/files.h"
#include "fcgi/acts/tell.h"
#include "fcgi/jobs/list.h"
#include "tenancy/files.h"

#define LARGE 2048 /* pixels of the longest side */
#define SMALL 480
#define QUALITY 84
#define QUALITY_SMALL 76

/* From prepare to settle. raw.p is NULL: there is nothing to do. */
struct parcel {
	uint64_t id;
	struct str raw, large, small;
	struct file_look look;
	uint32_t bytes, width, height;
	bool refused; /* it is no picture after all: the sender's matter, the row says so and the job is done */
};

static enum err made(struct parcel *p, struct fault *f);
static bool mapped(const char *path, struct str *out);
static enum err draw(struct parcel *p, struct str raw, struct fault *f);
static gdImagePtr decode(enum file_type t, struct str raw);
static gdImagePtr fitted(gdImagePtr from, uint32_t side);
static gdImagePtr turned(gdImagePtr from, unsigned turn);
static bool written(gdImagePtr im, const char *path, int quality);
static enum err refuse(struct fault *f);
static void silent(int priority, const char *format, va_list args);

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);
	struct photo_order order;
	struct file_row row;
	enum err e;

	TRY(shape_read(&photo_order_shape, t->payload, w->arena, &order, &w->fault));
	*parcel = p;
	e = act_file_one(w, order.file_id, &row);
	if (tell_absent(w, e) || (e == OK && row.state != FILE_RAW))
		return OK;
	TRY(e);
	p->id = row.id;
	p->raw = files_path(w, row.id, FILE_ENDING_RAW);
	p->large = files_path(w, row.id, FILE_ENDING_PHOTO);
	p->small = files_path(w, row.id, FILE_ENDING_SMALL);
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	struct str raw;
	enum err e;

	(void)a, (void)c, (void)t;
	if (p->raw.p == NULL)
		return OK;
	if (mapped(p->raw.p, &raw)) {
		e = draw(p, raw, f);
		munmap((void *)(uintptr_t)raw.p, raw.n);
	} else {
		e = made(p, f);
	}
	p->refused = e == E_INVALID;
	if (p->refused)
		*f = (struct fault){0};
	return p->refused ? OK : e;
}

/* made -- by somebody who could not say so any more */
static enum err
made(struct parcel *p, struct fault *f)
{
	struct stat st;
	struct str jpeg;
	enum err e;

	if (stat(p->small.p, &st) != 0 || !mapped(p->large.p, &jpeg))
		return refuse(f);
	e = file_look(jpeg, &p->look, f);
	p->bytes = (uint32_t)jpeg.n;
	p->width = p->look.width;
	p->height = p->look.height;
	munmap((void *)(uintptr_t)jpeg.p, jpeg.n);
	return e;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;

	(void)t;
	if (p->raw.p == NULL || sent != OK)
		return OK;
	TRY(act_photo_settle(w, p->id, !p->refused, p->bytes, p->width, p->height));
	unlink(p->raw.p);
	return OK;
}

static enum err
draw(struct parcel *p, struct str raw, struct fault *f)
{
	gdImagePtr im, large, upright, small;
	struct stat st;
	bool ok;

	gdSetErrorMethod(silent);
	TRY(file_look(raw, &p->look, f));
	im = decode(p->look.type, raw);
	if (im == NULL || (uint64_t)gdImageSX(im) * (uint64_t)gdImageSY(im) > FILE_PIXELS_MAX) {
		if (im != NULL)
			gdImageDestroy(im);
		return refuse(f);
	}
	large = fitted(im, LARGE);
	gdImageDestroy(im);
	upright = large == NULL ? NULL : turned(large, p->look.turn);
	small = upright == NULL ? NULL : fitted(upright, SMALL);
	ok = small != NULL && written(small, p->small.p, QUALITY_SMALL) && written(upright, p->large.p, QUALITY) &&
	    stat(p->large.p, &st) == 0;
	if (ok) {
		p->width = (uint32_t)gdImageSX(upright);
		p->height = (uint32_t)gdImageSY(upright);
		p->bytes = (uint32_t)st.st_size;
	}
	if (small != NULL)
		gdImageDestroy(small);
	if (upright != NULL)
		gdImageDestroy(upright);
	if (large != NULL && large != upright)
		gdImageDestroy(large);
	return ok ? OK : fail(f, E_AWAY, "file", "The file cannot be kept right now. Please try again in a moment.");
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

static bool
mapped(const char *path, struct str *out)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	void *p = MAP_FAILED;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && st.st_size > 0 && st.st_size <= FILE_BYTES_MAX)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return false;
	*out = (struct str){p, (size_t)st.st_size};
	return true;
}

static enum err
refuse(struct fault *f)
{
	return fail(f, E_INVALID, "file", "This picture is damaged.");
}

/* The library writes to stderr otherwise, and what it says is about somebody's photo. */
static void
silent(int priority, const char *format, va_list args)
{
	(void)priority, (void)format, (void)args;
}

const struct job job_photo = {
	.kind = "photo",
	.tries = 5,
	.backoff_s = 60,
	.lease_s = 120, /* forty million pixels on a busy machine */
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Draw a photo anew: upright, without what it told of the camera, and a small one.",
};

/* ---- what has no row ---- */

#define SWEEP_BATCH 200
#define SWEEP_AGE_S 86400

static enum err
sweep_some(struct work *w, const char *dir, char found[][64], uint64_t *id, size_t n)
{
	uint64_t unknown[SWEEP_BATCH];
	size_t left = n;

	memcpy(unknown, id, n * sizeof(*id));
	TRY(act_files_unknown(w, unknown, &left));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < left; k++)
			if (id[i] == unknown[k]) {
				unlink(str_printf(w->arena, "%s/%s", dir, found[i]).p);
				break;
			}
	return OK;
}

/* Bytes of works that were rolled back, older than a day; and parts of writes that were cut short. */
static enum err
sweep(struct work *w, const struct ticket *t)
{
	struct str path = files_dir(w->arena, w->house->config, str_of(w->tenant->schema));
	char found[SWEEP_BATCH][64];
	uint64_t id[SWEEP_BATCH];
	DIR *dir = opendir(path.p);
	struct dirent *d;
	enum err e = OK;
	size_t n = 0;

	(void)t;
	while (dir != NULL && e == OK && (d = readdir(dir)) != NULL) {
		struct str name = str_of(d->d_name[0] == '.' ? d->d_name + 1 : d->d_name);
		struct stat st;

		if (strlen(d->d_name) >= sizeof(found[0]) || !file_id(name, &id[n]) ||
		    fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || w->now - st.st_mtime < SWEEP_AGE_S)
			continue;
		if (d->d_name[0] == '.' || str_ends(name, STR(".part"))) {
			unlinkat(dirfd(dir), d->d_name, 0);
			continue;
		}
		memcpy(found[n++], d->d_name, strlen(d->d_name) + 1);
		if (n == SWEEP_BATCH) {
			e = sweep_some(w, path.p, found, id, n);
			n = 0;
		}
	}
	if (e == OK && n > 0)
		e = sweep_some(w, path.p, found, id, n);
	if (dir != NULL)
		closedir(dir);
	return e;
}

const struct job job_photo_sweep = {
	.kind = "photo_sweep",
	.tries = 3,
	.backoff_s = 600,
	.at_local = "03:50",
	.run = sweep,
	.help = "Take away bytes of photos and files that no row speaks of.",
};
