/*
 * fcgi/api/office/work.c -- technicians in the plan: profile, skills, hours, time off.
 */
#include "fcgi/acts/work.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err technicians_list(struct work *w, const struct call *c);
static enum err work_get(struct work *w, const struct call *c);
static enum err work_put(struct work *w, const struct call *c);
static enum err skills_put(struct work *w, const struct call *c);
static enum err hours_put(struct work *w, const struct call *c);
static enum err off_add(struct work *w, const struct call *c);
static enum err off_drop(struct work *w, const struct call *c);
static enum err feed_make(struct work *w, const struct call *c);
static enum err feed_drop(struct work *w, const struct call *c);

#define LAT(s, m) FIELD_MAYBE_INT(s, m, -90000000, 90000000)
#define LNG(s, m) FIELD_MAYBE_INT(s, m, -180000000, 180000000)

static const struct field staff_skill_fields[] = {
	FIELD_ID(struct staff_skill, skill_id),
	FIELD_TEXT(struct staff_skill, name, 0, 80),
	FIELD_TEXT(struct staff_skill, certificate, 0, 60),
	FIELD_MAYBE_DAY(struct staff_skill, expires_day),
	FIELD_BOOL(struct staff_skill, expired),
	FIELD_END
};
static const struct shape staff_skill_shape = {"StaffSkill", sizeof(struct staff_skill), staff_skill_fields};

static const struct field skill_given_fields[] = {
	FIELD_ID(struct staff_skill, skill_id),
	FIELD_TEXT(struct staff_skill, certificate, 0, 60),
	FIELD_MAYBE_DAY(struct staff_skill, expires_day),
	FIELD_END
};
static const struct shape skill_given_shape = {"SkillGiven", sizeof(struct staff_skill), skill_given_fields};

static const struct field hours_line_fields[] = {
	FIELD_ENUM(struct hours_line, weekday, weekday_names),
	FIELD_DAY(struct hours_line, from_day),
	FIELD_INT(struct hours_line, from_minute, 0, 1440),
	FIELD_INT(struct hours_line, to_minute, 0, 1440),
	FIELD_END
};
static const struct shape hours_line_shape = {"HoursLine", sizeof(struct hours_line), hours_line_fields};

static const struct field hours_given_fields[] = {
	FIELD_ENUM(struct hours_line, weekday, weekday_names),
	FIELD_INT(struct hours_line, from_minute, 0, 1440),
	FIELD_INT(struct hours_line, to_minute, 0, 1440),
	FIELD_END
};
static const struct shape hours_given_shape = {"HoursGiven", sizeof(struct hours_line), hours_given_fields};

static const struct field off_line_fields[] = {
	FIELD_ID(struct off_line, id),
	FIELD_DAY(struct off_line, from_day),
	FIELD_MAYBE_DAY(struct off_line, to_day),
	FIELD_INT(struct off_line, from_minute, 0, 1440),
	FIELD_INT(struct off_line, to_minute, 0, 1440),
	FIELD_TEXT(struct off_line, reason, 0, 80),
	FIELD_END
};
static const struct shape off_line_shape = {"TimeOff", sizeof(struct off_line), off_line_fields};

static const struct field staff_work_fields[] = {
	FIELD_ID(struct staff_work, id),
	FIELD_TEXT(struct staff_work, name, 0, 120),
	FIELD_TEXT(struct staff_work, phone, 0, 24),
	FIELD_INT(struct staff_work, colour, 0, COLOURS),
	FIELD_TEXT(struct staff_work, vehicle, 0, 60),
	FIELD_TEXT(struct staff_work, start_address, 0, 160),
	FIELD_TEXT(struct staff_work, end_address, 0, 160),
	LAT(struct staff_work, start_lat_e6),
	LNG(struct staff_work, start_lng_e6),
	LAT(struct staff_work, end_lat_e6),
	LNG(struct staff_work, end_lng_e6),
	FIELD_LIST(struct staff_work, skills, skills_n, &staff_skill_shape, STAFF_SKILLS_MAX),
	FIELD_LIST(struct staff_work, hours, hours_n, &hours_line_shape, AVAILABILITY_MAX),
	FIELD_LIST(struct staff_work, off, off_n, &off_line_shape, AVAILABILITY_MAX),
	FIELD_BOOL(struct staff_work, has_feed),
	FIELD_INT(struct staff_work, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape staff_work_shape = {"StaffWork", sizeof(struct staff_work), staff_work_fields};

static const struct field work_change_fields[] = {
	FIELD_TEXT(struct work_change, phone, 0, 40),
	FIELD_INT(struct work_change, colour, 0, COLOURS),
	FIELD_TEXT(struct work_change, vehicle, 0, 60),
	FIELD_TEXT(struct work_change, start_address, 0, 160),
	FIELD_TEXT(struct work_change, end_address, 0, 160),
	LAT(struct work_change, start_lat_e6),
	LNG(struct work_change, start_lng_e6),
	LAT(struct work_change, end_lat_e6),
	LNG(struct work_change, end_lng_e6),
	FIELD_INT(struct work_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape work_change_shape = {"StaffWorkChange", sizeof(struct work_change), work_change_fields};

static const struct field skills_change_fields[] = {
	FIELD_LIST(struct skills_change, rows, rows_n, &skill_given_shape, STAFF_SKILLS_MAX),
	FIELD_INT(struct skills_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape skills_change_shape = {"StaffSkillsChange", sizeof(struct skills_change),
    skills_change_fields};

static const struct field hours_change_fields[] = {
	FIELD_DAY(struct hours_change, from_day),
	FIELD_LIST(struct hours_change, rows, rows_n, &hours_given_shape, HOURS_MAX),
	FIELD_INT(struct hours_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape hours_change_shape = {"StaffHoursChange", sizeof(struct hours_change), hours_change_fields};

static const struct field off_wish_fields[] = {
	FIELD_DAY(struct off_wish, from_day),
	FIELD_MAYBE_DAY(struct off_wish, to_day),
	FIELD_MAYBE_INT(struct off_wish, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct off_wish, to_minute, 0, 1440),
	FIELD_TEXT(struct off_wish, reason, 0, 80),
	FIELD_END
};
static const struct shape off_wish_shape = {"TimeOffWish", sizeof(struct off_wish), off_wish_fields};

static const struct field technician_day_fields[] = {
	FIELD_DAY(struct technician_day, day),
	FIELD_BOOL(struct technician_day, said),
	FIELD_INT(struct technician_day, minutes, 0, 1440),
	FIELD_MAYBE_INT(struct technician_day, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct technician_day, to_minute, 0, 1440),
	FIELD_TEXT(struct technician_day, off, 0, 80),
	FIELD_END
};
static const struct shape technician_day_shape = {"TechnicianDay", sizeof(struct technician_day),
    technician_day_fields};

static const struct field skill_ending_fields[] = {
	FIELD_TEXT(struct skill_ending, name, 0, 80),
	FIELD_MAYBE_DAY(struct skill_ending, expires_day),
	FIELD_BOOL(struct skill_ending, expired),
	FIELD_END
};
static const struct shape skill_ending_shape = {"SkillEnding", sizeof(struct skill_ending), skill_ending_fields};

static const struct field technician_fields[] = {
	FIELD_ID(struct technician, id),
	FIELD_TEXT(struct technician, name, 0, 120),
	FIELD_INT(struct technician, colour, 0, COLOURS),
	FIELD_TEXT(struct technician, vehicle, 0, 60),
	FIELD_LIST(struct technician, ending, ending_n, &skill_ending_shape, STAFF_SKILLS_MAX),
	FIELD_LIST(struct technician, days, days_n, &technician_day_shape, TECHNICIAN_DAYS_MAX),
	FIELD_END
};
static const struct shape technician_shape = {"Technician", sizeof(struct technician), technician_fields};

static const struct field technician_page_fields[] = {
	FIELD_LIST(struct technician_page, rows, rows_n, &technician_shape, WORKERS_MAX), FIELD_END};
static const struct shape technician_page_shape = {"TechnicianPage", sizeof(struct technician_page),
    technician_page_fields};

static const struct field technicians_query_fields[] = {
	FIELD_DAY(struct technicians_query, from), FIELD_DAY(struct technicians_query, to), FIELD_END};
static const struct shape technicians_query_shape = {"TechniciansQuery", sizeof(struct technicians_query),
    technicians_query_fields};

static const struct field feed_fields[] = {FIELD_TEXT(struct feed, url, 1, 300), FIELD_END};
static const struct shape feed_shape = {"CalendarFeed", sizeof(struct feed), feed_fields};

const struct endpoint office_work[] = {
	{GET, "/technicians", .may = MAY(MAY_SEE_BOARD), .query = &technicians_query_shape,
	    .out = &technician_page_shape, .run = technicians_list,
	    .help = "Who drives, and for how long on each of some days.", .story = "schedule.test.mjs"},
	{GET, "/staff/:id/work", .may = MAY(MAY_SEE_BOARD), .out = &staff_work_shape, .run = work_get,
	    .help = "What somebody is to the plan: profile, skills, hours, time off.", .story = "schedule.test.mjs"},
	{PUT, "/staff/:id/work", .may = MAY(MAY_MANAGE_STAFF), .body = &work_change_shape, .out = &staff_work_shape,
	    .run = work_put, .help = "Change colour, vehicle, telephone, where the day starts and ends.",
	    .story = "schedule.test.mjs"},
	{PUT, "/staff/:id/skills", .may = MAY(MAY_MANAGE_STAFF), .body = &skills_change_shape,
	    .out = &staff_work_shape, .run = skills_put, .help = "Say what somebody can be sent to, and until when.",
	    .story = "schedule.test.mjs"},
	{PUT, "/staff/:id/hours", .may = MAY(MAY_MANAGE_STAFF), .body = &hours_change_shape, .out = &staff_work_shape,
	    .run = hours_put, .help = "Working hours of the week from a day on.", .story = "schedule.test.mjs"},
	{POST, "/staff/:id/time-off", .may = MAY(MAY_MANAGE_STAFF), .body = &off_wish_shape, .out = &staff_work_shape,
	    .run = off_add, .help = "Time off: days, or hours of a day.", .story = "schedule.test.mjs"},
	{DELETE, "/staff/:id/time-off/:id2", .may = MAY(MAY_MANAGE_STAFF), .out = &staff_work_shape, .run = off_drop,
	    .help = "Take time off back.", .story = "schedule.test.mjs"},
	{POST, "/staff/:id/calendars", .may = MAY(MAY_MANAGE_STAFF), .out = &feed_shape, .run = feed_make,
	    .help = "A new secret address of somebody's calendar; the one before stops working.",
	    .story = "schedule.test.mjs"},
	{DELETE, "/staff/:id/calendars", .may = MAY(MAY_MANAGE_STAFF), .run = feed_drop,
	    .help = "The address of the calendar stops working.", .story = "schedule.test.mjs"},
	{0}
};

static enum err
technicians_list(struct work *w, const struct call *c)
{
	struct technician_page out;

	TRY(act_technicians(w, c->query, &out));
	return reply_shape(c, &technician_page_shape, &out);
}

static enum err
work_get(struct work *w, const struct call *c)
{
	struct staff_work out;

	TRY(act_staff_work(w, c->id, &out));
	return reply_shape(c, &staff_work_shape, &out);
}

static enum err
work_put(struct work *w, const struct call *c)
{
	struct staff_work out;

	TRY(act_staff_work_change(w, c->id, c->body, &out));
	return reply_shape(c, &staff_work_shape, &out);
}

static enum err
skills_put(struct work *w, const struct call *c)
{
	struct staff_work out;

	TRY(act_staff_skills(w, c->id, c->body, &out));
	return reply_shape(c, &staff_work_shape, &out);
}

static enum err
hours_put(struct work *w, const struct call *c)
{
	struct staff_work out;

	TRY(act_staff_hours(w, c->id, c->body, &out));
	return reply_shape(c, &staff_work_shape, &out);
}

static enum err
off_add(struct work *w, const struct call *c)
{
	struct staff_work out;

	TRY(act_staff_off(w, c->id, c->body, &out));
	return reply_created(c, &staff_work_shape, &out);
}

static enum err
off_drop(struct work *w, const struct call *c)
{
	struct staff_work out;

	TRY(act_staff_off_drop(w, c->id, c->id2, &out));
	return reply_shape(c, &staff_work_shape, &out);
}

static enum err
feed_make(struct work *w, const struct call *c)
{
	struct feed out;

	TRY(act_feed_make(w, c->id, &out));
	return reply_created(c, &feed_shape, &out);
}

static enum err
feed_drop(struct work *w, const struct call *c)
{
	TRY(act_feed_drop(w, c->id));
	return reply_nothing(c);
}
