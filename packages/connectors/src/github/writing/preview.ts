import type { PreviewFact } from '@adjutant/core';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { GithubAccess } from './access.ts';
import { neutralText } from '../../writing/neutral-text.ts';

/** Returns a warning where it could not be carried out even if approved. */
export async function credentialFacts(
  access: Pick<GithubAccess, 'writeTrouble'>,
): Promise<PreviewFact[]> {
  const trouble = await access.writeTrouble();
  return trouble === null ? [] : [warning('Write credential', neutralText(trouble, 300))];
}

/** Returns who can read what leaves: unknown counts as everybody. */
export function audienceFact({ isPublic }: { isPublic: boolean | null }): PreviewFact {
  if (isPublic === false) return plain('Readable by', 'those who may read the repository');
  return warning('Readable by', isPublic ? 'everybody' : 'unknown, so possibly everybody');
}
