/*
 * tenancy/readers.h -- is an address of ours somebody's? Asked at the door, before a mail is taken in: its sender's server then tells
 * whoever mistyped it (RFC 5321 4.2.5), and nothing is taken that nobody will read.
 */
#ifndef TENANCY_READERS_H
#define TENANCY_READERS_H

#include "tenancy/lease.h"

struct readers {
	struct house *house;
	struct arena *arena; /* of one look */
};

/* readers_open -- a database that is away is no failure yet. Errors  of house_open. r lives as long as the program */
must_use enum err readers_open(const struct config *c, struct readers *r, struct fault *f);
/*
 * readers_know -- a company that is there, or the house itself (complaints)
 *
 * Errors  E_NOT_FOUND nobody's; E_AWAY it cannot be asked now
 */
must_use enum err readers_know(struct readers *r, struct str address, struct fault *f);

#endif
