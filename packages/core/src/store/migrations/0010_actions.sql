CREATE TABLE `action_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`action_id` text NOT NULL,
	`revision` integer NOT NULL,
	`step` integer NOT NULL,
	`number` integer NOT NULL,
	`fence` integer NOT NULL,
	`effect_key` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`outcome` text
);
--> statement-breakpoint
CREATE INDEX `action_attempts_action` ON `action_attempts` (`workspace_id`,`action_id`,`step`,`number`);--> statement-breakpoint
CREATE TABLE `action_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`action_id` text NOT NULL,
	`revision` integer NOT NULL,
	`payload_hash` text NOT NULL,
	`reviewer_person_id` text NOT NULL,
	`verdict` text NOT NULL,
	`reason` text,
	`surface` text NOT NULL,
	`assurance` text NOT NULL,
	`proof` text,
	`decided_at` integer NOT NULL,
	`voided_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `action_decisions_key` ON `action_decisions` (`workspace_id`,`action_id`,`revision`,`reviewer_person_id`);--> statement-breakpoint
CREATE TABLE `action_revisions` (
	`workspace_id` text NOT NULL,
	`action_id` text NOT NULL,
	`revision` integer NOT NULL,
	`payload` text NOT NULL,
	`masked` text,
	`payload_hash` text,
	`preconditions` text,
	`preview` text,
	`preview_hash` text,
	`rationale` text,
	`author` text NOT NULL,
	`author_person_id` text,
	`policy_hash` text,
	`created_at` integer NOT NULL,
	`prepared_at` integer,
	PRIMARY KEY(`workspace_id`, `action_id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `actions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`type` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`status` text NOT NULL,
	`revision` integer NOT NULL,
	`requester` text NOT NULL,
	`requester_kind` text NOT NULL,
	`sponsor_person_id` text,
	`effect_class` text NOT NULL,
	`risk` text,
	`mode` text,
	`quorum` integer DEFAULT 1 NOT NULL,
	`decline_threshold` integer DEFAULT 1 NOT NULL,
	`assurance` text,
	`policy_hash` text,
	`policy_reason` text,
	`target_source` text,
	`target_external_id` text,
	`target_ref` text,
	`trace_id` text NOT NULL,
	`model_version` text,
	`cost_usd_micros` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`execute_by` integer,
	`escalation_level` integer DEFAULT 0 NOT NULL,
	`next_escalation_at` integer,
	`decided_at` integer,
	`decided_by` text,
	`fence` integer DEFAULT 0 NOT NULL,
	`lease_expires_at` integer,
	`not_before` integer,
	`attempt_count` integer DEFAULT 0 NOT NULL,
	`settled_at` integer,
	`outcome` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `actions_idempotency` ON `actions` (`workspace_id`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `actions_status` ON `actions` (`workspace_id`,`status`,`created_at`);--> statement-breakpoint
CREATE INDEX `actions_due` ON `actions` (`status`,`expires_at`);--> statement-breakpoint
CREATE TABLE `approver_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`account_source` text NOT NULL,
	`account_external_id` text NOT NULL,
	`person_id` text NOT NULL,
	`scope` text NOT NULL,
	`escalation_level` integer DEFAULT 0 NOT NULL,
	`granted_by` text NOT NULL,
	`granted_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `approver_grants_person` ON `approver_grants` (`workspace_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `audit_heads` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_personal_data` (
	`workspace_id` text NOT NULL,
	`entry_id` text NOT NULL,
	`name` text NOT NULL,
	`salt` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `entry_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `authenticator_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`relying_party_id` text NOT NULL,
	`label` text NOT NULL,
	`fingerprint` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE INDEX `authenticator_requests_open` ON `authenticator_requests` (`workspace_id`,`settled_at`);--> statement-breakpoint
CREATE TABLE `authenticators` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`relying_party_id` text NOT NULL,
	`label` text NOT NULL,
	`fingerprint` text NOT NULL,
	`signed_by_id` text,
	`enrolment_proof` text,
	`enrolled_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authenticators_credential` ON `authenticators` (`workspace_id`,`credential_id`);--> statement-breakpoint
CREATE TABLE `budget_reservations` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`action_id` text,
	`month` text NOT NULL,
	`amount_usd_micros` integer NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `budget_reservations_month` ON `budget_reservations` (`workspace_id`,`month`,`status`);--> statement-breakpoint
CREATE TABLE `challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`purpose` text NOT NULL,
	`subject` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `challenges_expiry` ON `challenges` (`workspace_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `contact_preferences` (
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`opted_out` integer NOT NULL,
	`time_zone` text,
	`quiet_from` text,
	`quiet_to` text,
	`absent_from_day` text,
	`absent_to_day` text,
	PRIMARY KEY(`workspace_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `data_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`key_id` text NOT NULL,
	`wrapped` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE INDEX `data_keys_workspace` ON `data_keys` (`workspace_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `job_schedules` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`cron` text NOT NULL,
	`time_zone` text NOT NULL,
	`catch_up_ms` integer NOT NULL,
	`jitter_ms` integer NOT NULL,
	`next_run_at` integer NOT NULL,
	`last_run_at` integer,
	PRIMARY KEY(`workspace_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`group_key` text NOT NULL,
	`dedupe_key` text,
	`status` text NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`max_attempts` integer NOT NULL,
	`holder` text,
	`fence` integer NOT NULL,
	`lease_expires_at` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`status`,`run_at`);--> statement-breakpoint
CREATE INDEX `jobs_group` ON `jobs` (`status`,`group_key`,`run_at`);--> statement-breakpoint
CREATE INDEX `jobs_dedupe` ON `jobs` (`workspace_id`,`dedupe_key`,`status`);--> statement-breakpoint
CREATE TABLE `kill_switches` (
	`workspace_id` text NOT NULL,
	`scope` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`reason` text,
	PRIMARY KEY(`workspace_id`, `scope`)
);
--> statement-breakpoint
CREATE TABLE `login_links` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `note_drafts` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`action_id` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`event` text NOT NULL,
	`subject_id` text NOT NULL,
	`detail` text NOT NULL,
	`created_at` integer NOT NULL,
	`delivered_at` integer,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`dead_at` integer,
	`last_error` text
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`delivered_at`,`next_attempt_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_order` ON `outbox` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_subject` ON `outbox` (`workspace_id`,`subject_id`,`id`);--> statement-breakpoint
CREATE TABLE `outward_contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`item_key` text NOT NULL,
	`day` text NOT NULL,
	`action_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outward_contacts_day` ON `outward_contacts` (`workspace_id`,`person_id`,`day`);--> statement-breakpoint
CREATE TABLE `page_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `page_sessions_expiry` ON `page_sessions` (`workspace_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `policy_versions` (
	`workspace_id` text NOT NULL,
	`hash` text NOT NULL,
	`source` text NOT NULL,
	`status` text NOT NULL,
	`seen_at` integer NOT NULL,
	`action_id` text,
	`in_force_at` integer,
	PRIMARY KEY(`workspace_id`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `retired_keys` (
	`workspace_id` text NOT NULL,
	`key_id` text NOT NULL,
	`retired_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `key_id`)
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`data_key_id` text NOT NULL,
	`nonce` text NOT NULL,
	`ciphertext` text NOT NULL,
	`tag` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `name`)
);
--> statement-breakpoint
DROP INDEX `audit_entries_at`;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `trace_id` text;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `personal_digests` text;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `seq` integer;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `previous_hash` text;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_seq` ON `audit_entries` (`workspace_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`workspace_id`,`subject`);