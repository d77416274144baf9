/*
 * fcgi/acts/roles.c -- load, decide, save, tell: the company's own roles.
 *
 * That nobody holds a role that goes, and that there are not too many, are rules over several rows: the
 * audit line that each of these acts writes moves the chain's head, so two of them never pass together.
 */
#include "fcgi/acts/roles.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/roles.h"

static enum err check(struct work *w, struct str name, uint64_t may, uint64_t id);
static enum err own_one(struct work *w, uint64_t id, struct role_row *out);
static void line_of(const struct role_row *row, struct role_line *out);
static struct str names_of(struct work *w, uint64_t may);

enum err
act_roles(struct work *w, struct role_page *out)
{
	struct role_people_row *counts;
	struct role_row *own;
	size_t counts_n, own_n;

	TRY(sql_roles_built_in(w->db, STAFF_DISABLED, w->arena, &counts, &counts_n));
	TRY(sql_roles(w->db, STAFF_DISABLED, w->arena, &own, &own_n));
	*out = (struct role_page){.rows = arena_array(w->arena, struct role_line, BUILT_IN_ROLES + own_n)};
	for (enum built_in_role r = ROLE_OWNER; r < BUILT_IN_ROLES; r++) {
		struct role_line *line = &out->rows[out->rows_n++];

		*line = (struct role_line){.id = r, .name = str_of(role_entry(r)->name), .built_in = true,
		    .may = role_entry(r)->may, .version = 1};
		for (size_t i = 0; i < counts_n; i++)
			if (counts[i].role == r)
				line->people = counts[i].people;
	}
	for (size_t i = 0; i < own_n; i++)
		line_of(&own[i], &out->rows[out->rows_n++]);
	return OK;
}

enum err
act_role_make(struct work *w, const struct role_wish *in, struct role_line *out)
{
	uint64_t id = work_id(w);
	struct count_row count;
	struct role_row row;

	TRY(check(w, in->name, in->may, 0));
	TRY(audit(w, "role.made", "role", id,
	    str_printf(w->arena, "%.*s: %s", STR_ARG(in->name), names_of(w, in->may).p)));
	TRY(sql_roles_count(w->db, w->arena, &count));
	if (count.n >= ROLES_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "A company has at most %d roles of its own.", ROLES_MAX);
	TRY(sql_role_insert(w->db, id, in->name, in->may));
	TRY(own_one(w, id, &row));
	line_of(&row, out);
	return OK;
}

enum err
act_role_change(struct work *w, uint64_t id, const struct role_change *in, struct role_line *out)
{
	struct role_row row;

	TRY(own_one(w, id, &row));
	if (!role_may_grant(w->actor.may, row.may))
		return fail(&w->fault, E_FORBIDDEN, "may", "This role is larger than yours.");
	TRY(check(w, in->name, in->may, id));
	TRY(sql_role_change(w->db, id, in->name, in->may, in->version));
	TRY(audit(w, "role.changed", "role", id,
	    str_printf(w->arena, "%.*s: %s <- %s", STR_ARG(in->name), names_of(w, in->may).p,
	        names_of(w, row.may).p)));
	TRY(own_one(w, id, &row));
	line_of(&row, out);
	return OK;
}

enum err
act_role_drop(struct work *w, uint64_t id)
{
	struct count_row holders;
	struct role_row row;

	TRY(own_one(w, id, &row));
	if (!role_may_grant(w->actor.may, row.may))
		return fail(&w->fault, E_FORBIDDEN, NULL, "This role is larger than yours.");
	TRY(audit(w, "role.dropped", "role", id, row.name));
	TRY(sql_role_holders(w->db, (struct maybe_u64){true, id}, w->arena, &holders));
	if (holders.n > 0)
		return fail(&w->fault, E_STALE, NULL, "Somebody still has this role.");
	return sql_role_delete(w->db, id);
}

static enum err
check(struct work *w, struct str name, uint64_t may, uint64_t id)
{
	struct staff_id_row *other;

	TRY(role_check_own(may, &w->fault));
	if (!role_may_grant(w->actor.may, may))
		return fail(&w->fault, E_FORBIDDEN, "may", "Nobody can give others more than they may do themselves.");
	if ((may & MAY_PAY) != 0)
		TRY(work_stepped_up(w));
	for (enum built_in_role r = ROLE_OWNER; r < BUILT_IN_ROLES; r++)
		if (str_eq_nocase(name, str_of(role_entry(r)->label)) ||
		    str_eq(name, str_of(words_say(SPANISH, role_entry(r)->label))))
			return fail(&w->fault, E_INVALID, "name", "This is the name of a built-in role.");
	TRY(sql_role_of_name(w->db, name, w->arena, &other));
	if (other != NULL && other->id != id)
		return fail(&w->fault, E_INVALID, "name", "A role of this name exists already.");
	return OK;
}

static enum err
own_one(struct work *w, uint64_t id, struct role_row *out)
{
	struct role_row *row;

	if (id < BUILT_IN_ROLES)
		return fail(&w->fault, E_FORBIDDEN, NULL, "The built-in roles cannot be changed.");
	TRY(sql_role_one(w->db, id, STAFF_DISABLED, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	*out = *row;
	return OK;
}

static void
line_of(const struct role_row *row, struct role_line *out)
{
	*out = (struct role_line){.id = row->id, .name = row->name, .may = row->may, .people = row->people,
	    .version = row->version};
}

static struct str
names_of(struct work *w, uint64_t may)
{
	struct buf b = buf_open(w->arena, 128, 1024);

	for (unsigned p = 0; p < PERMISSIONS; p++)
		if ((may & MAY(p)) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? " " : "", permission_name((enum permission)p));
	return buf_str(&b);
}
