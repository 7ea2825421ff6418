import type { TreeEntry } from '../../documents/plan-documents.ts';
import type { GitRepository } from '../open-repository.ts';

/** An older git tries to fetch what is missing; kept from it, it ends with 128 or by a broken pipe. */
const missingObject = [0, 128, -1];
const mostEntries = 500_000;

/** Returns the tree of a commit; null where the clone lacks it. */
export async function treeOf(repository: GitRepository, commit: string): Promise<string | null> {
  const { exitCode, output } = await repository.run({
    arguments: ['rev-parse', '--quiet', '--verify', '--end-of-options', `${commit}^{tree}`],
    acceptedExitCodes: [...missingObject, 1],
  });
  return exitCode === 0 ? output.toString('latin1').trim() : null;
}

/** Returns all files of a tree, out of the object store; null where the clone lacks some of it. */
export async function listTree(
  repository: GitRepository,
  tree: string,
): Promise<TreeEntry[] | null> {
  const entries: TreeEntry[] = [];
  let rest = Buffer.alloc(0);
  const stream = repository.stream({
    arguments: ['ls-tree', '-r', '-z', '--full-tree', tree],
    acceptedExitCodes: missingObject,
  });
  for (;;) {
    const { done, value } = await stream.next();
    if (done) return value === 0 ? entries : null;
    rest = Buffer.concat([rest, value]);
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      const entry = toEntry(rest.subarray(0, end).toString('utf8'));
      if (entry !== null && entries.length < mostEntries) entries.push(entry);
      rest = rest.subarray(end + 1);
    }
  }
}

const kinds: Record<string, TreeEntry['kind']> = { '120000': 'link', '160000': 'submodule' };

function toEntry(line: string): TreeEntry | null {
  const [, mode = '', blob = '', path = ''] =
    /^(\d{6}) (?:blob|commit) ([0-9a-f]{40,64})\t([\s\S]+)$/.exec(line) ?? [];
  return path === '' ? null : { path, kind: kinds[mode] ?? 'file', blob, byteCount: null };
}
