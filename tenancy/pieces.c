#include "tenancy/pieces.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/id.h"
#include "tenancy/files.h"

_Static_assert(PIECED_MAX <= FILES_READ_MAX, "what was sent in pieces can be read");

static struct str folder_of(struct work *w);
static struct str path_of(struct work *w, uint64_t id, uint64_t whose);
static enum err away(struct work *w);
static enum err room(struct work *w, uint64_t whose);
static bool appended(int fd, uint32_t at, struct str bytes, uint32_t *here);

enum err
pieces_here(struct work *w, uint64_t id, uint64_t whose, uint32_t *here)
{
	struct stat st;

	*here = 0;
	if (lstat(path_of(w, id, whose).p, &st) != 0)
		return errno == ENOENT ? OK : away(w);
	*here = (uint32_t)st.st_size;
	return OK;
}

enum err
pieces_add(struct work *w, uint64_t id, uint64_t whose, uint32_t at, struct str bytes, uint32_t *here)
{
	struct str folder, path = path_of(w, id, whose);
	bool good;
	int fd;

	TRY(pieces_here(w, id, whose, here));
	if (*here != at)
		return OK;
	if (at == 0) {
		TRY(files_folder(w, &folder));
		if (mkdir(folder_of(w).p, 0770) != 0 && errno != EEXIST)
			return away(w);
		TRY(room(w, whose));
	}
	fd = open(path.p, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0640);
	if (fd < 0)
		return away(w);
	good = flock(fd, LOCK_EX) == 0 && appended(fd, at, bytes, here);
	close(fd);
	return good ? OK : away(w);
}

/* Under the lock: whoever was faster has added it. A write that was cut short leaves a beginning, from which the phone goes on. */
static bool
appended(int fd, uint32_t at, struct str bytes, uint32_t *here)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return false;
	*here = (uint32_t)st.st_size;
	if (*here != at)
		return true;
	if (lseek(fd, (off_t)at, SEEK_SET) != (off_t)at || !files_write(fd, bytes))
		return false;
	*here += (uint32_t)bytes.n;
	return true;
}

/*
 * Before another one is begun. What is whole has its row, and waits here only to be drawn: it is none of those any more. Two that
 * begin at once may be one more than that: the ceiling is of the disk, not of a right.
 */
static enum err
room(struct work *w, uint64_t whose)
{
	DIR *dir = opendir(folder_of(w).p);
	uint64_t some[FILES_UNKNOWN_MAX], own[FILES_UNKNOWN_MAX];
	size_t some_n = 0, own_n = 0, all_begun = 0, own_begun = 0;
	char letters[ID_LETTERS + 1];
	struct dirent *d = NULL;
	enum err e = OK;

	if (dir == NULL)
		return away(w);
	id_write(whose, letters);
	do {
		d = readdir(dir);
		if (d != NULL && file_id(str_of(d->d_name), &some[some_n])) {
			if (str_ends(str_of(d->d_name), str_of(letters)))
				own[own_n++] = some[some_n];
			some_n++;
		}
		/* Too few names are too few photos, whatever they are of. */
		if (d == NULL && all_begun + some_n < PIECED_OF_COMPANY && own_begun + own_n < PIECED_OF_PERSON)
			break;
		if (d == NULL || some_n == FILES_UNKNOWN_MAX) {
			e = files_unknown(w, some, &some_n);
			if (e == OK)
				e = files_unknown(w, own, &own_n);
			all_begun += some_n;
			own_begun += own_n;
			some_n = own_n = 0;
		}
	} while (e == OK && d != NULL);
	closedir(dir);
	TRY(e);
	if (own_begun >= PIECED_OF_PERSON || all_begun >= PIECED_OF_COMPANY)
		return fail(&w->fault, E_LIMIT, "file", "Too many photos were begun and never finished. Please try again later.");
	return OK;
}

enum err
pieces_read(struct work *w, uint64_t id, uint64_t whose, struct str *out)
{
	return files_read_path(w, path_of(w, id, whose), out);
}

void
pieces_drop(struct work *w, uint64_t id, uint64_t whose)
{
	unlink(path_of(w, id, whose).p);
}

void
pieces_sweep(struct work *w, int64_t before)
{
	DIR *dir = opendir(folder_of(w).p);
	struct dirent *d;
	struct stat st;

	while (dir != NULL && (d = readdir(dir)) != NULL)
		if (d->d_name[0] != '.' && fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_mtime < before)
			unlinkat(dirfd(dir), d->d_name, 0);
	if (dir != NULL)
		closedir(dir);
}

static struct str
folder_of(struct work *w)
{
	return str_printf(w->arena, "%s/.pieces", files_dir(w->arena, w->house->config, str_of(w->tenant->schema)).p);
}

static struct str
path_of(struct work *w, uint64_t id, uint64_t whose)
{
	char letters[ID_LETTERS + 1];

	id_write(whose, letters);
	return str_printf(w->arena, "%s/%s", folder_of(w).p, file_name(w->arena, id, letters).p);
}

static enum err
away(struct work *w)
{
	return fail(&w->fault, E_AWAY, "file", "The file cannot be kept right now. Please try again in a moment.");
}
