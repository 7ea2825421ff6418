CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`login` text,
	`name` text,
	`email` text,
	`email_verified` integer NOT NULL,
	`vendor_id` text,
	`kind` text NOT NULL,
	`is_bot` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_key` ON `accounts` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `accounts_vendor` ON `accounts` (`workspace_id`,`vendor_id`);--> statement-breakpoint
CREATE TABLE `ai_evidence` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`subject_kind` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`subject_external_id` text NOT NULL,
	`class` text NOT NULL,
	`tool` text,
	`model` text,
	`origin` text NOT NULL,
	`confidence` real NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ai_evidence_key` ON `ai_evidence` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `ai_evidence_subject` ON `ai_evidence` (`workspace_id`,`subject_external_id`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`event` text NOT NULL,
	`subject` text,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`workspace_id`,`at`);--> statement-breakpoint
CREATE TABLE `commit_parents` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`sha` text NOT NULL,
	`position` integer NOT NULL,
	`parent_sha` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `repository_external_id`, `sha`, `position`)
);
--> statement-breakpoint
CREATE TABLE `commits` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`sha` text NOT NULL,
	`author_account_external_id` text,
	`committer_account_external_id` text,
	`authored_at` integer,
	`committed_at` integer NOT NULL,
	`subject` text NOT NULL,
	`parent_count` integer NOT NULL,
	`is_revert` integer NOT NULL,
	`reverts_sha` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `commits_key` ON `commits` (`workspace_id`,`source`,`repository_external_id`,`sha`);--> statement-breakpoint
CREATE TABLE `deployment_changes` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`deployment_external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`sha` text NOT NULL,
	`method` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `repository_external_id`, `sha`, `deployment_external_id`)
);
--> statement-breakpoint
CREATE TABLE `deployments` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`repository_external_id` text,
	`service_key` text,
	`environment` text NOT NULL,
	`result` text NOT NULL,
	`original_result` text,
	`kind` text,
	`sha` text,
	`previous_external_id` text,
	`queued_at` integer,
	`started_at` integer,
	`finished_at` integer,
	`origin` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deployments_key` ON `deployments` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `deployments_finished` ON `deployments` (`workspace_id`,`finished_at`);--> statement-breakpoint
CREATE TABLE `dirty_subjects` (
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `kind`, `source`, `external_id`)
);
--> statement-breakpoint
CREATE TABLE `gaps` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`scope_external_id` text NOT NULL,
	`stream` text NOT NULL,
	`code` text NOT NULL,
	`message` text NOT NULL,
	`affected_count` integer,
	PRIMARY KEY(`workspace_id`, `source`, `scope_external_id`, `stream`, `code`)
);
--> statement-breakpoint
CREATE TABLE `identity_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`from_person_id` text NOT NULL,
	`to_person_id` text NOT NULL,
	`accounts` text NOT NULL,
	`previous_links` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`undone_at` integer
);
--> statement-breakpoint
CREATE INDEX `identity_changes_at` ON `identity_changes` (`workspace_id`,`at`);--> statement-breakpoint
CREATE TABLE `identity_mappings` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`from_external_id` text NOT NULL,
	`to_external_id` text NOT NULL,
	`display_name` text,
	`method` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `from_external_id`)
);
--> statement-breakpoint
CREATE TABLE `incident_deployments` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`incident_external_id` text NOT NULL,
	`deployment_source` text NOT NULL,
	`deployment_external_id` text NOT NULL,
	`method` text NOT NULL,
	`confidence` real NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `incident_external_id`, `deployment_source`, `deployment_external_id`)
);
--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`title` text NOT NULL,
	`service_key` text,
	`severity` text,
	`is_external` integer NOT NULL,
	`created_at` integer NOT NULL,
	`acknowledged_at` integer,
	`resolved_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_key` ON `incidents` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE TABLE `leases` (
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`holder` text NOT NULL,
	`fence` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`from_day` text,
	`to_day` text,
	PRIMARY KEY(`workspace_id`, `person_id`, `team_id`)
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`display_name` text NOT NULL,
	`role` text NOT NULL,
	`merged_into_person_id` text
);
--> statement-breakpoint
CREATE INDEX `people_workspace` ON `people` (`workspace_id`,`display_name`);--> statement-breakpoint
CREATE TABLE `person_accounts` (
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`account_source` text NOT NULL,
	`account_external_id` text NOT NULL,
	`method` text NOT NULL,
	`confidence` real NOT NULL,
	`confirmed_by` text,
	PRIMARY KEY(`workspace_id`, `account_source`, `account_external_id`)
);
--> statement-breakpoint
CREATE INDEX `person_accounts_person` ON `person_accounts` (`workspace_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `pipeline_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`name` text NOT NULL,
	`result` text,
	`original_result` text,
	`sha` text,
	`queued_at` integer,
	`started_at` integer,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pipeline_runs_key` ON `pipeline_runs` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE TABLE `pull_request_commits` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`pull_request_external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`sha` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `pull_request_external_id`, `sha`)
);
--> statement-breakpoint
CREATE TABLE `pull_request_events` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`pull_request_external_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text,
	`actor_account_external_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pull_request_events_key` ON `pull_request_events` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `pull_request_events_request` ON `pull_request_events` (`workspace_id`,`source`,`pull_request_external_id`);--> statement-breakpoint
CREATE TABLE `pull_request_facts` (
	`workspace_id` text NOT NULL,
	`team_id` text NOT NULL,
	`source` text NOT NULL,
	`pull_request_external_id` text NOT NULL,
	`pull_request_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`facts_version` integer NOT NULL,
	`author_is_bot` integer NOT NULL,
	`opened_at` integer,
	`merged_at` integer,
	`closed_at` integer,
	`deployed_at` integer,
	`released_at` integer,
	`first_commit_at` integer,
	`coding_ms` integer,
	`pickup_ms` integer,
	`review_ms` integer,
	`merge_wait_ms` integer,
	`deploy_ms` integer,
	`total_ms` integer,
	`unattributed_ms` integer,
	`first_commit_to_merge_ms` integer,
	`release_wait_ms` integer,
	`is_revert` integer NOT NULL,
	`deployment_method` text,
	PRIMARY KEY(`workspace_id`, `source`, `pull_request_external_id`)
);
--> statement-breakpoint
CREATE INDEX `pull_request_facts_merged` ON `pull_request_facts` (`workspace_id`,`team_id`,`merged_at`);--> statement-breakpoint
CREATE INDEX `pull_request_facts_by_id` ON `pull_request_facts` (`workspace_id`,`pull_request_id`);--> statement-breakpoint
CREATE INDEX `pull_request_facts_by_merge` ON `pull_request_facts` (`workspace_id`,`merged_at`,`pull_request_id`);--> statement-breakpoint
CREATE INDEX `pull_request_facts_by_deployment` ON `pull_request_facts` (`workspace_id`,`deployed_at`,`pull_request_id`);--> statement-breakpoint
CREATE TABLE `pull_request_work_items` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`pull_request_external_id` text NOT NULL,
	`work_item_source` text NOT NULL,
	`work_item_external_id` text NOT NULL,
	`method` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `pull_request_external_id`, `work_item_source`, `work_item_external_id`)
);
--> statement-breakpoint
CREATE TABLE `pull_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`number` integer,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`original_state` text,
	`is_draft` integer,
	`author_account_external_id` text,
	`opened_at` integer,
	`ready_at` integer,
	`merged_at` integer,
	`closed_at` integer,
	`updated_at` integer,
	`first_commit_at` integer,
	`merge_sha` text,
	`head_sha` text,
	`base_ref` text,
	`head_ref` text,
	`additions` integer,
	`deletions` integer,
	`merge_method` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pull_requests_key` ON `pull_requests` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `pull_requests_merged` ON `pull_requests` (`workspace_id`,`merged_at`);--> statement-breakpoint
CREATE INDEX `pull_requests_state` ON `pull_requests` (`workspace_id`,`state`);--> statement-breakpoint
CREATE INDEX `pull_requests_merge_sha` ON `pull_requests` (`workspace_id`,`merge_sha`);--> statement-breakpoint
CREATE TABLE `raw_records` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`stream` text NOT NULL,
	`scope_external_id` text NOT NULL,
	`external_id` text NOT NULL,
	`content_hash` text NOT NULL,
	`payload` text NOT NULL,
	`fetched_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `raw_records_key` ON `raw_records` (`workspace_id`,`source`,`scope_external_id`,`external_id`,`stream`);--> statement-breakpoint
CREATE TABLE `refresh_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `refresh_requests_open` ON `refresh_requests` (`workspace_id`,`done_at`);--> statement-breakpoint
CREATE TABLE `release_commits` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`release_external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`sha` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `repository_external_id`, `sha`)
);
--> statement-breakpoint
CREATE INDEX `release_commits_release` ON `release_commits` (`workspace_id`,`source`,`release_external_id`);--> statement-breakpoint
CREATE TABLE `releases` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`name` text NOT NULL,
	`sha` text NOT NULL,
	`released_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `releases_key` ON `releases` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `releases_at` ON `releases` (`workspace_id`,`released_at`);--> statement-breakpoint
CREATE TABLE `repositories` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text NOT NULL,
	`full_name` text,
	`url` text,
	`default_branch` text,
	`merge_style` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `repositories_key` ON `repositories` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE TABLE `repository_teams` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`team_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `repository_external_id`)
);
--> statement-breakpoint
CREATE TABLE `schema_version` (
	`version` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`checksum` text NOT NULL,
	`applied_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `scopes` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `external_id`)
);
--> statement-breakpoint
CREATE TABLE `service_repositories` (
	`workspace_id` text NOT NULL,
	`service_id` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`path_filter` text,
	PRIMARY KEY(`workspace_id`, `service_id`, `source`, `repository_external_id`)
);
--> statement-breakpoint
CREATE TABLE `services` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`owner_team_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `services_key` ON `services` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `sprints` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer,
	`planned_end_at` integer,
	`completed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sprints_key` ON `sprints` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE TABLE `sync_cursors` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`scope_external_id` text NOT NULL,
	`stream` text NOT NULL,
	`state` text NOT NULL,
	`complete` integer NOT NULL,
	`last_started_at` integer,
	`last_finished_at` integer,
	`last_error` text,
	PRIMARY KEY(`workspace_id`, `source`, `scope_external_id`, `stream`)
);
--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`parent_team_id` text,
	`origin` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_key` ON `teams` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `work_item_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`work_item_external_id` text NOT NULL,
	`field` text NOT NULL,
	`from_value` text,
	`to_value` text,
	`actor_account_external_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_item_changes_key` ON `work_item_changes` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `work_item_changes_item` ON `work_item_changes` (`workspace_id`,`source`,`work_item_external_id`);--> statement-breakpoint
CREATE TABLE `work_items` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`original_type` text,
	`status_category` text,
	`original_status` text,
	`points` real,
	`parent_external_id` text,
	`assignee_account_external_id` text,
	`sprint_external_id` text,
	`created_at` integer,
	`started_at` integer,
	`done_at` integer,
	`due_day` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_items_key` ON `work_items` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`deleting_at` integer
);
