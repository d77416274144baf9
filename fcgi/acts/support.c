#include "fcgi/acts/support.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "sql/control/queries/platform.h"
#include "sql/tenant/queries/company.h"

static enum err consent(struct work *w, struct cdb **control, struct support_row **row);

static enum err
consent(struct work *w, struct cdb **control, struct support_row **row)
{
	TRY(house_control(w->house, control, &w->fault));
	return sql_support_of(*control, w->tenant->id, w->arena, row);
}

enum err
act_support(struct work *w, struct support_page *out)
{
	struct support_row *row;
	struct cdb *control;

	TRY(consent(w, &control, &row));
	*out = (struct support_page){0};
	if (row != NULL && row->until_at > w->now)
		*out = (struct support_page){{true, row->until_at}, {true, row->given_at}};
	return OK;
}

/* The log first: a permission without its line would be worse than a line whose permission did not come to be. */
enum err
act_support_allow(struct work *w, uint32_t hours, struct support_page *out)
{
	struct cdb *control;
	uint64_t changed;

	TRY(work_stepped_up(w));
	TRY(audit(w, "support.allowed", "company", 0, str_printf(w->arena, "%u h", hours)));
	TRY(house_control(w->house, &control, &w->fault));
	TRY(sql_support_put(control, w->tenant->id, w->now + (int64_t)hours * 3600, w->now, &changed));
	return act_support(w, out);
}

enum err
act_support_end(struct work *w, struct support_page *out)
{
	struct cdb *control;
	uint64_t changed;

	TRY(audit(w, "support.ended", "company", 0, STR("")));
	TRY(house_control(w->house, &control, &w->fault));
	TRY(sql_support_drop(control, w->tenant->id, &changed));
	return act_support(w, out);
}

enum err
act_support_enter(struct work *w, struct str token, struct supporter *out)
{
	struct platform_who *who = NULL;
	struct support_row *row = NULL;
	struct cdb *control;
	uint64_t id;
	enum err e = link_spend(w, LINK_SUPPORT, token, &id);

	if (e == OK)
		e = consent(w, &control, &row);
	if (e == OK)
		e = sql_platform_who(control, id, w->arena, &who);
	if (e == E_INVALID || (e == OK && (who == NULL || row == NULL || row->until_at <= w->now))) {
		w->fault = (struct fault){OK};
		return fail(&w->fault, E_SIGNED_OUT, "token", "This link does not work any more. Ask for a new one.");
	}
	TRY(e);
	*out = (struct supporter){who->id, row->until_at};
	w->actor = (struct actor){.kind = ACTOR_SUPPORT, .id = who->id, .language = w->actor.language};
	return audit(w, "session.opened", "company", 0, str_of(w->from.agent));
}

enum err
act_support_looked(struct work *w, struct str path)
{
	return audit(w, "support.looked", "company", 0, path);
}

enum err
act_size(struct work *w)
{
	struct company_size size;
	struct cdb *control;
	uint64_t changed;

	TRY(sql_company_size(w->db, w->arena, &size));
	TRY(house_control(w->house, &control, &w->fault));
	return sql_size_put(control, w->tenant->id, size.customers, size.pools, size.staff, w->now, &changed);
}
