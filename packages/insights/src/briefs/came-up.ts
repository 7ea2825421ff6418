import type { SignalFinding } from '@adjutant/core/domain';

/**
 * Returns when a finding came up: when a rule first found it. What the very first pass of all found
 * was there before anybody looked, so there it is when its cause began.
 */
export function cameUpAmong(
  findings: readonly Pick<SignalFinding, 'openedAt'>[],
): (finding: Pick<SignalFinding, 'openedAt' | 'since'>) => number {
  const firstPassAt = Math.min(...findings.map(({ openedAt }) => openedAt));
  return ({ openedAt, since }) => (openedAt === firstPassAt ? since : openedAt);
}
