import { matchesOwnerPattern } from './owner-pattern.ts';

/** One owner that a line of an ownership file names. */
export interface OwnerLine {
  position: number;
  pattern: string;
  owner: string;
}

/** An owner, and the pattern by which it owns most of the files. */
export interface FileOwner {
  owner: string;
  pattern: string;
  files: number;
}

/**
 * Returns who owns files: for each file the owners of the last line that matches it, the owners of most
 * files first.
 */
export function ownersOfFiles(lines: readonly OwnerLine[], paths: readonly string[]): FileOwner[] {
  const rules = [...Map.groupBy(lines, ({ position }) => position)]
    .toSorted(([one], [other]) => other - one)
    .map(([, ofRule]) => ofRule);
  const found = new Map<string, FileOwner & { byPattern: Map<string, number> }>();
  for (const path of paths) {
    const last = rules.find(([line]) => matchesOwnerPattern(line?.pattern ?? '', path)) ?? [];
    for (const { owner, pattern } of last) {
      const key = owner.toLowerCase();
      const known = found.get(key) ?? { owner, pattern, files: 0, byPattern: new Map() };
      known.files += 1;
      known.byPattern.set(pattern, (known.byPattern.get(pattern) ?? 0) + 1);
      if ((known.byPattern.get(pattern) ?? 0) > (known.byPattern.get(known.pattern) ?? 0)) {
        known.pattern = pattern;
      }
      found.set(key, known);
    }
  }
  return [...found.values()]
    .map(({ owner, pattern, files }) => ({ owner, pattern, files }))
    .toSorted((one, other) => other.files - one.files || (one.owner < other.owner ? -1 : 1));
}
