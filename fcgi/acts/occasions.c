/*
 * fcgi/acts/occasions.c -- load, decide, save, tell: what is said when, and how it looks before it is said.
 */
#include "fcgi/acts/occasions.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/messages.h"
#include "sql/tenant/queries/services.h"

static enum err line_of(struct work *w, const struct occasion_entry *e, uint64_t service_id, struct occasion_line *out);
static enum err service_there(struct work *w, uint64_t service_id);
static enum err check(struct work *w, const struct occasion_rule *in);
static void usual_of(const struct occasion_entry *e, struct occasion_line *out);
static void company_of(const struct occasion_rule *r, struct occasion_line *out);

enum err
act_occasions(struct work *w, const struct occasion_query *q, struct occasion_page *out)
{
	const uint64_t service_id = q->service_id.is ? q->service_id.v : 0;
	struct texting texting;

	*out = (struct occasion_page){.rows = arena_array(w->arena, struct occasion_line, OCCASIONS)};
	for (enum occasion o = 1; o < OCCASIONS; o++)
		if (occasion_entry(o)->ruled && (service_id == 0 || occasion_of_visit(o)))
			TRY(line_of(w, occasion_entry(o), service_id, &out->rows[out->rows_n++]));
	TRY(tell_texting(w, &texting));
	out->number = texting.number;
	out->review_url = texting.review_url;
	return OK;
}

static enum err
line_of(struct work *w, const struct occasion_entry *e, uint64_t service_id, struct occasion_line *out)
{
	struct occasion_rule all;

	TRY(tell_rule_kept(w, e->occasion, 0, &all));
	TRY(tell_rule_kept(w, e->occasion, service_id, &out->rule));
	out->own = service_id != 0 && out->rule.version > 0;
	/* What a service says without a rule of its own: how the company does, in words that are nobody's yet. */
	if (service_id != 0 && !out->own) {
		out->rule.sms = all.sms;
		out->rule.email = all.email;
		out->rule.call = all.call;
	}
	out->marketing = e->marketing;
	out->quiet = e->quiet;
	out->rings = occasion_spoken(e->occasion, ENGLISH) != NULL;
	usual_of(e, out);
	if (service_id != 0)
		company_of(&all, out);
	out->names = arena_array(w->arena, struct occasion_name, TEMPLATE_VALUES_MAX);
	while (out->names_n < TEMPLATE_VALUES_MAX && e->values[out->names_n] != NULL) {
		out->names[out->names_n].name = str_of(e->values[out->names_n]);
		out->names_n++;
	}
	return OK;
}

/* Of a mail that is one of the house's templates those words. */
static void
usual_of(const struct occasion_entry *e, struct occasion_line *out)
{
	const struct template *t = e->mail != 0 ? template_entry(e->mail) : NULL;

	out->usual_call_en = str_of(out->rings ? occasion_spoken(e->occasion, ENGLISH) : "");
	out->usual_call_es = str_of(out->rings ? occasion_spoken(e->occasion, SPANISH) : "");
	out->usual_sms_en = str_of(e->sms[ENGLISH].text);
	out->usual_sms_es = str_of(e->sms[SPANISH].text);
	out->usual_subject_en = str_of(t != NULL ? t->text[ENGLISH].subject : e->email[ENGLISH].subject);
	out->usual_subject_es = str_of(t != NULL ? t->text[SPANISH].subject : e->email[SPANISH].subject);
	out->usual_mail_en = str_of(t != NULL ? t->text[ENGLISH].body : e->email[ENGLISH].text);
	out->usual_mail_es = str_of(t != NULL ? t->text[SPANISH].body : e->email[SPANISH].text);
}

/* To a service the company's words are the usual ones. */
static void
company_of(const struct occasion_rule *r, struct occasion_line *out)
{
	if (r->call_en.n > 0)
		out->usual_call_en = r->call_en;
	if (r->call_es.n > 0)
		out->usual_call_es = r->call_es;
	if (r->sms_en.n > 0)
		out->usual_sms_en = r->sms_en;
	if (r->sms_es.n > 0)
		out->usual_sms_es = r->sms_es;
	if (r->mail_en.n > 0) {
		out->usual_subject_en = r->subject_en;
		out->usual_mail_en = r->mail_en;
	}
	if (r->mail_es.n > 0) {
		out->usual_subject_es = r->subject_es;
		out->usual_mail_es = r->mail_es;
	}
}

static enum err
check(struct work *w, const struct occasion_rule *in)
{
	const struct {
		const char *field;
		struct str words;
		bool mail;
	} all[] = {{"sms_en", in->sms_en, false}, {"sms_es", in->sms_es, false}, {"subject_en", in->subject_en, false},
		{"subject_es", in->subject_es, false}, {"mail_en", in->mail_en, true}, {"mail_es", in->mail_es, true}};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		TRY(words_check(in->occasion, all[i].words, all[i].mail, all[i].field, &w->fault));
	TRY(words_spoken(in->occasion, in->call_en, "call_en", &w->fault));
	TRY(words_spoken(in->occasion, in->call_es, "call_es", &w->fault));
	if ((in->subject_en.n > 0) != (in->mail_en.n > 0))
		return fail(&w->fault, E_INVALID, "subject_en", "A mail of your own has a subject and words.");
	if ((in->subject_es.n > 0) != (in->mail_es.n > 0))
		return fail(&w->fault, E_INVALID, "subject_es", "A mail of your own has a subject and words.");
	return OK;
}

enum err
act_occasion_keep(struct work *w, const struct occasion_query *q, const struct occasion_rule *in, struct occasion_page *out)
{
	const struct occasion_entry *e = occasion_entry(in->occasion);
	const uint64_t service_id = q->service_id.is ? q->service_id.v : 0;
	struct buf b = buf_open(w->arena, 4096, 60000);
	struct occasion_rule kept = *in;
	struct chosen_row *row;

	if (e == NULL || !e->ruled || (service_id != 0 && !occasion_of_visit(in->occasion)))
		return fail(&w->fault, E_INVALID, "occasion", "There is no such occasion.");
	if (service_id != 0)
		TRY(service_there(w, service_id));
	TRY(check(w, in));
	TRY(sql_own_rule_for_update(w->db, SETTING_OCCASION, service_id, str_of(e->name), w->arena, &row));
	kept.rings = (struct maybe_u32){true, in->call};
	kept.rings_en = (struct maybe_str){true, in->call_en};
	kept.rings_es = (struct maybe_str){true, in->call_es};
	shape_write(&occasion_rule_kept, &kept, &b);
	if ((row == NULL) != (in->version == 0))
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	if (row == NULL)
		TRY(sql_own_rule_insert(w->db, work_id(w), SETTING_OCCASION, service_id, str_of(e->name), buf_str(&b)));
	else
		TRY(sql_chosen_change(w->db, row->id, buf_str(&b), in->version));
	TRY(audit(w, "occasion.changed", service_id != 0 ? "service" : "setting", service_id, str_of(e->name)));
	return act_occasions(w, q, out);
}

enum err
act_occasion_drop(struct work *w, const struct occasion_drop *in, struct occasion_page *out)
{
	const struct occasion_query of = {{true, in->service_id}};
	struct chosen_row *row;

	TRY(service_there(w, in->service_id));
	TRY(sql_own_rule_for_update(w->db, SETTING_OCCASION, in->service_id, str_of(occasion_names[in->occasion]), w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(sql_own_rule_drop(w->db, row->id, SETTING_OCCASION, in->version));
	TRY(audit(w, "occasion.changed", "service", in->service_id, str_of(occasion_names[in->occasion])));
	return act_occasions(w, &of, out);
}

static enum err
service_there(struct work *w, uint64_t service_id)
{
	struct service_row row;
	const enum err e = sql_service_one(w->db, service_id, w->arena, &row);

	return tell_absent(w, e) ? fail(&w->fault, E_INVALID, "service_id", "This service does not exist.") : e;
}

enum err
act_review_url(struct work *w, struct str url, struct occasion_page *out)
{
	struct texting texting;
	struct buf b = buf_open(w->arena, 512, 2000);
	struct chosen_row *row;

	if (url.n > 0 && !str_starts(url, STR("https://")))
		return fail(&w->fault, E_INVALID, "url", "The address of a page begins with https://");
	TRY(sql_chosen_for_update(w->db, SETTING_TEXTS, STR(""), w->arena, &row));
	TRY(tell_texting(w, &texting));
	texting.review_url = url;
	shape_write(&texting_shape, &texting, &b);
	if (row == NULL)
		TRY(sql_chosen_insert(w->db, work_id(w), SETTING_TEXTS, STR(""), buf_str(&b)));
	else
		TRY(sql_chosen_change(w->db, row->id, buf_str(&b), row->version));
	TRY(audit(w, "review_page.changed", "setting", 0, url));
	return act_occasions(w, &(struct occasion_query){{0}}, out);
}

/* The name is a real customer's; what only a fact would know is shown as it might be. */
enum err
act_words_try(struct work *w, const struct words_try *in, struct words_shown *out)
{
	static const char *const as[][3] = {{"service", "Weekly cleaning", "Limpieza semanal"}, {"window", "9:00 to 11:00", "de 9:00 a 11:00"},
		{"tech", "Tom Reyes", "Tom Reyes"}, {"time", "10:25", "10:25"}, {"number", "INV-1042", "INV-1042"},
		{"sum", "$185.00", "$185.00"}, {"what", "Invoice", "Factura"}, {"way", "card", "tarjeta"}, {"place", "12 South St", "12 South St"},
		{"water", "FC 3.0, pH 7.5", "FC 3.0, pH 7.5"}, {"reason", "the gate was locked", "el acceso estaba cerrado"}};
	const struct occasion_entry *e = occasion_entry(in->occasion);
	struct template_value v[TEMPLATE_VALUES_MAX + 4];
	struct template_twin twin = {0};
	struct customer_row customer;
	struct company_row company;
	struct sms_size size;
	size_t n = 0;

	if (e == NULL)
		return fail(&w->fault, E_INVALID, "occasion", "There is no such occasion.");
	TRY(words_check(in->occasion, in->subject, false, "subject", &w->fault));
	TRY(words_check(in->occasion, in->text, in->medium == MEDIUM_EMAIL, "text", &w->fault));
	if (in->medium == MEDIUM_CALL)
		TRY(words_spoken(in->occasion, in->text, "text", &w->fault));
	TRY(sql_company(w->db, w->arena, &company));
	customer.name = STR("Rosa Ruiz");
	if (in->customer_id.is) {
		TRY(sql_customer_one(w->db, in->customer_id.v, w->arena, &customer));
	} else {
		struct reply_name_row *last;

		TRY(sql_customer_last(w->db, w->arena, &last));
		if (last != NULL)
			customer.name = last->name;
	}
	v[n++] = (struct template_value){STR("name"), customer.name};
	v[n++] = (struct template_value){STR("company"), company.name};
	v[n++] = (struct template_value){STR("day"), words_day(w->arena, zone_day(w->tenant->zone, w->now + 86400), in->language)};
	v[n++] = (struct template_value){STR("url"), company_url(w, "portal/")};
	for (size_t i = 0; i < sizeof(as) / sizeof(*as) && n < sizeof(v) / sizeof(*v); i++)
		for (size_t k = 0; e->values[k] != NULL; k++)
			if (strcmp(e->values[k], as[i][0]) == 0)
				v[n++] = (struct template_value){str_of(as[i][0]), str_of(as[i][in->language == SPANISH ? 2 : 1])};
	*out = (struct words_shown){.to = customer.name, .subject = STR(""), .html = STR(""), .first_wide = STR(""), .narrow = STR("")};
	if (in->medium == MEDIUM_EMAIL) {
		TRY(words_twin(in->subject, in->text, in->language, v, n, w->arena, &twin, &w->fault));
		out->subject = twin.subject;
		out->text = str_trim(twin.text);
		return OK;
	}
	TRY(words_fill(in->text, v, n, 1600, w->arena, &out->text, &w->fault));
	if (in->medium == MEDIUM_CALL)
		return OK;
	sms_size(out->text, &size);
	out->letters = size.letters;
	out->segments = size.segments;
	out->wide = size.wide;
	out->first_wide = size.first.n > 0 ? size.first : STR("");
	out->narrow = size.wide ? sms_narrow(w->arena, in->text) : STR("");
	out->price_milli = size.segments * SEGMENT_PRICE_MILLI;
	return OK;
}
