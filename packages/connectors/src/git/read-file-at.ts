import type { GitRepository } from './open-repository.ts';

/** What became of reading a file of a commit. In a partial clone it may not be here, and nothing is fetched. */
export type FileReading =
  | { state: 'read'; path: string; blob: string; content: Buffer }
  | { state: 'absent' }
  | { state: 'unreadable' };

/** An older git tries to fetch what is missing; kept from it, it ends with 128 or by a broken pipe. */
const missingObject = [0, 128, -1];

/** Reads the first of some files that the commit has. A symbolic link is not followed, as git does not follow it. */
export async function readFileAt(
  repository: GitRepository,
  commit: string,
  paths: readonly string[],
): Promise<FileReading> {
  const listed = await repository.run({
    arguments: ['ls-tree', '-z', '--full-tree', commit, ...paths],
    acceptedExitCodes: missingObject,
  });
  if (listed.exitCode !== 0) return { state: 'unreadable' };
  const blobs = new Map<string, string>();
  for (const entry of listed.output.toString('latin1').split('\0')) {
    const [, blob, path] = /^100\d{3} blob ([0-9a-f]{40,64})\t(.+)$/s.exec(entry) ?? [];
    if (blob !== undefined && path !== undefined) blobs.set(path, blob);
  }
  const path = paths.find((candidate) => blobs.has(candidate));
  const blob = blobs.get(path ?? '');
  if (path === undefined || blob === undefined) return { state: 'absent' };
  const content = await repository.run({
    arguments: ['cat-file', 'blob', blob],
    acceptedExitCodes: missingObject,
  });
  if (content.exitCode !== 0) return { state: 'unreadable' };
  return { state: 'read', path, blob, content: content.output };
}
