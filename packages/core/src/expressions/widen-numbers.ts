/** Text that is put into an expression so that all of its numbers are doubles. */
export interface Insertion {
  at: number;
  text: '.0' | 'double(' | ')';
}

/** Returns an expression with what makes its numbers double. */
export function widen(expression: string, insertions: readonly Insertion[]): string {
  let text = '';
  let from = 0;
  // Of two at one place the number's ending comes before a closing bracket: it was put in later,
  // and stands inside.
  const ordered = insertions
    .map((insertion, order) => ({ ...insertion, order }))
    .toSorted((a, b) => a.at - b.at || rank(a.text) - rank(b.text) || a.order - b.order);
  for (const { at, text: inserted } of ordered) {
    text += expression.slice(from, at) + inserted;
    from = at;
  }
  return text + expression.slice(from);
}

/** Returns the place in the expression as written of a place in the widened one. */
export function narrow(offset: number, insertions: readonly Insertion[]): number {
  let place = offset;
  for (const { at, text } of insertions.toSorted((a, b) => a.at - b.at)) {
    if (at < place) place = Math.max(at, place - text.length);
  }
  return place;
}

function rank(text: Insertion['text']): number {
  return ['.0', ')', 'double('].indexOf(text);
}
