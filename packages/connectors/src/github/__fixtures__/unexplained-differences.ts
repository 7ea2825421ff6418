import { opaqueId } from '../testing/graphql/node-id.ts';
import type { MemoryStore, Place } from '../../testing/__fixtures__/memory-store.ts';

const naming = new Set(['records_missing', 'parts_missing']);
const namesText = /: ([^:]*?)(?: and (\d+) more)?\. The next/;

/**
 * Returns each difference between two stores that the first one does not own up to: a record that is
 * missing, left over or different, which no gap of that stream names or counts, in a place that the
 * last pass read to its end. A place that it did not read is told by its error.
 */
export function unexplainedDifferences(store: MemoryStore, calm: MemoryStore): string[] {
  const found: string[] = [];
  for (const [key, wanted] of calm.places) {
    const place = store.places.get(key);
    if (place === undefined || place.outcome !== 'read') continue;
    const told = readGaps(place);
    found.push(...told.wrong.map((message) => `${key}: ${message}`));
    const ids = [...new Set([...wanted.records.keys(), ...place.records.keys()])];
    const different = ids.filter((id) => !isSame(wanted.records.get(id), place.records.get(id)));
    const unnamed = different.filter((id) => {
      const isLeftOver = !wanted.records.has(id);
      if (isLeftOver && told.mayBeLeftOver) return false;
      return !namesOf(id, wanted, place).some((name) => told.names.has(name));
    });
    if (unnamed.length > told.counted) {
      found.push(`${key}: ${unnamed.join(', ')}; only ${told.counted} counted without a name`);
    }
  }
  return found;
}

/** Returns how many records of a calm store another lacks or holds otherwise. */
export function countDifferences(store: MemoryStore, calm: MemoryStore): number {
  let count = 0;
  for (const [key, wanted] of calm.places) {
    const records = store.places.get(key)?.records ?? new Map<string, unknown>();
    const ids = new Set([...wanted.records.keys(), ...records.keys()]);
    count += [...ids].filter((id) => !isSame(wanted.records.get(id), records.get(id))).length;
  }
  return count;
}

function readGaps({ gaps }: Place) {
  const names = new Set<string>();
  const wrong: string[] = [];
  let counted = 0;
  for (const { code, message, affectedCount } of gaps) {
    if (code === 'list_incomplete') counted += affectedCount ?? 0;
    if (!naming.has(code)) continue;
    const [, list, more = '0'] = namesText.exec(message) ?? [];
    const listed = list?.split(', ') ?? [];
    for (const name of listed) names.add(name);
    counted += Number(more);
    if (affectedCount !== listed.length + Number(more)) {
      wrong.push(`${code} counts ${affectedCount} and names ${listed.length} and ${more} more`);
    }
  }
  const mayBeLeftOver = gaps.some(({ code }) => code === 'census_incomplete');
  return { names, counted, wrong, mayBeLeftOver };
}

/** What a gap may call a record: by its node id, or its number. */
function namesOf(id: string, wanted: Place, place: Place): string[] {
  const payload = Object(wanted.records.get(id) ?? place.records.get(id));
  const number: unknown = Reflect.get(payload, 'number');
  return [
    id,
    // Commits are known by their hash.
    opaqueId('Commit', Number(wanted.scope.externalId), id),
    ...(typeof number === 'number' ? [`#${number}`] : []),
  ];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
