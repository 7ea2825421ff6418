import { type SQL, sql } from 'drizzle-orm';
import type { AuthorKind, MetricFilter, MetricSubject } from '../../domain.ts';
import { linkedWorkItems } from '../subjects/linked-work-items.ts';
import { builtRepositoriesOfService, repositoriesOfService } from './find-service.ts';
import type { OwnAccounts } from '../../reports/own-accounts.ts';
import type { ReadFilter } from './read-filter.ts';

/** One part of a filter as a condition on the rows `f` of a subject. */
interface FilterCondition {
  name: keyof MetricFilter;
  condition: SQL;
}

/** Where the author of a row stands: a table read as `p`, and how it is found from `f`. */
const writtenAs: Readonly<Partial<Record<MetricSubject, SQL>>> = {
  pull_request: sql`pull_requests p`,
  deployed_commit: sql`commits p`,
};
const idOf: Readonly<Partial<Record<MetricSubject, SQL>>> = {
  pull_request: sql`f.pull_request_id`,
  deployed_commit: sql`f.id`,
};
const kindOfAccount: Readonly<Record<AuthorKind, string>> = {
  people: 'human',
  coding_agents: 'coding_agent',
  service_bots: 'service_bot',
};

/** Returns the conditions that a filter makes, in the order in which what they exclude is counted. */
export function filterConditions(
  workspaceId: string,
  subject: MetricSubject,
  filter: ReadFilter | null,
): FilterCondition[] {
  if (filter === null) return [];
  const { authors, people, labels, workTypes } = filter.asked;
  const conditions: FilterCondition[] = [];
  if (authors !== undefined) {
    const kinds = authors.map((kind) => kindOfAccount[kind]);
    conditions.push({
      name: 'authors',
      condition: sql`${authorKindOf(workspaceId, subject)} in (${listed(kinds)})`,
    });
  }
  if (people !== undefined) {
    const condition =
      filter.own === null
        ? isWrittenBy(workspaceId, subject, people)
        : isWrittenFrom(workspaceId, subject, filter.own);
    conditions.push({ name: 'people', condition });
  }
  if (labels !== undefined) conditions.push({ name: 'labels', condition: hasLabel(labels) });
  if (workTypes !== undefined) {
    conditions.push({ name: 'workTypes', condition: isOfType(workspaceId, subject, workTypes) });
  }
  return [...conditions, ...serviceConditions(workspaceId, subject, filter)];
}

/** Returns the condition that rows are of the service asked for, if one is. */
export function serviceConditions(
  workspaceId: string,
  subject: MetricSubject,
  filter: ReadFilter | null,
): FilterCondition[] {
  const key = filter?.service?.key;
  if (key === undefined) return [];
  return [{ name: 'service', condition: isOfService(workspaceId, subject, key) }];
}

/** Returns how an account that wrote a row is called: `human`, `coding_agent` or `service_bot`. */
export function authorKindOf(workspaceId: string, subject: MetricSubject): SQL {
  // An account that nobody knows is no bot, as everywhere else.
  return sql`coalesce((select case when a.kind = 'human' and a.is_bot then 'service_bot' else a.kind end
    from ${writtenAs[subject]} join accounts a on a.workspace_id = p.workspace_id
      and a.source = p.source and a.external_id = p.author_account_external_id
    where p.id = ${idOf[subject]} and p.workspace_id = ${workspaceId}), 'human')`;
}

function isWrittenBy(workspaceId: string, subject: MetricSubject, people: readonly string[]): SQL {
  return sql`exists (select 1 from ${writtenAs[subject]} join person_accounts l
      on l.workspace_id = p.workspace_id and l.account_source = p.source
      and l.account_external_id = p.author_account_external_id
    where p.id = ${idOf[subject]} and p.workspace_id = ${workspaceId} and l.person_id in (
      with recursive same(id) as (${listed(people)}
        union select m.id from people m join same on m.merged_into_person_id = same.id
          where m.workspace_id = ${workspaceId})
      select id from same))`;
}

function isWrittenFrom(workspaceId: string, subject: MetricSubject, { list }: OwnAccounts): SQL {
  return sql`exists (select 1 from ${writtenAs[subject]}
    where p.id = ${idOf[subject]} and p.workspace_id = ${workspaceId}
      and (p.source, p.author_account_external_id) in ${list})`;
}

function hasLabel(labels: readonly string[]): SQL {
  return sql`exists (select 1 from pull_requests p, json_each(p.labels) label
    where p.id = f.pull_request_id and lower(label.value) in (${listed(labels)}))`;
}

function isOfType(workspaceId: string, subject: MetricSubject, types: readonly string[]): SQL {
  if (subject !== 'pull_request') return sql`f.kind in (${listed(types)})`;
  return sql`(${types.includes('hotfix') ? sql`f.is_hotfix` : sql`false`}
    or ${types.includes('revert') ? sql`f.is_revert` : sql`false`}
    or exists (select 1 from pull_request_work_items l
      join work_items w on w.workspace_id = l.workspace_id and w.source = l.work_item_source
        and w.external_id = l.work_item_external_id
      where l.workspace_id = ${workspaceId} and l.source = f.source
        and l.pull_request_external_id = f.pull_request_external_id
        and w.kind in (${listed(types)})))`;
}

function isOfService(workspaceId: string, subject: MetricSubject, key: string): SQL {
  const repositories = repositoriesOfService(workspaceId, key);
  switch (subject) {
    case 'incident':
      return sql`f.service_key = ${key}`;
    case 'deployment':
      // One that names no service that is known here is of what its repository is built for.
      return sql`(f.service_key = ${key} or ((f.service_key is null or f.service_key not in (
          select s.key from services s where s.workspace_id = ${workspaceId}))
        and (f.source, f.repository_external_id) in (${builtRepositoriesOfService(workspaceId, key)})))`;
    case 'work_item':
    case 'status_span':
      return sql`(f.source, f.external_id) in (${linkedWorkItems(
        workspaceId,
        sql`(p.source, p.repository_external_id) in (${repositories})`,
      )})`;
    case 'action':
      return sql`false`;
    default:
      return sql`(f.source, f.repository_external_id) in (${repositories})`;
  }
}

function listed(values: readonly string[]): SQL {
  return sql`select value from json_each(${JSON.stringify(values)})`;
}
