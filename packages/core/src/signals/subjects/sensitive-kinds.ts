import { createTextRedactor } from '../../redaction/create-text-redactor.ts';

const redactor = createTextRedactor({ level: 'strict' });
const mostKept = 20_000;
/** Titles stay the same from pass to pass, and to look into one costs more than all else about it. */
const known = new Map<string, readonly string[]>();

/** Returns what a title holds that should not stand in one, each kind once: `secret`, `e-mail` … */
export function sensitiveKinds(title: string): string[] {
  const found = known.get(title);
  if (found !== undefined) return [...found];
  const kinds = [...new Set(redactor.find(title).map(({ kind }) => kind))].toSorted();
  if (known.size >= mostKept) known.clear();
  known.set(title, kinds);
  return kinds;
}
