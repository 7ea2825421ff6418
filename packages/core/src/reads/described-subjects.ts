import { type SQL, sql } from 'drizzle-orm';
import type { MetricSubject } from '../domain.ts';
import type { WorkKind } from '../workspace/handle.ts';
import { workSelects } from './list-work.ts';

/** What a row behind a figure is called, and which record of its source it was made from. */
export interface DescribedSubject {
  /** The table of the row, read as `w`. */
  table: SQL;
  key: SQL;
  title: SQL;
  /** The condition that a record `raw` of its source is the one that holds it; null where none does. */
  record: SQL | null;
}

const workItem: DescribedSubject = {
  table: sql`work_items`,
  key: sql`w.key`,
  title: sql`w.title`,
  // It names no scope, and a search without one would pass every record of its source.
  record: sql`raw.scope_external_id in (select c.scope_external_id from sync_cursors c
    where c.workspace_id = w.workspace_id and c.source = w.source) and raw.external_id = w.external_id`,
};

/** How the rows of each subject are described where a figure is explained. A new subject adds its line. */
export const describedSubjects: Readonly<Record<MetricSubject, DescribedSubject>> = {
  pull_request: ofWork('pull_request', sql`w.external_id, w.merge_sha`),
  deployed_commit: ofWork('commit', sql`w.sha`),
  // Never shown: a figure of reviews is one on people.
  review: { table: sql`pull_request_events`, key: sql`w.id`, title: sql`w.kind`, record: null },
  deployment: ofWork('deployment', sql`w.external_id, w.sha`),
  // An incident belongs to a service, and so to no repository whose records could be searched.
  incident: { ...ofWork('incident', sql``), record: null },
  release: ofWork('release', sql`w.external_id, w.sha`),
  pipeline_run: {
    table: sql`pipeline_runs`,
    key: sql`coalesce(substr(w.sha, 1, 9), w.external_id)`,
    title: sql`w.name`,
    record: inRepository(sql`w.external_id`),
  },
  work_item: workItem,
  status_span: workItem,
  action: { table: sql`actions`, key: sql`w.id`, title: sql`w.type`, record: null },
};

function ofWork(kind: WorkKind, recordIds: SQL): DescribedSubject {
  const { table, key, title } = workSelects[kind];
  return { table, key, title, record: inRepository(recordIds) };
}

/** A record of the repository that the row is of, under one of these external ids. */
function inRepository(recordIds: SQL): SQL {
  return sql`raw.scope_external_id = w.repository_external_id and raw.external_id in (${recordIds})`;
}
