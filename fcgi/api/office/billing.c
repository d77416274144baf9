/*
 * fcgi/api/office/billing.c -- how the company bills and taxes, who owes how long, money that slips away.
 */
#include "fcgi/acts/billing.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err billing_get(struct work *w, const struct call *c);
static enum err billing_put(struct work *w, const struct call *c);
static enum err taxes_list(struct work *w, const struct call *c);
static enum err tax_make(struct work *w, const struct call *c);
static enum err tax_end(struct work *w, const struct call *c);
static enum err exemptions_list(struct work *w, const struct call *c);
static enum err exemption_make(struct work *w, const struct call *c);
static enum err exemption_end(struct work *w, const struct call *c);
static enum err own_get(struct work *w, const struct call *c);
static enum err own_put(struct work *w, const struct call *c);
static enum err places_list(struct work *w, const struct call *c);
static enum err city_put(struct work *w, const struct call *c);
static enum err service_put(struct work *w, const struct call *c);
static enum err ageing(struct work *w, const struct call *c);
static enum err leaks(struct work *w, const struct call *c);
static enum err leak_mend(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)

static const struct field tax_rule_line_fields[] = {
	FIELD_ID(struct tax_rule_line, id),
	FIELD_TEXT(struct tax_rule_line, name, 1, 80),
	FIELD_TEXT(struct tax_rule_line, code, 1, TAX_CODE_MAX),
	FIELD_TEXT(struct tax_rule_line, area, 1, TAX_AREA_MAX),
	FIELD_INT(struct tax_rule_line, rate_ppm, 0, TAX_RATE_MAX),
	FIELD_DAY(struct tax_rule_line, from_day),
	FIELD_MAYBE_DAY(struct tax_rule_line, until_day),
	FIELD_END
};
static const struct shape tax_rule_line_shape = {"TaxRule", sizeof(struct tax_rule_line), tax_rule_line_fields};
static const struct field tax_rule_page_fields[] = {
	FIELD_LIST(struct tax_rule_page, rows, rows_n, &tax_rule_line_shape, TAX_RULES_MAX), FIELD_END};
static const struct shape tax_rule_page_shape = {"TaxRulePage", sizeof(struct tax_rule_page), tax_rule_page_fields};
static const struct columns tax_columns = {&tax_rule_page_shape, "Tax,Code,Area,Rate %,From,Until",
	"Impuesto,Código,Zona,Tasa %,Desde,Hasta", "name,code,area,rate_ppm,from_day,until_day"};

static const struct field tax_line_wish_fields[] = {
	FIELD_TEXT(struct tax_line_wish, name, 1, 80),
	FIELD_TEXT(struct tax_line_wish, code, 1, TAX_CODE_MAX),
	FIELD_TEXT(struct tax_line_wish, area, 1, TAX_AREA_MAX),
	FIELD_INT(struct tax_line_wish, rate_ppm, 0, TAX_RATE_MAX),
	FIELD_DAY(struct tax_line_wish, from_day),
	FIELD_MAYBE_DAY(struct tax_line_wish, until_day),
	FIELD_END
};
static const struct shape tax_line_wish_shape = {"TaxRuleNew", sizeof(struct tax_line_wish), tax_line_wish_fields};

struct tax_ending {
	struct day until_day;
};
static const struct field tax_ending_fields[] = {FIELD_DAY(struct tax_ending, until_day), FIELD_END};
static const struct shape tax_ending_shape = {"TaxRuleEnd", sizeof(struct tax_ending), tax_ending_fields};

static const struct field exemption_line_fields[] = {
	FIELD_ID(struct exemption_line, id),
	FIELD_TEXT(struct exemption_line, certificate, 1, 80),
	FIELD_TEXT(struct exemption_line, area, 0, TAX_AREA_MAX),
	FIELD_DAY(struct exemption_line, from_day),
	FIELD_MAYBE_DAY(struct exemption_line, until_day),
	FIELD_END
};
static const struct shape exemption_line_shape = {"Exemption", sizeof(struct exemption_line), exemption_line_fields};
static const struct field exemption_page_fields[] = {
	FIELD_LIST(struct exemption_page, rows, rows_n, &exemption_line_shape, TAX_RULES_MAX), FIELD_END};
static const struct shape exemption_page_shape = {"ExemptionPage", sizeof(struct exemption_page),
    exemption_page_fields};
static const struct columns exemption_columns = {&exemption_page_shape, "Certificate,Area,From,Until",
	"Certificado,Zona,Desde,Hasta", "certificate,area,from_day,until_day"};

static const struct field exemption_wish_fields[] = {
	FIELD_TEXT(struct exemption_wish, certificate, 1, 80),
	FIELD_TEXT(struct exemption_wish, area, 0, TAX_AREA_MAX),
	FIELD_DAY(struct exemption_wish, from_day),
	FIELD_MAYBE_DAY(struct exemption_wish, until_day),
	FIELD_END
};
static const struct shape exemption_wish_shape = {"ExemptionNew", sizeof(struct exemption_wish),
    exemption_wish_fields};

struct exemption_ending {
	uint64_t exemption_id;
	struct day until_day;
};
static const struct field exemption_ending_fields[] = {
	FIELD_ID(struct exemption_ending, exemption_id), FIELD_DAY(struct exemption_ending, until_day), FIELD_END};
static const struct shape exemption_ending_shape = {"ExemptionEnd", sizeof(struct exemption_ending),
    exemption_ending_fields};

static const struct field tax_city_fields[] = {
	FIELD_TEXT(struct tax_city_row, city, 0, 80),
	FIELD_TEXT(struct tax_city_row, region, 0, 40),
	FIELD_TEXT(struct tax_city_row, tax_area, 0, TAX_AREA_MAX),
	FIELD_INT(struct tax_city_row, places, 0, INT32_MAX),
	FIELD_END
};
static const struct shape tax_city_shape = {"TaxCity", sizeof(struct tax_city_row), tax_city_fields};
static const struct field tax_service_fields[] = {
	FIELD_ID(struct tax_service_row, id),
	FIELD_TEXT(struct tax_service_row, name, 0, 80),
	FIELD_TEXT(struct tax_service_row, tax_code, 0, TAX_CODE_MAX),
	FIELD_END
};
static const struct shape tax_service_shape = {"TaxService", sizeof(struct tax_service_row), tax_service_fields};
static const struct field tax_place_page_fields[] = {
	FIELD_LIST(struct tax_place_page, cities, cities_n, &tax_city_shape, 500),
	FIELD_LIST(struct tax_place_page, services, services_n, &tax_service_shape, 200),
	FIELD_END
};
static const struct shape tax_place_page_shape = {"TaxPlaces", sizeof(struct tax_place_page), tax_place_page_fields};
static const struct field tax_city_wish_fields[] = {
	FIELD_TEXT(struct tax_city_wish, city, 0, 80),
	FIELD_TEXT(struct tax_city_wish, region, 0, 40),
	FIELD_TEXT(struct tax_city_wish, tax_area, 0, TAX_AREA_MAX),
	FIELD_END
};
static const struct shape tax_city_wish_shape = {"TaxCityArea", sizeof(struct tax_city_wish), tax_city_wish_fields};
static const struct field tax_service_wish_fields[] = {
	FIELD_TEXT(struct tax_service_wish, tax_code, 0, TAX_CODE_MAX), FIELD_END};
static const struct shape tax_service_wish_shape = {"TaxServiceCode", sizeof(struct tax_service_wish),
    tax_service_wish_fields};

static const struct field ageing_line_fields[] = {
	FIELD_ID(struct ageing_line, customer_id),
	FIELD_TEXT(struct ageing_line, customer, 0, 120),
	CENTS(struct ageing_line, current_cents),
	CENTS(struct ageing_line, days_30_cents),
	CENTS(struct ageing_line, days_60_cents),
	CENTS(struct ageing_line, days_90_cents),
	CENTS(struct ageing_line, older_cents),
	CENTS(struct ageing_line, total_cents),
	FIELD_END
};
static const struct shape ageing_line_shape = {"AgeingLine", sizeof(struct ageing_line), ageing_line_fields};
static const struct field ageing_page_fields[] = {
	FIELD_DAY(struct ageing_page, as_of),
	FIELD_LIST(struct ageing_page, rows, rows_n, &ageing_line_shape, OWED_MAX),
	FIELD_SHAPE(struct ageing_page, total, &ageing_line_shape),
	FIELD_END
};
static const struct shape ageing_page_shape = {"AgeingPage", sizeof(struct ageing_page), ageing_page_fields};
static const struct field ageing_query_fields[] = {FIELD_MAYBE_DAY(struct ageing_query, as_of), FIELD_END};
static const struct shape ageing_query_shape = {"AgeingQuery", sizeof(struct ageing_query), ageing_query_fields};

static const struct field leak_line_fields[] = {
	FIELD_ENUM(struct leak_line, kind, leak_kind_names),
	FIELD_ID(struct leak_line, id),
	FIELD_ID(struct leak_line, customer_id),
	FIELD_TEXT(struct leak_line, customer, 0, 120),
	FIELD_TEXT(struct leak_line, what, 0, BILL_TEXT_MAX),
	FIELD_DAY(struct leak_line, day),
	CENTS(struct leak_line, cents),
	FIELD_END
};
static const struct shape leak_line_shape = {"LeakLine", sizeof(struct leak_line), leak_line_fields};
static const struct field leak_page_fields[] = {
	FIELD_LIST(struct leak_page, rows, rows_n, &leak_line_shape, LEAKS_MAX * (LEAK_KINDS - 1)), FIELD_END};
static const struct shape leak_page_shape = {"LeakPage", sizeof(struct leak_page), leak_page_fields};
static const struct columns leak_columns = {&leak_page_shape, "Kind,Customer,What,Day,Amount",
	"Tipo,Cliente,Qué,Día,Importe", "kind,customer,what,day,cents"};
static const struct field leak_mending_fields[] = {FIELD_ENUM(struct leak_mending, kind, leak_kind_names), FIELD_END};
static const struct shape leak_mending_shape = {"LeakMending", sizeof(struct leak_mending), leak_mending_fields};
static const struct field leak_query_fields[] = {
	FIELD_DAY(struct leak_query, from), FIELD_DAY(struct leak_query, to), FIELD_END};
static const struct shape leak_query_shape = {"LeakQuery", sizeof(struct leak_query), leak_query_fields};

#define STORY "bills.test.mjs"
const struct endpoint office_billing[] = {
	{GET, "/billing", .may = MAY(MAY_SEE_BILLS), .out = &billing_shape, .run = billing_get,
	    .help = "How the company bills.", .story = STORY},
	{PUT, "/billing", .may = MAY(MAY_BILL) | MAY(MAY_MANAGE_COMPANY), .body = &billing_shape, .out = &billing_shape,
	    .run = billing_put, .help = "Change how the company bills, or close a period.", .story = STORY},
	{GET, "/taxes", .may = MAY(MAY_SEE_BILLS), .out = &tax_rule_page_shape, .run = taxes_list,
	    .help = "The company's rules of sales tax.", .story = STORY},
	{GET, "/taxes.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BILLS), .file = CSV_TYPE, .columns = &tax_columns, .run = taxes_list,
	    .help = "The tax rules.", .story = "exports.test.mjs"},
	{POST, "/taxes", .may = MAY(MAY_BILL) | MAY(MAY_MANAGE_COMPANY), .body = &tax_line_wish_shape,
	    .out = &tax_rule_page_shape, .run = tax_make, .help = "Add a rule of sales tax.", .story = STORY},
	{POST, "/taxes/:id/ends", .may = MAY(MAY_BILL) | MAY(MAY_MANAGE_COMPANY), .body = &tax_ending_shape,
	    .out = &tax_rule_page_shape, .run = tax_end, .help = "End a rule of sales tax.", .story = STORY},
	{GET, "/customers/:id/exemptions", .may = MAY(MAY_SEE_BILLS), .out = &exemption_page_shape,
	    .run = exemptions_list, .help = "A customer's certificates of exemption.", .story = STORY},
	{GET, "/customers/:id/exemptions.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BILLS), .file = CSV_TYPE, .columns = &exemption_columns, .run = exemptions_list,
	    .help = "What a customer is exempt from.", .story = "exports.test.mjs"},
	{POST, "/customers/:id/exemptions", .may = MAY(MAY_BILL), .body = &exemption_wish_shape,
	    .out = &exemption_page_shape, .run = exemption_make, .help = "Write down a certificate of exemption.",
	    .story = STORY},
	{POST, "/customers/:id/exemption-ends", .may = MAY(MAY_BILL), .body = &exemption_ending_shape,
	    .out = &exemption_page_shape, .run = exemption_end, .help = "End a certificate of exemption.", .story = STORY},
	{GET, "/customers/:id/billing", .may = MAY(MAY_SEE_BILLS), .out = &own_billing_shape, .run = own_get,
	    .help = "What holds for one customer instead of the company's rules of billing.", .story = STORY},
	{PUT, "/customers/:id/billing", .may = MAY(MAY_BILL), .body = &own_billing_shape, .out = &own_billing_shape,
	    .run = own_put, .help = "Let other rules of billing hold for one customer.", .story = STORY},
	{GET, "/tax-places", .may = MAY(MAY_SEE_BILLS), .out = &tax_place_page_shape, .run = places_list,
	    .help = "Cities with their tax area, services with their tax code.", .story = STORY},
	{PUT, "/tax-places", .may = MAY(MAY_BILL) | MAY(MAY_MANAGE_COMPANY), .body = &tax_city_wish_shape,
	    .out = &tax_place_page_shape, .run = city_put, .help = "Let every place of a city lie in a tax area.",
	    .story = STORY},
	{PUT, "/tax-services/:id", .may = MAY(MAY_BILL) | MAY(MAY_MANAGE_COMPANY), .body = &tax_service_wish_shape,
	    .out = &tax_place_page_shape, .run = service_put, .help = "Give a service its tax code.", .story = STORY},
	{GET, "/ageing", .may = MAY(MAY_SEE_BILLS), .query = &ageing_query_shape, .out = &ageing_page_shape, .run = ageing,
	    .help = "Who owes how much for how long, at the end of a day.", .story = STORY},
	{GET, "/leaks", .may = MAY(MAY_SEE_BILLS), .query = &leak_query_shape, .out = &leak_page_shape, .run = leaks,
	    .help = "Work that was not billed, bills without work, money that pays nothing.", .story = STORY},
	{GET, "/leaks.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BILLS), .query = &leak_query_shape, .file = CSV_TYPE, .columns = &leak_columns, .run = leaks,
	    .help = "Money that would be lost, as its list shows it.", .story = "exports.test.mjs"},
	{POST, "/leaks/:id/mends", .may = MAY(MAY_BILL), .body = &leak_mending_shape, .out = &leak_page_shape,
	    .run = leak_mend, .help = "Put right what slipped through, by what it is.", .story = STORY},
	{0}
};

static enum err
billing_get(struct work *w, const struct call *c)
{
	struct billing out;

	TRY(act_billing(w, &out));
	return reply_shape(c, &billing_shape, &out);
}

static enum err
billing_put(struct work *w, const struct call *c)
{
	struct billing out;

	TRY(act_billing_change(w, c->body, &out));
	return reply_shape(c, &billing_shape, &out);
}

static enum err
taxes_list(struct work *w, const struct call *c)
{
	struct tax_rule_page out;

	TRY(act_tax_rules(w, &out));
	return reply_shape(c, &tax_rule_page_shape, &out);
}

static enum err
tax_make(struct work *w, const struct call *c)
{
	struct tax_rule_page out;

	TRY(act_tax_rule_make(w, c->body, &out));
	return reply_created(c, &tax_rule_page_shape, &out);
}

static enum err
tax_end(struct work *w, const struct call *c)
{
	const struct tax_ending *in = c->body;
	struct tax_rule_page out;

	TRY(act_tax_rule_end(w, c->id, in->until_day, &out));
	return reply_created(c, &tax_rule_page_shape, &out);
}

static enum err
exemptions_list(struct work *w, const struct call *c)
{
	struct exemption_page out;

	TRY(act_exemptions(w, c->id, &out));
	return reply_shape(c, &exemption_page_shape, &out);
}

static enum err
exemption_make(struct work *w, const struct call *c)
{
	struct exemption_page out;

	TRY(act_exemption_make(w, c->id, c->body, &out));
	return reply_created(c, &exemption_page_shape, &out);
}

static enum err
exemption_end(struct work *w, const struct call *c)
{
	const struct exemption_ending *in = c->body;
	struct exemption_page out;

	TRY(act_exemption_end(w, c->id, in->exemption_id, in->until_day, &out));
	return reply_created(c, &exemption_page_shape, &out);
}

static enum err
own_get(struct work *w, const struct call *c)
{
	struct own_billing out;

	TRY(act_own_billing(w, c->id, &out));
	return reply_shape(c, &own_billing_shape, &out);
}

static enum err
own_put(struct work *w, const struct call *c)
{
	struct own_billing out;

	TRY(act_own_billing_change(w, c->id, c->body, &out));
	return reply_shape(c, &own_billing_shape, &out);
}

static enum err
places_list(struct work *w, const struct call *c)
{
	struct tax_place_page out;

	TRY(act_tax_places(w, &out));
	return reply_shape(c, &tax_place_page_shape, &out);
}

static enum err
city_put(struct work *w, const struct call *c)
{
	struct tax_place_page out;

	TRY(act_tax_city(w, c->body, &out));
	return reply_shape(c, &tax_place_page_shape, &out);
}

static enum err
service_put(struct work *w, const struct call *c)
{
	struct tax_place_page out;

	TRY(act_tax_service(w, c->id, c->body, &out));
	return reply_shape(c, &tax_place_page_shape, &out);
}

static enum err
ageing(struct work *w, const struct call *c)
{
	struct ageing_page out;

	TRY(act_ageing(w, c->query, &out));
	return reply_shape(c, &ageing_page_shape, &out);
}

static enum err
leaks(struct work *w, const struct call *c)
{
	struct leak_page out;

	TRY(act_leaks(w, c->query, &out));
	return reply_shape(c, &leak_page_shape, &out);
}

static enum err
leak_mend(struct work *w, const struct call *c)
{
	struct leak_page out;

	TRY(act_leak_mend(w, c->id, c->body, &out));
	return reply_created(c, &leak_page_shape, &out);
}
