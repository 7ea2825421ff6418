/** Returns the known name that a mistyped one most likely meant; null where none is close. */
export function nearestName(typed: string, known: readonly string[]): string | null {
  const asked = typed.slice(0, 60).toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(asked.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(asked, name.toLowerCase());
    if (distance >= bestDistance) continue;
    best = name;
    bestDistance = distance;
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + change,
        ),
      );
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
