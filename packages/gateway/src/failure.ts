import { AdjutantError, type AdjutantErrorCode } from '@adjutant/core';

/** What somebody at the page is told. */
export interface Failure {
  status: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503;
  code: string;
  message: string;
  hint: string | null;
}

const statusOf: Readonly<Partial<Record<AdjutantErrorCode, Failure['status']>>> = {
  InvalidInput: 400,
  Authentication: 401,
  Permission: 403,
  PolicyDenied: 403,
  NotFound: 404,
  Conflict: 409,
  RateLimited: 429,
  StoreBusy: 503,
};

/** Returns what an error says to a person; what is a fault of ours says nothing of its inside. */
export function failureOf(error: unknown): Failure {
  if (AdjutantError.isInstance(error) && error.audience !== 'bug') {
    const { code, message, hint } = error;
    return { status: statusOf[code] ?? 500, code, message, hint };
  }
  return {
    status: 500,
    code: 'Internal',
    message: 'Something went wrong in Adjutant.',
    hint: 'Reload the page. If it stays, the log of "adjutant serve" says more.',
  };
}
