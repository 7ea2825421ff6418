import { expect, test } from 'vitest';
import { createCommandTree } from './command-tree.ts';

const io = { stdout: { write: () => true, isTty: false, columns: 80 } };
const tree = (first?: string) => createCommandTree(io, () => async () => undefined, first);

test('every command is there when it is named first', () => {
  const names = tree().commands.map((command) => command.name());
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) {
    expect(tree(name).commands.map((command) => command.name())).toContain(name);
    expect(tree(name).commands.length).toBeLessThan(names.length);
  }
});

test('what names no command sees them all', () => {
  expect(tree('statsu').commands).toHaveLength(tree().commands.length);
});
