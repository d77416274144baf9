/*
 * tenancy/tar.h -- as much of POSIX ustar as an archive of ours needs: plain files, written and read.
 *
 * Members up to 8 GiB; names up to 255 bytes that fit ustar's two fields. Reading refuses links, devices,
 * absolute names and "..": what is unpacked stays in the folder it is unpacked to.
 */
#ifndef TENANCY_TAR_H
#define TENANCY_TAR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "domain/base/str.h"

#define TAR_NAME_MAX 255
#define TAR_MEMBER_MAX ((UINT64_C(1) << 33) - 1)

struct tar_out {
	FILE *file;
	long long head; /* offset of the open member's header, -1 = none */
	uint64_t size;  /* of the open member so far */
	char name[TAR_NAME_MAX + 1];
	int64_t mtime;
	bool bad; /* something could not be written: nothing further is */
};

/* tar_create -- a new file with mode 0600; an old one of that name is replaced */
bool tar_create(struct tar_out *t, const char *path);
/* tar_member -- begin a member; its size need not be known, the header is written when it ends */
void tar_member(struct tar_out *t, const char *name, int64_t mtime);
void tar_write(struct tar_out *t, struct str bytes);
void tar_member_end(struct tar_out *t);
/* tar_close -- end of the archive, on disk; false if anything went wrong since tar_create */
bool tar_close(struct tar_out *t);

/* tar_name -- may a member be called so? Letters, digits, _ - and . between single slashes */
bool tar_name(const char *name);

struct tar_in {
	FILE *file;
	char name[TAR_NAME_MAX + 1];
	uint64_t size, left; /* of the member; bytes not read yet */
	unsigned pad;
};

enum tar_step { TAR_MEMBER = 1, TAR_END, TAR_BAD };

bool tar_open(struct tar_in *t, const char *path);
void tar_shut(struct tar_in *t);
bool tar_rewind(struct tar_in *t); /* to the first member again */
/* tar_next -- the next plain file; what was not read of the member before is skipped */
enum tar_step tar_next(struct tar_in *t);
size_t tar_read(struct tar_in *t, void *out, size_t n); /* fewer than n: the member is at its end */
/* tar_line -- one line without its '\n'; false at the end of the member. b is emptied first;
 * a line longer than b's ceiling leaves b->full set */
bool tar_line(struct tar_in *t, struct buf *b);

#endif
