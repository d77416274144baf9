/*
 * domain/base/id.h -- 64-bit names: 1 zero bit, 42 bits of milliseconds since 1970, 21 random bits.
 *
 * Sortable by time, made by the phone while offline, unique within a tenant. A name, not a secret.
 * Outside C an id is 13 letters of Crockford's base32 (0123456789abcdefghjkmnpqrstvwxyz), lower case:
 * in URLs, and as a string in JSON.
 */
#ifndef DOMAIN_BASE_ID_H
#define DOMAIN_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/str.h"

#define ID_LETTERS 13

/* id_make -- now_ms milliseconds UTC; random any 32 bits, of which 21 are used */
uint64_t id_make(int64_t now_ms, uint32_t random);

/* id_write -- 13 letters and a NUL */
void id_write(uint64_t id, char out[ID_LETTERS + 1]);

/* id_read -- exactly 13 letters, upper or lower case, below 2^63, not zero; false otherwise */
bool id_read(struct str s, uint64_t *out);

/* id_ms -- the milliseconds inside */
int64_t id_ms(uint64_t id);

#endif
