import { boundedText } from '../../commits/text.ts';

const maxTextLength = 200;

/** Where code hosts look for the file, in their order. */
export const ownersFilePlaces = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
] as const;

/** One line of an ownership file. */
export interface OwnersRule {
  pattern: string;
  owners: string[];
}

/** Returns the rules of a CODEOWNERS file in their order, without comments and section headings. */
export function parseOwners(text: string): OwnersRule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const content = line
      .slice(0, 10_000)
      .replace(/(^|\s)#.*$/, '')
      .trim();
    // A heading of a GitLab section, which may carry owners of its own but no path.
    if (content === '' || /^\^?\[/.test(content)) return [];
    const [pattern = '', ...owners] = content.split(/(?<!\\)\s+/);
    return [
      {
        pattern: boundedText(pattern, maxTextLength),
        owners: owners.map((owner) => boundedText(owner, maxTextLength)),
      },
    ];
  });
}
