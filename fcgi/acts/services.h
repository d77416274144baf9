/*
 * fcgi/acts/services.h -- service levels, job templates, and the skills that they need.
 */
#ifndef FCGI_ACTS_SERVICES_H
#define FCGI_ACTS_SERVICES_H

#include "domain/visits/checklist.h"
#include "sql/tenant/schedule.h"
#include "tenancy/work.h"

#define SERVICES_MAX 200
#define SERVICE_SKILLS_MAX 10
#define PARTS_MAX_LISTED 40
#define SKILLS_MAX 200

extern const char *const service_kind_names[];

struct part_line {
	struct str name;
	uint32_t quantity;
};

struct skill_ref {
	uint64_t skill_id;
};

struct service {
	uint64_t id;
	struct str name;
	enum service_kind kind;
	uint32_t minutes;
	struct str pay_code;
	int64_t price_cents;
	struct skill_ref *skills;
	size_t skills_n;
	struct check_line *checklist;
	size_t checklist_n;
	struct part_line *parts;
	size_t parts_n;
	struct str instructions;
	bool archived;
	uint32_t version; /* of a new one: not looked at */
};

struct service_page {
	struct service *rows;
	size_t rows_n;
};

struct skill_line {
	uint64_t id;
	struct str name;
	bool archived;
	uint32_t version;
};

struct skill_page {
	struct skill_line *rows;
	size_t rows_n;
};

must_use enum err act_services(struct work *w, bool archived, struct service_page *out);
must_use enum err act_service_one(struct work *w, uint64_t id, struct service *out);
/* Errors  E_INVALID "name" "skills" "checklist" "parts"; E_LIMIT; E_STALE */
must_use enum err act_service_make(struct work *w, const struct service *in, struct service *out);
must_use enum err act_service_change(struct work *w, uint64_t id, const struct service *in, struct service *out);
/* act_service_archive -- no longer offered; agreements that have it keep it */
must_use enum err act_service_archive(struct work *w, uint64_t id, bool archived, uint32_t version);
/* act_services_standard -- the usual levels and templates that the company has not got yet, in its language */
must_use enum err act_services_standard(struct work *w, struct service_page *out);

must_use enum err act_skills(struct work *w, struct skill_page *out);
/* Errors  E_INVALID "name"; E_LIMIT; E_STALE */
must_use enum err act_skill_make(struct work *w, struct str name, struct skill_line *out);
must_use enum err act_skill_change(struct work *w, uint64_t id, const struct skill_line *in, struct skill_line *out);

#endif
