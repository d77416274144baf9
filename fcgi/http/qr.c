#include "fcgi/http/qr.h"

#include <qrencode.h>

#define QUIET 4 /* modules of white around, as the standard asks */
#define SVG_MAX (256 * 1024)

static void write_path(const QRcode *q, struct buf *b);

enum err
qr_svg(struct arena *a, struct str text, struct str *out)
{
	struct str copy = str_copy(a, text);
	struct buf b = buf_open(a, 8192, SVG_MAX);
	QRcode *q;

	if (text.n == 0 || text.n > QR_TEXT_MAX || str_find(text, '\0') != text.n)
		return E_BUG;
	q = QRcode_encodeString8bit(copy.p, 0, QR_ECLEVEL_M);
	if (q == NULL)
		return E_AWAY;
	buf_printf(&b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
	    "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
	    q->width + 2 * QUIET, q->width + 2 * QUIET, q->width + 2 * QUIET, q->width + 2 * QUIET);
	write_path(q, &b);
	buf_add(&b, STR("\"/></svg>"));
	QRcode_free(q);
	if (b.full)
		return E_BUG;
	*out = buf_str(&b);
	return OK;
}

bool
qr_modules(struct str text, struct qr *out)
{
	char copy[QR_TEXT_MAX + 1];
	QRcode *q;

	if (text.n == 0 || text.n > QR_TEXT_MAX || str_find(text, '\0') != text.n)
		return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	q = QRcode_encodeString8bit(copy, 0, QR_ECLEVEL_M);
	if (q == NULL || q->width > QR_SIDE_MAX) {
		QRcode_free(q);
		return false;
	}
	out->side = q->width;
	for (int i = 0; i < q->width * q->width; i++)
		out->dark[i] = q->data[i] & 1;
	QRcode_free(q);
	return true;
}

/* Runs of dark modules in a row are one rectangle. */
static void
write_path(const QRcode *q, struct buf *b)
{
	for (int y = 0; y < q->width; y++) {
		for (int x = 0; x < q->width;) {
			int from = x;

			while (x < q->width && (q->data[y * q->width + x] & 1) != 0)
				x++;
			if (x > from)
				buf_printf(b, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from,
				    x - from);
			else
				x++;
		}
	}
}
