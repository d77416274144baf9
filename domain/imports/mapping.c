/*
 * domain/imports/mapping.c -- guesses which column says what.
 */
#include "domain/imports/mapping.h"

#include <assert.h>

/* So many names of an export's own must be there before the rest is read its way. */
#define SOURCE_NAMES_MIN 2

const char *const volume_unit_names[] = {"unsaid", "litres", "us_gallons", "cubic_metres", NULL};
static_assert(sizeof(volume_unit_names) / sizeof(char *) == VOLUME_UNITS + 1, "each has its name");

static enum import_source source_of(const struct str *normal, size_t n);
static enum volume_unit unit_named(struct str normal);

void
mapping_guess(const struct str *header, size_t n, struct arena *a, struct mapping *out)
{
	struct str *normal = arena_array(a, struct str, n);
	size_t holder[IMPORT_FIELDS];

	*out = (struct mapping){.columns = n};
	for (size_t i = 0; i < IMPORT_FIELDS; i++)
		holder[i] = n;
	for (size_t i = 0; i < n; i++)
		normal[i] = header_normal(a, header[i]);
	out->source = source_of(normal, n);
	for (size_t i = 0; i < n; i++) {
		bool known = false;
		struct header_guess g = header_of_source(out->source, normal[i], &known);

		if (!known)
			g = header_plain(normal[i]);
		if (g.field == IMPORT_NOTHING || (holder[g.field] < n && out->confidence[holder[g.field]] >= g.confidence))
			continue;
		if (holder[g.field] < n) {
			out->field[holder[g.field]] = IMPORT_NOTHING;
			out->confidence[holder[g.field]] = 0;
		}
		holder[g.field] = i;
		out->field[i] = g.field;
		out->confidence[i] = g.confidence;
	}
	/* "Nombre" means the whole name, but beside "Apellidos" the first one. */
	if (holder[IMPORT_LAST_NAME] < n && holder[IMPORT_FIRST_NAME] == n && holder[IMPORT_NAME] < n)
		out->field[holder[IMPORT_NAME]] = IMPORT_FIRST_NAME;
	if (holder[IMPORT_VOLUME] < n)
		out->unit = unit_named(normal[holder[IMPORT_VOLUME]]);
}

enum err
mapping_check(const struct mapping *m, struct fault *f)
{
	unsigned columns[IMPORT_FIELDS] = {0};

	for (size_t i = 0; i < m->columns; i++)
		if (m->field[i] != IMPORT_NOTHING && ++columns[m->field[i]] > 1)
			return fail(f, E_INVALID, "columns", "Two columns cannot fill the same field.");
	if (columns[IMPORT_NAME] + columns[IMPORT_FIRST_NAME] + columns[IMPORT_LAST_NAME] + columns[IMPORT_COMPANY] +
		columns[IMPORT_STREET] == 0)
		return fail(f, E_INVALID, "columns", "Say which column holds the name, the company or the street.");
	return OK;
}

size_t
mapping_column(const struct mapping *m, enum import_field field)
{
	size_t i = 0;

	while (i < m->columns && m->field[i] != field)
		i++;
	return i;
}

static enum import_source
source_of(const struct str *normal, size_t n)
{
	enum import_source best = SOURCE_PLAIN;
	unsigned most = SOURCE_NAMES_MIN - 1;

	for (enum import_source s = SOURCE_SKIMMER; s < IMPORT_SOURCES; s++) {
		unsigned found = 0;

		for (size_t i = 0; i < n; i++) {
			bool known = false;

			header_of_source(s, normal[i], &known);
			found += known;
		}
		if (found > most) {
			most = found;
			best = s;
		}
	}
	return best;
}

static enum volume_unit
unit_named(struct str normal)
{
	if (strstr(normal.p, "gal") != NULL)
		return UNIT_US_GALLONS;
	if (strstr(normal.p, "liter") != NULL || strstr(normal.p, "litre") != NULL || strstr(normal.p, "litro") != NULL)
		return UNIT_LITRES;
	return str_ends(normal, STR("m3")) ? UNIT_CUBIC_METRES : UNIT_UNSAID;
}
