import type { DomainRows, Scope } from '@adjutant/core';
import type { WorkItem, WorkItemChange } from '@adjutant/core/domain';
import { boundedText } from '../../commits/text.ts';
import type { GithubConfig } from '../config.ts';
import { AccountCollector } from './accounts.ts';
import { toInstant } from './instants.ts';
import type { IssuePayload } from './issue-payload.ts';

const maxTitleLength = 2_000;
const maxValueLength = 500;

/** GitHub has no kinds of issue but labels; these are the usual names. */
const kindByLabel: readonly [RegExp, WorkItem['kind']][] = [
  [/^(?:(?:type|kind)\s*[:/]\s*)?(?:bug|defect|regression)$/i, 'bug'],
  [/^(?:(?:type|kind)\s*[:/]\s*)?epic$/i, 'epic'],
  [/^(?:(?:type|kind)\s*[:/]\s*)?(?:user )?story$/i, 'story'],
  [/^(?:(?:type|kind)\s*[:/]\s*)?(?:task|chore)$/i, 'task'],
];

const fields: Readonly<Record<string, string>> = {
  ClosedEvent: 'status',
  ReopenedEvent: 'status',
  LabeledEvent: 'label',
  UnlabeledEvent: 'label',
  AssignedEvent: 'assignee',
  UnassignedEvent: 'assignee',
  MilestonedEvent: 'milestone',
  DemilestonedEvent: 'milestone',
  RenamedTitleEvent: 'title',
};

/** Returns the rows that an issue stands for. Pure. */
export function mapIssue(
  payload: IssuePayload,
  scope: Scope,
  config: Pick<GithubConfig, 'baseUrl'>,
): DomainRows {
  const accounts = new AccountCollector(config);
  accounts.of(payload.author);
  const { assignee } = payload;
  const assigneeId = assignee === null || assignee === undefined ? null : accounts.of(assignee);
  const label = kindLabel(payload.labels ?? []);
  const isClosed = payload.state.toUpperCase() === 'CLOSED';
  const workItem: WorkItem = {
    source: 'github',
    externalId: payload.id,
    key: `${scope.name}#${payload.number}`,
    title: boundedText(payload.title, maxTitleLength),
    kind: label?.kind ?? (typeof payload.parentId === 'string' ? 'subtask' : 'issue'),
    originalType: label?.name ?? null,
    // An open issue may be worked on or not: GitHub keeps no such state.
    statusCategory: isClosed ? 'done' : null,
    originalStatus: isClosed ? (payload.stateReason?.toLowerCase() ?? 'closed') : 'open',
    points: null,
    parentExternalId: payload.parentId ?? null,
    assigneeAccountExternalId: assigneeId,
    sprintExternalId: null,
    createdAt: toInstant(payload.createdAt),
    startedAt: null,
    doneAt: isClosed ? toInstant(payload.closedAt) : null,
    dueDay: payload.dueAt?.slice(0, 10) ?? null,
  };
  const workItemChanges = changes(payload, (who) => accounts.of(who));
  return { ...accounts.rows(), workItems: [workItem], workItemChanges };
}

function changes(
  payload: IssuePayload,
  idOf: (who: IssuePayload['author']) => string,
): WorkItemChange[] {
  return (payload.changes ?? []).flatMap(({ id, type, at, actor, from, to }) => {
    const field = fields[type];
    const instant = toInstant(at);
    if (field === undefined || instant === null) return [];
    return [
      {
        source: 'github',
        externalId: `event:${id}`,
        workItemExternalId: payload.id,
        field,
        fromValue: bounded(from),
        toValue: bounded(to),
        actorAccountExternalId: idOf(actor),
        at: instant,
      },
    ];
  });
}

function kindLabel(labels: readonly string[]): { kind: WorkItem['kind']; name: string } | null {
  for (const [pattern, kind] of kindByLabel) {
    const name = labels.find((label) => pattern.test(label.trim()));
    if (name !== undefined) return { kind, name: boundedText(name, 100) };
  }
  return null;
}

function bounded(value: string | null | undefined): string | null {
  return value === null || value === undefined ? null : boundedText(value, maxValueLength);
}
