const longestPattern = 400;

/**
 * Returns whether a pattern of an ownership file matches a path, by GitHub's rules: as in a gitignore
 * file, but a last part of `*` alone means the files of that folder and not of those below it, and
 * neither `!` nor ranges exist. Takes time in proportion to both lengths.
 */
export function matchesOwnerPattern(pattern: string, path: string): boolean {
  if (pattern === '' || pattern.length > longestPattern || pattern.startsWith('!')) return false;
  const written = pattern.replaceAll(/\\([\s#])/g, '$1');
  const isFolder = written.endsWith('/');
  const trimmed = written.replace(/^\/+/, '').replace(/\/+$/, '');
  const isAnchored = written.startsWith('/') || trimmed.includes('/');
  if (trimmed === '') return isFolder;
  const parts = trimmed.split('/');
  const wanted = isAnchored ? parts : ['**', ...parts];
  const names = path.split('/');
  const last = wanted.at(-1);
  const isExact = isAnchored && last === '*' && !isFolder;
  return endsOf(wanted, names).some((end) => {
    if (end === names.length) return !isFolder;
    return !isExact;
  });
}

/** How many of the names the parts can stand for, from the first on; every possibility once. */
function endsOf(parts: readonly string[], names: readonly string[]): number[] {
  let ends = new Set([0]);
  for (const [place, part] of parts.entries()) {
    if (ends.size === 0) break;
    const next = new Set<number>();
    if (part === '**') {
      // As the last part it means what is inside, so one name at least.
      const least = Math.min(...ends) + (place === parts.length - 1 ? 1 : 0);
      for (let end = least; end <= names.length; end += 1) next.add(end);
    } else {
      for (const end of ends) {
        if (end < names.length && matchesName(part, names[end] ?? '')) next.add(end + 1);
      }
    }
    ends = next;
  }
  return [...ends];
}

/** `*` for any signs, `?` for one. Going back only to the last `*` suffices, so no text makes it slow. */
function matchesName(part: string, name: string): boolean {
  let at = 0;
  let of = 0;
  let star = -1;
  let taken = 0;
  while (at < name.length) {
    const sign = part[of];
    if (sign === '*') {
      star = of;
      taken = at;
      of += 1;
    } else if (sign !== undefined && (sign === '?' || sign === name[at])) {
      at += 1;
      of += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      of = star + 1;
    } else {
      return false;
    }
  }
  while (part[of] === '*') of += 1;
  return of === part.length;
}
