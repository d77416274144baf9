#include "tenancy/files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/id.h"
#include "sql/tenant/queries/files.h"

static bool folder_make(const char *path);

struct str
files_dir(struct arena *a, const struct config *c, struct str schema)
{
	return str_printf(a, "%s/files/%.*s", c->data_dir, STR_ARG(schema));
}

struct str
file_name(struct arena *a, uint64_t id, const char *ending)
{
	char letters[ID_LETTERS + 1];

	id_write(id, letters);
	return str_printf(a, "%s.%s", letters, ending);
}

struct str
files_path(struct work *w, uint64_t id, const char *ending)
{
	struct str dir = files_dir(w->arena, w->house->config, str_of(w->tenant->schema));

	return str_printf(w->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(file_name(w->arena, id, ending)));
}

bool
file_id(struct str name, uint64_t *id)
{
	return name.n > ID_LETTERS + 1 && name.p[ID_LETTERS] == '.' && id_read(str_sub(name, 0, ID_LETTERS), id);
}

/* The group is let in: nginx reads what lies here, the operator's desk takes it away with the company. */
enum err
files_keep(struct work *w, uint64_t id, const char *ending, struct str bytes)
{
	struct str path = files_path(w, id, ending);
	struct str dir = files_dir(w->arena, w->house->config, str_of(w->tenant->schema));
	char own[ID_LETTERS + 1]; /* two that keep the same file at once write beside one another */
	struct str part;
	int fd, folder;
	bool kept;

	TRY(files_folder(w, &dir));
	id_write(work_id(w), own);
	part = str_printf(w->arena, "%s/.%s.%s", dir.p, path.p + dir.n + 1, own);
	fd = open(part.p, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640);
	kept = fd >= 0 && fchmod(fd, 0640) == 0 && files_write(fd, bytes) && fsync(fd) == 0;
	if (fd >= 0 && close(fd) != 0)
		kept = false;
	kept = kept && rename(part.p, path.p) == 0;
	folder = kept ? open(dir.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	kept = folder >= 0 && fsync(folder) == 0;
	if (folder >= 0)
		close(folder);
	if (!kept)
		unlink(part.p);
	return kept ? OK
	            : fail(&w->fault, E_AWAY, "file", "The file cannot be kept right now. Please try again in a moment.");
}

enum err
files_folder(struct work *w, struct str *out)
{
	const struct config *c = w->house->config;
	struct str dir = files_dir(w->arena, c, str_of(w->tenant->schema));

	if (!folder_make(str_printf(w->arena, "%s/files", c->data_dir).p) || !folder_make(dir.p))
		return fail(&w->fault, E_AWAY, "file", "The file cannot be kept right now. Please try again in a moment.");
	*out = dir;
	return OK;
}

enum err
files_read(struct work *w, uint64_t id, const char *ending, struct str *out)
{
	return files_read_path(w, files_path(w, id, ending), out);
}

enum err
files_read_path(struct work *w, struct str path, struct str *out)
{
	const int fd = open(path.p, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	size_t n = 0;
	char *p;

	*out = STR_NONE;
	if (fd < 0)
		return errno == ENOENT ? OK : fail(&w->fault, E_AWAY, "file", "The file cannot be read right now. Please try again in a moment.");
	if (fstat(fd, &st) != 0 || st.st_size > FILES_READ_MAX) {
		close(fd);
		return fail(&w->fault, E_LIMIT, "file", "This file is too large.");
	}
	p = arena_array(w->arena, char, (size_t)st.st_size + 1);
	while (n < (size_t)st.st_size) {
		const ssize_t more = read(fd, p + n, (size_t)st.st_size - n);

		if (more <= 0)
			break;
		n += (size_t)more;
	}
	close(fd);
	*out = (struct str){p, n};
	return OK;
}

static bool
folder_make(const char *path)
{
	if (mkdir(path, 0770) == 0)
		return chmod(path, 0770) == 0;
	return errno == EEXIST;
}

bool
files_write(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_sub(bytes, (size_t)n, bytes.n);
	}
	return true;
}

enum err
files_unknown(struct work *w, uint64_t *id, size_t *n)
{
	struct buf ids = buf_open(w->arena, 4096, 65536);
	struct file_id_row *known;
	size_t known_n, left = 0;

	if (*n == 0)
		return OK;
	for (size_t i = 0; i < *n; i++)
		buf_printf(&ids, "%s%llu", i == 0 ? "[" : ",", (unsigned long long)id[i]);
	buf_add(&ids, STR("]"));
	TRY(sql_files_known(w->db, buf_str(&ids), w->arena, &known, &known_n));
	for (size_t i = 0; i < *n; i++) {
		size_t k = 0;

		while (k < known_n && known[k].id != id[i])
			k++;
		if (k == known_n)
			id[left++] = id[i];
	}
	*n = left;
	return OK;
}
