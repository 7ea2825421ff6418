import type { Viewer } from '../domain.ts';
import type { WebhookAnswer, WebhookRefusal, WebhookRequest } from './webhook-receiver.ts';

/** What came of a request. */
export interface ReceivedWebhook {
  outcome: 'stored' | 'duplicate' | 'answered' | 'refused';
  /** Why it was refused; null where it was not. */
  reason: WebhookRefusal | 'unknown_source' | 'too_large' | null;
  /** What is wrong with it, in words for its sender; only of one that is signed as it should be. */
  problem?: string;
  /** The HTTP status to answer with. */
  status: 200 | 202 | 400 | 401 | 404 | 413;
  event: string | null;
  /** How many streams it says something has changed in: `follow()` reads them. */
  hints: number;
  /** What to answer with, where the source asked for it; whatever the server likes otherwise. */
  answer?: WebhookAnswer;
}

/** Which deliveries are looked at again; all that are kept unless told. */
export interface DeliveryReplayQuery {
  source?: string | undefined;
  /** Only what came in at or after this instant. @unit epoch milliseconds */
  since?: number | undefined;
  /** Only what came in before this instant. @unit epoch milliseconds */
  until?: number | undefined;
}

export interface ReplayedDeliveries {
  deliveries: number;
  /** Streams that they hint at, each once. */
  hints: number;
}

export interface Webhooks {
  /**
   * Checks a request from a source over its very bytes, keeps it once and remembers which streams to
   * look at. Nothing is read from the source here, so it can be answered at once. It never throws for
   * what a stranger sends.
   * @throws AdjutantError of the store alone: the sender is to try again
   */
  receive(source: string, request: WebhookRequest): Promise<ReceivedWebhook>;
  /**
   * Reads what deliveries hint at, one pass at a time; called meanwhile, it makes another one after
   * that. It never rejects: what cannot be read now is read by the next ordinary sync.
   */
  follow(): Promise<void>;
  /**
   * Has what kept deliveries hint at looked at again, after something went wrong with it the first
   * time; `follow()` or the next sync reads it. @throws AdjutantError `Permission`
   */
  replay(viewer: Viewer, query?: DeliveryReplayQuery): Promise<ReplayedDeliveries>;
  /** How long a body of a source may be; null for a source that takes none. @unit bytes */
  largestBodyBytes(source: string): number | null;
}
