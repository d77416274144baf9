/*
 * fcgi/jobs/photos.c -- the job "photo": what came in is drawn anew by the press (fcgi/press/photo.c), in two sizes.
 *
 * Done outside of any transaction. The raw file goes last: whoever dies before has lost nothing, whoever dies
 * behind it finds the photo made.
 */
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/acts/files.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/jobs/list.h"
#include "fcgi/jobs/press.h"
#include "tenancy/files.h"
#include "tenancy/pieces.h"

/* From prepare to settle. raw.p is NULL: there is nothing to do. */
struct parcel {
	uint64_t id, staff_id;
	struct str raw, large, small;
	uint32_t bytes, width, height;
	uint8_t digest[PROOF_HASH_BYTES]; /* of the picture as it is served: a sealed record names it so */
	bool refused; /* it is no picture after all: the sender's matter, the row says so and the job is done */
};

static enum err pressed(struct parcel *p, int raw, const struct config *c, struct arena *a, struct fault *f);
static enum err made(struct parcel *p, struct fault *f);
static bool mapped(const char *path, struct str *out);

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
	p->staff_id = row.staff_id;
	p->raw = files_path(w, row.id, FILE_ENDING_RAW);
	p->large = files_path(w, row.id, FILE_ENDING_PHOTO);
	p->small = files_path(w, row.id, FILE_ENDING_SMALL);
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	enum err e;
	int raw;

	(void)t;
	if (p->raw.p == NULL)
		return OK;
	raw = open(p->raw.p, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (raw >= 0) {
		e = pressed(p, raw, c, a, f);
		close(raw);
	} else {
		e = made(p, f);
	}
	p->refused = e == E_INVALID;
	if (p->refused)
		*f = (struct fault){0};
	return p->refused ? OK : e;
}

static enum err
pressed(struct parcel *p, int raw, const struct config *c, struct arena *a, struct fault *f)
{
	const char *const words[] = {"photo", p->large.p, p->small.p, NULL};
	struct str said, one;
	uint64_t width, height, bytes;

	TRY(press(c, words, raw, a, &said, f));
	one = str_cut(str_trim(said), ' ', &said);
	if (!str_u64(one, &width) || !str_u64(str_cut(said, ' ', &said), &height) || !str_u64(said, &bytes))
		return fail(f, E_BUG, "file", "The press has said nothing.");
	p->width = (uint32_t)width;
	p->height = (uint32_t)height;
	p->bytes = (uint32_t)bytes;
	if (!mapped(p->large.p, &one))
		return fail(f, E_AWAY, "file", "The file cannot be kept right now. Please try again in a moment.");
	hash64(one.p, one.n, p->digest);
	munmap((void *)(uintptr_t)one.p, one.n);
	return OK;
}

/* made -- by somebody who could not say so any more */
static enum err
made(struct parcel *p, struct fault *f)
{
	struct file_look look;
	struct stat st;
	struct str jpeg;
	enum err e;

	if (stat(p->small.p, &st) != 0 || !mapped(p->large.p, &jpeg))
		return fail(f, E_INVALID, "file", "This picture is damaged.");
	e = file_look(jpeg, &look, f);
	if (e == OK) {
		p->bytes = (uint32_t)jpeg.n;
		p->width = look.width;
		p->height = look.height;
		hash64(jpeg.p, jpeg.n, p->digest);
	}
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
	TRY(act_photo_settle(w, p->id, !p->refused, p->bytes, p->width, p->height, p->digest));
	unlink(p->raw.p);
	pieces_drop(w, p->id, p->staff_id);
	return OK;
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

#define SWEEP_BATCH FILES_UNKNOWN_MAX
#define SWEEP_AGE_S 86400
#define SWEEP_MAIL_S (30 * 86400)
#define SWEEP_PIECES_S (3 * 86400) /* a phone that had no signal over a weekend goes on */

static enum err
sweep_some(struct work *w, const char *dir, char found[][64], uint64_t *id, size_t n)
{
	uint64_t unknown[SWEEP_BATCH];
	size_t left = n;

	memcpy(unknown, id, n * sizeof(*id));
	TRY(files_unknown(w, unknown, &left));
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
	pieces_sweep(w, w->now - SWEEP_PIECES_S);
	while (dir != NULL && e == OK && (d = readdir(dir)) != NULL) {
		struct str name = str_of(d->d_name[0] == '.' ? d->d_name + 1 : d->d_name);
		struct stat st;

		/* A mail waits for its job, which may be parked. */
		if (str_ends(name, STR(".eml")) && fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    w->now - st.st_mtime < SWEEP_MAIL_S)
			continue;
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
