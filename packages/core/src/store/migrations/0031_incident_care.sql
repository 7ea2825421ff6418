CREATE TABLE `incident_follow_ups` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`incident_id` text NOT NULL,
	`reference` text NOT NULL,
	`work_item_id` text,
	`owner_person_id` text,
	`due_day` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incident_follow_ups_incident` ON `incident_follow_ups` (`workspace_id`,`incident_id`);--> statement-breakpoint
CREATE TABLE `incident_roles` (
	`workspace_id` text NOT NULL,
	`incident_id` text NOT NULL,
	`role` text NOT NULL,
	`person_id` text NOT NULL,
	`given_by` text NOT NULL,
	`given_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `incident_id`, `role`)
);
