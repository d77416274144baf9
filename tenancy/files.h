/*
 * tenancy/files.h -- where the bytes of a company's photos and files lie: <data_dir>/files/<schema>/<name>.
 *
 * 1. A name is an id's 13 letters and an ending ("0abc….jpg"): nothing that a person typed gets near a path.
 * 2. A file is whole or not there: it is written beside its place, made safe, and moved.
 * 3. No transaction reaches the disk: bytes come before their row. What a rolled back work leaves behind has no
 *    row, and the nightly look takes it (fcgi/jobs/photos.c).
 */
#ifndef TENANCY_FILES_H
#define TENANCY_FILES_H

#include "tenancy/work.h"

/* files_dir -- "<data_dir>/files/<schema>" */
struct str files_dir(struct arena *a, const struct config *c, struct str schema);

/* file_name -- "<id>.<ending>"; files_path -- with its folder before it */
struct str file_name(struct arena *a, uint64_t id, const char *ending);
struct str files_path(struct work *w, uint64_t id, const char *ending);

/* files_keep -- write the bytes. Errors E_AWAY "file": the disk is full or not there */
must_use enum err files_keep(struct work *w, uint64_t id, const char *ending, struct str bytes);

/* files_folder -- files_dir of this company, made if it is not there. Errors E_AWAY "file" */
must_use enum err files_folder(struct work *w, struct str *out);

/* files_read -- the bytes, in the work's arena; *out is empty if it is not there. Errors E_LIMIT over FILES_READ_MAX */
#define FILES_READ_MAX (4 * 1024 * 1024)
must_use enum err files_read(struct work *w, uint64_t id, const char *ending, struct str *out);
/* files_read_path, files_write -- the same of a path below the folder; all of the bytes to where fd stands, or false */
must_use enum err files_read_path(struct work *w, struct str path, struct str *out);
bool files_write(int fd, struct str bytes);

#define FILES_UNKNOWN_MAX 200
/* files_unknown -- those of at most so many ids that have no row; *n of them, in place */
must_use enum err files_unknown(struct work *w, uint64_t *id, size_t *n);

/* file_id -- whose file that name is; false if it is none of ours */
bool file_id(struct str name, uint64_t *id);

#endif
