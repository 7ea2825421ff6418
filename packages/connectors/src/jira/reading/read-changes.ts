import { isDeepStrictEqual } from 'node:util';
import type { Batch } from '@adjutant/core';
import { toInstant } from '../map/instants.ts';
import { restFieldsSchema, type RestIssue } from '../rest/rest-shapes.ts';
import type { FieldRoles } from '../rest/field-roles.ts';
import { issuesAtOnce } from './bulk-changelogs.ts';
import { issueRecords } from './issue-records.ts';
import { incompleteList, type IssuesEnd, type IssuesPass } from './issues-pass.ts';
import {
  type IssuesState,
  overlapMs,
  settledSeen,
  withRecords,
  withTerms,
} from './issues-state.ts';
import { jqlOf } from './jql.ts';
import { searchIssues } from './search-issues.ts';
import { fieldsOf } from './site-terms.ts';

const recordsPerBatch = 100;

/**
 * Reads what has changed since the last pass, newest change first, back to the high water mark. What
 * is here already is left out, and then nothing else is asked for. Newest first, because an issue that
 * changes meanwhile comes to the front and pushes none out of sight. Returns null where the site keeps
 * estimates or sprints in other fields than before, or where histories may be read at last: then
 * everything is to be read anew.
 */
export async function* readChanges(
  pass: IssuesPass,
  before: IssuesState,
  roles: FieldRoles,
): AsyncGenerator<Batch, IssuesEnd | null> {
  const { client, projectIds, startedAt } = pass;
  const jql = jqlOf({ projectIds, updatedFrom: before.highWater, order: 'updated DESC' });
  const pages = searchIssues(client, jql, fieldsOf(roles));
  const changed = new Map<string, RestIssue>();
  let hadUnreadable = before.hadUnreadable;
  let isWhole = true;
  for (;;) {
    const page = await pages.next();
    if (page.done === true) {
      isWhole = page.value.isWhole;
      break;
    }
    hadUnreadable ||= page.value.unreadable > 0;
    for (const issue of page.value.issues) {
      if (before.seen[issue.id] !== updatedOf(issue)) changed.set(issue.id, issue);
    }
  }
  let state: IssuesState = { ...before, hadUnreadable };
  // Oldest change first: what was cut off goes on with what is newer.
  const issues = [...changed.values()].toReversed();
  for (let at = 0; at < issues.length; at += issuesAtOnce) {
    const terms = await pass.terms();
    if (!isDeepStrictEqual(terms.kept.roles, roles)) return null;
    const chunk = issues.slice(at, at + issuesAtOnce);
    const made = await issueRecords(client, chunk, terms, pass.known);
    if (before.historyDenied && !made.historyDenied) return null;
    state = withRecords(withTerms(state, terms), made);
    for (let from = 0; from < made.records.length; from += recordsPerBatch) {
      const records = made.records.slice(from, from + recordsPerBatch);
      // What is here is not read again by a pass after one that was cut off.
      const seen = settledSeen(
        state.seen,
        before.highWater ?? 0,
        client.rest.serverNow(),
        toInstant,
      );
      const reached = from + recordsPerBatch >= made.records.length ? { ...before, seen } : before;
      yield {
        records,
        tombstones: [],
        state: { ...reached },
        complete: false,
        gaps: [],
        totalEstimate: issues.length,
      };
    }
  }
  // What was left as it was for want of its history is asked for again.
  const isDone = isWhole && !state.historyDenied;
  const highWater = isDone ? startedAt - overlapMs : (before.highWater ?? 0);
  const now = client.rest.serverNow();
  return {
    state: { ...state, highWater, seen: settledSeen(state.seen, highWater, now, toInstant) },
    gaps: isWhole ? [] : [incompleteList],
  };
}

function updatedOf(issue: RestIssue): string {
  const parsed = restFieldsSchema.safeParse(issue.fields);
  return parsed.success ? (parsed.data.updated ?? '') : '';
}
