const brand = Symbol.for('adjutant.error');

/** Every way a call can fail. Awaiting approval is a state, never an error. */
export type AdjutantErrorCode =
  | 'InvalidInput'
  | 'Configuration'
  | 'NotTrusted'
  | 'Authentication'
  | 'Permission'
  | 'NotFound'
  | 'RateLimited'
  | 'Upstream'
  | 'Conflict'
  | 'PolicyDenied'
  | 'LedgerIntegrity'
  | 'StoreTooNew'
  | 'StoreBusy'
  | 'StoreUnavailable'
  | 'StoreCorrupt'
  | 'Internal';

/** Who can do something about it: whoever called, whoever runs Adjutant, or its developers. */
export type AdjutantErrorAudience = 'caller' | 'operator' | 'bug';

export interface AdjutantErrorOptions {
  /** What to do next, in one sentence. */
  hint?: string;
  retryable?: boolean;
  audience?: AdjutantErrorAudience;
  cause?: unknown;
  retryAfterMs?: number;
  source?: string;
  status?: number;
}

const audienceByCode: Record<AdjutantErrorCode, AdjutantErrorAudience> = {
  InvalidInput: 'caller',
  Configuration: 'operator',
  NotTrusted: 'operator',
  Authentication: 'operator',
  Permission: 'caller',
  NotFound: 'caller',
  RateLimited: 'operator',
  Upstream: 'operator',
  Conflict: 'caller',
  PolicyDenied: 'caller',
  LedgerIntegrity: 'operator',
  StoreTooNew: 'operator',
  StoreBusy: 'operator',
  StoreUnavailable: 'operator',
  StoreCorrupt: 'operator',
  Internal: 'bug',
};

const passesByItself: ReadonlySet<AdjutantErrorCode> = new Set([
  'RateLimited',
  'StoreBusy',
  'StoreUnavailable',
]);

/** The one error class of the SDK. Branch on `code`, show `message` and `hint`. */
export class AdjutantError extends Error {
  readonly [brand] = true;
  readonly code: AdjutantErrorCode;
  readonly hint: string | null;
  readonly retryable: boolean;
  readonly audience: AdjutantErrorAudience;
  readonly retryAfterMs: number | null;
  readonly source: string | null;
  readonly status: number | null;

  constructor(code: AdjutantErrorCode, message: string, options: AdjutantErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AdjutantError';
    this.code = code;
    this.hint = options.hint ?? null;
    this.retryable = options.retryable ?? passesByItself.has(code);
    this.audience = options.audience ?? audienceByCode[code];
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.source = options.source ?? null;
    this.status = options.status ?? null;
  }

  /** True for an AdjutantError, also one from another copy of this package. */
  static isInstance(value: unknown): value is AdjutantError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
