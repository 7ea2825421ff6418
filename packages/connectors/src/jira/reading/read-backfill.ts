import type { Batch } from '@adjutant/core';
import { toInstant } from '../map/instants.ts';
import { restFieldsSchema, type RestIssue } from '../rest/rest-shapes.ts';
import { issuesAtOnce } from './bulk-changelogs.ts';
import { issueRecords } from './issue-records.ts';
import { incompleteList, type IssuesEnd, type IssuesPass } from './issues-pass.ts';
import {
  type IssuesState,
  overlapMs,
  settledSeen,
  withRecords,
  withUnreadable,
} from './issues-state.ts';
import { jqlOf } from './jql.ts';
import { searchIssues } from './search-issues.ts';
import { fieldsOf } from './site-terms.ts';

const recordsPerBatch = 100;

/**
 * Reads all issues of projects by creation, which never changes, so that nothing slips from one page
 * to another. A pass that was cut off goes on from the last creation that is here.
 */
export async function* readBackfill(
  pass: IssuesPass,
  before: IssuesState,
  projects: readonly string[],
): AsyncGenerator<Batch, IssuesEnd> {
  const { client } = pass;
  const terms = await pass.terms();
  const isUnderWay = sameList(before.backfill?.projects ?? [], projects);
  const backfill = (isUnderWay ? before.backfill : null) ?? {
    projects: [...projects],
    createdFrom: null,
    startedAt: pass.startedAt,
  };
  let state: IssuesState = { ...before, ...terms.kept, backfill };
  const jql = jqlOf({
    projectIds: projects,
    updatedFrom: state.from,
    createdFrom: backfill.createdFrom,
    order: 'created ASC',
  });
  const pages = searchIssues(client, jql, fieldsOf(terms.terms.roles));
  let held: RestIssue[] = [];
  for (;;) {
    const page = await pages.next();
    if (page.done !== true) {
      state = withUnreadable(state, page.value.unreadable);
      held.push(...page.value.issues);
      if (held.length < issuesAtOnce) continue;
    }
    const made = await issueRecords(client, held.slice(0, issuesAtOnce), terms, pass.known);
    state = withRecords(state, made);
    for (let at = 0; at < made.records.length; at += recordsPerBatch) {
      const records = made.records.slice(at, at + recordsPerBatch);
      const last = held.find(({ id }) => id === records.at(-1)?.externalId);
      state = settled({ ...state, backfill: { ...backfill, createdFrom: createdAt(last) } }, pass);
      yield { records, tombstones: [], state: { ...state }, complete: false, gaps: [] };
    }
    held = held.slice(issuesAtOnce);
    if (page.done !== true || held.length > 0) continue;
    const gaps = page.value.isWhole ? [] : [incompleteList];
    // What a list did not show is asked for again from the last creation on.
    if (!page.value.isWhole) return { state, gaps };
    return {
      state: settled(
        {
          ...state,
          backfill: null,
          highWater: state.highWater ?? backfill.startedAt - overlapMs,
          projects: { ...state.projects, ...keysOf(pass, projects) },
          former: state.former.filter((id) => !projects.includes(id)),
          // Whatever was deleted or slipped while this was read is found by comparing all ids.
          censusAt: null,
        },
        pass,
      ),
      gaps,
    };
  }
}

function keysOf({ projectKeys }: IssuesPass, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, projectKeys.get(id) ?? '']));
}

function settled(state: IssuesState, { client, startedAt }: IssuesPass): IssuesState {
  const highWater = state.highWater ?? (state.backfill?.startedAt ?? startedAt) - overlapMs;
  const now = client.rest.serverNow();
  return { ...state, seen: settledSeen(state.seen, highWater, now, toInstant) };
}

function createdAt(issue: RestIssue | undefined): number | null {
  const parsed = restFieldsSchema.safeParse(issue?.fields ?? {});
  return parsed.success ? toInstant(parsed.data.created) : null;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, position) => id === other[position]);
}
