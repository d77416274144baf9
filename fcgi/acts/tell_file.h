/*
 * fcgi/acts/tell_file.h -- photos and papers: what somebody sends is kept; who asks for it: files.h
 */
#ifndef FCGI_ACTS_TELL_FILE_H
#define FCGI_ACTS_TELL_FILE_H

#include "domain/customers/customer.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/file.h"
#include "tenancy/work.h"

#define FILES_MAX 2000 /* of one customer */
#define FILE_NAME_MAX 160

/* Endings on disk. */
#define FILE_ENDING_RAW "raw"
#define FILE_ENDING_PHOTO "jpg"
#define FILE_ENDING_SMALL "small.jpg"
#define FILE_ENDING_PAPER "pdf"
#define FILE_ENDING_SOUND "mp3"
#define FILE_SOUND "audio/mpeg" /* a call, or a message after the tone; nobody sends one in */

struct file_new {
	enum record_kind on_kind;
	uint64_t on_id;
	struct str name; /* what is written under it; "" gives the file's own name */
};
/* The payload of the job "photo". */
struct photo_order {
	uint64_t file_id;
};
extern const struct shape photo_order_shape;
/*
 * tell_file -- keep what somebody sent, under that id
 *
 * own_name in  as the sender's machine called it; only its letters are used, and only as a caption
 *
 * Errors  E_NOT_FOUND no such record; E_INVALID "on_kind" "file" (file_look); E_LIMIT the customer has FILES_MAX;
 *         E_AWAY the disk
 */
must_use enum err tell_file(struct work *w, uint64_t id, const struct file_new *in, struct str own_name, struct str bytes,
    struct file_row *out);
/* tell_file_said -- the line of the timeline; none for what came with a stranger's words */
must_use enum err tell_file_said(struct work *w, const struct file_row *row, enum event_kind kind);

#endif
