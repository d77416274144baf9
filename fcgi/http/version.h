/*
 * fcgi/http/version.h -- the number that the programs and the OpenAPI document say. Raised with
 * each release.
 */
#ifndef FCGI_HTTP_VERSION_H
#define FCGI_HTTP_VERSION_H

#define POOL_VERSION "0.1.0"

#endif
