/*
 * fcgi/api/office/visits.h -- the shape of one line of the calendar.
 */
#ifndef FCGI_API_OFFICE_VISITS_H
#define FCGI_API_OFFICE_VISITS_H

#include "fcgi/http/shape.h"

extern const struct shape visit_line_shape, visit_wish_shape;

#endif
