import { AdjutantError } from '@adjutant/core/ports';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';

export interface ErrorReport {
  code: string;
  message: string;
  hint: string | null;
  exitCode: ExitCode;
  /** Where it happened; only with ADJUTANT_DEBUG. */
  stack: string | null;
}

const longestMessage = 600;
const debugHint = 'Set ADJUTANT_DEBUG=1 to see where it happened, and report it if it is ours.';

/** Returns what to tell about a failure: never a secret, and a stack only where asked for. */
export function reportError(
  error: unknown,
  options: { redact: (text: string) => string; isDebug: boolean },
): ErrorReport {
  const { redact, isDebug } = options;
  const clean = (text: string): string => redact(text).slice(0, longestMessage);
  const stack = isDebug && error instanceof Error ? redact(stackOf(error)) : null;
  if (AdjutantError.isInstance(error)) {
    const hint = error.hint ?? (error.code === 'Internal' ? debugHint : null);
    return {
      code: error.code,
      message: clean(error.message),
      hint: hint === null ? null : clean(hint),
      exitCode: exitCodeOf(error.code),
      stack,
    };
  }
  const known = fileSystemProblem(error);
  const first = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not an error';
  return {
    code: known === null ? 'Internal' : 'InvalidInput',
    message: clean(known ?? `Something unexpected went wrong: ${first}`),
    hint: known === null ? debugHint : 'Check the path and its permissions.',
    exitCode: exitCodes.failed,
    stack,
  };
}

const problems: Record<string, string> = {
  EACCES: 'may not be used with your permissions',
  EPERM: 'may not be used with your permissions',
  EROFS: 'lies on a read-only disk',
  ENOENT: 'does not exist',
  ENOTDIR: 'is not inside a folder',
  EISDIR: 'is a folder',
  ENOSPC: 'lies on a full disk',
};

function fileSystemProblem(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return null;
  const problem = problems[String(error.code)];
  return problem === undefined ? null : `${String(error.path)} ${problem}.`;
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
