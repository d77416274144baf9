/*
 * fcgi/acts/tell_surcharge.c -- may this company ask something on top for this customer's card, and has it been read?
 */
#include "domain/billing/surcharge.h"

#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_pay.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/processor.h"

/* Where the company is and where each of the customer's places is: one state that forbids it is enough. */
enum err
surcharge_of(struct work *w, uint64_t customer_id, uint32_t *ppm)
{
	struct company_row company;
	struct surcharge_region *region;
	struct billing b;
	size_t n;

	*ppm = 0;
	TRY(billing_read(w, &b));
	if (b.surcharge_ppm.v == 0 || !b.surcharge_from.is || b.surcharge_from.v.n > zone_day(w->tenant->zone, w->now).n)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	if (!surcharge_allowed(company.country, company.region))
		return OK;
	TRY(sql_surcharge_regions(w->db, customer_id, w->arena, &region, &n));
	for (size_t i = 0; i < n; i++)
		if (!surcharge_allowed(company.country, region[i].region))
			return OK;
	*ppm = b.surcharge_ppm.v;
	return OK;
}

enum err
surcharge_rate(struct work *w, const struct method_row *m, uint32_t *ppm)
{
	*ppm = 0;
	if (m->kind != METHOD_CARD || surcharge_cents(CENTS_MAX / 1000000, SURCHARGE_PPM_MAX, m->funding) == 0)
		return OK;
	return surcharge_of(w, m->customer_id, ppm);
}

/* Who agreed before there was one, or to a smaller one, has not read of more. */
enum err
autopay_surcharge(struct work *w, const struct method_row *m, int64_t cents, int64_t *out)
{
	struct autopay_consent agreed;
	uint32_t ppm;

	*out = 0;
	TRY(surcharge_rate(w, m, &ppm));
	if (ppm == 0)
		return OK;
	TRY(autopay_consent_read(w, m->consent, &agreed));
	if (!agreed.surcharge_ppm.is)
		return OK;
	*out = surcharge_cents(cents, ppm < agreed.surcharge_ppm.v ? ppm : agreed.surcharge_ppm.v, m->funding);
	return OK;
}

enum err
surcharge_bill(struct work *w, uint64_t payment_id, uint64_t *bill_id)
{
	struct charge_row *line;

	TRY(sql_charge_of_key(w->db, surcharge_key(w, payment_id), w->arena, &line));
	*bill_id = line == NULL ? 0 : line->bill_id;
	return OK;
}

struct str
surcharge_key(struct work *w, uint64_t payment_id)
{
	return str_printf(w->arena, "surcharge:%llu", (unsigned long long)payment_id);
}

struct str
surcharge_percent(struct work *w, uint32_t ppm)
{
	struct str text = str_printf(w->arena, "%u.%04u", ppm / 10000, ppm % 10000);

	while (text.p[text.n - 1] == '0')
		text.n--;
	return text.p[text.n - 1] == '.' ? str_sub(text, 0, text.n - 1) : text;
}
