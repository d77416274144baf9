#include "fcgi/acts/archives.h"

#include "fcgi/acts/tell.h"
#include "sql/control/queries/archives.h"

static enum err order_of(struct work *w, struct cdb **control, struct archive_row **row);

static enum err
order_of(struct work *w, struct cdb **control, struct archive_row **row)
{
	TRY(house_control(w->house, control, &w->fault));
	return sql_archive_of(*control, w->tenant->id, w->arena, row);
}

enum err
act_archive(struct work *w, struct archive_page *out)
{
	struct archive_row *row;
	struct cdb *control;

	TRY(order_of(w, &control, &row));
	*out = (struct archive_page){0};
	if (row == NULL || row->state >= ARCHIVE_STATES)
		return OK;
	*out = (struct archive_page){.state = (enum archive_state)row->state, .done = row->done, .of_all = row->of_all,
	    .bytes = row->bytes, .asked_at = {true, row->asked_at}, .ready_at = {row->ready_at > 0, row->ready_at},
	    .until_at = {row->state == ARCHIVE_READY, row->asked_at + ARCHIVE_KEPT_S}};
	return OK;
}

enum err
act_archive_ask(struct work *w, struct archive_page *out)
{
	struct archive_row *row;
	struct cdb *control;
	uint64_t changed;

	TRY(work_stepped_up(w));
	TRY(order_of(w, &control, &row));
	if (row == NULL || (row->state != ARCHIVE_ASKED && row->state != ARCHIVE_WORKING)) {
		TRY(audit(w, "archive.asked", "company", 0, STR("")));
		TRY(sql_archive_ask(control, w->tenant->id, ARCHIVE_ASKED, w->now, &changed));
	}
	return act_archive(w, out);
}

enum err
act_archive_way(struct work *w)
{
	struct str path, name;

	TRY(act_archive_take(w, &path, &name));
	return audit(w, "archive.taken", "company", 0, name);
}

enum err
act_archive_take(struct work *w, struct str *path, struct str *name)
{
	char date[DAY_LETTERS + 1];
	struct archive_row *row;
	struct cdb *control;

	TRY(work_stepped_up(w));
	TRY(order_of(w, &control, &row));
	if (row == NULL || row->state != ARCHIVE_READY)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	day_write(zone_day(w->tenant->zone, row->asked_at), date);
	*path = archive_name(w->arena, str_of(w->tenant->schema));
	*name = str_printf(w->arena, "%s %s.tar", w->tenant->slug, date);
	return OK;
}
