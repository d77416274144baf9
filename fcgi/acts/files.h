/*
 * fcgi/acts/files.h -- photos and papers that hang on a record: customer, property, pool, equipment, visit.
 *
 * A photo comes in raw and is shown to nobody until the job "photo" has drawn it anew (fcgi/jobs/photos.c):
 * what is served was written by us, without where it was taken. A paper (PDF) goes out as it came, as a download.
 */
#ifndef FCGI_ACTS_FILES_H
#define FCGI_ACTS_FILES_H

#include "fcgi/acts/tell_file.h"

#define FILES_PAGE 60
#define FILES_OF_RECORD 200
struct file_change {
	struct str name;
	uint32_t version;
};

struct files_query {
	struct maybe_u64 before;
	bool archived;
};

struct files_page {
	struct file_row *rows;
	size_t rows_n;
	struct maybe_u64 next; /* goes into `before` */
};

/* What goes out: where nginx finds it, and how it is called. */
struct file_served {
	struct file_row row;
	struct str path; /* "<schema>/<id>.jpg", below the folder of all files */
};

/* A technician's photo of a stop; the phone made its id, so that it can speak of it before it is sent. */
struct photo_new {
	uint64_t id, visit_id;
	struct str name;
};

/*
 * act_file_add -- keep what somebody sent
 *
 * own_name in  as the sender's machine called it; only its letters are used, and only as a caption
 *
 * Errors  E_NOT_FOUND no such record; E_INVALID "on_kind" "file" (file_look); E_LIMIT the customer has FILES_MAX;
 *         E_AWAY the disk
 */
must_use enum err act_file_add(struct work *w, const struct file_new *in, struct str own_name, struct str bytes,
    struct file_row *out);
must_use enum err act_file_change(struct work *w, uint64_t id, const struct file_change *in, struct file_row *out);
/* act_file_archive -- out of sight; the bytes stay. act_file_restore -- undo. Errors  E_NOT_FOUND; E_STALE */
must_use enum err act_file_archive(struct work *w, uint64_t id, uint32_t version, struct file_row *out);
must_use enum err act_file_restore(struct work *w, uint64_t id, struct file_row *out);
must_use enum err act_file_one(struct work *w, uint64_t id, struct file_row *out);
must_use enum err act_files_of_customer(struct work *w, uint64_t customer_id, const struct files_query *q,
    struct files_page *out);

/* act_files_of_record -- those that hang on one record itself, the oldest first. Errors  E_NOT_FOUND; E_INVALID "on_kind" */
must_use enum err act_files_of_record(struct work *w, enum record_kind kind, uint64_t id, struct files_page *out);

/*
 * act_file_serve -- may be shown, and where it lies
 *
 * Errors  E_NOT_FOUND no such file, refused, a photo that is not drawn yet, or a small one of a paper
 */
must_use enum err act_file_serve(struct work *w, uint64_t id, bool small, struct file_served *out);

/*
 * For the job: what became of a photo; digest is of the picture that was drawn. Nothing happens to one that is settled
 * already. The last photo of a stop that is over lets its record be sealed.
 */
must_use enum err act_photo_settle(struct work *w, uint64_t id, bool ready, uint32_t bytes, uint32_t width,
    uint32_t height, const uint8_t digest[PROOF_HASH_BYTES]);

/*
 * act_photo_put -- a technician's photo of an own stop, or of one that has gone elsewhere and of which the phone said that it was
 * taken there; once for its id however often it is sent
 *
 * act_photo_serve: the small picture of one. Errors  E_NOT_FOUND not theirs; E_INVALID "id" and those of act_file_add
 */
must_use enum err act_photo_put(struct work *w, const struct photo_new *in, struct str bytes, struct file_row *out);
must_use enum err act_photo_serve(struct work *w, uint64_t id, struct file_served *out);

/* One piece of such a photo: how large the whole is, its SHA-256 in hex, where the piece begins. */
struct photo_piece {
	uint64_t visit_id;
	struct str name, digest;
	uint32_t size, at;
};
struct photo_here {
	uint32_t here; /* how much of it the office has: the next piece begins there */
	bool whole;    /* it is a photo of the stop, nothing is wanted any more */
};

/*
 * act_photo_piece -- take a piece, if it is the next one; the last one makes the photo, as act_photo_put does, once for its id
 *
 * One that came before, or comes too early, is no mistake: the answer says where to go on, and one without bytes asks for that
 * alone. A whole that is another than its digest says is thrown away, and sent anew.
 *
 * Errors  E_NOT_FOUND not their stop; E_INVALID "id" "at" "digest" "file"; E_LIMIT, E_AWAY (pieces_add); those of act_photo_put
 */
must_use enum err act_photo_piece(struct work *w, uint64_t id, const struct photo_piece *in, struct str bytes,
    struct photo_here *out);

/*
 * act_photo_asked -- a customer's photo with a visit that they asked for and nobody has yet; at most PHOTOS_ASKED
 *
 * Errors  E_NOT_FOUND not such a visit of theirs; E_LIMIT; those of act_file_add
 */
#define PHOTOS_ASKED 5
must_use enum err act_photo_asked(struct work *w, uint64_t customer_id, uint64_t visit_id, struct str bytes,
    struct file_row *out);

#endif
