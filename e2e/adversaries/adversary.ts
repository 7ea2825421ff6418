import type { Scene } from './scene.ts';

/** An entry of the ledger that must be there afterwards. */
export interface ToldEntry {
  event: string;
  /** What it is about; null for anything. */
  subject: string | null;
  /** What its detail says, as far as it matters. */
  detail?: Readonly<Record<string, unknown>>;
}

/** How an adversary ended. */
export interface Ending {
  /** In words. */
  ended: string;
  /** Pull requests that must not be merged, and must not even have been asked to be. */
  pulls: readonly number[];
  /** Actions that must not have been carried out. */
  actions: readonly string[];
  told: readonly ToldEntry[];
  /** What `audit verify --checkpoint` finds, where the database itself was written. */
  found?: readonly RegExp[];
}

/** Somebody who wants an effect that no person agreed to. */
export interface Adversary {
  name: string;
  tries: string;
  /** Whether it needs a pseudo-terminal. */
  needsTerminal?: true;
  run(scene: Scene): Promise<Ending>;
}

/** Returns the parts of an ending that is about one action and one pull request. */
export function about(
  action: { id: string },
  { pullRequest }: { pullRequest: { number: number } },
): Pick<Ending, 'pulls' | 'actions'> {
  return { pulls: [pullRequest.number], actions: [action.id] };
}
