import { createHash } from 'node:crypto';
import type { Adjutant, AdjutantOptions, DecisionProof } from '@adjutant/core';
import { createAdjutantWithCrashPoints } from '@adjutant/core/testing';
import { chaosActions } from './definitions.ts';
import { killAt } from './kill-at.ts';
import { attemptTimeoutMs, leaseMs, quietPeriodMs } from './scenario.ts';

/** A host that signs its people in itself: what stands for presence where there is no browser. */
const secret = 'of the host, in this run';
const vouchedFor = (actionId: string, payloadHash: string): string =>
  createHash('sha256').update(`${secret}\n${actionId}\n${payloadHash}`).digest('hex');

const approvals: NonNullable<AdjutantOptions['approvals']> = {
  hostSession: {
    verify: async ({ actionId, payloadHash, proof }) =>
      proof.subject === 'owner' ? { word: vouchedFor(actionId, payloadHash) } : null,
    recheck: async ({ actionId, payloadHash }, evidence) =>
      evidence['word'] === vouchedFor(actionId, payloadHash),
  },
};

/** What the owner proves a decision with: presence. */
export const proof: DecisionProof = { kind: 'host_session', subject: 'owner', method: 'test' };

/**
 * Opens the product as a host does: default policy, granted rights, proofs that are checked again,
 * its own jobs and worker. Only times are short, so that kills are noticed within a run, and it kills
 * itself at the nth time that it comes to a point.
 */
export function openChaosAdjutant(
  words: readonly string[],
  more: Pick<AdjutantOptions, 'connectors'> = {},
): Promise<Adjutant> {
  const [path = '', url = '', point = 'none', nth = '1'] = words;
  return createAdjutantWithCrashPoints(
    { store: path, actions: chaosActions(url), approvals, ...more },
    () => undefined,
    {
      reach: killAt(point, Number(nth)),
      timing: { leaseMs, attemptTimeoutMs, quietPeriodMs, backoffMs: 50, longestBackoffMs: 500 },
    },
  );
}
