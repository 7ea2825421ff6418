import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Adjutant, createAdjutant, folderArchive } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';

export const dayMs = 86_400_000;
export const now = Date.UTC(2026, 5, 1, 12);
/** Reports of so many days ago: half of them are old enough. */
export const oldDays = [366, 367, 400, 500];
export const youngDays = [364, 300, 30, 1];

export interface Place {
  store: string;
  archive: string;
}

export function placeIn(folder: string, name: string): Place {
  return { store: join(folder, `${name}.db`), archive: join(folder, `${name}.archive`) };
}

/** Fills a store with reports of those ages, each revised once. */
export async function fill({ store, archive }: Place): Promise<void> {
  const clock = createFakeClock(now);
  const adjutant = await createAdjutant({ store, clock, archive: folderArchive(archive) });
  const { reports } = adjutant.workspace().as(await adjutant.owner());
  for (const days of [...oldDays, ...youngDays].toSorted((a, b) => b - a)) {
    clock.advance(now - days * dayMs - clock.now());
    await reports.submit({ did: `first of ${days}` });
    await reports.submit({ did: `report of ${days}` });
  }
  await adjutant.close();
}

/** Opens a store as it is at the instant of the scenario. */
export function openAt(place: Place, at = now): Promise<Adjutant> {
  return createAdjutant({
    store: place.store,
    clock: createFakeClock(at),
    archive: folderArchive(place.archive),
  });
}

/** The ages of the reports that stand in the store. */
export async function agesInStore(adjutant: Adjutant): Promise<number[]> {
  const { reports } = adjutant.workspace().as(await adjutant.owner());
  const { items } = await reports.list({ of: 'me', limit: 100 });
  return items.map(({ did }) => ageOf(did ?? ''));
}

/** The ages of the reports that stand in complete archives, as the files themselves say. */
export async function agesInArchive(adjutant: Adjutant, { archive }: Place): Promise<number[]> {
  const { archives } = adjutant.data(await adjutant.owner());
  const ages: number[] = [];
  for (const { archiveId, state } of await archives.list()) {
    const file = join(archive, 'default', archiveId, 'progress_reports.jsonl.gz');
    if (state !== 'stands' || !existsSync(file)) continue;
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    for (const line of text.split('\n').filter((one) => one !== '')) ages.push(ageOf(line));
  }
  return ages;
}

function ageOf(text: string): number {
  return Number(/report of (\d+)/.exec(text)?.[1] ?? Number.NaN);
}

/** Every byte of the files in a folder, decompressed where they are compressed. */
export function* bytesIn(folder: string): Generator<{ file: string; text: string }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const whole = entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    yield { file: path, text: whole.toString('latin1').toLowerCase() };
  }
}
