import type { Prompts } from './prompts.ts';

/** Fewer than what any terminal keeps, so that nobody scrolls back to find the beginning gone. */
const linesAtOnce = 80;

/**
 * Shows a text to its end, a part at a time where it is long.
 * @returns whether all of it was shown: somebody who stops before has not seen what to agree to
 */
export async function showWhole(prompts: Prompts, text: string): Promise<boolean> {
  const lines = text.split('\n');
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const to = Math.min(from + linesAtOnce, lines.length);
    prompts.show(lines.slice(from, to).join('\n'));
    if (to === lines.length) return true;
    const message = `Lines ${from + 1} to ${to} of ${lines.length}. Go on reading?`;
    if ((await prompts.confirm({ message, initial: true })) !== true) return false;
  }
  return true;
}
