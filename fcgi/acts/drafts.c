/*
 * fcgi/acts/drafts.c -- load, decide, save, tell: what a message becomes.
 */
#include "fcgi/acts/drafts.h"

#include "domain/access/audit.h"
#include "domain/access/role.h"
#include "domain/billing/ledger.h"
#include "domain/reception/talk.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/acts/tell_hold.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/bookings.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/messages.h"
#include "sql/tenant/queries/processor.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/visits.h"

#define LOOKED_BACK 12         /* messages: what was said before is another matter */
#define NOTE_MAX 1000          /* of a visit */
#define OLDEST_S (14 * 86400)

static enum err chosen(struct work *w, const struct conversation_row *c, const struct draft_query *q, const struct draft_service *s,
    size_t n, struct message_draft *out);
static enum err taken(struct work *w, const struct message_line_row *m, const struct draft *d, struct message_draft *out);
static bool picture(const struct message_file *f);
static void one(struct visit_glance_row *row, struct visit_glance_row **out, size_t *n);

enum err
act_draft(struct work *w, uint64_t conversation_id, const struct draft_query *q, struct message_draft *out)
{
	struct conversation_row c;
	struct service_row *rows;
	struct draft_service *s;
	size_t n;

	*out = (struct message_draft){.when = STR(""), .note = STR("")};
	TRY(sql_conversation_one(w->db, conversation_id, w->arena, &c));
	TRY(sql_services(w->db, false, w->arena, &rows, &n));
	s = arena_array(w->arena, struct draft_service, n);
	for (size_t i = 0; i < n; i++)
		s[i] = (struct draft_service){rows[i].id, rows[i].name, rows[i].kind == SERVICE_JOB};
	return chosen(w, &c, q, s, n, out);
}

/* The last one that asks for work, unless the receptionist has seen to it; or the one that somebody points at. */
static enum err
chosen(struct work *w, const struct conversation_row *c, const struct draft_query *q, const struct draft_service *s, size_t n,
    struct message_draft *out)
{
	struct message_line_row *m;
	struct conversation_line_row line;
	size_t rows;

	TRY(sql_conversation_line(w->db, c->id, w->arena, &line));
	TRY(sql_messages_of(w->db, c->id, q->message.is ? q->message.v + 1 : UINT64_MAX >> 1, w->arena, &m, &rows));
	for (size_t i = 0; i < rows && i < LOOKED_BACK; i++) {
		struct draft d;

		if (m[i].direction != HEARD || (q->message.is && m[i].id != q->message.v))
			continue;
		m[i].body = tell_shut(w, m[i].body);
		draft_of(m[i].body, zone_day(w->tenant->zone, w->now), s, n, w->arena, &d);
		if (q->message.is || m[i].ref_kind == RECORD_VISIT ||
		    (d.work && !talk_handled(line.outcome) && w->now - m[i].at < OLDEST_S))
			return taken(w, &m[i], &d, out);
	}
	return q->message.is ? fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.") : OK;
}

static enum err
taken(struct work *w, const struct message_line_row *m, const struct draft *d, struct message_draft *out)
{
	struct visit_glance_row *visit = NULL;
	struct message_more more = {0};

	out->message_id = (struct maybe_u64){true, m->id};
	out->service_id = (struct maybe_u64){d->service_id != 0, d->service_id};
	out->intent = d->intent;
	out->day = d->day;
	out->from_minute = d->from_minute;
	out->to_minute = d->to_minute;
	out->when = d->when;
	out->note = audit_cut(w->arena, m->body, NOTE_MAX);
	out->marks = arena_array(w->arena, struct draft_mark, d->marks_n);
	for (; out->marks_n < d->marks_n; out->marks_n++)
		out->marks[out->marks_n].text = d->marks[out->marks_n];
	if (m->more.n > 0)
		TRY(shape_read(&message_more_shape, m->more, w->arena, &more, &w->fault));
	for (size_t i = 0; i < more.files_n; i++)
		out->pictures += picture(&more.files[i]);
	if (m->ref_kind == RECORD_VISIT)
		TRY(sql_visit_glance(w->db, m->ref_id, w->arena, &visit));
	one(visit, &out->made, &out->made_n);
	return OK;
}

static bool
picture(const struct message_file *f)
{
	return f->id.is && str_starts(f->type, STR("image/"));
}

static void
one(struct visit_glance_row *row, struct visit_glance_row **out, size_t *n)
{
	*out = row;
	*n = row != NULL;
}

enum err
act_glance(struct work *w, uint64_t customer_id, struct glance *out)
{
	struct visit_glance_row *next, *last;
	struct reception_caller_row *who;
	struct customer_row customer;
	struct said_row drawn;

	*out = (struct glance){0};
	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_visit_glance_next(w->db, customer_id, zone_day(w->tenant->zone, w->now), VISIT_SCHEDULED, VISIT_ON_WAY, VISIT_STARTED,
	    w->arena, &next));
	one(next, &out->next, &out->next_n);
	TRY(sql_visit_glance_last(w->db, customer_id, VISIT_DONE, w->arena, &last));
	one(last, &out->last, &out->last_n);
	if ((w->actor.may & MAY(MAY_SEE_BILLS)) == 0)
		return OK;
	TRY(sql_reception_caller(w->db, customer_id, ACCOUNT_RECEIVABLE, w->arena, &who));
	TRY(sql_autopay_on(w->db, customer_id, w->arena, &drawn));
	out->balance_cents = (struct maybe_i64){who != NULL, who != NULL ? who->balance_cents : 0};
	out->autopay = (struct maybe_bool){true, drawn.number > 0};
	return OK;
}

enum err
act_draft_becomes(struct work *w, uint64_t message_id, uint64_t visit_id)
{
	struct message_more more = {0};
	struct conversation_row c;
	struct message_row *m;
	struct visit v;

	TRY(sql_message_for_update(w->db, message_id, w->arena, &m));
	if (m == NULL || m->direction != HEARD)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	if (m->ref_kind == RECORD_VISIT)
		return fail(&w->fault, E_STALE, NULL, "Somebody has made a job of it already.");
	TRY(sql_conversation_one(w->db, m->conversation_id, w->arena, &c));
	TRY(sql_visit_one(w->db, visit_id, w->arena, &v));
	if (v.customer_id != c.customer_id)
		return fail(&w->fault, E_INVALID, "property_id", "This visit is another customer's.");
	TRY(sql_message_becomes(w->db, message_id, RECORD_VISIT, visit_id));
	/* The hour that was kept for it is on the board now. */
	TRY(tell_kept_end(w, m->conversation_id, true));
	if (m->more.n > 0)
		TRY(shape_read(&message_more_shape, m->more, w->arena, &more, &w->fault));
	for (size_t i = 0; i < more.files_n; i++) {
		struct file_row file;

		if (!picture(&more.files[i]))
			continue;
		TRY(sql_file_one(w->db, more.files[i].id.v, w->arena, &file));
		/* One that hangs elsewhere by now stays there. */
		if (file.on_kind != RECORD_CONVERSATION || file.customer_id != v.customer_id)
			continue;
		TRY(sql_file_place(w->db, file.id, RECORD_VISIT, visit_id, file.version));
		TRY(sql_file_one(w->db, file.id, w->arena, &file));
		TRY(tell_file_said(w, &file, EVENT_FILE_ADDED));
	}
	return tell_live(w);
}
