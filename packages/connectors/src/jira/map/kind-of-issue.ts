import type { WorkItem } from '@adjutant/core/domain';
import type { IssuePayload } from './issue-payload.ts';

const byName: readonly [pattern: RegExp, kind: WorkItem['kind']][] = [
  [/^(?:bug|defect|incident)$/i, 'bug'],
  [/^(?:user )?story$/i, 'story'],
  [/^task$/i, 'task'],
  [/^epic$/i, 'epic'],
  [/^sub-?task$/i, 'subtask'],
];

/** The pictures of the types that Jira brings along: they stay when a site translates the names. */
const byAvatar: ReadonlyMap<number, WorkItem['kind']> = new Map([
  [10_303, 'bug'],
  [10_307, 'epic'],
  [10_315, 'story'],
  [10_316, 'subtask'],
  [10_318, 'task'],
]);

/** Returns the kind of an issue; `issue` where its type says nothing that is known. */
export function kindOfIssue(type: IssuePayload['type']): WorkItem['kind'] {
  if (type === null || type === undefined) return 'issue';
  // The hierarchy is Jira's own word, a name is whatever a site calls it.
  if (type.isSubtask === true) return 'subtask';
  if ((type.level ?? 0) >= 1) return 'epic';
  const name = type.name?.trim() ?? '';
  const named = byName.find(([pattern]) => pattern.test(name))?.[1];
  const pictured = byAvatar.get(type.avatarId ?? 0);
  const found = named ?? pictured ?? 'issue';
  // A level of 0 stands beside the type: it is no epic, whatever its picture.
  return type.level === 0 && (found === 'epic' || found === 'subtask') ? 'issue' : found;
}
