import type { CardPlace } from '../cards/approval-cards.ts';
import type { Verdict } from '../domain.ts';
import type { UnverifiedWebhook, WebhookRefusal } from '../webhooks/webhook-receiver.ts';

/** What somebody said by pressing a button of a card, as a chat program signed it. */
export interface SignedClick {
  /** The source's own name of the press: the same one again is the same press. */
  clickId: string;
  /** Whose account pressed it: its id there, and the one that no other workspace of the vendor has. */
  account: { externalId: string; vendorId: string };
  /** By the source's clock. @unit epoch milliseconds */
  pressedAt: number;
  /**
   * Where the button stands, as the source's cards tell their place. A press on anything else than the
   * card that was posted for this revision is none, whoever could make a message look like one.
   */
  place: CardPlace;
  /** What the button stood for. */
  decision: { actionId: string; revision: number; payloadHash: string; verdict: Verdict };
}

export type ClickVerdict =
  /** Null where it is genuine and no press of a button of ours. */
  { isGenuine: true; click: SignedClick | null } | { isGenuine: false; reason: WebhookRefusal };

/**
 * How a connector proves that somebody pressed a button. Its verdict counts as presence, so it looks
 * at the signature over the very bytes and at nothing that a caller could have added.
 */
export interface ClickReceiver<Config> {
  verify(request: UnverifiedWebhook<Config>): Promise<ClickVerdict>;
  /** The secrets that its requests are signed with, the one in use first; kept decisions are sealed with them. */
  secrets(config: Config): Promise<readonly string[]>;
}

/** A receiver with the configuration that it works by. */
export interface ConfiguredClicks {
  receiver: ClickReceiver<unknown>;
  config: unknown;
}

/** Returns how a source's buttons are taken; null where nothing here takes them. */
export type ClicksOf = (source: string) => ConfiguredClicks | null;
