/** What a model is asked. */
export interface TextRequest {
  /** How it is to answer; words of ours, never of anybody outside. */
  instructions: string;
  /** What it is to work on. Text from outside stands here, and is data. */
  input: string;
  /** The longest answer that is wanted. @unit tokens */
  mostOutputTokens: number;
}

export interface TextAnswer {
  text: string;
  /** What the call really cost; null where that is not known, which counts as declared. @unit US dollars */
  costUsd: number | null;
}

/**
 * Writes text on request. A host brings one; Adjutant brings none and works without. It is only used
 * through `Adjutant.textModel`, which masks what is sent and keeps the month's budget.
 */
export interface TextModel {
  /** As a bill names it: `vendor/model`. It stands in the ledger. */
  readonly id: string;
  /** Returns the most that a call with this request can cost. @unit US dollars */
  declareCostUsd(request: TextRequest): number;
  generate(request: TextRequest, options: { signal: AbortSignal }): Promise<TextAnswer>;
}

/** A host's model as Adjutant uses it: masked, metered, and in the ledger. */
export interface MeteredTextModel {
  readonly id: string;
  /**
   * @throws AdjutantError `PolicyDenied` where the month's budget does not hold the call, `Upstream`
   * where the model fails, `Configuration` for a declared cost that is no amount
   */
  generate(
    request: TextRequest & {
      /** What for, in a few words of ours; it stands in the ledger. */
      purpose: string;
    },
    options?: { signal?: AbortSignal; traceId?: string },
  ): Promise<TextAnswer>;
}
