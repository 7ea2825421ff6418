import { replaceHidden } from '../hidden-characters.ts';
import { eq, sql } from 'drizzle-orm';
import type { Gap } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Follower } from './choose-leads.ts';
import { leadStream } from './lead-gap.ts';
import {
  type DeliveryKind,
  type NotCounted,
  notCounted,
  type ShownDelivery,
} from './not-counted.ts';

const { deliveryFollowers } = tables;

/** What a repository of a source that shows no code was told of one kind, and what of it is not counted. */
export interface SentDelivery {
  kind: DeliveryKind;
  follower: Follower['follower'];
  lead: Follower['lead'];
  sent: readonly ShownDelivery[];
  notCounted: readonly NotCounted[];
}

interface RepositoryKey {
  source: string;
  externalId: string;
}

/** Returns what was sent of each of these repositories; those whose source shows code are left out. */
export async function loadSentDelivery(
  store: Store,
  workspaceId: string,
  followers: readonly Follower[],
): Promise<SentDelivery[]> {
  const found: SentDelivery[] = [];
  for (const { follower, lead } of followers) {
    if (follower.showsCode) continue;
    for (const kind of ['deployment', 'pipeline_run'] as const) {
      await yieldToEventLoop();
      const sent = await loadShown(store.read, workspaceId, follower, ofKind[kind].sent);
      if (sent.length === 0) continue;
      const shown = await loadShown(store.read, workspaceId, lead, ofKind[kind].shown);
      found.push({ kind, follower, lead, sent, notCounted: notCounted(kind, sent, shown) });
    }
  }
  return found;
}

/** A source shows deployments to an environment once one of them has succeeded. */
const ofKind = {
  deployment: {
    sent: { table: 'deployments', name: 'environment', condition: sql`true` },
    shown: { table: 'deployments', name: 'environment', condition: sql`result = 'success'` },
  },
  pipeline_run: {
    sent: { table: 'pipeline_runs', name: 'name', condition: sql`true` },
    shown: { table: 'pipeline_runs', name: 'name', condition: sql`true` },
  },
} as const;

async function loadShown(
  read: Database,
  workspaceId: string,
  { source, externalId }: RepositoryKey,
  { table, name, condition }: (typeof ofKind)[DeliveryKind]['sent' | 'shown'],
): Promise<ShownDelivery[]> {
  const rows = await queryTuples<[string, number, number]>(
    read,
    sql`select ${sql.raw(name)}, min(finished_at), max(finished_at) from ${sql.raw(table)}
      where workspace_id = ${workspaceId} and source = ${source}
        and repository_external_id = ${externalId} and finished_at is not null and ${condition}
      group by 1 order by 1`,
  );
  return rows.map(([shownName, firstAt, lastAt]) => ({ name: shownName, firstAt, lastAt }));
}

/** Returns the rows that stand for what is not counted. */
export function toRows(workspaceId: string, found: readonly SentDelivery[]) {
  return found.flatMap(({ kind, follower, notCounted: names }) =>
    names.map((one) => ({
      workspaceId,
      kind,
      source: follower.source,
      repositoryExternalId: follower.externalId,
      ...one,
    })),
  );
}

type Row = ReturnType<typeof toRows>[number];

/** Returns the repositories of which other rows count than before, and those that lead them. */
export async function findChanged(
  store: Store,
  workspaceId: string,
  wanted: readonly Row[],
  followers: readonly Follower[],
): Promise<RepositoryKey[]> {
  const present = await store.read
    .select()
    .from(deliveryFollowers)
    .where(eq(deliveryFollowers.workspaceId, workspaceId));
  const due = new Map(wanted.map((row) => [textOf(row), row]));
  const known = new Map(present.map((row) => [textOf(row), row]));
  const changed = [
    ...[...due].flatMap(([text, row]) => (known.has(text) ? [] : [row])),
    ...[...known].flatMap(([text, row]) => (due.has(text) ? [] : [row])),
  ];
  return changed.flatMap(({ source, repositoryExternalId: externalId }) => {
    const pair = followers.find(
      ({ follower }) => follower.source === source && follower.externalId === externalId,
    );
    return [{ source, externalId }, ...(pair === undefined ? [] : [pair.lead])];
  });
}

function textOf(row: Row): string {
  const { kind, source, repositoryExternalId, name, fromAt, untilAt } = row;
  return JSON.stringify([kind, source, repositoryExternalId, name, fromAt, untilAt]);
}

/** Writes what is not counted, in place of what was not before. */
export async function writeNotCounted(
  transaction: Database,
  workspaceId: string,
  rows: readonly Row[],
): Promise<void> {
  await transaction.delete(deliveryFollowers).where(eq(deliveryFollowers.workspaceId, workspaceId));
  for (const row of rows) await transaction.insert(deliveryFollowers).values(row);
}

const mostNamed = 5;
const longestName = 60;
const words = {
  deployment: {
    code: 'deployments',
    things: 'Deployments to',
    touches: ['deployment', 'deployed_commit', 'deployedAt'],
  },
  pipeline_run: { code: 'runs', things: 'Runs of', touches: ['pipeline_run'] },
} as const;

/** Returns what a person is told of deployments and runs of which two sources tell: which of them count. */
export function sentGaps(
  { kind, follower, lead, sent, notCounted: names }: SentDelivery,
  titles: ReadonlyMap<string, string>,
): Gap[] {
  const { code, things, touches } = words[kind];
  const title = titles.get(lead.source) ?? lead.source;
  const isShown = new Set(names.map(({ name }) => name));
  const alone = sent.filter(({ name }) => !isShown.has(name));
  const place = {
    source: follower.source,
    scopeExternalId: follower.externalId,
    stream: leadStream,
    affectedCount: null,
    touches: [...touches],
  };
  const gaps: Gap[] = [];
  if (names.length > 0) {
    const message = `${things} ${listed(names)} were sent and are shown by ${title} as well; what ${title} shows counts, from its first one until it shows none for thirty days.`;
    gaps.push({ ...place, code: `sent_${code}_not_counted`, message });
  }
  if (alone.length > 0) {
    const message = `${things} ${listed(alone)} count as they were sent: ${title} shows none that is over.`;
    gaps.push({ ...place, code: `sent_${code}_counted`, message });
  }
  return gaps;
}

function listed(found: readonly { name: string }[]): string {
  const told = found.slice(0, mostNamed).map(({ name }) => `"${plain(name)}"`);
  const more = found.length - told.length;
  return told.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Names come from outside: one line, and not for ever. */
function plain(name: string): string {
  return replaceHidden(name.slice(0, longestName), () => '\uFFFD');
}
