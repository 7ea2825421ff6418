import type { ActionDetail } from '../actions/handle.ts';
import type { Clock } from '../clock.ts';
import type { ActionEventName } from '../events/action-events.ts';
import type { LocalEventBus } from '../events/create-event-bus.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { followCard } from './follow-card.ts';

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
  /** Returns an action as its row stands. */
  readAction(workspaceId: string, actionId: string): Promise<ActionDetail>;
}

/**
 * Follows what happens with actions and keeps a card of each that waits for a person's presence: one
 * for each revision, posted once, and drawn anew from the row. What fails comes again with its event.
 */
export function keepCards(options: CardKeeperOptions): void {
  const { connectors, bus } = options;
  const able = connectors.filter(
    ({ definition, config }) => definition.approvalCards?.isWanted(config) === true,
  );
  if (able.length === 0) return;
  const shown = new Map<string, string>();
  const turns = new Map<string, Promise<void>>();
  /** One after another for each action: two at once would both find that nothing is posted yet. */
  const inTurn = async (key: string, work: () => Promise<void>): Promise<void> => {
    const before = turns.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    turns.set(key, mine);
    try {
      await mine;
    } finally {
      if (turns.get(key) === mine) turns.delete(key);
    }
  };
  for (const name of watched) {
    bus.on(name, async ({ workspaceId, subjectId: actionId }, signal) => {
      for (const connector of able) {
        const key = JSON.stringify([workspaceId, connector.definition.id, actionId]);
        await inTurn(key, () =>
          followCard({ ...options, connector, shown, signal }, workspaceId, actionId),
        );
      }
    });
  }
}
