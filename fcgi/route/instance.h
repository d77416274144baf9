/*
 * fcgi/route/instance.h -- what a routing file says: the problem, and how to speak of it again.
 *
 * Four formats, each with the convention under which its best known values are published:
 *
 *	solomon: Solomon / Gehring-Homberger; each leg floored to a decimal (DIMACS), times 10
 *	vrplib: CVRPLIB .vrp, EUC_2D; each leg rounded; fleet ceil(1.3 load / Q) + 3
 *	pvrp: Cordeau's PVRP; exact distances, times 1,000 (100, 10) for the search
 *	vroom: VROOM's JSON; seconds as given, or estimated from coordinates
 */
#ifndef FCGI_ROUTE_INSTANCE_H
#define FCGI_ROUTE_INSTANCE_H

#include "domain/base/str.h"
#include "domain/routing/problem.h"

#define ROUTE_FILE_MAX ((size_t)256 * 1024 * 1024)

enum route_format {
	ROUTE_AUTO = 0,
	ROUTE_VROOM,
	ROUTE_SOLOMON,
	ROUTE_VRPLIB,
	ROUTE_PVRP,
	ROUTE_FORMATS
};

struct instance {
	struct problem problem;
	enum route_format format;
	uint64_t *stop_id;  /* the file's own number of each stop */
	uint64_t *shift_id; /* and of each vehicle */
	int32_t scale;      /* units of the matrix in one unit of the file */
	bool estimated;     /* legs come from coordinates, not from the file */
};

/*
 * instance_read -- the problem a file describes
 *
 * text  in   the whole file, borrowed; its strings are not kept
 * a     in   everything lives here
 *
 * Errors  E_INVALID "file": the message names the line and the reason
 */
must_use enum err instance_read(struct str text, enum route_format format, struct arena *a,
    struct instance *out, struct fault *f);

/* instance_guess -- by its first bytes: '{' is VROOM, "NAME :" VRPLIB, a digit PVRP, else Solomon
 */
enum route_format instance_guess(struct str text);
bool route_format_named(const char *name, enum route_format *out);

/* One reader for each format; instance_read calls them. */
must_use enum err
read_solomon(struct str text, struct arena *a, struct instance *i, struct fault *f);
must_use enum err
read_vrplib(struct str text, struct arena *a, struct instance *i, struct fault *f);
must_use enum err read_pvrp(struct str text, struct arena *a, struct instance *i, struct fault *f);
must_use enum err read_vroom(struct str text, struct arena *a, struct instance *i, struct fault *f);

/*
 * vroom_blame -- the same fault of VROOM's JSON with the line where it stands in front
 *
 * key  in   a member of the whole; nth: which of its list, -1 = the member itself
 *
 * Answers E_INVALID; the fault is left as it is if there is no such member.
 */
must_use enum err vroom_blame(struct str text, const char *key, long nth, struct arena *a, struct fault *f);

#endif
