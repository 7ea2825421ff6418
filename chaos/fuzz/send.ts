import diagnostics from 'node:diagnostics_channel';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { attempts, senders } from './attempts.ts';
import { now } from './sender.ts';

/** What came of the requests to one receiver. */
export interface Tally {
  sent: number;
  genuine: number;
  kept: number;
  duplicates: number;
  answered: number;
  /** Taken although their signature was not the one of their bytes: there must be none. */
  forgedTaken: number;
  /** Genuine and refused for what a genuine one is not refused for: there must be none. */
  genuineLost: number;
}

export interface Sent {
  of: ReadonlyMap<string, Tally>;
  /** Deliveries that the store holds. */
  inStore: number;
  /** What threw, shrunk to its smallest form; null where nothing did. */
  thrown: string | null;
  /** Connections that were opened meanwhile: there must be none. */
  connections: number;
}

/** Sends so many requests, the same for a seed, and returns what became of them. */
export async function sendAll(options: {
  store: string;
  runs: number;
  seed: number;
  onSent?: (count: number) => void;
}): Promise<Sent> {
  const { store, runs, seed, onSent } = options;
  const adjutant = await createAdjutant({
    store,
    connectors: senders.map(({ connector }) => connector),
    clock: createFakeClock(now),
  });
  let connections = 0;
  const count = (): void => {
    connections += 1;
  };
  diagnostics.subscribe('net.client.socket', count);
  try {
    const inbox = adjutant.webhooks();
    const of = new Map(senders.map(({ source }) => [source, emptyTally()]));
    let sent = 0;
    const property = fc.asyncProperty(attempts(), async ({ sender, request, worth }) => {
      const { outcome, reason } = await inbox.receive(sender.source, request);
      const tally = of.get(sender.source) ?? emptyTally();
      tally.sent += 1;
      if (worth === 'genuine') tally.genuine += 1;
      if (outcome === 'stored') tally.kept += 1;
      if (outcome === 'duplicate') tally.duplicates += 1;
      if (outcome === 'answered') tally.answered += 1;
      if (outcome !== 'refused' && worth === 'worthless') tally.forgedTaken += 1;
      const isRightlyRefused = reason !== null && sender.mayRefuse.includes(reason);
      if (outcome === 'refused' && worth === 'genuine' && !isRightlyRefused) tally.genuineLost += 1;
      sent += 1;
      onSent?.(sent);
    });
    const checked = await fc.check(property, { numRuns: runs, seed, endOnFailure: true });
    const thrown = checked.failed ? (fc.defaultReportMessage(checked) ?? 'It failed.') : null;
    let inStore = 0;
    for await (const line of adjutant.exportWorkspace()) {
      if (line.includes('"@deliveries"')) inStore += 1;
    }
    return { of, inStore, thrown, connections };
  } finally {
    diagnostics.unsubscribe('net.client.socket', count);
    await adjutant.close();
  }
}

function emptyTally(): Tally {
  return {
    sent: 0,
    genuine: 0,
    kept: 0,
    duplicates: 0,
    answered: 0,
    forgedTaken: 0,
    genuineLost: 0,
  };
}
