import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** The instant that tests of the command line live in. */
export const testNow = Date.UTC(2026, 9, 1, 12);
const dayMs = 86_400_000;

/** Makes a clone with a squash merge every third day, a tag every ninth, and two people. */
export function makeClone(
  folder: string,
  merges = 20,
  subjectOf: (number: number) => string = plainSubject,
): string {
  mkdirSync(folder, { recursive: true });
  execFileSync('git', ['init', '-q', '-b', 'main', folder]);
  execFileSync('git', [
    '-C',
    folder,
    'config',
    'remote.origin.url',
    'https://github.com/acme/api.git',
  ]);
  execFileSync('git', ['-C', folder, 'fast-import', '--quiet'], {
    input: history(merges, subjectOf),
  });
  execFileSync('git', ['-C', folder, 'reset', '-q', '--hard']);
  return folder;
}

function plainSubject(number: number): string {
  const change = `Change ${number} (#${number})`;
  return number % 7 === 0 ? `Revert "Change ${number - 1} (#${number - 1})" (#${number})` : change;
}

function history(merges: number, subjectOf: (number: number) => string): string {
  const people = ['Ada Example <ada@example.com>', 'Bo Example <bo@example.com>'];
  const steps: string[] = [];
  for (let number = 1; number <= merges; number += 1) {
    const at = Math.floor((testNow - (merges - number + 1) * 3 * dayMs) / 1000);
    const person = people[number % people.length];
    const subject = subjectOf(number);
    steps.push(
      `commit refs/heads/main\nmark :${number}\nauthor ${person} ${at - 7200} +0000\ncommitter ${person} ${at} +0000`,
      data(subject),
      ...(number === 1 ? [] : [`from :${number - 1}`]),
      `M 100644 inline file.txt\n${data(`${number}\n`)}`,
    );
    if (number % 3 === 0) {
      steps.push(
        `tag v1.${number}.0\nfrom :${number}\ntagger ${people[0]} ${at + 3600} +0000`,
        data(`Release ${number}`),
      );
    }
  }
  return `${steps.join('\n')}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
