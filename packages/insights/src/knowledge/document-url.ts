import type { AnswerCandidate } from '@adjutant/core';

/** Returns where lines of a document can be read in that version; null where the host is not known to show them. */
export function documentUrl(
  { repository, commitSha, path }: Pick<AnswerCandidate, 'repository' | 'commitSha' | 'path'>,
  { from, to }: { from: number; to: number },
): string | null {
  const base = repository.url?.replace(/\.git$/, '').replace(/\/$/, '') ?? '';
  if (!/^https?:\/\/[^\s]+$/.test(base)) return null;
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return `${base}/blob/${encodeURIComponent(commitSha)}/${escaped}#L${from}-L${to}`;
}
