/*
 * fcgi/api/records.h -- an answer on its way to the street, as FastCGI's records (specification 1.0, sections 3.3, 5.3 and 5.5).
 *
 * libfcgi writes eight kilobytes at a time and waits at the end until the other side has hung up: a page of a technician's day woke
 * nginx three times, and the worker slept until nginx had seen the last of it.
 */
#ifndef FCGI_API_RECORDS_H
#define FCGI_API_RECORDS_H

#include <stdbool.h>

#include "domain/base/err.h"
#include "domain/base/str.h"

/* The most that one record carries: below 65,536, and a multiple of eight. */
#define RECORD_MAX 65528

/*
 * records_send -- the whole answer and its end; one call of the kernel for each record, which is one for nearly every answer
 *
 * fd          in   a blocking socket
 * request_id  in   the number that the street gave to its request
 * head, body  in   borrowed; any length, also none
 * answer           false: the other side has gone
 */
must_use bool records_send(int fd, unsigned request_id, struct str head, struct str body);

#endif
