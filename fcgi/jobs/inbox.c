/*
 * fcgi/jobs/inbox.c -- the job "mail_in": a mail that came in is read by the press (fcgi/press/mail.c) and written down.
 *
 * The press sees what a stranger wrote, and has nothing of ours. What it cannot read is the writer's matter: the log says so. The
 * mail as it came goes last, so that whoever dies on the way has lost nothing; its Message-ID makes it one message.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/file.h"
#include "fcgi/acts/mails.h"
#include "fcgi/http/shape.h"
#include "fcgi/jobs/list.h"
#include "fcgi/jobs/press.h"
#include "tenancy/files.h"
#include "tenancy/log.h"

struct parcel {
	struct mail_arrival in;
	struct str raw, read; /* paths */
	bool refused;
};

static bool mapped(const char *path, size_t max, struct str *out);
static void unmap(void *s);
static bool borrowed(struct arena *a, const char *path, size_t max, struct str *out);

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	TRY(shape_read(&mail_arrival_shape, t->payload, w->arena, &p->in, &w->fault));
	p->raw = files_path(w, p->in.file_id, FILE_ENDING_MAIL);
	p->read = files_path(w, p->in.file_id, FILE_ENDING_LETTER);
	*parcel = p;
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	const char *const words[] = {"mail", p->read.p, NULL};
	struct str said;
	enum err e;
	int raw;

	(void)t;
	raw = open(p->raw.p, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (raw < 0) {
		p->refused = true; /* it was read, and whoever did could not say so any more */
		return OK;
	}
	e = press(c, words, raw, a, &said, f);
	close(raw);
	p->refused = e == E_INVALID;
	if (p->refused)
		*f = (struct fault){0};
	return p->refused ? OK : e;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;
	struct str bytes[LETTER_FILES_MAX], text;
	struct letter l;

	(void)t;
	if (sent != OK)
		return OK;
	if (p->refused || !borrowed(w->arena, p->read.p, LETTER_WIRE_MAX, &text)) {
		log_note("mail.refused", "it cannot be read", 0);
	} else {
		TRY(letter_read(text, &l, &w->fault));
		for (size_t i = 0; i < l.files; i++)
			if (l.file[i].kept && !borrowed(w->arena, str_printf(w->arena, "%s.%zu", p->read.p, i).p, FILE_BYTES_MAX, &bytes[i]))
				return fail(&w->fault, E_AWAY, "file", "The file cannot be read right now. Please try again in a moment.");
		TRY(act_mail_take(w, &p->in, &l, bytes));
	}
	unlink(p->raw.p);
	unlink(p->read.p);
	for (unsigned i = 0; i < LETTER_FILES_MAX; i++)
		unlink(str_printf(w->arena, "%s.%u", p->read.p, i).p);
	return OK;
}

static bool
borrowed(struct arena *a, const char *path, size_t max, struct str *out)
{
	struct str *s = arena_new(a, struct str);

	if (!mapped(path, max, s))
		return false;
	arena_defer(a, unmap, s);
	*out = *s;
	return true;
}

static void
unmap(void *s)
{
	munmap((void *)(uintptr_t)((struct str *)s)->p, ((struct str *)s)->n);
}

static bool
mapped(const char *path, size_t max, struct str *out)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	void *p = MAP_FAILED;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && st.st_size > 0 && (size_t)st.st_size <= max)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return false;
	*out = (struct str){p, (size_t)st.st_size};
	return true;
}

const struct job job_mail_in = {
	.kind = "mail_in",
	.tries = 6,
	.backoff_s = 30,
	.lease_s = 120,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Read one mail that came in, and write it down.",
};
