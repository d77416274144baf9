/*
 * fcgi/jobs/letters.c -- the letters behind "I forgot my password" and "send me a link to the
 * portal".
 *
 * Asking costs the same for every address; here is where somebody is looked for. What is found is
 * mailed by another job, so a letter that is asked for twice is two letters and never half a one.
 */
#include "fcgi/acts/letters.h"
#include "fcgi/jobs/list.h"

static enum err reset_run(struct work *w, const struct ticket *t);
static enum err portal_run(struct work *w, const struct ticket *t);

const struct job job_reset_letter = {
    .kind = "reset_letter",
    .unpaid = true,
    .tries = 12,
    .backoff_s = 5,
    .run = reset_run,
    .help = "Find who asked for a new password, and order the mail with the link.",
};

const struct job job_portal_letter = {
    .kind = "portal_letter",
    .unpaid = true,
    .tries = 12,
    .backoff_s = 5,
    .run = portal_run,
    .help =
	"Find which customers have the address that asked for the portal, and order their mails.",
};

static enum err
reset_run(struct work *w, const struct ticket *t)
{
	struct letter_order o;

	memset(&o, 0, sizeof(o));
	TRY(shape_read(&letter_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_reset_send(w, &o);
}

static enum err
portal_run(struct work *w, const struct ticket *t)
{
	struct letter_order o;

	memset(&o, 0, sizeof(o));
	TRY(shape_read(&letter_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_portal_send(w, &o);
}

static enum err
text_run(struct work *w, const struct ticket *t)
{
	struct text_order o;

	memset(&o, 0, sizeof(o));
	TRY(shape_read(&text_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_portal_text_send(w, &o);
}

const struct job job_portal_text = {
    .kind = "portal_text",
    .unpaid = true,
    .tries = 12,
    .backoff_s = 5,
    .run = text_run,
    .help = "Find whose number asked for the portal, and order the text with the code.",
};
