import { type SQL, sql } from 'drizzle-orm';
import { readColumns } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { lastFullWeeks } from './full-weeks.ts';

const fullWeeks = 4;
const mostEvidence = 2_000;

/** How well the people are known who were at work in the last four full weeks and the one that runs. */
export interface PeopleAtWork {
  active: number | null;
  /** Those of them whom sources of code know. */
  ofCode: number | null;
  /** Pairs that there may be among those of whom one kind of source alone knows; null with one kind. */
  unmatched: number | null;
  since: number | null;
  /** Ids of those who may be the same, and of the first work of everybody who is counted. */
  evidence: string[];
}

/**
 * Returns it. Somebody whom no other source knows may be there under another name, or not be there at
 * all: only where both sides have such people can any of them be the same. So the fewer of both count.
 */
export async function loadPeopleAtWork(context: SubjectContext): Promise<PeopleAtWork> {
  const { starts, currentStart } = lastFullWeeks(context, fullWeeks);
  const from = starts[0] ?? currentStart;
  const atWork = new Map<string, FirstWork>();
  for (const work of [...codeWork(context, from), ...otherWork(context, from)]) {
    for (const [id, first] of await loadActors(context, work)) keepEarlier(atWork, id, first);
  }
  const kinds = await loadKinds(context);
  const ofCode = [...atWork].filter(([id]) => kinds.get(id)?.has('code') === true);
  const ofOneKind = [...atWork].filter(([id]) => (kinds.get(id)?.size ?? 0) === 1);
  const onlyCode = ofOneKind.filter(([id]) => kinds.get(id)?.has('code') === true);
  const onlyOther = ofOneKind.filter(([id]) => kinds.get(id)?.has('other') === true);
  const hasBoth =
    [...kinds.values()].some((of) => of.has('code')) &&
    [...kinds.values()].some((of) => of.has('other'));
  const fewer = onlyCode.length <= onlyOther.length ? onlyCode : onlyOther;
  return {
    active: atWork.size,
    ofCode: ofCode.length,
    unmatched: hasBoth ? fewer.length : null,
    since: fewer.length === 0 ? null : Math.min(...fewer.map(([, { at }]) => at)),
    evidence: [
      ...[...onlyCode, ...onlyOther].flatMap(([id, { workId }]) => [id, workId]),
      ...ofCode
        .filter(([id]) => kinds.get(id)?.has('other') === true)
        .map(([, { workId }]) => workId),
    ].slice(0, mostEvidence),
  };
}

interface FirstWork {
  at: number;
  workId: string;
}

function keepEarlier(found: Map<string, FirstWork>, id: string, first: FirstWork): void {
  const known = found.get(id);
  if (known === undefined || first.at < known.at) found.set(id, first);
}

/** When each person was first at work in these weeks; programs and whom nobody knows are left out. */
async function loadActors(context: SubjectContext, work: SQL): Promise<Map<string, FirstWork>> {
  const accounts = await context.accounts();
  const columns = await readColumns(
    context.read.store.read,
    ['source', 'account', 'at', 'id'],
    // The row of the earliest instant is the one that SQLite takes the id from.
    sql`select source, account, min(at) as at, id from (${work})
      where account is not null group by source, account`,
  );
  await yieldToEventLoop();
  const [sources = [], ids = [], instants = [], workIds = []] = columns;
  const found = new Map<string, FirstWork>();
  for (const [row, id] of ids.entries()) {
    const account = accounts.get(keyOf(String(sources[row]), String(id)));
    if (account === undefined || account.isBot || account.personId === null) continue;
    const first = { at: Number(instants[row]), workId: String(workIds[row]) };
    keepEarlier(found, account.personId, first);
  }
  return found;
}

function codeWork({ read, now }: SubjectContext, from: number): SQL[] {
  const { workspaceId } = read;
  return [
    sql`select source, author_account_external_id as account, committed_at as at, id from commits
      where workspace_id = ${workspaceId} and committed_at >= ${from} and committed_at <= ${now}`,
    sql`select source, author_account_external_id as account, merged_at as at, id from pull_requests
      where workspace_id = ${workspaceId} and merged_at >= ${from} and merged_at <= ${now}`,
    sql`select source, actor_account_external_id as account, at, id from pull_request_events
      where workspace_id = ${workspaceId} and kind = 'review' and at >= ${from} and at <= ${now}`,
  ];
}

function otherWork({ read, now }: SubjectContext, from: number): SQL[] {
  const { workspaceId } = read;
  return [
    sql`select source, assignee_account_external_id as account, done_at as at, id from work_items
      where workspace_id = ${workspaceId} and done_at >= ${from} and done_at <= ${now}`,
    sql`select source, author_account_external_id as account, started_at as at, id from chat_threads
      where workspace_id = ${workspaceId} and started_at >= ${from} and started_at <= ${now}`,
  ];
}

/** Of which kinds of source each person has an account: of code, or of anything else. */
async function loadKinds(context: SubjectContext): Promise<Map<string, Set<'code' | 'other'>>> {
  const { read } = context;
  const columns = await readColumns(
    read.store.read,
    ['source'],
    sql`select distinct source from repositories where workspace_id = ${read.workspaceId}`,
  );
  const codeSources = new Set((columns[0] ?? []).map(String));
  const found = new Map<string, Set<'code' | 'other'>>();
  for (const [key, { personId }] of await context.accounts()) {
    if (personId === null) continue;
    const [source = ''] = key.split('\n');
    const kinds = found.get(personId) ?? new Set<'code' | 'other'>();
    kinds.add(codeSources.has(source) ? 'code' : 'other');
    found.set(personId, kinds);
  }
  return found;
}
