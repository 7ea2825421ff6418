import type { SyncProgress } from '@adjutant/core';
import {
  countOf,
  cutToWidth,
  formatMinute,
  formatNumber,
  plainText,
  terminalWidth,
} from '@adjutant/insights';
import type { CommandContext } from './command-context.ts';

const paintEveryMs = 100;
const barColumns = 16;
const paceAfterMs = 500;

export interface ProgressBar {
  update: (progress: SyncProgress) => void;
  /** Takes the line away. */
  clear: () => void;
}

const silentBar: ProgressBar = { update: () => undefined, clear: () => undefined };

/** Returns a one-line bar on standard error; one that shows nothing in a pipe and with --json. */
export function createProgressBar({ io, output, clock }: CommandContext): ProgressBar {
  if (!io.stderr.isTty || output.isJson) return silentBar;
  // Spaces over the old line instead of an escape sequence: it holds on every terminal.
  const width = Math.max(20, (io.stderr.columns ?? 80) - 1);
  let paintedAt = Number.NEGATIVE_INFINITY;
  let painted = 0;
  let stream = '';
  let streamStartedAt = 0;
  const clear = (): void => {
    if (painted > 0) io.stderr.write(`\r${' '.repeat(painted)}\r`);
    painted = 0;
  };
  const update = (progress: SyncProgress): void => {
    const now = clock.now();
    const key = `${progress.source}\n${progress.scope}\n${progress.stream}`;
    if (key !== stream) {
      stream = key;
      streamStartedAt = now;
    } else if (progress.phase === 'reading' && now - paintedAt < paintEveryMs) return;
    paintedAt = now;
    const line = cutToWidth(progressLine(progress, now - streamStartedAt, now), width);
    const columns = terminalWidth(line);
    io.stderr.write(`\r${line}${' '.repeat(Math.max(0, painted - columns))}`);
    painted = columns;
  };
  return { update, clear };
}

/** Returns one line about a sync: what is read, how far, how fast, and what is left where that is known. */
export function progressLine(progress: SyncProgress, elapsedMs: number, now?: number): string {
  if (progress.phase === 'computing') return 'computing figures …';
  const { records, totalEstimate, remainingMs, requests, quotaRemaining } = progress;
  const subject = `${plainText(progress.scope, 30)} ${plainText(progress.stream, 20)}`;
  if (progress.phase === 'waiting') {
    const { source } = progress;
    const waitMs = remainingMs ?? 0;
    const until = now === undefined ? '' : `, until ${formatMinute(now + waitMs).slice(-5)} UTC`;
    return `${subject} · ${plainText(source, 20)} asks to wait ${remainingText(waitMs)}${until} …`;
  }
  const count =
    totalEstimate === null
      ? formatNumber(records)
      : `${bar(records / Math.max(1, totalEstimate))} ${formatNumber(records)} of ${formatNumber(totalEstimate)}`;
  const pace =
    elapsedMs >= paceAfterMs && records > 0
      ? `${formatNumber((records * 1000) / elapsedMs)}/s`
      : null;
  const left =
    remainingMs === null || progress.phase !== 'reading'
      ? null
      : `${remainingText(remainingMs)} left`;
  const asked = requests === 0 ? null : countOf(requests, 'request');
  const quota = quotaRemaining === null ? null : `${formatNumber(quotaRemaining)} requests left`;
  return [`${subject} ${count}`, pace, left, asked, quota]
    .filter((part) => part !== null)
    .join(' · ');
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barColumns);
  return '█'.repeat(filled) + '░'.repeat(barColumns - filled);
}

function remainingText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
