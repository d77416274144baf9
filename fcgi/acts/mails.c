#include "fcgi/acts/mails.h"

#include "domain/access/audit.h"
#include "domain/messaging/mail.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/day.h"
#include "sql/tenant/queries/messages.h"
#include "tenancy/files.h"
#include "tenancy/log.h"

#define ATTEMPTS 3
#define HEAD_BYTES (512 * 1024) /* how far into a complaint its mail is looked for */

static enum err company_of(struct desk *d, struct str to, struct str raw, const struct tenant **t);
static enum err inside(struct desk *d, const struct tenant *t, enum err (*run)(struct work *w, const void *what), const void *what);
static enum err kept(struct work *w, const void *parcel);
static enum err returned(struct work *w, const void *report);
static bool ours(struct work *w, const struct letter *l);
static struct str key_of(struct work *w, const struct letter *l);
static enum err thread_of(struct work *w, const struct inlet_address *i, const struct letter *l, struct conversation_row *c);
static enum err attach(struct work *w, const struct conversation_row *c, const struct letter *l, const struct str *bytes,
    struct message_file *files);
static enum err came_back(struct work *w, const struct inlet_address *i, const struct letter *l, bool *done);
static enum err about(struct work *w, const struct inlet_address *i, struct message_row **m);
static enum err ended(struct work *w, const struct message_row *m, const struct mail_return *r);
static enum err gone(struct work *w, const struct message_row *m, struct str address, const char *what, struct str how);

static const struct field arrival_fields[] = {FIELD_ID(struct mail_arrival, file_id),
	FIELD_TEXT(struct mail_arrival, to, 3, MAIL_ADDRESS_MAX), FIELD_TEXT(struct mail_arrival, sender, 0, MAIL_ADDRESS_MAX), FIELD_END};
const struct shape mail_arrival_shape = {"MailArrival", sizeof(struct mail_arrival), arrival_fields};

struct parcel {
	struct str to, sender, raw;
};
struct report {
	const struct inlet_address *inlet;
	const struct mail_return *said;
};

enum err
act_mail_arrive(struct desk *d, struct str to, struct str sender, struct str raw, bool *known)
{
	const struct tenant *t;

	TRY(company_of(d, to, raw, &t));
	*known = t != NULL;
	return t == NULL ? OK : inside(d, t, kept, &(struct parcel){to, sender, raw});
}

enum err
act_mail_returned(struct desk *d, struct str inlet, const struct mail_return *r)
{
	const struct tenant *t;
	struct inlet_address i;

	if (!inlet_read(d->arena, inlet, str_of(d->house->config->mail_in), &i) || i.inlet != INLET_BOUNCE)
		return OK;
	TRY(company_of(d, inlet, STR(""), &t));
	return t == NULL ? OK : inside(d, t, returned, &(struct report){&i, r});
}

static enum err
inside(struct desk *d, const struct tenant *t, enum err (*run)(struct work *w, const void *what), const void *what)
{
	for (unsigned attempt = 1;; attempt++) {
		struct work w;
		enum err e = work_open(d, t, DB_WRITE, &w);

		if (e == OK) {
			w.actor.kind = ACTOR_SYSTEM;
			e = run(&w, what);
			e = work_close(&w, e);
		}
		if (e == OK)
			return OK;
		if (e != E_RETRY || attempt == ATTEMPTS) {
			d->fault = w.fault;
			return e;
		}
	}
}

/* A complaint is about a mail of ours: whose, says the address that it was sent from. */
static enum err
company_of(struct desk *d, struct str to, struct str raw, const struct tenant **t)
{
	const struct config *c = d->house->config;
	const struct str domain = str_of(c->mail_in);
	struct inlet_address i, about;
	enum err e;

	*t = NULL;
	if (!inlet_read(d->arena, to, domain, &i))
		return OK;
	if (i.inlet == INLET_COMPLAINTS) {
		if (!inlet_find(d->arena, str_sub(raw, 0, HEAD_BYTES), domain, INLET_BOUNCE, &about))
			return OK;
		i = about;
	}
	e = tenant_of_slug(d->house->tenants, d->control, i.slug, d->now, t, &d->fault);
	if (e != E_NOT_FOUND)
		return e;
	d->fault = (struct fault){0};
	*t = NULL;
	return OK;
}

static enum err
kept(struct work *w, const void *parcel)
{
	const struct parcel *p = parcel;
	const uint64_t id = work_id(w);

	TRY(files_keep(w, id, FILE_ENDING_MAIL, p->raw));
	return tell(w, "mail_in", &mail_arrival_shape, &(struct mail_arrival){id, p->to, p->sender});
}

static enum err
returned(struct work *w, const void *report)
{
	const struct report *r = report;
	struct message_row *m;

	TRY(about(w, r->inlet, &m));
	return m == NULL ? OK : ended(w, m, r->said);
}

enum err
act_mail_take(struct work *w, const struct mail_arrival *in, const struct letter *l, const struct str *bytes)
{
	const bool machine = l->kind != LETTER_PERSON || in->sender.n == 0;
	struct message_file files[LETTER_FILES_MAX];
	struct inlet_address i;
	struct conversation_row c;
	struct message_row *there;
	bool fresh, done = false;

	const bool ends = l->kind == LETTER_BOUNCE || l->kind == LETTER_COMPLAINT;

	if (!inlet_read(w->arena, in->to, str_of(w->house->config->mail_in), &i))
		return OK;
	/* A mail server may have no address that one could write to. */
	if (ends && !ours(w, l))
		TRY(came_back(w, &i, l, &done));
	if (done)
		return OK;
	if (l->from.n == 0 || ours(w, l)) {
		log_note("mail.dropped", "no writer, or our own", 0);
		return OK;
	}
	const struct str key = key_of(w, l);

	TRY(sql_message_of_key(w->db, str_printf(w->arena, "in:%.*s", STR_ARG(key)), w->arena, &there));
	if (there != NULL)
		return OK;
	TRY(thread_of(w, &i, l, &c));
	TRY(attach(w, &c, l, bytes, files));
	return tell_heard(w, &(struct heard){.medium = MEDIUM_EMAIL, .customer_id = c.customer_id, .conversation_id = c.id, .from = l->from,
	    .name = l->name, .subject = l->subject, .body = l->text, .quoted = l->quoted, .key = key, .message_id = l->message_id,
	    .thread = l->references, .quiet = machine, .files = files, .files_n = l->files}, &c, &fresh, NULL);
}

/* What the house itself has sent, and has come back in a circle. */
static bool
ours(struct work *w, const struct letter *l)
{
	struct str name, address, rest, host = STR("");
	const struct str domain = str_of(w->house->config->mail_in);

	(void)str_cut(l->from, '@', &host);
	if (str_eq_nocase(host, domain))
		return true;
	return mail_split(str_of(w->house->config->mail_from), &name, &address) && str_eq_nocase(address, l->from) &&
	       str_cut(address, '@', &rest).n > 0;
}

/* Its name and its writer: a name alone could be used up by somebody else before. Without a name, all that it says. */
static struct str
key_of(struct work *w, const struct letter *l)
{
	const struct str what = l->message_id.n > 0 ? str_printf(w->arena, "%.*s\n%.*s", STR_ARG(l->from), STR_ARG(l->message_id))
	                                            : str_printf(w->arena, "%.*s\n%.*s\n%.*s", STR_ARG(l->from), STR_ARG(l->subject), STR_ARG(l->text));
	uint8_t hash[HASH_BYTES];

	hash32(what.p, what.n, hash);
	return str_printf(w->arena, "mail:%.*s", STR_ARG(str_hex(w->arena, hash, sizeof(hash))));
}

/* By the address that we gave out with the mail that this one answers; else by who writes. */
static enum err
thread_of(struct work *w, const struct inlet_address *i, const struct letter *l, struct conversation_row *c)
{
	struct conversation_row *row = NULL;
	struct message_row *m = NULL;
	struct known_row *who;
	bool good;

	TRY(tell_inlet_good(w, i, &good));
	if (good && i->inlet == INLET_BOUNCE)
		TRY(sql_message_for_update(w->db, i->id, w->arena, &m));
	if (good && (i->inlet == INLET_THREAD || m != NULL))
		TRY(sql_conversation_for_update(w->db, m != NULL ? m->conversation_id : i->id, w->arena, &row));
	if (row != NULL) {
		*c = *row;
		return OK;
	}
	TRY(sql_known_by_email(w->db, l->from, w->arena, &who));
	return tell_thread(w, who != NULL ? who->customer_id : 0, l->from, l->name, language_of(who != NULL ? who->language : STR("en")), c);
}

/* What is no picture and no paper after all, and what is too much, is named and not kept. */
static enum err
attach(struct work *w, const struct conversation_row *c, const struct letter *l, const struct str *bytes, struct message_file *files)
{
	for (size_t i = 0; i < l->files; i++) {
		const struct file_new on = {RECORD_CONVERSATION, c->id, audit_cut(w->arena, l->file[i].name, FILE_NAME_MAX)};
		struct file_row row;
		enum err e = E_INVALID;

		if (l->file[i].kept) {
			e = tell_file(w, work_id(w), &on, STR(""), bytes[i], &row);
			if (e != OK && e != E_INVALID && e != E_LIMIT)
				return e;
			if (e != OK)
				w->fault = (struct fault){0};
		}
		files[i] = (struct message_file){{e == OK, e == OK ? row.id : 0}, on.name, str_sub(l->file[i].type, 0, 40)};
	}
	return OK;
}

/*
 * A delivery status at the address that only our envelope has, or a complaint with it inside. done: there is nothing else to do;
 * one that is not proven is shown like any other mail of a machine.
 */
static enum err
came_back(struct work *w, const struct inlet_address *i, const struct letter *l, bool *done)
{
	const bool complaint = l->kind == LETTER_COMPLAINT;
	struct inlet_address inner = *i;
	struct message_row *m;

	if (complaint && !inlet_find(w->arena, l->original, str_of(w->house->config->mail_in), INLET_BOUNCE, &inner))
		return OK;
	TRY(about(w, &inner, &m));
	if (m == NULL)
		return OK;
	*done = true;
	return ended(w, m, &(struct mail_return){complaint ? RETURN_COMPLAINT : RETURN_BOUNCE, l->status, l->why});
}

/* The message whose envelope had this address; NULL: it is not one that we gave out. */
static enum err
about(struct work *w, const struct inlet_address *i, struct message_row **m)
{
	bool good;

	*m = NULL;
	TRY(tell_inlet_good(w, i, &good));
	return good && i->inlet == INLET_BOUNCE ? sql_message_for_update(w->db, i->id, w->arena, m) : OK;
}

static enum err
ended(struct work *w, const struct message_row *m, const struct mail_return *r)
{
	if (r->what == RETURN_COMPLAINT)
		return gone(w, m, m->address, "complaint", STR("complaint"));
	if (r->what == RETURN_NO_NEWS) {
		struct consent is;

		TRY(tell_consent(w, m->address, &is));
		return is.stopped ? OK : tell_consent_say(w, m->address, true, STR("the relay of mails"));
	}
	const struct str how = str_printf(w->arena, "%.*s %.*s", STR_ARG(r->status), STR_ARG(r->why));

	if (letter_lasting(r->status))
		return gone(w, m, m->address, "bounce", how);
	if (!str_starts(r->status, STR("5")) || !message_may(m->state, MESSAGE_FAILED))
		return OK; /* it is late, and still on its way */
	TRY(sql_message_ended(w->db, m->id, MESSAGE_FAILED,
	    audit_cut(w->arena, str_printf(w->arena, "%s (%.*s)", "The other side did not take it.", STR_ARG(how)), 200), w->now));
	return tell_live(w);
}

static enum err
gone(struct work *w, const struct message_row *m, struct str address, const char *what, struct str how)
{
	const bool bounce = strcmp(what, "bounce") == 0;
	struct conversation_row c;
	struct consent is;

	TRY(tell_consent(w, address, &is));
	if (consent_gone(&is) != NULL)
		return OK;
	TRY(tell_consent_gone(w, address, what, how));
	TRY(tell_consent(w, address, &is));
	if (message_may(m->state, MESSAGE_FAILED) || !bounce)
		TRY(sql_message_ended(w->db, m->id, bounce ? MESSAGE_FAILED : m->state,
		    audit_cut(w->arena, str_printf(w->arena, "%s (%.*s)", consent_gone(&is), STR_ARG(how)), 200), w->now));
	TRY(sql_conversation_one(w->db, m->conversation_id, w->arena, &c));
	if (c.customer_id != 0)
		TRY(tell_alert_customer(w, ALERT_ADDRESS, c.customer_id,
		    str_printf(w->arena, "%.*s: %s", STR_ARG(address), words_say(w->tenant->language, consent_gone(&is)))));
	return tell_live(w);
}
