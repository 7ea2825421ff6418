import type { PreviewFact } from '@adjutant/core';
import type { GithubAccess } from './access.ts';

/** Returns a warning where it could not be carried out even if approved. */
export function credentialFacts({ canWrite }: Pick<GithubAccess, 'canWrite'>): PreviewFact[] {
  if (canWrite) return [];
  const value = 'none: set GITHUB_WRITE_TOKEN first, or it will be refused when it is carried out';
  return [{ label: 'Write credential', value, tone: 'warning' }];
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
