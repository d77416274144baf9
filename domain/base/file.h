/*
 * domain/base/file.h -- what somebody sends to be kept: known by its content, never by its name.
 *
 * Only the head of a picture is read here, so that a small file that would unfold into a huge picture is
 * refused before anybody decodes it.
 */
#ifndef DOMAIN_BASE_FILE_H
#define DOMAIN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

/* Stored (table `file`): never renumber. */
enum file_state {
	FILE_RAW = 1, /* a photo as it came in; nobody is shown it */
	FILE_READY,
	FILE_REFUSED, /* it could not be read as a picture after all */
	FILE_STATES
};
extern const char *const file_state_names[];

enum file_type { FILE_JPEG = 1, FILE_PNG, FILE_WEBP, FILE_PDF, FILE_TYPES };

#define FILE_BYTES_MAX (12 * 1024 * 1024)
#define FILE_SIDE_MAX 16384
#define FILE_PIXELS_MAX 40000000 /* four bytes each once decoded */

struct file_look {
	enum file_type type;
	uint32_t width, height; /* as stored, before it is turned; 0 of a PDF */
	unsigned turn;          /* EXIF orientation 1..8; 1 = as it is */
	bool taken_is;
	struct civil taken; /* by the clock of the camera */
};

/*
 * file_look -- what is it, and how large will it be?
 *
 * Errors  E_INVALID "file": empty, too large, of a kind that is not kept, damaged in its head, too many pixels
 * Source  ITU T.81 annex B; PNG (ISO 15948) 5, 11.2; RFC 9649 (WebP); Exif 2.32 4.5-4.6
 */
must_use enum err file_look(struct str bytes, struct file_look *out, struct fault *f);

/* file_mime -- "image/jpeg"; what a photo becomes is always a JPEG */
const char *file_mime(enum file_type t);

/* file_fit -- the largest size of the same shape with no side over `side`; never larger than it was */
void file_fit(uint32_t *width, uint32_t *height, uint32_t side);

#endif
