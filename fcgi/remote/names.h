/*
 * fcgi/remote/names.h -- what the domain name system says of a name: its TXT records. Asked by jobs alone.
 */
#ifndef FCGI_REMOTE_NAMES_H
#define FCGI_REMOTE_NAMES_H

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/config.h"

#define NAMES_TXT_MAX 20 /* records of one name; more are not looked at */

/*
 * names_txt -- the records of that name, the strings of each put together; n is 0 if there are none
 *
 * Errors  E_AWAY nobody answers in time; E_INVALID "name"
 */
must_use enum err names_txt(struct arena *a, const struct config *c, struct str name, struct str txt[NAMES_TXT_MAX], size_t *n,
    struct fault *f);

#endif
