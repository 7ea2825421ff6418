import type { RestStatus } from './rest-shapes.ts';

/** Returns the category of each status, by `id:…` and by `name:…`; a name that means two things has none. */
export function statusCategories(statuses: readonly RestStatus[]): Map<string, string> {
  const categories = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { id, name, statusCategory } of statuses) {
    const key = statusCategory?.key;
    if (key === null || key === undefined) continue;
    categories.set(`id:${id}`, key);
    if (name === null || name === undefined) continue;
    const present = categories.get(`name:${name}`);
    if (present !== undefined && present !== key) ambiguous.add(`name:${name}`);
    categories.set(`name:${name}`, key);
  }
  for (const name of ambiguous) categories.delete(name);
  return categories;
}
