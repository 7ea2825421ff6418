import type { PreviewFact } from '@adjutant/core';
import { plain, warning } from '../../writing/preview-facts.ts';

/** Returns who can read what leaves: unknown counts as everybody. */
export function audienceFact({ isPublic }: { isPublic: boolean | null }): PreviewFact {
  if (isPublic === false) return plain('Readable by', 'those who may read the repository');
  return warning('Readable by', isPublic ? 'everybody' : 'unknown, so possibly everybody');
}
