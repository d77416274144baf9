/*
 * fcgi/api/hooks/signed.h -- what the provider of texts and calls posts: whose it is, and whether the provider signed it.
 *
 * Whose it is follows from the number. A company with an account of its own (poolctl numbers) is signed for by that account's
 * token alone: nobody who holds another company's, or the house's, speaks for it.
 */
#ifndef FCGI_API_HOOKS_SIGNED_H
#define FCGI_API_HOOKS_SIGNED_H

#include "fcgi/http/form.h"
#include "fcgi/http/router.h"
#include "tenancy/work.h"

/*
 * signed_form -- the form, and the company of that number; *t NULL: no company's
 *
 * path    in  "/api/hook/sms", as the provider was given it, with its query
 * number  in  of the company; NULL: the form's value of `name`
 *
 * Errors  E_NOT_FOUND no provider is set; E_INVALID "signature", "body"
 */
must_use enum err signed_form(struct desk *d, const struct call *c, struct str path, const char *name, const struct str *number,
    struct form *f, const struct tenant **t);

/* signed_inside -- run in the company's schema, committed before it is answered; a lost race is run again, as everywhere */
must_use enum err signed_inside(struct desk *d, const struct tenant *t, void *ctx, enum err (*run)(struct work *w, void *ctx));

#endif
