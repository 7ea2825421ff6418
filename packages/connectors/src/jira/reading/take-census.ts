import type { Batch } from '@adjutant/core';
import { restFieldsSchema, type RestIssue } from '../rest/rest-shapes.ts';
import { projectsById } from '../discovery/read-projects.ts';
import { fetchIssues } from './fetch-issues.ts';
import { issueRecords } from './issue-records.ts';
import type { IssueGap, IssuesEnd, IssuesPass } from './issues-pass.ts';
import type { IssuesState } from './issues-state.ts';
import { jqlOf } from './jql.ts';
import { searchIssues } from './search-issues.ts';
import { fieldsOf } from './site-terms.ts';

const recordsPerBatch = 100;
/** Asked for one by one in hundreds; what goes beyond waits for the next census. */
const lookedUpAtMost = 2_000;
/** More than this at once is rather access that was lost than work that was thrown away. */
const doubtfulShare = 0.2;
const doubtfulFrom = 50;

/**
 * Compares all ids. Deleting an issue changes none that is left, so only this finds it. Jira answers
 * alike for what was deleted and for what may no longer be seen; so an issue is removed only where
 * its project is still open to the credential and no issue was ever seen that only some may see.
 */
export async function* takeCensus(
  pass: IssuesPass,
  before: IssuesState,
): AsyncGenerator<Batch, IssuesEnd> {
  const { client, projectIds } = pass;
  // What is here of a project that was selected once stays, as long as it is there.
  const { former } = before;
  const visible = former.length === 0 ? [] : await projectsById(client, former);
  const lost = former.length - visible.length;
  if (lost > 0) return ended(before, accessLost(lost));
  const listed = new Set<string>();
  const jql = jqlOf({
    projectIds: [...projectIds, ...former],
    updatedFrom: before.from,
    order: 'created ASC',
  });
  const pages = searchIssues(client, jql, ['id']);
  for (;;) {
    const page = await pages.next();
    if (page.done === true) {
      if (page.value.isWhole) break;
      return ended(before, incompleteCensus);
    }
    for (const { id } of page.value.issues) listed.add(id);
  }
  const known = await pass.known();
  const missing = [...known].filter((id) => !listed.has(id)).slice(0, lookedUpAtMost);
  const absent = [...listed].filter((id) => !known.has(id)).slice(0, lookedUpAtMost);
  const asked = [...missing, ...absent];
  const censusAt = client.rest.serverNow();
  if (asked.length === 0) return ended({ ...before, censusAt }, null);
  const terms = await pass.terms();
  const { found, failed } = await fetchIssues(client, asked, fieldsOf(terms.terms.roles));
  const covered = [...projectIds, ...former];
  const here = [...found.values()].filter((issue) => projectIds.includes(projectOf(issue) ?? ''));
  const made = await issueRecords(client, here, terms, pass.known);
  for (let at = 0; at < made.records.length; at += recordsPerBatch) {
    const records = made.records.slice(at, at + recordsPerBatch);
    yield { records, tombstones: [], state: { ...before }, complete: false, gaps: [] };
  }
  // Moved to a project that nobody selected: it is no longer ours to show.
  const moved = missing.filter((id) => isElsewhere(found.get(id), covered));
  // Limited by last change, what is not listed may only have been still for long.
  const unseen = missing.filter((id) => !found.has(id) && !failed.has(id));
  const doubt = doubtAbout(unseen.length, known.size, before.usesSecurity || made.usesSecurity);
  const gone = [...moved, ...(doubt === null ? unseen : [])];
  for (let at = 0; at < gone.length; at += recordsPerBatch) {
    const tombstones = gone.slice(at, at + recordsPerBatch).toSorted();
    yield { records: [], tombstones, state: { ...before }, complete: false, gaps: [] };
  }
  const usesSecurity = before.usesSecurity || made.usesSecurity;
  return ended({ ...before, censusAt, usesSecurity }, doubt);
}

/** What is left open holds until the next comparison. */
function ended(state: IssuesState, censusGap: IssueGap | null): IssuesEnd {
  return { state: { ...state, censusGap }, gaps: [] };
}

function projectOf(issue: RestIssue): string | null {
  return restFieldsSchema.safeParse(issue.fields).data?.project?.id ?? null;
}

function isElsewhere(issue: RestIssue | undefined, projectIds: readonly string[]): boolean {
  const project = issue === undefined ? null : projectOf(issue);
  return project !== null && !projectIds.includes(project);
}

function doubtAbout(count: number, known: number, usesSecurity: boolean): IssueGap | null {
  if (count === 0) return null;
  if (usesSecurity) {
    return {
      code: 'issues_gone_or_hidden',
      message:
        'Some issues are no longer shown. They were deleted or may no longer be seen by the account of the token: Jira answers alike. They stay as they were.',
      affectedCount: count,
    };
  }
  if (count <= doubtfulFrom || count <= known * doubtfulShare) return null;
  return {
    code: 'issues_vanished',
    message:
      'So many issues vanished at once that access was rather lost than work deleted. They stay as they were; check what the account of the token may browse.',
    affectedCount: count,
  };
}

function accessLost(count: number): IssueGap {
  return {
    code: 'project_access_lost',
    message:
      'A project whose issues are here is no longer shown to the account of the token. They stay as they were; what has changed since is unknown.',
    affectedCount: count,
  };
}

const incompleteCensus: IssueGap = {
  code: 'census_incomplete',
  message:
    'Jira gave no complete list of issues: what was deleted there may still stand here until the next one.',
  affectedCount: null,
};
