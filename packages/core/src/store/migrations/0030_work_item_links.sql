CREATE TABLE `work_item_links` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`work_item_external_id` text NOT NULL,
	`kind` text NOT NULL,
	`other_external_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `work_item_external_id`, `kind`, `other_external_id`)
);
--> statement-breakpoint
CREATE INDEX `work_item_links_other` ON `work_item_links` (`workspace_id`,`source`,`other_external_id`,`kind`);