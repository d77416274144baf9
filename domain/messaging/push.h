/*
 * domain/messaging/push.h -- where a phone may be pushed to.
 *
 * The address of a push service comes from a browser, that is from a stranger: https at its usual port, a name and
 * no number, so that nobody makes the house call a machine of its own network.
 */
#ifndef DOMAIN_MESSAGING_PUSH_H
#define DOMAIN_MESSAGING_PUSH_H

#include <stdbool.h>

#include "domain/base/str.h"

#define PUSH_ADDRESS_MAX 1000
#define PUSH_POINT 65 /* bytes of the phone's public key */
#define PUSH_SECRET 16

/*
 * push_address -- may this be pushed to?
 *
 * own     in   an own push service's address, whose addresses are taken as they are; empty: none
 * origin  out  scheme and host, as a token names its audience; part of url
 */
bool push_address(struct str url, struct str own, struct str *origin);
/* push_own -- is it the own service's? */
bool push_own(struct str url, struct str own);

#endif
