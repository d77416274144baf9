/*
 * domain/imports/headers.h -- what columns are called, here and in the exports of others.
 */
#ifndef DOMAIN_IMPORTS_HEADERS_H
#define DOMAIN_IMPORTS_HEADERS_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

/* What a column can say. Stored by name: append only. */
enum import_field {
	IMPORT_NOTHING = 0,
	IMPORT_NAME,
	IMPORT_FIRST_NAME,
	IMPORT_LAST_NAME,
	IMPORT_COMPANY,
	IMPORT_EMAIL,
	IMPORT_PHONE,
	IMPORT_STREET, /* or the whole address on one line */
	IMPORT_STREET_2,
	IMPORT_CITY,
	IMPORT_REGION,
	IMPORT_POSTCODE,
	IMPORT_LAT,
	IMPORT_LNG,
	IMPORT_GATE_CODE,
	IMPORT_DOGS,
	IMPORT_NOTE_TECHNICIANS,
	IMPORT_NOTE_OFFICE,
	IMPORT_TAGS,
	IMPORT_POOL_KIND,
	IMPORT_VOLUME,
	IMPORT_VOLUME_UNIT,
	IMPORT_SURFACE,
	IMPORT_SANITISER,
	IMPORT_EXTERNAL_ID,
	IMPORT_BILL_STREET,
	IMPORT_BILL_CITY,
	IMPORT_BILL_REGION,
	IMPORT_BILL_POSTCODE,
	IMPORT_RATE,
	IMPORT_SERVICE_DAY,
	IMPORT_TECHNICIAN,
	IMPORT_STATUS,
	IMPORT_FIELDS
};

enum import_source { SOURCE_PLAIN = 0, SOURCE_SKIMMER, SOURCE_JOBBER, SOURCE_HOUSECALL_PRO, SOURCE_QUICKBOOKS,
	IMPORT_SOURCES };

/* For shapes: index = value, NULL ends; the first is "nothing", of the second "plain". */
extern const char *const import_field_names[];
extern const char *const import_source_names[];

/* header_normal -- small letters and digits alone, accents taken off: "Código Postal #1" -> "codigopostal1" */
#define HEADER_NORMAL_MAX 80
struct str header_normal(struct arena *a, struct str header);

struct header_guess {
	enum import_field field;
	uint8_t confidence; /* 0..100 */
};

/* header_plain -- what a header (in its normal form) means in any list, English or Spanish */
struct header_guess header_plain(struct str normal);

/* header_of_source -- what it means in one export; known (may be NULL) = it is on that export's list at all */
struct header_guess header_of_source(enum import_source s, struct str normal, bool *known);

#endif
