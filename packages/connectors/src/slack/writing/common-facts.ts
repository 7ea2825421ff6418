import type { PreviewFact } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { SlackAccess } from './access.ts';

/** Returns what every message of ours has in common. */
export async function commonFacts(access: SlackAccess): Promise<PreviewFact[]> {
  const trouble = await access.writeTrouble();
  return [
    plain('Adds', 'a mark that people do not see, by which the message is found again'),
    ...(trouble === null ? [] : [warning('Write credential', neutralText(trouble, 300))]),
  ];
}
