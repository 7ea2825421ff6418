import { sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { requireLead } from '../require-lead.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { deliveryScope } from './deliveries.ts';
import { bodyOfDelivery } from './kept-bodies.ts';
import { writeHints } from './webhook-hints.ts';
import type { WebhookHint } from './webhook-receiver.ts';
import type { ReplayedDeliveries, DeliveryReplayQuery } from './webhooks.ts';

const deliveriesPerRead = 500;

interface ReplayContext {
  store: Store;
  workspaceId: string;
  connectors: readonly ConfiguredConnector[];
  clock: Clock;
}

/**
 * Remembers again what kept deliveries hint at, as if they had just come in. What was read before is
 * read again, which changes nothing that is still so.
 * @throws AdjutantError `Permission`
 */
export async function replayDeliveries(
  context: ReplayContext,
  viewer: Viewer,
  query: DeliveryReplayQuery,
): Promise<ReplayedDeliveries> {
  requireLead(viewer, 'has webhooks looked at again');
  const { store, workspaceId, connectors, clock } = context;
  const replayed: ReplayedDeliveries = { deliveries: 0, hints: 0 };
  const hintsBySource = new Map<string, Map<string, WebhookHint>>();
  for (const { definition } of connectors) {
    const { id: source, webhooks: receiver } = definition;
    if (receiver === undefined || (query.source ?? source) !== source) continue;
    const found = new Map<string, WebhookHint>();
    for await (const [, event, payload] of deliveriesOf(context, source, query)) {
      replayed.deliveries += 1;
      for (const hint of receiver.hints(event, JSON.parse(payload))) {
        found.set(JSON.stringify(hint), hint);
      }
    }
    hintsBySource.set(source, found);
    replayed.hints += found.size;
  }
  await store.transaction(async (transaction) => {
    for (const [source, hints] of hintsBySource) {
      await writeHints(transaction, workspaceId, source, [...hints.values()]);
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: 'webhooks.replayed',
      subject: query.source ?? 'all',
      detail: { ...replayed },
    });
  });
  return replayed;
}

type DeliveryRow = [id: string, event: string, payload: string];

/** A few at a time: there may be many, and their payloads are long. */
async function* deliveriesOf(
  { store, workspaceId }: ReplayContext,
  source: string,
  { since = 0, until = Number.MAX_SAFE_INTEGER }: DeliveryReplayQuery,
): AsyncIterable<DeliveryRow> {
  let last = '';
  for (;;) {
    const page = await queryTuples<DeliveryRow>(
      store.read,
      sql`select external_id || ' ' || stream, stream, ${bodyOfDelivery} from raw_records
        where workspace_id = ${workspaceId} and source = ${source}
          and scope_external_id = ${deliveryScope} and fetched_at >= ${since}
          and fetched_at < ${until} and external_id || ' ' || stream > ${last}
        order by 1 limit ${deliveriesPerRead}`,
    );
    yield* page;
    const [end] = page.at(-1) ?? [];
    if (end === undefined || page.length < deliveriesPerRead) return;
    last = end;
    await yieldToEventLoop();
  }
}
