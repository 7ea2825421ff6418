import type { PreviewFact } from '@adjutant/core';
import type { GithubAccess } from './access.ts';
import { neutralText } from './neutral-text.ts';

/** Returns a warning where it could not be carried out even if approved. */
export async function credentialFacts(
  access: Pick<GithubAccess, 'writeTrouble'>,
): Promise<PreviewFact[]> {
  const trouble = await access.writeTrouble();
  return trouble === null ? [] : [warning('Write credential', neutralText(trouble, 300))];
}

export function plain(label: string, value: string): PreviewFact {
  return { label, value, tone: 'plain' };
}

export function warning(label: string, value: string): PreviewFact {
  return { label, value, tone: 'warning' };
}

/** Returns who can read what leaves: unknown counts as everybody. */
export function audienceFact({ isPublic }: { isPublic: boolean | null }): PreviewFact {
  if (isPublic === false) return plain('Readable by', 'those who may read the repository');
  return warning('Readable by', isPublic ? 'everybody' : 'unknown, so possibly everybody');
}
