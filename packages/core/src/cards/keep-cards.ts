import type { ActionDetail } from '../actions/handle.ts';
import type { Clock } from '../clock.ts';
import type { ActionEventName } from '../events/action-events.ts';
import type { LocalEventBus } from '../events/create-event-bus.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { followCard, type ShownCard } from './follow-card.ts';

/** After which of them a card may show something else. */
const watched = [
  'action.pending',
  'action.escalated',
  'action.modified',
  'action.decided',
  'action.approved',
  'action.blocked',
  'action.declined',
  'action.expired',
  'action.revoked',
  'action.claimed',
  'action.requeued',
  'action.unknown',
  'action.executed',
  'action.failed',
  'action.needs_human',
  'action.resolved',
] as const satisfies readonly ActionEventName[];

export interface CardKeeperOptions {
  store: Store;
  clock: Clock;
  logger: Logger;
  fetch: typeof fetch;
  connectors: readonly ConfiguredConnector[];
  bus: LocalEventBus;
  jobs: JobRunner;
  /** Returns an action as its row stands. */
  readAction(workspaceId: string, actionId: string): Promise<ActionDetail>;
}

/** While a source is away or wants to be left alone: with the default backoff, for about three days. */
const mostAttempts = 300;

/**
 * Follows what happens with actions and keeps a card of each that waits for a person's presence: one
 * for each revision, posted once, and drawn anew from the row. An event only asks for it: what talks
 * to the source is a job of its own, so that nothing else waits for a source that is away.
 */
export function keepCards(options: CardKeeperOptions): void {
  const { connectors, bus, jobs, store } = options;
  const able = connectors.filter(
    ({ definition, config }) => definition.approvalCards?.isWanted(config) === true,
  );
  if (able.length === 0) return;
  const shown = new Map<string, ShownCard>();
  const inTurn = createTurns();
  for (const connector of able) {
    const kind = `cards.${connector.definition.id}`;
    jobs.handle(kind, ({ workspaceId, subjectId: actionId, signal }) =>
      // In this process one after another for each action; two processes agree by the ledger.
      inTurn(JSON.stringify([kind, workspaceId, actionId]), () =>
        followCard({ ...options, connector, shown, signal }, workspaceId, actionId),
      ),
    );
    for (const name of watched) {
      bus.on(name, async ({ workspaceId, subjectId }) => {
        await store.transaction((transaction) =>
          jobs.enqueue(transaction, {
            workspaceId,
            kind,
            subjectId,
            dedupeKey: `${kind}:${subjectId}`,
            maxAttempts: mostAttempts,
          }),
        );
      });
    }
  }
}

type Turns = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** Returns what does works of the same name one after another. */
function createTurns(): Turns {
  const turns = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = turns.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    turns.set(key, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(key) === mine) turns.delete(key);
    }
  };
}
