#include "domain/base/file.h"

const char *const file_state_names[] = {"", "raw", "ready", "refused", NULL};

/* Big- or little-endian numbers of a span; beyond its end they are 0. */
struct reader {
	struct str s;
	bool little;
};

static bool look_jpeg(struct str s, struct file_look *out);
static bool look_png(struct str s, struct file_look *out);
static bool look_webp(struct str s, struct file_look *out);
static void look_exif(struct str tiff, struct file_look *out);
static bool read_taken(struct str s, struct civil *out);
static uint32_t number(const struct reader *r, size_t at, unsigned bytes);

const char *
file_mime(enum file_type t)
{
	static const char *const names[] = {"", "image/jpeg", "image/png", "image/webp", "application/pdf"};

	return (unsigned)t < FILE_TYPES ? names[t] : "";
}

void
file_fit(uint32_t *width, uint32_t *height, uint32_t side)
{
	uint32_t longest = *width > *height ? *width : *height;

	if (longest <= side)
		return;
	*width = (uint32_t)((uint64_t)*width * side / longest);
	*height = (uint32_t)((uint64_t)*height * side / longest);
	*width += *width == 0;
	*height += *height == 0;
}

enum err
file_look(struct str bytes, struct file_look *out, struct fault *f)
{
	struct file_look look = {.turn = 1};
	bool whole;

	if (bytes.n == 0)
		return fail(f, E_INVALID, "file", "The file is empty.");
	if (bytes.n > FILE_BYTES_MAX)
		return fail(f, E_INVALID, "file", "The file is larger than %d MiB.", FILE_BYTES_MAX / 1024 / 1024);
	if (str_starts(bytes, STR("\xff\xd8\xff"))) {
		look.type = FILE_JPEG;
		whole = look_jpeg(bytes, &look);
	} else if (str_starts(bytes, STR("\x89PNG\r\n\x1a\n"))) {
		look.type = FILE_PNG;
		whole = look_png(bytes, &look);
	} else if (str_starts(bytes, STR("RIFF")) && str_starts(str_sub(bytes, 8, 4), STR("WEBP"))) {
		look.type = FILE_WEBP;
		whole = look_webp(bytes, &look);
	} else if (str_starts(bytes, STR("%PDF-"))) {
		look.type = FILE_PDF;
		*out = look;
		return OK;
	} else {
		return fail(f, E_INVALID, "file", "Photos are kept as JPEG, PNG or WebP, papers as PDF. This file is none of these.");
	}
	if (!whole)
		return fail(f, E_INVALID, "file", "This picture is damaged.");
	if (look.width > FILE_SIDE_MAX || look.height > FILE_SIDE_MAX ||
	    (uint64_t)look.width * look.height > FILE_PIXELS_MAX)
		return fail(f, E_INVALID, "file", "This picture has more than %d million pixels. Make it smaller first.",
		    FILE_PIXELS_MAX / 1000000);
	*out = look;
	return OK;
}

/* Segments up to the frame; each says its length, and none is looked into but the frame and EXIF. */
static bool
look_jpeg(struct str s, struct file_look *out)
{
	const struct reader r = {s, false};
	size_t at = 2;

	while (at + 4 <= s.n) {
		uint32_t marker = number(&r, at + 1, 1), length = number(&r, at + 2, 2);

		if (number(&r, at, 1) != 0xff)
			return false;
		if (marker == 0xff) { /* fill bytes may stand before a marker */
			at++;
			continue;
		}
		if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) { /* without a length */
			at += 2;
			continue;
		}
		if (marker == 0xd9 || marker == 0xda || length < 2 || length > s.n - at - 2)
			return false; /* the picture begins before it said how large it is */
		if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
			out->height = number(&r, at + 5, 2);
			out->width = number(&r, at + 7, 2);
			return length >= 8 && out->width > 0 && out->height > 0;
		}
		if (marker == 0xe1 && str_starts(str_sub(s, at + 4, 6), STR("Exif\0\0")))
			look_exif(str_sub(s, at + 10, length < 8 ? 0 : length - 8), out);
		at += 2 + length;
	}
	return false;
}

static bool
look_png(struct str s, struct file_look *out)
{
	const struct reader r = {s, false};

	if (s.n < 33 || number(&r, 8, 4) != 13 || !str_starts(str_sub(s, 12, 4), STR("IHDR")))
		return false;
	out->width = number(&r, 16, 4);
	out->height = number(&r, 20, 4);
	return out->width > 0 && out->height > 0;
}

/* Lossy, lossless, or extended: an animation is no photo. */
static bool
look_webp(struct str s, struct file_look *out)
{
	const struct reader r = {s, true};
	struct str kind = str_sub(s, 12, 4);

	if (s.n < 30)
		return false;
	if (str_eq(kind, STR("VP8 "))) {
		out->width = number(&r, 26, 2) & 0x3fff;
		out->height = number(&r, 28, 2) & 0x3fff;
		return number(&r, 23, 3) == 0x2a019d && out->width > 0 && out->height > 0;
	}
	if (str_eq(kind, STR("VP8L"))) {
		uint32_t bits = number(&r, 21, 4);

		out->width = (bits & 0x3fff) + 1;
		out->height = (bits >> 14 & 0x3fff) + 1;
		return number(&r, 20, 1) == 0x2f;
	}
	if (!str_eq(kind, STR("VP8X")) || (number(&r, 20, 1) & 0x02) != 0)
		return false;
	out->width = number(&r, 24, 3) + 1;
	out->height = number(&r, 27, 3) + 1;
	return true;
}

/* Two facts are taken before all of it is thrown away: which way is up, and when. What is odd is passed over. */
static void
look_exif(struct str tiff, struct file_look *out)
{
	struct reader r = {tiff, str_starts(tiff, STR("II"))};
	uint32_t at;

	if ((!r.little && !str_starts(tiff, STR("MM"))) || number(&r, 2, 2) != 42)
		return;
	at = number(&r, 4, 4);
	for (unsigned folder = 0; folder < 2 && at >= 8 && at + 2 <= tiff.n; folder++) {
		uint32_t entries = number(&r, at, 2), inner = 0;

		for (uint32_t i = 0; i < entries && i < 200; i++) {
			size_t e = at + 2 + (size_t)i * 12;
			uint32_t tag = number(&r, e, 2), value = number(&r, e + 8, 4);

			if (tag == 0x0112 && number(&r, e + 8, 2) >= 1 && number(&r, e + 8, 2) <= 8)
				out->turn = number(&r, e + 8, 2);
			else if (tag == 0x8769)
				inner = value;
			else if (tag == 0x9003 && number(&r, e + 4, 4) == 20)
				out->taken_is = read_taken(str_sub(tiff, value, 19), &out->taken);
		}
		at = inner;
	}
}

/* "2026:11:21 14:05:09" */
static bool
read_taken(struct str s, struct civil *out)
{
	static const size_t from[] = {0, 5, 8, 11, 14, 17}, length[] = {4, 2, 2, 2, 2, 2};
	uint64_t v[6];
	struct day day;

	if (s.n != 19 || s.p[4] != ':' || s.p[7] != ':' || s.p[10] != ' ' || s.p[13] != ':' || s.p[16] != ':')
		return false;
	for (size_t i = 0; i < 6; i++)
		if (!str_u64(str_sub(s, from[i], length[i]), &v[i]))
			return false;
	if (v[0] < 1990 || v[0] > 2100 || v[1] > 12 || v[2] > 31 || v[3] > 23 || v[4] > 59 || v[5] > 59 ||
	    !day_of((int32_t)v[0], (unsigned)v[1], (unsigned)v[2], &day))
		return false;
	*out = (struct civil){.year = (int32_t)v[0], .month = (uint8_t)v[1], .mday = (uint8_t)v[2], .hour = (uint8_t)v[3],
	    .minute = (uint8_t)v[4], .second = (uint8_t)v[5]};
	return true;
}

static uint32_t
number(const struct reader *r, size_t at, unsigned bytes)
{
	uint32_t v = 0;

	if (at > r->s.n || bytes > r->s.n - at)
		return 0;
	for (unsigned i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)r->s.p[r->little ? at + bytes - 1 - i : at + i];
	return v;
}
