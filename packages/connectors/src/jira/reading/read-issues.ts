import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import { type JiraConfig, sinceOf } from '../config.ts';
import { readProjects } from '../discovery/read-projects.ts';
import { sessionOf } from '../discovery/session.ts';
import { fetchIssues } from './fetch-issues.ts';
import { issueRecords } from './issue-records.ts';
import type { IssueGap, IssuesPass } from './issues-pass.ts';
import { type IssuesState, readIssuesState, startState } from './issues-state.ts';
import { readBackfill } from './read-backfill.ts';
import { readChanges } from './read-changes.ts';
import { fieldsOf, type ReadTerms, readTerms } from './site-terms.ts';
import { takeCensus } from './take-census.ts';

const censusEveryMs = 24 * 3_600_000;

/** Reads issues in the mode that is asked for. */
export async function* readIssues(
  context: ConnectorContext<JiraConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const session = sessionOf(context);
  const { client } = session;
  client.rest.governor.attach(request.budget);
  const projectIds = (await readProjects(context)).map(({ id }) => id).toSorted();
  const since = request.since ?? sinceOf(context.config);
  const given = readIssuesState(request.state);
  const isFirst = request.mode === 'backfill' || given.highWater === null;
  let state: IssuesState = isFirst ? { ...given, from: since } : given;
  let read: ReadTerms | null = null;
  const pass: IssuesPass = {
    client,
    request,
    projectIds,
    terms: async () => (read ??= await readTerms(context, state)),
    startedAt: client.rest.serverNow(),
  };
  if (request.mode === 'refetch') {
    yield* readNamed(pass, given, request.ids ?? []);
    return;
  }
  const gaps: IssueGap[] = unseenGaps(session.unseen);
  const wanted = (): string[] => projectIds.filter((id) => !state.projects.includes(id));
  if (state.backfill === null && state.highWater !== null && state.roles !== null) {
    const ended = yield* readChanges(pass, state, state.roles);
    // Whatever is here was read from other fields: all of it is read anew.
    if (ended === null) state = { ...startState, from: state.from };
    else {
      state = ended.state;
      gaps.push(...ended.gaps);
    }
  }
  if (state.backfill !== null || wanted().length > 0) {
    const projects = state.backfill?.projects.filter((id) => projectIds.includes(id)) ?? wanted();
    const ended = yield* readBackfill(pass, state, projects);
    state = ended.state;
    gaps.push(...ended.gaps);
  }
  const isDue = pass.startedAt - (state.censusAt ?? 0) >= censusEveryMs;
  if (state.backfill === null && (request.mode === 'census' || isDue)) {
    const ended = yield* takeCensus(pass, state);
    state = ended.state;
    gaps.push(...ended.gaps);
  }
  yield {
    records: [],
    tombstones: [],
    state: { ...state },
    complete: true,
    gaps: [...standingGaps(state), ...gaps],
  };
}

/** Reads issues by their ids; the state stays where it is. */
async function* readNamed(
  pass: IssuesPass,
  state: IssuesState,
  ids: readonly string[],
): AsyncGenerator<Batch> {
  const terms = await pass.terms();
  const { found } = await fetchIssues(pass.client, ids, fieldsOf(terms.terms.roles));
  const { records } = await issueRecords(pass.client, [...found.values()], terms);
  yield { records, tombstones: [], state: { ...state }, complete: true, gaps: standingGaps(state) };
}

function unseenGaps(unseen: readonly string[]): IssueGap[] {
  if (unseen.length === 0) return [];
  return [
    {
      code: 'project_not_visible',
      message: `Jira shows no project ${unseen.slice(0, 20).join(', ')} to the account of the token.`,
      affectedCount: unseen.length,
    },
  ];
}

function standingGaps({ from, withoutHistory, roles }: IssuesState): IssueGap[] {
  return [
    ...(from === null
      ? []
      : [
          {
            code: 'history_limited',
            message: `Issues last changed before ${new Date(from).toISOString().slice(0, 10)} were left out when first read.`,
            affectedCount: null,
          },
        ]),
    ...(withoutHistory === 0
      ? []
      : [
          {
            code: 'history_not_permitted',
            message:
              'The history of some issues could not be read: when work on them began, and how sprints went, is unknown.',
            affectedCount: withoutHistory,
          },
        ]),
    ...(roles === null || roles.points.length > 0
      ? []
      : [
          {
            code: 'points_field_unknown',
            message:
              'No field of this site holds estimates by its kind: points are unknown. Name the field as "pointsField".',
            affectedCount: null,
          },
        ]),
  ];
}
