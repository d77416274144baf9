/*
 * fcgi/acts/tell_van.h -- what the vans have, and what is fetched at the supply house
 */
#ifndef FCGI_ACTS_TELL_VAN_H
#define FCGI_ACTS_TELL_VAN_H

#include "domain/dispatch/board.h"
#include "domain/dispatch/shift.h"
#include "domain/visits/visit.h"
#include "fcgi/acts/tell_board.h"
#include "tenancy/work.h"

struct vans;
/* tell_vans -- the parts of services, and what is in all vans, if any of these n takes parts; as long as w->arena lives */
must_use enum err tell_vans(struct work *w, const uint64_t *service, size_t n, struct vans **out);
/*
 * vans_take, vans_have -- how many of a name a visit of that service takes, a technician's van has; of what nobody ever
 * counted there it has more than anybody takes
 */
uint32_t vans_take(const struct vans *v, uint64_t service_id, struct str name);
uint32_t vans_have(const struct vans *v, uint64_t tech_id, struct str name);
/* vans_goods -- of all that visits of these services take, what falls shortest in any of these vans; how many */
size_t vans_goods(const struct vans *v, const uint64_t *service, size_t n, const uint64_t *tech, size_t techs,
    struct str good[DISPATCH_GOODS]);
/* vans_lack -- what this van would lack for one visit more (`but`, if it is theirs already): "2 × Salt, 1 × Filter"; "" */
struct str vans_lack(struct work *w, const struct vans *v, uint64_t service_id, const struct board_lane *l, uint64_t but);
#define VAN_PLENTY 1000000
/* fetch_list_names -- is that among what is fetched? */
bool fetch_list_names(struct str list, struct str what);
/* fetch_list_add -- one thing more on such a list, if there is room; n 0: what was said in words */
void fetch_list_add(struct buf *out, uint64_t n, struct str what);

/*
 * tell_fetch -- a stop at the supply house before this visit (read FOR UPDATE in this transaction); what "": no such stop
 *
 * minutes  in  that it takes there, at most SUPPLY_MINUTES_MAX; absent: as the company says
 *
 * Errors  E_STALE it is over
 */
must_use enum err tell_fetch(struct work *w, struct visit *v, struct str what, struct maybe_u32 minutes);
/* tell_fetch_lacking -- as much of it as the van of its technician has not; nothing if it has all, or is nobody's */
must_use enum err tell_fetch_lacking(struct work *w, struct visit *v);
/*
 * tell_window_follows -- a window that the board expects to be missed keeps its length and begins at the half hour before
 * the new time
 *
 * v      in/out  as it stands in the database
 * moved  out     it did: the customer is to hear of it (tell_window)
 */
must_use enum err tell_window_follows(struct work *w, struct visit *v, bool *moved);

#endif
