-- What sql/control/migrations build together. Made by `make schema`; nobody edits it.

CREATE TABLE `archive_order` (
  `tenant_id` bigint(20) unsigned NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `asked_at` bigint(20) NOT NULL,
  `done` bigint(20) NOT NULL DEFAULT 0,
  `of_all` bigint(20) NOT NULL DEFAULT 0,
  `bytes` bigint(20) NOT NULL DEFAULT 0,
  `ready_at` bigint(20) NOT NULL DEFAULT 0,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`tenant_id`),
  KEY `state` (`state`,`asked_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `cluster` (
  `id` int(10) unsigned NOT NULL,
  `name` varchar(40) NOT NULL,
  `socket` varchar(100) NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `counter` (
  `name` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `value` bigint(20) unsigned NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `due` (
  `tenant_id` bigint(20) unsigned NOT NULL,
  `at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`tenant_id`),
  KEY `at` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `host` (
  `host` varchar(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `tenant_id` bigint(20) unsigned NOT NULL,
  `verified_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `seen_at` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`host`),
  KEY `tenant_id` (`tenant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `platform_session` (
  `token_hash` binary(32) NOT NULL,
  `staff_id` bigint(20) unsigned NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`token_hash`),
  KEY `expires_at` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `platform_staff` (
  `id` bigint(20) unsigned NOT NULL,
  `email` varchar(254) NOT NULL,
  `name` varchar(120) NOT NULL,
  `role` varchar(16) NOT NULL,
  `disabled_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `key_hash` varbinary(32) NOT NULL DEFAULT '',
  `totp_secret` varbinary(200) NOT NULL DEFAULT '',
  `totp_step` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `processor_account` (
  `account` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `tenant_id` bigint(20) unsigned NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`account`),
  KEY `tenant_id` (`tenant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `signup` (
  `key_hash` binary(32) NOT NULL,
  `body_hash` binary(32) NOT NULL,
  `tenant_id` bigint(20) unsigned NOT NULL,
  `done` tinyint(3) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`key_hash`),
  KEY `tenant_id` (`tenant_id`),
  KEY `created_at` (`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `subscription` (
  `tenant_id` bigint(20) unsigned NOT NULL,
  `cents` bigint(20) NOT NULL,
  `currency` char(3) NOT NULL,
  `trial_ends_at` bigint(20) NOT NULL,
  `paid_until` bigint(20) NOT NULL DEFAULT 0,
  `unpaid_since` bigint(20) NOT NULL DEFAULT 0,
  `ended_at` bigint(20) NOT NULL DEFAULT 0,
  `customer` varchar(80) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `reference` varchar(80) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`tenant_id`),
  UNIQUE KEY `customer` (`customer`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `subscription_bill` (
  `id` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `tenant_id` bigint(20) unsigned NOT NULL,
  `number` varchar(40) NOT NULL,
  `cents` bigint(20) NOT NULL,
  `currency` char(3) NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `url` varchar(500) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `tenant_id` (`tenant_id`,`made_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `support_consent` (
  `tenant_id` bigint(20) unsigned NOT NULL,
  `until_at` bigint(20) NOT NULL,
  `given_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`tenant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `tally` (
  `what` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `subject` binary(16) NOT NULL,
  `window_at` bigint(20) NOT NULL,
  `hits` int(10) unsigned NOT NULL,
  PRIMARY KEY (`what`,`subject`,`window_at`),
  KEY `window_at` (`window_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `tenant` (
  `id` bigint(20) unsigned NOT NULL,
  `slug` varchar(40) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `name` varchar(120) NOT NULL,
  `schema_name` varchar(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `status` tinyint(3) unsigned NOT NULL,
  `step` int(10) unsigned NOT NULL,
  `cluster_id` int(10) unsigned NOT NULL,
  `plan` varchar(16) NOT NULL,
  `country` char(2) NOT NULL,
  `zone` varchar(64) NOT NULL,
  `currency` char(3) NOT NULL,
  `language` char(2) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `claimed_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `schema_name` (`schema_name`),
  UNIQUE KEY `slug` (`slug`),
  KEY `status` (`status`,`claimed_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `tenant_key` (
  `tenant_id` bigint(20) unsigned NOT NULL,
  `key_version` smallint(5) unsigned NOT NULL,
  `root_version` smallint(5) unsigned NOT NULL,
  `wrapped` varbinary(200) NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`tenant_id`,`key_version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `tenant_size` (
  `tenant_id` bigint(20) unsigned NOT NULL,
  `customers` bigint(20) unsigned NOT NULL,
  `pools` bigint(20) unsigned NOT NULL,
  `staff` bigint(20) unsigned NOT NULL,
  `counted_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`tenant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
