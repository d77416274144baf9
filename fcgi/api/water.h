/*
 * fcgi/api/water.h -- shapes of the water that office and technicians share.
 */
#ifndef FCGI_API_WATER_H
#define FCGI_API_WATER_H

#include "fcgi/http/shape.h"

extern const struct shape water_page_shape;    /* struct water_page of fcgi/acts/readings.h */
extern const struct shape reading_wish_shape;  /* struct reading_wish */
extern const struct shape reading_edit_shape;  /* struct reading_edit */
extern const struct shape reading_line_shape;  /* struct reading_line */
extern const struct shape dose_question_shape; /* struct dose_question of fcgi/acts/doses.h */
extern const struct shape dose_advice_shape;   /* struct dose_advice */
extern const struct shape dose_wish_shape;     /* struct dose_wish */
extern const struct shape water_version_shape; /* struct reading_version, struct dose_version */
extern const struct shape stock_page_shape;    /* struct stock_page of fcgi/acts/items.h */

#endif
