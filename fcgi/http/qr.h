/*
 * fcgi/http/qr.h -- a text as a QR code: the one door to libqrencode.
 */
#ifndef FCGI_HTTP_QR_H
#define FCGI_HTTP_QR_H

#include <stdbool.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

#define QR_TEXT_MAX 1000

/*
 * qr_svg -- the whole <svg> element: one path, dark on white with the quiet zone that readers need in dark
 * pages too; no script, no reference, no text of the caller's
 *
 * Errors  E_BUG too long or with a NUL; E_AWAY out of memory
 */
must_use enum err qr_svg(struct arena *a, struct str text, struct str *out);

#define QR_SIDE_MAX 177 /* of the largest code */
struct qr {
	int side;
	unsigned char dark[QR_SIDE_MAX * QR_SIDE_MAX]; /* row by row */
};
/* qr_modules -- the same as squares, for whoever draws by other means; false: too long, or out of memory */
bool qr_modules(struct str text, struct qr *out);

#endif
