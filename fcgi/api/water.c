/*
 * fcgi/api/water.c -- shapes of the water that office and technicians share.
 */
#include "fcgi/api/water.h"

#include <assert.h>

#include "domain/pools/volume.h"
#include "fcgi/acts/doses.h"
#include "fcgi/acts/items.h"
#include "fcgi/acts/readings.h"

#define X100(s, m) FIELD_INT(s, m, -100000000, 100000000)
#define AMOUNT(s, m) FIELD_INT(s, m, 0, ITEM_AMOUNT_MAX)
#define MOST_VALUES READING_VALUES_MAX

static const struct field band_line_fields[] = {
	FIELD_ENUM(struct band_line, measure, measure_names),
	FIELD_BOOL(struct band_line, asked),
	FIELD_BOOL(struct band_line, required),
	FIELD_BOOL(struct band_line, due),
	FIELD_INT(struct band_line, every_days, 0, 366),
	FIELD_BOOL(struct band_line, own),
	X100(struct band_line, low),
	X100(struct band_line, aim_low),
	X100(struct band_line, aim_high),
	X100(struct band_line, high),
	X100(struct band_line, least),
	X100(struct band_line, most),
	FIELD_INT(struct band_line, decimals, 0, 2),
	FIELD_END
};
static const struct shape band_line_shape = {"WaterBand", sizeof(struct band_line), band_line_fields};

static const struct field known_line_fields[] = {
	FIELD_ENUM(struct known_line, measure, measure_names),
	X100(struct known_line, x100),
	FIELD_ENUM(struct known_line, how, reading_how_names),
	FIELD_TIME(struct known_line, at),
	FIELD_BOOL(struct known_line, fresh),
	FIELD_END
};
static const struct shape known_line_shape = {"WaterKnown", sizeof(struct known_line), known_line_fields};

static const struct field reading_line_fields[] = {
	FIELD_ID(struct reading_line, id),
	FIELD_ID(struct reading_line, pool_id),
	FIELD_MAYBE_ID(struct reading_line, visit_id),
	FIELD_MAYBE_TEXT(struct reading_line, staff_name, 1, 120),
	FIELD_ENUM(struct reading_line, source, reading_source_names),
	FIELD_TIME(struct reading_line, at),
	FIELD_INT(struct reading_line, took_s, 0, INT32_MAX),
	FIELD_INT(struct reading_line, replaced_l, 0, VOLUME_L_MAX),
	FIELD_LIST(struct reading_line, values, values_n, &water_value_shape, MOST_VALUES),
	FIELD_SET(struct reading_line, doubts, doubt_names),
	FIELD_BOOL(struct reading_line, doubtful),
	FIELD_MAYBE_TIME(struct reading_line, withdrawn_at),
	FIELD_INT(struct reading_line, version, 1, INT32_MAX),
	FIELD_END
};
const struct shape reading_line_shape = {"Reading", sizeof(struct reading_line), reading_line_fields};

static const struct field dose_line_fields[] = {
	FIELD_ID(struct dose_line, id),
	FIELD_ID(struct dose_line, item_id),
	FIELD_MAYBE_ID(struct dose_line, visit_id),
	FIELD_MAYBE_TEXT(struct dose_line, staff_name, 1, 120),
	FIELD_TEXT(struct dose_line, item, 1, 80),
	FIELD_ENUM(struct dose_line, unit, item_unit_names),
	AMOUNT(struct dose_line, holds_x100),
	FIELD_ENUM(struct dose_line, chemical, chemical_names),
	FIELD_MAYBE_INT(struct dose_line, planned_x100, 0, ITEM_AMOUNT_MAX),
	AMOUNT(struct dose_line, given_x100),
	FIELD_TEXT(struct dose_line, reason, 0, 200),
	FIELD_SET(struct dose_line, marks, dose_mark_names),
	FIELD_TIME(struct dose_line, at),
	FIELD_MAYBE_TIME(struct dose_line, undone_at),
	FIELD_INT(struct dose_line, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape dose_line_shape = {"DoseGiven", sizeof(struct dose_line), dose_line_fields};

static const struct field product_line_fields[] = {
	FIELD_ID(struct product_line, id),
	FIELD_TEXT(struct product_line, name, 1, 80),
	FIELD_ENUM(struct product_line, chemical, chemical_names),
	FIELD_INT(struct product_line, strength_x100, 0, 10000),
	FIELD_ENUM(struct product_line, unit, item_unit_names),
	AMOUNT(struct product_line, holds_x100),
	FIELD_INT(struct product_line, most_x100, 0, 100000000),
	FIELD_INT(struct product_line, wait_minutes, 0, 1440),
	FIELD_TEXT(struct product_line, label_url, 0, 200),
	FIELD_BOOL(struct product_line, unwanted),
	FIELD_END
};
static const struct shape product_line_shape = {"WaterProduct", sizeof(struct product_line), product_line_fields};

static const struct field forecast_line_fields[] = {
	FIELD_ENUM(struct forecast_line, method, forecast_method_names),
	FIELD_INT(struct forecast_line, rests_on, 0, 100),
	X100(struct forecast_line, likely),
	X100(struct forecast_line, least),
	X100(struct forecast_line, most),
	FIELD_MAYBE_DAY(struct forecast_line, day),
	FIELD_END
};
static const struct shape forecast_line_shape = {"WaterForecast", sizeof(struct forecast_line), forecast_line_fields};

static const struct field drain_line_fields[] = {
	FIELD_ENUM(struct drain_line, measure, measure_names),
	FIELD_INT(struct drain_line, rests_on, 0, 100),
	FIELD_INT(struct drain_line, a_year, INT32_MIN, INT32_MAX),
	FIELD_DAY(struct drain_line, likely),
	FIELD_DAY(struct drain_line, least),
	FIELD_DAY(struct drain_line, most),
	FIELD_END
};
static const struct shape drain_line_shape = {"WaterDrain", sizeof(struct drain_line), drain_line_fields};

static const struct field water_page_fields[] = {
	FIELD_ID(struct water_page, pool_id),
	FIELD_TEXT(struct water_page, name, 0, 80),
	FIELD_ENUM(struct water_page, kind, pool_kind_names),
	FIELD_ENUM(struct water_page, sanitiser, pool_sanitiser_names),
	FIELD_BOOL(struct water_page, indoor),
	FIELD_INT(struct water_page, volume_l, 0, VOLUME_L_MAX),
	FIELD_ENUM(struct water_page, school, fc_school_names),
	FIELD_ENUM(struct water_page, method, balance_method_names),
	FIELD_ENUM(struct water_page, units, water_units_names),
	X100(struct water_page, fill_ch),
	X100(struct water_page, fill_cya),
	X100(struct water_page, fill_salt),
	X100(struct water_page, fill_tds),
	FIELD_LIST(struct water_page, own, own_n, &own_measure_shape, MEASURE_OWNS),
	FIELD_LIST(struct water_page, bands, bands_n, &band_line_shape, MEASURES),
	FIELD_LIST(struct water_page, known, known_n, &known_line_shape, MEASURES),
	FIELD_LIST(struct water_page, readings, readings_n, &reading_line_shape, PAGE_READINGS),
	FIELD_LIST(struct water_page, doses, doses_n, &dose_line_shape, PAGE_DOSES),
	FIELD_LIST(struct water_page, products, products_n, &product_line_shape, DOSE_PRODUCTS_MAX),
	FIELD_SET(struct water_page, refused, chemical_names),
	FIELD_SHAPE(struct water_page, forecast, &forecast_line_shape),
	FIELD_LIST(struct water_page, drains, drains_n, &drain_line_shape, PAGE_DRAINS),
	FIELD_INT(struct water_page, rules_version, 0, INT32_MAX),
	FIELD_END
};
const struct shape water_page_shape = {"WaterPage", sizeof(struct water_page), water_page_fields};

static const struct field reading_wish_fields[] = {
	FIELD_MAYBE_ID(struct reading_wish, id),
	FIELD_ID(struct reading_wish, pool_id),
	FIELD_MAYBE_ID(struct reading_wish, visit_id),
	FIELD_MAYBE_TIME(struct reading_wish, at),
	FIELD_MAYBE_INT(struct reading_wish, took_s, 0, 86400),
	FIELD_MAYBE_INT(struct reading_wish, replaced_l, 0, VOLUME_L_MAX),
	FIELD_LIST(struct reading_wish, values, values_n, &water_value_shape, MOST_VALUES),
	FIELD_END
};
const struct shape reading_wish_shape = {"ReadingWish", sizeof(struct reading_wish), reading_wish_fields};

static const struct field reading_edit_fields[] = {
	FIELD_MAYBE_TIME(struct reading_edit, at),
	FIELD_MAYBE_INT(struct reading_edit, replaced_l, 0, VOLUME_L_MAX),
	FIELD_LIST(struct reading_edit, values, values_n, &water_value_shape, MOST_VALUES),
	FIELD_INT(struct reading_edit, version, 1, INT32_MAX),
	FIELD_END
};
const struct shape reading_edit_shape = {"ReadingEdit", sizeof(struct reading_edit), reading_edit_fields};

static_assert(sizeof(struct reading_version) == sizeof(struct dose_version), "one shape reads both");
static const struct field water_version_fields[] = {FIELD_INT(struct reading_version, version, 1, INT32_MAX), FIELD_END};
const struct shape water_version_shape = {"WaterVersion", sizeof(struct reading_version), water_version_fields};

/* ---- doses ---- */

static const struct field dose_question_fields[] = {
	FIELD_ID(struct dose_question, pool_id),
	FIELD_LIST(struct dose_question, values, values_n, &water_value_shape, MOST_VALUES),
	FIELD_END
};
const struct shape dose_question_shape = {"DoseQuestion", sizeof(struct dose_question), dose_question_fields};

static const struct field fc_range_fields[] = {
	FIELD_ENUM(struct fc_range, basis, fc_basis_names),
	X100(struct fc_range, least),
	X100(struct fc_range, aim_low),
	X100(struct fc_range, aim_high),
	X100(struct fc_range, shock),
	FIELD_END
};
static const struct shape fc_range_shape = {"ChlorineRange", sizeof(struct fc_range), fc_range_fields};

static const struct field dose_fields[] = {
	FIELD_ID(struct dose, item_id),
	FIELD_ENUM(struct dose, chemical, chemical_names),
	FIELD_ENUM(struct dose, measure, measure_names),
	X100(struct dose, from),
	X100(struct dose, to),
	AMOUNT(struct dose, exact),
	AMOUNT(struct dose, each),
	FIELD_INT(struct dose, parts, 1, DOSE_PARTS_MAX),
	FIELD_INT(struct dose, wait_minutes, 0, 1440),
	FIELD_BOOL(struct dose, half),
	FIELD_END
};
static const struct shape dose_shape = {"DoseAdvised", sizeof(struct dose), dose_fields};

static const struct field dose_note_fields[] = {
	FIELD_ENUM(struct dose_note, word, dose_word_names),
	FIELD_ENUM(struct dose_note, measure, measure_names),
	FIELD_INT(struct dose_note, value, INT32_MIN, INT32_MAX),
	FIELD_END
};
static const struct shape dose_note_shape = {"DoseNote", sizeof(struct dose_note), dose_note_fields};

static const struct field balance_fields[] = {
	FIELD_BOOL(struct balance, computed),
	X100(struct balance, carbonate),
	X100(struct balance, csi),
	X100(struct balance, lsi),
	FIELD_END
};
static const struct shape balance_shape = {"WaterBalance", sizeof(struct balance), balance_fields};

static const struct field dose_advice_fields[] = {
	FIELD_SHAPE(struct dose_advice, fc, &fc_range_shape),
	FIELD_LIST(struct dose_advice, doses, doses_n, &dose_shape, DOSES_MAX),
	FIELD_LIST(struct dose_advice, notes, notes_n, &dose_note_shape, DOSE_NOTES_MAX),
	FIELD_LIST(struct dose_advice, before, before_n, &water_value_shape, MOST_VALUES),
	FIELD_LIST(struct dose_advice, after, after_n, &water_value_shape, MOST_VALUES),
	FIELD_SHAPE(struct dose_advice, now, &balance_shape),
	FIELD_SHAPE(struct dose_advice, later, &balance_shape),
	FIELD_END
};
const struct shape dose_advice_shape = {"DoseAdvice", sizeof(struct dose_advice), dose_advice_fields};

static const struct field dose_wish_fields[] = {
	FIELD_MAYBE_ID(struct dose_wish, id),
	FIELD_ID(struct dose_wish, pool_id),
	FIELD_MAYBE_ID(struct dose_wish, visit_id),
	FIELD_MAYBE_ID(struct dose_wish, reading_id),
	FIELD_ID(struct dose_wish, item_id),
	FIELD_MAYBE_INT(struct dose_wish, planned_x100, 0, ITEM_AMOUNT_MAX),
	AMOUNT(struct dose_wish, given_x100),
	FIELD_MAYBE_TEXT(struct dose_wish, reason, 0, 200),
	FIELD_MAYBE_TIME(struct dose_wish, at),
	FIELD_MAYBE_ID(struct dose_wish, place_id),
	FIELD_END
};
const struct shape dose_wish_shape = {"DoseWish", sizeof(struct dose_wish), dose_wish_fields};

/* ---- stock ---- */

static const struct field stock_line_fields[] = {
	FIELD_ID(struct stock_line_row, place_id),
	FIELD_MAYBE_TEXT(struct stock_line_row, place, 1, 120),
	FIELD_ID(struct stock_line_row, item_id),
	FIELD_TEXT(struct stock_line_row, item, 1, 80),
	FIELD_ENUM(struct stock_line_row, unit, item_unit_names),
	AMOUNT(struct stock_line_row, holds_x100),
	FIELD_INT(struct stock_line_row, amount_x100, -ITEM_AMOUNT_MAX * 1000, ITEM_AMOUNT_MAX * 1000),
	AMOUNT(struct stock_line_row, low_x100),
	FIELD_MAYBE_TIME(struct stock_line_row, counted_at),
	FIELD_END
};
static const struct shape stock_line_shape = {"StockLine", sizeof(struct stock_line_row), stock_line_fields};

static const struct field stock_page_fields[] = {
	FIELD_LIST(struct stock_page, rows, rows_n, &stock_line_shape, STOCK_LINES_MAX), FIELD_END};
const struct shape stock_page_shape = {"StockPage", sizeof(struct stock_page), stock_page_fields};
