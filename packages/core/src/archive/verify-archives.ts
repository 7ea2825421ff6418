import type { ArchiveSummary, ArchiveVerification } from '../data/outcomes.ts';
import { AdjutantError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { readArchiveFile } from './archive-rows.ts';
import type { ArchiveSink } from './archive-sink.ts';
import { type Manifest, manifestName, objectName, readManifest, sha256 } from './manifest.ts';
import { listStored, readTold, type ToldArchive } from './told-archives.ts';

export interface ArchiveDeps {
  store: Store;
  workspaceId: string;
  sink: ArchiveSink;
}

/** Returns the manifest of an archive; null where it has none, so that it is none. */
export async function findManifest(
  { sink, workspaceId }: Pick<ArchiveDeps, 'sink' | 'workspaceId'>,
  archiveId: string,
): Promise<{ manifest: Manifest; hash: string } | null> {
  const bytes = await sink.get(objectName(workspaceId, archiveId, manifestName));
  if (bytes === null) return null;
  const manifest = readManifest(bytes);
  if (manifest.archiveId !== archiveId || manifest.workspaceId !== workspaceId) {
    throw new AdjutantError('InvalidInput', `The manifest of ${archiveId} is of another archive.`);
  }
  return { manifest, hash: sha256(bytes) };
}

/** Returns every archive there is or should be, the oldest rows first. */
export async function listArchives(deps: ArchiveDeps): Promise<ArchiveSummary[]> {
  const { store, workspaceId, sink } = deps;
  const told = await readTold(store.read, workspaceId);
  const stored = await listStored(sink, workspaceId);
  const summaries: ArchiveSummary[] = [];
  for (const archiveId of new Set([...stored.keys(), ...told.keys()])) {
    const known = told.get(archiveId);
    const found = await findManifest(deps, archiveId).catch(() => null);
    const state = stateOf(known, stored.has(archiveId));
    if (state === null) continue;
    const { class: id = null, rows = null, from = null, to = null } = found?.manifest ?? {};
    const archivedAt = known?.archivedAt ?? null;
    summaries.push({ archiveId, state, class: id, rows, from, to, archivedAt });
  }
  return summaries.toSorted(
    (a, b) => (a.from ?? 0) - (b.from ?? 0) || (a.archiveId < b.archiveId ? -1 : 1),
  );
}

/** Null for one that is rightly not there: never finished, or restored and swept away since. */
function stateOf(known: ToldArchive | undefined, isThere: boolean): ArchiveSummary['state'] | null {
  if (known === undefined) return isThere ? 'foreign' : null;
  if (known.state === 'begun') return isThere ? 'left_over' : null;
  if (known.state === 'restored') return isThere ? 'restored' : null;
  return isThere ? 'stands' : 'missing';
}

/** Checks every archive that the ledger tells of: its manifest against the ledger, its files against the manifest. */
export async function verifyArchives(deps: ArchiveDeps): Promise<ArchiveVerification> {
  const result: ArchiveVerification = {
    isIntact: true,
    archives: 0,
    files: 0,
    rows: 0,
    problems: [],
  };
  const told = await readTold(deps.store.read, deps.workspaceId);
  for (const known of told.values()) {
    if (known.state !== 'stands') continue;
    result.archives += 1;
    for await (const problem of problemsOf(deps, known, result)) {
      result.problems.push({ archiveId: known.archiveId, problem });
    }
  }
  return { ...result, isIntact: result.problems.length === 0 };
}

async function* problemsOf(
  deps: ArchiveDeps,
  { archiveId, manifestSha256 }: ToldArchive,
  counts: { files: number; rows: number },
): AsyncGenerator<string> {
  const found = await findManifest(deps, archiveId).catch((error: unknown) => textOf(error));
  if (typeof found === 'string') {
    yield found;
    return;
  }
  if (found === null) {
    yield 'Its manifest is missing.';
    return;
  }
  if (found.hash !== manifestSha256) yield 'Its manifest is not the one that the ledger tells of.';
  let rows = 0;
  for (const file of found.manifest.files) {
    const read = await readArchiveFile(deps.sink, found.manifest, file).catch((error: unknown) =>
      textOf(error),
    );
    if (typeof read === 'string') yield read;
    else rows += read.rows.length;
    counts.files += 1;
  }
  counts.rows += rows;
}

function textOf(error: unknown): string {
  if (AdjutantError.isInstance(error)) return error.message;
  throw error;
}
