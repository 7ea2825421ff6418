import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const skipped = new Set(['node_modules', 'dist', '.git', 'coverage', '__fixtures__']);

/** Returns the text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Returns every file below a folder of the repository, as paths with `/` from its root. */
export function filesBelow(folder: string, ending: string): string[] {
  const found: string[] = [];
  const walk = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const path = join(directory, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith(ending)) found.push(relative(root, path).split(sep).join('/'));
    }
  };
  walk(join(root, folder));
  return found.toSorted();
}

export interface Fence {
  language: string;
  text: string;
}

const fencePattern = /^```([\w-]*)[^\n]*\n([\s\S]*?)^```\s*$/gm;

/** Returns the fenced blocks of a page. */
export function fences(markdown: string): Fence[] {
  return [...markdown.matchAll(fencePattern)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** Returns the page without its fenced blocks. */
export function prose(markdown: string): string {
  return markdown.replace(fencePattern, '');
}

/** Returns the texts between single backticks. */
export function codeSpans(markdown: string): string[] {
  return [...prose(markdown).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

/** Returns the targets of links, without those inside code. */
export function linkTargets(markdown: string): string[] {
  const text = prose(markdown).replace(/`[^`\n]+`/g, '');
  return [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(
    ([, target = '']) => target,
  );
}

/** Returns the anchors that the headings of a page make, by GitHub's rule. */
export function anchors(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const made = new Set<string>();
  for (const [, heading = ''] of prose(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const earlier = seen.get(slug) ?? 0;
    seen.set(slug, earlier + 1);
    made.add(earlier === 0 ? slug : `${slug}-${earlier}`);
  }
  return made;
}
