import { documentsInOneBatch } from '../../documents/document-payload.ts';
import type { TreeEntry } from '../../documents/plan-documents.ts';
import { longestDocumentBytes } from '../../documents/read-document-text.ts';
import type { GitRepository } from '../open-repository.ts';

/** A file of the tree with its bytes; null where the clone lacks them. */
export interface ReadBlob extends Pick<TreeEntry, 'path' | 'blob'> {
  content: Buffer | null;
}

/** Bytes that git is asked for at once. */
const mostBytesAtOnce = 8 * 1024 * 1024;

/** Yields the content of files in groups, out of the object store. Sizes are asked for first: nothing huge is read. */
export async function* readBlobs(
  repository: GitRepository,
  entries: readonly TreeEntry[],
): AsyncGenerator<ReadBlob[]> {
  for (let start = 0; start < entries.length; start += documentsInOneBatch) {
    const group = entries.slice(start, start + documentsInOneBatch);
    const sizes = await sizesOf(repository, group);
    let part: TreeEntry[] = [];
    let bytes = 0;
    for (const entry of group) {
      const size = sizes.get(entry.blob) ?? 0;
      if (bytes + size > mostBytesAtOnce && part.length > 0) {
        yield await contentsOf(repository, part, sizes);
        part = [];
        bytes = 0;
      }
      part.push(entry);
      bytes += size > longestDocumentBytes ? 0 : size;
    }
    yield await contentsOf(repository, part, sizes);
  }
}

async function sizesOf(
  repository: GitRepository,
  entries: readonly TreeEntry[],
): Promise<Map<string, number>> {
  const { output } = await repository.run({
    arguments: ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'],
    input: inputOf(entries),
    acceptedExitCodes: [0, 128, -1],
  });
  const sizes = new Map<string, number>();
  for (const line of output.toString('latin1').split('\n')) {
    const [, blob, size] = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(line) ?? [];
    if (blob !== undefined) sizes.set(blob, Number(size));
  }
  return sizes;
}

async function contentsOf(
  repository: GitRepository,
  entries: readonly TreeEntry[],
  sizes: ReadonlyMap<string, number>,
): Promise<ReadBlob[]> {
  const readable = entries.filter(
    ({ blob }) => (sizes.get(blob) ?? Infinity) <= longestDocumentBytes,
  );
  const contents = await batchOf(repository, readable);
  return entries.map(({ path, blob }) => ({
    path,
    blob,
    content: contents.get(blob) ?? tooLong(sizes.get(blob)),
  }));
}

/** Stands for what is longer than is read: its length is all that is looked at. */
function tooLong(size: number | undefined): Buffer | null {
  return size !== undefined && size > longestDocumentBytes
    ? Buffer.alloc(longestDocumentBytes + 1)
    : null;
}

async function batchOf(
  repository: GitRepository,
  entries: readonly TreeEntry[],
): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (entries.length === 0) return contents;
  const { output } = await repository.run({
    arguments: ['cat-file', '--batch=%(objectname) %(objecttype) %(objectsize)'],
    input: inputOf(entries),
    acceptedExitCodes: [0, 128, -1],
  });
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0x0a, at);
    if (end === -1) break;
    const [, blob, size] =
      /^([0-9a-f]{40,64}) blob (\d+)$/.exec(output.subarray(at, end).toString('latin1')) ?? [];
    at = end + 1;
    if (blob === undefined) continue;
    contents.set(blob, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

function inputOf(entries: readonly TreeEntry[]): string {
  return entries.map(({ blob }) => `${blob}\n`).join('');
}
