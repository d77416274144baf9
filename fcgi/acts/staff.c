/*
 * fcgi/acts/staff.c -- load, decide, save, tell: people who work here.
 */
#include "fcgi/acts/staff.h"

#include "domain/messaging/mail.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/roles.h"
#include "sql/tenant/queries/sessions.h"
#include "sql/tenant/queries/staff.h"

/* A mail's value holds 160 bytes; a character has at most four. */
#define MAIL_NAME_MAX 40

/* A role as it is handed out: built in, or the company's own. */
struct given {
	enum built_in_role role;
	struct maybe_u64 role_id;
	uint64_t may;
	struct str name; /* English, or what the company calls it */
};

static enum err load(struct work *w, uint64_t id, struct staff_row *row, struct standing *s);
static enum err load_both(struct work *w, uint64_t id, struct standing *by, struct staff_row *row,
    struct standing *target);
static enum err given_read(struct work *w, enum built_in_role role, struct maybe_u64 role_id,
    struct given *out);
static uint64_t row_may(const struct staff_row *row);
static struct str row_role(const struct staff_row *row, enum language l);
static void line_of(struct work *w, const struct staff_row *row, struct staff_line *out);
static enum err invitation_send(struct work *w, const struct staff_row *to);
static enum err company_name(struct work *w, struct str *out);
static enum err owner_mail(struct work *w, const struct staff_row *to, const struct staff_row *from,
    const struct staff_row *owner);

enum err
act_staff_page(struct work *w, const struct staff_query *q, struct staff_page *out)
{
	struct staff_row *rows;
	size_t n;

	TRY(sql_staff_page(w->db, q->after.is ? q->after.v : 0, q->q, q->state, ACTOR_STAFF, w->arena, &rows,
	    &n));
	*out = (struct staff_page){.rows_n = n < STAFF_PAGE ? n : STAFF_PAGE};
	out->rows = arena_array(w->arena, struct staff_line, out->rows_n);
	for (size_t i = 0; i < out->rows_n; i++)
		line_of(w, &rows[i], &out->rows[i]);
	if (n > STAFF_PAGE)
		out->next = (struct maybe_u64){true, rows[STAFF_PAGE - 1].id};
	return OK;
}

enum err
act_staff_one(struct work *w, uint64_t id, struct staff_line *out)
{
	struct staff_row row;

	TRY(sql_staff_one(w->db, id, ACTOR_STAFF, w->arena, &row));
	line_of(w, &row, out);
	return OK;
}

enum err
act_staff_invite(struct work *w, const struct invite *in, struct staff_line *out)
{
	struct str email = str_lower(w->arena, in->email);
	struct staff_id_row *known;
	struct staff_row by_row;
	struct standing by;
	struct given given;

	if (!mail_address_valid(email))
		return fail(&w->fault, E_INVALID, "email", "This is not an e-mail address.");
	TRY(load(w, w->actor.id, &by_row, &by));
	TRY(given_read(w, in->role, in->role_id, &given));
	TRY(staff_may_invite(&by, given.may, &w->fault));
	if ((given.may & MAY_PAY) != 0)
		TRY(work_stepped_up(w));
	TRY(sql_staff_of_email(w->db, email, w->arena, &known));
	if (known != NULL)
		return fail(&w->fault, E_INVALID, "email", "Somebody with this address works here already.");

	uint64_t id = work_id(w);
	struct staff_row row;
	TRY(sql_staff_insert(w->db, id, in->name, email, str_of(language_tag(in->language)), given.role,
	    given.role_id, STAFF_INVITED, w->now));
	TRY(sql_staff_one(w->db, id, ACTOR_STAFF, w->arena, &row));
	TRY(invitation_send(w, &row));
	TRY(audit(w, "staff.invited", "staff", id,
	    str_printf(w->arena, "%.*s <%.*s> as %.*s", STR_ARG(in->name), STR_ARG(email), STR_ARG(given.name))));
	line_of(w, &row, out);
	return OK;
}

enum err
act_staff_invite_again(struct work *w, uint64_t id)
{
	struct standing by, target;
	struct staff_row row;

	TRY(load_both(w, id, &by, &row, &target));
	TRY(staff_may_invite_again(&by, &target, &w->fault));
	/* The row is written as well, so that accepting at this moment and sending again cannot both win. */
	TRY(sql_staff_set_state(w->db, id, STAFF_INVITED, row.version));
	TRY(link_void(w, LINK_INVITE, id));
	TRY(invitation_send(w, &row));
	return audit(w, "staff.invited_again", "staff", id,
	    str_printf(w->arena, "%.*s <%.*s>", STR_ARG(row.name), STR_ARG(row.email)));
}

enum err
act_staff_change(struct work *w, uint64_t id, const struct staff_change *in, struct staff_line *out)
{
	struct standing by, target;
	struct staff_row row;
	struct given given;

	TRY(load_both(w, id, &by, &row, &target));
	TRY(staff_may_rename(&by, &target, &w->fault));
	TRY(given_read(w, in->role, in->role_id, &given));
	bool same = given.role == row.role && given.role_id.is == row.role_id.is &&
	    (!given.role_id.is || given.role_id.v == row.role_id.v);
	if (!same) {
		TRY(staff_may_change_role(&by, &target, given.may, &w->fault));
		if ((given.may & MAY_PAY) != 0)
			TRY(work_stepped_up(w));
	}
	const struct str language = in->language.is ? in->language.v : row.language;
	if (!str_eq(language, str_of(language_tag(language_of(language)))))
		return fail(&w->fault, E_INVALID, "language", "This value is not valid.");
	TRY(sql_staff_change(w->db, id, in->name, given.role, given.role_id, language, in->version));

	struct buf what = buf_open(w->arena, 128, 1024);
	buf_printf(&what, "%.*s", STR_ARG(in->name));
	if (!str_eq(in->name, row.name))
		buf_printf(&what, ", before %.*s", STR_ARG(row.name));
	if (!str_eq(language, row.language))
		buf_printf(&what, "; language %.*s", STR_ARG(language));
	if (!same)
		buf_printf(&what, "; role %.*s -> %.*s", STR_ARG(row_role(&row, ENGLISH)), STR_ARG(given.name));
	TRY(audit(w, "staff.changed", "staff", id, buf_str(&what)));
	return act_staff_one(w, id, out);
}

enum err
act_staff_disable(struct work *w, uint64_t id, uint32_t version)
{
	struct standing by, target;
	struct staff_row row;
	struct str company;
	uint64_t ended;

	TRY(load_both(w, id, &by, &row, &target));
	TRY(staff_may_disable(&by, &target, &w->fault));
	TRY(sql_staff_set_state(w->db, id, STAFF_DISABLED, version));
	TRY(sql_sessions_end_others(w->db, ACTOR_STAFF, id, 0, w->now, &ended));
	TRY(link_void(w, LINK_INVITE, id));
	TRY(link_void(w, LINK_RESET, id));
	TRY(company_name(w, &company));
	if (target.state == STAFF_ACTIVE) {
		struct template_value v[] = {
			{STR("name"), audit_cut(w->arena, row.name, MAIL_NAME_MAX)},
			{STR("company"), company},
		};
		TRY(tell_mail(w, MAIL_STAFF_DISABLED, row.email, language_of(row.language), v, 2));
	}
	return audit(w, "staff.disabled", "staff", id, row.name);
}

enum err
act_staff_enable(struct work *w, uint64_t id)
{
	struct standing by, target;
	struct staff_row row;

	TRY(load_both(w, id, &by, &row, &target));
	TRY(staff_may_enable(&by, &target, &w->fault));
	TRY(sql_staff_set_state(w->db, id, row.has_password ? STAFF_ACTIVE : STAFF_INVITED, row.version));
	return audit(w, "staff.enabled", "staff", id, row.name);
}

enum err
act_ownership_give(struct work *w, uint64_t to)
{
	const struct maybe_u64 none = {0};
	struct standing by, target;
	struct staff_row owner, heir;

	TRY(work_stepped_up(w));
	TRY(load(w, w->actor.id, &owner, &by));
	TRY(load(w, to, &heir, &target));
	TRY(staff_may_receive(&by, &target, &w->fault));
	/* Both rows must still be as they were read: so there is exactly one owner before and after. */
	TRY(sql_staff_change(w->db, owner.id, owner.name, ROLE_MANAGER, none, owner.language, owner.version));
	TRY(sql_staff_change(w->db, heir.id, heir.name, ROLE_OWNER, none, heir.language, heir.version));
	TRY(audit(w, "company.handed_over", "staff", to,
	    str_printf(w->arena, "from %.*s to %.*s", STR_ARG(owner.name), STR_ARG(heir.name))));
	TRY(owner_mail(w, &owner, &owner, &heir));
	return owner_mail(w, &heir, &owner, &heir);
}

enum err
act_self(struct work *w, struct self *out)
{
	struct staff_row row;

	if (w->actor.kind == ACTOR_SUPPORT) {
		*out = (struct self){.id = w->actor.id, .email = STR(""), .language = w->actor.language, .role = ROLE_READ_ONLY,
		    .role_name = STR("Support"), .may = w->actor.may, .second_factor = true, .email_confirmed = true, .support = true,
		    .version = 1};
		return tell_actor(w, &out->name);
	}
	TRY(sql_staff_one(w->db, w->actor.id, ACTOR_STAFF, w->arena, &row));
	*out = (struct self){
	    .id = row.id,
	    .name = row.name,
	    .email = row.email,
	    .language = language_of(row.language),
	    .role = row.role,
	    .role_name = row_role(&row, language_of(row.language)),
	    .may = row_may(&row),
	    .owes_second_factor = role_needs_second_factor(row_may(&row)) && !row.second_factor,
	    .second_factor = row.second_factor,
	    .email_confirmed = row.email_confirmed,
	    .version = row.version,
	};
	return OK;
}

enum err
act_self_change(struct work *w, const struct self_change *in, struct self *out)
{
	TRY(sql_staff_introduce(w->db, w->actor.id, in->name, str_of(language_tag(in->language)), in->version));
	TRY(audit(w, "staff.changed", "staff", w->actor.id,
	    str_printf(w->arena, "%.*s, %s", STR_ARG(in->name), language_tag(in->language))));
	return act_self(w, out);
}

static enum err
load(struct work *w, uint64_t id, struct staff_row *row, struct standing *s)
{
	TRY(sql_staff_one(w->db, id, ACTOR_STAFF, w->arena, row));
	*s = (struct standing){row->id, row_may(row), row->state, row->email_confirmed};
	return OK;
}

static enum err
load_both(struct work *w, uint64_t id, struct standing *by, struct staff_row *row, struct standing *target)
{
	struct staff_row own;

	TRY(load(w, w->actor.id, &own, by));
	return load(w, id, row, target);
}

static enum err
given_read(struct work *w, enum built_in_role role, struct maybe_u64 role_id, struct given *out)
{
	const struct role_entry *entry = role_entry(role);
	struct role_row *own = NULL;

	if (entry != NULL && role_id.is)
		return fail(&w->fault, E_INVALID, "role_id", "This value is not valid.");
	if (entry != NULL) {
		*out = (struct given){.role = role, .may = entry->may, .name = str_of(entry->label)};
		return OK;
	}
	if (role_id.is)
		TRY(sql_role_one(w->db, role_id.v, STAFF_DISABLED, w->arena, &own));
	if (own == NULL)
		return fail(&w->fault, E_INVALID, "role_id", "Say which of the company's own roles.");
	*out = (struct given){.role_id = role_id, .may = own->may, .name = own->name};
	return OK;
}

static uint64_t
row_may(const struct staff_row *row)
{
	const struct role_entry *entry = role_entry(row->role);

	return entry != NULL ? entry->may : row->own_may;
}

static struct str
row_role(const struct staff_row *row, enum language l)
{
	const struct role_entry *entry = role_entry(row->role);

	return entry != NULL ? str_of(words_say(l, entry->label)) : row->own_name.v;
}

static void
line_of(struct work *w, const struct staff_row *row, struct staff_line *out)
{
	*out = (struct staff_line){
	    .id = row->id,
	    .name = row->name,
	    .email = row->email,
	    .role = row->role,
	    .role_id = row->role_id,
	    .role_name = row_role(row, w->actor.language),
	    .language = language_of(row->language),
	    .state = row->state,
	    .second_factor = row->second_factor,
	    .last_seen_at = row->last_seen_at,
	    .version = row->version,
	};
}

static enum err
invitation_send(struct work *w, const struct staff_row *to)
{
	enum language l = language_of(to->language);
	struct staff_row by;
	struct str company, url;

	TRY(sql_staff_one(w->db, w->actor.id, ACTOR_STAFF, w->arena, &by));
	TRY(company_name(w, &company));
	TRY(link_issue(w, LINK_INVITE, to->id, INVITATION_TTL_S, "invitation", &url, NULL));
	struct template_value v[] = {
		{STR("name"), audit_cut(w->arena, to->name, MAIL_NAME_MAX)},
		{STR("company"), company},
		{STR("by"), audit_cut(w->arena, by.name, MAIL_NAME_MAX)},
		{STR("role"), audit_cut(w->arena, row_role(to, l), MAIL_NAME_MAX)},
		{STR("url"), url},
		{STR("days"), str_printf(w->arena, "%d", INVITATION_TTL_S / 86400)},
	};
	return tell_mail(w, MAIL_INVITATION, to->email, l, v, sizeof(v) / sizeof(*v));
}

static enum err
company_name(struct work *w, struct str *out)
{
	struct company_row row;

	TRY(sql_company(w->db, w->arena, &row));
	*out = audit_cut(w->arena, row.name, MAIL_NAME_MAX);
	return OK;
}

static enum err
owner_mail(struct work *w, const struct staff_row *to, const struct staff_row *from,
    const struct staff_row *owner)
{
	char time[ZONE_TIME_LETTERS + 1];
	struct str company;

	TRY(company_name(w, &company));
	zone_write(w->tenant->zone, w->now, time);
	struct template_value v[] = {
		{STR("name"), audit_cut(w->arena, to->name, MAIL_NAME_MAX)},
		{STR("company"), company},
		{STR("from"), audit_cut(w->arena, from->name, MAIL_NAME_MAX)},
		{STR("owner"), audit_cut(w->arena, owner->name, MAIL_NAME_MAX)},
		{STR("time"), str_of(time)},
	};
	return tell_mail(w, MAIL_OWNER_CHANGED, to->email, language_of(to->language), v,
	    sizeof(v) / sizeof(*v));
}
