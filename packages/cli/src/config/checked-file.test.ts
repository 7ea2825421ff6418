import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { checkedPath, futurePath, statIfThere, thisUser } from './checked-file.ts';

function inner(): { folder: string; file: string; deep: string } {
  const folder = temporaryFolder(onTestFinished);
  const deep = join(folder, 'a', 'b');
  mkdirSync(deep, { recursive: true });
  const file = join(deep, 'file.yaml');
  writeFileSync(file, 'x');
  return { folder, file, deep };
}

const check = (path: string) => checkedPath(path, thisUser());

test('an own file in own folders is taken, and its place returned', () => {
  const { file } = inner();
  expect(check(file)).toBe(file);
});

test.each([0o666, 0o602])('a file of mode %o is refused with the command that mends it', (mode) => {
  const { file } = inner();
  chmodSync(file, mode);
  expect(() => check(file)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(file),
      hint: expect.stringContaining('chmod go-w'),
    }),
  );
});

test('every folder up to the root is looked at', () => {
  const { file, folder, deep } = inner();
  for (const part of [deep, join(folder, 'a'), folder]) {
    chmodSync(part, 0o777);
    expect(() => check(file)).toThrow(part);
    chmodSync(part, 0o1777);
    expect(check(file)).toBe(file);
    chmodSync(part, 0o755);
  }
});

test('links are followed, and what they lead to is looked at the same', () => {
  const { file, folder, deep } = inner();
  const open = join(folder, 'open');
  mkdirSync(open);
  writeFileSync(join(open, 'target'), 'x');
  symlinkSync(join(open, 'target'), join(deep, 'link'));
  symlinkSync('../b', join(deep, 'around'));
  expect(check(join(deep, 'link'))).toBe(join(open, 'target'));
  expect(check(join(deep, 'around', 'file.yaml'))).toBe(file);
  chmodSync(open, 0o777);
  expect(() => check(join(deep, 'link'))).toThrow(open);
  symlinkSync('circle', join(deep, 'circle'));
  expect(() => check(join(deep, 'circle'))).toThrow('circle');
});

test('what is not there yet lies where the links on the way lead', () => {
  const { folder, deep } = inner();
  symlinkSync(folder, join(deep, 'out'));
  expect(futurePath(join(deep, 'out', 'new', 'file'))).toBe(join(folder, 'new', 'file'));
  symlinkSync('/elsewhere/file', join(deep, 'dangling'));
  expect(futurePath(join(deep, 'dangling'))).toBe('/elsewhere/file');
});

test.skipIf(process.getuid?.() !== 0)('what belongs to another user is refused', () => {
  const { file, folder } = inner();
  chownSync(file, 12_345, 0);
  expect(() => check(file)).toThrow('belongs to another user');
  chownSync(file, 0, 0);
  chownSync(join(folder, 'a'), 12_345, 0);
  expect(() => check(file)).toThrow(join(folder, 'a'));
});

test.skipIf(process.getuid?.() === 0)(
  'what belongs to another user than asked for is refused',
  () => {
    const { file } = inner();
    expect(() => checkedPath(file, { uid: 999_999 })).toThrow('belongs to another user');
  },
);

test('what cannot be told is an error of ours, and what cannot be there is not', () => {
  const { file } = inner();
  expect(futurePath(join(file, 'below'))).toBe(join(file, 'below'));
  expect(() => statIfThere(`/${'x'.repeat(5_000)}`)).toThrow(
    expect.objectContaining({ code: 'Configuration' }),
  );
});
