import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import type { CommitGraph } from '../commit-graph.ts';
import type { GitConfig } from '../config.ts';
import { digestHeads, digestShallow, findHeads } from '../heads.ts';
import { takeGraph } from '../history/pass-graph.ts';
import type { GitRepository } from '../open-repository.ts';
import { openScope } from '../scope.ts';
import { listTags, type Tags } from '../tags.ts';
import { type ClaimedTag, claimReleases, inReleaseOrder } from './claim-releases.ts';
import { createNameMatcher } from '../../commits/glob.ts';
import { readGraph } from './read-graph.ts';
import { type TagPayload, tagRecordId } from './release-payload.ts';
import { type ReleaseState, readReleaseState } from './release-state.ts';

const commitsPerRecord = 500;
/** Each record may write as many rows as it lists commits. */
const rowsPerBatch = 2_000;
const tombstonesPerBatch = 1_000;
const commitsPerTurn = 4_000;

interface TagRecord {
  externalId: string;
  payload: TagPayload;
}

/** One release or deployment with all its parts. */
interface TagRecords {
  id: string;
  digest: string;
  records: TagRecord[];
}

/**
 * Reads tags as releases, and as deployments where the configuration says so. With the tags and
 * settings of the last pass nothing is walked.
 */
export async function* readReleases(
  context: ConnectorContext<GitConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await openScope(request.scope, context);
  const { config } = context;
  const found = await listTags(repository);
  const state = readReleaseState(request.state);
  const digest = digestTags(found, config, await digestShallow(repository));
  const gaps = releaseGaps(found, config);
  if (digest === state.digest) {
    yield { records: [], tombstones: [], state: { ...state }, complete: true, gaps };
    return;
  }
  const graph = await graphOf(context, request, repository, found);
  const wanted = await collect(graph, found, config);
  const given = { ...state.given };
  const changed = wanted.filter(({ id, digest: now }) => given[id] !== now);
  const open = (): Batch['state'] => ({ version: 1, digest: null, given: { ...given } });
  // A commit moves from one release to another only by leaving the first, so what changed goes
  // before anything comes.
  for (const tombstones of findTombstones(state, wanted, changed)) {
    for (const id of tombstones.ids) delete given[id];
    yield { records: [], tombstones: tombstones.records, state: open(), complete: false, gaps };
  }
  yield* giveRecords(changed, given, open);
  yield {
    records: [],
    tombstones: [],
    state: { version: 1, digest, given: inKeyOrder(given) },
    complete: true,
    gaps,
  };
}

/** Two ways to the same tags must end in the same state. */
function inKeyOrder(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The history stream of the same sync has just read the graph; without it, it is walked here. */
async function graphOf(
  context: ConnectorContext<GitConfig>,
  { scope }: ReadRequest,
  repository: GitRepository,
  { tags }: Tags,
): Promise<CommitGraph> {
  const heads = await findHeads(repository, context.config);
  const kept = takeGraph(context, scope.externalId, digestHeads(heads));
  if (kept !== null) return kept;
  const from = [...new Set(tags.map((tag) => tag.sha))];
  return await readGraph(repository, from, heads.since);
}

async function collect(
  graph: CommitGraph,
  { tags }: Tags,
  config: GitConfig,
): Promise<TagRecords[]> {
  const ordered = inReleaseOrder(graph, tags);
  const collected: TagRecords[] = [];
  for await (const claimed of inTurns(claimReleases(graph, ordered))) {
    collected.push(toRecords(claimed, { kind: 'release' }));
  }
  const { deployments } = config;
  if (deployments === undefined) return collected;
  const matches = createNameMatcher(deployments.tags);
  const deployed = ordered.filter(({ name }) => matches(name));
  let previousTag: string | null = null;
  for await (const claimed of inTurns(claimReleases(graph, deployed))) {
    const { tag } = claimed;
    // What the first known deployment carried cannot be told from what was deployed before it.
    const commits = previousTag === null ? [tag.sha] : claimed.commits;
    const { environment } = deployments;
    collected.push(toRecords({ tag, commits }, { kind: 'deployment', environment, previousTag }));
    previousTag = tag.name;
  }
  return collected;
}

/** Lets others have their turn after every few thousand commits. */
async function* inTurns(claims: Iterable<ClaimedTag>): AsyncGenerator<ClaimedTag> {
  let commits = 0;
  for (const claimed of claims) {
    yield claimed;
    commits += claimed.commits.length;
    if (commits < commitsPerTurn) continue;
    commits = 0;
    await setImmediate();
  }
}

type RecordKind =
  | { kind: 'release' }
  | { kind: 'deployment'; environment: string; previousTag: string | null };

function toRecords({ tag, commits }: ClaimedTag, kind: RecordKind): TagRecords {
  const records: TagRecord[] = [];
  for (let part = 0; part === 0 || part * commitsPerRecord < commits.length; part += 1) {
    records.push({
      externalId: tagRecordId(kind.kind, tag.name, part),
      payload: {
        ...kind,
        tag: tag.name,
        sha: tag.sha,
        taggedAt: tag.taggedAt,
        part,
        commits: commits.slice(part * commitsPerRecord, (part + 1) * commitsPerRecord),
      },
    });
  }
  const hash = createHash('sha256');
  hash.update(JSON.stringify([kind, tag.sha, tag.taggedAt]));
  hash.update(commits.join(''));
  const digest = `${records.length}:${hash.digest('base64url').slice(0, 12)}`;
  return { id: tagRecordId(kind.kind, tag.name, 0), digest, records };
}

function* findTombstones(
  { given }: ReleaseState,
  wanted: readonly TagRecords[],
  changed: readonly TagRecords[],
): Generator<{ ids: string[]; records: string[] }> {
  const kept = new Set(wanted.map(({ id }) => id));
  const gone = Object.keys(given).filter((id) => !kept.has(id));
  for (const { id } of changed) if (given[id] !== undefined) gone.push(id);
  let open: { ids: string[]; records: string[] } = { ids: [], records: [] };
  for (const id of gone) {
    const parts = Number.parseInt(given[id] ?? '1', 10);
    open.ids.push(id);
    for (let part = 0; part < parts; part += 1) {
      open.records.push(part === 0 ? id : `${id} ${part}`);
    }
    if (open.records.length < tombstonesPerBatch) continue;
    yield open;
    open = { ids: [], records: [] };
  }
  if (open.ids.length > 0) yield open;
}

/** Yields whole releases and deployments, several to a batch where they are small. */
function* giveRecords(
  changed: readonly TagRecords[],
  given: Record<string, string>,
  state: () => Batch['state'],
): Generator<Batch> {
  let records: TagRecord[] = [];
  let rows = 0;
  const batch = (): Batch => {
    const made = { records, tombstones: [], state: state(), complete: false, gaps: [] };
    records = [];
    rows = 0;
    return made;
  };
  for (const release of changed) {
    for (const record of release.records) {
      records.push(record);
      rows += 1 + record.payload.commits.length;
      // A release counts as given with its last part only: what was cut off is given again.
      if (record === release.records.at(-1)) given[release.id] = release.digest;
      if (rows >= rowsPerBatch) yield batch();
    }
  }
  if (records.length > 0) yield batch();
}

function digestTags(
  { tags, unreadableCount }: Tags,
  config: GitConfig,
  shallow: string | null,
): string {
  const { deployments = null, since = null } = config;
  const said = tags.map(({ name, sha, taggedAt }) => [name, sha, taggedAt]);
  return createHash('sha256')
    .update(JSON.stringify([said, unreadableCount, deployments, since, shallow]))
    .digest('base64url');
}

const deploymentSubjects = ['deployment', 'deployed_commit', 'deployedAt', 'deployMs', 'totalMs'];
const tagSubjects = ['release', 'releasedAt', 'releaseWaitMs', ...deploymentSubjects];

function releaseGaps({ tags, unreadableCount }: Tags, config: GitConfig): Batch['gaps'] {
  const gaps: Batch['gaps'][number][] = [];
  if (unreadableCount > 0) {
    gaps.push({
      code: 'unreadable_tags',
      message: 'These tags name no commit that is in the clone, and are left out.',
      affectedCount: unreadableCount,
      touches: tagSubjects,
    });
  }
  const undated = tags.filter(({ taggedAt }) => taggedAt === null).length;
  if (undated > 0) {
    gaps.push({
      code: 'undated_tags',
      message: 'These tags carry no readable date, and are left out of the releases.',
      affectedCount: undated,
      touches: tagSubjects,
    });
  }
  if (config.deployments === undefined) {
    gaps.push({
      code: 'deployments_not_configured',
      message:
        'Git does not know deployments. Say which tags are some with "deployments" in the configuration of git; until then deployment figures are unknown.',
      affectedCount: null,
      touches: deploymentSubjects,
    });
  }
  return gaps;
}
