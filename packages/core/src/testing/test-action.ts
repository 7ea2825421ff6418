import { z } from 'zod';
import type {
  AnyActionDefinition,
  ExecuteResult,
  JsonObject,
  Preparation,
} from '../actions/define-action.ts';
import { defineAction } from '../actions/define-action.ts';
import type { EffectClass, RiskTier } from '../domain.ts';
import { AdjutantError } from '../errors.ts';

/** What goes wrong with the next request to the target. */
export type TargetFault =
  /** Applied, and the answer is lost. */
  | 'applied_then_lost'
  /** Never arrives, and nobody answers. */
  | 'lost'
  | 'refused'
  | 'not_applied'
  /** Applied only when `releaseDelayed` is called; the client has given up by then. */
  | 'delayed';

/** Something outside, in memory, that counts what really happened to it. */
export interface TestTarget {
  /** Effects that happened, by key, in order. A key applied twice stands there twice. */
  readonly effects: { key: string; payload: JsonObject; step: number; takenBack: boolean }[];
  /** What the bound observation returns; change it to move the target. */
  observed: Record<string, JsonObject[string]>;
  /** Faults of the next requests, first come first served; none means that it works. */
  readonly faults: TargetFault[];
  /** Errors of the next preparations. */
  readonly preparationErrors: Error[];
  /** Whether a probe can tell. */
  probeIsClear: boolean;
  /** Requests that arrived or tried to. */
  sent: number;
  /** Lets everything that was delayed happen now. */
  releaseDelayed(): void;
}

/** Returns a target to which nothing has happened. */
export function createTestTarget(): TestTarget {
  const delayed: (() => void)[] = [];
  const target: TestTarget & { readonly delayed: (() => void)[] } = {
    effects: [],
    observed: { head: 'a1' },
    faults: [],
    preparationErrors: [],
    probeIsClear: true,
    sent: 0,
    delayed,
    releaseDelayed() {
      for (const happen of delayed.splice(0)) happen();
    },
  };
  return target;
}

const payloadSchema = z.strictObject({ text: z.string() });
type Payload = z.infer<typeof payloadSchema>;

export interface TestActionOptions {
  target: TestTarget;
  id?: string;
  effectClass?: EffectClass;
  risk?: RiskTier;
  version?: number;
  costUsd?: number;
  quietPeriodMs?: number;
  /** Names of its effects; one unless told. */
  steps?: readonly string[];
  /** Whether an applied step can be taken back. */
  compensates?: boolean;
  /** A keyed action that cannot be looked for. */
  withoutProbe?: boolean;
  preparation?: Partial<Preparation>;
}

/** Returns an action on a target in memory, of any class, with faults on demand. */
export function createTestAction(options: TestActionOptions): AnyActionDefinition {
  const { target, effectClass = 'probeable' } = options;
  const hasProbe = effectClass !== 'blind' && options.withoutProbe !== true;
  const happen = (key: string, payload: Payload, step: number): void => {
    const isKnown = target.effects.some((effect) => effect.key === key);
    // A target with keys of its own knows a repeated request again.
    if (effectClass === 'keyed' && isKnown) return;
    target.effects.push({ key, payload: { ...payload }, step, takenBack: false });
  };
  return defineAction<Payload>({
    id: options.id ?? 'test.write',
    title: 'Write a test',
    risk: options.risk ?? 'low',
    reversible: options.compensates === true,
    effectClass,
    inputSchema: payloadSchema,
    ...(options.version === undefined ? {} : { version: options.version }),
    ...(options.costUsd === undefined ? {} : { costUsd: options.costUsd }),
    ...(options.quietPeriodMs === undefined ? {} : { quietPeriodMs: options.quietPeriodMs }),
    ...(options.steps === undefined ? {} : { steps: () => options.steps ?? [] }),
    async prepare(_context, payload) {
      const error = target.preparationErrors.shift();
      if (error !== undefined) throw error;
      return { ...preparationOf(target, payload), ...options.preparation };
    },
    async observe() {
      return { ...target.observed };
    },
    async execute(_context, { effectKey, payload, step }) {
      target.sent += 1;
      return send(target, () => happen(effectKey, payload, step));
    },
    ...(hasProbe
      ? {
          async probe(_context, { effectKey }) {
            if (!target.probeIsClear) return { outcome: 'unclear', reason: 'no answer' };
            const isThere = target.effects.some((effect) => effect.key === effectKey);
            return isThere
              ? { outcome: 'applied', result: { found: effectKey } }
              : { outcome: 'absent' };
          },
        }
      : {}),
    ...(options.compensates === true
      ? {
          async compensate(_context, { effectKey }) {
            return send(target, () => {
              for (const effect of target.effects) {
                if (effect.key === effectKey) effect.takenBack = true;
              }
            });
          },
        }
      : {}),
  });
}

function preparationOf(target: TestTarget, payload: Payload): Preparation {
  return {
    target: { source: 'example', externalId: '7', ref: 'acme/widgets#7', url: null },
    preconditions: { ...target.observed },
    facts: [
      { label: 'Head', value: JSON.stringify(target.observed['head'] ?? null), tone: 'plain' },
    ],
    recipients: ['acme/widgets'],
    content: payload.text,
    conditions: {},
    excludedAccounts: [],
  };
}

function send(target: TestTarget, happen: () => void): ExecuteResult {
  const fault = target.faults.shift();
  switch (fault) {
    case undefined:
      happen();
      return { outcome: 'applied', result: { written: true } };
    case 'refused':
      return { outcome: 'refused', reason: 'the target says no' };
    case 'not_applied':
      return { outcome: 'not_applied', reason: 'busy', retryAfterMs: 5_000 };
    case 'applied_then_lost':
      happen();
      throw lost();
    case 'delayed':
      delayedOf(target).push(happen);
      throw lost();
    case 'lost':
      throw lost();
    default:
      throw new Error(`no such fault: ${String(fault satisfies never)}`);
  }
}

function delayedOf(target: TestTarget): (() => void)[] {
  return (target as TestTarget & { delayed: (() => void)[] }).delayed;
}

function lost(): AdjutantError {
  return new AdjutantError('Upstream', 'The answer was lost.', { retryable: true });
}
