-- Weekly values of metrics are kept up by the days on which rows changed. Whoever writes a row marks
-- the days it lies on and, where it moves, the days it lay on: a mark stands in the transaction of the
-- change, so a crash loses none. Nothing is marked before a workspace has weekly values.
CREATE TRIGGER `pull_request_facts_rollup_insert` AFTER INSERT ON `pull_request_facts`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'pull_request' AS subject, 'openedAt' AS name, NEW.`opened_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'mergedAt' AS name, NEW.`merged_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'closedAt' AS name, NEW.`closed_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'deployedAt' AS name, NEW.`deployed_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'releasedAt' AS name, NEW.`released_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'firstCommitAt' AS name, NEW.`first_commit_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'lastActivityAt' AS name, NEW.`last_activity_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT w.`workspace_id`, s.column1, v.key, v.value / 86400000, '', '', 1
	FROM `pull_request_work_items` l JOIN `work_items` w ON w.`workspace_id` = l.`workspace_id`
		AND w.`source` = l.`work_item_source` AND w.`external_id` = l.`work_item_external_id`,
		json_each(json_object('createdAt', w.`created_at`, 'startedAt', w.`started_at`, 'doneAt', w.`done_at`)) v,
		(VALUES ('work_item'), ('status_span')) s
	WHERE l.`workspace_id` = NEW.`workspace_id` AND l.`source` = NEW.`source`
		AND l.`pull_request_external_id` = NEW.`pull_request_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `pull_request_facts_rollup_update` AFTER UPDATE ON `pull_request_facts`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'pull_request' AS subject, 'openedAt' AS name, NEW.`opened_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'mergedAt' AS name, NEW.`merged_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'closedAt' AS name, NEW.`closed_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'deployedAt' AS name, NEW.`deployed_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'releasedAt' AS name, NEW.`released_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'firstCommitAt' AS name, NEW.`first_commit_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'lastActivityAt' AS name, NEW.`last_activity_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'openedAt' AS name, OLD.`opened_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'mergedAt' AS name, OLD.`merged_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'closedAt' AS name, OLD.`closed_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'deployedAt' AS name, OLD.`deployed_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'releasedAt' AS name, OLD.`released_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'firstCommitAt' AS name, OLD.`first_commit_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'lastActivityAt' AS name, OLD.`last_activity_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `pull_request_facts_rollup_delete` AFTER DELETE ON `pull_request_facts`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT OLD.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'pull_request' AS subject, 'openedAt' AS name, OLD.`opened_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'mergedAt' AS name, OLD.`merged_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'closedAt' AS name, OLD.`closed_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'deployedAt' AS name, OLD.`deployed_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'releasedAt' AS name, OLD.`released_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'firstCommitAt' AS name, OLD.`first_commit_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pull_request' AS subject, 'lastActivityAt' AS name, OLD.`last_activity_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT w.`workspace_id`, s.column1, v.key, v.value / 86400000, '', '', 1
	FROM `pull_request_work_items` l JOIN `work_items` w ON w.`workspace_id` = l.`workspace_id`
		AND w.`source` = l.`work_item_source` AND w.`external_id` = l.`work_item_external_id`,
		json_each(json_object('createdAt', w.`created_at`, 'startedAt', w.`started_at`, 'doneAt', w.`done_at`)) v,
		(VALUES ('work_item'), ('status_span')) s
	WHERE l.`workspace_id` = OLD.`workspace_id` AND l.`source` = OLD.`source`
		AND l.`pull_request_external_id` = OLD.`pull_request_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deployments_rollup_insert` AFTER INSERT ON `deployments`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'deployment' AS subject, 'finishedAt' AS name, NEW.`finished_at` AS at
		UNION ALL SELECT 'deployment' AS subject, 'startedAt' AS name, NEW.`started_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT p.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` p,
		json_each(json_object('finishedAt', p.`finished_at`, 'startedAt', p.`started_at`)) v
	WHERE p.`workspace_id` = NEW.`workspace_id` AND p.`source` = NEW.`source`
		AND p.`external_id` = NEW.`previous_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deployments_rollup_update` AFTER UPDATE ON `deployments`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'deployment' AS subject, 'finishedAt' AS name, NEW.`finished_at` AS at
		UNION ALL SELECT 'deployment' AS subject, 'startedAt' AS name, NEW.`started_at` AS at
		UNION ALL SELECT 'deployment' AS subject, 'finishedAt' AS name, OLD.`finished_at` AS at
		UNION ALL SELECT 'deployment' AS subject, 'startedAt' AS name, OLD.`started_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT p.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` p,
		json_each(json_object('finishedAt', p.`finished_at`, 'startedAt', p.`started_at`)) v
	WHERE p.`workspace_id` = NEW.`workspace_id` AND p.`source` = NEW.`source`
		AND p.`external_id` = NEW.`previous_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT p.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` p,
		json_each(json_object('finishedAt', p.`finished_at`, 'startedAt', p.`started_at`)) v
	WHERE p.`workspace_id` = OLD.`workspace_id` AND p.`source` = OLD.`source`
		AND p.`external_id` = OLD.`previous_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deployments_rollup_delete` AFTER DELETE ON `deployments`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT OLD.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'deployment' AS subject, 'finishedAt' AS name, OLD.`finished_at` AS at
		UNION ALL SELECT 'deployment' AS subject, 'startedAt' AS name, OLD.`started_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT p.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` p,
		json_each(json_object('finishedAt', p.`finished_at`, 'startedAt', p.`started_at`)) v
	WHERE p.`workspace_id` = OLD.`workspace_id` AND p.`source` = OLD.`source`
		AND p.`external_id` = OLD.`previous_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployed_commit', v.key, v.value / 86400000, '', '', 1
	FROM `deployment_changes` l JOIN `deployment_changes` m ON m.`workspace_id` = l.`workspace_id`
		AND m.`source` = l.`source` AND m.`repository_external_id` = l.`repository_external_id` AND m.`sha` = l.`sha`
		JOIN `deployments` d ON d.`workspace_id` = m.`workspace_id` AND d.`source` = m.`source`
		AND d.`external_id` = m.`deployment_external_id`,
		json_each(json_object('deployedAt', d.`finished_at`)) v
	WHERE l.`workspace_id` = OLD.`workspace_id` AND l.`source` = OLD.`source`
		AND l.`deployment_external_id` = OLD.`external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deployment_changes_rollup_insert` AFTER INSERT ON `deployment_changes`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployed_commit', v.key, v.value / 86400000, '', '', 1
	FROM `deployment_changes` m JOIN `deployments` d ON d.`workspace_id` = m.`workspace_id`
		AND d.`source` = m.`source` AND d.`external_id` = m.`deployment_external_id`,
		json_each(json_object('deployedAt', d.`finished_at`)) v
	WHERE m.`workspace_id` = NEW.`workspace_id` AND m.`source` = NEW.`source`
		AND m.`repository_external_id` = NEW.`repository_external_id` AND m.`sha` = NEW.`sha` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deployment_changes_rollup_delete` AFTER DELETE ON `deployment_changes`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployed_commit', v.key, v.value / 86400000, '', '', 1
	FROM `deployment_changes` m JOIN `deployments` d ON d.`workspace_id` = m.`workspace_id`
		AND d.`source` = m.`source` AND d.`external_id` = m.`deployment_external_id`,
		json_each(json_object('deployedAt', d.`finished_at`)) v
	WHERE m.`workspace_id` = OLD.`workspace_id` AND m.`source` = OLD.`source`
		AND m.`repository_external_id` = OLD.`repository_external_id` AND m.`sha` = OLD.`sha` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployed_commit', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` d,
		json_each(json_object('deployedAt', d.`finished_at`)) v
	WHERE d.`workspace_id` = OLD.`workspace_id` AND d.`source` = OLD.`source`
		AND d.`external_id` = OLD.`deployment_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `commits_rollup_insert` AFTER INSERT ON `commits`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployed_commit', v.key, v.value / 86400000, '', '', 1
	FROM `deployment_changes` m JOIN `deployments` d ON d.`workspace_id` = m.`workspace_id`
		AND d.`source` = m.`source` AND d.`external_id` = m.`deployment_external_id`,
		json_each(json_object('deployedAt', d.`finished_at`)) v
	WHERE m.`workspace_id` = NEW.`workspace_id` AND m.`source` = NEW.`source`
		AND m.`repository_external_id` = NEW.`repository_external_id` AND m.`sha` = NEW.`sha` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `commits_rollup_update` AFTER UPDATE ON `commits`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`) AND NEW.`authored_at` IS NOT OLD.`authored_at`
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployed_commit', v.key, v.value / 86400000, '', '', 1
	FROM `deployment_changes` m JOIN `deployments` d ON d.`workspace_id` = m.`workspace_id`
		AND d.`source` = m.`source` AND d.`external_id` = m.`deployment_external_id`,
		json_each(json_object('deployedAt', d.`finished_at`)) v
	WHERE m.`workspace_id` = NEW.`workspace_id` AND m.`source` = NEW.`source`
		AND m.`repository_external_id` = NEW.`repository_external_id` AND m.`sha` = NEW.`sha` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `commits_rollup_delete` AFTER DELETE ON `commits`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployed_commit', v.key, v.value / 86400000, '', '', 1
	FROM `deployment_changes` m JOIN `deployments` d ON d.`workspace_id` = m.`workspace_id`
		AND d.`source` = m.`source` AND d.`external_id` = m.`deployment_external_id`,
		json_each(json_object('deployedAt', d.`finished_at`)) v
	WHERE m.`workspace_id` = OLD.`workspace_id` AND m.`source` = OLD.`source`
		AND m.`repository_external_id` = OLD.`repository_external_id` AND m.`sha` = OLD.`sha` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `incidents_rollup_insert` AFTER INSERT ON `incidents`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'incident' AS subject, 'createdAt' AS name, NEW.`created_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'acknowledgedAt' AS name, NEW.`acknowledged_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'resolvedAt' AS name, NEW.`resolved_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `incident_deployments` s JOIN `deployments` d ON d.`workspace_id` = s.`workspace_id`
		AND d.`source` = s.`deployment_source` AND d.`external_id` = s.`deployment_external_id`,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE s.`workspace_id` = NEW.`workspace_id` AND s.`source` = NEW.`source`
		AND s.`incident_external_id` = NEW.`external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `incidents_rollup_update` AFTER UPDATE ON `incidents`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'incident' AS subject, 'createdAt' AS name, NEW.`created_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'acknowledgedAt' AS name, NEW.`acknowledged_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'resolvedAt' AS name, NEW.`resolved_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'createdAt' AS name, OLD.`created_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'acknowledgedAt' AS name, OLD.`acknowledged_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'resolvedAt' AS name, OLD.`resolved_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `incident_deployments` s JOIN `deployments` d ON d.`workspace_id` = s.`workspace_id`
		AND d.`source` = s.`deployment_source` AND d.`external_id` = s.`deployment_external_id`,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE s.`workspace_id` = NEW.`workspace_id` AND s.`source` = NEW.`source`
		AND s.`incident_external_id` = NEW.`external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `incidents_rollup_delete` AFTER DELETE ON `incidents`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT OLD.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'incident' AS subject, 'createdAt' AS name, OLD.`created_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'acknowledgedAt' AS name, OLD.`acknowledged_at` AS at
		UNION ALL SELECT 'incident' AS subject, 'resolvedAt' AS name, OLD.`resolved_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `incident_deployments` s JOIN `deployments` d ON d.`workspace_id` = s.`workspace_id`
		AND d.`source` = s.`deployment_source` AND d.`external_id` = s.`deployment_external_id`,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE s.`workspace_id` = OLD.`workspace_id` AND s.`source` = OLD.`source`
		AND s.`incident_external_id` = OLD.`external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `incident_deployments_rollup_insert` AFTER INSERT ON `incident_deployments`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT i.`workspace_id`, 'incident', v.key, v.value / 86400000, '', '', 1
	FROM `incidents` i,
		json_each(json_object('createdAt', i.`created_at`, 'acknowledgedAt', i.`acknowledged_at`, 'resolvedAt', i.`resolved_at`)) v
	WHERE i.`workspace_id` = NEW.`workspace_id` AND i.`source` = NEW.`source`
		AND i.`external_id` = NEW.`incident_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` d,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE d.`workspace_id` = NEW.`workspace_id` AND d.`source` = NEW.`deployment_source`
		AND d.`external_id` = NEW.`deployment_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `incident_deployments` s JOIN `deployments` d ON d.`workspace_id` = s.`workspace_id`
		AND d.`source` = s.`deployment_source` AND d.`external_id` = s.`deployment_external_id`,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE s.`workspace_id` = NEW.`workspace_id` AND s.`source` = NEW.`source`
		AND s.`incident_external_id` = NEW.`incident_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `incident_deployments_rollup_update` AFTER UPDATE ON `incident_deployments`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT i.`workspace_id`, 'incident', v.key, v.value / 86400000, '', '', 1
	FROM `incidents` i,
		json_each(json_object('createdAt', i.`created_at`, 'acknowledgedAt', i.`acknowledged_at`, 'resolvedAt', i.`resolved_at`)) v
	WHERE i.`workspace_id` = NEW.`workspace_id` AND i.`source` = NEW.`source`
		AND i.`external_id` = NEW.`incident_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` d,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE d.`workspace_id` = NEW.`workspace_id` AND d.`source` = NEW.`deployment_source`
		AND d.`external_id` = NEW.`deployment_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `incident_deployments` s JOIN `deployments` d ON d.`workspace_id` = s.`workspace_id`
		AND d.`source` = s.`deployment_source` AND d.`external_id` = s.`deployment_external_id`,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE s.`workspace_id` = NEW.`workspace_id` AND s.`source` = NEW.`source`
		AND s.`incident_external_id` = NEW.`incident_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `incident_deployments_rollup_delete` AFTER DELETE ON `incident_deployments`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT i.`workspace_id`, 'incident', v.key, v.value / 86400000, '', '', 1
	FROM `incidents` i,
		json_each(json_object('createdAt', i.`created_at`, 'acknowledgedAt', i.`acknowledged_at`, 'resolvedAt', i.`resolved_at`)) v
	WHERE i.`workspace_id` = OLD.`workspace_id` AND i.`source` = OLD.`source`
		AND i.`external_id` = OLD.`incident_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `deployments` d,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE d.`workspace_id` = OLD.`workspace_id` AND d.`source` = OLD.`deployment_source`
		AND d.`external_id` = OLD.`deployment_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT d.`workspace_id`, 'deployment', v.key, v.value / 86400000, '', '', 1
	FROM `incident_deployments` s JOIN `deployments` d ON d.`workspace_id` = s.`workspace_id`
		AND d.`source` = s.`deployment_source` AND d.`external_id` = s.`deployment_external_id`,
		json_each(json_object('finishedAt', d.`finished_at`, 'startedAt', d.`started_at`)) v
	WHERE s.`workspace_id` = OLD.`workspace_id` AND s.`source` = OLD.`source`
		AND s.`incident_external_id` = OLD.`incident_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `releases_rollup_insert` AFTER INSERT ON `releases`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'release' AS subject, 'releasedAt' AS name, NEW.`released_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `releases_rollup_update` AFTER UPDATE ON `releases`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'release' AS subject, 'releasedAt' AS name, NEW.`released_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'release' AS subject, 'releasedAt' AS name, OLD.`released_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `releases_rollup_delete` AFTER DELETE ON `releases`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT OLD.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'release' AS subject, 'releasedAt' AS name, OLD.`released_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `pipeline_runs_rollup_insert` AFTER INSERT ON `pipeline_runs`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'pipeline_run' AS subject, 'finishedAt' AS name, NEW.`finished_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'startedAt' AS name, NEW.`started_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'queuedAt' AS name, NEW.`queued_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `pipeline_runs_rollup_update` AFTER UPDATE ON `pipeline_runs`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'pipeline_run' AS subject, 'finishedAt' AS name, NEW.`finished_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'startedAt' AS name, NEW.`started_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'queuedAt' AS name, NEW.`queued_at` AS at, NEW.`source` AS source, NEW.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'finishedAt' AS name, OLD.`finished_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'startedAt' AS name, OLD.`started_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'queuedAt' AS name, OLD.`queued_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `pipeline_runs_rollup_delete` AFTER DELETE ON `pipeline_runs`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT OLD.`workspace_id`, subject, name, at / 86400000, source, repository, 1
	FROM (SELECT 'pipeline_run' AS subject, 'finishedAt' AS name, OLD.`finished_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'startedAt' AS name, OLD.`started_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository
		UNION ALL SELECT 'pipeline_run' AS subject, 'queuedAt' AS name, OLD.`queued_at` AS at, OLD.`source` AS source, OLD.`repository_external_id` AS repository)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `work_items_rollup_insert` AFTER INSERT ON `work_items`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'work_item' AS subject, 'createdAt' AS name, NEW.`created_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'startedAt' AS name, NEW.`started_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'doneAt' AS name, NEW.`done_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'createdAt' AS name, NEW.`created_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'startedAt' AS name, NEW.`started_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'doneAt' AS name, NEW.`done_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `work_items_rollup_update` AFTER UPDATE ON `work_items`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'work_item' AS subject, 'createdAt' AS name, NEW.`created_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'startedAt' AS name, NEW.`started_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'doneAt' AS name, NEW.`done_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'createdAt' AS name, OLD.`created_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'startedAt' AS name, OLD.`started_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'doneAt' AS name, OLD.`done_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'createdAt' AS name, NEW.`created_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'startedAt' AS name, NEW.`started_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'doneAt' AS name, NEW.`done_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'createdAt' AS name, OLD.`created_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'startedAt' AS name, OLD.`started_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'doneAt' AS name, OLD.`done_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `work_items_rollup_delete` AFTER DELETE ON `work_items`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT OLD.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'work_item' AS subject, 'createdAt' AS name, OLD.`created_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'startedAt' AS name, OLD.`started_at` AS at
		UNION ALL SELECT 'work_item' AS subject, 'doneAt' AS name, OLD.`done_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'createdAt' AS name, OLD.`created_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'startedAt' AS name, OLD.`started_at` AS at
		UNION ALL SELECT 'status_span' AS subject, 'doneAt' AS name, OLD.`done_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `work_item_changes_rollup_insert` AFTER INSERT ON `work_item_changes`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`) AND NEW.`field` = 'status'
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT w.`workspace_id`, 'status_span', v.key, v.value / 86400000, '', '', 1
	FROM `work_items` w,
		json_each(json_object('createdAt', w.`created_at`, 'startedAt', w.`started_at`, 'doneAt', w.`done_at`)) v
	WHERE w.`workspace_id` = NEW.`workspace_id` AND w.`source` = NEW.`source`
		AND w.`external_id` = NEW.`work_item_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `work_item_changes_rollup_update` AFTER UPDATE ON `work_item_changes`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`) AND (NEW.`field` = 'status' OR OLD.`field` = 'status')
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT w.`workspace_id`, 'status_span', v.key, v.value / 86400000, '', '', 1
	FROM `work_items` w,
		json_each(json_object('createdAt', w.`created_at`, 'startedAt', w.`started_at`, 'doneAt', w.`done_at`)) v
	WHERE w.`workspace_id` = NEW.`workspace_id` AND w.`source` = NEW.`source`
		AND w.`external_id` = NEW.`work_item_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `work_item_changes_rollup_delete` AFTER DELETE ON `work_item_changes`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`) AND OLD.`field` = 'status'
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT w.`workspace_id`, 'status_span', v.key, v.value / 86400000, '', '', 1
	FROM `work_items` w,
		json_each(json_object('createdAt', w.`created_at`, 'startedAt', w.`started_at`, 'doneAt', w.`done_at`)) v
	WHERE w.`workspace_id` = OLD.`workspace_id` AND w.`source` = OLD.`source`
		AND w.`external_id` = OLD.`work_item_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `pull_request_work_items_rollup_insert` AFTER INSERT ON `pull_request_work_items`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT w.`workspace_id`, s.column1, v.key, v.value / 86400000, '', '', 1
	FROM `work_items` w,
		json_each(json_object('createdAt', w.`created_at`, 'startedAt', w.`started_at`, 'doneAt', w.`done_at`)) v,
		(VALUES ('work_item'), ('status_span')) s
	WHERE w.`workspace_id` = NEW.`workspace_id` AND w.`source` = NEW.`work_item_source`
		AND w.`external_id` = NEW.`work_item_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `pull_request_work_items_rollup_delete` AFTER DELETE ON `pull_request_work_items`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT w.`workspace_id`, s.column1, v.key, v.value / 86400000, '', '', 1
	FROM `work_items` w,
		json_each(json_object('createdAt', w.`created_at`, 'startedAt', w.`started_at`, 'doneAt', w.`done_at`)) v,
		(VALUES ('work_item'), ('status_span')) s
	WHERE w.`workspace_id` = OLD.`workspace_id` AND w.`source` = OLD.`work_item_source`
		AND w.`external_id` = OLD.`work_item_external_id` AND v.value IS NOT NULL
	ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `actions_rollup_insert` AFTER INSERT ON `actions`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`) AND (NEW.`decided_at` IS NOT NULL)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'action' AS subject, 'decidedAt' AS name, NEW.`decided_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `actions_rollup_update` AFTER UPDATE ON `actions`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = NEW.`workspace_id`) AND (NEW.`decided_at` IS NOT NULL OR OLD.`decided_at` IS NOT NULL)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT NEW.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'action' AS subject, 'decidedAt' AS name, NEW.`decided_at` AS at
		UNION ALL SELECT 'action' AS subject, 'decidedAt' AS name, OLD.`decided_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `actions_rollup_delete` AFTER DELETE ON `actions`
WHEN EXISTS (SELECT 1 FROM `rollup_states` WHERE `workspace_id` = OLD.`workspace_id`) AND (OLD.`decided_at` IS NOT NULL)
BEGIN
	INSERT INTO `rollup_marks` (`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`, `times`)
	SELECT DISTINCT OLD.`workspace_id`, subject, name, at / 86400000, '', '', 1
	FROM (SELECT 'action' AS subject, 'decidedAt' AS name, OLD.`decided_at` AS at)
	WHERE at IS NOT NULL ON CONFLICT DO UPDATE SET `times` = `times` + 1;
END;
