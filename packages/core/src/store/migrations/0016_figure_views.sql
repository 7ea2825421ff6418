-- Views for other people's dashboards (docs/guide/sql.md): weekly values of metrics, and the rows that
-- they are made of. Nothing in them names a person. They show the one workspace that the embedded
-- default makes.
CREATE VIEW `weekly_metrics` AS
SELECT r.`metric_id`, r.`part`, r.`scope_kind`, r.`scope_key`,
	CASE r.`scope_kind`
		WHEN 'workspace' THEN (SELECT w.`name` FROM `workspaces` w WHERE w.`id` = r.`workspace_id`)
		WHEN 'team' THEN (SELECT t.`name` FROM `teams` t WHERE t.`id` = r.`scope_key`)
		WHEN 'service' THEN coalesce((SELECT s.`name` FROM `services` s
			WHERE s.`workspace_id` = r.`workspace_id` AND s.`key` = r.`scope_key`), r.`scope_key`)
		ELSE (SELECT min(coalesce(p.`full_name`, p.`name`)) FROM `repositories` p
			WHERE p.`workspace_id` = r.`workspace_id` AND p.`external_id` = r.`scope_key`)
	END AS `scope_name`,
	strftime('%Y-%m-%dT%H:%M:%fZ', r.`week_start` / 1000.0, 'unixepoch') AS `week_start`,
	strftime('%Y-%m-%dT%H:%M:%fZ', r.`week_end` / 1000.0, 'unixepoch') AS `week_end`,
	r.`value`, r.`unit`, r.`sample_size`, r.`p50`, r.`p75`, r.`p90`, r.`definition_version`,
	strftime('%Y-%m-%dT%H:%M:%fZ', r.`computed_at` / 1000.0, 'unixepoch') AS `computed_at`,
	r.`revision` > 0 AS `is_corrected`, r.`revision`,
	strftime('%Y-%m-%dT%H:%M:%fZ', r.`corrected_at` / 1000.0, 'unixepoch') AS `corrected_at`,
	r.`previous_value`,
	coalesce((SELECT g.`codes` FROM `metric_rollup_gaps` g WHERE g.`workspace_id` = r.`workspace_id`
		AND g.`metric_id` = r.`metric_id` AND g.`scope_kind` = r.`scope_kind`
		AND g.`scope_key` = r.`scope_key`), '[]') AS `gaps`
FROM `metric_rollups` r WHERE r.`workspace_id` = 'default';
--> statement-breakpoint
CREATE VIEW `pull_request_timeline` AS
SELECT f.`pull_request_id` AS `id`, f.`source`, f.`repository_external_id` AS `repository_id`,
	(SELECT coalesce(p.`full_name`, p.`name`) FROM `repositories` p
		WHERE p.`workspace_id` = f.`workspace_id` AND p.`source` = f.`source`
		AND p.`external_id` = f.`repository_external_id`) AS `repository`,
	(SELECT t.`name` FROM `teams` t WHERE t.`id` = f.`team_id`) AS `team`,
	strftime('%Y-%m-%dT%H:%M:%fZ', f.`first_commit_at` / 1000.0, 'unixepoch') AS `first_commit_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', f.`opened_at` / 1000.0, 'unixepoch') AS `opened_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', f.`merged_at` / 1000.0, 'unixepoch') AS `merged_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', f.`closed_at` / 1000.0, 'unixepoch') AS `closed_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', f.`deployed_at` / 1000.0, 'unixepoch') AS `deployed_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', f.`released_at` / 1000.0, 'unixepoch') AS `released_at`,
	f.`coding_ms` / 3600000.0 AS `coding_hours`, f.`pickup_ms` / 3600000.0 AS `pickup_hours`,
	f.`review_ms` / 3600000.0 AS `review_hours`, f.`merge_wait_ms` / 3600000.0 AS `merge_wait_hours`,
	f.`deploy_ms` / 3600000.0 AS `deploy_hours`, f.`unattributed_ms` / 3600000.0 AS `unattributed_hours`,
	f.`total_ms` / 3600000.0 AS `total_hours`, f.`idle_ms` / 3600000.0 AS `idle_hours`,
	f.`size_lines`, f.`review_count`, f.`rework_rounds`, f.`merged_without_review`,
	f.`author_is_bot`, f.`is_revert`, f.`is_hotfix`, f.`deployment_method`, f.`facts_version`
FROM `pull_request_facts` f WHERE f.`workspace_id` = 'default';
--> statement-breakpoint
CREATE VIEW `deployment_outcomes` AS
SELECT d.`id`, d.`source`, d.`repository_external_id` AS `repository_id`,
	(SELECT coalesce(p.`full_name`, p.`name`) FROM `repositories` p
		WHERE p.`workspace_id` = d.`workspace_id` AND p.`source` = d.`source`
		AND p.`external_id` = d.`repository_external_id`) AS `repository`,
	d.`service_key`, d.`environment`, d.`result`, d.`kind`, d.`origin`,
	strftime('%Y-%m-%dT%H:%M:%fZ', d.`started_at` / 1000.0, 'unixepoch') AS `started_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', d.`finished_at` / 1000.0, 'unixepoch') AS `finished_at`,
	d.`result` = 'failure' AS `is_failed_run`,
	coalesce(n.`incidents`, 0) AS `stated_incidents`,
	b.`id` IS NOT NULL AS `is_rolled_back`
FROM `deployments` d
LEFT JOIN (SELECT s.`deployment_source`, s.`deployment_external_id`,
		count(DISTINCT i.`id`) AS `incidents`
	FROM `incident_deployments` s
	JOIN `incidents` i ON i.`workspace_id` = s.`workspace_id` AND i.`source` = s.`source`
		AND i.`external_id` = s.`incident_external_id` AND i.`is_external` = 0
	WHERE s.`workspace_id` = 'default'
	GROUP BY s.`deployment_source`, s.`deployment_external_id`) n
	ON n.`deployment_source` = d.`source` AND n.`deployment_external_id` = d.`external_id`
LEFT JOIN (SELECT DISTINCT t.`id` FROM `deployments` r
	JOIN `deployments` t ON t.`workspace_id` = r.`workspace_id` AND t.`source` = r.`source`
		AND t.`external_id` = r.`previous_external_id`
	WHERE r.`workspace_id` = 'default' AND r.`kind` = 'rollback' AND r.`result` = 'success'
		AND r.`finished_at` >= t.`finished_at`) b ON b.`id` = d.`id`
WHERE d.`workspace_id` = 'default';
--> statement-breakpoint
CREATE VIEW `incident_timeline` AS
SELECT i.`id`, i.`source`, i.`service_key`, i.`severity`, i.`is_external`,
	strftime('%Y-%m-%dT%H:%M:%fZ', i.`created_at` / 1000.0, 'unixepoch') AS `created_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', i.`acknowledged_at` / 1000.0, 'unixepoch') AS `acknowledged_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', i.`resolved_at` / 1000.0, 'unixepoch') AS `resolved_at`,
	(i.`acknowledged_at` - i.`created_at`) / 3600000.0 AS `acknowledge_hours`,
	(i.`resolved_at` - i.`created_at`) / 3600000.0 AS `restore_hours`
FROM `incidents` i WHERE i.`workspace_id` = 'default';
