import type { StoreTrouble, StoreTroubleReason } from '@adjutant/core';
import type { Output } from './output.ts';

const words: Readonly<Record<StoreTroubleReason, { what: string; next: string }>> = {
  locked: {
    what: 'another process keeps it locked',
    next: 'Look for a process that hangs while it writes.',
  },
  disk_full: {
    what: 'its disk is full',
    next: 'Free some space: what waits goes on by itself.',
  },
  read_only: {
    what: 'it is read-only',
    next: 'Check the permissions of the file, its folder and its disk.',
  },
  disk_error: {
    what: 'its disk reports an error',
    next: 'See what the system says of the disk, and keep a backup.',
  },
  cannot_be_opened: {
    what: 'it cannot be opened',
    next: 'Check that its folder is there and that you may write in it.',
  },
};

/** Returns what is wrong, and what to do. */
export function troubleWords({ reason }: StoreTrouble): { message: string; next: string } {
  const { what, next } = words[reason];
  return { message: `The store cannot be written: ${what}.`, next };
}

/** Returns what stands above the status while the store cannot be written. */
export function troubleLines(trouble: StoreTrouble | null, { colors }: Output): string[] {
  if (trouble === null) return [];
  const { message, next } = troubleWords(trouble);
  return [`${colors.red('✗')} ${message} ${next}`, ''];
}
