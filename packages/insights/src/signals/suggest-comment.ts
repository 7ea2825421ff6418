import type { SuggestedAction } from '@adjutant/core/domain';

const issueKey = /^[A-Z][A-Z0-9_]{0,254}-[1-9]\d{0,9}$/;
const repositoryIssue = /^([\w.-]{1,100}\/[\w.-]{1,100})#([1-9]\d{0,9})$/;
const projectKey = /^[A-Z][A-Z0-9_]{0,254}$/;
const repositoryName = /^[\w.-]{1,100}\/[\w.-]{1,100}$/;

/** Returns the proposal to comment on a work item; none where its key tells no place to do so. */
export function suggestComment(key: string, body: string, why: string): SuggestedAction[] {
  if (issueKey.test(key)) return [{ type: 'issue.comment', payload: { issue: key, body }, why }];
  const [, repository, number] = repositoryIssue.exec(key) ?? [];
  if (repository === undefined || number === undefined) return [];
  const payload = { repository, number: Number(number), body };
  return [{ type: 'issue.comment', payload, why }];
}

/** Returns the proposal to open a work item in a project or repository; none where there is none. */
export function suggestIssue(
  project: string | null,
  { title, body }: { title: string; body: string },
  why: string,
): SuggestedAction[] {
  if (project === null) return [];
  // Every template of Jira has this type; where a project has not, the proposal says which it has.
  if (projectKey.test(project)) {
    return [{ type: 'issue.create', payload: { project, type: 'Task', title, body }, why }];
  }
  if (!repositoryName.test(project)) return [];
  return [{ type: 'issue.create', payload: { repository: project, title, body }, why }];
}
