/*
 * fcgi/acts/company.c -- load, decide, save, tell: the company's own row.
 */
#include "fcgi/acts/company.h"

#include "domain/base/money.h"
#include "fcgi/acts/tell.h"
#include "sql/control/queries/mirror.h"
#include "sql/tenant/queries/company.h"

static enum err company_check(struct work *w, const struct company *in);
static struct str changes(struct work *w, const struct company_row *was, const struct company *is);
static bool is_phone(struct str s);
static bool is_colour(struct str s);

/* The job carries nothing: it reads the row as it is when its turn comes. */
struct mirror_order {
	bool all;
};
static const struct field mirror_order_fields[] = {FIELD_BOOL(struct mirror_order, all), FIELD_END};
static const struct shape mirror_order_shape = {
	"CompanyMirror", sizeof(struct mirror_order), mirror_order_fields};

enum err
act_company_card(struct work *w, struct company_card *out)
{
	struct company_row row;

	TRY(sql_company(w->db, w->arena, &row));
	*out = (struct company_card){
	    .name = row.name,
	    .slug = str_of(w->tenant->slug),
	    .language = language_of(row.language),
	    .accent = row.accent,
	    .zone = row.zone,
	    .currency = row.currency,
	};
	return OK;
}

enum err
act_company(struct work *w, struct company *out)
{
	struct company_row row;

	TRY(sql_company(w->db, w->arena, &row));
	*out = (struct company){
	    .name = row.name,
	    .phone = row.phone,
	    .street = row.street,
	    .city = row.city,
	    .region = row.region,
	    .postcode = row.postcode,
	    .country = row.country,
	    .zone = row.zone,
	    .currency = row.currency,
	    .language = language_of(row.language),
	    .accent = row.accent,
	    .week_starts = row.week_starts,
	    .version = row.version,
	};
	return OK;
}

enum err
act_company_change(struct work *w, const struct company *in, struct company *out)
{
	struct mirror_order order = {.all = true};
	struct company_row was;

	TRY(company_check(w, in));
	TRY(sql_company(w->db, w->arena, &was));
	TRY(sql_company_change(w->db, in->name, in->phone, in->street, in->city, in->region, in->postcode,
	    in->country, in->zone, in->currency, str_of(language_tag(in->language)), in->accent,
	    in->week_starts, in->version));
	TRY(audit(w, "company.changed", "company", 0, changes(w, &was, in)));
	TRY(tell(w, "company_mirror", &mirror_order_shape, &order));
	return act_company(w, out);
}

enum err
act_company_mirror(struct work *w)
{
	struct company_row row;
	struct cdb *control;

	TRY(sql_company(w->db, w->arena, &row));
	TRY(house_control(w->house, &control, &w->fault));
	TRY(sql_tenant_mirror(control, w->tenant->id, row.name, row.country, row.zone, row.currency,
	    row.language));
	tenant_forget(w->house->tenants, w->tenant->id);
	return OK;
}

static enum err
company_check(struct work *w, const struct company *in)
{
	const struct zone *zone;

	if (in->country.n != 2 || in->country.p[0] < 'A' || in->country.p[0] > 'Z' ||
	    in->country.p[1] < 'A' || in->country.p[1] > 'Z')
		return fail(&w->fault, E_INVALID, "country", "We do not know this country.");
	if (!currency_valid(in->currency))
		return fail(&w->fault, E_INVALID, "currency", "We cannot write money in this currency.");
	if (!is_colour(in->accent))
		return fail(&w->fault, E_INVALID, "accent", "A colour is # and six hexadecimal digits.");
	if (!is_phone(in->phone))
		return fail(&w->fault, E_INVALID, "phone", "This is not a telephone number.");
	return config_zone(w->house->config, in->zone, &zone, &w->fault);
}

/* Which members changed, for the audit log: names and what matters, never a whole address. */
static struct str
changes(struct work *w, const struct company_row *was, const struct company *is)
{
	struct buf b = buf_open(w->arena, 64, 1024);
	const struct {
		const char *name;
		struct str was, is;
	} member[] = {
		{"name", was->name, is->name},
		{"country", was->country, is->country},
		{"zone", was->zone, is->zone},
		{"currency", was->currency, is->currency},
		{"language", was->language, str_of(language_tag(is->language))},
		{"accent", was->accent, is->accent},
	};

	for (size_t i = 0; i < sizeof(member) / sizeof(*member); i++)
		if (!str_eq(member[i].was, member[i].is))
			buf_printf(&b, "%s%s: %.*s -> %.*s", b.n > 0 ? "; " : "", member[i].name,
			    STR_ARG(member[i].was), STR_ARG(member[i].is));
	if (!str_eq(was->street, is->street) || !str_eq(was->city, is->city) ||
	    !str_eq(was->region, is->region) || !str_eq(was->postcode, is->postcode) ||
	    !str_eq(was->phone, is->phone))
		buf_printf(&b, "%saddress", b.n > 0 ? "; " : "");
	if (was->week_starts != is->week_starts)
		buf_printf(&b, "%sweek_start", b.n > 0 ? "; " : "");
	return buf_str(&b);
}

/* Empty, or digits with what people write between them. */
static bool
is_phone(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (strchr("+-(). /x", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
	}
	return s.n == 0 || digits >= 3;
}

static bool
is_colour(struct str s)
{
	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++)
		if (strchr("0123456789abcdefABCDEF", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
	return true;
}
