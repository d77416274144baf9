/*
 * fcgi/acts/tell_sheet.c -- what every paper says alike, issued or a draft: whose it is, its lines, what moved the balance.
 */
#include "fcgi/acts/tell_sheet.h"

#include "domain/base/id.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"

const char *const paper_way_words[PAY_WAYS] = {"", "Cash", "Check", "Transfer", "Card", "Bank debit", "Credit"};

static bool writes_letter(struct str country);

/* Whose it is, for whom, and how it looks. */
enum err
tell_sheet(struct work *w, uint64_t id, uint64_t customer_id, enum bill_kind kind, uint64_t seq, struct sheet *out)
{
	struct customer_row customer;
	struct company_row company;
	char number[BILL_NUMBER_MAX + 1] = "";
	char letters[ID_LETTERS + 1];

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	if (seq > 0)
		bill_number(kind, seq, number);
	id_write(id, letters);
	*out = (struct sheet){.file = str_printf(w->arena, "%s.%s", letters, SHEET_ENDING),
	    .language = language_of(customer.language), .a4 = !writes_letter(company.country), .accent = company.accent,
	    .company = company.name, .company_address = bill_address(w, company.street, company.city, company.region,
	        company.postcode), .company_phone = company.phone, .customer = customer.name,
	    .customer_address = bill_address(w, customer.bill_street, customer.bill_city, customer.bill_region,
	        customer.bill_postcode), .kind = kind, .number = str_copy(w->arena, str_of(number)),
	    .currency = company.currency, .title = STR(""), .note = STR(""), .verify_url = STR("")};
	return OK;
}

/* Where paper is letter sized (CLDR, supplemental data on measurement). */
static bool
writes_letter(struct str country)
{
	static const char *const countries[] = {"US", "CA", "MX", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "PR", "SV", "VE"};

	for (size_t i = 0; i < sizeof(countries) / sizeof(*countries); i++)
		if (str_eq(country, str_of(countries[i])))
			return true;
	return false;
}

void
tell_sheet_lines(struct work *w, const struct charge_row *rows, size_t n, struct sheet *s)
{
	struct sheet_line *line = arena_array(w->arena, struct sheet_line, n + 1);

	for (size_t i = 0; i < n; i++)
		line[i] = (struct sheet_line){rows[i].kind, rows[i].text, rows[i].day, rows[i].from_day, rows[i].to_day,
		    rows[i].term_day, rows[i].part, rows[i].of_parts, rows[i].rate_cents, rows[i].quantity_milli,
		    rows[i].unit_cents, rows[i].net_cents, rows[i].choice};
	s->line = line;
	s->n = n;
}

/* What moved the balance since the statement before, in the reader's words. */
void
tell_sheet_moves(struct work *w, const struct bill_moves *m, struct sheet *s)
{
	static const char *const kinds[POSTING_KINDS] = {"", "Invoice", "Taken back", "Payment", "Credit", "Payment", "Payment",
	    "Refund", "Returned payment", "Written off", "Earlier changes", "Earlier changes", "Earlier changes"};
	struct sheet_move *to = arena_array(w->arena, struct sheet_move, m->rows_n + 1);

	for (size_t i = 0; i < m->rows_n; i++) {
		const struct bill_move *r = &m->rows[i];
		const struct str parts[] = {r->kind == POSTING_PAY ? str_of(words_say(s->language, paper_way_words[r->way])) : STR(""), r->number,
		    r->what};
		struct str text = str_of(words_say(s->language, kinds[r->kind]));

		for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++)
			if (parts[k].n > 0)
				text = str_printf(w->arena, "%.*s \xc2\xb7 %.*s", STR_ARG(text), STR_ARG(parts[k]));
		to[i] = (struct sheet_move){text, r->day, r->cents};
	}
	s->move = to;
	s->move_n = m->rows_n;
}
