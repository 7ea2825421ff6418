import { createHash } from 'node:crypto';
import type { Capability } from './capabilities.ts';

/**
 * Returns what names exactly this much trust in exactly this file. A script gives it back, so that it
 * trusts what a person has read and nothing that came later.
 */
export function trustDigest(path: string, capabilities: readonly Capability[]): string {
  const points = capabilities.map(({ kind, what, to }) => JSON.stringify([kind, what, to ?? null]));
  const text = JSON.stringify([path, points.toSorted()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
