import type { OwnersLine } from '@adjutant/core';

/** Returns who owns a path by CODEOWNERS: the owners of the last line that matches, as written. */
export function ownersOf(lines: readonly OwnersLine[], path: string): string[] {
  for (const { pattern, owners } of lines.toReversed()) {
    if (matchesOwnersPattern(pattern, path)) return [...owners];
  }
  return [];
}

const matchers = new Map<string, RegExp>();
const mostMatchers = 5_000;
const longestPattern = 200;

/** Tells whether a pattern of CODEOWNERS, which is one of gitignore without `!` and `[`, holds a path. */
export function matchesOwnersPattern(pattern: string, path: string): boolean {
  const known = matchers.get(pattern);
  if (known !== undefined) return known.test(path);
  if (matchers.size >= mostMatchers) matchers.clear();
  const made = toExpression(pattern.slice(0, longestPattern));
  matchers.set(pattern, made);
  return made.test(path);
}

function toExpression(pattern: string): RegExp {
  const bare = pattern.replaceAll('\\ ', ' ').replace(/\/{2,}/g, '/');
  const isFolder = bare.endsWith('/');
  const inner = bare.replace(/^\//, '').replace(/\/$/, '');
  // With a slash at its start or inside, a pattern begins at the root; else it is a name anywhere.
  const isAnchored = bare.startsWith('/') || inner.includes('/');
  const segments = inner.split('/');
  const body = segments
    .map((segment, at) => {
      const isLast = at === segments.length - 1;
      if (segment === '**') return isLast ? '.+' : '(?:[^/]+/)*';
      const text = segment
        .replace(/\*+/g, '*')
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]');
      return isLast ? text : `${text}/`;
    })
    .join('');
  const start = isAnchored ? '^' : '^(?:[^/]+/)*';
  // `docs/*` holds the files of the folder, not those further down; any other pattern holds a folder's all.
  const isShallow = isAnchored && segments.at(-1) === '*';
  const end = isFolder ? '/.+$' : isShallow ? '$' : '(?:/.*)?$';
  return new RegExp(start + body + end, 's');
}
