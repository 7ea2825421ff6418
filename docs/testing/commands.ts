import { codeSpans, fences } from './markdown.ts';

export interface Invocation {
  program: 'adjutant' | 'pnpm';
  words: string[];
  flags: string[];
  line: string;
}

const shells = new Set(['', 'sh', 'bash', 'console', 'text']);

/** Returns every call of `adjutant` or `pnpm` that a page shows, in code spans and shell blocks. */
export function invocations(markdown: string): Invocation[] {
  const blocks = fences(markdown).filter(({ language }) => shells.has(language));
  const lines = [...codeSpans(markdown), ...blocks.flatMap(({ text }) => text.split('\n'))];
  return lines.flatMap((line) => parse(line.replace(/(^|\s)#.*$/, '').trim()));
}

function parse(line: string): Invocation[] {
  // `[id]` and `<id>` stand for something; `[--flag]` is the flag itself.
  const literal = line.replace(/^\$ /, '').replace(/\[\w+\]/g, '');
  const tokens = literal.split(/[\s[\]]+/);
  while (tokens[0] === 'npx' || tokens[0] === '-y') tokens.shift();
  const first = tokens.shift() ?? '';
  if (first === 'adjutant') return [invocation('adjutant', tokens, line)];
  if (!/^pnpm(@\d+)?$/.test(first)) return [];
  const pnpm = invocation('pnpm', tokens, line);
  if (tokens[0] === 'adjutant') return [pnpm, invocation('adjutant', tokens.slice(1), line)];
  return [pnpm];
}

function invocation(
  program: Invocation['program'],
  tokens: readonly string[],
  line: string,
): Invocation {
  return {
    program,
    words: tokens.filter((token) => /^[a-z][a-z0-9:_-]*$/.test(token)),
    flags: tokens
      .filter((token) => token.startsWith('--'))
      .map((flag) => flag.split('=')[0] ?? flag),
    line,
  };
}
