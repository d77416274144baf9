/*
 * fcgi/api/office/archives.c -- the owner takes everything of the company away as one file, paid for or not.
 */
#include "fcgi/acts/archives.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_archives[];

static enum err get(struct work *w, const struct call *c);
static enum err ask(struct work *w, const struct call *c);
static enum err way(struct work *w, const struct call *c);
static enum err take(struct work *w, const struct call *c);

static const struct field page_fields[] = {
	FIELD_ENUM(struct archive_page, state, archive_state_names),
	FIELD_INT(struct archive_page, done, 0, INT64_C(9007199254740991)),
	FIELD_INT(struct archive_page, of_all, 0, INT64_C(9007199254740991)),
	FIELD_INT(struct archive_page, bytes, 0, INT64_C(9007199254740991)),
	FIELD_MAYBE_TIME(struct archive_page, asked_at),
	FIELD_MAYBE_TIME(struct archive_page, ready_at),
	FIELD_MAYBE_TIME(struct archive_page, until_at),
	FIELD_END
};
static const struct shape page_shape = {"Archive", sizeof(struct archive_page), page_fields};

#define STORY "subscriptions.test.mjs"
const struct endpoint office_archives[] = {
	{GET, "/archive", .may = MAY(MAY_OWN), .unpaid = true, .out = &page_shape, .run = get,
	    .help = "The archive that was asked for, and how far it is.", .story = STORY},
	{POST, "/archive", .may = MAY(MAY_OWN), .unpaid = true, .out = &page_shape, .run = ask,
	    .help = "Make one file of everything the company keeps here: tables, photos, papers.", .story = STORY},
	{POST, "/archive/ways", .may = MAY(MAY_OWN), .unpaid = true, .run = way,
	    .help = "Say that it is about to be taken away: the password is asked for, and the log says so.", .story = STORY},
	{GET, "/archive/file", .may = MAY(MAY_OWN), .unpaid = true, .file = "application/x-tar", .run = take,
	    .help = "Take that file away; it is kept for a week.", .story = STORY},
	{0}
};

static enum err
get(struct work *w, const struct call *c)
{
	struct archive_page out;

	TRY(act_archive(w, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
ask(struct work *w, const struct call *c)
{
	struct archive_page out;

	TRY(act_archive_ask(w, &out));
	return reply_created(c, &page_shape, &out);
}

static enum err
way(struct work *w, const struct call *c)
{
	TRY(act_archive_way(w));
	return reply_nothing(c);
}

static enum err
take(struct work *w, const struct call *c)
{
	struct str path, name;

	TRY(act_archive_take(w, &path, &name));
	return reply_carried(c, "application/x-tar", true, name, path);
}
