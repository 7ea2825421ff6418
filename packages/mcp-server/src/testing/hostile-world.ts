import { createAdjutant } from '@adjutant/core';
import {
  createFakeClock,
  createRowsConnector,
  createTestAction,
  createTestTarget,
} from '@adjutant/core/testing';
import { knowledgeMethod, shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { orderIn } from './hostile-orders.ts';
import { documentText, hostileNow, hostileRows } from './hostile-rows.ts';

/** What is carried out at the target: of every tier, and one that nobody has heard of. */
const carriedOut = {
  'outside.send': 'medium',
  'pr.label': 'low',
  'pr.comment': 'medium',
  'pr.comment.summary': 'medium',
  'issue.comment': 'medium',
  'message.post': 'medium',
  nudge: 'medium',
  'pr.merge': 'high',
  'issue.transition': 'high',
  'incident.page': 'high',
} as const;

/** Returns a workspace in which every text from outside gives an order, and what happened outside. */
export async function createHostileWorld(policy?: { file: string }) {
  const clock = createFakeClock(hostileNow);
  const target = createTestTarget();
  // Nothing but who asks keeps these from running by themselves.
  const conditions = { channel_public: false, channel_members: 1, contains_command: false };
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    signals: shippedRules,
    knowledge: knowledgeMethod,
    // As a host that signs its people in, so that one may approve what takes presence.
    approvals: { hostSession: { verify: async () => ({}), recheck: async () => true } },
    ...(policy === undefined ? {} : { policy }),
    actions: Object.entries(carriedOut).map(([id, risk]) =>
      createTestAction({ target, id, risk, compensates: true, preparation: { conditions } }),
    ),
    connectors: [
      createRowsConnector({
        id: 'github',
        showsReviews: true,
        claimsCommits: true,
        scope: { externalId: 'acme/widgets', name: orderIn('scope-name'), detail: {} },
        records: () => ({ all: hostileRows() }),
        texts: () => [documentText],
      }),
    ],
  });
  const { streams } = await adjutant.sync();
  const failed = streams.find(({ error }) => error !== null);
  if (failed !== undefined) throw new Error(`the sync failed: ${failed.outcome}`);
  const owner = adjutant.workspace().as(await adjutant.owner());
  // A group of the source becomes a team once a person says so, under the name that it has there.
  for (const { id, kind } of await owner.teamProposals.list()) {
    if (kind === 'team') await owner.teamProposals.accept(id);
  }
  return { adjutant, clock, target, owner };
}
