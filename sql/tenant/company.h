/*
 * sql/tenant/company.h -- the one row about the company itself.
 */
#ifndef SQL_TENANT_COMPANY_H
#define SQL_TENANT_COMPANY_H

#include <stdint.h>

#include "domain/base/str.h"

struct company_row {
	struct str name, phone, street, city, region, postcode, country, zone, currency, language, accent;
	uint32_t week_starts; /* enum weekday */
	uint32_t version;
};

struct company_size {
	uint64_t customers, pools, staff;
};

#endif
