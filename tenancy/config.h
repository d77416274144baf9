/*
 * tenancy/config.h -- every setting, read once: environment first, then an optional file.
 *
 * The environment variable is POOL_ + the key in capitals (POOL_DB_SOCKET). The file (POOL_CONFIG, or
 * /etc/poolhouse/poolhouse.conf if it exists) has lines `key = value` and # comments. A key ending in
 * _file names a file that holds the secret. `poolctl config check` prints the table.
 */
#ifndef TENANCY_CONFIG_H
#define TENANCY_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

struct config {
	/* database */
	const char *db_socket;      /* unix socket; empty = db_host:db_port                           */
	const char *db_host;
	uint32_t db_port;
	const char *db_prefix;      /* schemas and accounts: <prefix>control, <prefix>t000123; "pool_" */
	const char *db_operator;    /* poolctl's account; default: the OS user, by unix_socket         */
	const char *db_operator_password;
	/* keys */
	const char *master_key_file; /* 32 bytes as 64 hex digits, mode 0400                           */
	/* processes */
	const char *run_dir;        /* sockets web.sock auth.sock jobs.sock, pid files                 */
	const char *data_dir;       /* files of tenants, exports                                       */
	uint32_t web_workers, auth_workers, jobs_workers; /* 4, one per core, 1                        */
	uint32_t coats;             /* companies that a worker of `web` keeps connections of, one each; 4 */
	uint32_t worker_works;      /* a worker retires after so many works; 20000                     */
	/* addresses */
	const char *base_url;       /* "http://localhost:8080": scheme, domain and port of the site;
	                               companies live at <slug>.<domain>                               */
	const char *certificate_file; /* TLS: what nginx serves, for the health check's eye; "" = certbot's  */
	bool dev;                   /* development: links in the log, cookies without Secure if needed */
	/* outside */
	const char *live_url;       /* of nginx's publisher, on loopback; empty: nobody listens        */
	const char *smtp_url;       /* "smtp://127.0.0.1:2525" or smtps://                             */
	const char *smtp_user, *smtp_password;
	const char *mail_from;      /* "Poolhouse <no-reply@poolhouse.example>"                        */
	const char *mail_in;        /* the domain that answers come in at: "in.poolhouse.example"; empty = none */
	const char *mail_in_secret; /* what the provider signs such mails with; empty = none come that way */
	const char *mail_in_login;  /* Postmark's "name:password" when it posts to us; empty = it does not */
	const char *mail_relay;     /* "postmark": whose smtp_url is; empty = any other                */
	const char *name_server;    /* "127.0.0.1:53": asked for records of domains; empty = the system's */
	const char *push_contact;   /* whom a push service may write to: mailto: or https:             */
	const char *push_url;       /* an own push service, allowed on private networks; empty = none  */
	const char *sms_url, *sms_account, *sms_token, *sms_from; /* Twilio's format; empty url = none  */
	const char *model_url, *model_key, *model_name;         /* a language model, OpenAI's format; empty url = none */
	bool model_completion_tokens;
	uint32_t model_wait_ms, model_day_questions, model_day_tokens;
	const char *geo_city_file, *geo_anonymous_file; /* empty = feature off                         */
	const char *roads_url;      /* road map that speaks OSRM's /table; empty = ways are estimated  */
	const char *tiles_url, *tiles_credit; /* picture of streets behind routes; empty = none        */
	const char *geocoder, *geocoder_url; /* "nominatim", "census"; empty = addresses are not looked up  */
	uint32_t geocoder_per_minute;
	/* payments: who takes the customers' money; empty key = nobody                                  */
	const char *stripe_url, *stripe_key, *stripe_webhook_secret, *stripe_version;
	/* what the house asks of each company, a month; 0 = nothing */
	uint32_t plan_cents, plan_trial_days;
	const char *plan_currency;
	const char *zoneinfo_dir;   /* /usr/share/zoneinfo                                             */
	const char *press;          /* path of poolpress                                               */
	const char *password_list;  /* common passwords, one a line; empty = none                      */
	uint32_t company_cache_s;   /* how long a worker believes what it read of a company; 30         */
	uint32_t spares;            /* ready schemas to keep; 20                                       */
	uint32_t signups_per_address_hour, signups_per_network_hour; /* 5, 30                          */
	uint32_t guesses_per_address_quarter, guesses_per_network_quarter; /* 150, 600                 */
	uint32_t letters_per_address_hour, letters_per_network_hour; /* 60, 240                        */
	struct zone_cache *zones;   /* config_zone's, not a setting                                    */
};

/* The most connections to companies' schemas that one worker may hold. */
#define COATS_MAX 16

/* Ceilings: a configuration file, one of its lines, a value. */
#define CONFIG_FILE_LINES 400
#define CONFIG_LINE_MAX 1024
#define CONFIG_VALUE_MAX 512
#define CONFIG_ZONES 600

/*
 * config_load -- environment over file over default
 *
 * file     in   NULL = POOL_CONFIG, else /etc/poolhouse/poolhouse.conf if there is one
 * a        in   lives as long as the process: texts and zones are kept there
 *
 * Errors   E_INVALID, field = the key: an unknown key of the file (with file and line), a number
 *          outside its bounds, a secret's file that cannot be read, both a secret and its file
 */
must_use enum err config_load(const char *file, struct arena *a, struct config *out, struct fault *f);

/* config_print -- the table: key, value (secrets as ***), default, help; for `poolctl config` */
void config_print(const struct config *c, struct buf *out);

/*
 * config_zone -- the parsed zone of that name, cached for the life of the process
 *
 * Errors   E_INVALID "zone": no such name, no zone file, or more than CONFIG_ZONES of them
 */
must_use enum err config_zone(const struct config *c, struct str name, const struct zone **out,
    struct fault *f);

#endif
