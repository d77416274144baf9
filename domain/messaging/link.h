/*
 * domain/messaging/link.h -- links of ours that open something for whoever holds them, in words that are kept.
 */
#ifndef DOMAIN_MESSAGING_LINK_H
#define DOMAIN_MESSAGING_LINK_H

#include "domain/base/arena.h"
#include "domain/base/str.h"

/*
 * link_shut -- the words without what makes such links work: behind "#" or "token=" stands an ellipsis
 *
 * home  in  what our addresses begin with: "https://blue.pool.example/"; other people's links stay as they are
 * a     in  the words live here, if anything was taken out; else they are those that came in
 */
struct str link_shut(struct str words, struct str home, struct arena *a);

/*
 * link_again -- words that somebody changed while their links were shut, with the links as they stood before
 *
 * changed  in  what came back;  was  in  the words as they are kept;  shut  in  the same as link_shut showed them
 * a        in  the words live here; a link that was taken out of them stays out
 */
struct str link_again(struct str changed, struct str was, struct str shut, struct arena *a);

#endif
