/*
 * domain/imports/mapping.h -- which column of a table says what: guessed from the header, changed by people.
 *
 * A mapping is remembered by the names of its fields (import_field_names) and its headers' normal forms.
 */
#ifndef DOMAIN_IMPORTS_MAPPING_H
#define DOMAIN_IMPORTS_MAPPING_H

#include "domain/imports/headers.h"
#include "domain/imports/table.h"

enum volume_unit { UNIT_UNSAID = 0, UNIT_LITRES, UNIT_US_GALLONS, UNIT_CUBIC_METRES, VOLUME_UNITS };
extern const char *const volume_unit_names[]; /* [0] is "unsaid" */

struct mapping {
	enum import_source source; /* whose export the header looks like */
	size_t columns;
	enum import_field field[TABLE_COLUMNS_MAX];   /* IMPORT_NOTHING: not read */
	uint8_t confidence[TABLE_COLUMNS_MAX];        /* 0..100; 100 is for what a person chose */
	enum volume_unit unit;                        /* named by the header of the volume */
};

/*
 * mapping_guess -- the best guess for a header; no field has two columns
 *
 * Names of another house's export count fully only if the header as a whole looks like that export.
 * Where two columns claim a field the surer one has it, then the left one.
 *
 * header  in   n of them, 0..TABLE_COLUMNS_MAX
 * a       in   for the call alone
 */
void mapping_guess(const struct str *header, size_t n, struct arena *a, struct mapping *out);

/*
 * mapping_check -- may it be applied?
 *
 * Errors  E_INVALID "columns": two columns for one field; none that says who or where
 */
must_use enum err mapping_check(const struct mapping *m, struct fault *f);

/* mapping_column -- the column of a field, or m->columns if it has none */
size_t mapping_column(const struct mapping *m, enum import_field field);

#endif
