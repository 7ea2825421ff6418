/** One line of a comparison. */
export interface DiffLine {
  kind: 'same' | 'plus' | 'minus';
  text: string;
}

/** Longer texts are shown one after the other, because comparing costs the product of both lengths. */
const longestCompared = 1_500;

/** Returns what has to be taken out of and put into one text to make the other, line by line. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = before.split('\n');
  const fresh = after.split('\n');
  if (old.length > longestCompared || fresh.length > longestCompared) {
    return [
      ...old.map((text): DiffLine => ({ kind: 'minus', text })),
      ...fresh.map((text): DiffLine => ({ kind: 'plus', text })),
    ];
  }
  const common = commonLengths(old, fresh);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [left, right] = [old[i], fresh[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && lengthAt(common, i + 1, j) >= lengthAt(common, i, j + 1)) {
      lines.push({ kind: 'minus', text: left });
      i += 1;
    } else if (right !== undefined) {
      lines.push({ kind: 'plus', text: right });
      j += 1;
    } else {
      lines.push({ kind: 'minus', text: left ?? '' });
      i += 1;
    }
  }
  return lines;
}

/** For each pair of places, how many lines the rests have in common. */
function commonLengths(old: readonly string[], fresh: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        old[i] === fresh[j]
          ? lengthAt(table, i + 1, j + 1) + 1
          : Math.max(lengthAt(table, i + 1, j), lengthAt(table, i, j + 1));
    }
  }
  return table;
}

function lengthAt(table: readonly Uint16Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}
