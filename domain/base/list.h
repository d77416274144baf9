/*
 * domain/base/list.h -- short lists that are kept in one column and only ever read whole: ids, whole
 * numbers, words. The text is a JSON list: ["0abc...","0abd..."], [800,400], ["chlorine","algaecide"].
 *
 * Only what the writers here make is read back; a word holds no quote, backslash or control character.
 */
#ifndef DOMAIN_BASE_LIST_H
#define DOMAIN_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

struct str list_write_ids(struct arena *a, const uint64_t *id, size_t n);
struct str list_write_numbers(struct arena *a, const int32_t *v, size_t n);
/* list_write_words -- the words have passed list_word_valid */
struct str list_write_words(struct arena *a, const struct str *word, size_t n);

/*
 * list_read_... -- false, and *n untouched, if the text is no such list or has more than `max` entries
 *
 * words  out  borrow the text
 */
bool list_read_ids(struct str text, uint64_t *id, size_t max, size_t *n);
bool list_read_numbers(struct str text, int32_t *v, size_t max, size_t *n);
bool list_read_words(struct str text, struct str *word, size_t max, size_t *n);

/* list_word_valid -- not empty, and no quote, backslash or control character in it */
bool list_word_valid(struct str word);

#endif
