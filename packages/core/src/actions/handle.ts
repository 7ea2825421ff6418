import type {
  ActionMode,
  ActionStatus,
  Assurance,
  DecisionSurface,
  EffectClass,
  RiskTier,
  Verdict,
} from '../domain.ts';
import type { WebhookRequest } from '../webhooks/webhook-receiver.ts';
import type { JsonObject, PreviewFact } from './define-action.ts';
import type { OutsideTexts } from './outside-texts.ts';

export interface ProposeInput {
  type: string;
  payload: Readonly<Record<string, unknown>>;
  /** The same key and words give the same action; the same key with other words is refused. */
  idempotencyKey: string;
  /** The assistant's words, shown as unverified. */
  rationale?: string | undefined;
  modelVersion?: string | undefined;
  traceId?: string | undefined;
  /** What an assistant had read from outside before; the server that it reads through gives it. */
  outsideTexts?: OutsideTexts | undefined;
}

export interface ActionSummary {
  id: string;
  type: string;
  title: string;
  status: ActionStatus;
  revision: number;
  risk: RiskTier | null;
  mode: ActionMode | null;
  targetRef: string | null;
  requester: string;
  /** Who proposed it, or whom the assistant that did works for, by name; null where nobody is known. */
  sponsorName: string | null;
  createdAt: number;
  expiresAt: number | null;
  /** What a person can do now, in one sentence; null where nothing is to be done. */
  nextStep: string | null;
}

export interface DecisionView {
  reviewerPersonId: string;
  reviewerName: string;
  verdict: Verdict;
  reason: string | null;
  surface: DecisionSurface;
  assurance: Assurance;
  revision: number;
  decidedAt: number;
  voided: boolean;
}

/** What whoever decides is shown. Facts are Adjutant's; the rationale is the assistant's. */
export interface ActionPreview {
  facts: readonly PreviewFact[];
  recipients: readonly string[];
  content: string | null;
}

export interface ActionDetail extends ActionSummary {
  effectClass: EffectClass;
  reversible: boolean;
  payload: JsonObject;
  payloadHash: string | null;
  preconditions: JsonObject | null;
  preview: ActionPreview | null;
  rationale: string | null;
  /** What an assistant had read from outside when it proposed; null where that is not known. */
  outsideTexts: OutsideTexts | null;
  policyReason: string | null;
  policyHash: string | null;
  quorum: number;
  assurance: Assurance | null;
  sponsorPersonId: string | null;
  targetUrl: string | null;
  modelVersion: string | null;
  traceId: string;
  executeBy: number | null;
  decidedAt: number | null;
  decidedBy: string | null;
  settledAt: number | null;
  outcome: JsonObject | null;
  decisions: DecisionView[];
  revisions: {
    revision: number;
    payload: JsonObject;
    author: string;
    /** The author's name where a person wrote it; null otherwise. */
    authorName: string | null;
    reason: string | null;
    createdAt: number;
  }[];
  attempts: {
    number: number;
    step: number;
    kind: 'execute' | 'probe' | 'compensate';
    status: string;
    startedAt: number;
    finishedAt: number | null;
  }[];
}

/** Proof of who decides, as the surface gathered it. Core grades it; a caller only presents it. */
export type DecisionProof =
  | { kind: 'passkey'; challengeId: string; response: JsonObject }
  | { kind: 'terminal'; operatingSystemUser: string }
  | { kind: 'page_session'; sessionId: string }
  | { kind: 'elicitation'; client: string }
  | { kind: 'host_session'; subject: string; method: string }
  /** The very request in which a chat program says that somebody pressed a button of a card. */
  | { kind: 'signed_click'; source: string; request: WebhookRequest };

export interface DecideInput {
  actionId: string;
  revision: number;
  payloadHash: string;
  verdict: Verdict;
  reason?: string | undefined;
  proof: DecisionProof;
}

export interface ModifyInput {
  actionId: string;
  revision: number;
  payload: Readonly<Record<string, unknown>>;
  reason: string;
}

/** One type of action that can be proposed here. */
export interface ActionTypeView {
  id: string;
  title: string;
  /** The least that it has; what is found at the target may raise it. */
  risk: RiskTier;
  reversible: boolean;
  effectClass: EffectClass;
  /** JSON Schema of what a proposal has to hold. */
  payload: JsonObject;
}

/** A stop that is in force: of everything (`*`), or of one type. */
export interface ActionStop {
  scope: string;
  setBy: string;
  setAt: number;
  reason: string | null;
}

/** Everything about actions in one workspace, for one viewer. */
export interface Actions {
  /** @throws AdjutantError `InvalidInput`, `NotFound` (type), `Conflict` (key used for other words) */
  propose(input: ProposeInput): Promise<ActionDetail>;
  get(actionId: string): Promise<ActionDetail>;
  /** First what waits for a decision, by risk and then by age; then all others, the newest first. */
  list(query?: {
    status?: readonly ActionStatus[] | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  }): Promise<{ items: ActionSummary[]; total: number; nextCursor: string | null }>;
  /** Waits until the action is decided or settled, or the time is over; then returns where it stands. */
  await(
    actionId: string,
    options: {
      maxWaitMs: number;
      until?: 'prepared' | 'decided' | 'settled';
      signal?: AbortSignal;
    },
  ): Promise<ActionDetail>;
  /** Takes a proposal back; whoever proposed it, its sponsor, an approver or an admin may. */
  withdraw(actionId: string, reason?: string): Promise<ActionDetail>;
  /** Only a person decides. @throws AdjutantError `Permission`, `Conflict` (another revision or hash) */
  decide(input: DecideInput): Promise<ActionDetail>;
  /** Proposes it anew in other words; earlier decisions are void. */
  modify(input: ModifyInput): Promise<ActionDetail>;
  /** A person's verdict on an effect nobody could tell of: it happened, or it did not. */
  resolve(
    actionId: string,
    verdict: 'happened' | 'did_not_happen',
    reason: string,
  ): Promise<ActionDetail>;
  /** Stops everything, or one type, at the next claim. */
  stop(scope?: string, reason?: string): Promise<void>;
  resume(scope?: string): Promise<void>;
  /** What is stopped now, oldest first. */
  stops(): Promise<ActionStop[]>;
  /** What can be proposed here, by name. */
  types(): Promise<ActionTypeView[]>;
}
