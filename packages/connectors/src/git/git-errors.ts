import { AdjutantError } from '@adjutant/core/ports';
import { printable } from '../commits/text.ts';

const maxDetailLength = 200;

/** How a git child ended. */
export interface GitFailure {
  /** What was being read, for the message: a folder as the user wrote it. */
  subject: string;
  exitCode: number | null;
  stderr: string;
}

/** Returns the error for a git that could not be started at all. */
export function gitNotStarted(cause: unknown): AdjutantError {
  const code =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (code === 'ENOENT') {
    return new AdjutantError('Configuration', 'No git program was found on PATH.', {
      source: 'git',
      hint: 'Install git 2.24 or newer, or add its folder to PATH, and try again.',
      cause,
    });
  }
  return new AdjutantError('Configuration', `The git program could not be started (${code}).`, {
    source: 'git',
    hint: 'Check that the git found on PATH is a program that you may run.',
    cause,
  });
}

/** Returns the error for a git that ended with something other than success. */
export function gitFailed(failure: GitFailure): AdjutantError {
  const { stderr } = failure;
  const subject = printable(failure.subject, maxDetailLength);
  if (/permission denied/i.test(stderr)) {
    return new AdjutantError('Permission', `${subject} cannot be read.`, {
      source: 'git',
      hint: 'Give the user who runs Adjutant read access to the folder and everything below its .git.',
    });
  }
  if (/not a git repository|cannot change to/i.test(stderr)) return notARepository(failure.subject);
  const detail = lastComplaint(stderr);
  const reason = detail === '' ? `exit code ${failure.exitCode ?? 'none'}` : detail;
  return new AdjutantError('Upstream', `git stopped while reading ${subject}: ${reason}`, {
    source: 'git',
    hint: 'Run "git fsck" in that folder; a fresh clone repairs missing or damaged objects.',
  });
}

/** Returns the error for a git that was ended because it waited too long. */
export function gitTookTooLong(path: string): AdjutantError {
  const subject = printable(path, maxDetailLength);
  return new AdjutantError('Configuration', `git does not answer about ${subject}.`, {
    source: 'git',
    hint: 'Look for "include" in its .git/config: one of a pipe is waited for. Or read a fresh clone.',
  });
}

/** Returns the error for a folder without a repository. */
export function notARepository(path: string): AdjutantError {
  const subject = printable(path, maxDetailLength);
  return new AdjutantError('Configuration', `${subject} is not a git repository.`, {
    source: 'git',
    hint: 'Name a folder that holds a clone, or a folder inside one.',
  });
}

function lastComplaint(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => /^(fatal|error):/.test(line));
  return printable(lines.at(-1) ?? '', maxDetailLength);
}
