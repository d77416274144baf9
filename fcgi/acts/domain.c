#include "fcgi/acts/domain.h"

#include "domain/access/audit.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/http/shape.h"
#include "sql/control/queries/domains.h"
#include "sql/control/queries/tenants.h"
#include "sql/tenant/queries/messages.h"

const char *const domain_state_names[] = {"", "asked", "good", "missing", "wrong", "taken", NULL};

#define FOUND_MAX 300
#define PROOF_LETTERS 32

struct kept {
	struct str host, proof, found;
	uint32_t state; /* enum domain_state */
	struct maybe_i64 checked_at;
};
static const struct field kept_fields[] = {
	FIELD_TEXT(struct kept, host, 0, DOMAIN_HOST_MAX),
	FIELD_TEXT(struct kept, proof, 0, PROOF_LETTERS),
	FIELD_TEXT(struct kept, found, 0, FOUND_MAX),
	FIELD_INT(struct kept, state, 0, DOMAIN_STATES - 1),
	FIELD_MAYBE_TIME(struct kept, checked_at),
	FIELD_END
};
static const struct shape kept_shape = {"DomainKept", sizeof(struct kept), kept_fields};

static enum err load(struct work *w, struct kept *kept, struct chosen_row **row);
static enum err save(struct work *w, const struct kept *kept, const struct chosen_row *row);
static enum err proven(struct work *w, struct str host, struct domain_row **row);
static enum err let_go(struct work *w);
static struct str fresh_proof(struct arena *a);
static enum err good(struct work *w, const struct kept *kept, uint64_t id, enum domain_state *state);
static enum err not_good(struct work *w, const struct kept *kept, uint64_t id);

static enum err
load(struct work *w, struct kept *kept, struct chosen_row **row)
{
	*kept = (struct kept){0};
	TRY(sql_chosen_of(w->db, SETTING_DOMAIN, STR(""), w->arena, row));
	return *row == NULL ? OK : shape_read(&kept_shape, (*row)->body, w->arena, kept, &w->fault);
}

static enum err
save(struct work *w, const struct kept *kept, const struct chosen_row *row)
{
	struct buf b = buf_open(w->arena, 512, 4096);

	shape_write(&kept_shape, kept, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A message does not fit.");
	return row == NULL ? sql_chosen_insert(w->db, work_id(w), SETTING_DOMAIN, STR(""), buf_str(&b))
			   : sql_chosen_change(w->db, row->id, buf_str(&b), row->version);
}

/* The row of that name in the control schema, if it is this company's; else NULL. */
static enum err
proven(struct work *w, struct str host, struct domain_row **row)
{
	struct cdb *control;

	*row = NULL;
	if (host.n == 0)
		return OK;
	TRY(house_control(w->house, &control, &w->fault));
	TRY(sql_domain_of(control, host, w->arena, row));
	if (*row != NULL && ((*row)->tenant_id != w->tenant->id || (*row)->proven_at == 0))
		*row = NULL;
	return OK;
}

enum err
act_domain(struct work *w, struct own_domain *out)
{
	struct domain_row *is;
	struct chosen_row *row;
	struct kept kept;

	TRY(load(w, &kept, &row));
	TRY(proven(w, kept.host, &is));
	*out = (struct own_domain){.host = kept.host, .found = kept.found, .checked_at = kept.checked_at,
	    .state = kept.state > 0 && kept.state < DOMAIN_STATES ? (enum domain_state)kept.state : DOMAIN_ASKED,
	    .served = is != NULL, .version = row != NULL ? row->version : 0};
	/* Not w->tenant's: that one may be half a minute old. */
	out->portal = company_page(w, is != NULL ? kept.host : STR(""), "portal/");
	if (is != NULL && out->state != DOMAIN_GOOD && out->state != DOMAIN_ASKED)
		out->ends_at = (struct maybe_i64){true, is->seen_at + DOMAIN_LOST_S};
	if (kept.host.n > 0) {
		out->leads_to = str_printf(w->arena, "%s.%.*s", w->tenant->slug, STR_ARG(tenant_house(w->house->tenants)));
		out->record_name = domain_record_name(w->arena, kept.host);
		out->record_value = domain_record(w->arena, kept.proof);
	}
	return OK;
}

enum err
act_domain_set(struct work *w, const struct domain_set *in)
{
	struct str host = STR("");
	struct chosen_row *row;
	struct kept kept;

	if (str_trim(in->host).n > 0)
		TRY(domain_read(in->host, tenant_house(w->house->tenants), w->arena, &host, &w->fault));
	TRY(load(w, &kept, &row));
	if ((row != NULL ? row->version : 0) != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	if (str_eq(kept.host, host))
		return OK;
	kept = (struct kept){.host = host, .state = DOMAIN_ASKED, .proof = host.n > 0 ? fresh_proof(w->arena) : STR("")};
	TRY(save(w, &kept, row));
	TRY(audit(w, "company.domain", "company", 0, host));
	if (host.n > 0)
		TRY(tell_once(w, "domain_check", str_printf(w->arena, "domain:%.*s", STR_ARG(kept.proof)), &kept_shape, &kept, w->now));
	return let_go(w);
}

/* Last of all: a name that is given up without its line in the log would be worse than a line whose name stays another night. */
static enum err
let_go(struct work *w)
{
	struct cdb *control;
	uint64_t changed;

	TRY(house_control(w->house, &control, &w->fault));
	return sql_hosts_drop(control, w->tenant->id, &changed);
}

static struct str
fresh_proof(struct arena *a)
{
	return str_printf(a, "%08x%08x%08x%08x", random_u32(), random_u32(), random_u32(), random_u32());
}

enum err
act_domain_check(struct work *w)
{
	struct chosen_row *row;
	struct kept kept;

	TRY(load(w, &kept, &row));
	if (kept.host.n == 0)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return tell(w, "domain_check", &kept_shape, &kept);
}

enum err
act_domain_ask(struct work *w, struct domain_ask *out)
{
	struct chosen_row *row;
	struct kept kept;

	*out = (struct domain_ask){0};
	TRY(load(w, &kept, &row));
	if (kept.host.n > 0)
		*out = (struct domain_ask){domain_record_name(w->arena, kept.host), kept.proof};
	return OK;
}

enum err
act_domain_found(struct work *w, const struct domain_ask *asked, const struct domain_found *f)
{
	enum domain_state state = f->state;
	struct chosen_row *row;
	struct kept kept;

	TRY(load(w, &kept, &row));
	/* Somebody named another one while the name server was asked. */
	if (row == NULL || kept.host.n == 0 || !str_eq(kept.proof, asked->proof))
		return OK;
	if (state == DOMAIN_GOOD)
		TRY(good(w, &kept, row->id, &state));
	else
		TRY(not_good(w, &kept, row->id));
	kept.state = state;
	kept.found = audit_cut(w->arena, f->found, FOUND_MAX);
	kept.checked_at = (struct maybe_i64){true, w->now};
	TRY(save(w, &kept, row));
	return tell_live(w);
}

/* It is written down as ours, unless another company has proven it before. */
static enum err
good(struct work *w, const struct kept *kept, uint64_t id, enum domain_state *state)
{
	struct domain_row *was, *is;
	struct cdb *control;
	uint64_t changed;

	TRY(proven(w, kept->host, &was));
	TRY(house_control(w->house, &control, &w->fault));
	TRY(sql_domain_put(control, kept->host, w->tenant->id, w->now, &changed));
	TRY(proven(w, kept->host, &is));
	if (is == NULL) {
		*state = DOMAIN_TAKEN;
		return OK;
	}
	return was != NULL ? OK : audit(w, "company.domain_on", "setting", id, kept->host);
}

static enum err
not_good(struct work *w, const struct kept *kept, uint64_t id)
{
	struct domain_row *is;
	struct cdb *control;
	uint64_t changed;

	TRY(proven(w, kept->host, &is));
	if (is == NULL || !domain_lapsed(is->seen_at, w->now))
		return OK;
	TRY(audit(w, "company.domain_off", "setting", id, kept->host));
	TRY(house_control(w->house, &control, &w->fault));
	return sql_domain_drop(control, kept->host, w->tenant->id, &changed);
}

enum err
act_domain_page(struct work *w, struct str host)
{
	if (!domain_below(host, tenant_house(w->house->tenants)))
		return OK;
	return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
}
