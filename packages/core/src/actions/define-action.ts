import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { EffectClass, RiskTier } from '../domain.ts';
import type { Logger } from '../logger.ts';

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };
export type JsonObject = Readonly<Record<string, JsonValue>>;

/** What a handler is handed. It reads no clock and no network of its own. */
export interface ActionContext {
  workspaceId: string;
  clock: Clock;
  logger: Logger;
  fetch: typeof fetch;
  signal: AbortSignal;
}

/** What an action is done to. */
export interface ActionTarget {
  source: string;
  /** The vendor's immutable id. */
  externalId: string;
  /** As a person writes it: `acme/api#12`. */
  ref: string;
  url: string | null;
}

/** One fact that Adjutant fetched, for whoever decides. Never words of the assistant. */
export interface PreviewFact {
  label: string;
  value: string;
  /** What needs a look comes with `warning`. */
  tone: 'plain' | 'warning';
}

/** What the worker finds out before anybody is asked. */
export interface Preparation {
  target: ActionTarget;
  /**
   * What of the target the decision is bound to: head commit, base, checks … It is part of the
   * payload hash, and is read again before anything is sent.
   */
  preconditions: JsonObject;
  /** In the order in which they are shown: the risky ones first. */
  facts: readonly PreviewFact[];
  /** Everybody whom it reaches: people, channels, repositories. Always shown. */
  recipients: readonly string[];
  /** The exact text or change that leaves, where there is one. */
  content: string | null;
  /** Named conditions that policy may ask, such as `channel_public`; null where unknown. */
  conditions: Readonly<Record<string, boolean | number | string | null>>;
  /** A higher tier than the type's own, with the reason; a handler cannot lower it. */
  raisedRisk?: { risk: RiskTier; reason: string };
  /** Accounts whose approval never counts, such as the author of a pull request. */
  excludedAccounts: readonly { source: string; externalId: string }[];
  /** People whom it nudges, by account; limits of nudging hold for them. */
  nudges?: readonly { source: string; externalId: string; itemKey: string }[];
}

/** What exactly is carried out, and under which key. */
export interface ApprovedEffect<Payload> {
  actionId: string;
  payload: Payload;
  preconditions: JsonObject;
  target: ActionTarget;
  /** The same for every attempt at this step; a hidden mark is made of it. */
  effectKey: string;
  step: number;
  /** What earlier steps gave. */
  previousResults: readonly JsonObject[];
}

/** How one attempt ended, where that is known. Whatever is thrown means: not known. */
export type ExecuteResult =
  | { outcome: 'applied'; result: JsonObject }
  /** The target said no, for good; nothing was changed. */
  | { outcome: 'refused'; reason: string; result?: JsonObject }
  /** Surely not applied, and worth another attempt. */
  | { outcome: 'not_applied'; reason: string; retryAfterMs?: number };

/** What a look at the target says about an effect whose answer was lost. */
export type ProbeResult =
  | { outcome: 'applied'; result: JsonObject }
  | { outcome: 'absent' }
  | { outcome: 'unclear'; reason: string };

/** A way to change something outside. */
export interface ActionDefinition<Payload> {
  /** `pr.merge`: what policy and people call it. */
  id: string;
  title: string;
  /** Part of what is approved: raised where the same payload would come to do something else; 1 unless told. */
  version?: number;
  risk: RiskTier;
  reversible: boolean;
  effectClass: EffectClass;
  /** Takes what it gives: a stored payload is read with it again before it is used. */
  inputSchema: z.ZodType<Payload>;
  /**
   * Fields of the payload that must stay letter by letter, such as an address that something is sent
   * to. Personal data in them is not masked; a secret in them is refused.
   */
  verbatimFields?: readonly string[];
  /** Effects that it has, in order; one unless told. Each takes an attempt of its own. */
  steps?: (payload: Payload) => readonly string[];
  /** Declared cost. @unit US dollars */
  costUsd?: number;
  /** How long the target may still apply what was sent after the client gave up. @unit milliseconds */
  quietPeriodMs?: number;
  /** Reads what the preview and the binding need. */
  prepare(context: ActionContext, payload: Payload): Promise<Preparation>;
  /** Reads again what is bound, just before sending. */
  observe(context: ActionContext, payload: Payload): Promise<JsonObject>;
  execute(context: ActionContext, effect: ApprovedEffect<Payload>): Promise<ExecuteResult>;
  /** Looks whether an effect happened. Absent for `blind`. */
  probe?(context: ActionContext, effect: ApprovedEffect<Payload>): Promise<ProbeResult>;
  /** Takes an applied step back, where a later one is refused. */
  compensate?(context: ActionContext, effect: ApprovedEffect<Payload>): Promise<ExecuteResult>;
}

/** A handler whose payload type is hidden behind its schema: what registries hold. */
export type AnyActionDefinition = ActionDefinition<never>;

/** Returns the definition unchanged; infers the payload from its schema. */
export function defineAction<Payload>(definition: ActionDefinition<Payload>): AnyActionDefinition {
  return definition as unknown as AnyActionDefinition;
}
