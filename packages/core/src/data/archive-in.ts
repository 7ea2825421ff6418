import type { ArchiveSink } from '../archive/archive-sink.ts';
import { folderArchive } from '../archive/folder-archive.ts';
import { parseStoreUrl } from '../store/store-url.ts';

/** Where archives go: as told, otherwise a folder beside the file of the store; null where there is no such file. */
export function archiveIn(
  told: ArchiveSink | false | undefined,
  store: string,
  baseDirectory: string | undefined,
): { sink: ArchiveSink | null; withoutArchive: boolean } {
  if (told === false) return { sink: null, withoutArchive: true };
  if (told !== undefined) return { sink: told, withoutArchive: false };
  const location = parseStoreUrl(store, baseDirectory ?? process.cwd());
  const sink = location.kind === 'file' ? folderArchive(`${location.path}.archive`) : null;
  return { sink, withoutArchive: false };
}
