const inTitle = /(?<![A-Za-z0-9])[A-Z][A-Z0-9_]{1,30}-[1-9]\d{0,9}(?![A-Za-z0-9])/g;
const inBranch = /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_]{1,30}-[1-9]\d{0,9}(?![A-Za-z0-9])/g;
/** Marks of what is to be linked anew: pull requests, and items that can be named. */
export const namedWorkMark = 'named_work';
export const namedItemMark = 'named_item';

/** Whether a key has the form in which pull requests name one; `acme/api#12` has not. */
export function isNameable(key: string): boolean {
  return /^[A-Z][A-Z0-9_]{1,30}-[1-9]\d{0,9}$/.test(key);
}

/** Nobody names so many; a title that does is a list of something else. */
const mostKeys = 20;

/**
 * Returns what looks like the key of a work item, such as `PAY-12`, in the title and the branch of a
 * pull request. Branches are often written in small letters, titles hardly ever; and much of what
 * looks like a key, such as UTF-8, is none.
 */
export function keysIn(title: string, branch: string | null): string[] {
  const found = [
    ...(title.match(inTitle) ?? []),
    ...(branch?.match(inBranch) ?? []).map((key) => key.toUpperCase()),
  ];
  return [...new Set(found)].slice(0, mostKeys).toSorted();
}
