/*
 * fcgi/acts/portal_talk.c -- what a customer and the office write to each other on the customer's own pages.
 *
 * The thread is the customer's one thread; of it only what was said on these pages is shown here: a text to a spouse's telephone
 * or a note of the office is none of theirs.
 */
#include "fcgi/acts/portal.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/messages.h"

#define HOUR_S 3600
#define OF_AN_HOUR 20

static enum err words_of(struct work *w, struct portal_word_row **rows, size_t *n);
static enum err files_of(struct work *w, const struct portal_word_row *row, struct message_more *more);
static enum err photos_of(struct work *w, const struct portal_word_row *row, struct portal_word *out);
static enum err open_thread(struct work *w, struct customer_row *customer, struct conversation_row *c);
static struct str key_of(struct work *w, struct str key);

enum err
act_portal_talk(struct work *w, struct portal_talk *out)
{
	struct portal_word_row *rows;
	size_t n;

	*out = (struct portal_talk){0};
	TRY(words_of(w, &rows, &n));
	out->rows = arena_array(w->arena, struct portal_word, n + 1);
	out->rows_n = n;
	for (size_t i = 0; i < n; i++) {
		const struct portal_word_row *r = &rows[n - 1 - i];

		out->rows[i] = (struct portal_word){.id = r->id, .own = r->own, .body = r->body, .staff = r->staff, .at = r->at};
		TRY(photos_of(w, r, &out->rows[i]));
	}
	return OK;
}

/* The last words first. */
static enum err
words_of(struct work *w, struct portal_word_row **rows, size_t *n)
{
	const struct str who = str_printf(w->arena, "c:%llu", (unsigned long long)w->actor.id);
	struct conversation_row *c;

	*n = 0;
	TRY(sql_conversation_of_who(w->db, who, w->arena, &c));
	return c == NULL ? OK : sql_portal_words(w->db, c->id, MEDIUM_PORTAL, NOTED, HEARD, w->arena, rows, n);
}

static enum err
files_of(struct work *w, const struct portal_word_row *row, struct message_more *more)
{
	*more = (struct message_more){0};
	return row->more.n > 0 ? shape_read(&message_more_shape, row->more, w->arena, more, &w->fault) : OK;
}

static enum err
photos_of(struct work *w, const struct portal_word_row *row, struct portal_word *out)
{
	struct message_more more;
	struct file_row file;

	TRY(files_of(w, row, &more));
	out->photos = arena_array(w->arena, struct portal_picture, more.files_n + 1);
	for (size_t i = 0; i < more.files_n; i++) {
		enum err e;

		if (!more.files[i].id.is)
			continue;
		e = sql_file_one(w->db, more.files[i].id.v, w->arena, &file);
		if (tell_absent(w, e) || (e == OK && (file.archived_at.is || file.state == FILE_REFUSED)))
			continue;
		TRY(e);
		out->photos[out->photos_n++] = (struct portal_picture){file.id, file.state == FILE_READY};
	}
	return OK;
}

enum err
portal_shown(struct work *w, const struct file_row *row, bool *is)
{
	struct portal_word_row *rows;
	struct message_more more;
	size_t n;

	*is = false;
	TRY(words_of(w, &rows, &n));
	for (size_t i = 0; i < n && !*is; i++) {
		TRY(files_of(w, &rows[i], &more));
		for (size_t k = 0; k < more.files_n; k++)
			*is = *is || (more.files[k].id.is && more.files[k].id.v == row->id);
	}
	return OK;
}

enum err
act_portal_say(struct work *w, struct str text, struct str key)
{
	struct customer_row customer;
	struct conversation_row c;
	bool fresh;

	TRY(open_thread(w, &customer, &c));
	return tell_heard(w, &(struct heard){.medium = MEDIUM_PORTAL, .customer_id = customer.id, .conversation_id = c.id, .body = text,
	    .key = key_of(w, key)}, &c, &fresh, NULL);
}

/* A repeat keeps no second file. */
enum err
act_portal_show(struct work *w, struct str bytes, struct str key)
{
	struct message_file *file = arena_new(w->arena, struct message_file);
	struct customer_row customer;
	struct conversation_row c;
	struct message_row *there;
	struct file_row row;
	bool fresh;

	TRY(open_thread(w, &customer, &c));
	TRY(sql_message_of_key(w->db, str_printf(w->arena, "in:%.*s", STR_ARG(key_of(w, key))), w->arena, &there));
	if (there != NULL)
		return OK;
	const struct str name = str_of(words_say(language_of(customer.language), "Photo"));
	const struct file_new on = {RECORD_CONVERSATION, c.id, name};

	TRY(tell_file(w, work_id(w), &on, STR(""), bytes, &row));
	if (!str_starts(row.type, STR("image/")))
		return fail(&w->fault, E_INVALID, "file", "There is no such picture here.");
	*file = (struct message_file){{true, row.id}, row.name, row.type};
	return tell_heard(w, &(struct heard){.medium = MEDIUM_PORTAL, .customer_id = customer.id, .conversation_id = c.id, .body = name,
	    .key = key_of(w, key), .files = file, .files_n = 1}, &c, &fresh, NULL);
}

static enum err
open_thread(struct work *w, struct customer_row *customer, struct conversation_row *c)
{
	struct said_row said;

	TRY(sql_customer_one(w->db, w->actor.id, w->arena, customer));
	TRY(tell_thread(w, customer->id, STR(""), customer->name, language_of(customer->language), c));
	TRY(sql_portal_words_since(w->db, c->id, MEDIUM_PORTAL, HEARD, w->now - HOUR_S, w->arena, &said));
	if (said.number < OF_AN_HOUR)
		return OK;
	w->fault.retry_after_s = HOUR_S / 4;
	return fail(&w->fault, E_LIMIT, "text", "That is enough said.");
}

static struct str
key_of(struct work *w, struct str key)
{
	return str_printf(w->arena, "portal:%llu:%.*s", (unsigned long long)w->actor.id, STR_ARG(key));
}
