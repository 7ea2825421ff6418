import { hash } from 'node:crypto';
import { parseOutsideJson } from '../parse-outside-json.ts';
import { sql } from 'drizzle-orm';
import type { Logger } from '../logger.ts';
import { upsertRows } from '../store/bulk-write.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { type Eraser, loadEraser } from '../erasure/eraser.ts';
import { erasedPayload } from '../erasure/rewrite-rows.ts';
import { deliveryScope, lastDeliveryNumber } from './deliveries.ts';
import { keepBodiesOnce, withheld } from './kept-bodies.ts';
import { headerReader } from './header-reader.ts';
import { createHintFollower, type HintFollowerOptions } from './hint-follower.ts';
import { replayDeliveries } from './replay-deliveries.ts';
import { writeHints } from './webhook-hints.ts';
import type { ReceivedWebhook, Webhooks } from './webhooks.ts';
import type {
  WebhookAnswer,
  WebhookHint,
  WebhookReceiver,
  WebhookVerdict,
} from './webhook-receiver.ts';

const longestName = 200;
const rawTarget = {
  table: tables.rawRecords,
  key: ['source', 'scopeExternalId', 'stream', 'externalId'],
  compared: ['contentHash'],
};

interface WebhookDependencies extends HintFollowerOptions {
  store: Store;
  workspaceId: string;
  connectors: readonly ConfiguredConnector[];
}

type DeliveryVerdict = Extract<WebhookVerdict, { deliveryId: string }>;

interface Delivery {
  source: string;
  /** Whether it is numbered, because a stream reads it. */
  isRead: boolean;
  verdict: DeliveryVerdict;
  headers: Record<string, string>;
  payload: string;
  hints: readonly WebhookHint[];
}

/** A delivery that waits for the next transaction. */
interface Waiting {
  delivery: Delivery;
  /** Told how many streams it hints at; null for a delivery that is known. */
  settle: (hints: number | null) => void;
  fail: (error: unknown) => void;
}

/** Returns the inbox of a workspace. */
export function createWebhooks(dependencies: WebhookDependencies): Webhooks {
  const { connectors, clock, logger } = dependencies;
  let waiting: Waiting[] = [];
  let isWriting = false;

  const writeWaiting = async (): Promise<void> => {
    if (isWriting) return;
    isWriting = true;
    try {
      while (waiting.length > 0) {
        const together = waiting;
        waiting = [];
        await keepTogether(dependencies, together);
      }
    } finally {
      isWriting = false;
    }
  };
  const keep = (delivery: Delivery): Promise<number | null> =>
    new Promise((settle, fail) => {
      waiting.push({ delivery, settle, fail });
      void writeWaiting();
    });

  const connectorOf = (source: string) =>
    connectors.find(({ definition }) => definition.id === source);
  const follow = createHintFollower(dependencies);

  return {
    follow,
    replay: (viewer, query = {}) => replayDeliveries(dependencies, viewer, query),
    largestBodyBytes: (source) =>
      connectorOf(source)?.definition.webhooks?.largestBodyBytes ?? null,
    async receive(source, request) {
      const connector = connectorOf(source);
      const receiver = connector?.definition.webhooks;
      if (connector === undefined || receiver === undefined) {
        return refused('unknown_source');
      }
      if (request.body.byteLength > receiver.largestBodyBytes) return refused('too_large');
      const header = headerReader(request);
      const { body } = request;
      const asked = { config: connector.config, header, body, now: clock.now() };
      const verdict = await verified(receiver, asked, logger);
      if (!verdict.isGenuine) return refused(verdict.reason, verdict.problem);
      if (verdict.answer !== undefined) return answered(verdict.answer);
      const text = readText(body);
      const payload = text === null ? undefined : parse(text);
      if (text === null || payload === undefined) return refused('malformed');
      const hints = receiver.hints(verdict.event, payload);
      const headers = receiver.keptHeaders.flatMap((name) => {
        const value = header(name);
        return value === null ? [] : [[name, value]];
      });
      const kept = await keep({
        source,
        isRead: receiver.deliveriesAreRead === true,
        verdict,
        headers: Object.fromEntries(headers) as Record<string, string>,
        payload:
          receiver.kept === undefined ? text : keptText(receiver.kept(verdict.event, payload)),
        hints,
      });
      const { event } = verdict;
      return kept === null
        ? { outcome: 'duplicate', reason: null, status: 200, event, hints: 0 }
        : { outcome: 'stored', reason: null, status: 202, event, hints: kept };
    },
  };
}

async function verified(
  receiver: WebhookReceiver<unknown>,
  asked: Parameters<WebhookReceiver<unknown>['verify']>[0],
  logger: Logger,
): Promise<WebhookVerdict> {
  const verdict = await receiver.verify(asked);
  if (!verdict.isGenuine) {
    logger.log('warn', 'A webhook was refused.', { reason: verdict.reason });
    return verdict;
  }
  if (verdict.answer !== undefined) return verdict;
  const { deliveryId, event } = verdict;
  const isNamed = [deliveryId, event].every((name) => name !== '' && name.length <= longestName);
  return isNamed ? verdict : { isGenuine: false, reason: 'malformed' };
}

/**
 * Writes what came in while the transaction before was under way in one of its own: a burst costs one
 * commit, and everybody is answered only once it is kept.
 */
async function keepTogether(
  dependencies: WebhookDependencies,
  together: readonly Waiting[],
): Promise<void> {
  const { store, workspaceId } = dependencies;
  try {
    const counts = await store.transaction(async (transaction) => {
      const known = await knownOf(transaction, workspaceId, together);
      const scopes = await scopesOf(transaction, workspaceId);
      const eraser = await loadEraser(transaction, workspaceId);
      const fresh: Delivery[] = [];
      const found = together.map(({ delivery }) => {
        const key = keyOf(delivery);
        if (known.has(key)) return null;
        known.add(key);
        const here = withoutErased(ofKnownScopes(delivery, scopes), eraser);
        fresh.push(here);
        return here.hints.length;
      });
      const numbers = await numbersFor(transaction, workspaceId, fresh);
      const rows = fresh.map((delivery, place) =>
        rowOf(dependencies, delivery, numbers[place] ?? null),
      );
      const kept = await keepBodiesOnce(transaction, workspaceId, rows);
      await upsertRows(transaction, rawTarget, workspaceId, kept);
      for (const source of new Set(fresh.map((delivery) => delivery.source))) {
        const hints = fresh.filter((delivery) => delivery.source === source);
        await writeHints(transaction, workspaceId, source, distinct(hints));
      }
      return found;
    });
    for (const [place, { settle }] of together.entries()) settle(counts[place] ?? null);
  } catch (error) {
    for (const { fail } of together) fail(error);
  }
}

/** Returns the scopes that were ever found, each with its source before it. */
async function scopesOf(transaction: Database, workspaceId: string): Promise<Set<string>> {
  const rows = await queryTuples<[string, string]>(
    transaction,
    sql`select source, external_id from scopes where workspace_id = ${workspaceId}`,
  );
  return new Set(rows.map((row) => JSON.stringify(row)));
}

/**
 * A hook of a whole organization tells of repositories that nobody selected, and of things that are
 * not read: of these no word is kept, only that something came.
 */
function ofKnownScopes(delivery: Delivery, scopes: ReadonlySet<string>): Delivery {
  const isKnown = (externalId: string | null | undefined): boolean =>
    externalId === null ||
    externalId === undefined ||
    scopes.has(JSON.stringify([delivery.source, externalId]));
  const hints = delivery.hints.filter(
    ({ scopeExternalId, aboutExternalId }) => isKnown(scopeExternalId) && isKnown(aboutExternalId),
  );
  return { ...delivery, hints, payload: hints.length === 0 ? withheld : delivery.payload };
}

/** Whoever was erased is not brought back by what is delivered. */
function withoutErased(delivery: Delivery, eraser: Eraser): Delivery {
  if (eraser.marks === 0) return delivery;
  return { ...delivery, payload: erasedPayload(delivery.payload, delivery.source, eraser) };
}

/** Returns the keys of those that are kept already. */
async function knownOf(
  transaction: Database,
  workspaceId: string,
  together: readonly Waiting[],
): Promise<Set<string>> {
  const ids = together.map(({ delivery }) => [delivery.source, delivery.verdict.deliveryId]);
  const rows = await queryTuples<[string, string, string]>(
    transaction,
    sql`select r.source, r.external_id, r.stream
      from json_each(${JSON.stringify(ids)}) asked
      cross join raw_records r on r.workspace_id = ${workspaceId} and r.source = asked.value->>0
        and r.scope_external_id = ${deliveryScope} and r.external_id = asked.value->>1`,
  );
  return new Set(rows.map((row) => JSON.stringify(row)));
}

/** Returns the number of each delivery that is to be read; null for the others. */
async function numbersFor(
  transaction: Database,
  workspaceId: string,
  fresh: readonly Delivery[],
): Promise<(number | null)[]> {
  const last = new Map<string, number>();
  for (const { source, isRead } of fresh) {
    if (!isRead || last.has(source)) continue;
    last.set(source, await lastDeliveryNumber(transaction, { workspaceId, source }));
  }
  return fresh.map(({ source }) => {
    const before = last.get(source);
    if (before === undefined) return null;
    last.set(source, before + 1);
    return before + 1;
  });
}

function keyOf({ source, verdict }: Delivery): string {
  return JSON.stringify([source, verdict.deliveryId, verdict.event]);
}

function rowOf({ clock }: WebhookDependencies, delivery: Delivery, deliveryNumber: number | null) {
  const { source, verdict, headers, payload } = delivery;
  return {
    source,
    stream: verdict.event,
    scopeExternalId: deliveryScope,
    externalId: verdict.deliveryId,
    contentHash: hash('sha256', payload, 'base64'),
    payload,
    fetchedAt: clock.now(),
    headers: JSON.stringify(headers),
    signature: verdict.signature,
    deliveryNumber,
  };
}

function distinct(deliveries: readonly Delivery[]): WebhookHint[] {
  const hints = deliveries.flatMap((delivery) => delivery.hints);
  return [...new Map(hints.map((hint) => [JSON.stringify(hint), hint])).values()];
}

const statusOf: Readonly<Record<NonNullable<ReceivedWebhook['reason']>, 400 | 401 | 404 | 413>> = {
  unknown_source: 404,
  not_configured: 404,
  too_large: 413,
  malformed: 400,
  unsigned: 401,
  wrong_signature: 401,
  stale: 401,
};

/** What has no form in JSON is nothing. */
function keptText(kept: unknown): string {
  return kept === undefined ? withheld : JSON.stringify(kept);
}

function answered(answer: WebhookAnswer): ReceivedWebhook {
  return { outcome: 'answered', reason: null, status: 200, event: null, hints: 0, answer };
}

function refused(
  reason: NonNullable<ReceivedWebhook['reason']>,
  problem?: string,
): ReceivedWebhook {
  const told = problem === undefined ? {} : { problem };
  return { outcome: 'refused', reason, ...told, status: statusOf[reason], event: null, hints: 0 };
}

function readText(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return parseOutsideJson(text);
  } catch {
    return undefined;
  }
}
