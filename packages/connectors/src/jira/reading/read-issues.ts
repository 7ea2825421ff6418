import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import { type JiraConfig, sinceOf } from '../config.ts';
import { readProjects } from '../discovery/read-projects.ts';
import { sessionOf } from '../discovery/session.ts';
import { linkWordsOf } from '../rest/links-of-rest.ts';
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
  const projects = await readProjects(context);
  const projectKeys = new Map(projects.map(({ id, key }) => [id, key]));
  const projectIds = [...projectKeys.keys()].toSorted();
  const since = request.since ?? sinceOf(context.config);
  const given = readIssuesState(request.state);
  const isFirst = request.mode === 'backfill' || given.highWater === null;
  let state: IssuesState = withProjects(isFirst ? { ...given, from: since } : given, projectKeys);
  const linkWords = JSON.stringify(linkWordsOf(context.config.linkWords));
  if (state.linkWords !== linkWords) state = afresh({ ...state, linkWords });
  let read: ReadTerms | null = null;
  let held: Set<string> | null = null;
  const pass: IssuesPass = {
    client,
    request,
    projectIds,
    projectKeys,
    known: async () => (held ??= await knownIds(request)),
    terms: async () => (read ??= await readTerms(context, state)),
    startedAt: client.rest.serverNow(),
  };
  if (request.mode === 'refetch') {
    yield* readNamed(pass, given, request.ids ?? []);
    return;
  }
  const gaps: IssueGap[] = unseenGaps(session.unseen);
  const complete = (): string[] => Object.keys(state.projects).toSorted();
  const isUnderWay = state.backfill !== null;
  if (!isUnderWay && complete().length > 0 && state.highWater !== null && state.roles !== null) {
    const ended = yield* readChanges({ ...pass, projectIds: complete() }, state, state.roles);
    // Whatever is here was read from other fields: all of it is read anew.
    if (ended === null) state = afresh(state);
    else {
      state = ended.state;
      gaps.push(...ended.gaps);
    }
  }
  const wanted = projectIds.filter((id) => !Object.hasOwn(state.projects, id));
  const underWay = state.backfill?.projects.filter((id) => projectIds.includes(id)) ?? [];
  if (underWay.length > 0 || wanted.length > 0) {
    const backfilled = underWay.length > 0 ? underWay : wanted;
    const ended = yield* readBackfill(pass, state, backfilled);
    state = ended.state;
    gaps.push(...ended.gaps);
  } else state = { ...state, backfill: null };
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

/** Returns the state from which everything is read anew, in the same way. */
function afresh({ from, former, linkWords }: IssuesState): IssuesState {
  return { ...startState, from, former, linkWords };
}

/** Reads issues by their ids; the state stays where it is. */
async function* readNamed(
  pass: IssuesPass,
  state: IssuesState,
  ids: readonly string[],
): AsyncGenerator<Batch> {
  const terms = await pass.terms();
  const { found } = await fetchIssues(pass.client, ids, fieldsOf(terms.terms.roles));
  const issues = [...found.values()];
  const { records } = await issueRecords(pass.client, issues, terms, pass.known);
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

/**
 * Returns the state with what is complete here: a project that was away, or whose issues all have new
 * keys since, is read from its first issue on when it is back.
 */
function withProjects(state: IssuesState, present: ReadonlyMap<string, string>): IssuesState {
  const before = Object.entries(state.projects);
  const still = before.filter(([id, key]) => present.get(id) === key);
  const gone = before.map(([id]) => id).filter((id) => !present.has(id));
  const former = [...new Set([...state.former, ...gone])].filter((id) => !present.has(id));
  return { ...state, projects: Object.fromEntries(still), former: former.toSorted() };
}

/** Returns the ids of what the store holds. */
async function knownIds(request: ReadRequest): Promise<Set<string>> {
  const known = new Set<string>();
  for await (const id of request.knownExternalIds?.() ?? []) known.add(id);
  return known;
}

function standingGaps(state: IssuesState): IssueGap[] {
  const { from, historyDenied, hadUnreadable, censusGap, roles } = state;
  return [
    ...(from === null ? [] : [historyLimited(from)]),
    ...(historyDenied ? [historyNotPermitted] : []),
    ...(hadUnreadable ? [unreadable] : []),
    ...(censusGap === null ? [] : [censusGap]),
    ...(roles === null || roles.points.length > 0 ? [] : [pointsUnknown]),
  ];
}

function historyLimited(from: number): IssueGap {
  return {
    code: 'history_limited',
    message: `Issues last changed before ${new Date(from).toISOString().slice(0, 10)} were left out when first read.`,
    affectedCount: null,
  };
}

const historyNotPermitted: IssueGap = {
  code: 'history_not_permitted',
  message:
    'The history of issues may not be read: those that are here stay as they were, and of others it is unknown when work on them began.',
  affectedCount: null,
};

const unreadable: IssueGap = {
  code: 'issues_unreadable',
  message: 'Some issues had a form that is not known, and were left out.',
  affectedCount: null,
};

const pointsUnknown: IssueGap = {
  code: 'points_field_unknown',
  message:
    'No field of this site holds estimates by its kind: points are unknown. Name the field as "pointsField".',
  affectedCount: null,
};
