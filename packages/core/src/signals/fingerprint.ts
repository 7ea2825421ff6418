import { createHash } from 'node:crypto';

/** Returns what a finding is known by for as long as its rule and its subject are the same. */
export function fingerprintOf(ruleId: string, subjectKind: string, subjectId: string): string {
  return createHash('sha256')
    .update([ruleId, subjectKind, subjectId].join('\n'))
    .digest('hex')
    .slice(0, 32);
}
