import type { SyncProgress } from '@adjutant/core';
import { terminalWidth } from '@adjutant/insights';
import { expect, test } from 'vitest';
import type { CommandContext } from './command-context.ts';
import { createProgressBar, progressLine } from './progress-bar.ts';

const reading: SyncProgress = {
  source: 'git',
  scope: 'acme/api',
  stream: 'history',
  phase: 'reading',
  records: 5_000,
  totalEstimate: 20_000,
  requests: 0,
  quotaRemaining: null,
  remainingMs: 3_000,
};

function bar(options: { isTty: boolean; isJson?: boolean; columns?: number }) {
  let written = '';
  let now = 1_000_000;
  const stderr = {
    write: (text: string) => {
      written += text;
    },
    isTty: options.isTty,
    columns: options.columns,
  };
  const clock = { now: () => now, sleep: async () => undefined };
  const output = { isJson: options.isJson ?? false };
  const context = { io: { stderr }, output, clock } as unknown as CommandContext;
  const progress = createProgressBar(context);
  return {
    progress,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    written: () => written,
  };
}

test('a line says what is read, how far, how fast and what is left', () => {
  expect(progressLine(reading, 1_000)).toBe(
    'acme/api history ████░░░░░░░░░░░░ 5,000 of 20,000 · 5,000/s · 3 s left',
  );
});

test('no pace is claimed in the first moment, no rest where the total is unknown', () => {
  expect(progressLine({ ...reading, totalEstimate: null, remainingMs: null }, 100)).toBe(
    'acme/api history 5,000',
  );
});

test('a name from outside cannot move the cursor', () => {
  expect(progressLine({ ...reading, phase: 'waiting', remainingMs: 120_000 }, 0)).toBe(
    'acme/api history · git asks to wait 2 min …',
  );
  expect(progressLine({ ...reading, scope: '\u001b[2Jevil\r\n' }, 0)).not.toMatch(/\p{Cc}/u);
});

test('nothing is drawn in a pipe or with --json', () => {
  for (const options of [{ isTty: false }, { isTty: true, isJson: true }]) {
    const { progress, written } = bar(options);
    progress.update(reading);
    progress.clear();
    expect(written()).toBe('');
  }
});

test('it stays on one line, is not drawn more often than eyes can follow, and goes without a trace', () => {
  const { progress, written, pass } = bar({ isTty: true, columns: 40 });
  progress.update(reading);
  const first = written();
  pass(10);
  progress.update({ ...reading, records: 6_000 });
  expect(written()).toBe(first);
  expect(first.startsWith('\r')).toBe(true);
  expect(terminalWidth(first.slice(1))).toBeLessThan(40);
  progress.clear();
  expect(written().slice(first.length)).toBe(`\r${' '.repeat(terminalWidth(first.slice(1)))}\r`);
});
