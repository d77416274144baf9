/*
 * fcgi/api/site/platform.h -- what the two doors of the platform's people share.
 */
#ifndef FCGI_API_SITE_PLATFORM_H
#define FCGI_API_SITE_PLATFORM_H

#include "fcgi/http/shape.h"

#define PLATFORM_COOKIE "__Host-poolhouse-platform"

extern const struct shape platform_who_shape; /* struct platform_who of sql/control/rows.h */

#endif
