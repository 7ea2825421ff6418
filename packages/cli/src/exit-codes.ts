import type { AdjutantErrorCode } from '@adjutant/core';

/** What the shell is told. Scripts may rely on these. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  configuration: 3,
  store: 4,
  untrusted: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byErrorCode: Partial<Record<AdjutantErrorCode, ExitCode>> = {
  InvalidInput: exitCodes.usage,
  NotFound: exitCodes.usage,
  Configuration: exitCodes.configuration,
  NotTrusted: exitCodes.untrusted,
  StoreBusy: exitCodes.store,
  StoreUnavailable: exitCodes.store,
  StoreCorrupt: exitCodes.store,
  StoreTooNew: exitCodes.store,
};

/** Returns the exit code of a failed call. */
export function exitCodeOf(code: AdjutantErrorCode): ExitCode {
  return byErrorCode[code] ?? exitCodes.failed;
}
