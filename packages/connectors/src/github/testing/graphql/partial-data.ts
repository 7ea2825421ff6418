import type { Random } from '../../../testing/random.ts';
import type { WireResult } from './execute-request.ts';

type Path = (number | string)[];

/** Finds the nodes of every page in an answer; the schema lets each of them be null. */
function nodePaths(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) {
    const isPage = path.at(-1) === 'nodes';
    return value.flatMap((item: unknown, at) => [
      ...(isPage && item !== null ? [[...path, at]] : []),
      ...nodePaths(item, [...path, at]),
    ]);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => nodePaths(item, [...path, key]));
}

function fieldsAt(value: unknown, path: Path): string[] {
  let found = value;
  for (const step of path) found = Reflect.get(Object(found), step);
  if (typeof found !== 'object' || found === null) return [];
  return Object.keys(found).filter((name) => name !== '__typename');
}

function take(value: unknown, path: Path): void {
  let holder = value;
  for (const step of path.slice(0, -1)) holder = Reflect.get(Object(holder), step);
  const last = path.at(-1);
  if (last !== undefined) Reflect.set(Object(holder), last, null);
}

/** Takes some nodes out of an answer and says so, as GitHub does when a request is too much for it. */
export function withPartialData(result: WireResult, random: Random): WireResult {
  // A page holds the nodes below it: the answer is copied, because rows are shared with nobody.
  const data: Record<string, unknown> | null = structuredClone(result.data ?? null);
  const errors = [...(result.errors ?? [])];
  const count = random.integer(1, 3);
  for (let taken = 0; taken < count; taken += 1) {
    const paths = nodePaths(data);
    if (paths.length === 0) break;
    const path = random.pick(paths);
    const inside = fieldsAt(data, path);
    take(data, path);
    // Where a field could not be null the row above it goes; the path still names the field.
    const named = inside.length > 0 && random.chance(0.5) ? [...path, random.pick(inside)] : path;
    errors.push({
      type: 'RESOURCE_LIMITS_EXCEEDED',
      path: named,
      message: 'Resource limits for this query exceeded.',
    });
  }
  return { data, ...(errors.length === 0 ? {} : { errors }) };
}
