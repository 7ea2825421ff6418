ALTER TABLE `pull_request_facts` ADD `size_lines` integer;--> statement-breakpoint
ALTER TABLE `pull_request_facts` ADD `review_count` integer;--> statement-breakpoint
ALTER TABLE `pull_request_facts` ADD `reviewer_count` integer;--> statement-breakpoint
ALTER TABLE `pull_request_facts` ADD `comment_count` integer;--> statement-breakpoint
ALTER TABLE `pull_request_facts` ADD `rework_rounds` integer;--> statement-breakpoint
ALTER TABLE `pull_request_facts` ADD `idle_ms` integer;--> statement-breakpoint
ALTER TABLE `pull_request_facts` ADD `last_activity_at` integer;--> statement-breakpoint
ALTER TABLE `pull_request_facts` ADD `merged_without_review` integer;--> statement-breakpoint
CREATE INDEX `deployments_service` ON `deployments` (`workspace_id`,`service_key`,`finished_at`);--> statement-breakpoint
CREATE INDEX `incidents_created` ON `incidents` (`workspace_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `pipeline_runs_finished` ON `pipeline_runs` (`workspace_id`,`finished_at`,`id`);--> statement-breakpoint
CREATE INDEX `work_items_done` ON `work_items` (`workspace_id`,`done_at`,`id`);