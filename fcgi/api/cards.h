/*
 * fcgi/api/cards.h -- shapes that more than one door hands out: one name, one interface.
 */
#ifndef FCGI_API_CARDS_H
#define FCGI_API_CARDS_H

#include "fcgi/http/shape.h"

extern const struct shape alert_page_shape;   /* struct alert_page of fcgi/acts/alerts.h */
extern const struct shape company_card_shape; /* struct company_card of fcgi/acts/company.h */
extern const struct shape portal_place_shape; /* struct portal_place of sql/tenant/portal.h */

#endif
