/*
 * fcgi/press/mail.c -- a mail that came in is read: MIME, transfer encodings, character sets. The one door of GMime.
 *
 * Everything has a ceiling: bytes, depth, parts, words. Of an alternative the plain words are taken, else the HTML ones as plain
 * words. A part is kept for what its bytes are (domain/base/file), whatever it is called; what is not kept is named.
 */
#include <fcntl.h>
#include <gmime/gmime.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/file.h"
#include "domain/messaging/letter.h"
#include "domain/messaging/mail.h"
#include "fcgi/press/press.h"

#define DEPTH_MAX 12
#define PARTS_MAX 200
#define WORDS_MAX (2 * 1024 * 1024) /* of one part, before it is cleaned and cut */
#define TINY 3000 /* a picture inside of the words that is smaller is a logo or a line */
#define NAME_MAX_BYTES 160
#define HEAD_MAX 8000

/* The words of an alternative, until all of it was seen. */
struct words {
	struct str plain, html;
};
struct reading {
	struct arena *a;
	const char *to;
	struct letter letter;
	struct buf text, passed; /* passed: of mails inside of the mail */
	unsigned parts, kept;
	bool broken; /* the disk */
};

static bool taken_in(struct str *out);
static void head_of(struct reading *r, GMimeMessage *m);
static struct str header(struct reading *r, GMimeObject *o, const char *name, size_t max);
static void walk(struct reading *r, GMimeObject *o, unsigned depth, struct words *alternative, struct buf *into);
static void message_part(struct reading *r, GMimeMessagePart *p, unsigned depth);
static void leaf(struct reading *r, GMimeObject *o, struct words *alternative, struct buf *into);
static bool has_status(GMimeObject *body);
static void report_lines(struct reading *r, GMimeObject *o);
static void words_add(struct reading *r, struct buf *into, const struct words *w);
static struct str words_of(struct reading *r, GMimeObject *o);
static struct str unflowed(struct arena *a, struct str s);
static struct str bytes_of(struct reading *r, GMimeObject *o, size_t max);
static void attach(struct reading *r, GMimeObject *o);
static bool written(const char *path, struct str bytes);

int
mail_main(const char *to)
{
	struct arena *a = arena_open(1 << 20, 96 << 20, NULL);
	struct buf out = buf_open(a, 64 * 1024, LETTER_WIRE_MAX);
	struct letter letter;
	enum press_end end;
	unsigned kept;
	struct str raw;

	if (!taken_in(&raw))
		return PRESS_FAILED;
	end = mail_read(a, raw, to, &letter, &kept);
	if (end != PRESS_MADE)
		return (int)end;
	letter_write(&letter, &out);
	if (out.full || !written(to, buf_str(&out)))
		return PRESS_FAILED;
	printf("%u\n", kept);
	return fflush(stdout) == 0 ? PRESS_MADE : PRESS_FAILED;
}

enum press_end
mail_read(struct arena *a, struct str raw, const char *to, struct letter *out, unsigned *kept)
{
	struct reading r = {.a = a, .to = to};
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *m;

	g_mime_init();
	r.text = buf_open(r.a, 4096, 4 * LETTER_TEXT_MAX);
	r.passed = buf_open(r.a, 4096, 4 * LETTER_QUOTED_MAX);
	stream = g_mime_stream_mem_new_with_buffer(raw.p, raw.n);
	parser = g_mime_parser_new_with_stream(stream);
	m = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	if (m == NULL)
		return PRESS_DAMAGED;
	head_of(&r, m);
	if (g_mime_message_get_mime_part(m) != NULL)
		walk(&r, g_mime_message_get_mime_part(m), 0, NULL, &r.text);
	letter_fold(r.a, letter_clean(r.a, buf_str(&r.text), LETTER_TEXT_MAX), &r.letter.text, &r.letter.quoted);
	if (r.passed.n > 0)
		r.letter.quoted = str_printf(r.a, "%.*s%s%.*s", STR_ARG(r.letter.quoted), r.letter.quoted.n > 0 ? "\n\n" : "",
		    STR_ARG(buf_str(&r.passed)));
	r.letter.quoted = letter_clean(r.a, r.letter.quoted, LETTER_QUOTED_MAX);
	if (r.letter.kind == LETTER_BOUNCE) {
		letter_exact(r.letter.text, &r.letter);
		r.letter.why = letter_clean(r.a, r.letter.why, 300);
	}
	g_object_unref(m);
	*out = r.letter;
	*kept = r.kept;
	return r.broken ? PRESS_FAILED : PRESS_MADE;
}

static bool
taken_in(struct str *out)
{
	struct stat st;
	void *p;

	if (fstat(STDIN_FILENO, &st) != 0 || st.st_size <= 0 || st.st_size > LETTER_RAW_MAX)
		return false;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (p == MAP_FAILED)
		return false;
	*out = (struct str){p, (size_t)st.st_size};
	return true;
}

static struct str
header(struct reading *r, GMimeObject *o, const char *name, size_t max)
{
	/* Letters in one line. */
	struct str s = letter_clean(r->a, str_of(g_mime_object_get_header(o, name)), max), line = str_copy(r->a, s);

	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == '\n')
			((char *)(uintptr_t)line.p)[i] = ' ';
	return line;
}

static void
head_of(struct reading *r, GMimeMessage *m)
{
	GMimeObject *o = GMIME_OBJECT(m), *body = g_mime_message_get_mime_part(m);
	InternetAddressList *from = g_mime_message_get_from(m);
	struct letter *l = &r->letter;
	struct letter_head head = {.return_path = header(r, o, "Return-Path", 300),
	    .auto_submitted = header(r, o, "Auto-Submitted", 80), .precedence = header(r, o, "Precedence", 80),
	    .list_id = header(r, o, "List-Id", 200)};
	const char *value;

	for (int i = 0; from != NULL && i < internet_address_list_length(from) && l->from.n == 0; i++) {
		InternetAddress *one = internet_address_list_get_address(from, i);

		if (!INTERNET_ADDRESS_IS_MAILBOX(one))
			continue;
		const struct str address = str_of(internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(one)));

		if (head.from.n == 0)
			head.from = str_copy(r->a, str_sub(address, 0, MAIL_ADDRESS_MAX));
		if (!mail_address_valid(address))
			continue;
		l->from = str_lower(r->a, address);
		l->name = letter_clean(r->a, str_of(internet_address_get_name(one)), NAME_MAX_BYTES);
	}
	if (l->from.n > 0)
		head.from = l->from;
	head.auto_reply = header(r, o, "X-Autoreply", 40);
	if (head.auto_reply.n == 0)
		head.auto_reply = header(r, o, "X-Autorespond", 40);
	if (body != NULL) {
		value = g_mime_object_get_content_type_parameter(body, "report-type");
		head.report = value != NULL ? str_copy(r->a, str_of(value)) : STR("");
		head.status = has_status(body);
	}
	l->kind = letter_kind_of(&head);
	l->subject = header(r, o, "Subject", LETTER_WORD_MAX);
	value = g_mime_message_get_message_id(m);
	l->message_id = letter_clean(r->a, str_of(value), 250);
	l->references = header(r, o, "References", LETTER_WORD_MAX);
	if (l->references.n == 0)
		l->references = header(r, o, "In-Reply-To", LETTER_WORD_MAX);
}

static bool
has_status(GMimeObject *body)
{
	const int n = GMIME_IS_MULTIPART(body) ? g_mime_multipart_get_count(GMIME_MULTIPART(body)) : 0;

	for (int i = 0; i < n && i < PARTS_MAX; i++)
		if (g_mime_content_type_is_type(g_mime_object_get_content_type(g_mime_multipart_get_part(GMIME_MULTIPART(body), i)), "message", "delivery-status"))
			return true;
	return false;
}

static void
walk(struct reading *r, GMimeObject *o, unsigned depth, struct words *alternative, struct buf *into)
{
	if (depth > DEPTH_MAX || ++r->parts > PARTS_MAX)
		return;
	if (GMIME_IS_MESSAGE_PART(o)) {
		message_part(r, GMIME_MESSAGE_PART(o), depth);
	} else if (GMIME_IS_MULTIPART(o)) {
		GMimeContentType *type = g_mime_object_get_content_type(o);
		const bool chooses = alternative == NULL && g_mime_content_type_is_type(type, "multipart", "alternative");
		struct words own = {{NULL, 0}, {NULL, 0}};
		const int n = g_mime_multipart_get_count(GMIME_MULTIPART(o));

		for (int i = 0; i < n && r->parts <= PARTS_MAX; i++)
			walk(r, g_mime_multipart_get_part(GMIME_MULTIPART(o), i), depth + 1, chooses ? &own : alternative, into);
		if (chooses)
			words_add(r, into, &own);
	} else {
		leaf(r, o, alternative, into);
	}
}

/* A mail that was passed on is repeated, not said; of a report it is ours, and its head says which. */
static void
message_part(struct reading *r, GMimeMessagePart *p, unsigned depth)
{
	GMimeMessage *m = g_mime_message_part_get_message(p);
	char *head;

	if (m == NULL)
		return;
	if (r->letter.kind == LETTER_BOUNCE || r->letter.kind == LETTER_COMPLAINT) {
		head = g_mime_object_get_headers(GMIME_OBJECT(m), NULL);
		if (r->letter.original.n == 0)
			r->letter.original = letter_clean(r->a, str_of(head), HEAD_MAX);
		g_free(head);
		return;
	}
	buf_printf(&r->passed, "%s\n\n", g_mime_message_get_subject(m) != NULL ? g_mime_message_get_subject(m) : "");
	if (g_mime_message_get_mime_part(m) != NULL)
		walk(r, g_mime_message_get_mime_part(m), depth + 1, NULL, &r->passed);
}

static void
leaf(struct reading *r, GMimeObject *o, struct words *alternative, struct buf *into)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);
	GMimeContentDisposition *how = g_mime_object_get_content_disposition(o);
	const bool apart = how != NULL && g_mime_content_disposition_is_attachment(how);
	const bool plain = g_mime_content_type_is_type(type, "text", "plain"), html = g_mime_content_type_is_type(type, "text", "html");
	struct words own = {{NULL, 0}, {NULL, 0}}, *w = alternative != NULL ? alternative : &own;

	if (g_mime_content_type_is_type(type, "message", "delivery-status") || g_mime_content_type_is_type(type, "message", "feedback-report") ||
	    g_mime_content_type_is_type(type, "text", "rfc822-headers")) {
		report_lines(r, o);
		return;
	}
	if ((!plain && !html) || apart) {
		attach(r, o);
		return;
	}
	struct str *to = plain ? &w->plain : &w->html;

	if (to->n == 0)
		*to = words_of(r, o);
	if (alternative == NULL)
		words_add(r, into, &own);
}

static void
report_lines(struct reading *r, GMimeObject *o)
{
	const struct str lines = letter_clean(r->a, bytes_of(r, o, WORDS_MAX), HEAD_MAX);
	GMimeContentType *type = g_mime_object_get_content_type(o);

	if (g_mime_content_type_is_type(type, "text", "rfc822-headers")) {
		if (r->letter.original.n == 0)
			r->letter.original = lines;
	} else if (r->letter.failed.n == 0) {
		letter_report(lines, &r->letter);
		r->letter.why = str_sub(r->letter.why, 0, 300);
		while (!str_utf8(r->letter.why, NULL))
			r->letter.why.n--;
	}
}

static void
words_add(struct reading *r, struct buf *into, const struct words *w)
{
	const struct str s = str_trim(w->plain).n > 0 ? w->plain : w->html.n > 0 ? letter_plain(r->a, w->html) : STR("");

	if (s.n == 0)
		return;
	if (into->n > 0)
		buf_add(into, STR("\n\n"));
	const struct str clean = letter_clean(r->a, s, into->max - into->n > 8 ? into->max - into->n - 8 : 0);

	buf_add(into, clean);
}

/* In UTF-8: GMime knows the character sets that mails are in; of one that nobody knows the bytes come as they are. */
static struct str
words_of(struct reading *r, GMimeObject *o)
{
	const char *format = g_mime_object_get_content_type_parameter(o, "format");
	struct str s;

	if (GMIME_IS_TEXT_PART(o)) {
		char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(o));

		s = str_copy(r->a, str_sub(str_of(text), 0, WORDS_MAX));
		g_free(text);
	} else {
		s = bytes_of(r, o, WORDS_MAX);
	}
	return format != NULL && str_eq_nocase(str_of(format), STR("flowed")) ? unflowed(r->a, s) : s;
}

/* RFC 3676: a line that ends in a blank goes on in the next one, unless it is the line above a signature. */
static struct str
unflowed(struct arena *a, struct str s)
{
	struct buf b = buf_open(a, s.n + 1, WORDS_MAX + 1);
	struct str rest = s;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (str_ends(line, STR("\r")))
			line = str_sub(line, 0, line.n - 1);
		if (str_starts(line, STR(" ")))
			line = str_sub(line, 1, line.n);
		buf_add(&b, line);
		if (!str_ends(line, STR(" ")) || str_eq(line, STR("-- ")) || str_starts(line, STR(">")))
			buf_char(&b, '\n');
	}
	return buf_str(&b);
}

static struct str
bytes_of(struct reading *r, GMimeObject *o, size_t max)
{
	GMimeDataWrapper *content = GMIME_IS_PART(o) ? g_mime_part_get_content(GMIME_PART(o)) : NULL;
	GMimeStream *mem;
	GByteArray *bytes;
	struct str out = STR("");

	if (content == NULL)
		return out;
	mem = g_mime_stream_mem_new();
	(void)g_mime_data_wrapper_write_to_stream(content, mem);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
	if (bytes->len <= max)
		out = str_copy(r->a, (struct str){(const char *)bytes->data, bytes->len});
	else if (max == WORDS_MAX)
		out = str_copy(r->a, (struct str){(const char *)bytes->data, max});
	g_object_unref(mem);
	return out;
}

static void
attach(struct reading *r, GMimeObject *o)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);
	const char *called = GMIME_IS_PART(o) ? g_mime_part_get_filename(GMIME_PART(o)) : NULL;
	char *mime = g_mime_content_type_get_mime_type(type);
	const struct str bytes = bytes_of(r, o, FILE_BYTES_MAX);
	const bool inside = g_mime_object_get_content_id(o) != NULL;
	struct file_look look;
	struct letter_file f = {.name = letter_clean(r->a, called != NULL ? str_of(called) : STR(""), NAME_MAX_BYTES),
	    .type = letter_clean(r->a, str_of(mime), 40)};

	g_free(mime);
	if (str_starts(f.type, STR("application/pgp-signature")) || str_starts(f.type, STR("application/pkcs7-sig")) ||
	    (inside && str_starts(f.type, STR("image/")) && bytes.n < TINY))
		return;
	f.kept = file_look(bytes, &look, NULL) == OK;
	if (f.name.n == 0)
		f.name = f.type;
	if (r->letter.files == LETTER_FILES_MAX) {
		r->letter.left_out++;
		return;
	}
	if (f.kept) {
		f.type = str_of(file_mime(look.type));
		r->broken = r->broken || (r->to != NULL && !written(str_printf(r->a, "%s.%zu", r->to, r->letter.files).p, bytes));
		r->kept++;
	}
	r->letter.file[r->letter.files++] = f;
}

static bool
written(const char *path, struct str bytes)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	size_t done = 0;

	while (fd >= 0 && done < bytes.n) {
		const ssize_t n = write(fd, bytes.p + done, bytes.n - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return fd >= 0 && close(fd) == 0 && done == bytes.n;
}
