/*
 * fcgi/jobs/mail.c -- the job "mail": compose, hand to the relay, remember that it is done.
 *
 * The relay may have taken a message whose answer we lost: then it is sent again, under the same
 * Message-ID, which comes from the job's id. At least once; a reader's program can tell a repeat.
 */
#include "domain/base/id.h"
#include "domain/messaging/mail.h"
#include "fcgi/acts/files.h"
#include "fcgi/acts/tell_mail.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/mail.h"
#include "tenancy/files.h"

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct mail_order *o = arena_new(w->arena, struct mail_order);
	struct mail_message *m = arena_new(w->arena, struct mail_message);
	char id[ID_LETTERS + 1];
	struct own_sender own;

	TRY(shape_read(&mail_order_shape, t->payload, w->arena, o, &w->fault));
	TRY(mail_compose(o, w->arena, &m->twin, &w->fault));
	id_write(t->id, id);
	m->to = o->to;
	m->company = mail_value(o, "company");
	m->at = w->now;
	/* The slug as well: ids are unique within a company only. */
	if (o->file_id.is) {
		m->paper_name = str_printf(w->arena, "%.*s.pdf", STR_ARG(mail_value(o, "number")));
		TRY(files_read(w, o->file_id.v, FILE_ENDING_PAPER, &m->paper));
	}
	TRY(tell_sender(w, &own));
	m->sender = (struct mail_sender){own.address, own.domain, own.selector, own.key};
	m->message_id = str_printf(w->arena, "%s.%s", id, w->tenant->slug);
	*parcel = m;
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	(void)t;
	return mail_send(a, c, parcel, f);
}

const struct job job_mail = {
    .kind = "mail",
    .unpaid = true,
    /* 30 s, 1, 2, 4 ... minutes: the last of 12 tries comes 9 to 17 hours after the first, so a
     * relay may be down for a night. Links in mails live shorter or about as long. */
    .tries = 12,
    .backoff_s = 30,
    .lease_s = 90, /* 30 s for the call, and room on both sides */
    .prepare = prepare,
    .send = send,
    .help = "Send one mail to one reader.",
};
