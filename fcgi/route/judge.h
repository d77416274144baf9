/*
 * fcgi/route/judge.h -- what the checker knows of a file, in doubles and by the file's own names.
 *
 * Of the checker alone: nothing that plans may include it, and it includes nothing that plans.
 */
#ifndef FCGI_ROUTE_JUDGE_H
#define FCGI_ROUTE_JUDGE_H

#include "fcgi/route/check.h"

struct json_t;

#define NODES_MAX   20001
#define CARS_MAX    4096
#define WINDOWS_MAX 8
#define SETS_MAX    256
#define LOADS_MAX   9
#define WHO_MAX     8
#define ENDLESS     1e18

enum kind { TEXT_WINDOWS, TEXT_LOADS, TEXT_DAYS, JSON_TABLES };

struct node {
	double id, x, y, demand[LOADS_MAX], service, from[WINDOWS_MAX], to[WINDOWS_MAX];
	unsigned windows;
	unsigned sets;
	unsigned long long *set; /* bit d: day d */
	struct json_t *skills;
	size_t place;
	unsigned long long days_served;
	bool served;
	/* words of our own in VROOM's JSON */
	struct json_t *prefer, *usual;
	bool usual_only;
	unsigned long long usual_days;
	double promise_from, promise_to;
	size_t with;         /* 1 + the node it begins with, 0 = alone */
	double who[WHO_MAX]; /* the technicians that served it */
	unsigned whos;
	double begin[2]; /* of its last visit, and by which vehicle */
};

struct car {
	double id, capacity[LOADS_MAX], from, to, break_from, break_to, break_lasts;
	double technician;
	unsigned day;
	long start, end; /* places; -1 = nowhere */
	struct json_t *skills;
	bool has_break;
	unsigned long long days_used;
};

struct judge {
	enum kind kind;
	struct arena *a;
	struct fault *f;
	struct node *node; /* text formats: node[0] is the depot */
	size_t nodes, nodes_max, first;
	struct car *car;
	size_t cars;
	unsigned days;
	double longest[64], capacity[64];
	struct json_t *tables; /* durations */
	struct json_t *costs;
	double *from_to; /* longitude and latitude of places whose legs are estimated */
	size_t places;
	long supply; /* the supply house's place; -1 = there is none */
	double supply_lasts;
	double *paid; /* per vehicle: each technician's first one holds their sum */
	struct verdict v;
};

/* judge_read -- a file in any of the four formats; judge_read_json the one that is JSON */
must_use enum err judge_read(struct judge *j, struct str text);
must_use enum err judge_read_json(struct judge *j, struct str text);
/* judge_leg -- seconds or cost of a leg under the format's convention */
double judge_leg(const struct judge *j, long from, long to, bool time);

#endif
