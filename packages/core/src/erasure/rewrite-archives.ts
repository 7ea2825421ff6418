import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { readArchiveFile, type TableRows, writeArchive } from '../archive/archive-rows.ts';
import type { ArchiveSink } from '../archive/archive-sink.ts';
import { manifestName, objectName } from '../archive/manifest.ts';
import {
  archiveSubject,
  listStored,
  readTold,
  removeArchive,
  rewrittenEvent,
  type ToldArchive,
} from '../archive/told-archives.ts';
import { findManifest } from '../archive/verify-archives.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Eraser } from './eraser.ts';
import { eraseValues } from './rewrite-rows.ts';
import { isNaming } from './rewritten-tables.ts';

export interface RewritingDeps {
  store: Store;
  workspaceId: string;
  clock: Clock;
  actor: string;
  sink: ArchiveSink;
}

/**
 * Writes every archive anew that holds something of these people, and returns how many those are. What is
 * no archive any more is removed. A second call finishes what was cut off.
 */
export async function rewriteArchives(
  deps: RewritingDeps,
  personIds: readonly string[],
  eraser: Eraser,
): Promise<number> {
  const { store, workspaceId, sink } = deps;
  const told = await readTold(store.read, workspaceId);
  let rewritten = 0;
  for (const [archiveId, names] of await listStored(sink, workspaceId)) {
    const known = told.get(archiveId);
    if (known === undefined) continue;
    if (known.state !== 'stands') await removeArchive(sink, workspaceId, archiveId, names);
    else if (await rewrite(deps, known, names, personIds, eraser)) rewritten += 1;
  }
  return rewritten;
}

async function rewrite(
  deps: RewritingDeps,
  { archiveId, manifestSha256: toldHash }: ToldArchive,
  names: readonly string[],
  personIds: readonly string[],
  eraser: Eraser,
): Promise<boolean> {
  const { sink, workspaceId } = deps;
  const found = await findManifest(deps, archiveId);
  if (found === null) return false;
  const { manifest } = found;
  const before: TableRows[] = [];
  for (const file of manifest.files) before.push(await readArchiveFile(sink, manifest, file));
  const after = withoutReports(before, personIds).map((part) => erased(part, eraser));
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  let hash = found.hash;
  if (isChanged) {
    const { files: _, rows: __, format: ___, formatVersion: ____, ...head } = manifest;
    const written = await writeArchive(sink, { ...head, rewrites: manifest.rewrites + 1 }, after);
    hash = written.manifestHash;
  }
  // One that was written anew and never told of was cut off right here.
  if (hash !== toldHash) await tell(deps, archiveId, manifest.class, hash);
  const kept = new Set(
    ((await findManifest(deps, archiveId))?.manifest.files ?? []).map(({ name }) => name),
  );
  for (const name of names) {
    const isManifest = name === objectName(workspaceId, archiveId, manifestName);
    if (!isManifest && !kept.has(name.split('/').at(-1) ?? '')) await sink.remove(name);
  }
  return isChanged || hash !== toldHash;
}

/** What somebody said goes as a whole. */
function withoutReports(parts: readonly TableRows[], personIds: readonly string[]): TableRows[] {
  const people = new Set(personIds);
  const gone = new Set<unknown>();
  for (const { table, columns, rows } of parts) {
    if (table !== 'progress_reports') continue;
    const [author, id] = [columns.indexOf('author_person_id'), columns.indexOf('id')];
    for (const row of rows) if (people.has(String(row[author]))) gone.add(row[id]);
  }
  return parts.map((part) => {
    const key = { progress_reports: 'id', progress_report_revisions: 'report_id' }[part.table];
    const at = key === undefined ? -1 : part.columns.indexOf(key);
    return at < 0 ? part : { ...part, rows: part.rows.filter((row) => !gone.has(row[at])) };
  });
}

function erased({ table, columns, rows }: TableRows, eraser: Eraser): TableRows {
  const described = columns.map((column) => ({ column, isNaming: isNaming(table, column) }));
  return { table, columns, rows: rows.map((row) => eraseValues(table, described, row, eraser)) };
}

async function tell(
  { store, workspaceId, clock, actor }: RewritingDeps,
  archiveId: string,
  classId: string,
  manifestSha256: string,
): Promise<void> {
  await store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: rewrittenEvent,
      subject: archiveSubject(archiveId),
      detail: { class: classId, manifestSha256 },
    }),
  );
}
