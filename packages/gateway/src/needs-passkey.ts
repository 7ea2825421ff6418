import type { ActionDetail } from '@adjutant/core';

/** Returns whether an approval of this action takes a passkey. */
export function needsPasskey({ assurance }: Pick<ActionDetail, 'assurance'>): boolean {
  return assurance !== 'cooperative';
}
