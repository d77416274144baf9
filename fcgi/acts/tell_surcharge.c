/*
 * fcgi/acts/tell_surcharge.c -- may this company ask something on top for this customer's card?
 */
#include "domain/billing/surcharge.h"

#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_pay.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/processor.h"

/* Where the company is and where each of the customer's places is: one state that forbids it is enough. */
enum err
surcharge_rate(struct work *w, const struct method_row *m, uint32_t *ppm)
{
	struct company_row company;
	struct surcharge_region *region;
	struct billing b;
	size_t n;

	*ppm = 0;
	if (m->kind != METHOD_CARD || surcharge_cents(CENTS_MAX / 1000000, SURCHARGE_PPM_MAX, m->funding) == 0)
		return OK;
	TRY(billing_read(w, &b));
	if (b.surcharge_ppm.v == 0 || !b.surcharge_from.is || b.surcharge_from.v.n > zone_day(w->tenant->zone, w->now).n)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	if (!surcharge_allowed(company.country, company.region))
		return OK;
	TRY(sql_surcharge_regions(w->db, m->customer_id, w->arena, &region, &n));
	for (size_t i = 0; i < n; i++)
		if (!surcharge_allowed(company.country, region[i].region))
			return OK;
	*ppm = b.surcharge_ppm.v;
	return OK;
}
