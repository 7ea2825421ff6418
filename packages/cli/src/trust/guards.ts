import type { Config } from '../config/config-schema.ts';
import type { Capability } from './capabilities.ts';

/**
 * Returns what in a configuration raises a risk, keeps a trace or keeps rows. Each does harm by being
 * taken away, so a trusted one that is gone is asked about.
 */
export function guardsOf({ connectors, checkpoints, retention }: Config): Capability[] {
  const guard = (what: string): Capability => ({ kind: 'guard', what });
  return [
    ...(connectors.github?.commandWords ?? []).map((word) =>
      guard(`GitHub: a comment with the word ${word} is of higher risk`),
    ),
    ...(checkpoints === undefined ? [] : [guard('checkpoints of the ledger are kept')]),
    // Without it the usual time holds, which may be shorter.
    ...Object.entries(retention ?? {}).map(([name, days]) =>
      guard(`${name} are kept ${days === null ? 'for ever' : `for ${days} days`}`),
    ),
  ];
}
