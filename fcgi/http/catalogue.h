/*
 * fcgi/http/catalogue.h -- all shapes that the tables name, nested ones first, each once.
 *
 * Included by router_print.c and router_openapi.c alone.
 */
#ifndef FCGI_HTTP_CATALOGUE_H
#define FCGI_HTTP_CATALOGUE_H

#include "fcgi/http/router.h"

#define CATALOGUE_MAX 640 /* router_law refuses a house with more */

struct catalogue {
	struct {
		const struct shape *shape;
		enum shape_way way; /* SHAPE_IN wins over SHAPE_OUT */
	} entry[CATALOGUE_MAX];
	size_t n;
};

void catalogue_fill(const struct table *tables, struct catalogue *c);

#endif
