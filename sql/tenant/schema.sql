-- What sql/tenant/migrations build together. Made by `make schema`; nobody edits it.

CREATE TABLE `audit` (
  `seq` bigint(20) unsigned NOT NULL,
  `at` bigint(20) NOT NULL,
  `actor_kind` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL,
  `actor_name` varchar(120) NOT NULL,
  `verb` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `noun` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `object_id` bigint(20) unsigned NOT NULL,
  `detail` varchar(400) NOT NULL,
  `ip` varchar(46) NOT NULL,
  `country` char(2) NOT NULL,
  `trace` char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `prev_hash` binary(32) NOT NULL,
  `hash` binary(32) NOT NULL,
  PRIMARY KEY (`seq`),
  KEY `at` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `company` (
  `id` tinyint(3) unsigned NOT NULL,
  `name` varchar(120) NOT NULL,
  `phone` varchar(24) NOT NULL DEFAULT '',
  `street` varchar(160) NOT NULL DEFAULT '',
  `city` varchar(80) NOT NULL DEFAULT '',
  `region` varchar(40) NOT NULL DEFAULT '',
  `postcode` varchar(16) NOT NULL DEFAULT '',
  `country` char(2) NOT NULL,
  `zone` varchar(64) NOT NULL,
  `currency` char(3) NOT NULL,
  `language` char(2) NOT NULL,
  `accent` char(7) NOT NULL DEFAULT '#0f5e66',
  `week_starts` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `created_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `counter` (
  `name` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `value` bigint(20) unsigned NOT NULL,
  `hash` binary(32) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `customer` (
  `id` bigint(20) unsigned NOT NULL,
  `name` varchar(120) NOT NULL,
  `email` varchar(254) NOT NULL,
  `language` char(2) NOT NULL,
  `disabled_at` bigint(20) DEFAULT NULL,
  `created_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `idempotency` (
  `key_hash` binary(32) NOT NULL,
  `body_hash` binary(32) NOT NULL,
  `status` smallint(5) unsigned NOT NULL,
  `answer` mediumblob NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`key_hash`),
  KEY `created_at` (`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `job` (
  `id` bigint(20) unsigned NOT NULL,
  `kind` varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `job_key` varchar(80) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `due_at` bigint(20) NOT NULL,
  `lease_until` bigint(20) NOT NULL DEFAULT 0,
  `token` int(10) unsigned NOT NULL DEFAULT 0,
  `tries` int(10) unsigned NOT NULL DEFAULT 0,
  `reason` varchar(400) NOT NULL DEFAULT '',
  `payload` varbinary(60000) NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `job_key` (`job_key`),
  KEY `due` (`state`,`due_at`),
  KEY `ended_at` (`ended_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `migration` (
  `step` int(10) unsigned NOT NULL,
  `name` varchar(80) NOT NULL,
  `digest` binary(32) NOT NULL,
  `applied_at` bigint(20) NOT NULL,
  PRIMARY KEY (`step`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `role` (
  `id` bigint(20) unsigned NOT NULL,
  `name` varchar(60) NOT NULL,
  `may` bigint(20) unsigned NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `session` (
  `id` bigint(20) unsigned NOT NULL,
  `token_hash` binary(32) NOT NULL,
  `actor_kind` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL,
  `door` tinyint(3) unsigned NOT NULL,
  `second_factor` tinyint(3) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `seen_at` bigint(20) NOT NULL,
  `stepped_up_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `ip` varchar(46) NOT NULL,
  `country` char(2) NOT NULL,
  `agent` varchar(120) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `token_hash` (`token_hash`),
  KEY `actor` (`actor_kind`,`actor_id`,`created_at`),
  KEY `expires_at` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `staff` (
  `id` bigint(20) unsigned NOT NULL,
  `name` varchar(120) NOT NULL,
  `email` varchar(254) NOT NULL,
  `language` char(2) NOT NULL,
  `role` int(10) unsigned NOT NULL,
  `role_id` bigint(20) unsigned DEFAULT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `email_confirmed_at` bigint(20) DEFAULT NULL,
  `password` varbinary(240) DEFAULT NULL,
  `totp_secret` varbinary(80) DEFAULT NULL,
  `totp_confirmed_at` bigint(20) DEFAULT NULL,
  `totp_step` bigint(20) NOT NULL DEFAULT 0,
  `failures` int(10) unsigned NOT NULL DEFAULT 0,
  `locked_until` bigint(20) NOT NULL DEFAULT 0,
  `created_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `token` (
  `hash` binary(32) NOT NULL,
  `purpose` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `used_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`hash`),
  KEY `actor` (`actor_id`,`purpose`),
  KEY `expires_at` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
