/*
 * fcgi/jobs/papers.c -- the job "paper": documents are drawn by the press (fcgi/press/paper.c), kept, and mailed.
 *
 * Drawn outside of any transaction, many by one process. A document's file has the document's id: whoever draws it
 * again draws the same into the same place.
 */
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/acts/papers.h"
#include "fcgi/acts/runs.h"
#include "fcgi/jobs/list.h"
#include "fcgi/jobs/press.h"
#include "tenancy/files.h"

/* From prepare to settle. sheets is empty: all of them are drawn. */
struct parcel {
	struct paper_order order;
	struct run_draft_order draft;
	struct str sheets, dir;
};

static bool handed(int fd, struct str sheets);

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	memset(p, 0, sizeof(*p));
	TRY(shape_read(&paper_order_shape, t->payload, w->arena, &p->order, &w->fault));
	TRY(files_folder(w, &p->dir));
	TRY(act_paper_draw(w, &p->order, &p->sheets));
	*parcel = p;
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	const char *const words[] = {"paper", str_copy(a, p->dir).p, NULL};
	struct str said;
	enum err e;
	int fd;

	(void)t;
	if (p->sheets.n == 0)
		return OK;
	fd = memfd_create("sheets", MFD_CLOEXEC);
	if (fd < 0 || !handed(fd, p->sheets))
		e = fail(f, E_AWAY, NULL, "The press cannot be fed.");
	else
		e = press(c, words, fd, a, &said, f);
	if (fd >= 0)
		close(fd);
	/* What the press cannot draw is a mistake of ours, and no damaged picture. */
	return e == E_INVALID ? E_AWAY : e;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	if (sent != OK)
		return OK;
	for (size_t i = 0; i < p->order.ids_n; i++) {
		const uint64_t id = p->order.ids[i].id;
		struct stat st = {0};

		(void)stat(files_path(w, id, "pdf").p, &st);
		TRY(act_paper_drawn(w, id, p->order.why, (uint32_t)st.st_size));
		TRY(act_paper_mail(w, id, p->order.why));
	}
	return OK;
}

static bool
handed(int fd, struct str sheets)
{
	while (sheets.n > 0) {
		const ssize_t n = write(fd, sheets.p, sheets.n);

		if (n <= 0)
			return false;
		sheets = str_sub(sheets, (size_t)n, sheets.n);
	}
	return lseek(fd, 0, SEEK_SET) == 0;
}

const struct job job_paper = {
	.kind = "paper",
	.tries = 12,
	.backoff_s = 10,
	.lease_s = 200, /* above the press's own ceiling */
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Draw documents as PDF, and send them to those of the customer who want them.",
};

/* ---- a bill before it is one ---- */

static enum err
draft_prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	memset(p, 0, sizeof(*p));
	TRY(shape_read(&run_draft_order_shape, t->payload, w->arena, &p->draft, &w->fault));
	TRY(files_folder(w, &p->dir));
	TRY(act_run_draft_draw(w, &p->draft, &p->sheets));
	*parcel = p;
	return OK;
}

static enum err
draft_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	return sent != OK || p->sheets.n == 0 ? OK : act_run_drafted(w, &p->draft);
}

const struct job job_bill_draft = {
	.kind = "bill_draft",
	.tries = 3, /* somebody looks now, or asks again */
	.backoff_s = 2,
	.lease_s = 200,
	.prepare = draft_prepare,
	.send = send,
	.settle = draft_settle,
	.help = "Draw the next bill of a customer as PDF, for the office to look at before it is issued.",
};
