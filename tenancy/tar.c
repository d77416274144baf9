/*
 * tenancy/tar.c -- ustar: 512-byte headers, octal numbers, a checksum.
 */
#include "tenancy/tar.h"

#include <fcntl.h>
#include <unistd.h>

#define BLOCK 512

/* The header, as POSIX.1-1988 draws it. */
struct head {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100];
	char magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], rest[12];
};
_Static_assert(sizeof(struct head) == BLOCK, "a header is one block");

static bool head_fill(struct head *h, const struct tar_out *t);
static unsigned head_sum(const struct head *h);
static bool octal(const char *p, size_t n, uint64_t *out);
static bool name_join(const struct head *h, char out[TAR_NAME_MAX + 1]);
static bool skip(FILE *f, uint64_t n);

bool
tar_create(struct tar_out *t, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	*t = (struct tar_out){.head = -1};
	t->file = fd < 0 ? NULL : fdopen(fd, "wb");
	if (t->file == NULL && fd >= 0)
		close(fd);
	t->bad = t->file == NULL;
	return !t->bad;
}

void
tar_member(struct tar_out *t, const char *name, int64_t mtime)
{
	static const char blank[BLOCK];

	if (t->bad)
		return;
	t->head = ftello(t->file);
	t->size = 0;
	t->mtime = mtime;
	t->bad = snprintf(t->name, sizeof t->name, "%s", name) >= (int)sizeof t->name ||
		 t->head < 0 || fwrite(blank, 1, BLOCK, t->file) != BLOCK;
}

void
tar_write(struct tar_out *t, struct str bytes)
{
	if (t->bad || bytes.n == 0)
		return;
	t->size += bytes.n;
	t->bad = t->head < 0 || t->size > TAR_MEMBER_MAX ||
		 fwrite(bytes.p, 1, bytes.n, t->file) != bytes.n;
}

void
tar_member_end(struct tar_out *t)
{
	static const char blank[BLOCK];
	struct head h = {0};
	size_t pad = (BLOCK - t->size % BLOCK) % BLOCK;

	if (t->bad)
		return;
	t->bad = !head_fill(&h, t) || fwrite(blank, 1, pad, t->file) != pad ||
		 fseeko(t->file, t->head, SEEK_SET) != 0 ||
		 fwrite(&h, 1, sizeof h, t->file) != sizeof h || fseeko(t->file, 0, SEEK_END) != 0;
	t->head = -1;
}

bool
tar_close(struct tar_out *t)
{
	static const char blank[2 * BLOCK];
	bool good;

	if (t->file == NULL)
		return false;
	good = !t->bad && t->head < 0 && fwrite(blank, 1, sizeof blank, t->file) == sizeof blank &&
	       fflush(t->file) == 0 && fsync(fileno(t->file)) == 0;
	good = fclose(t->file) == 0 && good;
	t->file = NULL;
	return good;
}

static bool
head_fill(struct head *h, const struct tar_out *t)
{
	size_t n = strlen(t->name), cut = 0;

	/* A long name is split at a '/', so that both halves fit. */
	if (n > sizeof h->name) {
		for (cut = n - sizeof h->name - 1; cut < n && t->name[cut] != '/'; cut++)
			continue;
		if (cut >= n || cut > sizeof h->prefix || cut == 0)
			return false;
		memcpy(h->prefix, t->name, cut);
		cut++;
	}
	memcpy(h->name, t->name + cut, n - cut);
	memcpy(h->mode, "0000600", 8);
	memcpy(h->uid, "0000000", 8);
	memcpy(h->gid, "0000000", 8);
	snprintf(h->size, sizeof h->size, "%011llo", (unsigned long long)t->size);
	snprintf(h->mtime, sizeof h->mtime, "%011llo",
	    (unsigned long long)(t->mtime > 0 ? t->mtime : 0) & 077777777777);
	h->type = '0';
	memcpy(h->magic, "ustar", 6);
	memcpy(h->version, "00", 2);
	snprintf(h->sum, sizeof h->sum, "%06o", head_sum(h));
	h->sum[7] = ' ';
	return true;
}

static unsigned
head_sum(const struct head *h)
{
	const unsigned char *p = (const unsigned char *)h;
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof *h; i++) {
		bool in_sum = i >= offsetof(struct head, sum) &&
			      i < offsetof(struct head, sum) + sizeof h->sum;

		sum += in_sum ? ' ' : p[i];
	}
	return sum;
}

bool
tar_open(struct tar_in *t, const char *path)
{
	*t = (struct tar_in){.file = fopen(path, "rbe")};
	return t->file != NULL;
}

void
tar_shut(struct tar_in *t)
{
	if (t->file != NULL)
		fclose(t->file);
	t->file = NULL;
}

bool
tar_rewind(struct tar_in *t)
{
	t->left = 0;
	t->pad = 0;
	return fseeko(t->file, 0, SEEK_SET) == 0;
}

enum tar_step
tar_next(struct tar_in *t)
{
	static const char blank[BLOCK];
	struct head h;
	uint64_t sum;

	for (;;) {
		if (!skip(t->file, t->left + t->pad) || fread(&h, 1, BLOCK, t->file) != BLOCK)
			return TAR_BAD;
		t->left = t->pad = 0;
		if (memcmp(&h, blank, BLOCK) == 0)
			return TAR_END;
		if (memcmp(h.magic, "ustar", 5) != 0 || !octal(h.sum, sizeof h.sum, &sum) ||
		    sum != head_sum(&h) || !octal(h.size, sizeof h.size, &t->size))
			return TAR_BAD;
		t->left = t->size;
		t->pad = (unsigned)((BLOCK - t->size % BLOCK) % BLOCK);
		if (!name_join(&h, t->name))
			return TAR_BAD;
		if (h.type == '5' && t->size == 0) /* a folder: made when a file needs it */
			continue;
		if ((h.type != '0' && h.type != '\0') || !tar_name(t->name))
			return TAR_BAD;
		return TAR_MEMBER;
	}
}

size_t
tar_read(struct tar_in *t, void *out, size_t n)
{
	size_t want = n < t->left ? n : (size_t)t->left;
	size_t got = fread(out, 1, want, t->file);

	t->left -= got;
	return got;
}

bool
tar_line(struct tar_in *t, struct buf *b)
{
	bool any = false;

	b->n = 0;
	b->full = false;
	while (t->left > 0) {
		int c = getc_unlocked(t->file);

		if (c == EOF)
			return false;
		t->left--;
		any = true;
		if (c == '\n')
			return true;
		buf_char(b, (char)c);
	}
	return any;
}

/* Numbers end with NUL or blank; some writers put blanks first. */
static bool
octal(const char *p, size_t n, uint64_t *out)
{
	uint64_t v = 0;
	size_t i = 0;

	while (i < n && p[i] == ' ')
		i++;
	if (i == n || p[i] < '0' || p[i] > '7')
		return false;
	for (; i < n && p[i] >= '0' && p[i] <= '7'; i++)
		v = v << 3 | (uint64_t)(p[i] - '0');
	*out = v;
	return i == n || p[i] == '\0' || p[i] == ' ';
}

static bool
name_join(const struct head *h, char out[TAR_NAME_MAX + 1])
{
	int prefix = (int)strnlen(h->prefix, sizeof h->prefix),
	    name = (int)strnlen(h->name, sizeof h->name);
	int n = prefix > 0
		    ? snprintf(out, TAR_NAME_MAX + 1, "%.*s/%.*s", prefix, h->prefix, name, h->name)
		    : snprintf(out, TAR_NAME_MAX + 1, "%.*s", name, h->name);

	return n > 0 && n <= TAR_NAME_MAX;
}

/* Letters, digits and . _ - between single slashes; no part begins with a point. */
bool
tar_name(const char *name)
{
	bool first = true;

	for (const char *p = name; *p != '\0'; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			     (*p >= '0' && *p <= '9') || *p == '_' || *p == '-';

		if (first ? !plain : !plain && *p != '.' && *p != '/')
			return false;
		first = *p == '/';
	}
	return !first;
}

static bool
skip(FILE *f, uint64_t n)
{
	char away[8192];

	/* Read, not sought: past the end of a cut file a seek would succeed. */
	while (n > 0) {
		size_t want = n < sizeof away ? (size_t)n : sizeof away;

		if (fread(away, 1, want, f) != want)
			return false;
		n -= want;
	}
	return true;
}
