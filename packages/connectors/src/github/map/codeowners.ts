import { boundedText } from '../../commits/text.ts';

const rulesAtMost = 5_000;
const ownersAtMost = 50;

/** A line of CODEOWNERS: whom it names for a pattern. */
export interface OwnerRule {
  position: number;
  pattern: string;
  owners: string[];
}

/** Returns the rules of a CODEOWNERS text in their order; the last one that matches a path decides. */
export function readOwnerRules(text: string): OwnerRule[] {
  const rules: OwnerRule[] = [];
  for (const line of text.split(/\r?\n/)) {
    const content = line.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') continue;
    // A space in a path is written behind a backslash.
    const [pattern = '', ...owners] = content.split(/(?<!\\)\s+/);
    const named = owners
      .filter((owner) => owner.includes('@'))
      .slice(0, ownersAtMost)
      .map((owner) => boundedText(owner, 320));
    const position = rules.length;
    rules.push({ position, pattern: boundedText(pattern, 400), owners: [...new Set(named)] });
    if (rules.length === rulesAtMost) break;
  }
  return rules;
}
