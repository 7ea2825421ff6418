import type { ActionSummary } from '@adjutant/core';
import { plainText } from '@adjutant/insights';

/** Returns who proposed an action, by name. */
export function whoWords({
  requester,
  sponsorName,
}: Pick<ActionSummary, 'requester' | 'sponsorName'>): string {
  const agent = /^agent:(.+) for person:(.+)$/s.exec(requester);
  const [, assistant = '', sponsorId = ''] = agent ?? [];
  if (agent !== null) {
    return `the assistant "${plainText(assistant, 80)}" for ${plainText(sponsorName ?? sponsorId, 80)}`;
  }
  if (requester.startsWith('person:')) {
    return plainText(sponsorName ?? requester.slice('person:'.length), 80);
  }
  return plainText(requester, 120);
}
