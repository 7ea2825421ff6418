import type { ActionDetail } from '@adjutant/core';

/** Whether a decision at a terminal is enough to approve. */
export function terminalSuffices({ assurance }: Pick<ActionDetail, 'assurance'>): boolean {
  return assurance === 'cooperative';
}

/** Whether this is high risk in the canned demo workspace, where alone a terminal is enough for it. */
export function isDemoException({
  assurance,
  mode,
}: Pick<ActionDetail, 'assurance' | 'mode'>): boolean {
  return assurance === 'cooperative' && mode === 'require_approval';
}
