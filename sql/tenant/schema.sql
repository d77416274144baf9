-- What sql/tenant/migrations build together. Made by `make schema`; nobody edits it.

CREATE TABLE `agreement` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `property_id` bigint(20) unsigned NOT NULL,
  `pool_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `repeats` tinyint(3) unsigned NOT NULL,
  `starts_day` date NOT NULL,
  `ends_day` date DEFAULT NULL,
  `made_until` date DEFAULT NULL,
  `closed_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `customer` (`customer_id`),
  KEY `property` (`property_id`),
  KEY `made` (`closed_at`,`made_until`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `alert` (
  `id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `visit_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `customer_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `staff_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `made_at` bigint(20) NOT NULL,
  `body` text NOT NULL,
  `closed_at` bigint(20) DEFAULT NULL,
  `closed_by` bigint(20) unsigned NOT NULL DEFAULT 0,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `open` (`closed_at`,`made_at`),
  KEY `visit` (`visit_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

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

CREATE TABLE `availability` (
  `id` bigint(20) unsigned NOT NULL,
  `staff_id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `weekday` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `from_day` date NOT NULL,
  `to_day` date DEFAULT NULL,
  `from_minute` smallint(5) unsigned NOT NULL DEFAULT 0,
  `to_minute` smallint(5) unsigned NOT NULL DEFAULT 1440,
  `reason` varchar(80) NOT NULL DEFAULT '',
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `staff` (`staff_id`,`from_day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `batch` (
  `id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `staff_id` bigint(20) unsigned NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `total` int(10) unsigned NOT NULL DEFAULT 0,
  `done` int(10) unsigned NOT NULL DEFAULT 0,
  `failed` int(10) unsigned NOT NULL DEFAULT 0,
  `body` mediumtext NOT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `undone_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `sheet` mediumblob DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `made_at` (`made_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `batch_row` (
  `batch_id` bigint(20) unsigned NOT NULL,
  `n` int(10) unsigned NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `record_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `problem` varchar(300) NOT NULL DEFAULT '',
  `cells` text NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`batch_id`,`n`),
  KEY `state` (`batch_id`,`state`,`n`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `bill` (
  `id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `seq` bigint(20) unsigned DEFAULT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `property_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `visit_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `currency` char(3) NOT NULL,
  `day` date NOT NULL,
  `due_day` date NOT NULL,
  `title` varchar(120) NOT NULL DEFAULT '',
  `note` varchar(2000) NOT NULL DEFAULT '',
  `opening_cents` bigint(20) NOT NULL DEFAULT 0,
  `net_cents` bigint(20) NOT NULL DEFAULT 0,
  `tax_cents` bigint(20) NOT NULL DEFAULT 0,
  `total_cents` bigint(20) NOT NULL DEFAULT 0,
  `taxes` text NOT NULL DEFAULT '{"rows":[]}',
  `issued_at` bigint(20) DEFAULT NULL,
  `sent_at` bigint(20) DEFAULT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `reason` varchar(200) NOT NULL DEFAULT '',
  `body` mediumtext NOT NULL DEFAULT '',
  `kid` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  `signature` binary(64) DEFAULT NULL,
  `hash` binary(64) DEFAULT NULL,
  `made_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `reminders` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `quote` mediumtext NOT NULL DEFAULT '{}',
  `moved` text NOT NULL DEFAULT '{"rows":[]}',
  PRIMARY KEY (`id`),
  UNIQUE KEY `number` (`kind`,`seq`),
  KEY `customer` (`customer_id`,`day`),
  KEY `day` (`kind`,`state`,`day`),
  KEY `visit` (`visit_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `bill_line` (
  `id` bigint(20) unsigned NOT NULL,
  `bill_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `customer_id` bigint(20) unsigned NOT NULL,
  `property_id` bigint(20) unsigned NOT NULL,
  `agreement_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `visit_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `item_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `kind` tinyint(3) unsigned NOT NULL,
  `line_key` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `day` date NOT NULL,
  `from_day` date NOT NULL,
  `to_day` date NOT NULL,
  `term_day` date DEFAULT NULL,
  `part` int(10) unsigned NOT NULL DEFAULT 1,
  `of_parts` int(10) unsigned NOT NULL DEFAULT 1,
  `rate_cents` bigint(20) NOT NULL DEFAULT 0,
  `text` varchar(400) NOT NULL,
  `quantity_milli` bigint(20) NOT NULL DEFAULT 1000,
  `unit_cents` bigint(20) NOT NULL,
  `net_cents` bigint(20) NOT NULL,
  `tax_code` varchar(24) NOT NULL DEFAULT '',
  `tax_area` varchar(40) NOT NULL DEFAULT '',
  `tax_cents` bigint(20) NOT NULL DEFAULT 0,
  `seq` smallint(5) unsigned NOT NULL DEFAULT 0,
  `choice` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `made_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `got` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `cost_cents` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `line_key` (`line_key`),
  KEY `bill` (`bill_id`,`seq`),
  KEY `customer` (`customer_id`,`bill_id`),
  KEY `visit` (`visit_id`),
  KEY `agreement` (`agreement_id`,`from_day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `clock` (
  `id` bigint(20) unsigned NOT NULL,
  `staff_id` bigint(20) unsigned NOT NULL,
  `day` date NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `from_at` bigint(20) NOT NULL,
  `to_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `staff` (`staff_id`,`day`),
  KEY `day` (`day`)
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

CREATE TABLE `contact` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `name` varchar(120) NOT NULL,
  `relation` tinyint(3) unsigned NOT NULL,
  `phone` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  `email` varchar(254) NOT NULL DEFAULT '',
  `language` char(2) NOT NULL,
  `by_sms` int(10) unsigned NOT NULL DEFAULT 0,
  `by_email` int(10) unsigned NOT NULL DEFAULT 0,
  `position` smallint(5) unsigned NOT NULL DEFAULT 0,
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `by_voice` int(10) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `customer` (`customer_id`,`position`),
  KEY `phone` (`phone`),
  KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `conversation` (
  `id` bigint(20) unsigned NOT NULL,
  `who` varchar(260) NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `address` varchar(254) NOT NULL DEFAULT '',
  `name` varchar(120) NOT NULL DEFAULT '',
  `language` char(2) NOT NULL DEFAULT 'en',
  `state` tinyint(3) unsigned NOT NULL,
  `staff_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `snoozed_until` bigint(20) NOT NULL DEFAULT 0,
  `unread` int(10) unsigned NOT NULL DEFAULT 0,
  `waits_since` bigint(20) NOT NULL DEFAULT 0,
  `last_at` bigint(20) NOT NULL DEFAULT 0,
  `last_words` varchar(160) NOT NULL DEFAULT '',
  `last_medium` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `last_direction` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `typing_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `typing_at` bigint(20) NOT NULL DEFAULT 0,
  `talk` text NOT NULL DEFAULT '',
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `outcome` tinyint(3) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `who` (`who`),
  KEY `customer` (`customer_id`),
  KEY `last` (`last_at`),
  KEY `staff` (`staff_id`,`last_at`)
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
  `kind` tinyint(3) unsigned NOT NULL DEFAULT 1,
  `standing` tinyint(3) unsigned NOT NULL DEFAULT 1,
  `bill_street` varchar(160) NOT NULL DEFAULT '',
  `bill_city` varchar(80) NOT NULL DEFAULT '',
  `bill_region` varchar(40) NOT NULL DEFAULT '',
  `bill_postcode` varchar(16) NOT NULL DEFAULT '',
  `source` varchar(40) NOT NULL DEFAULT '',
  `external_id` varchar(64) NOT NULL DEFAULT '',
  `own` text NOT NULL DEFAULT '{}',
  `merged_into` bigint(20) unsigned DEFAULT NULL,
  `archived_at` bigint(20) DEFAULT NULL,
  `took` text NOT NULL DEFAULT '[]',
  `password` varbinary(240) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `email` (`email`),
  KEY `name` (`name`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `device` (
  `id` bigint(20) unsigned NOT NULL,
  `staff_id` bigint(20) unsigned NOT NULL,
  `name` varchar(120) NOT NULL DEFAULT '',
  `last_n` int(10) unsigned NOT NULL DEFAULT 0,
  `skew_s` int(11) NOT NULL DEFAULT 0,
  `made_at` bigint(20) NOT NULL,
  `seen_at` bigint(20) NOT NULL,
  `revoked_at` bigint(20) DEFAULT NULL,
  `push` varbinary(2000) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `push_session` bigint(20) unsigned DEFAULT NULL,
  `push_mark` binary(32) DEFAULT NULL,
  `pin_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `staff` (`staff_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dose` (
  `id` bigint(20) unsigned NOT NULL,
  `pool_id` bigint(20) unsigned NOT NULL,
  `visit_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `reading_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `staff_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `item_id` bigint(20) unsigned NOT NULL,
  `chemical` tinyint(3) unsigned NOT NULL,
  `strength_x100` smallint(5) unsigned NOT NULL,
  `planned_x100` bigint(20) DEFAULT NULL,
  `given_x100` bigint(20) NOT NULL,
  `reason` varchar(200) NOT NULL DEFAULT '',
  `place_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `cost_cents` bigint(20) NOT NULL,
  `price_cents` bigint(20) NOT NULL,
  `at` bigint(20) NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `undone_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `quantity_milli` bigint(20) NOT NULL DEFAULT 0,
  `unit_cents` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `pool` (`pool_id`,`at`),
  KEY `visit` (`visit_id`),
  KEY `item` (`item_id`,`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `entry` (
  `posting_id` bigint(20) unsigned NOT NULL,
  `side` tinyint(3) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `at` bigint(20) NOT NULL,
  `day` date NOT NULL,
  `account` tinyint(3) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `bill_id` bigint(20) unsigned NOT NULL,
  `payment_id` bigint(20) unsigned NOT NULL,
  `cents` bigint(20) NOT NULL,
  `actor_kind` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL,
  PRIMARY KEY (`posting_id`,`side`),
  KEY `bill` (`bill_id`,`account`),
  KEY `payment` (`payment_id`,`account`),
  KEY `customer` (`customer_id`,`account`,`day`),
  KEY `account` (`account`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `equipment` (
  `id` bigint(20) unsigned NOT NULL,
  `pool_id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `make` varchar(60) NOT NULL DEFAULT '',
  `model` varchar(60) NOT NULL DEFAULT '',
  `serial` varchar(60) NOT NULL DEFAULT '',
  `installed_day` date DEFAULT NULL,
  `warranty_day` date DEFAULT NULL,
  `service_every_days` smallint(5) unsigned NOT NULL DEFAULT 0,
  `serviced_day` date DEFAULT NULL,
  `note` varchar(400) NOT NULL DEFAULT '',
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `pool` (`pool_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `event` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `property_id` bigint(20) unsigned NOT NULL,
  `pool_id` bigint(20) unsigned NOT NULL,
  `at` bigint(20) NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `actor_kind` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL,
  `actor_name` varchar(120) NOT NULL,
  `ref_kind` tinyint(3) unsigned NOT NULL,
  `ref_id` bigint(20) unsigned NOT NULL,
  `detail` varchar(1000) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `customer` (`customer_id`,`at`),
  KEY `property` (`property_id`,`at`),
  KEY `pool` (`pool_id`,`at`),
  KEY `who` (`kind`,`actor_id`,`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `file` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `on_kind` tinyint(3) unsigned NOT NULL,
  `on_id` bigint(20) unsigned NOT NULL,
  `name` varchar(160) NOT NULL,
  `type` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `bytes` int(10) unsigned NOT NULL,
  `width` smallint(5) unsigned NOT NULL DEFAULT 0,
  `height` smallint(5) unsigned NOT NULL DEFAULT 0,
  `taken_at` bigint(20) DEFAULT NULL,
  `staff_id` bigint(20) unsigned NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `digest` varchar(128) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `on_record` (`on_kind`,`on_id`),
  KEY `customer` (`customer_id`,`made_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `gram` (
  `gram` mediumint(8) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`gram`,`customer_id`),
  KEY `customer` (`customer_id`)
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

CREATE TABLE `item` (
  `id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `name` varchar(80) NOT NULL,
  `sku` varchar(40) NOT NULL DEFAULT '',
  `chemical` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `strength_x100` smallint(5) unsigned NOT NULL DEFAULT 0,
  `unit` tinyint(3) unsigned NOT NULL,
  `holds_x100` bigint(20) NOT NULL,
  `most_x100` int(10) unsigned NOT NULL DEFAULT 0,
  `wait_minutes` smallint(5) unsigned NOT NULL DEFAULT 0,
  `cost_cents` bigint(20) NOT NULL DEFAULT 0,
  `price_cents` bigint(20) NOT NULL DEFAULT 0,
  `taxable` tinyint(3) unsigned NOT NULL DEFAULT 1,
  `position` smallint(5) unsigned NOT NULL DEFAULT 0,
  `label_url` varchar(200) NOT NULL DEFAULT '',
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`name`)
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

CREATE TABLE `leg` (
  `from_cell` bigint(20) unsigned NOT NULL,
  `to_cell` bigint(20) unsigned NOT NULL,
  `seconds` int(10) unsigned NOT NULL,
  `metres` int(10) unsigned NOT NULL,
  `asked_day` date NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`from_cell`,`to_cell`),
  KEY `asked` (`asked_day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `message` (
  `id` bigint(20) unsigned NOT NULL,
  `conversation_id` bigint(20) unsigned NOT NULL,
  `direction` tinyint(3) unsigned NOT NULL,
  `medium` tinyint(3) unsigned NOT NULL,
  `occasion` tinyint(3) unsigned NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `message_key` varchar(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `address` varchar(254) NOT NULL,
  `subject` varchar(400) NOT NULL DEFAULT '',
  `body` text NOT NULL,
  `more` text NOT NULL DEFAULT '',
  `actor_kind` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `ref_kind` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `ref_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `batch_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `at` bigint(20) NOT NULL,
  `due_at` bigint(20) NOT NULL,
  `job_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `claimed_at` bigint(20) NOT NULL DEFAULT 0,
  `sent_at` bigint(20) DEFAULT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `provider_id` varchar(80) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `segments` smallint(5) unsigned NOT NULL DEFAULT 0,
  `problem` varchar(200) NOT NULL DEFAULT '',
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `message_key` (`message_key`),
  UNIQUE KEY `provider_id` (`provider_id`),
  KEY `conversation` (`conversation_id`,`id`),
  KEY `lane` (`address`,`medium`,`state`,`id`),
  KEY `due` (`state`,`due_at`),
  KEY `batch` (`batch_id`,`state`),
  KEY `ref` (`ref_id`),
  KEY `day` (`medium`,`direction`,`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `migration` (
  `step` int(10) unsigned NOT NULL,
  `name` varchar(80) NOT NULL,
  `digest` binary(32) NOT NULL,
  `applied_at` bigint(20) NOT NULL,
  PRIMARY KEY (`step`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `note` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `on_kind` tinyint(3) unsigned NOT NULL,
  `on_id` bigint(20) unsigned NOT NULL,
  `audience` tinyint(3) unsigned NOT NULL,
  `body` varchar(4000) NOT NULL,
  `pinned` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `staff_id` bigint(20) unsigned NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `customer` (`customer_id`),
  KEY `on_record` (`on_kind`,`on_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payment` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `way` tinyint(3) unsigned NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `cents` bigint(20) NOT NULL,
  `currency` char(3) NOT NULL,
  `day` date NOT NULL,
  `reference` varchar(80) NOT NULL DEFAULT '',
  `note` varchar(400) NOT NULL DEFAULT '',
  `wants` text NOT NULL DEFAULT '{"rows":[]}',
  `method_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `provider` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  `provider_id` varchar(80) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `reason` varchar(200) NOT NULL DEFAULT '',
  `staff_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `made_at` bigint(20) NOT NULL,
  `settled_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `seq` bigint(20) unsigned DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `provider` (`provider`,`provider_id`),
  KEY `customer` (`customer_id`,`day`),
  KEY `state` (`state`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `payment_method` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `provider` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `provider_customer` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `provider_id` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `brand` varchar(24) NOT NULL DEFAULT '',
  `last4` varchar(4) NOT NULL DEFAULT '',
  `exp_month` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `exp_year` smallint(5) unsigned NOT NULL DEFAULT 0,
  `autopay` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `consent` text NOT NULL DEFAULT '',
  `stopped` varchar(200) NOT NULL DEFAULT '',
  `made_at` bigint(20) NOT NULL,
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `scope` varchar(1200) NOT NULL DEFAULT '',
  `funding` varchar(12) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `provider` (`provider`,`provider_id`),
  KEY `customer` (`customer_id`),
  KEY `autopay` (`autopay`,`customer_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `pool` (
  `id` bigint(20) unsigned NOT NULL,
  `property_id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `name` varchar(80) NOT NULL DEFAULT '',
  `volume_l` int(10) unsigned DEFAULT NULL,
  `volume_source` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `shape` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `sizes_cm` varchar(80) NOT NULL DEFAULT '[]',
  `surface` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `sanitiser` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `indoor` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `cover` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `fill_water` varchar(80) NOT NULL DEFAULT '',
  `own` text NOT NULL DEFAULT '{}',
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `property` (`property_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `property` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `name` varchar(80) NOT NULL DEFAULT '',
  `street` varchar(160) NOT NULL,
  `city` varchar(80) NOT NULL,
  `region` varchar(40) NOT NULL,
  `postcode` varchar(16) NOT NULL,
  `lat_e6` int(11) DEFAULT NULL,
  `lng_e6` int(11) DEFAULT NULL,
  `place_source` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `place_score` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `gate_code` varbinary(200) DEFAULT NULL,
  `lockbox_code` varbinary(200) DEFAULT NULL,
  `alarm_code` varbinary(200) DEFAULT NULL,
  `access_note` varbinary(2100) DEFAULT NULL,
  `codes_changed_at` bigint(20) DEFAULT NULL,
  `key_no` varchar(24) NOT NULL DEFAULT '',
  `dogs` varchar(160) NOT NULL DEFAULT '',
  `hazards` varchar(400) NOT NULL DEFAULT '',
  `parking` varchar(200) NOT NULL DEFAULT '',
  `like_days` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `not_days` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `from_minute` smallint(5) unsigned DEFAULT NULL,
  `to_minute` smallint(5) unsigned DEFAULT NULL,
  `text_before` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `same_tech` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `usual_tech_id` bigint(20) unsigned DEFAULT NULL,
  `never_techs` varchar(300) NOT NULL DEFAULT '[]',
  `no_chemicals` varchar(300) NOT NULL DEFAULT '[]',
  `own` text NOT NULL DEFAULT '{}',
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `tax_area` varchar(40) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  KEY `customer` (`customer_id`),
  KEY `place` (`city`,`street`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `provider_event` (
  `id` bigint(20) unsigned NOT NULL,
  `provider` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `event_id` varchar(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `kind` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `object_id` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `got_at` bigint(20) NOT NULL,
  `done_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `event` (`provider`,`event_id`),
  KEY `got` (`got_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `reading` (
  `id` bigint(20) unsigned NOT NULL,
  `pool_id` bigint(20) unsigned NOT NULL,
  `visit_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `staff_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `source` tinyint(3) unsigned NOT NULL,
  `at` bigint(20) NOT NULL,
  `made_at` bigint(20) NOT NULL,
  `took_s` int(10) unsigned NOT NULL DEFAULT 0,
  `replaced_l` int(10) unsigned NOT NULL DEFAULT 0,
  `body` varchar(2000) NOT NULL,
  `doubts` int(10) unsigned NOT NULL DEFAULT 0,
  `doubtful` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `withdrawn_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `pool` (`pool_id`,`at`),
  KEY `visit` (`visit_id`),
  KEY `doubtful` (`doubtful`,`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `record_change` (
  `id` bigint(20) unsigned NOT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `on_kind` tinyint(3) unsigned NOT NULL,
  `on_id` bigint(20) unsigned NOT NULL,
  `batch_id` bigint(20) unsigned NOT NULL,
  `at` bigint(20) NOT NULL,
  `actor_kind` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL,
  `actor_name` varchar(120) NOT NULL,
  `field` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `was` varchar(2000) NOT NULL,
  `became` varchar(2000) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `customer` (`customer_id`,`at`),
  KEY `record` (`on_kind`,`on_id`,`at`),
  KEY `batch` (`batch_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `role` (
  `id` bigint(20) unsigned NOT NULL,
  `name` varchar(60) NOT NULL,
  `may` bigint(20) unsigned NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `service` (
  `id` bigint(20) unsigned NOT NULL,
  `name` varchar(80) NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `minutes` smallint(5) unsigned NOT NULL,
  `pay_code` varchar(24) NOT NULL DEFAULT '',
  `price_cents` bigint(20) NOT NULL DEFAULT 0,
  `skills` varchar(300) NOT NULL DEFAULT '[]',
  `checklist` text NOT NULL,
  `parts` text NOT NULL,
  `instructions` varchar(2000) NOT NULL DEFAULT '',
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `tax_code` varchar(24) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`kind`,`name`)
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
  `device_id` bigint(20) unsigned DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `token_hash` (`token_hash`),
  KEY `actor` (`actor_kind`,`actor_id`,`created_at`),
  KEY `expires_at` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `setting` (
  `id` bigint(20) unsigned NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `owner_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `name` varchar(80) NOT NULL,
  `position` smallint(5) unsigned NOT NULL DEFAULT 0,
  `body` text NOT NULL,
  `archived_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `secret` varbinary(2000) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`kind`,`owner_id`,`name`)
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
  `phone` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  `colour` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `vehicle` varchar(60) NOT NULL DEFAULT '',
  `start_lat_e6` int(11) DEFAULT NULL,
  `start_lng_e6` int(11) DEFAULT NULL,
  `end_lat_e6` int(11) DEFAULT NULL,
  `end_lng_e6` int(11) DEFAULT NULL,
  `feed_hash` binary(32) DEFAULT NULL,
  `own` text NOT NULL DEFAULT '{}',
  `start_address` varchar(160) NOT NULL DEFAULT '',
  `end_address` varchar(160) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `staff_skill` (
  `staff_id` bigint(20) unsigned NOT NULL,
  `skill_id` bigint(20) unsigned NOT NULL,
  `certificate` varchar(60) NOT NULL DEFAULT '',
  `expires_day` date DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`staff_id`,`skill_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stock` (
  `place_id` bigint(20) unsigned NOT NULL,
  `item_id` bigint(20) unsigned NOT NULL,
  `amount_x100` bigint(20) NOT NULL DEFAULT 0,
  `low_x100` bigint(20) NOT NULL DEFAULT 0,
  `counted_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`place_id`,`item_id`),
  KEY `item` (`item_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stop_card` (
  `tech_id` bigint(20) unsigned NOT NULL,
  `day` date NOT NULL,
  `seq` smallint(5) unsigned NOT NULL,
  `id` bigint(20) unsigned NOT NULL,
  `visit_id` bigint(20) unsigned DEFAULT NULL,
  `state` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `from_minute` smallint(5) unsigned DEFAULT NULL,
  `to_minute` smallint(5) unsigned DEFAULT NULL,
  `minutes` smallint(5) unsigned NOT NULL DEFAULT 0,
  `on_way_at` bigint(20) DEFAULT NULL,
  `started_at` bigint(20) DEFAULT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `confirmed_at` bigint(20) DEFAULT NULL,
  `flag` varchar(200) NOT NULL DEFAULT '',
  `skip_reason` varchar(80) NOT NULL DEFAULT '',
  `note` varchar(1000) NOT NULL DEFAULT '',
  `visit_version` int(10) unsigned NOT NULL DEFAULT 0,
  `brief` text NOT NULL DEFAULT '',
  `progress` text NOT NULL DEFAULT '',
  `since` int(10) unsigned NOT NULL DEFAULT 0,
  `built` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `seen_version` int(10) unsigned NOT NULL DEFAULT 0,
  `seen_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `told_at` bigint(20) DEFAULT NULL,
  `texted_at` bigint(20) DEFAULT NULL,
  `fetched_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`tech_id`,`day`,`seq`,`id`),
  UNIQUE KEY `visit` (`visit_id`),
  KEY `day` (`day`,`tech_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `tag` (
  `on_kind` tinyint(3) unsigned NOT NULL,
  `tag` varchar(40) NOT NULL,
  `on_id` bigint(20) unsigned NOT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  PRIMARY KEY (`on_kind`,`tag`,`on_id`),
  KEY `record` (`on_kind`,`on_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `term` (
  `agreement_id` bigint(20) unsigned NOT NULL,
  `from_day` date NOT NULL,
  `kind` tinyint(3) unsigned NOT NULL,
  `until_day` date DEFAULT NULL,
  `rule` varchar(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `anchor_day` date NOT NULL,
  `every_days` smallint(5) unsigned NOT NULL DEFAULT 0,
  `service_id` bigint(20) unsigned NOT NULL,
  `tech_id` bigint(20) unsigned DEFAULT NULL,
  `seq` smallint(5) unsigned NOT NULL DEFAULT 0,
  `from_minute` smallint(5) unsigned DEFAULT NULL,
  `to_minute` smallint(5) unsigned DEFAULT NULL,
  `minutes` smallint(5) unsigned NOT NULL,
  `rate_kind` tinyint(3) unsigned NOT NULL,
  `with_chemicals` tinyint(3) unsigned NOT NULL,
  `rate_cents` bigint(20) NOT NULL,
  `skip_policy` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `held` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `anyway` tinyint(3) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (`agreement_id`,`from_day`)
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

CREATE TABLE `visit` (
  `id` bigint(20) unsigned NOT NULL,
  `agreement_id` bigint(20) unsigned DEFAULT NULL,
  `occurs_day` date DEFAULT NULL,
  `customer_id` bigint(20) unsigned NOT NULL,
  `property_id` bigint(20) unsigned NOT NULL,
  `pool_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `service_id` bigint(20) unsigned NOT NULL,
  `day` date NOT NULL,
  `tech_id` bigint(20) unsigned DEFAULT NULL,
  `seq` smallint(5) unsigned NOT NULL DEFAULT 0,
  `from_minute` smallint(5) unsigned DEFAULT NULL,
  `to_minute` smallint(5) unsigned DEFAULT NULL,
  `minutes` smallint(5) unsigned NOT NULL,
  `state` tinyint(3) unsigned NOT NULL,
  `source` tinyint(3) unsigned NOT NULL,
  `by_hand` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `skip_reason` varchar(80) NOT NULL DEFAULT '',
  `note` varchar(1000) NOT NULL DEFAULT '',
  `started_at` bigint(20) DEFAULT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `version` int(10) unsigned NOT NULL DEFAULT 1,
  `on_way_at` bigint(20) DEFAULT NULL,
  `confirmed_at` bigint(20) DEFAULT NULL,
  `flag` varchar(200) NOT NULL DEFAULT '',
  `why_who` varchar(300) NOT NULL DEFAULT '',
  `own` text NOT NULL DEFAULT '{}',
  `free` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `errand` varchar(200) NOT NULL DEFAULT '',
  `errand_minutes` smallint(5) unsigned NOT NULL DEFAULT 0,
  `fetched_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `once` (`agreement_id`,`occurs_day`),
  KEY `day` (`day`,`tech_id`,`seq`),
  KEY `customer` (`customer_id`,`day`),
  KEY `property` (`property_id`,`day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `visit_log` (
  `id` bigint(20) unsigned NOT NULL,
  `visit_id` bigint(20) unsigned NOT NULL,
  `verb` tinyint(3) unsigned NOT NULL,
  `answer` tinyint(3) unsigned NOT NULL,
  `actor_kind` tinyint(3) unsigned NOT NULL,
  `actor_id` bigint(20) unsigned NOT NULL,
  `device_id` bigint(20) unsigned DEFAULT NULL,
  `n` int(10) unsigned DEFAULT NULL,
  `device_at` bigint(20) NOT NULL,
  `skew_s` int(11) NOT NULL DEFAULT 0,
  `server_at` bigint(20) NOT NULL,
  `visit_version` int(10) unsigned NOT NULL DEFAULT 0,
  `day_version` int(10) unsigned NOT NULL DEFAULT 0,
  `problem` varchar(300) NOT NULL DEFAULT '',
  `body` text NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `device` (`device_id`,`n`),
  KEY `visit` (`visit_id`,`server_at`,`day_version`),
  KEY `actor` (`actor_id`,`server_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
