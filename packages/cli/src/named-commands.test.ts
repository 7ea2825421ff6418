import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createCommandTree } from './command-tree.ts';

const top = join(import.meta.dirname, '..', '..', '..');
const io = { stdout: { write: () => true, isTty: false, columns: 80 } };
const root = createCommandTree(io, () => async () => undefined);

/** A command as people are told it: behind a quote, a backtick, a colon or a prompt. */
const told =
  /(?:["'`>]|: |Run |run |pnpm |npx |^ {0,4}|\(|\n)adjutant((?: (?:[a-z][a-z-]*|--[a-z][a-z-]*))+)(?=[ "'`.,:;)\]|$<\n\\]|$)/gm;

function filesIn(folder: string, wanted: RegExp): string[] {
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => wanted.test(path) && !/node_modules|[\\/]dist[\\/]/.test(path));
}

const sources = filesIn('packages', /[\\/]src[\\/].*\.(?:ts|js)$/).filter(
  (path) => !/\.test\.ts$|[\\/]redaction[\\/]corpus[\\/]/.test(path),
);
const pages = [
  join(top, 'README.md'),
  ...filesIn('docs', /\.md$/),
  ...filesIn('packages', /[\\/]README\.md$/),
];

/** Returns what is wrong with a command; null where it can be typed as it stands. */
function wrongWith(words: readonly string[]): string | null {
  let command: Command = root;
  for (const [index, word] of words.entries()) {
    if (word.startsWith('--')) {
      if (!hasOption(command, word)) return `${word} is no option of "${command.name()}"`;
      continue;
    }
    const next = command.commands.find((sub) => sub.name() === word);
    if (next !== undefined) command = next;
    else if (index === 0 || (command.commands.length > 0 && !takesArgument(command))) {
      return `"${word}" is no command of "${command.name()}"`;
    } else return null;
  }
  return null;
}

function hasOption(command: Command, name: string): boolean {
  for (let one: Command | null = command; one !== null; one = one.parent) {
    if (one.options.some(({ long }) => long === name)) return true;
  }
  return ['--help', '--version'].includes(name);
}

function takesArgument({ registeredArguments }: Command): boolean {
  return registeredArguments.length > 0;
}

/** Words of a sentence, and of a mark in a file, that only look like a command. */
const noCommands: ReadonlySet<string> = new Set(['needs', 'key mark']);

function commandsIn(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(told)]
    .map(([, words = '']) => words.trim())
    .filter((words) => !noCommands.has(words));
}

test('every command that a source, a tool or a page names can be typed', () => {
  const found = [...sources, ...pages].flatMap((path) =>
    commandsIn(path).map((line) => ({ path: relative(top, path), line })),
  );
  expect(found.length).toBeGreaterThan(150);
  const wrong = found.flatMap(({ path, line }) => {
    const problem = wrongWith(line.split(' '));
    return problem === null ? [] : [`${path}: adjutant ${line}: ${problem}`];
  });
  expect(wrong).toEqual([]);
});

test('a command that does not exist is noticed', () => {
  expect(wrongWith(['approvals', 'show'])).toContain('"show"');
  expect(wrongWith(['approve'])).toContain('"approve"');
  expect(wrongWith(['serve', '--ports'])).toContain('--ports');
  expect(wrongWith(['approvals', 'approve', 'some-id'])).toBeNull();
  expect(wrongWith(['metrics', 'throughput', '--explain'])).toBeNull();
});
