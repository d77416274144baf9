/* fcgi/route/city.h -- the synthetic pool city, as VROOM's JSON. */
#ifndef FCGI_ROUTE_CITY_H
#define FCGI_ROUTE_CITY_H

#include "domain/base/str.h"

/* city_print -- techs 1..200, stops_each 1..60; the same seed gives the same city */
void city_print(unsigned techs, unsigned stops_each, uint64_t seed, struct arena *a, struct buf *out);

#endif
